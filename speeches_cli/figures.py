"""Towns' figures → comparison rows, and what two figures let one say of each other.

A difference is stated only where the two speeches carry it: same dimension, measure, status,
scope and period. Everything else stands side by side with the reason why it doesn't subtract.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from itertools import combinations
from typing import NamedTuple

from speeches_cli import quantities, units
from speeches_cli.model import Figure, Related, Speech

OBSTACLES = ("unit", "measure", "status", "scope", "period", "sure", "several")
"""Why two sides of a row are not subtracted: the first of these in which they disagree; `several`
where more than one pair of figures could be, or where the pairs fail for different reasons."""

_WRITTEN_ZEROS = re.compile(r"([0０]+|十)\s*[^\W\d余多]+[余多]")  # 20万余, but not 20余万


class Range(NamedTuple):
    """The numbers between two ends; None is no end. `approximate` marks a 约 in it."""

    low: Fraction | None
    high: Fraction | None
    approximate: bool = False
    strict: bool = False
    """Whether the ends themselves are left out: 130余 is neither 130 nor 140."""

    @property
    def exact(self) -> Fraction | None:
        """The one number, where it is one."""
        return self.low if self.low == self.high else None

    @property
    def inverse(self) -> "Range":
        """One by a range that has both ends and only positive numbers."""
        low, high = Fraction(self.low or 0), Fraction(self.high or 0)
        return Range(1 / high, 1 / low, self.approximate, self.strict)

    @property
    def middle(self) -> Fraction:
        """The middle of a range that has both ends."""
        return (Fraction(self.low or 0) + Fraction(self.high or 0)) / 2


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


class Group(NamedTuple):
    """One indicator across towns, as far as its units can be compared."""

    indicator: str
    topic: str
    figures: tuple[Figure, ...]
    silent: tuple[Speech, ...]
    """The towns asked for whose speech gives no such figure."""
    repeated: tuple[Figure, ...] = ()
    """Where a speech states one of these facts a second time."""


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
        _row(tuple(tuple(by_town.get(town.key, ())) for town in towns)) for by_town in found.values()
    ]
    rows.sort(key=lambda row: (not row.shared, topics.index(row.topic), _first_town(row)))
    near = tuple(each for group in related if (each := _near(group, found, towns)))
    made = Comparison(tuple(towns), tuple(rows), near)
    if not shared_only:
        return made
    left_out = tuple(sum(1 for row in made.alone if row.cells[at]) for at in range(len(towns)))
    return made._replace(rows=tuple(row for row in rows if row.shared), left_out=left_out)


def _near(
    group: Related, found: Mapping[str, Mapping[int, Sequence[Figure]]], towns: Sequence[Speech]
) -> Near | None:
    """Set the figures of a group side by side; None where it says nothing that a row does not say."""
    names = [name for name in group.indicators if name in found]
    cells = tuple(
        tuple(figure for name in names for figure in found[name].get(town.key, ())) for town in towns
    )
    told = [{figure.indicator for figure in cell} for cell in cells if cell]
    if len(told) < 2 or all(each == told[0] and len(each) == 1 for each in told):
        return None
    return Near(group.name, cells, {name: group.indicators[name] for name in names})


def across(
    figures: Iterable[Figure], towns: Sequence[Speech], *, sort: str = "value"
) -> tuple[Group, ...]:
    """Group figures by indicator and dimension, the largest first within each group.

    With `sort` "text" they stay in the order in which they stand.
    """
    figures = tuple(figures)
    grouped: dict[tuple[str, str], list[Figure]] = {}
    speaking: dict[str, set[int]] = {}
    for figure in figures:
        if figure.repeats:
            continue
        key = figure.indicator, units.dimension(figure.unit)
        grouped.setdefault(key, []).append(figure)
        speaking.setdefault(figure.indicator, set()).add(figure.speech)
    return tuple(
        Group(
            indicator,
            found[0].topic,
            _by_size(found) if sort == "value" else tuple(found),
            tuple(town for town in towns if town.key not in speaking[indicator]),
            tuple(each for each in figures if each.repeats and each.indicator == indicator),
        )
        for (indicator, _dimension), found in grouped.items()
    )


def comparable(figures: Sequence[Figure]) -> tuple[Figure, ...]:
    """Give the most figures, of two or more, that have no obstacle to each other; or none."""
    sets = [[each for each in figures if obstacle(one, each) is None] for one in figures]
    most = max(sets, key=len, default=[])
    return tuple(most) if len(most) > 1 else ()


def bounds(figure: Figure) -> Range:
    """Say between which numbers, in base units, a figure lies."""
    return limits(figure.value, figure.bound, figure.as_written)


def limits(number: Decimal, bound: str, written: str) -> Range:
    """Say between which numbers a number with a bound lies.

    余 and 多 stay below the next unit of the last digit written: 130余 is 130 to 140, 20余万 200,000
    to 300,000, 20万余 200,000 to 210,000, and a sum is bounded part by part. 超, 以上 and 三分之一多
    have no upper end, 近 and 不足 no lower one; 约 is taken at its number and marked approximate.
    """
    value = Fraction(number)
    if value < 0 and bound not in ("=", "~"):  # is a loss of 130余 more than -130, or less?
        return Range(None, None)
    if bound in (">", ">="):
        return Range(value, _ceiling(number, written), strict=bound == ">")
    if bound in ("<", "<="):
        return Range(None, value, strict=bound == "<")
    return Range(value, value, approximate=bound == "~")


def _row(cells: tuple[tuple[Figure, ...], ...]) -> Row:
    first = next(figure for cell in cells for figure in cell)
    row = Row(first.topic, first.indicator, cells, first.unit)
    if not row.shared:
        return row
    filled = [cell for cell in cells if cell]
    pairs = [(one, other) for left, right in combinations(filled, 2) for one in left for other in right]
    obstacles = [obstacle(*pair) for pair in pairs]
    if len(cells) > 2:
        met = {each for each in obstacles if each}
        return row._replace(obstacle=None if not met else met.pop() if len(met) == 1 else "several")
    if obstacles.count(None) != 1:
        common = obstacles[0] if len(set(obstacles)) == 1 else None
        return row._replace(obstacle=common or "several")
    one, other = pairs[obstacles.index(None)]
    relative = one.unit == units.PERCENT
    left, right = bounds(one), _converted(bounds(other), other.unit, one.unit)
    return row._replace(
        unit=units.PERCENTAGE_POINT if relative else one.unit,
        difference=_difference(left, right),
        ratio=None if relative else _ratio(left, right),
    )


def obstacle(one: Figure, other: Figure) -> str | None:
    """Name the first thing in which two figures disagree so that they don't subtract."""
    if units.dimension(one.unit) != units.dimension(other.unit):
        return "unit"
    names = ("measure", "status", "scope", "period")
    guessed = None if one.sure and other.sure else "sure"
    return next((name for name in names if getattr(one, name) != getattr(other, name)), guessed)


