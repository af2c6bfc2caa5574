"""Results → the machine-readable contract: plain dicts, whose keys may be added but never renamed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from speeches_cli.messages import _
from speeches_cli.model import HEADING, OPENING, Figure, Passage, Speech
from speeches_cli.render import wording

if TYPE_CHECKING:
    from decimal import Decimal
    from fractions import Fraction

    from speeches_cli.figures import Comparison, Measure, Row
    from speeches_cli.phrases import Beside, Phrase
    from speeches_cli.ranges import Range
    from speeches_cli.search import Hit

Record = dict[str, Any]


def speech(shown: Speech) -> Record:
    """Describe one speech as `list` does."""
    return {
        "id": shown.id,
        "slug": shown.slug,
        "district": shown.district,
        "town": shown.town,
        "kind": shown.kind,
        "speaker": shown.speaker,
        "post": shown.post,
        "title": shown.title,
        "characters": shown.characters,
        "figures": shown.figures,
        "compilation": shown.compilation.title,
        "meeting": shown.compilation.meeting,
        "date": shown.compilation.date,
        "pages": shown.pages or None,
        "unsure": [*shown.unsure],
    }


def whole(shown: Speech, passages: Iterable[Passage], figures: Iterable[Figure]) -> Record:
    """Describe one speech with its text, or those sections of it that are given, and its figures."""
    sections: dict[int, Record] = {}
    opening = None
    for passage in passages:
        if passage.section == OPENING:
            opening = passage.text if passage.paragraph != HEADING else opening
            continue
        section = sections.setdefault(
            passage.section,
            {"number": passage.section, "heading": passage.heading, "paragraphs": []},
        )
        if passage.paragraph != HEADING:
            section["paragraphs"].append(passage.text)
    return speech(shown) | {
        "opening": opening,
        "sections": list(sections.values()),
        "figures": [figure(each, shown) for each in figures],
    }


def figure(shown: Figure, speaker: Speech) -> Record:
    """Describe one figure."""
    return {
        "speech": speaker.id,
        "town": speaker.town,
        "section": shown.section,
        "indicator": shown.indicator,
        "topic": shown.topic,
        "as_written": shown.as_written,
        "value": number(shown.value),
        "unit": shown.unit,
        "bound": shown.bound,
        "measure": shown.measure,
        "status": shown.status,
        "period": shown.period,
        "scope": shown.scope,
        "setting": shown.setting,
        "note": shown.note,
        "repeats": shown.repeats,
        "sure": shown.sure,
        "sentence": shown.sentence,
        "date": speaker.compilation.date,
    }


def phrase(shown: Phrase, chosen: Sequence[Speech] | None = None) -> Record:
    """Describe one phrase: where it is said, and how often in the towns that were asked for."""
    return {
        "phrase": shown.text,
        "forms": list(shown.forms),
        "towns": shown.towns,
        "count": shown.times,
        "here": shown.times if chosen is None else shown.count(chosen),
        "speeches": [each.number if each.dated else each.id for each in shown.speeches],
        "quoted": shown.quoted,
        "variants": list(shown.variants),
        "change": shown.change,
    }


def beside(found: Beside, shown: Sequence[Speech]) -> Record:
    """Describe the phrases of towns side by side."""
    return {
        "shared": [phrase(each, shown) for each in found.shared],
        "only": [
            [phrase(each, [town]) for each in own] for town, own in zip(shown, found.only, strict=True)
        ],
    }


def phrase_row(record: Record) -> Record:
    """Write the lists of a phrase's record as cells, their parts with spaces between."""
    return record | {key: " ".join(map(str, record[key])) for key in ("forms", "speeches", "variants")}


def hit(found: Hit, speaker: Speech, *, context: int) -> Record:
    """Describe one place that matched, with at most `context` characters on each side."""
    passage = found.passage
    return {
        "speech": speaker.id,
        "district": speaker.district,
        "town": speaker.town,
        "speaker": speaker.speaker,
        "section": passage.section,
        "heading": passage.heading,
        "paragraph": passage.paragraph,
        "start": found.start,
        "end": found.end,
        "match": found.match,
        "left": found.left[-context:] if context else "",
        "right": found.right[:context],
        "how": found.how,
        "cost": found.cost,
        "why": wording.why(found),
        "phrase": found.phrase,
        "edits": [
            {"kind": edit.kind, "typed": edit.typed, "found": edit.found} for edit in found.edits
        ],
        "locator": wording.locator(found.passage, speaker),
        "sentence": passage.sentence(found.start, found.end),
        "post": speaker.post,
        "title": speaker.title,
        "compilation": speaker.compilation.title,
        "date": speaker.compilation.date,
        "pages": speaker.pages or None,
    }


