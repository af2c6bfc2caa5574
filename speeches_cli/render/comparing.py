"""The pages of figures: towns side by side, and one measure across towns."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from itertools import groupby

from speeches_cli import figures as figures_
from speeches_cli import units
from speeches_cli.figures import Comparison, Group, Row
from speeches_cli.messages import _
from speeches_cli.model import Figure, Related, Speech
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
        if shared and made.related:
            blocks += [Rule(page.line(_("Near, but defined differently"))), _near_table(made)]
    if any(not cell for row in made.rows for cell in row.cells):
        legend = _("{sign} no figure under this name in this speech").format(sign=NOTHING)
        blocks.append(Lines((page.line((legend, "muted")),)))
    return Page(tuple(blocks))


def _near_table(made: Comparison) -> Table:
    """Make the table of figures that a reader puts side by side, each with what it counts."""
    groups = tuple(
        page.Group(
            page.line((each.name, "strong")),
            (tuple(_near_cell(cell, each.differs) for cell in each.cells),),
        )
        for each in made.related
    )
    columns = tuple(Column(wording.name(town, made.towns)) for town in made.towns)
    return Table(columns, groups, _("Group"))


def _near_cell(figures: Sequence[Figure], differs: Mapping[str, str]) -> Cell:
    lines: list[Line] = []
    for figure in figures:
        (shown, *_beneath) = _number(figure, numbers.scale([figure]))
        lines.append(page.line((f"{figure.indicator} ", ""), *shown))
        words = _(", ").join([differs[figure.indicator], *wording.marks(figure)])
        lines.append(page.line((words, "muted")))
        lines += [page.line((f"※ {figure.note}", "warning"))] if figure.note else []
    return tuple(lines) or page.cell(NOTHING, "muted")


def figures(
    groups: Sequence[Group],
    towns: Mapping[int, Speech],
    *,
    silent: bool,
    related: Sequence[Related] = (),
) -> Page:
    """List figures by indicator, in one unit within each group.

    With `silent` the towns that give no figure under a name are named below, and the indicators that
    are near but defined differently.
    """
    columns = (
        Column(_("Town"), keep=True),
        Column("#", keep=True),
        Column(_("Figure"), right=True),
        Column("", keep=True),
        Column(_("Remarks")),
    )
    listed = Table(columns, tuple(_group(group, towns) for group in groups), _("Indicator"))
    missing = {group.indicator: group.silent for group in groups if silent and group.silent}
    template = _("{indicator}: no figure under this name from {towns}")
    said = [
        template.format(indicator=indicator, towns="、".join(town.town for town in names))
        for indicator, names in missing.items()
    ]
    said += _near(groups, related) if silent else ()
    legend = tuple(page.line((each, "muted")) for each in said)
    return Page((listed, Lines(legend)) if legend else (listed,))


def _near(groups: Sequence[Group], related: Sequence[Related]) -> Iterator[str]:
    """Name what is near the indicators of a page, each with what it counts."""
    shown = {group.indicator for group in groups}
    for each in related:
        if shown & each.indicators.keys() and (others := each.indicators.keys() - shown):
            named = (
                _("{indicator} ({words})").format(indicator=name, words=words)
                for name, words in each.indicators.items()
                if name in others
            )
            template = _("near, but defined differently: {indicators}")
            yield template.format(indicators="、".join(named))


def _group(group: Group, towns: Mapping[int, Speech]) -> page.Group:
    scale = numbers.scale(group.figures)
    barred = figures_.comparable(group.figures)  # a bar is a ratio
    most = max((numbers.size(figure, scale) for figure in barred), default=Fraction(0))
    rows = tuple(
        (
            page.cell(towns[figure.speech].town),
            page.cell(f"{towns[figure.speech].number}.{figure.section}", "muted"),
            _number(figure, scale),
            page.cell(_bar(numbers.size(figure, scale), most) if figure in barred else "", "bar"),
            _remarks(figure, barred, group, towns),
        )
        for figure in group.figures
    )
    return page.Group(page.line((group.indicator, "strong"), (f"　{group.topic}", "muted")), rows)


def _remarks(
    figure: Figure, barred: Sequence[Figure], group: Group, towns: Mapping[int, Speech]
) -> Cell:
    """Say what limits a figure, why it has no bar beside the others, and where it stands again."""
    lines = [each for each in wording.remarks(figure) if each]
    if barred and figure not in barred:
        reason = wording.reason(figures_.obstacle(barred[0], figure) or "", (barred[0], figure))
        lines.append(page.line((_("not beside the others: {reason}").format(reason=reason), "muted")))
    again = [
        f"{towns[each.speech].number}.{each.section}"
        for each in group.repeated
        if (each.speech, each.value, each.unit) == (figure.speech, figure.value, figure.unit)
    ]
    if again:
        lines.append(page.line((_("again in {places}").format(places="、".join(again)), "muted")))
    return tuple(lines) or page.cell("")


def _table(rows: Sequence[Row], made: Comparison) -> Table:
    """Make the table of rows that are all shared, or all not: those have no difference."""
    subtracts = len(made.towns) == 2 and rows[0].shared
    columns = (
        Column(_("Indicator")),
        *(Column(wording.name(town, made.towns)) for town in made.towns),
        *((Column(_("Difference"), keep=True),) if subtracts else ()),
        *((Column(_("Remarks")),) if rows[0].shared and not subtracts else ()),
    )
    groups = tuple(
        page.Group(
            page.line((topic, "strong")), tuple(_cells(row, made)[: len(columns)] for row in members)
        )
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
                yield from _quotations(wording.name(town, made.towns), side, cell)


def _quotations(town: str, side: Cell, figures: Sequence[Figure]) -> Iterator[Block]:
    """Set what a town's figures are, the sentences they stand in, and what is to be known of them."""
    said = tuple(line for line in side if line[0][1] != "warning")
    opening = ((f"{town}　", "strong"), *page.joined(said))
    sentences = dict.fromkeys(figure.sentence for figure in figures)
    if not sentences:
        yield Prose(page.line(*opening))
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
        lines += _number(figure, scale or numbers.scale([figure]))
        lines += [page.line((limit, "muted")) for limit in [_(", ").join(limits)] if limit]
        lines += [page.line((f"※ {figure.note}", "warning"))] if figure.note else []
    return tuple(lines) or page.cell(NOTHING, "muted")


