"""The pages of figures: towns side by side, one measure across towns, and what is measured."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from fractions import Fraction
from functools import partial
from itertools import chain, compress, groupby, zip_longest

from speeches_cli import figures as figures_
from speeches_cli import meetings, names, references, units
from speeches_cli.figures import Comparison, Group, Measure, Row
from speeches_cli.messages import _
from speeches_cli.model import Figure, Related, Speech
from speeches_cli.render import numbers, page, wording
from speeches_cli.render.page import Block, Cell, Line, Page, Table, Text

_TOWN = 40  # in cells: the room of a terminal for the column of one of three towns or more


def comparison(made: Comparison, *, quote: bool = False, width: int | None = None) -> Page:
    """Set towns side by side: the rows they share, what is near, then what only one reports.

    With `quote` the sentences stand beneath the figures. Of three towns and more only the rows that
    some of them share are shown, as a list on a terminal whose `width` has no room for their columns.
    """
    pair = len(made.towns) == 2
    shared = [row for row in made.rows if row.shared]
    present = [any(row.cells[at] for row in shared) for at in range(len(made.towns))]
    blocks: list[Block] = []
    if not shared:
        blocks.append(page.aside(_("These speeches have no measure in common.")))
    else:
        blocks.append(Text("h1", [page.line(_("Reported by more than one"))]))
        if pair or quote or width is None or width >= sum(present) * _TOWN:
            shown = made._replace(towns=tuple(compress(made.towns, present)))
            rows = [row._replace(cells=tuple(compress(row.cells, present))) for row in shared]
            blocks.append(_table(rows, shown, pair=pair, quote=quote))
            blocks += [] if all(all(row.cells) for row in rows) else [page.aside(wording.silence())]
        else:
            blocks.append(_listing(shared, made))
    if pair and made.related:
        blocks.append(Text("h1", [page.line(_("Near, but defined differently"))]))
        blocks.append(_opposite(made, quote=quote))
    if pair and made.alone:
        blocks.append(Text("h1", [page.line(_("Reported by one only"))]))
        blocks.append(_alone(made, quote=quote))
    if said := list(_beneath(made, present)):
        blocks.append(page.aside(*said))
    return blocks


def left_out(made: Comparison) -> str:
    """Say of each town how many measures it alone reports."""
    names = (wording.name(town, made.towns) for town in made.towns)
    named = [f"{name} {count}" for name, count in zip(names, made.counts, strict=True) if count]
    said = _(", ").join(named) if len(named) <= references.LISTED else str(sum(made.counts))
    message = (
        _("measures that only one reports: {counts}; name two towns to see them")
        if len(made.towns) > 2
        else _("measures that only one reports: {counts}; without --shared they are shown")
    )
    return message.format(counts=said)


def _beneath(made: Comparison, present: Sequence[bool]) -> Iterator[str]:
    """Say in a line each what is not shown."""
    if len(made.towns) > 2:
        silent = [
            wording.name(town, made.towns)
            for town, has_some in zip(made.towns, present, strict=True)
            if not has_some
        ]
        if silent:
            message = _("no measure in common with the others: {towns}")
            yield message.format(towns=references.joined(silent))
        if made.related:
            message = _("near, but defined differently: {indicators}; name two towns to see them")
            yield message.format(indicators="、".join(each.name for each in made.related))
    if any(made.counts if len(made.towns) > 2 else made.left_out):
        yield left_out(made)


def _table(rows: Sequence[Row], made: Comparison, *, pair: bool, quote: bool) -> Table:
    """Set each indicator's figures in a column for each town, those of two with their difference."""
    told: list[tuple[str, page.Values]] = []
    for row in rows:
        stated = list(chain(*row.cells))
        dimensions = {units.dimension(figure.unit) for figure in stated}
        scale = numbers.scale(stated) if len(dimensions) == 1 else None
        undated = len({figure.period for figure in stated}) > 1
        sides = [_figures(cell, quote=quote, scale=scale, undated=undated) for cell in row.cells]
        last = (
            _difference(row, scale, partial(_more, row, made.towns))
            if pair
            else page.cell(wording.obstacle(row), "muted")
        )
        told.append((row.topic, (row.indicator, *(side or wording.NOTHING for side in sides), last)))
    last_head = _("Difference") if pair else _("Remarks")
    return page.table((_("Indicator"), *_heads(made), last_head), told, _("Topic"))


def _more(row: Row, towns: Sequence[Speech], amount: str, first: bool) -> Cell:
    """Say which of two towns has more, and how many times as much."""
    town = wording.short(towns[0 if first else 1], towns)
    ratio = row.ratio if first or row.ratio is None else row.ratio.inverse
    beneath = [page.line((numbers.times(ratio), "muted"))] if ratio else []
    return [page.line(_("{town} +{amount}", town=town, amount=amount)), *beneath]


def _listing(rows: Sequence[Row], made: Comparison) -> Table:
    """Name on one line the towns that report an indicator, and under it why they do not subtract."""
    told = []
    for row in rows:
        lines: list[Line] = []
        for town, cell in zip(made.towns, row.cells, strict=True):
            for figure in cell:
                (shown, *_beneath) = wording.number(figure, lead=f"{wording.short(town, made.towns)} ")
                limits = [_("plan or under way")] if figure.status == "plan" else []
                limits += filter(None, (figure.period, figure.scope))
                lines.append((*shown, *page.line((" ※" if figure.note else "", "warning"))))
                lines.append(page.line((_(", ").join(limits), "muted")))
        name = [page.line(row.indicator), page.line((wording.obstacle(row), "muted"))]
        told.append((row.topic, (list(filter(None, name)), [page.joined(lines)])))
    return page.table((_("Indicator"), _("Figures")), told, _("Topic"))


