"""The page of towns side by side."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain, groupby, zip_longest

from speeches_cli import units
from speeches_cli.figures import Comparison, Row
from speeches_cli.messages import _
from speeches_cli.model import Figure
from speeches_cli.render import measuring, numbers, page, several, wording
from speeches_cli.render.page import Block, Cell, Column, Line, Page, Prose, Rule, Table

_NARROWEST = 50
"""In cells: on less, no two columns of figures stand side by side."""


def comparison(made: Comparison, *, quote: bool = False, width: int | None = None) -> Page:
    """Set towns side by side: the rows they share, what is near, then what only one reports.

    With `quote` each row is followed by the sentences that it comes from. Three towns and more are a
    matrix as far as `width` cells allow, and a list beyond that.
    """
    shared = [row for row in made.rows if row.shared]
    if shared:
        blocks: list[Block] = [Rule(page.line(_("Reported by more than one")))]
        blocks += _quoted(shared, made) if quote else _shared(shared, made, width)
    else:
        blocks = [several.aside(_("These speeches have no measure in common."))]
    if len(made.towns) > 2:
        return Page((*blocks, *several.summary(made)))
    if made.related:
        blocks.append(Rule(page.line(_("Near, but defined differently"))))
        blocks += (
            _near_quoted(made)
            if quote
            else [_side_by_side(_near_groups(made), made, width, _("Group"))]
        )
    if made.alone:
        blocks.append(Rule(page.line(_("Reported by one only"))))
        blocks += (
            _quoted(made.alone, made)
            if quote
            else [_side_by_side(_alone(made), made, width, _("Topic"))]
        )
    if any(made.left_out):
        blocks.append(several.aside(several.left_out(made)))
    return Page(tuple(blocks))


def _side_by_side(
    groups: Iterable[page.Group], made: Comparison, width: int | None, head: str
) -> Table:
    """Make a table with a column for each town, or where that is too narrow, a row."""
    names = [wording.name(town, made.towns) for town in made.towns]
    if width is None or width >= _NARROWEST:
        return Table(tuple(map(Column, names)), tuple(groups), head)
    stacked = (
        group._replace(
            rows=tuple(
                (page.cell(name), tuple(chain.from_iterable(column)))
                for name, column in zip(names, zip(*group.rows, strict=True), strict=True)
                if any(column)
            )
        )
        for group in groups
    )
    return Table((Column(_("Town")), Column("")), tuple(stacked), head)


def _near_groups(made: Comparison) -> Iterator[page.Group]:
    """Set figures that a reader puts side by side, each with what it counts."""
    for each in made.related:
        sides = tuple(_named(cell, each.differs) for cell in each.cells)
        yield page.Group(page.line((each.name, "strong")), (sides,))


def _near_quoted(made: Comparison) -> Iterator[Block]:
    for each in made.related:
        yield Rule(page.line((each.name, "strong")), level=3)
        for town, cell in zip(made.towns, each.cells, strict=True):
            shown = _named(cell, each.differs)
            yield from _quotations(wording.name(town, made.towns), shown, cell)


def _alone(made: Comparison) -> Iterator[page.Group]:
    """Set what only one of two towns reports topic by topic: the first's left, the second's right."""
    for topic in dict.fromkeys(row.topic for row in made.alone):
        sides = (
            [_named(row.cells[at], {}) for row in made.alone if row.topic == topic and row.cells[at]]
            for at in range(2)
        )
        rows = zip_longest(*sides, fillvalue=())
        yield page.Group(page.line((topic, "strong")), tuple(rows))


def _named(figures: Sequence[Figure], differs: Mapping[str, str]) -> Cell:
    """Show figures each behind its indicator, with what it counts and what limits it."""
    lines: list[Line] = []
    for figure in figures:
        (shown, *_beneath) = measuring.number(figure, numbers.scale([figure]))
        lines.append(page.line((f"{figure.indicator} ", ""), *shown))
        counts = differs.get(figure.indicator)
        words = _(", ").join([*([counts] if counts else []), *wording.marks(figure)])
        lines += [page.line((words, "muted"))] if words else []
        lines += wording.note(figure)
    return tuple(lines)


def _shared(rows: Sequence[Row], made: Comparison, width: int | None) -> Iterator[Block]:
    """Make a table of the rows that towns share; of many towns, only of those that share any."""
    if len(made.towns) == 2:
        yield _table(rows, made)
        return
    present = [at for at in range(len(made.towns)) if any(row.cells[at] for row in rows)]
    narrowed = made._replace(towns=tuple(made.towns[at] for at in present))
    matrix = _table(
        [row._replace(cells=tuple(row.cells[at] for at in present)) for row in rows], narrowed
    )
    if width is None or several.fits(matrix, width):
        yield matrix
        if any(not cell for row in rows for cell in row.cells):
            yield several.aside(wording.silence())
    else:
        yield several.listing(rows, made)


def _table(rows: Sequence[Row], made: Comparison) -> Table:
    """Make the table of rows that towns share, which of two have a difference."""
    subtracts = len(made.towns) == 2
    columns = (
        Column(_("Indicator")),
        *(Column(wording.name(town, made.towns)) for town in made.towns),
        *((Column(_("Difference"), keep=True),) if subtracts else ()),
        *(() if subtracts else (Column(_("Remarks")),)),
    )
    groups = tuple(
        page.Group(page.line((topic, "strong")), tuple(_cells(row, made) for row in members))
        for topic, members in groupby(rows, key=lambda row: row.topic)
    )
    return Table(columns, groups, _("Topic"))


def _quoted(rows: Sequence[Row], made: Comparison) -> Iterator[Block]:
    """Set each row as a heading, and under it the sentences that its figures stand in."""
    for topic, members in groupby(rows, key=lambda row: row.topic):
        yield Rule(page.line(topic), level=2)
        for row in members:
            _indicator, *sides, difference = _cells(row, made)
            summary = page.joined(difference)
            between = "　" if summary else ""
            yield Rule(page.line((row.indicator, "strong"), between, *summary), level=3)
            for town, side, cell in zip(made.towns, sides, row.cells, strict=True):
                if cell:
                    yield from _quotations(wording.name(town, made.towns), side, cell)


def _quotations(town: str, side: Cell, figures: Sequence[Figure]) -> Iterator[Block]:
    """Set what a town's figures are, the sentences they stand in, and what is to be known of them."""
    said = tuple(line for line in side if line[0][1] != "warning")
    opening = ((f"{town}　", "strong"), *page.joined(said))
    sentences = dict.fromkeys(figure.sentence for figure in figures)
    for sentence in sentences:
        yield Prose(page.line(*opening, "：", *_marked(sentence, figures)))
        opening = ((town, "strong"),)
    for line in side:
        if line not in said:
            yield Prose(line)


