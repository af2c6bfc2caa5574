"""Audits a corpus: problems in its files, oddities, and percentages that its text contradicts."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import chain, starmap
from operator import itemgetter
from pathlib import Path
from typing import Any, NamedTuple

from speeches_cli import quantities, units
from speeches_cli.auditing import relations
from speeches_cli.auditing.relations import Relation
from speeches_cli.corpus.citations import Paragraph
from speeches_cli.corpus.schema import Document, proofread
from speeches_cli.messages import _
from speeches_cli.model import Figure

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

    severity: str  # A `problem` must be mended; a `note` is for the editor to judge
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
    recomputed: tuple[tuple[Remark, Relation], ...]  # each with the note for where the text is wrong


def audit(path: Path) -> Report:
    """Report all that is worth mending in a corpus; CorpusError where there is none."""
    documents = dict(proofread(path))
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
            figures += ((figure, (file, figure.line, town)) for figure in entry.figures)
            for each in entry.paragraphs:
                place = file, each.line, town, each.key
                found += (Remark(kind, *place, said) for kind, said in _uncited(each))
                for relation in relations.find(each.passage.text):
                    message = _("'{basis}' comes to {result:f}{unit}, but the text says '{stated}'")
                    said = message.format(**relation._asdict())
                    recomputed.append((Remark("note", *place, said), relation))
    found += (remark for remark, relation in recomputed if not relation.agrees)
    found += _mixed_units(figures)
    found.sort(key=lambda each: (each.file, each.line or 0))
    guesses = sorted(_unconfirmed(documents, figures), key=itemgetter(0))
    return Report(
        speeches=sum(len(document.entries) for document in documents.values()),
        figures=len(figures),
        problems=tuple(each for each in found if each.severity == "problem"),
        notes=(
            *(each for each in found if each.severity == "note"),
            *(each for _rank, each in guesses),
        ),
        recomputed=tuple(recomputed),
    )


def _uncited(paragraph: Paragraph) -> Iterator[tuple[str, str]]:
    """Name every numeral of a paragraph that neither a figure nor a numeral entry cites.

    With Arabic digits it is a problem. A quantity in Chinese numerals (两个中心村) or an amount without
    one number (上千户) is but noted, for it may be a turn of phrase; in quotation marks it is a name
    (“三个清单”).
    """
    text = paragraph.passage.text
    cited = set(chain(*paragraph.cited))
    if order := _ORDER.match(text):
        cited.update(range(order.end()))
    message = _(
        "no figure and no numeral entry cites '{numeral}' in '{around}'; "
        "add it to 'figures', or to 'numerals' with the reason"
    )
    digits = [range(*match.span()) for match in _NUMERAL.finditer(text)]
    odd = [("problem", message, span) for span in digits if not cited.issuperset(span)]
    cited.update(*digits, *(range(*match.span()) for match in _QUOTED.finditer(text)))
    amounts = [(each.start, each.end) for each in quantities.find(text)]
    message = _("'{numeral}' in '{around}' may be a figure that 'figures' does not have yet")
    spans = starmap(range, (*amounts, *quantities.passed_over(text)))
    odd += [("note", message, span) for span in spans if cited.isdisjoint(span)]
    for severity, message, span in odd:
        around = text[max(span.start - _CONTEXT, 0) : span.stop + _CONTEXT]
        yield severity, message.format(numeral=text[span.start : span.stop], around=around)


def _unconfirmed(
    documents: dict[str, Document], figures: list[_Placed]
) -> Iterator[tuple[int, Remark]]:
    """Note guesses of a draft that nobody confirmed, ranked by the harm that a wrong one does.

    Figures that others are compared by, keys that say whose all are, other figures, other keys.
    """
    for file, document in documents.items():
        listed: list[tuple[str, Any]] = [("", document.unsure)]
        listed += ((each.speech.town, each.speech.unsure) for each in document.entries)
        for entry, keys in listed:
            if keys:
                message = _("not confirmed: {keys}; look at each, and delete it from 'unsure'")
                said = message.format(keys=", ".join(keys))
                rank = 1 if _OWNER.intersection(keys) else 3
                yield rank, Remark("note", file, keys[0].line, entry, "unsure", said)
    uses = Counter(figure.indicator for figure, _place in figures)
    for figure, place in figures:
        if not figure.sure:
            message = _("not confirmed: '{indicator}' {stated}; look at it, and delete 'sure: false'")
            said = message.format(indicator=figure.indicator, stated=figure.as_written)
            yield 0 if uses[figure.indicator] > 1 else 2, Remark("note", *place, "sure", said)


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
