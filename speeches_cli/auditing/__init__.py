"""Audits a corpus: problems in its files, oddities, and percentages that its text contradicts."""

from __future__ import annotations

from pathlib import Path

from speeches_cli import corpus
from speeches_cli.auditing import coverage, relations
from speeches_cli.auditing.guesses import Guesses
from speeches_cli.auditing.indicators import Indicators
from speeches_cli.auditing.remarks import Recomputed, Remark, Report
from speeches_cli.messages import _

__all__ = ["Recomputed", "Remark", "Report", "audit"]


def audit(path: Path) -> Report:
    """Read a whole corpus and report everything worth mending, by file and line.

    Raises CorpusError where there is no corpus to read.
    """
    remarks: list[Remark] = []
    recomputed: list[Recomputed] = []
    indicators, guesses = Indicators(), Guesses()
    files: dict[str, int] = {}
    speeches = figures = 0
    for sheet in corpus.proofread(path):
        files[sheet.file] = len(files)
        for error in sheet.errors:
            place = (error.file, error.line, error.entry, error.key)
            remarks.append(Remark("problem", *place, error.message))
        if sheet.head:
            guesses.add(sheet.head, file=sheet.file)
        for proof in sheet.proofs:
            speeches += 1
            figures += len(proof.figures)
            guesses.add(proof, file=sheet.file)
            for figure, line in proof.figures:
                indicators.add(figure, file=sheet.file, line=line, entry=proof.entry)
            for paragraph in proof.paragraphs:
                remarks += coverage.uncovered(paragraph, file=sheet.file, entry=proof.entry)
                recomputed += (
                    Recomputed(sheet.file, paragraph.line, proof.entry, paragraph.key, each)
                    for each in relations.find(paragraph.passage.text)
                )
    remarks += (_contradiction(each) for each in recomputed if not each.relation.agrees)
    remarks += indicators.remarks()
    remarks.sort(key=lambda each: (files[each.file], each.line or 0))
    return Report(
        speeches,
        figures,
        tuple(each for each in remarks if each.severity == "problem"),
        (*(each for each in remarks if each.severity == "note"), *guesses.remarks()),
        tuple(recomputed),
    )


def _contradiction(found: Recomputed) -> Remark:
    relation = found.relation
    message = _("'{basis}' comes to {result}{unit}, but the text says '{stated}'").format(
        basis=relation.basis, result=f"{relation.result:f}", unit=relation.unit, stated=relation.stated
    )
    return Remark("note", found.file, found.line, found.entry, found.key, message)
