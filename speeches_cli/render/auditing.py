"""The page and the records of `check`: a line for each remark, in the form of compilers' messages."""

from pathlib import Path
from typing import Any

from speeches_cli.auditing import Report
from speeches_cli.messages import _, plural
from speeches_cli.render import page, records


def report(shown: Report, path: Path) -> page.Page:
    """List all problems, then all notes; a sound corpus is said to be so at the foot."""
    lines = []
    for each in (*shown.problems, *shown.notes):
        place = each.file if each.line is None else f"{each.file}:{each.line}"
        entry = f"{each.entry}: " if each.entry else ""
        note = _("note: ") if each.severity == "note" else ""
        lines.append(
            page.line((f"{place}: ", "muted"), (entry, "strong"), (note, "warning"), each.message)
        )
    if not shown.problems:
        lines.append(page.line(summary(shown, path)))
    return [page.Text("lines", lines)]


def summary(shown: Report, path: Path) -> str:
    """Say in one line how a corpus fares."""
    problems, notes, recomputed = len(shown.problems), len(shown.notes), len(shown.recomputed)
    if problems:
        parts = [plural("{path}: {count} problem", "{path}: {count} problems", problems, path=path)]
    else:
        message = _("{path}: sound, with {speeches} speeches and {figures} figures")
        parts = [message.format(path=path, speeches=shown.speeches, figures=shown.figures)]
    if notes:
        parts.append(plural("{count} note", "{count} notes", notes))
    if recomputed:
        agreeing = sum(relation.agrees for _remark, relation in shown.recomputed)
        message = _("growth and shares recomputed: {agreeing} of {count} agree with the text")
        parts.append(message.format(agreeing=agreeing, count=recomputed))
    return _("; ").join(parts)


def record(shown: Report, path: Path) -> dict[str, Any]:
    """Describe everything there is to say of a corpus."""
    return {
        "path": str(path),
        "sound": not shown.problems,
        "speeches": shown.speeches,
        "figures": shown.figures,
        "problems": [each._asdict() for each in shown.problems],
        "notes": [each._asdict() for each in shown.notes],
        "recomputed": [
            {key: remark._asdict()[key] for key in ("file", "line", "entry", "key")}
            | relation._asdict()
            | {"result": records.number(relation.result)}
            for remark, relation in shown.recomputed
        ],
    }
