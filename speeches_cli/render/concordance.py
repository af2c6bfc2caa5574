"""The pages of a search: keywords in context, and counts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from speeches_cli.messages import _, plural
from speeches_cli.model import Speech
from speeches_cli.render import page, wording
from speeches_cli.render.page import Cell, Column, Line, Lines, Page, Table
from speeches_cli.visible import cells, pad

if TYPE_CHECKING:
    from speeches_cli.search import Hit

WIDEST_CONTEXT = 30
"""In characters: more on each side of a keyword is no longer taken in at a glance."""
_LEAST_CONTEXT = 2
_INDENT = "    "
_BAR = 16
"""In cells."""


def in_context(
    hits: Sequence[Hit],
    towns: Mapping[int, Speech],
    *,
    context: int | None,
    width: int | None,
    grouped: bool,
) -> Page:
    """Set hits, of which there is at least one, as keyword in context, aligned on the keyword.

    On a terminal of `width` cells there is as much context as fits when `context`, in
    characters, is None, and `grouped` hits stand under their town and section. Otherwise every
    hit is a whole line that begins with its locator and town.
    """
    grouped = grouped and width is not None
    places = [_INDENT] * len(hits) if grouped else _places(hits, towns)
    lines: list[Line] = []
    counted = Counter(hit.passage.speech for hit in hits)
    for index, line in enumerate(_aligned(hits, places, context, width)):
        if grouped:
            lines += _headings(hits, index, towns, counted)
        lines.append(line)
    return Page((Lines(tuple(lines)),))


def counts(counted: Sequence[tuple[Speech, int]], *, total: int, by_meeting: bool = True) -> Page:
    """List how often each town has a phrase, zeros too, with the total of all hits.

    Towns that spoke at several meetings stand under each meeting, if `by_meeting`.
    """
    from fractions import Fraction

    from speeches_cli.render import numbers

    most = max([1, *(count for _town, count in counted)])
    columns = (
        Column(_("Town"), keep=True),
        Column("#", right=True, keep=True),
        Column(_("Hits"), right=True, keep=True),
        Column("", keep=True),
    )
    meetings = dict.fromkeys(town.compilation for town, _count in counted)
    several = by_meeting and len(meetings) > 1
    rows: dict[str, list[tuple[Cell, ...]]] = {}
    for town, count in counted:
        of = town.compilation
        rows.setdefault(f"{of.date}  {of.meeting}" if several else "", []).append(
            (
                page.cell(town.town),
                page.cell(town.number, "muted"),
                page.cell(str(count)),
                page.cell(numbers.bar(Fraction(count, most), _BAR) if count else "", "bar"),
            )
        )
    groups = [
        page.Group(page.line((title, "strong")) if title else (), tuple(members))
        for title, members in sorted(rows.items())
    ]
    footer = (
        page.cell(_("Total"), "strong"),
        page.cell(""),
        page.cell(str(total), "strong"),
        page.cell(""),
    )
    head = _("Meeting") if several else ""
    return Page((Table(columns, (*groups, page.Group((), (footer,))), head),))


def _aligned(
    hits: Sequence[Hit], places: Sequence[str], context: int | None, width: int | None
) -> list[Line]:
    """Set every hit behind its place, all equally wide, the keywords all in the same column.

    A context that is asked for and too wide for the terminal is set without alignment, whole.
    """
    whys = {
        key: wording.why(hit) for key, hit in {(each.how, each.edits): each for each in hits}.items()
    }
    reasons = [f"  [{why}]" if (why := whys[each.how, each.edits]) else "" for each in hits]
    place = cells(places[0])
    if context is None and width is not None:
        matches = {hit.match + why for hit, why in zip(hits, reasons, strict=True)}
        context = _that_fits(width - place - max(map(cells, matches)))
    elif context is None:
        context = WIDEST_CONTEXT
    sides = [(_left(hit, context), hit.match, _right(hit, context)) for hit in hits]
    lefts = [cells(left) for left, _match, _right in sides]
    margin = max(lefts)
    if width is not None:
        rests = {"".join((*side[1:], why)) for side, why in zip(sides, reasons, strict=True)}
        margin = margin if place + margin + max(map(cells, rests)) <= width else 0
    return [
        page.line(
            (where, "muted"), " " * (margin - taken) + left, (match, "hit"), right, (why, "muted")
        )
        for where, (left, match, right), taken, why in zip(places, sides, lefts, reasons, strict=True)
    ]


def _places(hits: Sequence[Hit], towns: Mapping[int, Speech]) -> list[str]:
    """Name the place of every hit: its locator and its town, each in a column."""
    speakers = [towns[hit.passage.speech] for hit in hits]
    locators = [
        wording.locator(hit.passage, speaker) for hit, speaker in zip(hits, speakers, strict=True)
    ]
    widest = max(map(len, locators))
    names = {speaker.town for speaker in speakers}
    broadest = max(map(cells, names))
    padded = {name: pad(name, broadest) for name in names}
    return [
        f"{locator:{widest}}  {padded[speaker.town]}  "
        for locator, speaker in zip(locators, speakers, strict=True)
    ]


def _headings(
    hits: Sequence[Hit], index: int, towns: Mapping[int, Speech], counted: Mapping[int, int]
) -> list[Line]:
    """Give heading lines for a hit whose town or section differs from the previous hit's."""
    passage = hits[index].passage
    speaker = towns[passage.speech]
    before = hits[index - 1].passage if index else None
    lines: list[Line] = []
    if before is None or before.speech != passage.speech:
        count = counted[passage.speech]
        said = plural("{count} hit", "{count} hits", count).format(count=count)
        tail = f"  {speaker.district} · {speaker.speaker} · {said}"
        lines += [()] if before else []
        lines.append(page.line((speaker.town, "strong"), (tail, "muted")))
    if before is None or (before.speech, before.section) != (passage.speech, passage.section):
        heading = passage.heading or speaker.title
        lines.append(page.line(f"  {wording.locator(passage, speaker)}  ", (heading, "muted")))
    return lines


def _left(hit: Hit, context: int) -> str:
    begin = max(0, hit.start - context)
    return ("…" if begin else "") + hit.passage.text[begin : hit.start]


def _right(hit: Hit, context: int) -> str:
    end = hit.end + context
    return hit.passage.text[hit.end : end] + ("…" if end < len(hit.passage.text) else "")


def _that_fits(room: int) -> int:
    """Say how many Hanzi fit on each side of a keyword, given the cells left for both."""
    ellipses = 2
    return max(_LEAST_CONTEXT, min(WIDEST_CONTEXT, (room - ellipses) // 4))
