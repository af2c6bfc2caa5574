"""Audits a corpus: problems in its files, oddities, and percentages that its text contradicts."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

from speeches_cli import corpus
from speeches_cli.auditing import relations, remarks
from speeches_cli.auditing.relations import Relation
from speeches_cli.auditing.remarks import Place, Remark
from speeches_cli.messages import _
from speeches_cli.model import Figure

__all__ = ["Remark", "Report", "audit"]


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
    figures: list[tuple[Figure, Place]] = []
    for file, document in documents.items():
        for error in document.errors:
            place = (error.file, error.line, error.entry, error.key)
            found.append(Remark("problem", *place, error.message))
        for entry in document.entries:
            town = entry.speech.town
            lines = zip(entry.figures, entry.figure_lines, strict=True)
            figures += ((figure, (file, line, town)) for figure, line in lines)
            for each in entry.paragraphs:
                found += remarks.uncited(each, file=file, entry=town)
                for relation in relations.find(each.passage.text):
                    message = _("'{basis}' comes to {result:f}{unit}, but the text says '{stated}'")
                    said = message.format(**relation._asdict())
                    recomputed.append((Remark("note", file, each.line, town, each.key, said), relation))
    found += (remark for remark, relation in recomputed if not relation.agrees)
    found += remarks.mixed_units(figures)
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
