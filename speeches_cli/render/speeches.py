"""The pages one reads: the list of speeches, and a speech."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby
from typing import TYPE_CHECKING

from speeches_cli.messages import _
from speeches_cli.model import HEADING, OPENING, Compilation, Figure, Passage, Speech
from speeches_cli.render import page, wording
from speeches_cli.render.page import Block, Cell, Column, Line, Lines, Page, Prose, Rule, Table

if TYPE_CHECKING:
    from speeches_cli.search import Hit


def speeches(shown: Sequence[Speech], *, grouped: bool) -> Page:
    """List speeches, under the names of their districts or with the district in a column.

    Where they were held at several meetings each has a table, the newest first.
    """
    guessed = any(each.unsure for each in shown)
    marked = (Column(_("Not confirmed")),) if guessed else ()
    if not grouped:
        columns = (*_list_columns(), Column(_("District"), keep=True), *marked)
        rows = tuple(_list_row(each, grouped, guessed) for each in shown)
        return Page((Table(columns, (page.Group((), rows),)),))
    meetings: dict[Compilation, dict[str, list[Speech]]] = {}
    for each in shown:
        by_district = meetings.setdefault(each.compilation, {})
        by_district.setdefault(each.district, []).append(each)
    blocks: list[Block] = []
    for made in sorted(meetings, key=lambda each: each.date, reverse=True):
        if len(meetings) > 1:
            blocks.append(Rule(page.line(f"{made.date}　{made.meeting}")))
        groups = (
            page.Group(
                page.line((title, "strong")),
                tuple(_list_row(each, grouped, guessed) for each in members),
            )
            for title, members in meetings[made].items()
        )
        blocks.append(Table((*_list_columns(), *marked), tuple(groups), _("District")))
    return Page(tuple(blocks))


def speech(
    shown: Speech,
    passages: Sequence[Passage],
    figures: Sequence[Figure],
    *,
    with_figures: bool,
    hits: Sequence[Hit] = (),
) -> Page:
    """Set a speech, or some of its sections, with its figures emphasised, or if there are any, hits.

    With `with_figures` each section is followed by a table of what it counts.
    """
    source = (shown.compilation.title, shown.compilation.date, wording.pages(shown))
    blocks: list[Block] = [
        Rule(page.line(shown.title)),
        Lines(
            (
                page.line(f"{shown.post}　{shown.speaker}"),
                page.line(("　".join(filter(None, source)), "muted")),
            )
        ),
    ]
    for section, members in groupby(passages, key=lambda passage: passage.section):
        for passage in members:
            if passage.paragraph != HEADING:
                blocks.append(Prose(_emphasised(passage, figures, hits)))
            elif section != OPENING:
                locator = f"　{wording.locator(passage, shown)}"
                heading = _emphasised(passage, (), hits)
                blocks.append(Rule(page.line(*heading, (locator, "muted")), level=2))
        inside = [figure for figure in figures if figure.section == section]
        if with_figures and inside:
            blocks.append(_figure_table(inside))
    return Page(tuple(blocks))


def _list_columns() -> tuple[Column, ...]:
    return (
        Column(_("Town"), keep=True),
        Column("#", right=True, keep=True),
        Column(_("Speaker"), keep=True),
        Column(_("Title")),
        Column(_("Chars"), right=True, keep=True),
        Column(_("Figures"), right=True, keep=True),
    )


def _list_row(shown: Speech, grouped: bool, guessed: bool) -> tuple[Cell, ...]:
    return (
        page.cell(shown.town),
        page.cell(shown.number, "strong"),
        page.cell(shown.speaker),
        page.cell(shown.title),
        page.cell(str(shown.characters), "muted"),
        page.cell(str(shown.figures), "muted"),
        *(() if grouped else (page.cell(shown.district),)),
        *((page.cell(_(", ").join(shown.unsure), "warning"),) if guessed else ()),
    )


def _figure_table(figures: Sequence[Figure]) -> Table:
    columns = (Column(_("Indicator")), Column(_("Figure"), right=True), Column(_("Remarks")))
    rows = tuple(
        (page.cell(figure.indicator), page.cell(figure.as_written, "figure"), wording.remarks(figure))
        for figure in figures
    )
    return Table(columns, (page.Group((), rows),))


def _emphasised(passage: Passage, figures: Sequence[Figure], hits: Sequence[Hit]) -> Line:
    if hits:
        where = (passage.section, passage.paragraph)
        here = [each for each in hits if (each.passage.section, each.passage.paragraph) == where]
        return page.highlighted(passage.text, [(each.start, each.end) for each in here], "hit")
    spans = [
        (span.start, span.end)
        for figure in figures
        if (figure.speech, figure.section) == (passage.speech, passage.section)
        for span in figure.spans
        if span.paragraph == passage.paragraph
    ]
    return page.highlighted(passage.text, spans, "figure")
