"""Towns' figures → comparison rows, and what two figures let one say of each other.

A difference is stated only where the two speeches carry it: same dimension, measure, status,
scope and period. Everything else stands side by side with the reason why it doesn't subtract.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from itertools import chain, combinations, groupby, product
from operator import attrgetter
from typing import Any, NamedTuple

from speeches_cli import ranges, units
from speeches_cli.model import Figure, Related, Speech
from speeches_cli.ranges import Range

OBSTACLES = ("unit", "measure", "status", "scope", "period", "sure", "several")
"""Why two sides of a row are not subtracted: the first of these in which they disagree; `several`
where more than one pair of figures could be, or where the pairs fail for different reasons."""

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
    """One of OBSTACLES, where two of the towns have figures that do not subtract."""

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
    left_out: tuple[int, ...] = ()
    """For each town how many indicators it alone reports, where these rows are left out."""

    @property
    def alone(self) -> tuple[Row, ...]:
        """The rows that one town has, and that no group of `related` shows."""
        shown = {indicator for group in self.related for indicator in group.differs}
        return tuple(row for row in self.rows if not row.shared and row.indicator not in shown)

    @property
    def counts(self) -> tuple[int, ...]:
        """For each town how many indicators it alone reports, whether shown or left out."""
        alone = (sum(1 for row in self.alone if row.cells[at]) for at in range(len(self.towns)))
        return self.left_out or tuple(alone)


class Group(NamedTuple):
    """One indicator across towns, as far as its units can be compared."""

    indicator: str
    topic: str
    figures: tuple[Figure, ...]
    silent: tuple[Speech, ...]  # the towns asked for whose speech gives no such figure


class Measure(NamedTuple):
    """An indicator, and how far it can be compared."""

    indicator: str
    topic: str
    units: tuple[str, ...]
    towns: int  # how many towns report it
    related: tuple[str, ...]  # the indicators that are near but defined differently


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
    rows = sorted(map(row, cells.values()), key=lambda each: topics.index(each.topic))
    shared = tuple(each for each in rows if each.shared)
    alone = [each for each in rows if not each.shared]
    alone.sort(key=lambda each: (topics.index(each.topic), [not cell for cell in each.cells]))
    near = tuple(each for group in related if (each := _near(group, cells)))
    made = Comparison(tuple(towns), (*shared, *alone), near)
    return made._replace(rows=shared, left_out=made.counts) if shared_only else made


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


def ranked(
    mentions: Iterable[tuple[str, str, int]], towns: Sequence[Speech], topics: Sequence[str]
) -> dict[str, int]:
    """Count how often each indicator is mentioned, in a topic and by a speech.

    They stand in the order of `topics`, within a topic those first that most towns report.
    """
    paths = {town.key: town.path for town in towns}
    found: dict[str, tuple[str, list[str]]] = {}
    for indicator, topic, speech in mentions:
        found.setdefault(indicator, (topic, []))[1].append(paths[speech])
    order = {name: (topics.index(topic), -len({*told})) for name, (topic, told) in found.items()}
    return {name: len(found[name][1]) for name in sorted(found, key=order.__getitem__)}


def across(
    figures: Iterable[Figure],
    towns: Sequence[Speech],
    *,
    sort: str = "value",
    limit: int | None = None,
) -> Iterator[Group]:
    """Group figures by indicator and dimension, the largest first within each group; at most `limit`.

    Those of an indicator must come one after the other. With `sort` "text" they stay in their order.
    """
    left = limit
    for indicator, stated in groupby((each for each in figures if not each.repeats), _INDICATOR):
        said = [*stated]
        speaking = {each.speech for each in said}
        silent = tuple(town for town in towns if town.key not in speaking)
        for same in grouped(said, lambda each: units.dimension(each.unit)).values():
            shown = tuple(_by_size(same) if sort == "value" else same)[:left]
            if left != 0:
                yield Group(indicator, said[0].topic, shown, silent)
            left = None if left is None else left - len(shown)
        if left == 0:
            return


def measured(
    figures: Iterable[Figure],
    towns: Sequence[Speech],
    topics: Sequence[str],
    related: Sequence[Related],
) -> tuple[Measure, ...]:
    """Say of each indicator how many towns report it: by topic, those first that most report."""
    paths = {town.key: town.path for town in towns}
    measures = []
    for name, said in grouped(figures, _INDICATOR).items():
        told_in = dict.fromkeys(each.unit for each in said)
        reporting = {paths[each.speech] for each in said}
        near = dict.fromkeys(chain(*(each.indicators for each in related if name in each.indicators)))
        near.pop(name, None)
        measures.append(Measure(name, said[0].topic, (*told_in,), len(reporting), (*near,)))
    return tuple(sorted(measures, key=lambda each: (topics.index(each.topic), -each.towns)))


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
    if len(cells) == 2 and obstacles.count(None) == 1:
        return _subtracted(made, *pairs[obstacles.index(None)])
    met = set(obstacles)
    if len(cells) > 2:
        met -= {None}  # no pair is subtracted
    if not met:
        return made
    met = met - {"status"} or met  # what hinders beside a plan
    common = met.pop() if len(met) == 1 else None
    return made._replace(obstacle=common or "several")


def _subtracted(made: Row, one: Figure, other: Figure) -> Row:
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


def _by_size(found: Sequence[Figure]) -> list[Figure]:
    """Sort figures of one dimension, the largest first, whatever units they are told in."""
    unit = found[0].unit

    def size(figure: Figure) -> Decimal | Fraction:
        same = figure.unit == unit  # numbers as they are told, decimals, are compared quicker
        return figure.value if same else units.convert(figure.value, figure.unit, unit)

    return sorted(found, key=size, reverse=True)
