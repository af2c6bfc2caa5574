"""The names under which figures are compared: those that look alike, and those that mix units."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from speeches_cli import folding, units
from speeches_cli.auditing.remarks import Remark
from speeches_cli.messages import _
from speeches_cli.model import Figure

_WEIGHTLESS = str.maketrans("", "", "数量额总的之个")
"""Characters that add little to the name of an indicator, because its unit says as much."""
_LONGEST = 40
"""In characters: longer names are not compared by sound."""


class _Use(NamedTuple):
    """Where an indicator is first used with units of one dimension."""

    file: str
    line: int
    entry: str
    unit: str


class Indicators:
    """The indicators of a whole corpus, as its figures are read one by one."""

    def __init__(self) -> None:
        self._uses: dict[str, dict[str, _Use]] = {}

    def add(self, figure: Figure, *, file: str, line: int, entry: str) -> None:
        """Note the use of an indicator."""
        uses = self._uses.setdefault(figure.indicator, {})
        dimension = units.dimension(figure.unit)
        if dimension not in uses:
            uses[dimension] = _Use(file, line, entry, figure.unit)

    def remarks(self) -> Iterator[Remark]:
        """Give the notes on all that have been added."""
        for name, uses in self._uses.items():
            if len(uses) > 1:
                yield self._mixed(name, list(uses.values()))
        for one, other in self._alike():
            yield self._look_alike(one, other)

    def _mixed(self, name: str, uses: list[_Use]) -> Remark:
        second = uses[1]
        item = _("{unit} ({place})")
        listed = "、".join(item.format(unit=each.unit, place=_place(each, second)) for each in uses)
        message = _("indicator '{name}' has units that cannot be compared: {listed}")
        return _note(second, message.format(name=name, listed=listed))

    def _look_alike(self, one: str, other: str) -> Remark:
        first, second = (next(iter(self._uses[name].values())) for name in (one, other))
        message = _("indicator '{other}' looks like '{one}' ({place}); if they are one, use one name")
        return _note(second, message.format(other=other, one=one, place=_place(first, second)))

    def _alike(self) -> Iterator[tuple[str, str]]:
        """Yield each indicator that looks like an earlier one, with that one.

        Two look alike if their units share a dimension and they are the same but for width, quotation
        marks and the like, the order of their characters, characters such as 数, 量 and 的 (网格数 and
        网格数量), or one character that sounds the same. One other character makes another indicator:
        户数 is not 人数, 网格数 not 网格员数.
        """
        seen: dict[tuple[object, ...], str] = {}
        for name, uses in self._uses.items():
            shapes = [(dimension, *shape) for dimension in uses for shape in _shapes(name)]
            earlier = next((seen[shape] for shape in shapes if shape in seen), None)
            if earlier is not None:
                yield earlier, name
            for shape in shapes:
                seen.setdefault(shape, name)


def _shapes(name: str) -> Iterator[tuple[object, ...]]:
    """Yield what a name has in common with those that look like it."""
    folded = folding.fold(name)
    bare = folded.translate(_WEIGHTLESS) or folded
    yield ("".join(sorted(bare)),)
    for place, character in enumerate(bare if len(bare) <= _LONGEST else ""):
        for syllable in folding.readings(character):
            yield bare[:place], syllable, bare[place + 1 :]


def _note(use: _Use, message: str) -> Remark:
    return Remark("note", use.file, use.line, use.entry, "indicator", message)


def _place(use: _Use, seen_from: _Use) -> str:
    line = _("line {line}").format(line=use.line)
    return line if use.file == seen_from.file else f"{use.file}:{use.line}"
