"""Results → the machine-readable contract: plain dicts, whose keys may be added but never renamed."""

from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction
from itertools import chain
from math import isinf
from typing import TYPE_CHECKING, Any

from speeches_cli import chinese
from speeches_cli.messages import _
from speeches_cli.model import HEADING, OPENING, Figure, Passage, Speech
from speeches_cli.render import page, wording

if TYPE_CHECKING:
    from speeches_cli.figures import Comparison, Row
    from speeches_cli.phrases import Beside, Phrase
    from speeches_cli.ranges import Range
    from speeches_cli.search import Hit

Record = dict[str, Any]


def speech(shown: Speech) -> Record:
    """Describe one speech as `list` does."""
    names = "id slug district town kind speaker post title characters figures"
    return _fields(shown, names) | {
        "compilation": shown.compilation.title,
        **_fields(shown.compilation, "meeting date"),
        "pages": shown.pages or None,
        "unsure": [*shown.unsure],
    }


def whole(shown: Speech, passages: Sequence[Passage], figures: Sequence[Figure]) -> Record:
    """Describe one speech with its text, or those sections of it that are given, and its figures."""
    texts: dict[int, list[str]] = {}
    for each in passages:
        said = texts.setdefault(each.section, [])
        said += [each.text] if each.paragraph != HEADING else []
    headings = {each.section: each.heading for each in passages}
    return speech(shown) | {
        "opening": "".join(texts.pop(OPENING, [])) or None,
        "sections": [
            {"number": number, "heading": headings[number], "paragraphs": said}
            for number, said in texts.items()
        ],
        "figures": [figure(each, shown) for each in figures],
    }


def figure(shown: Figure, speaker: Speech) -> Record:
    """Describe one figure."""
    says = "as_written value unit bound measure status period scope setting note repeats sure sentence"
    return {
        "speech": speaker.id,
        "town": speaker.town,
        **_fields(shown, f"section indicator topic {says}"),
        "value": number(shown.value),
        "date": speaker.compilation.date,
    }


def phrase(shown: "Phrase", chosen: Sequence[Speech] | None = None) -> Record:
    """Describe one phrase: where it is said, and how often in the towns that were asked for."""
    return {
        "phrase": shown.text,
        "forms": list(shown.forms),
        "towns": shown.towns,
        "count": shown.times,
        "here": shown.times if chosen is None else shown.count(chosen),
        "speeches": [each.number if each.dated else each.id for each in shown.speeches],
        "quoted": bool(shown.labelled),
        "variants": list(shown.variants),
        "change": shown.change,
    }


def beside(found: "Beside", shown: Sequence[Speech]) -> Record:
    """Describe the phrases of towns side by side."""
    return {
        "shared": [phrase(each, shown) for each in found.shared],
        "only": [
            [phrase(each, [town]) for each in own] for town, own in zip(shown, found.only, strict=True)
        ],
    }


def hit(found: "Hit", speaker: Speech, *, context: int) -> Record:
    """Describe one place that matched, with at most `context` characters on each side."""
    passage, text = found.passage, found.passage.text
    return {
        "speech": speaker.id,
        **_fields(speaker, "district town speaker"),
        **_fields(passage, "section heading paragraph"),
        **_fields(found, "start end match"),
        "left": text[max(0, found.start - context) : found.start],
        "right": text[found.end : found.end + context],
        **_fields(found, "how cost"),
        "why": wording.why(found),
        "phrase": found.phrase,
        "edits": [edit._asdict() for edit in found.edits],
        "locator": speaker.locator(passage.section),
        "sentence": chinese.sentence(text, found.start, found.end),
        **_fields(speaker, "post title"),
        "compilation": speaker.compilation.title,
        "date": speaker.compilation.date,
        "pages": speaker.pages or None,
    }


def count(speaker: Speech, counted: int) -> Record:
    """Describe how often a town has a phrase."""
    date = speaker.compilation.date
    return {"speech": speaker.id, **_fields(speaker, "district town"), "count": counted, "date": date}


def comparison(made: "Comparison") -> Record:
    """Describe towns side by side."""
    return {
        "towns": [speech(town) for town in made.towns],
        "rows": [row(each, made) for each in made.rows],
        "related": [
            {"name": each.name, "cells": _cells(each.cells, made), "differs": each.differs}
            for each in made.related
        ],
    }


def row(shown: "Row", made: "Comparison") -> Record:
    """Describe one indicator beside the towns."""
    reason = wording.reason(shown.obstacle, list(chain(*shown.cells)))
    notes = [reason] if reason else []
    for town, cell in zip(made.towns, shown.cells, strict=True):
        name = wording.name(town, made.towns)
        notes += [f"{name}：{figure.note}" for figure in cell if figure.note]
    return {
        **_fields(shown, "topic indicator"),
        "cells": _cells(shown.cells, made),
        "difference": number(shown.difference and shown.difference.exact),
        "ratio": number(shown.ratio and shown.ratio.exact),
        "notes": list(dict.fromkeys(notes)),
        "unit": shown.unit,
        "difference_range": _range(shown.difference),
        "ratio_range": _range(shown.ratio),
        "obstacle": shown.obstacle,
    }


def comparison_rows(made: "Comparison", *, quote: bool = False) -> list[Record]:
    """Describe a comparison with a flat row for each indicator, for spreadsheets.

    A town's cell has each of its figures with its sign and what limits it, and beside it stands the
    number in `unit`, where it is one. With `quote` the sentences stand there too.
    """
    rows = []
    for each in made.rows:
        told = row(each, made)
        flat: Record = {"topic": each.topic, "indicator": each.indicator}
        for town, cell in zip(made.towns, each.cells, strict=True):
            name = wording.name(town, made.towns)
            only = cell[0] if len(cell) == 1 else None
            said = []
            for figure in cell:
                limits = page.line((_(", ").join(wording.marks(figure)), "muted"))
                said.append(page.plain(page.joined([page.line(figure.as_written), limits])))
            flat |= {
                name: "; ".join(said),
                _("{town} bound", town=name): only and only.bound,
                _("{town} value", town=name): only and number(only.value),
                _("{town} unit", town=name): only and only.unit,
            }
            if quote:
                sentences = dict.fromkeys(figure.sentence for figure in cell)
                flat[_("{town} sentence", town=name)] = "".join(sentences)
        flat |= {key: told[key] for key in ("difference", "ratio", "unit")}
        for name in ("difference", "ratio"):
            flat |= {f"{name}_{end}": (told[f"{name}_range"] or {}).get(end) for end in ("low", "high")}
        flat["approximate"] = (told["difference_range"] or {}).get("approximate")
        rows.append(flat | {"notes": "; ".join(told["notes"])})
    return rows


def _cells(cells: Sequence[Sequence[Figure]], made: "Comparison") -> list[list[Record]]:
    return [[figure(each, town) for each in cell] for town, cell in zip(made.towns, cells, strict=True)]


def _range(found: "Range | None") -> Record | None:
    if found is None:
        return None
    ends = {"low": found.low, "high": found.high}
    told = {end: None if isinf(value) else number(Fraction(value)) for end, value in ends.items()}
    return told | {"approximate": found.approximate, "strict": found.strict}


def number(value: Decimal | Fraction | None) -> int | float | None:
    """Give a number as JSON has it; a ratio to four decimals."""
    if value is None:
        return None
    if value == int(value):
        return int(value)
    return round(float(value), 4) if isinstance(value, Fraction) else float(value)


def _fields(value: Any, names: str) -> Record:
    return {name: getattr(value, name) for name in names.split()}
