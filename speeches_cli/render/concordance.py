"""The pages of a search: keywords in context, quotations with their source, counts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import TYPE_CHECKING

from speeches_cli.messages import _
from speeches_cli.model import Speech
from speeches_cli.render import page, wording
from speeches_cli.render.page import Block, Column, Line, Lines, Page, Prose, Table
from speeches_cli.visible import cells, pad

if TYPE_CHECKING:
    from speeches_cli.search import Hit

WIDEST_CONTEXT = 30
"""In characters: more on each side of a keyword is no longer taken in at a glance."""
_BAR = 20
"""In cells."""


def in_context(
    hits: Sequence[Hit],
    towns: Mapping[int, Speech],
    *,
    context: int | None,
    width: int | None,
    grouped: bool,
) -> Page:
    """Set hits as keyword in context, aligned on the keyword.

    On a terminal of `width` cells there is as much context as fits when `context`, in
    characters, is None, and `grouped` hits stand under their town and section. Otherwise every
    hit is a whole line that begins with its locator and town.
    """
    grouped = grouped and width is not None
    places = {id(hit): "    " if grouped else f"{_place(hit, towns)}  " for hit in hits}
    room = None if width is None else width - max(map(cells, places.values()))
    shown = _context_that_fits(hits, room) if context is None else context
    margin = max(cells(_left(hit, shown)) for hit in hits)
    lines: list[Line] = []
    for index, hit in enumerate(hits):
        if grouped:
            lines += _headings(hit, hits[index - 1] if index else None, hits, towns)
        reason = f"  [{why}]" if (why := wording.why(hit)) else ""
        place = pad(places[id(hit)], max(map(cells, places.values())))
        left = pad(_left(hit, shown), margin, left=True)
        lines.append(
            page.line((place, "muted"), left, (hit.match, "hit"), _right(hit, shown), (reason, "muted"))
        )
    return Page((Lines(tuple(lines)),))


def citations(hits: Sequence[Hit], towns: Mapping[int, Speech]) -> Page:
    """Set each sentence that has a hit as a quotation with its source, once."""
    blocks: list[Block] = []
    quoted: dict[tuple[int, str], list[Hit]] = {}
    for hit in hits:
        sentence = hit.passage.sentence(hit.start, hit.end)
        quoted.setdefault((hit.passage.speech, sentence), []).append(hit)
    for (speech, sentence), members in quoted.items():
        begins = members[0].passage.text.find(sentence)
        spans = [(hit.start - begins, hit.end - begins) for hit in members]
        blocks.append(Prose(page.highlighted(sentence, spans, "hit")))
        blocks.append(Lines((page.line((wording.citation(towns[speech]), "muted")), ())))
    return Page(tuple(blocks))


def counts(counted: Sequence[tuple[Speech, int]]) -> Page:
    """List how often each town has a phrase, zeros too, with the total."""
    from speeches_cli.render import numbers

    most = max((count for _town, count in counted), default=0) or 1
    total = sum(count for _town, count in counted)
    columns = (
        Column(_("Town"), keep=True),
        Column("#", right=True, keep=True),
        Column(_("Hits"), right=True, keep=True),
        Column("", keep=True),
    )
    rows = tuple(
        (
            page.cell(town.town),
            page.cell(str(town.id), "muted"),
            page.cell(str(count)),
            page.cell(numbers.bar(Fraction(count, most), _BAR) if count else "", "bar"),
        )
        for town, count in counted
    )
    footer = (
        page.cell(_("Total"), "strong"),
        page.cell(""),
        page.cell(str(total), "strong"),
        page.cell(""),
    )
    return Page((Table(columns, (page.Group("", rows), page.Group("", (footer,)))),))


def _place(hit: Hit, towns: Mapping[int, Speech]) -> str:
    speaker = towns[hit.passage.speech]
    return f"{wording.locator(hit.passage, speaker)}  {speaker.town}"


def _headings(
    hit: Hit, previous: Hit | None, hits: Sequence[Hit], towns: Mapping[int, Speech]
) -> list[Line]:
    """Name the town and the section of a hit where they are other than the previous one's."""
    passage, speaker = hit.passage, towns[hit.passage.speech]
    before = None if previous is None else (previous.passage.speech, previous.passage.section)
    lines: list[Line] = []
    if before is None or before[0] != passage.speech:
        count = sum(1 for each in hits if each.passage.speech == passage.speech)
        tail = f"  {speaker.district} · {speaker.speaker} · {count}"
        lines += [()] if previous else []
        lines.append(page.line((speaker.town, "strong"), (tail, "muted")))
    if before != (passage.speech, passage.section):
        heading = passage.heading or speaker.title
        lines.append(page.line(f"  {wording.locator(passage, speaker)}  ", (heading, "muted")))
    return lines


def _left(hit: Hit, context: int) -> str:
    return ("…" if len(hit.left) > context else "") + (hit.left[-context:] if context else "")


def _right(hit: Hit, context: int) -> str:
    return hit.right[:context] + ("…" if len(hit.right) > context else "")


def _context_that_fits(hits: Sequence[Hit], width: int | None) -> int:
    """Say how many characters fit on each side of every keyword in so many cells."""
    if width is None or not hits:
        return WIDEST_CONTEXT
    taken = max(
        cells(hit.match) + cells(wording.why(hit)) + (4 if wording.why(hit) else 0) for hit in hits
    )
    return max(2, min(WIDEST_CONTEXT, (width - taken - 3) // 4))
