"""What a check of a corpus remarks: what is not cited, not confirmed, or cannot be compared."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Literal, NamedTuple

from speeches_cli import quantities, units
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
Place = tuple[str, int, str]
"""A file, a line of it, and what errors call the entry there."""
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


def unconfirmed(documents: dict[str, Document], figures: list[tuple[Figure, Place]]) -> list[Remark]:
    """Note guesses of a draft that nobody confirmed, those first that do most harm if they are wrong.

    These are figures that other speeches are compared by, then keys that say whose all figures are,
    then other figures, then other keys.
    """
    ranked: list[tuple[int, Remark]] = []
    for file, document in documents.items():
        listed = [("", document.unsure)]
        listed += [(each.speech.town, each.unsure) for each in document.entries]
        for entry, keys in listed:
            if keys:
                message = _("not confirmed: {keys}; look at each, and delete it from 'unsure'")
                said = message.format(keys=", ".join(keys))
                remark = Remark("note", file, keys[0].line, entry, "unsure", said)
                ranked.append((1 if _OWNER.intersection(keys) else 3, remark))
    named = {(figure.indicator, figure.speech, file) for figure, (file, _line, _entry) in figures}
    speeches = Counter(indicator for indicator, _speech, _file in named)
    for figure, place in figures:
        if not figure.sure:
            message = _("not confirmed: '{indicator}' {stated}; look at it, and delete 'sure: false'")
            said = message.format(indicator=figure.indicator, stated=figure.as_written)
            rank = 0 if speeches[figure.indicator] > 1 else 2
            ranked.append((rank, Remark("note", *place, "sure", said)))
    return [remark for _rank, remark in sorted(ranked, key=lambda each: each[0])]


def mixed_units(figures: list[tuple[Figure, Place]]) -> Iterator[Remark]:
    """Note indicators that have units of several dimensions, where the second is first met."""
    uses: dict[str, dict[str, tuple[Figure, Place]]] = {}
    for figure, place in figures:
        dimensions = uses.setdefault(figure.indicator, {})
        dimensions.setdefault(units.dimension(figure.unit), (figure, place))
    for name, found in uses.items():
        if len(found) > 1:
            item = _("{unit} ({place})")
            listed = "、".join(
                item.format(unit=figure.unit, place=f"{Path(file).name}:{line}")
                for figure, (file, line, _entry) in found.values()
            )
            message = _("indicator '{name}' has units that cannot be compared: {listed}")
            _first, (_figure, place), *_others = found.values()
            yield Remark("note", *place, "indicator", message.format(name=name, listed=listed))
