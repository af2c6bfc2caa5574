"""Towns' figures → comparison rows, and what two figures let one say of each other.

A difference is stated only where the two speeches carry it: same dimension, measure, status,
scope and period. Everything else stands side by side with the reason why it doesn't subtract.
"""

from collections.abc import Iterable, Mapping, Sequence
from itertools import combinations
from typing import NamedTuple

from speeches_cli import ranges, units
from speeches_cli.model import Figure, Related, Speech
from speeches_cli.ranges import Range

OBSTACLES = ("unit", "measure", "status", "scope", "period", "sure", "several")
"""Why two sides of a row are not subtracted: the first of these in which they disagree; `several`
where more than one pair of figures could be, or where the pairs fail for different reasons."""

_AGREEING = ("measure", "status", "scope", "period")
"""In what figures of one dimension must agree so that they can be subtracted."""


class Row(NamedTuple):
    """One indicator beside the towns that were asked for."""

    topic: str
    indicator: str
    cells: tuple[tuple[Figure, ...], ...]
    """For each town its figures, without repetitions; empty where its speech gives no such figure."""
    unit: str
    """The base unit of `difference`."""
    difference: Range | None = None
    """The first town's number minus the second's; in 百分点 where the unit is %."""
    ratio: Range | None = None
    """The first town's number by the second's."""
    obstacle: str | None = None
    """One of OBSTACLES, where two of the towns have figures that do not subtract."""

    @property
    def shared(self) -> bool:
        """Whether more than one town has a figure here."""
        return sum(1 for cell in self.cells if cell) > 1


class Near(NamedTuple):
    """Figures of a group of indicators that are near but defined differently: never subtracted."""

    name: str
    cells: tuple[tuple[Figure, ...], ...]
    """For each town its figures; more than one town has some, and not all under one indicator."""
    differs: dict[str, str]
    """For each indicator of the cells a few words on what it counts."""


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
    silent: tuple[Speech, ...]
    """The towns asked for whose speech gives no such figure."""


class Measure(NamedTuple):
    """An indicator, and how far it can be compared."""

    indicator: str
    topic: str
    units: tuple[str, ...]
    towns: int
    """How many towns report it."""
    related: tuple[str, ...]
    """The indicators that are near but defined differently."""


def compare(
    towns: Sequence[Speech],
    figures: Iterable[Figure],
    topics: Sequence[str],
    *,
    only: Sequence[str] | None = None,
    shared_only: bool = False,
    related: Sequence[Related] = (),
) -> Comparison:
    """Set the figures of towns side by side: one row per indicator, in the order of `topics`.

    `only` keeps some topics, `shared_only` the rows that more than one town has. The groups of
    `related` indicators follow that set two of the towns side by side.
    """
    found: dict[str, dict[int, list[Figure]]] = {}
    for figure in figures:
        if not figure.repeats and figure.topic in (topics if only is None else only):
            mentions = found.setdefault(figure.indicator, {}).setdefault(figure.speech, [])
            if not any(_states_the_same(figure, earlier) for earlier in mentions):
                mentions.append(figure)
    rows = [
        row(tuple(tuple(by_town.get(town.key, ())) for town in towns)) for by_town in found.values()
    ]
    rows.sort(key=lambda row: (not row.shared, topics.index(row.topic), _first_town(row)))
    near = tuple(each for group in related if (each := _near(group, found, towns)))
    made = Comparison(tuple(towns), tuple(rows), near)
    if not shared_only:
        return made
    return made._replace(rows=tuple(row for row in rows if row.shared), left_out=made.counts)


def _near(
    group: Related, found: Mapping[str, Mapping[int, Sequence[Figure]]], towns: Sequence[Speech]
) -> Near | None:
    """Set the figures of a group side by side; None where it says nothing that a row does not say."""
    names = [name for name in group.indicators if name in found]
    cells = tuple(
        tuple(figure for name in names for figure in found[name].get(town.key, ())) for town in towns
    )
    told = [{figure.indicator for figure in cell} for cell in cells if cell]
    if len(told) < 2 or all(each == told[0] for each in told):
        return None
    return Near(group.name, cells, {name: group.indicators[name] for name in names})


