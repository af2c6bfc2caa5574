"""The pages of figures: towns side by side, and one measure across towns."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import groupby

from speeches_cli import quantities
from speeches_cli.figures import Comparison, Group, Range, Row
from speeches_cli.messages import _
from speeches_cli.model import Figure, Speech
from speeches_cli.render import numbers, page, wording
from speeches_cli.render.page import Block, Cell, Column, Line, Lines, Page, Prose, Rule, Table

NOTHING = "—"
_BAR = 8
"""In cells."""


def comparison(made: Comparison, *, quote: bool = False) -> Page:
    """Set towns side by side: the rows they share, then what only one of them reports.

    With `quote` each row is followed by the sentences that it comes from.
    """
    blocks: list[Block] = []
    for shared, title in ((True, _("Reported by more than one")), (False, _("Reported by one only"))):
        rows = [row for row in made.rows if row.shared is shared]
        if rows:
            blocks.append(Rule(page.line(title)))
            blocks += _quoted(rows, made) if quote else [_table(rows, made)]
    if any(not cell for row in made.rows for cell in row.cells):
        legend = _("{sign} this speech does not mention it").format(sign=NOTHING)
        blocks.append(Lines((page.line((legend, "muted")),)))
    return Page(tuple(blocks))


def figures(groups: Sequence[Group], towns: Mapping[int, Speech], *, silent: bool) -> Page:
    """List figures by indicator, in one unit within each group.

    With `silent` the towns that say nothing of an indicator are named below.
    """
    columns = (
        Column(_("Town"), keep=True),
        Column("#", keep=True),
        Column(_("Figure"), right=True),
        Column("", keep=True),
        Column(_("Remarks")),
    )
    blocks: list[Block] = []
    for group in groups:
        blocks.append(Rule(page.line(group.indicator, (f"　{group.topic}", "muted"))))
        scale = numbers.scale(group.figures)
        most = max(numbers.size(figure, scale) for figure in group.figures)
        rows = tuple(
            (
                page.cell(towns[figure.speech].town),
                page.cell(f"{towns[figure.speech].id}.{figure.section}", "muted"),
                _number(figure, scale),
                page.cell(numbers.bar(numbers.size(figure, scale) / most, _BAR), "bar"),
                wording.remarks(figure),
            )
            for figure in group.figures
        )
        blocks.append(Table(columns, (page.Group("", rows),)))
        if silent and group.silent:
            names = "、".join(town.town for town in group.silent)
            said = _("Not mentioned by: {towns}").format(towns=names)
            blocks.append(Lines((page.line((said, "muted")),)))
    return Page(tuple(blocks))


def _table(rows: Sequence[Row], made: Comparison) -> Table:
    """Make the table of rows that are all shared, or all not: those have no difference."""
    subtracts = len(made.towns) == 2 and rows[0].shared
    columns = (
        Column(_("Indicator")),
        *(Column(town.town) for town in made.towns),
        *((Column(_("Difference"), keep=True),) if subtracts else ()),
    )
    groups = tuple(
        page.Group(topic, tuple(_cells(row, made)[: len(columns)] for row in members))
        for topic, members in groupby(rows, key=lambda row: row.topic)
    )
    return Table(columns, groups, _("Topic"))


def _quoted(rows: Sequence[Row], made: Comparison) -> list[Block]:
    """Set each row as a line, and under it the sentences that its figures stand in."""
    blocks: list[Block] = []
    for row in rows:
        indicator, *others = (" ".join(map(page.plain, cell)) for cell in _cells(row, made))
        summary = (f"　{' ｜ '.join(other for other in others if other)}", "")
        blocks.append(Lines(((), page.line((indicator, "strong"), summary))))
        for town, cell in zip(made.towns, row.cells, strict=True):
            sentences = dict.fromkeys(figure.sentence for figure in cell)
            blocks += [Prose(_quotation(town, sentence, cell)) for sentence in sentences]
    return blocks


def _quotation(town: Speech, sentence: str, figures: Sequence[Figure]) -> Line:
    written = (
        part
        for figure in figures
        if figure.sentence == sentence
        for part in figure.as_written.split("+")
    )
    spans = [(at, at + len(part)) for part in written if (at := sentence.find(part)) >= 0]
    return ((f"{town.town}：", "strong"), *page.highlighted(sentence, spans, "figure"))


def _cells(row: Row, made: Comparison) -> tuple[Cell, ...]:
    """Make the indicator's cell, one for each town, and the difference."""
    present = [figure for cell in row.cells for figure in cell]
    dimensions = {quantities.dimension(figure.unit) for figure in present}
    scale = numbers.scale(present) if len(dimensions) == 1 else None
    periods_differ = len({figure.period for figure in present}) > 1 and row.shared
    caught = tuple(page.line((f"※ {figure.note}", "warning")) for figure in present if figure.note)
    return (
        page.cell(row.indicator) + caught,
        *(_side(cell, scale, periods_differ=periods_differ) for cell in row.cells),
        _difference(row, made, scale),
    )


def _side(figures: Sequence[Figure], scale: numbers.Scale | None, *, periods_differ: bool) -> Cell:
    """Show all that one town says of an indicator."""
    lines: list[Line] = []
    for figure in figures:
        limits = wording.marks(figure)
        if periods_differ and figure.period is None:
            limits.append(_("period not stated"))
        lines += _number(figure, scale or numbers.scale([figure]))
        lines += [page.line((limit, "muted")) for limit in [_(", ").join(limits)] if limit]
    return tuple(lines) or page.cell(NOTHING, "muted")


def _number(figure: Figure, scale: numbers.Scale) -> Cell:
    """Show a figure in a display unit, and beneath as written where that reads differently."""
    shown = numbers.figure(figure, scale)
    beneath = () if shown == figure.as_written else (page.line((figure.as_written, "muted")),)
    return (page.line((shown, "figure")), *beneath)


def _difference(row: Row, made: Comparison, scale: numbers.Scale | None) -> Cell:
    """Say who has more and by how much, or in a word why that is not said."""
    if row.obstacle:
        return page.cell(wording.obstacle(row) or "", "muted")
    if row.difference is None or scale is None:
        return page.cell(_("too vague to tell") if row.shared and len(made.towns) == 2 else "", "muted")
    if row.difference.low == row.difference.high == 0:
        return page.cell(_("about equal") if row.difference.approximate else _("equal"))
    first_has_more = _is_more(row.difference)
    town = made.towns[0 if first_has_more else 1]
    unit = scale if row.unit == scale.unit else numbers.Scale(row.unit, 1, row.unit)
    more = _("{town} +{amount}").format(
        town=town.town.removesuffix(town.kind), amount=numbers.span(row.difference, unit)
    )
    if row.ratio is None:
        return page.cell(more)
    times = numbers.times(row.ratio if first_has_more else row.ratio.inverse)
    share = row.ratio.middle / (1 + row.ratio.middle)
    return (
        page.line(more),
        page.line((times, "muted"), " ", (numbers.balance(share, _BAR), "bar")),
    )


def _is_more(difference: Range) -> bool:
    return difference.low is not None and difference.low >= 0 and difference.high != 0
