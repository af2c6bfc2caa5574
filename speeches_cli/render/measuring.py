"""The pages of one measure, or of all, across towns."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from fractions import Fraction
from itertools import chain

from speeches_cli import figures as figures_
from speeches_cli import meetings, names, references
from speeches_cli.figures import Group, Measure, Row
from speeches_cli.messages import _
from speeches_cli.model import Related, Speech
from speeches_cli.render import numbers, page, wording
from speeches_cli.render.page import Cell, Page

_BAR = 8
"""In cells."""


def figures(
    groups: Sequence[Group],
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
    if silent and len(when) > 1:
        listed = _courses
        heads = [_("Town"), *names.of_meetings(when), _("Change")]
    else:
        listed = _stated
        heads = [_("Town"), "#", _("Figure"), "", _("Remarks")]
    shown = [
        (page.line((each.indicator, "strong"), (f"　{each.topic}", "muted")), listed(each, towns))
        for each in groups
    ]
    table = page.grouped(heads, shown, _("Indicator"))
    is_silent = any(wording.NOTHING in row for _title, rows in shown for row in rows)
    said = [wording.silence()] if is_silent else []
    said += [*_silent(groups, towns), *_near(groups, related)] if silent else []
    return [table, page.aside(*said)] if said else [table]


def _stated(group: Group, towns: Mapping[int, Speech]) -> list[page.Values]:
    """Set every figure in a row, with a bar beside those that can be compared."""
    scale = numbers.scale(group.figures)
    barred = dict.fromkeys(figures_.comparable(group.figures))  # a bar is a ratio
    most = max((numbers.size(each, scale) for each in barred), default=Fraction(0))
    rows: list[page.Values] = []
    for each in group.figures:
        size = numbers.size(each, scale)
        bar = numbers.bar(size / most, _BAR) if each in barred and size > 0 else ""
        apart = ""
        if barred and each not in barred:
            first = next(iter(barred))
            reason = wording.reason(figures_.obstacle(first, each), (first, each))
            apart = _("not beside the others: {reason}").format(reason=reason)
        town = towns[each.speech]
        place = page.cell(f"{town.number}.{each.section}", "muted")
        shown = wording.number(each, scale), page.cell(bar, "bar"), wording.remarks(each, apart)
        rows.append((town.town, place, *shown))
    return rows


def _courses(group: Group, towns: Mapping[int, Speech]) -> list[page.Values]:
    """Set each town's figures in a column for each meeting, and how much has changed."""
    scale = numbers.scale(group.figures)
    rows: list[page.Values] = []
    for each in meetings.courses(group, tuple(towns.values())):
        cells: list[str | Cell] = ["" if cell is None else wording.NOTHING for cell in each.cells]
        for at, cell in enumerate(each.cells):
            if cell:
                shown = [(*wording.number(said, scale), *wording.remarks(said)) for said in cell]
                cells[at] = list(chain(*shown))
        change = difference(each.change, scale, _change) if each.change else ""
        rows.append((each.town.town, *cells, change))
    return rows


def _change(amount: str, first: bool) -> Cell:
    return page.cell(("+" if first else "-") + amount)


def difference(row: Row, scale: numbers.Scale | None, more: Callable[[str, bool], Cell]) -> Cell:
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


def _silent(groups: Sequence[Group], towns: Mapping[int, Speech]) -> Iterator[str]:
    """Name the towns that give no figure under an indicator at any meeting."""
    for indicator, without in {group.indicator: group.silent for group in groups}.items():
        keys = {town.key for town in without}
        told = {town.path for town in towns.values() if town.key not in keys}
        if silent := {town.path: town.town for town in without if town.path not in told}:
            template = _("{indicator}: no figure under this name from {towns}")
            yield template.format(indicator=indicator, towns=references.joined([*silent.values()]))


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


def indicators(measures: Sequence[Measure]) -> Page:
    """List what is measured under each topic."""
    heads = (_("Indicator"), _("Units"), _("Towns"), _("Near, but defined differently"))
    rows = []
    for each in measures:
        related = page.cell("、".join(each.related), "muted")
        rows.append((each.topic, (each.indicator, "、".join(each.units), each.towns, related)))
    return [page.table(heads, rows, _("Topic"))]
