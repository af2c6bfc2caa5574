"""Towns' figures → comparison rows, and what two figures let one say of each other.

A difference is stated only where the two speeches carry it: same dimension, measure, status,
scope and period. Everything else stands side by side with the reason why it doesn't subtract.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import chain, combinations, groupby, product
from operator import attrgetter
from sys import maxsize
from typing import Any, NamedTuple

from speeches_cli import ranges, units
from speeches_cli.errors import NothingFound
from speeches_cli.messages import _
from speeches_cli.model import Figure, Related, Speech
from speeches_cli.ranges import Range

_AGREEING = ("measure", "status", "scope", "period")
"""In what figures of one dimension must agree so that they can be subtracted."""
_INDICATOR = attrgetter("indicator")
_STATEMENT = attrgetter("value", "unit", "bound", *_AGREEING)

Cells = tuple[tuple[Figure, ...], ...]
"""For each town its figures, without repetitions; empty where its speech gives no such figure."""


class Row(NamedTuple):
    """One indicator beside the towns that were asked for."""

    topic: str
    indicator: str
    cells: Cells
    unit: str  # the base unit of `difference`
    difference: Range | None = None
    """The first town's number minus the second's; in 百分点 where the unit is %."""
    ratio: Range | None = None  # the first town's number by the second's
    obstacle: str | None = None
    """The first of unit, measure, status, scope, period and sure in which two sides disagree, so that
    they do not subtract; `several` where pairs of figures would, or fail for different reasons."""

    @property
    def shared(self) -> bool:
        """Whether more than one town has a figure here."""
        return sum(1 for cell in self.cells if cell) > 1


class Near(NamedTuple):
    """Figures of a group of indicators that are near but defined differently: never subtracted."""

    name: str
    cells: Cells  # more than one town has some, and not all under one indicator
    differs: dict[str, str]  # for each indicator of the cells a few words on what it counts


class Comparison(NamedTuple):
    """Towns side by side: the rows that towns share first, and within that by topic."""

    towns: tuple[Speech, ...]
    rows: tuple[Row, ...]
    related: tuple[Near, ...] = ()
    alone: tuple[
        Row, ...
    ] = ()  # those of `rows` that one town has, and that no group of `related` shows
    counts: tuple[int, ...] = ()  # for each town how many it has of them, also where they are left out


class Group(NamedTuple):
    """One indicator across towns, as far as its units can be compared."""

    indicator: str
    topic: str
    figures: tuple[Figure, ...]
    speaking: frozenset[int]  # the keys of the speeches that give such a figure, in whatever unit


class Measure(NamedTuple):
    """An indicator, and how far it can be compared."""

    indicator: str
    topic: str
    units: tuple[str, ...]
    towns: int  # how many towns report it
    related: tuple[str, ...]  # the indicators that are near but defined differently
    figures: int  # how often it is stated


class Course(NamedTuple):
    """What one town says of an indicator at each meeting."""

    town: str
    cells: Sequence[Sequence[Figure] | None]
    """For each date its figures; empty where its speech gives no such figure, None where there is no
    speech, or where its figures are left out."""
    change: Row | None  # the last of the cells against the one before that has figures, if one has


def compare(
    towns: Sequence[Speech],
    figures: Iterable[Figure],
    topics: Sequence[str],
    *,
    shared_only: bool = False,
    related: Sequence[Related] = (),
) -> Comparison:
    """Set the figures of towns side by side: one row per indicator, in the order of `topics`.

    `shared_only` keeps the rows that more than one town has. The groups of `related` indicators follow
    that set two of the towns side by side.
    """
    told = (figure for figure in figures if not figure.repeats)
    cells = {name: _cells(stated, towns) for name, stated in grouped(told, _INDICATOR).items()}

    def place(row: Row) -> tuple[Any, ...]:
        without = [] if row.shared else [not cell for cell in row.cells]
        return not row.shared, topics.index(row.topic), without

    rows = tuple(sorted(map(row, cells.values()), key=place))
    near = tuple(each for group in related if (each := _near(group, cells)))
    shown = {indicator for each in near for indicator in each.differs}
    alone = tuple(each for each in rows if not each.shared and each.indicator not in shown)
    counts = tuple(sum(1 for each in alone if each.cells[at]) for at in range(len(towns)))
    if shared_only:
        rows, alone = tuple(each for each in rows if each.shared), ()
    return Comparison(tuple(towns), rows, near, alone, counts)


def _cells(stated: Iterable[Figure], towns: Iterable[Speech]) -> Cells:
    """Give what each town says of an indicator, each statement once."""
    by_town = grouped(stated, attrgetter("speech"))
    distinct = {key: grouped(said, _STATEMENT).values() for key, said in by_town.items()}
    return tuple(tuple(same[0] for same in distinct.get(town.key, ())) for town in towns)


def _near(group: Related, cells: Mapping[str, Cells]) -> Near | None:
    """Set the figures of a group side by side; None where it says nothing that a row does not say."""
    names = [name for name in group.indicators if name in cells]
    sides = tuple(tuple(chain(*side)) for side in zip(*(cells[name] for name in names), strict=True))
    told = [{figure.indicator for figure in side} for side in sides if side]
    if all(each == told[0] for each in told):
        return None
    return Near(group.name, sides, {name: group.indicators[name] for name in names})


def across(
    figures: Iterable[Figure], *, sort: str = "value", limit: int | None = None
) -> Iterator[Group]:
    """Group figures by indicator and dimension, the largest first within each group; at most `limit`.

    Those of an indicator must come one after the other. With `sort` "text" they stay in their order.
    """
    left = limit or maxsize
    for indicator, stated in groupby((each for each in figures if not each.repeats), _INDICATOR):
        said = [*stated]
        speaking = frozenset(each.speech for each in said)
        for same in grouped(said, lambda each: units.dimension(each.unit)).values():
            if sort == "value":
                unit = same[0].unit
                same.sort(
                    key=lambda each: float(units.convert(each.value, each.unit, unit)), reverse=True
                )
            yield Group(indicator, said[0].topic, tuple(same[:left]), speaking)
            left -= len(same)
            if left <= 0:
                return


def measured(
    mentions: Iterable[tuple[str, str, str, int]],
    towns: Mapping[int, Speech],
    topics: Sequence[str],
    related: Sequence[Related] = (),
) -> dict[str, Measure]:
    """Say of each indicator how many towns report it: by topic, those first that most report.

    A mention is indicator, topic, unit and speech of a figure. Raises NothingFound for none.
    """
    found: dict[str, tuple[str, dict[str, None], list[str]]] = {}
    for name, topic, unit, speech in mentions:
        _topic, told_in, told_by = found.setdefault(name, (topic, {}, []))
        told_in[unit] = None
        told_by.append(towns[speech].path)
    if not found:
        raise NothingFound(_("these speeches state no such figure"))
    measures = []
    for name, (topic, told_in, told_by) in found.items():
        near = dict.fromkeys(chain(*(each.indicators for each in related if name in each.indicators)))
        near.pop(name, None)
        measures.append(Measure(name, topic, (*told_in,), len({*told_by}), (*near,), len(told_by)))
    measures.sort(key=lambda each: (topics.index(each.topic), -each.towns))
    return {each.indicator: each for each in measures}


def courses(group: Group, towns: Mapping[int, Speech]) -> Iterator[Course]:
    """Set the figures of one indicator town by town, in the order in which towns are first met."""
    when = sorted({town.compilation.date for town in towns.values()})
    place = {key: (town.path, town.compilation.date) for key, town in towns.items()}
    said = grouped(group.figures, lambda each: place[each.speech])
    names = {towns[each.speech].path: towns[each.speech].town for each in group.figures}
    said |= {at: [] for key, at in place.items() if key not in group.speaking}
    for path, name in names.items():
        cells = [said.get((path, date)) for date in when]
        told = [
            tuple(each._replace(period=aligned(each.period, date)) for each in cell)
            for date, cell in zip(when, cells, strict=True)
            if cell
        ]
        yield Course(name, cells, row((told[-1], told[-2])) if len(told) > 1 else None)


def aligned(period: str | None, date: str) -> str | None:
    """Name a period by its distance from a meeting's year: 2022年 in 2023 agrees with 2023年 in 2024.

    A period that lasts until the meeting agrees with one that lasts until the same month.
    """
    if period is None:
        return None
    this = int(date[:4])
    said = period.replace("今年", f"{this}年").replace("去年", f"{this - 1}年")
    open_ended = f" {date[5:7]}" if said.endswith(("以来", f"{this}年", "累计", "目前")) else ""
    return re.sub("(20[0-9]{2})年", lambda found: f"{int(found[1]) - this}年", said) + open_ended


def comparable(figures: Iterable[Figure]) -> Sequence[Figure]:
    """Give the most figures of one dimension that have no obstacle to each other, if two or more."""
    agreeing = grouped((each for each in figures if each.sure), attrgetter(*_AGREEING))
    most = max(agreeing.values(), key=len, default=[])
    return most if len(most) > 1 else []


def row(cells: Cells) -> Row:
    """Set what towns say of one indicator side by side, as far as the figures allow."""
    first = next(chain(*cells))
    made = Row(first.topic, first.indicator, cells, first.unit)
    pairs = [pair for two in combinations(cells, 2) for pair in product(*two)]
    obstacles = [obstacle(*pair) for pair in pairs]
    if len(cells) > 2 or obstacles.count(None) != 1:
        met = {each or "several" for each in obstacles if each or len(cells) == 2}
        met = met - {"status"} or met  # what hinders beside a plan
        return made._replace(obstacle="several" if len(met) > 1 else next(iter(met), None))
    one, other = pairs[obstacles.index(None)]
    relative = one.unit == units.PERCENT
    left, right = ranges.bounds(one, one.unit), ranges.bounds(other, one.unit)
    return made._replace(
        unit=units.PERCENTAGE_POINT if relative else one.unit,
        difference=ranges.difference(left, right),
        ratio=None if relative else ranges.ratio(left, right),
    )


def obstacle(one: Figure, other: Figure) -> str | None:
    """Name the first thing in which two figures disagree so that they don't subtract."""
    if units.dimension(one.unit) != units.dimension(other.unit):
        return "unit"
    guessed = None if one.sure and other.sure else "sure"
    return next((name for name in _AGREEING if getattr(one, name) != getattr(other, name)), guessed)


def grouped(figures: Iterable[Figure], key: Callable[[Figure], Any]) -> dict[Any, list[Figure]]:
    """Group figures by a key, in the order in which the keys are first met."""
    found: dict[Any, list[Figure]] = {}
    for figure in figures:
        found.setdefault(key(figure), []).append(figure)
    return found