def _number(figure: Figure, scale: numbers.Scale) -> Cell:
    """Show a figure in a display unit, and beneath as written where that reads differently."""
    shown = numbers.figure(figure, scale)
    beneath = () if shown == figure.as_written else (page.line((figure.as_written, "muted")),)
    return (page.line((shown, "figure")), *beneath)


def _difference(row: Row, made: Comparison, scale: numbers.Scale | None) -> Cell:
    """Say who has more and by how much, or in a word why that is not said."""
    if not row.shared:
        return page.cell("")
    if reason := wording.obstacle(row):
        return page.cell(reason, "muted")
    if len(made.towns) != 2:
        return page.cell("")
    if row.difference is None:
        return page.cell(_("too vague to tell"), "muted")
    if row.difference.low == row.difference.high == 0:
        return page.cell(_("about equal") if row.difference.approximate else _("equal"))
    first_has_more = row.difference.low is not None and row.difference.low >= 0
    town = made.towns[0 if first_has_more else 1]
    unit = scale if scale and row.unit == scale.unit else numbers.Scale(row.unit, 1, row.unit)
    name = wording.name(town, made.towns)
    short = name.removesuffix(town.kind)
    more = _("{town} +{amount}").format(
        town=short if len(short) > 1 else name, amount=numbers.span(row.difference, unit)
    )
    beneath = (
        [] if row.ratio is None else [numbers.times(row.ratio if first_has_more else row.ratio.inverse)]
    )
    if wording.is_undated(row):
        beneath.append(_("periods not stated"))
    return (page.line(more), *(page.line((each, "muted")) for each in beneath))


def _bar(value: Fraction, most: Fraction) -> str:
    return numbers.bar(value / most, _BAR) if value > 0 else ""
