"""The pages one reads: the list of speeches, and a speech."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from speeches_cli.messages import _
from speeches_cli.model import HEADING, OPENING, Figure, Passage, Speech
from speeches_cli.render import page, wording
from speeches_cli.render.page import Block, Cell, Column, Line, Lines, Page, Prose, Rule, Table


def speeches(shown: Sequence[Speech], *, grouped: bool) -> Page:
    """List speeches, under the names of their districts or with the district in a column."""
    by_district: dict[str, list[Speech]] = {}
    for each in shown:
        by_district.setdefault(each.district if grouped else "", []).append(each)
    groups = tuple(
        page.Group(page.line((title, "strong")), tuple(_list_row(each, grouped) for each in members))
        for title, members in by_district.items()
    )
    columns = _list_columns() if grouped else (*_list_columns(), Column(_("District"), keep=True))
    return Page((Table(columns, groups, _("District") if grouped else ""),))


def speech(
    shown: Speech, passages: Sequence[Passage], figures: Sequence[Figure], *, with_figures: bool
) -> Page:
    """Set a speech, or some of its sections, with its figures emphasised.

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
                blocks.append(Prose(_emphasised(passage, figures)))
            elif section != OPENING:
                locator = f"　{wording.locator(passage, shown)}"
                blocks.append(Rule(page.line(passage.text, (locator, "muted")), level=2))
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


def _list_row(shown: Speech, grouped: bool) -> tuple[Cell, ...]:
    return (
        page.cell(shown.town),
        page.cell(shown.number, "strong"),
        page.cell(shown.speaker),
        page.cell(shown.title),
        page.cell(str(shown.characters), "muted"),
        page.cell(str(shown.figures), "muted"),
        *(() if grouped else (page.cell(shown.district),)),
    )


def _figure_table(figures: Sequence[Figure]) -> Table:
    columns = (Column(_("Indicator")), Column(_("Figure"), right=True), Column(_("Remarks")))
    rows = tuple(
        (page.cell(figure.indicator), page.cell(figure.as_written, "figure"), wording.remarks(figure))
        for figure in figures
    )
    return Table(columns, (page.Group((), rows),))


def _emphasised(passage: Passage, figures: Sequence[Figure]) -> Line:
    spans = [
        (span.start, span.end)
        for figure in figures
        if (figure.speech, figure.section) == (passage.speech, passage.section)
        for span in figure.spans
        if span.paragraph == passage.paragraph
    ]
    return page.highlighted(passage.text, spans, "figure")
