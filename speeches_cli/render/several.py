"""Many towns side by side: a list of the measures that some share, and a line for all the rest."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from speeches_cli import vocabulary
from speeches_cli.figures import Comparison, Row
from speeches_cli.messages import _
from speeches_cli.render import measuring, numbers, page, wording
from speeches_cli.render.page import Block, Cell, Column, Lines, Table
from speeches_cli.visible import cells


def listing(rows: Sequence[Row], made: Comparison) -> Table:
    """List under each topic the measures that some towns share, and what each of these reports."""
    groups = (
        page.Group(page.line((topic, "strong")), tuple(_listed(row, made) for row in members))
        for topic, members in groupby(rows, key=lambda row: row.topic)
    )
    return Table((Column(_("Indicator"), keep=True), Column(_("Figures"))), tuple(groups), _("Topic"))


def summary(made: Comparison) -> Iterator[Block]:
    """Say in a line each what many towns have beside the measures that some of them share."""
    silent = [
        wording.name(town, made.towns)
        for at, town in enumerate(made.towns)
        if not any(row.shared and row.cells[at] for row in made.rows)
    ]
    if silent:
        message = _("no measure in common with the others: {towns}")
        yield aside(message.format(towns=vocabulary.joined(silent)))
    if made.related:
        message = _("near, but defined differently: {indicators}; name two towns to see them")
        yield aside(message.format(indicators="、".join(each.name for each in made.related)))
    if any(made.counts):
        yield aside(left_out(made))


def left_out(made: Comparison) -> str:
    """Say of each town how many measures it alone reports."""
    names = (wording.name(town, made.towns) for town in made.towns)
    named = [f"{name} {count}" for name, count in zip(names, made.counts, strict=True) if count]
    said = _(", ").join(named) if len(named) <= vocabulary.LISTED else str(sum(made.counts))
    message = (
        _("measures that only one reports: {counts}; name two towns to see them")
        if len(made.towns) > 2
        else _("measures that only one reports: {counts}; without --shared they are shown")
    )
    return message.format(counts=said)


def aside(said: str) -> Lines:
    """Say something beside a table."""
    return Lines((page.line((said, "muted")),))


def fits(table: Table, width: int) -> bool:
    """Tell whether a table of so many cells would break no line of its cells."""
    rows = [row for group in table.groups for row in group.rows]
    heads = tuple(page.cell(column.head) for column in table.columns)
    columns = zip(heads, *rows, strict=True)
    widths = [max(cells(page.plain(each)) for cell in column for each in cell) for column in columns]
    return sum(widths) + 2 * len(widths) <= width


def _listed(row: Row, made: Comparison) -> tuple[Cell, Cell]:
    """Name on one line the towns that report an indicator, and in a word why they do not subtract."""
    parts: list[page.Part] = []
    for town, cell in zip(made.towns, row.cells, strict=True):
        for figure in cell:
            limits = [_("plan or under way")] if figure.status == "plan" else []
            limits += [each for each in (figure.period, figure.scope) if each]
            (shown, *_beneath) = measuring.number(figure, numbers.scale([figure]))
            parts += [
                (_("; ") if parts else "", ""),
                (f"{wording.short(town, made.towns)} ", ""),
                *shown,
            ]
            parts += [(_(" (") + _(", ").join(limits) + _(")"), "muted")] if limits else []
            parts += [(" ※", "warning")] if figure.note else []
    reason = wording.obstacle(row)
    parts += [(_(" (") + reason + _(")"), "muted")] if reason else []
    return page.cell(row.indicator), (page.line(*parts),)
