"""The pages of figures: towns side by side, one measure across towns, and what is measured."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from fractions import Fraction
from itertools import chain, groupby, zip_longest

from speeches_cli import figures as figures_
from speeches_cli import names, references, units
from speeches_cli.figures import Comparison, Group, Measure, Row
from speeches_cli.messages import _
from speeches_cli.model import Figure, Related, Speech
from speeches_cli.render import numbers, page, wording
from speeches_cli.render.page import Block, Cell, Line, Page, Table, Text


def comparison(made: Comparison, *, quote: bool = False) -> Page:
    """Set towns side by side: the rows they share, what is near, then what only one reports.

    With `quote` the sentences stand beneath the figures. Of three towns and more only the rows that
    some of them share are shown.
    """
    pair = len(made.towns) == 2
    heads = [wording.name(town, made.towns) for town in made.towns]
    blocks: list[Block] = []
    if shared := [row for row in made.rows if row.shared]:
        blocks += [Text("h1", [page.line(_("Reported by more than one"))])]
        blocks += _shared(shared, heads, quote=quote)
    else:
        blocks.append(page.aside(_("These speeches have no measure in common.")))
    if pair and made.related:
        told = [
            (each.name, [_figures(cell, quote=quote, differs=each.differs) for cell in each.cells])
            for each in made.related
        ]
        blocks += [Text("h1", [page.line(_("Near, but defined differently"))])]
        blocks += [page.table(heads, told, _("Group"))]
    if pair and made.alone:
        blocks += [Text("h1", [page.line(_("Reported by one only"))])]
        blocks += [_alone(made.alone, heads, quote=quote)]
    said = []
    if not pair:
        silent = [head for at, head in enumerate(heads) if not any(row.cells[at] for row in shared)]
        message = _("no measure in common with the others: {towns}")
        said += [message.format(towns=references.joined(silent))] if silent else []
        near = references.joined([each.name for each in made.related])
        message = _("near, but defined differently: {indicators}; name two towns to see them")
        said += [message.format(indicators=near)] if near else []
    if any(made.counts) and not (pair and made.alone):
        said.append(left_out(made))
    return [*blocks, page.aside(*said)] if said else blocks


def left_out(made: Comparison) -> str:
    """Say of each town how many measures it alone reports."""
    names = [wording.name(town, made.towns) for town in made.towns]
    named = [f"{name} {count}" for name, count in zip(names, made.counts, strict=True) if count]
    message = (
        _("measures that only one reports: {counts}; name two towns to see them")
        if len(made.towns) > 2
        else _("measures that only one reports: {counts}; without --shared they are shown")
    )
    return message.format(counts=references.joined(named))


def _shared(rows: Sequence[Row], heads: Sequence[str], *, quote: bool) -> Page:
    """Set each indicator's figures in a column for each town that has any, and how they differ."""
    shown = [at for at in range(len(heads)) if any(row.cells[at] for row in rows)]
    told: list[tuple[str, page.Values]] = []
    for row in rows:
        stated = list(chain(*row.cells))
        dimensions = {units.dimension(figure.unit) for figure in stated}
        scale = numbers.scale(stated) if len(dimensions) == 1 else None
        sides = [_figures(row.cells[at], quote=quote, scale=scale) or page.NOTHING for at in shown]
        last = (
            _difference(row, scale, *(_("{town} +", town=head) for head in heads))
            if len(heads) == 2
            else page.cell(wording.reason(row.obstacle, stated), "muted")
        )
        told.append((row.topic, (row.indicator, *sides, last)))
    last_head = _("Difference") if len(heads) == 2 else _("Remarks")
    table = page.table((_("Indicator"), *(heads[at] for at in shown), last_head), told, _("Topic"))
    whole = all(row.cells[at] for row in rows for at in shown)
    return [table] if whole else [table, page.aside(wording.silence())]


def _alone(rows: Sequence[Row], heads: Sequence[str], *, quote: bool) -> Table:
    """Set what only one of two towns reports topic by topic: the first's left, the second's right."""
    told: list[tuple[str, page.Values]] = []
    for topic, group in groupby(rows, lambda row: row.topic):
        sides: list[list[Cell]] = [[], []]
        for row in group:
            at = 0 if row.cells[0] else 1
            sides[at].append(_figures(row.cells[at], quote=quote, differs={}))
        told += ((topic, each) for each in zip_longest(*sides, fillvalue=()))
    return page.table(heads, told, _("Topic"))


def _figures(
    shown: Sequence[Figure],
    *,
    quote: bool,
    scale: numbers.Scale | None = None,
    differs: Mapping[str, str] | None = None,
) -> Cell:
    """Show figures with what limits them, each behind its indicator where `differs` is given.

    That says of indicators what they count.
    """
    lines: list[Line] = []
    for figure in shown:
        lead = "" if differs is None else f"{figure.indicator} "
        lines += wording.number(figure, scale, lead=lead)
        lines += wording.remarks(figure, (differs or {}).get(figure.indicator, ""))
    if quote and shown:
        lines.append(page.line("".join(dict.fromkeys(figure.sentence for figure in shown))))
    return lines


