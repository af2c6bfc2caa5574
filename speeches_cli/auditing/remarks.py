"""What a check of a corpus remarks: numerals not cited, guesses not confirmed, odd indicators."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Literal, NamedTuple

from speeches_cli import folding, quantities, units
from speeches_cli.messages import _
from speeches_cli.model import Figure

if TYPE_CHECKING:
    from speeches_cli.corpus import Document, Paragraph

_NUMERAL = re.compile(r"[0-9０-９]+(?:[.．][0-9０-９]+)?")
_ORDER = re.compile(r"\s*[（(]?[0-9０-９]{1,2}[.．、)）](?![0-9０-９])")
"""The number of a heading or paragraph, as GB/T 9704 writes it: 1. or （1）."""
_QUOTED = re.compile("“[^”]*”?|《[^》]*》?")
_CONTEXT = 6
"""In characters, on each side of a numeral that is quoted."""
_OWNER = {"town", "speaker", "district", "kind", "date"}
"""The keys that say whose a speech is and of when, and all of its figures."""
_WEIGHTLESS = str.maketrans("", "", "数量额总的之个")
"""Characters that add little to the name of an indicator, because its unit says as much."""
_LONGEST = 40
"""In characters: longer names are not compared by sound."""


Severity = Literal["problem", "note"]
"""A problem must be mended; a note is for the editor to judge."""


class Remark(NamedTuple):
    """One thing that is wrong, or worth a look, and where."""

    severity: Severity
    file: str
    line: int | None
    """Counted from 1; None where the whole file is meant."""
    entry: str
    """The speech, empty where none in particular is meant."""
    key: str
    message: str


class Stated(NamedTuple):
    """A figure, and where it is entered."""

    figure: Figure
    file: str
    line: int
    entry: str


def uncited(paragraph: Paragraph, *, file: str, entry: str) -> Iterator[Remark]:
    """Name every numeral of a paragraph that neither a figure nor a numeral entry cites.

    With Arabic digits it is a problem. A quantity in Chinese numerals (两个中心村) or an amount without
    one number (上千户) is but noted, for it may be a turn of phrase; in quotation marks it is a name
    (“三个清单”).
    """
    text = paragraph.passage.text
    covered = {place for span in paragraph.cited for place in range(span.start, span.end)}
    if order := _ORDER.match(text):
        covered.update(range(order.end()))

    def remark(severity: Severity, message: str, span: tuple[int, int]) -> Remark:
        covered.update(range(*span))
        numeral, around = text[slice(*span)], text[max(span[0] - _CONTEXT, 0) : span[1] + _CONTEXT]
        said = message.format(numeral=numeral, around=around)
        return Remark(severity, file, paragraph.line, entry, paragraph.key, said)

    for match in _NUMERAL.finditer(text):
        if not covered.issuperset(range(*match.span())):
            message = _(
                "no figure and no numeral entry cites '{numeral}' in '{around}'; "
                "add it to 'figures', or to 'numerals' with the reason"
            )
            yield remark("problem", message, match.span())
    for match in _QUOTED.finditer(text):
        covered.update(range(*match.span()))
    stated = [(each.start, each.end) for each in quantities.find(text)]
    for span in (*stated, *quantities.passed_over(text)):
        if covered.isdisjoint(range(*span)):
            message = _("'{numeral}' in '{around}' may be a figure that 'figures' does not have yet")
            yield remark("note", message, span)


def unconfirmed(documents: dict[str, Document], figures: Sequence[Stated]) -> list[Remark]:
    """Note guesses of a draft that nobody confirmed, those first that do most harm if they are wrong.

    These are figures that other speeches are compared by, then keys that say whose all figures are,
    then other figures, then other keys.
    """
    ranked: list[tuple[int, Remark]] = []
    for file, document in documents.items():
        listed = [(document.unsure, document.unsure_line, "")]
        listed += [
            (each.speech.unsure, each.unsure_line, each.speech.town) for each in document.entries
        ]
        for keys, line, entry in listed:
            message = _("not confirmed: {keys}; look at each, and delete it from 'unsure'")
            remark = Remark("note", file, line, entry, "unsure", message.format(keys=", ".join(keys)))
            ranked += [(1 if _OWNER.intersection(keys) else 3, remark)] if keys else []
    named = {(each.figure.indicator, each.file, each.figure.speech) for each in figures}
    speeches = Counter(indicator for indicator, _file, _speech in named)
    for figure, file, line, entry in (each for each in figures if not each.figure.sure):
        shared = speeches[figure.indicator] > 1
        message = _("not confirmed: '{indicator}' {stated}; look at it, and delete 'sure: false'")
        if shared:
            message = _(
                "not confirmed: '{indicator}' {stated}, which other speeches state too; "
                "look at it, and delete 'sure: false'"
            )
        said = message.format(indicator=figure.indicator, stated=figure.as_written)
        ranked.append((0 if shared else 2, Remark("note", file, line, entry, "sure", said)))
    return [remark for _rank, remark in sorted(ranked, key=lambda each: each[0])]


def odd_indicators(figures: Iterable[Stated]) -> Iterator[Remark]:
    """Note indicators that have units of several dimensions, and those that look alike."""
    uses: dict[str, dict[str, Stated]] = {}
    for each in figures:
        by_dimension = uses.setdefault(each.figure.indicator, {})
        by_dimension.setdefault(units.dimension(each.figure.unit), each)
    for name, found in uses.items():
        if len(found) > 1:
            second = [*found.values()][1]
            item = _("{unit} ({place})")
            listed = "、".join(
                item.format(unit=each.figure.unit, place=_seen(each, second)) for each in found.values()
            )
            message = _("indicator '{name}' has units that cannot be compared: {listed}")
            yield _note(second, message.format(name=name, listed=listed))
    for one, other in _alike(uses):
        first, second = (next(iter(uses[name].values())) for name in (one, other))
        message = _("indicator '{other}' looks like '{one}' ({place}); if they are one, use one name")
        yield _note(second, message.format(other=other, one=one, place=_seen(first, second)))


def _alike(uses: dict[str, dict[str, Stated]]) -> Iterator[tuple[str, str]]:
    """Yield each indicator that looks like an earlier one, behind that one.

    Two look alike if their units share a dimension and they are the same but for width, quotation
    marks and the like, the order of their characters, characters such as 数, 量 and 的 (网格数 and
    网格数量), or one character that sounds the same. One other character makes another indicator:
    户数 is not 人数, 网格数 not 网格员数.
    """
    seen: dict[tuple[object, ...], str] = {}
    for name, dimensions in uses.items():
        shapes = [(dimension, *shape) for dimension in dimensions for shape in _shapes(name)]
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


def _note(each: Stated, message: str) -> Remark:
    return Remark("note", each.file, each.line, each.entry, "indicator", message)


def _seen(each: Stated, beside: Stated) -> str:
    """Name the line of a figure, with its file where another one stands in another file."""
    if each.file == beside.file:
        return _("line {line}").format(line=each.line)
    return f"{each.file}:{each.line}"
