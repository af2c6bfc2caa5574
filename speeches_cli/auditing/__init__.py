"""Audits a corpus: problems in its files, oddities, and percentages that its text contradicts."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Literal, NamedTuple

from speeches_cli import corpus, quantities, units
from speeches_cli.auditing import relations
from speeches_cli.auditing.relations import Relation
from speeches_cli.messages import _
from speeches_cli.model import Figure

if TYPE_CHECKING:
    from speeches_cli.corpus import Document, Paragraph

_NUMERAL = re.compile(r"[0-9０-９]+(?:[.．][0-9０-９]+)?")
_ORDER = re.compile(r"\s*[（(]?[0-9０-９]{1,2}[.．、)）](?![0-9０-９])")
"""The number of a heading or paragraph, as GB/T 9704 writes it: 1. or （1）."""
_QUOTED = re.compile("“[^”]*”?|《[^》]*》?")
_CONTEXT = 6  # in characters, on each side of a numeral that is quoted
_OWNER = {"town", "speaker", "district", "kind", "date"}
"""The keys that say whose a speech is and of when, and all of its figures."""
_Placed = tuple[Figure, tuple[str, int, str]]  # A figure with its file, its line, and its town


class Remark(NamedTuple):
    """One thing that is wrong, or worth a look, and where."""

    severity: Literal["problem", "note"]  # A problem must be mended; a note is for the editor to judge
    file: str
    line: int | None  # counted from 1; None where the whole file is meant
    entry: str  # the speech, empty where none in particular is meant
    key: str
    message: str


class Report(NamedTuple):
    """Everything there is to say of a corpus."""

    speeches: int
    figures: int
    problems: tuple[Remark, ...]
    notes: tuple[Remark, ...]
    recomputed: tuple[tuple[Remark, Relation], ...]
    """What can be worked out again, with the note that it is where the text contradicts it."""


def audit(path: Path) -> Report:
    """Read a whole corpus and report everything worth mending, by file and line.

    Raises CorpusError where there is no corpus to read.
    """
    documents = dict(corpus.proofread(path))
    found: list[Remark] = []
    recomputed: list[tuple[Remark, Relation]] = []
    figures: list[_Placed] = []
    for file, document in documents.items():
        found += (
            Remark("problem", file, each.line, each.entry, each.key, each.message)
            for each in document.errors
        )
        for entry in document.entries:
            town = entry.speech.town
            lines = zip(entry.figures, entry.figure_lines, strict=True)
            figures += ((figure, (file, line, town)) for figure, line in lines)
            for each in entry.paragraphs:
                found += _uncited(each, file, town)
                for relation in relations.find(each.passage.text):
                    message = _("'{basis}' comes to {result:f}{unit}, but the text says '{stated}'")
                    said = message.format(**relation._asdict())
                    recomputed.append((Remark("note", file, each.line, town, each.key, said), relation))
    found += (remark for remark, relation in recomputed if not relation.agrees)
    found += _mixed_units(figures)
    order = {file: number for number, file in enumerate(documents)}
    found.sort(key=lambda each: (order[each.file], each.line or 0))
    notes = [each for each in found if each.severity == "note"]
    return Report(
        speeches=sum(len(document.entries) for document in documents.values()),
        figures=len(figures),
        problems=tuple(each for each in found if each.severity == "problem"),
        notes=(*notes, *_unconfirmed(documents, figures)),
        recomputed=tuple(recomputed),
    )


def _uncited(paragraph: Paragraph, file: str, town: str) -> Iterator[Remark]:
    """Name every numeral of a paragraph that neither a figure nor a numeral entry cites.

    With Arabic digits it is a problem. A quantity in Chinese numerals (两个中心村) or an amount without
    one number (上千户) is but noted, for it may be a turn of phrase; in quotation marks it is a name
    (“三个清单”).
    """
    text = paragraph.passage.text
    cited = set(chain(*paragraph.cited))
    if order := _ORDER.match(text):
        cited.update(range(order.end()))
    digits = [range(*match.span()) for match in _NUMERAL.finditer(text)]
    quoted = [range(*match.span()) for match in _QUOTED.finditer(text)]
    amounts = [range(each.start, each.end) for each in quantities.find(text)]
    amounts += [range(*span) for span in quantities.passed_over(text)]

    def remark(severity: Literal["problem", "note"], message: str, span: range) -> Remark:
        around = text[max(span.start - _CONTEXT, 0) : span.stop + _CONTEXT]
        said = message.format(numeral=text[span.start : span.stop], around=around)
        return Remark(severity, file, paragraph.line, town, paragraph.key, said)

    for span in digits:
        if not cited.issuperset(span):
            message = _(
                "no figure and no numeral entry cites '{numeral}' in '{around}'; "
                "add it to 'figures', or to 'numerals' with the reason"
            )
            yield remark("problem", message, span)
    cited.update(*digits, *quoted)
    for span in amounts:
        if cited.isdisjoint(span):
            message = _("'{numeral}' in '{around}' may be a figure that 'figures' does not have yet")
            yield remark("note", message, span)


def _unconfirmed(documents: dict[str, Document], figures: list[_Placed]) -> list[Remark]:
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
    named = {(figure.indicator, figure.speech, file) for figure, (file, _line, _town) in figures}
    speeches = Counter(indicator for indicator, _speech, _file in named)
    for figure, place in figures:
        if not figure.sure:
            message = _("not confirmed: '{indicator}' {stated}; look at it, and delete 'sure: false'")
            said = message.format(indicator=figure.indicator, stated=figure.as_written)
            rank = 0 if speeches[figure.indicator] > 1 else 2
            ranked.append((rank, Remark("note", *place, "sure", said)))
    return [remark for _rank, remark in sorted(ranked, key=lambda each: each[0])]


def _mixed_units(figures: Iterable[_Placed]) -> Iterator[Remark]:
    """Note indicators that have units of several dimensions, where the second is first met."""
    uses: dict[str, dict[str, _Placed]] = {}
    for figure, place in figures:
        dimensions = uses.setdefault(figure.indicator, {})
        dimensions.setdefault(units.dimension(figure.unit), (figure, place))
    for name, found in uses.items():
        if len(found) > 1:
            listed = "、".join(
                _("{unit} ({place})", unit=figure.unit, place=f"{Path(file).name}:{line}")
                for figure, (file, line, _town) in found.values()
            )
            message = _("indicator '{name}' has units that cannot be compared: {listed}")
            _first, (_figure, place), *_others = found.values()
            yield Remark("note", *place, "indicator", message.format(name=name, listed=listed))
