"""The pages of figures: towns side by side, one measure across towns, and what is measured."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain, groupby, zip_longest

from speeches_cli import figures as figures_, references, units
from speeches_cli.figures import Comparison, Group, Measure, Row
from speeches_cli.messages import _
from speeches_cli.model import Figure, Related, Speech
from speeches_cli.render import page, wording


def comparison(made: Comparison, *, quote: bool = False) -> page.Page:
    """Set towns side by side: the rows they share, then of two towns what is near or one's alone."""
    pair = len(made.towns) == 2
    heads = [wording.name(town, made.towns) for town in made.towns]
    parts = []
    said = []
    if shared := [row for row in made.rows if row.shared]:
        parts.append((_("Reported by more than one"), _shared(shared, made.towns, quote=quote)))
        said += _legend(parts[0][1])
    if pair and made.related:
        told = [
            (each.name, [_figures(cell, quote=quote, differs=each.differs) for cell in each.cells])
            for each in made.related
        ]
        parts.append((_("Near, but defined differently"), page.table(heads, told, _("Group"))))
    if pair and made.alone:
        parts.append((_("Reported by one only"), _alone(made.alone, heads, quote=quote)))
    if not pair:
        silent = [head for at, head in enumerate(heads) if not any(row.cells[at] for row in shared)]
        if named := references.joined(silent):
            said.append(_("no measure in common with the others: {towns}", towns=named))
        if named := references.joined([each.name for each in made.related]):
            message = _("near, but defined differently: {indicators}; name two towns to see them")
            said.append(message.format(indicators=named))
    if any(made.counts) and not (pair and made.alone):
        said.append(left_out(made))
    lacking = page.aside(_("These speeches have no measure in common."))
    blocks: list[page.Block] = [] if shared else [lacking]
    for title, table in parts:
        blocks += [page.Text("h2", [page.line(title)]), table]
    return [*blocks, page.aside(*said)] if said else blocks


def left_out(made: Comparison) -> str:
    """Say of each town how many measures it alone reports."""
    names = [wording.name(town, made.towns) for town in made.towns]
    named = [f"{name} {count}" for name, count in zip(names, made.counts, strict=True) if count]
    message = _("measures that only one reports: {counts}; two towns without --shared show them")
    return message.format(counts=references.joined(named))


def _legend(table: page.Table) -> list[str]:
    """Say what the sign for no figure means, where a table has one."""
    if not any(page.cell(page.NOTHING) in row for group in table.groups for row in group.rows):
        return []
    return [_("{sign} no figure under this name in this speech", sign=page.NOTHING)]


def _shared(rows: Sequence[Row], towns: Sequence[Speech], *, quote: bool) -> page.Table:
    """Set each indicator's figures in a column for each town that has any, and how they differ."""
    shown = [at for at in range(len(towns)) if any(row.cells[at] for row in rows)]
    more = [_("{town} +", town=wording.short(town, towns)) for town in towns]
    told: list[tuple[str, page.Values]] = []
    for row in rows:
        stated = list(chain(*row.cells))
        dimensions = {units.dimension(figure.unit) for figure in stated}
        scale = wording.scale(stated) if len(dimensions) == 1 else None
        unsaid = _("period not stated") if len({each.period for each in stated}) > 1 else None
        cells = (
            [each._replace(period=each.period or unsaid) for each in row.cells[at]] for at in shown
        )
        sides = [_figures(cell, quote=quote, scale=scale) or page.NOTHING for cell in cells]
        last = (
            _difference(row, scale, *more)
            if len(towns) == 2
            else page.cell(wording.reason(row.obstacle, stated), "muted")
        )
        told.append((row.topic, (row.indicator, *sides, last)))
    names = [wording.name(towns[at], towns) for at in shown]
    heads = (_("Indicator"), *names, _("Difference") if len(towns) == 2 else _("Remarks"))
    return page.table(heads, told, _("Topic"))


def _alone(rows: Sequence[Row], heads: Sequence[str], *, quote: bool) -> page.Table:
    """Set what only one of two towns reports topic by topic: the first's left, the second's right."""
    told: list[tuple[str, page.Values]] = []
    for topic, group in groupby(rows, lambda row: row.topic):
        sides: list[list[page.Cell]] = [[], []]
        for row in group:
            at = 0 if row.cells[0] else 1
            sides[at].append(_figures(row.cells[at], quote=quote, differs={}))
        told += ((topic, each) for each in zip_longest(*sides, fillvalue=()))
    return page.table(heads, told, _("Topic"))


def _figures(
    shown: Sequence[Figure],
    *,
    quote: bool,
    scale: wording.Scale | None = None,
    differs: Mapping[str, str] | None = None,
) -> page.Cell:
    """Show figures with what limits them, behind their indicators where it is said what these count."""
    lines: list[page.Line] = []
    for figure in shown:
        lead = "" if differs is None else f"{figure.indicator} "
        lines += wording.number(figure, scale, lead=lead)
        lines += wording.remarks(figure, (differs or {}).get(figure.indicator, ""))
    if quote and shown:
        lines.append(page.line("".join(dict.fromkeys(figure.sentence for figure in shown))))
    return lines


