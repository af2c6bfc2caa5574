"""The pages of figures: towns side by side, and one measure across towns."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import groupby

from speeches_cli.figures import Comparison, Group, Range, Row
from speeches_cli.messages import _
from speeches_cli.model import Figure, Speech
from speeches_cli.render import numbers, page, wording
from speeches_cli.render.page import Block, Cell, Column, Lines, Page, Prose, Rule, Table

NOTHING = "—"
_BAR = 10
"""In cells."""


def comparison(made: Comparison, *, quote: bool = False) -> Page:
    """Set towns side by side: the rows they share, then what only one of them reports."""
    two = len(made.towns) == 2
    columns = (
        Column(_("Indicator")),
        *(Column(town.town) for town in made.towns),
        *((Column(_("Difference")),) if two else ()),
    )
    blocks: list[Block] = []
    titles = ((True, _("Reported by more than one")), (False, _("Reported by one only")))
    for shared, title in titles:
        rows = [row for row in made.rows if row.shared is shared]
        if not rows:
            continue
        blocks.append(Rule(page.line(title), level=2))
        groups = tuple(
            page.Group(topic, tuple(_row(row, made, two) for row in members))
            for topic, members in _by_topic(rows)
        )
        shown = columns if shared or not two else columns[:-1]
        if shown is not columns:
            groups = tuple(page.Group(g.title, tuple(row[:-1] for row in g.rows)) for g in groups)
        blocks.append(Table(shown, groups, _("Topic")))
        if quote:
            blocks += [block for row in rows for block in _quotes(row, made)]
    legend = _("— : this speech does not mention it")
    if any(not cell for row in made.rows for cell in row.cells):
        blocks.append(Lines((page.line((legend, "muted")),)))
    return Page(tuple(blocks))


def figures(groups: Sequence[Group], towns: Mapping[int, Speech], *, silent: bool) -> Page:
    """List figures by indicator, in one unit within each group.

    With `silent` the towns that say nothing of an indicator are named below.
    """
    blocks: list[Block] = []
    for group in groups:
        blocks.append(Rule(page.line(group.indicator, (f"　{group.topic}", "muted")), level=2))
        scale = numbers.scale(group.figures)
        most = max(numbers.size(figure, scale) for figure in group.figures)
        rows = tuple(
            (
                page.cell(towns[figure.speech].town),
                page.cell(f"{towns[figure.speech].id}.{figure.section}", "muted"),
                _number(figure, scale),
                page.cell(numbers.bar(numbers.size(figure, scale) / most, _BAR) if most else "", "bar"),
                wording.remarks(figure),
            )
            for figure in group.figures
        )
        columns = (
            Column(_("Town"), keep=True),
            Column("#", keep=True),
            Column(_("Figure"), right=True),
            Column("", keep=True),
            Column(_("Remarks")),
        )
        blocks.append(Table(columns, (page.Group("", rows),)))
        if silent and group.silent:
            names = "、".join(town.town for town in group.silent)
            blocks.append(
                Lines((page.line((_("Not mentioned by: {towns}").format(towns=names), "muted")),))
            )
    return Page(tuple(blocks))


def _row(row: Row, made: Comparison, two: bool) -> tuple[Cell, ...]:
    present = [figure for cell in row.cells for figure in cell]
    one_dimension = row.obstacle != "unit"
    scale = numbers.scale(present) if one_dimension else None
    differ = len({tuple(figure.period for figure in cell) for cell in row.cells if cell}) > 1
    cells_shown = [
        sum(
            (
                _number(figure, scale or numbers.scale([figure])) + _limits(figure, differ)
                for figure in cell
            ),
            (),
        )
        or page.cell(NOTHING, "muted")
        for cell in row.cells
    ]
    caught = tuple(page.line((f"※ {figure.note}", "warning")) for figure in present if figure.note)
    indicator = page.cell(row.indicator) + caught
    return (indicator, *cells_shown, *((_difference(row, made, scale),) if two else ()))


def _number(figure: Figure, scale: numbers.Scale) -> Cell:
    """Show a figure in a display unit, and beneath as written where that reads differently."""
    shown = numbers.figure(figure, scale)
    beneath = () if shown == figure.as_written else (page.line((figure.as_written, "muted")),)
    return (page.line((shown, "figure")), *beneath)


def _limits(figure: Figure, periods_differ: bool) -> Cell:
    parts = wording.marks(figure)
    if periods_differ and figure.period is None:
        parts.append(_("period not stated"))
    return (page.line((_(", ").join(parts), "muted")),) if parts else ()


def _difference(row: Row, made: Comparison, scale: numbers.Scale | None) -> Cell:
    """Say who has more and by how much, or in a word why that is not said."""
    if row.obstacle:
        return page.cell(wording.obstacle(row) or "", "muted")
    if row.difference is None or scale is None:
        return page.cell(_("too vague to subtract") if row.shared else "", "muted")
    if row.difference.exact == 0 and not row.difference.approximate:
        return page.cell(_("equal"))
    first_has_more = _is_positive(row.difference)
    more = made.towns[0 if first_has_more else 1]
    unit = scale if row.ratio or row.unit == scale.unit else numbers.Scale(row.unit, 1, row.unit)
    lines = [page.line((f"{_short(more)} +{numbers.span(row.difference, unit)}", ""))]
    if row.ratio:
        ratio = row.ratio if first_has_more else row.ratio.inverse
        share = row.ratio.middle / (1 + row.ratio.middle)
        lines.append(
            page.line((numbers.times(ratio), "muted"), " ", (numbers.balance(share, _BAR), "bar"))
        )
    return tuple(lines)


def _is_positive(difference: Range) -> bool:
    return (difference.low is not None and difference.low >= 0) and difference.high != 0


def _short(town: Speech) -> str:
    return town.town.removesuffix(town.kind)


def _by_topic(rows: Iterable[Row]) -> list[tuple[str, list[Row]]]:
    return [(topic, list(members)) for topic, members in groupby(rows, key=lambda row: row.topic)]


def _quotes(row: Row, made: Comparison) -> list[Block]:
    lines: list[Block] = [Lines(((), page.line((row.indicator, "strong"))))]
    for town, cell in zip(made.towns, row.cells, strict=True):
        for sentence in dict.fromkeys(figure.sentence for figure in cell):
            written = [figure.as_written for figure in cell if figure.sentence == sentence]
            spans = [
                (at, at + len(part))
                for words in written
                for part in words.split("+")
                if (at := sentence.find(part)) >= 0
            ]
            lines.append(
                Prose(((f"{town.town}：", "strong"), *page.highlighted(sentence, spans, "figure")))
            )
    return lines