def across(
    figures: Iterable[Figure],
    towns: Sequence[Speech],
    *,
    sort: str = "value",
    topics: Sequence[str] = (),
) -> tuple[Group, ...]:
    """Group figures by indicator and dimension, the largest first within each group.

    With `sort` "text" they stay in the order in which they stand. Groups stand in the order of
    `topics`, within a topic those first that most towns report.
    """
    grouped: dict[tuple[str, str], list[Figure]] = {}
    speaking: dict[str, set[int]] = {}
    for figure in figures:
        if figure.repeats:
            continue
        key = figure.indicator, units.dimension(figure.unit)
        grouped.setdefault(key, []).append(figure)
        speaking.setdefault(figure.indicator, set()).add(figure.speech)
    groups = (
        Group(
            indicator,
            found[0].topic,
            _by_size(found) if sort == "value" else tuple(found),
            tuple(town for town in towns if town.key not in speaking[indicator]),
        )
        for (indicator, _dimension), found in grouped.items()
    )
    order = {topic: place for place, topic in enumerate(topics)}
    by_towns = {town.key: town.path for town in towns}
    return tuple(
        sorted(
            groups,
            key=lambda group: (
                order.get(group.topic, 0),
                -len({by_towns[each] for each in speaking[group.indicator]}),
            ),
        )
    )


def first(groups: Iterable[Group], limit: int | None) -> tuple[Group, ...]:
    """Give the groups of the first figures, at most `limit` of these."""
    kept: list[Group] = []
    left = limit
    for group in groups:
        if left == 0:
            break
        kept.append(group._replace(figures=group.figures[:left]))
        left = None if left is None else left - len(kept[-1].figures)
    return tuple(kept)


def measured(
    figures: Iterable[Figure],
    towns: Sequence[Speech],
    topics: Sequence[str],
    related: Sequence[Related],
) -> tuple[Measure, ...]:
    """Say of each indicator how many towns report it: by topic, those first that most report."""
    found: dict[str, list[Figure]] = {}
    for figure in figures:
        found.setdefault(figure.indicator, []).append(figure)
    by_towns = {town.key: town.path for town in towns}
    measures = (
        Measure(
            name,
            stated[0].topic,
            tuple(dict.fromkeys(each.unit for each in stated)),
            len({by_towns[each.speech] for each in stated}),
            tuple(
                dict.fromkeys(
                    other
                    for group in related
                    if name in group.indicators
                    for other in group.indicators
                    if other != name
                )
            ),
        )
        for name, stated in found.items()
    )
    return tuple(sorted(measures, key=lambda each: (topics.index(each.topic), -each.towns)))


def comparable(figures: Sequence[Figure]) -> tuple[Figure, ...]:
    """Give the most figures, of two or more, that have no obstacle to each other; or none."""
    agreeing: dict[tuple[object, ...], list[Figure]] = {}
    for each in figures:
        if each.sure:
            said = (getattr(each, name) for name in _AGREEING)
            agreeing.setdefault((units.dimension(each.unit), *said), []).append(each)
    most = max(agreeing.values(), key=len, default=[])
    return tuple(most) if len(most) > 1 else ()


def row(cells: tuple[tuple[Figure, ...], ...]) -> Row:
    """Set what towns say of one indicator side by side, as far as the figures allow."""
    first = next(figure for cell in cells for figure in cell)
    made = Row(first.topic, first.indicator, cells, first.unit)
    if not made.shared:
        return made
    filled = [cell for cell in cells if cell]
    pairs = [(one, other) for left, right in combinations(filled, 2) for one in left for other in right]
    obstacles = [obstacle(*pair) for pair in pairs]
    if len(cells) > 2:
        met = {each for each in obstacles if each}
        return made._replace(obstacle=None if not met else met.pop() if len(met) == 1 else "several")
    if obstacles.count(None) != 1:
        done = {each for each in obstacles if each != "status"}  # what hinders beside a plan
        common = obstacles[0] if len(set(obstacles)) == 1 else done.pop() if len(done) == 1 else None
        return made._replace(obstacle=common or "several")
    one, other = pairs[obstacles.index(None)]
    relative = one.unit == units.PERCENT
    left, right = ranges.bounds(one), ranges.converted(ranges.bounds(other), other.unit, one.unit)
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


def _states_the_same(one: Figure, other: Figure) -> bool:
    names = ("value", "unit", "bound", "measure", "status", "period", "scope")
    return all(getattr(one, name) == getattr(other, name) for name in names)


def _first_town(row: Row) -> int:
    """Order what only one town says of a topic by town."""
    return 0 if row.shared else next(index for index, cell in enumerate(row.cells) if cell)


def _by_size(found: Sequence[Figure]) -> tuple[Figure, ...]:
    """Sort figures of one dimension, the largest first, whatever units they are told in."""
    sizes = [units.convert(each.value, each.unit, found[0].unit) for each in found]
    order = sorted(range(len(found)), key=sizes.__getitem__, reverse=True)
    return tuple(found[index] for index in order)
