"""Towns' figures → comparison rows, and what two figures let one say of each other.

A difference is stated only where the two speeches carry it: same dimension, measure, status,
scope and period. Everything else stands side by side with the reason why it doesn't subtract.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import chain, combinations, groupby, product
from operator import attrgetter, itemgetter
from sys import maxsize
from typing import Any, NamedTuple, TypeVar

from speeches_cli import ranges, units
from speeches_cli.errors import NothingFound
from speeches_cli.messages import _
from speeches_cli.model import Figure, Related, Speech
from speeches_cli.ranges import Range

_AGREEING = ("measure", "status", "scope", "period")  # as must figures that are to be subtracted
_STATEMENT = attrgetter("speech", "indicator", "value", "unit", "bound", *_AGREEING)
_T = TypeVar("_T")
Cells = tuple[tuple[Figure, ...], ...]  # each town's figures, without repetitions, empty for none


class Row(NamedTuple):
    """One indicator beside the towns that were asked for."""

    topic: str
    indicator: str
    cells: Cells
    unit: str  # the base unit of `difference`
    difference: Range | None = None  # the first town's number minus the second's; 百分点 where it is %
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
    alone: tuple[Row, ...] = ()  # rows that one town has, and that no group of `related` shows
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
    distinct = [same[0] for same in grouped(told, _STATEMENT).values()]
    said = grouped(distinct, attrgetter("indicator", "speech"))
    cells: dict[str, Cells] = {
        name: tuple(tuple(said.get((name, town.key), ())) for town in towns)
        for name in dict.fromkeys(each.indicator for each in distinct)
    }

    def place(row: Row) -> tuple[Any, ...]:
        without = [] if row.shared else [not cell for cell in row.cells]
        return not row.shared, topics.index(row.topic), without

    rows = tuple(sorted(map(row, cells.values()), key=place))
    near = []
    for group in related:
        held = {name: cells[name] for name in group.indicators if name in cells}
        sides = tuple(tuple(chain(*side)) for side in zip(*held.values(), strict=True))
        sorts = [{figure.indicator for figure in side} for side in sides if side]
        if any(each != sorts[0] for each in sorts):  # a row says the rest
            near.append(Near(group.name, sides, {name: group.indicators[name] for name in held}))
    shown = {indicator for each in near for indicator in each.differs}
    alone = tuple(each for each in rows if not each.shared and each.indicator not in shown)
    counts = tuple(sum(1 for each in alone if each.cells[at]) for at in range(len(towns)))
    if shared_only:
        rows, alone = tuple(each for each in rows if each.shared), ()
    return Comparison(tuple(towns), rows, tuple(near), alone, counts)


def across(
    figures: Iterable[Figure], *, sort: str = "value", limit: int | None = None
) -> Iterator[Group]:
    """Group figures by indicator and dimension, the largest first within each group; at most `limit`.

    Those of an indicator must come one after the other. With `sort` "text" they stay in their order.
    """
    left = limit or maxsize
    told = (each for each in figures if not each.repeats)
    for indicator, stated in groupby(told, attrgetter("indicator")):
        said = [*stated]
        speaking = frozenset(each.speech for each in said)
        for same in grouped(said, lambda each: units.dimension(each.unit)).values():
            if sort == "value":
                unit = same[0].unit
                same.sort(key=lambda one: float(units.convert(one.value, one.unit, unit)), reverse=True)
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
    found = grouped(mentions, itemgetter(0))
    if not found:
        raise NothingFound(_("these speeches state no such figure"))
    measures = []
    for name, told in found.items():
        _names, told_under, told_in, speeches = zip(*told, strict=True)
        told_by = {towns[each].path for each in {*speeches}}
        near = dict.fromkeys(chain(*(each.indicators for each in related if name in each.indicators)))
        near.pop(name, None)
        kept = (*dict.fromkeys(told_in),)
        measures.append(Measure(name, told_under[0], kept, len(told_by), (*near,), len(told)))
    measures.sort(key=lambda each: (topics.index(each.topic), -each.towns))
    return {each.indicator: each for each in measures}


def courses(group: Group, towns: Mapping[int, Speech]) -> Iterator[tuple[str, list[Any], Row | None]]:
    """Yield for each town its name, its figures at each meeting, and how far the last two are apart.

    Towns come in the order in which they are first met. A meeting's figures are empty where the speech
    gives no such figure, None where there is no speech, or where its figures are left out.
    """
    when = sorted({town.compilation.date for town in towns.values()})
    place = {key: (town.path, town.compilation.date) for key, town in towns.items()}
    said = grouped(group.figures, lambda each: place[each.speech])
    names = {towns[each.speech].path: towns[each.speech].town for each in group.figures}
    said |= {at: [] for key, at in place.items() if key not in group.speaking}
    for path, name in names.items():
        cells = [said.get((path, date)) for date in when]
        told = [
            tuple(each._replace(period=each.period and aligned(each.period, date)) for each in cell)
            for date, cell in zip(when, cells, strict=True)
            if cell
        ]
        yield name, cells, row((told[-1], told[-2])) if len(told) > 1 else None


def aligned(period: str, date: str) -> str:
    """Name a period by its distance from a meeting's year: 2022年 in 2023 agrees with 2023年 in 2024.

    A period that lasts until the meeting agrees with one that lasts until the same month.
    """
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


def grouped(values: Iterable[_T], key: Callable[[_T], Any]) -> dict[Any, list[_T]]:
    """Group values by a key, in the order in which the keys are first met."""
    found: dict[Any, list[_T]] = {}
    for value in values:
        found.setdefault(key(value), []).append(value)
    return found