def _opposite(made: Comparison, *, quote: bool) -> Table:
    """Set figures that a reader puts side by side, each with what it counts."""
    told = (
        (each.name, [_figures(cell, quote=quote, differs=each.differs) for cell in each.cells])
        for each in made.related
    )
    return page.table(_heads(made), told, _("Group"))


def _alone(made: Comparison, *, quote: bool) -> Table:
    """Set what only one of two towns reports topic by topic: the first's left, the second's right."""
    told: list[tuple[str, page.Values]] = []
    for topic, group in groupby(made.alone, lambda row: row.topic):
        rows = list(group)
        sides = (
            [_figures(row.cells[at], quote=quote, differs={}) for row in rows if row.cells[at]]
            for at in range(2)
        )
        told += ((topic, each) for each in zip_longest(*sides, fillvalue=list[Line]()))
    return page.table(_heads(made), told, _("Topic"))


def _heads(made: Comparison) -> list[str]:
    return [wording.name(town, made.towns) for town in made.towns]


def _figures(
    shown: Sequence[Figure],
    *,
    quote: bool,
    scale: numbers.Scale | None = None,
    undated: bool = False,
    differs: Mapping[str, str] | None = None,
) -> Cell:
    """Show figures with what limits them, each behind its indicator where `differs` is given.

    That says of indicators what they count. Where figures are `undated`, a missing period is named.
    """
    lines: list[Line] = []
    for figure in shown:
        lead = "" if differs is None else f"{figure.indicator} "
        period = _("period not stated") if undated and figure.period is None else ""
        lines += wording.number(figure, scale, lead=lead)
        lines += wording.remarks(figure, (differs or {}).get(figure.indicator, ""), period)
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
    when = meetings.dates(towns.values())
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
    is_silent = any(page.cell(wording.NOTHING) in row for group in table.groups for row in group.rows)
    said = [wording.silence()] if is_silent else []
    said += [*_silent(groups, towns), *_near(groups, related)]
    return [table, page.aside(*said)] if said else [table]


def _stated(group: Group, towns: Mapping[int, Speech]) -> list[page.Values]:
    """Set every figure in a row, with a bar beside those that can be compared."""
    scale = numbers.scale(group.figures)
    barred = dict.fromkeys(figures_.comparable(group.figures))  # a bar is a ratio
    most = max((numbers.size(each, scale) for each in barred), default=Fraction(0))
    rows: list[page.Values] = []
    for each in group.figures:
        size = numbers.size(each, scale)
        bar = page.bar(size, most) if each in barred else ""
        apart = ""
        if barred and each not in barred:
            first = next(iter(barred))
            reason = wording.reason(figures_.obstacle(first, each), (first, each))
            apart = _("not beside the others: {reason}", reason=reason)
        town = towns[each.speech]
        place = page.cell(f"{town.number}.{each.section}", "muted")
        shown = wording.number(each, scale), bar, wording.remarks(each, apart)
        rows.append((town.town, place, *shown))
    return rows


def _courses(group: Group, towns: Mapping[int, Speech]) -> list[page.Values]:
    """Set each town's figures in a column for each meeting, and how much has changed."""

    def more(amount: str, first: bool) -> Cell:
        return page.cell(("+" if first else "-") + amount)

    scale = numbers.scale(group.figures)
    rows: list[page.Values] = []
    for each in meetings.courses(group, tuple(towns.values())):
        cells: list[str | Cell] = ["" if cell is None else wording.NOTHING for cell in each.cells]
        for at, cell in enumerate(each.cells):
            if cell:
                shown = [(*wording.number(said, scale), *wording.remarks(said)) for said in cell]
                cells[at] = list(chain(*shown))
        change = _difference(each.change, scale, more) if each.change else ""
        rows.append((each.town.town, *cells, change))
    return rows


def _difference(row: Row, scale: numbers.Scale | None, more: Callable[[str, bool], Cell]) -> Cell:
    """Say by how much the two sides of a row differ, or in a word why that is not said.

    `more` words an amount and whether the first side has it more, or the other.
    """
    if reason := wording.obstacle(row):
        return page.cell(reason, "muted")
    if row.difference is None:
        return page.cell(_("too vague to tell"), "muted")
    if row.difference.low == row.difference.high == 0:
        return page.cell(_("about equal") if row.difference.approximate else _("equal"))
    first = row.difference.low is not None and row.difference.low >= 0
    unit = scale if scale and row.unit == scale.unit else numbers.Scale(row.unit, 1, row.unit)
    undated = page.cell(_("periods not stated"), "muted") if wording.is_undated(row) else ()
    return (*more(numbers.span(row.difference, unit), first), *undated)


def _silent(groups: Iterable[Group], towns: Mapping[int, Speech]) -> Iterator[str]:
    """Name the towns that give no figure under an indicator at any meeting."""
    for indicator, without in {group.indicator: group.silent for group in groups}.items():
        keys = {town.key for town in without}
        told = {town.path for town in towns.values() if town.key not in keys}
        if silent := {town.path: town.town for town in without if town.path not in told}:
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


def indicators(measures: Sequence[Measure]) -> Page:
    """List what is measured under each topic."""
    heads = (_("Indicator"), _("Units"), _("Towns"), _("Near, but defined differently"))
    rows = []
    for each in measures:
        related = page.cell("、".join(each.related), "muted")
        rows.append((each.topic, (each.indicator, "、".join(each.units), each.towns, related)))
    return [page.table(heads, rows, _("Topic"))]
