"""The pages of one measure, or of all, across towns."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from fractions import Fraction
from itertools import chain, groupby
from typing import Protocol

from speeches_cli import figures as figures_
from speeches_cli import meetings, names, vocabulary
from speeches_cli.figures import Group, Measure, Row
from speeches_cli.messages import _
from speeches_cli.model import Figure, Related, Speech
from speeches_cli.render import numbers, page, wording
from speeches_cli.render.page import Cell, Column, Lines, Page, Table

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
    if silent and len(meetings.dates(towns.values())) > 1:
        return over_meetings(groups, towns, related=related)
    columns = (
        Column(_("Town"), keep=True),
        Column("#", keep=True),
        Column(_("Figure"), right=True),
        Column("", keep=True),
        Column(_("Remarks")),
    )
    listed = Table(columns, tuple(_group(group, towns) for group in groups), _("Indicator"))
    said = (*_silent(groups, towns), *_near(groups, related)) if silent else ()
    return Page((listed, *_legend(said)))


def over_meetings(
    groups: Sequence[Group], towns: Mapping[int, Speech], *, related: Sequence[Related] = ()
) -> Page:
    """Set each town's figures in a column for each meeting, and how much has changed."""
    when = meetings.dates(towns.values())
    columns = (
        Column(_("Town"), keep=True),
        *map(Column, names.of_meetings(when)),
        Column(_("Change")),
    )
    listed = Table(
        columns,
        tuple(
            page.Group(
                page.line((group.indicator, "strong"), (f"　{group.topic}", "muted")),
                tuple(
                    _course(each, numbers.scale(group.figures))
                    for each in meetings.courses(group, tuple(towns.values()))
                ),
            )
            for group in groups
        ),
        _("Indicator"),
    )
    is_silent = any(
        cell == page.cell(wording.NOTHING, "muted")
        for group in listed.groups
        for row in group.rows
        for cell in row
    )
    said = ([wording.silence()] if is_silent else [], _silent(groups, towns), _near(groups, related))
    return Page((listed, *_legend(chain.from_iterable(said))))


def _course(course: meetings.Course, scale: numbers.Scale) -> tuple[Cell, ...]:
    cells = [page.cell("" if cell is None else wording.NOTHING, "muted") for cell in course.cells]
    for at, cell in enumerate(course.cells):
        if cell:
            shown = [(*number(each, scale), *filter(None, wording.remarks(each))) for each in cell]
            cells[at] = tuple(chain.from_iterable(shown))
    return (page.cell(course.town.town), *cells, _change(course.change, scale))


def _change(change: Row | None, scale: numbers.Scale) -> Cell:
    """Say how much more or less the last figure is than the one before, or why that is not said."""
    if change is None:
        return page.cell("")
    return difference(
        change, scale, lambda amount, *, first: page.cell(("+" if first else "-") + amount)
    )


class More(Protocol):
    """Words for which side of a row has more, the `first` or the other, and by how much."""

    def __call__(self, amount: str, *, first: bool) -> Cell:
        """Make the cell of these words."""


def difference(row: Row, scale: numbers.Scale | None, more: More) -> Cell:
    """Say by how much the two sides of a row differ, or in a word why that is not said."""
    if reason := wording.obstacle(row):
        return page.cell(reason, "muted")
    if row.difference is None:
        return page.cell(_("too vague to tell"), "muted")
    if row.difference.low == row.difference.high == 0:
        return page.cell(_("about equal") if row.difference.approximate else _("equal"))
    first = row.difference.low is not None and row.difference.low >= 0
    unit = scale if scale and row.unit == scale.unit else numbers.Scale(row.unit, 1, row.unit)
    undated = page.cell(_("periods not stated"), "muted") if wording.is_undated(row) else ()
    return (*more(numbers.span(row.difference, unit), first=first), *undated)


def _legend(said: Iterable[str]) -> tuple[Lines, ...]:
    lines = tuple(page.line((each, "muted")) for each in said)
    return (Lines(lines),) if lines else ()


def _silent(groups: Sequence[Group], towns: Mapping[int, Speech]) -> Iterator[str]:
    """Name the towns that give no figure under an indicator, or where they are many, say how many."""
    every = {town.path for town in towns.values()}
    for indicator, without in {group.indicator: group.silent for group in groups}.items():
        keys = {town.key for town in without}
        told = {town.path for town in towns.values() if town.key not in keys}
        silent = {town.path: town.town for town in without if town.path not in told}
        if len(silent) > vocabulary.LISTED:
            template = _("{indicator}: {count} of {all} give no figure under this name")
            yield template.format(indicator=indicator, count=len(silent), all=len(every))
        elif silent:
            template = _("{indicator}: no figure under this name from {towns}")
            yield template.format(indicator=indicator, towns="、".join(silent.values()))


def indicators(measures: Sequence[Measure]) -> Page:
    """List what is measured under each topic."""
    columns = (
        Column(_("Indicator")),
        Column(_("Units")),
        Column(_("Towns"), right=True, keep=True),
        Column(_("Near, but defined differently")),
    )
    groups = (
        page.Group(
            page.line((topic, "strong")),
            tuple(
                (
                    page.cell(each.indicator),
                    page.cell("、".join(each.units)),
                    page.cell(str(each.towns), "figure"),
                    page.cell("、".join(each.related), "muted"),
                )
                for each in members
            ),
        )
        for topic, members in groupby(measures, key=lambda each: each.topic)
    )
    return Page((Table(columns, tuple(groups), _("Topic")),))


def number(figure: Figure, scale: numbers.Scale) -> Cell:
    """Show a figure in a display unit, and beneath as written where that reads differently."""
    shown = numbers.figure(figure, scale)
    beneath = () if shown == figure.as_written else (page.line((figure.as_written, "muted")),)
    return (page.line((shown, "figure")), *beneath)


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
    barred = dict.fromkeys(figures_.comparable(group.figures))  # a bar is a ratio
    most = max((numbers.size(figure, scale) for figure in barred), default=Fraction(0))
    rows = tuple(
        (
            page.cell(towns[figure.speech].town),
            page.cell(f"{towns[figure.speech].number}.{figure.section}", "muted"),
            number(figure, scale),
            page.cell(_bar(numbers.size(figure, scale), most) if figure in barred else "", "bar"),
            _remarks(figure, barred, group, towns),
        )
        for figure in group.figures
    )
    return page.Group(page.line((group.indicator, "strong"), (f"　{group.topic}", "muted")), rows)


def _remarks(
    figure: Figure, barred: Mapping[Figure, None], group: Group, towns: Mapping[int, Speech]
) -> Cell:
    """Say what limits a figure, why it has no bar beside the others, and where it stands again."""
    lines = [each for each in wording.remarks(figure) if each]
    if barred and figure not in barred:
        first = next(iter(barred))
        reason = wording.reason(figures_.obstacle(first, figure) or "", (first, figure))
        lines.append(page.line((_("not beside the others: {reason}").format(reason=reason), "muted")))
    again = [
        f"{towns[each.speech].number}.{each.section}"
        for each in group.repeated
        if (each.speech, each.value, each.unit) == (figure.speech, figure.value, figure.unit)
    ]
    if again:
        lines.append(page.line((_("again in {places}").format(places="、".join(again)), "muted")))
    return tuple(lines) or page.cell("")


def _bar(value: Fraction, most: Fraction) -> str:
    return numbers.bar(value / most, _BAR) if value > 0 else ""