def figures(
    groups: Iterable[Group],
    towns: Mapping[int, Speech],
    *,
    silent: bool,
    related: Sequence[Related] = (),
) -> Page:
    """List figures by indicator, in one unit within each group.

    With `silent` the towns that give no figure under a name are named below, and the indicators that
    are near but defined differently; and where these towns spoke at several meetings, each meeting has
    a column.
    """
    when = sorted({town.compilation.date for town in towns.values()})
    listed, heads = _stated, ["#", _("Figure"), "", _("Remarks")]
    if silent:
        groups = tuple(groups)
        if len(when) > 1:
            listed, heads = _courses, [*names.of_meetings(when), _("Change")]
    shown = (
        (page.line((each.indicator, "strong"), (f"　{each.topic}", "muted")), listed(each, towns))
        for each in groups
    )
    table = page.grouped([_("Town"), *heads], shown, _("Indicator"))
    if not silent:
        return [table]
    is_silent = any(page.cell(page.NOTHING) in row for group in table.groups for row in group.rows)
    said = [wording.silence()] if is_silent else []
    said += [*_silent(groups, towns), *_near(groups, related)]
    return [table, page.aside(*said)] if said else [table]


def _stated(group: Group, towns: Mapping[int, Speech]) -> list[page.Values]:
    """Set every figure in a row, with a bar beside those that can be compared."""
    scale = numbers.scale(group.figures)
    barred = figures_.comparable(group.figures)  # a bar is a ratio
    sizes = [units.convert(each.value, each.unit, scale.unit) for each in barred]
    most = max(sizes, default=Fraction(0))
    rows: list[page.Values] = []
    for each in group.figures:
        bar: Cell | str = ""
        apart = ""
        if barred and (obstacle := figures_.obstacle(barred[0], each)):
            reason = wording.reason(obstacle, (barred[0], each))
            apart = _("not beside the others: {reason}", reason=reason)
        elif barred:
            bar = page.bar(units.convert(each.value, each.unit, scale.unit), most)
        town = towns[each.speech]
        place = page.cell(f"{town.number}.{each.section}", "muted")
        shown = wording.number(each, scale), bar, wording.remarks(each, apart)
        rows.append((town.town, place, *shown))
    return rows


def _courses(group: Group, towns: Mapping[int, Speech]) -> list[page.Values]:
    """Set each town's figures in a column for each meeting, and how much has changed."""
    scale = numbers.scale(group.figures)
    rows: list[page.Values] = []
    for each in figures_.courses(group, towns):
        cells = [
            "" if cell is None else _figures(cell, quote=False, scale=scale) or page.NOTHING
            for cell in each.cells
        ]
        change = _difference(each.change._replace(ratio=None), scale, "+", "-") if each.change else ""
        rows.append((each.town, *cells, change))
    return rows


def _difference(row: Row, scale: numbers.Scale | None, first: str, second: str) -> Cell:
    """Say by how much the two sides of a row differ, or in a word why that is not said.

    The amount stands behind the words for the side that has more: `first` or `second`.
    """
    found = row.difference
    stated = list(chain(*row.cells))
    if reason := wording.reason(row.obstacle, stated):
        return page.cell(reason, "muted")
    if found is None:
        return page.cell(_("too vague to tell"), "muted")
    if found.low == found.high == 0:
        return page.cell(_("about equal") if found.approximate else _("equal"))
    first_has_more = found.low >= 0
    unit = scale if scale and row.unit == scale.unit else numbers.Scale(row.unit, 1, row.unit)
    lines = [page.line((first if first_has_more else second) + numbers.span(found, unit))]
    if row.ratio:
        ratio = row.ratio if first_has_more else row.ratio.inverse
        lines.append(page.line((numbers.span(ratio, numbers.Scale("", 1, _("×"))), "muted")))
    flows = any(each.measure == "increase" or units.counts_events(each.unit) for each in stated)
    if flows and all(each.period is None for each in stated):
        lines.append(page.line((_("periods not stated"), "muted")))
    return lines


def _silent(groups: Iterable[Group], towns: Mapping[int, Speech]) -> Iterator[str]:
    """Name the towns that give no figure under an indicator at any meeting."""
    for indicator, speaking in {group.indicator: group.speaking for group in groups}.items():
        told = {towns[key].path for key in speaking}
        if silent := {town.path: town.town for town in towns.values() if town.path not in told}:
            template = _("{indicator}: no figure under this name from {towns}")
            yield template.format(indicator=indicator, towns=references.joined([*silent.values()]))


def _near(groups: Iterable[Group], related: Sequence[Related]) -> Iterator[str]:
    """Name what is near the indicators of a page, each with what it counts."""
    shown = {group.indicator for group in groups}
    for each in related:
        if shown & each.indicators.keys() and (others := each.indicators.keys() - shown):
            named = (
                _("{indicator} ({words})", indicator=name, words=words)
                for name, words in each.indicators.items()
                if name in others
            )
            yield _("near, but defined differently: {indicators}", indicators="、".join(named))


def indicators(measures: Iterable[Measure]) -> Page:
    """List what is measured under each topic."""
    heads = (_("Indicator"), _("Units"), _("Towns"), _("Near, but defined differently"))
    rows = []
    for each in measures:
        related = page.cell("、".join(each.related), "muted")
        rows.append((each.topic, (each.indicator, "、".join(each.units), each.towns, related)))
    return [page.table(heads, rows, _("Topic"))]