def figures(
    groups: Iterable[Group], towns: Mapping[int, Speech], related: Sequence[Related] | None = None
) -> page.Page:
    """List figures by indicator, in one unit within each group.

    Where it is given what is `related`, some indicators were asked for: below stand the towns that give
    no such figure, and what is near; and where towns spoke at several meetings, each has a column.
    """
    when = sorted({town.compilation.date for town in towns.values()})
    listed, heads = _stated, ["#", _("Figure"), "", _("Remarks")]
    if related is not None:
        groups = tuple(groups)
        if len(when) > 1:
            listed, heads = _courses, [*references.of_meetings(when), _("Change")]
    rows = (
        (f"{group.indicator}　{group.topic}", values)
        for group in groups
        for values in listed(group, towns)
    )
    table = page.table([_("Town"), *heads], rows, _("Indicator"))
    if related is None:
        return [table]
    said = [*_legend(table), *_beneath(groups, towns, related)]
    return [table, page.aside(*said)] if said else [table]


def _stated(group: Group, towns: Mapping[int, Speech]) -> Iterator[page.Values]:
    """Set every figure in a row, with a bar beside those that can be compared."""
    scale = wording.scale(group.figures)
    barred = figures_.comparable(group.figures)  # a bar is a ratio
    most = max((units.convert(each.value, each.unit, scale.unit) for each in barred), default=0)
    for each in group.figures:
        town, apart = towns[each.speech], ""
        bar: page.Cell | str = ""
        if barred and (obstacle := figures_.obstacle(barred[0], each)):
            reason = wording.reason(obstacle, (barred[0], each))
            apart = _("not beside the others: {reason}", reason=reason)
        elif barred:
            bar = page.bar(units.convert(each.value, each.unit, scale.unit), most)
        place = page.cell(town.locator(each.section), "muted")
        yield town.town, place, wording.number(each, scale), bar, wording.remarks(each, apart)


def _courses(group: Group, towns: Mapping[int, Speech]) -> Iterator[page.Values]:
    """Set each town's figures in a column for each meeting, and how much has changed."""
    scale = wording.scale(group.figures)
    for town, stated, last in figures_.courses(group, towns):
        cells = [
            "" if cell is None else _figures(cell, quote=False, scale=scale) or page.NOTHING
            for cell in stated
        ]
        change = _difference(last._replace(ratio=None), scale, "+", "-") if last else ""
        yield (town, *cells, change)


def _difference(row: Row, scale: wording.Scale | None, first: str, second: str) -> page.Cell:
    """Say by how much the two sides of a row differ, or in a word why that is not said."""
    found = row.difference
    stated = list(chain(*row.cells))
    if reason := wording.reason(row.obstacle, stated):
        return page.cell(reason, "muted")
    if found is None:
        return page.cell(_("too vague to tell"), "muted")
    if found.low == found.high == 0:
        return page.cell(_("about equal") if found.approximate else _("equal"))
    first_has_more = found.low >= 0
    unit = scale if scale and row.unit == scale.unit else wording.Scale(row.unit, 1, row.unit)
    lines = [page.line((first if first_has_more else second) + wording.span(found, unit))]
    if row.ratio:
        ratio = row.ratio if first_has_more else row.ratio.inverse
        lines.append(page.line((wording.span(ratio, wording.Scale("", 1, _("×"))), "muted")))
    flows = any(each.measure == "increase" or units.counts_events(each.unit) for each in stated)
    if flows and all(each.period is None for each in stated):
        lines.append(page.line((_("periods not stated"), "muted")))
    return lines


def _beneath(
    groups: Iterable[Group], towns: Mapping[int, Speech], related: Iterable[Related]
) -> Iterator[str]:
    """Name the towns that give no figure at any meeting, and what is near, with what it counts."""
    shown = {group.indicator: group.speaking for group in groups}
    for indicator, speaking in shown.items():
        told = {towns[key].path for key in speaking}
        if silent := {town.path: town.town for town in towns.values() if town.path not in told}:
            message = _("{indicator}: no figure under this name from {towns}")
            yield message.format(indicator=indicator, towns=references.joined([*silent.values()]))
    for each in related:
        if shown.keys() & each.indicators and (others := each.indicators.keys() - shown):
            named = (
                _("{indicator} ({words})", indicator=name, words=words)
                for name, words in each.indicators.items()
                if name in others
            )
            yield _("near, but defined differently: {indicators}", indicators="、".join(named))


def indicators(measures: Iterable[Measure]) -> page.Page:
    """List what is measured under each topic."""
    heads = (_("Indicator"), _("Units"), _("Towns"), _("Near, but defined differently"))
    rows = []
    for each in measures:
        related = page.cell("、".join(each.related), "muted")
        rows.append((each.topic, (each.indicator, "、".join(each.units), each.towns, related)))
    return [page.table(heads, rows, _("Topic"))]
