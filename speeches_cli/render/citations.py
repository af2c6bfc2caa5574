"""The source of a quotation in the forms of papers: GB/T 7714, CSL-JSON and BibTeX."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from speeches_cli.model import Speech

_TEX = str.maketrans(
    {each: f"\\{each}" for each in "&%$#_{}"} | {"~": "\\~{}", "^": "\\^{}", "\\": "\\textbackslash{}"}
)

Sources = Sequence[tuple[Speech, Sequence[str]]]
"""Each speech once, with what the corpus warns of in the sentences that are quoted from it."""


def gbt7714(speaker: Speech) -> str:
    """Cite a speech as a part of the proceedings of a meeting (GB/T 7714-2015, 4.2; [C] is 会议录).

    An unknown author is left out, as numbered references may. A compilation that was printed for a
    meeting names no place and no publisher; a journal may want [出版地不详]: [出版者不详] there.
    """
    made = speaker.compilation
    who = f"{speaker.speaker}. " if speaker.speaker else ""
    on = f": {speaker.pages}" if speaker.pages else ""
    return f"{who}{speaker.title}[C]//{made.title}. {made.date[:4]}{on}."


def csl(sources: Sources) -> list[dict[str, Any]]:
    """Describe the sources as CSL-JSON 1.0.2, which Zotero and pandoc read."""
    return [
        {
            "id": _key(speaker),
            "type": "paper-conference",
            "title": speaker.title,
            **({"author": [{"literal": speaker.speaker}]} if speaker.speaker else {}),
            "container-title": speaker.compilation.title,
            "event-title": speaker.compilation.meeting,
            "issued": {"date-parts": [[int(part) for part in speaker.compilation.date.split("-")]]},
            **({"page": speaker.pages} if speaker.pages else {}),
            "language": "zh-CN",
            **({"note": "；".join(notes)} if notes else {}),
        }
        for speaker, notes in sources
    ]


def bibtex(sources: Sources) -> str:
    """Write the sources as BibTeX."""
    return "\n".join(_entry(speaker, notes) for speaker, notes in sources)


def _entry(speaker: Speech, notes: Sequence[str]) -> str:
    made = speaker.compilation
    fields = {
        "author": speaker.speaker and f"{{{speaker.speaker.translate(_TEX)}}}",
        "title": f"{{{speaker.title.translate(_TEX)}}}",
        "booktitle": made.title.translate(_TEX),
        "eventtitle": made.meeting.translate(_TEX),
        "year": made.date[:4],
        "date": made.date,
        "pages": speaker.pages.replace("-", "--"),
        "langid": "chinese",
        "note": "；".join(notes).translate(_TEX),
    }
    lines = "".join(f"  {name} = {{{text}}},\n" for name, text in fields.items() if text)
    return f"@inproceedings{{{_key(speaker)},\n{lines}}}\n"


def _key(speaker: Speech) -> str:
    """Name a source, the same way in every export: `jiuquanlu-2023-09-18-3`."""
    return f"{speaker.slug}-{speaker.compilation.date}-{speaker.id}"
