"""The page and the records of `check`: a line for each remark, in the form of compilers' messages."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from speeches_cli.auditing import Remark, Report
from speeches_cli.messages import _, plural
from speeches_cli.render import page, records
from speeches_cli.render.page import Line, Page, Text


def report(shown: Report, path: Path) -> Page:
    """List all problems, then all notes; a sound corpus is said to be so at the foot."""
    lines = [_remark(each) for each in (*shown.problems, *shown.notes)]
    if not shown.problems:
        lines.append(page.line(summary(shown, path)))
    return [Text("lines", lines)]


def summary(shown: Report, path: Path) -> str:
    """Say in one line how a corpus fares."""
    problems, notes, recomputed = len(shown.problems), len(shown.notes), len(shown.recomputed)
    if problems:
        said = plural("{path}: {count} problem", "{path}: {count} problems", problems)
    else:
        said = _("{path}: sound, with {speeches} speeches and {figures} figures")
    parts = [
        said.format(path=path, count=problems, speeches=shown.speeches, figures=shown.figures),
        plural("{count} note", "{count} notes", notes).format(count=notes) if notes else "",
    ]
    if recomputed:
        agreeing = sum(1 for each in shown.recomputed if each.relation.agrees)
        message = _("growth and shares recomputed: {agreeing}, none contradicts the text")
        if agreeing < recomputed:
            message = _(
                "growth and shares recomputed: {agreeing} agree with the text, "
                "in {other} the text contradicts itself (see the notes)"
            )
        parts.append(message.format(agreeing=agreeing, other=recomputed - agreeing))
    return _("; ").join(filter(None, parts))


def remark_record(shown: Remark) -> dict[str, Any]:
    """Describe one thing that is wrong with a corpus, or worth a look."""
    return shown._asdict()


def record(shown: Report, path: Path) -> dict[str, Any]:
    """Describe everything there is to say of a corpus."""
    return {
        "path": str(path),
        "sound": not shown.problems,
        "speeches": shown.speeches,
        "figures": shown.figures,
        "problems": [remark_record(each) for each in shown.problems],
        "notes": [remark_record(each) for each in shown.notes],
        "recomputed": [
            {
                "file": each.file,
                "line": each.line,
                "entry": each.entry,
                "key": each.key,
                "kind": each.relation.kind,
                "basis": each.relation.basis,
                "stated": each.relation.stated,
                "result": records.number(each.relation.result),
                "unit": each.relation.unit,
                "agrees": each.relation.agrees,
            }
            for each in shown.recomputed
        ],
    }


def _remark(shown: Remark) -> Line:
    place = shown.file if shown.line is None else f"{shown.file}:{shown.line}"
    entry = f"{shown.entry}: " if shown.entry else ""
    note = _("note: ") if shown.severity == "note" else ""
    return page.line((f"{place}: ", "muted"), (entry, "strong"), (note, "warning"), shown.message)