def count(speaker: Speech, counted: int) -> Record:
    """Describe how often a town has a phrase."""
    return {
        "speech": speaker.id,
        "district": speaker.district,
        "town": speaker.town,
        "count": counted,
        "date": speaker.compilation.date,
    }


def comparison(made: Comparison) -> Record:
    """Describe towns side by side."""
    return {
        "towns": [speech(town) for town in made.towns],
        "rows": [row(each, made) for each in made.rows],
        "related": [
            {
                "name": each.name,
                "cells": _sides(each.cells, made),
                "differs": each.differs,
            }
            for each in made.related
        ],
    }


def comparison_rows(made: Comparison, *, quote: bool = False) -> list[Record]:
    """Describe a comparison with a flat row for each indicator, for spreadsheets.

    A town's cell has each of its figures with its sign and what limits it, and beside it stands the
    number in `unit`, where it is one. With `quote` the sentences stand there too.
    """
    return [
        {
            "topic": each.topic,
            "indicator": each.indicator,
            **{
                key: value
                for town, cell in zip(made.towns, each.cells, strict=True)
                for key, value in _side(wording.name(town, made.towns), cell, quote=quote).items()
            },
            "difference": _exact(each.difference),
            "ratio": _exact(each.ratio),
            "unit": each.unit,
            **_ends("difference", each.difference),
            **_ends("ratio", each.ratio),
            "approximate": None if each.difference is None else each.difference.approximate,
            "notes": "; ".join(wording.notes(each, made.towns)),
        }
        for each in made.rows
    ]


def _side(name: str, cell: Sequence[Figure], *, quote: bool) -> Record:
    """Describe what one town says of an indicator."""
    only = cell[0] if len(cell) == 1 else None
    said = {
        name: "; ".join(wording.limited(each) for each in cell),
        _("{town} bound").format(town=name): only and only.bound,
        _("{town} value").format(town=name): only and number(only.value),
        _("{town} unit").format(town=name): only and only.unit,
    }
    sentences = dict.fromkeys(each.sentence for each in cell)
    return said | ({_("{town} sentence").format(town=name): "".join(sentences)} if quote else {})


def row(shown: Row, made: Comparison) -> Record:
    """Describe one indicator beside the towns."""
    return {
        "topic": shown.topic,
        "indicator": shown.indicator,
        "cells": _sides(shown.cells, made),
        "difference": _exact(shown.difference),
        "ratio": _exact(shown.ratio),
        "notes": wording.notes(shown, made.towns),
        "unit": shown.unit,
        "difference_range": _range(shown.difference),
        "ratio_range": _range(shown.ratio),
        "obstacle": shown.obstacle,
    }


def _sides(cells: Sequence[Sequence[Figure]], made: Comparison) -> list[list[Record]]:
    return [[figure(each, town) for each in cell] for town, cell in zip(made.towns, cells, strict=True)]


def measure(shown: Measure) -> Record:
    """Describe an indicator, and how far it can be compared."""
    return shown._asdict() | {"units": [*shown.units], "related": [*shown.related]}


def measure_row(shown: Measure) -> Record:
    """Describe an indicator in one row of a spreadsheet."""
    return measure(shown) | {"units": "、".join(shown.units), "related": "、".join(shown.related)}


def _exact(found: Range | None) -> int | float | None:
    return None if found is None or found.exact is None else _rounded(found.exact)


def _range(found: Range | None) -> Record | None:
    if found is None:
        return None
    return _ends("", found) | {"approximate": found.approximate, "strict": found.strict}


def _ends(name: str, found: Range | None) -> Record:
    ends = (None, None) if found is None else (found.low, found.high)
    return {
        f"{name}_{end}".strip("_"): None if value is None else _rounded(value)
        for end, value in zip(("low", "high"), ends, strict=True)
    }


def _rounded(value: Fraction) -> int | float:
    return int(value) if value.denominator == 1 else round(float(value), 4)


def number(value: Decimal) -> int | float:
    """Give a figure's number as JSON has it."""
    return int(value) if value == value.to_integral_value() else float(value)


def flat(records: Sequence[Mapping[str, Any]]) -> list[Record]:
    """Leave out of records what has no place in a table's cell: lists and dicts."""
    return [
        {key: value for key, value in record.items() if not isinstance(value, list | dict)}
        for record in records
    ]