def _difference(left: Range, right: Range) -> Range | None:
    """Subtract two ranges; None where they don't say which town has more."""
    low = None if left.low is None or right.high is None else left.low - right.high
    high = None if left.high is None or right.low is None else left.high - right.low
    result = Range(low, high, left.approximate or right.approximate, left.strict or right.strict)
    apart = result.strict and not result.approximate  # 140 is more than 130余, if by as little as 0
    above = low is not None and (low > 0 or (low == 0 and apart))
    below = high is not None and (high < 0 or (high == 0 and apart))
    return result if above or below or result.exact is not None else None


def _ratio(left: Range, right: Range) -> Range | None:
    """Divide two ranges of positive numbers; None where an end is missing or a number is zero."""
    if left.low is None or left.high is None or right.low is None or right.high is None:
        return None
    if left.low <= 0 or right.low <= 0:
        return None
    return Range(
        left.low / right.high,
        left.high / right.low,
        left.approximate or right.approximate,
        left.strict or right.strict,
    )


def _converted(measured: Range, unit: str, target: str) -> Range:
    factor = units.convert(Decimal(1), unit, target)
    low, high = measured.low, measured.high
    return measured._replace(
        low=None if low is None else low * factor,
        high=None if high is None else high * factor,
    )


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


def _ceiling(number: Decimal, written: str) -> Fraction | None:
    """Give what a number with 余 or 多 stays below; None where a part of it has no upper end.

    The last digit is the last but zeros in 20余万, but in 20万余 and 20年多 the zero is one, too.
    """
    parts = re.sub("[,，]", "", written).split("+")
    if not all(("余" in part or "多" in part) and "分之" not in part for part in parts):
        return None
    values = [number] if len(parts) == 1 else [quantities.read_one(part).value for part in parts]
    exponents = [
        int(value.normalize().as_tuple().exponent) - (len(zeros[1]) if zeros else 0)
        for value, zeros in zip(values, map(_WRITTEN_ZEROS.search, parts), strict=True)
    ]
    return Fraction(number) + sum(Fraction(10) ** exponent for exponent in exponents)