def _marked(sentence: str, figures: Sequence[Figure]) -> Line:
    """Emphasise in a sentence the numbers that are cited from it."""
    parts = {
        part
        for figure in figures
        if figure.sentence == sentence
        for part in figure.as_written.split("+")
    }
    spans = [
        match.span()
        for part in parts
        for match in re.finditer(rf"(?<![0-9.]){re.escape(part)}", sentence)
    ]
    return page.highlighted(sentence, spans, "figure")


def _cells(row: Row, made: Comparison) -> tuple[Cell, ...]:
    """Make the indicator's cell, one for each town, and the difference."""
    present = [figure for cell in row.cells for figure in cell]
    dimensions = {units.dimension(figure.unit) for figure in present}
    scale = numbers.scale(present) if len(dimensions) == 1 else None
    periods_differ = len({figure.period for figure in present}) > 1 and row.shared
    return (
        page.cell(row.indicator),
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
        lines += measuring.number(figure, scale or numbers.scale([figure]))
        lines += [page.line((limit, "muted")) for limit in [_(", ").join(limits)] if limit]
        lines += wording.note(figure)
    return tuple(lines) or page.cell(wording.NOTHING, "muted")


def _difference(row: Row, made: Comparison, scale: numbers.Scale | None) -> Cell:
    """Say who has more and by how much, or in a word why that is not said."""
    if not row.shared:
        return page.cell("")
    if len(made.towns) != 2:
        return page.cell(wording.obstacle(row) or "", "muted")

    def more(amount: str, *, first: bool) -> Cell:
        town = wording.short(made.towns[0 if first else 1], made.towns)
        ratio = row.ratio if first or row.ratio is None else row.ratio.inverse
        beneath = [page.line((numbers.times(ratio), "muted"))] if ratio else []
        return (page.line(_("{town} +{amount}").format(town=town, amount=amount)), *beneath)

    return measuring.difference(row, scale, more)
