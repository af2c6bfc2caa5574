"""Audits a corpus: problems in its files, oddities, and percentages that its text contradicts."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

from speeches_cli import corpus
from speeches_cli.auditing import relations, remarks
from speeches_cli.auditing.relations import Relation
from speeches_cli.auditing.remarks import Remark, Stated
from speeches_cli.messages import _

__all__ = ["Recomputed", "Remark", "Report", "audit"]


class Recomputed(NamedTuple):
    """A relation and where it stands."""

    file: str
    line: int
    entry: str
    key: str
    relation: Relation


class Report(NamedTuple):
    """Everything there is to say of a corpus."""

    speeches: int
    figures: int
    problems: tuple[Remark, ...]
    notes: tuple[Remark, ...]
    recomputed: tuple[Recomputed, ...]
    """Including those that agree."""


def audit(path: Path) -> Report:
    """Read a whole corpus and report everything worth mending, by file and line.

    Raises CorpusError where there is no corpus to read.
    """
    documents = dict(corpus.proofread(path))
    found: list[Remark] = []
    recomputed: list[Recomputed] = []
    figures: list[Stated] = []
    for file, document in documents.items():
        for error in document.errors:
            place = (error.file, error.line, error.entry, error.key)
            found.append(Remark("problem", *place, error.message))
        for entry in document.entries:
            town = entry.speech.town
            lined = zip(entry.figures, entry.figure_lines, strict=True)
            figures += (Stated(figure, file, line, town) for figure, line in lined)
            for each in entry.paragraphs:
                found += remarks.uncited(each, file=file, entry=town)
                recomputed += (
                    Recomputed(file, each.line, town, each.key, relation)
                    for relation in relations.find(each.passage.text)
                )
    found += (_contradiction(each) for each in recomputed if not each.relation.agrees)
    found += remarks.odd_indicators(figures)
    order = {file: number for number, file in enumerate(documents)}
    found.sort(key=lambda each: (order[each.file], each.line or 0))
    notes = [each for each in found if each.severity == "note"]
    return Report(
        speeches=sum(len(document.entries) for document in documents.values()),
        figures=len(figures),
        problems=tuple(each for each in found if each.severity == "problem"),
        notes=(*notes, *remarks.unconfirmed(documents, figures)),
        recomputed=tuple(recomputed),
    )


def _contradiction(found: Recomputed) -> Remark:
    relation = found.relation
    message = _("'{basis}' comes to {result}{unit}, but the text says '{stated}'").format(
        basis=relation.basis, result=f"{relation.result:f}", unit=relation.unit, stated=relation.stated
    )
    return Remark("note", found.file, found.line, found.entry, found.key, message)
