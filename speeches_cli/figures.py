"""Towns' figures → comparison rows, and what two figures let one say of each other.

A difference is stated only where the two speeches carry it: same dimension, measure, status,
scope and period. Everything else stands side by side with the reason why it doesn't subtract.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from speeches_cli import quantities
from speeches_cli.model import Figure, Speech

OBSTACLES = ("unit", "measure", "status", "scope", "period", "several")
"""Why two sides of a row are not subtracted: the first of these in which they disagree."""
SORTS = ("value", "text")


@dataclass(frozen=True, slots=True)
class Range:
    """A closed interval of numbers; None is an open end. `approximate` marks a 约 in it."""

    low: Fraction | None
    high: Fraction | None
    approximate: bool = False

    @property
    def exact(self) -> Fraction | None:
        """The one number, where it is one."""
        return self.low if self.low == self.high else None

    @property
    def inverse(self) -> Range:
        """One by a closed range of positive numbers."""
        return Range(1 / Fraction(self.high or 0), 1 / Fraction(self.low or 0), self.approximate)

    @property
    def middle(self) -> Fraction:
        """The middle of a closed range."""
        return (Fraction(self.low or 0) + Fraction(self.high or 0)) / 2


@dataclass(frozen=True, slots=True)
class Row:
    """One indicator beside the towns that were asked for."""

    topic: str
    indicator: str
    cells: tuple[tuple[Figure, ...], ...]
    """For each town its figures, without repetitions; empty where its speech says nothing."""
    unit: str
    """The base unit of `difference`."""
    difference: Range | None = None
    """The first town's number minus the second's; in 百分点 where the unit is %."""
    ratio: Range | None = None
    """The first town's number by the second's."""
    obstacle: str | None = None
    """One of OBSTACLES, where both towns have figures that do not subtract."""

    @property
    def shared(self) -> bool:
        """Whether more than one town has a figure here."""
        return sum(1 for cell in self.cells if cell) > 1


@dataclass(frozen=True, slots=True)
class Comparison:
    """Towns side by side: the rows that towns share first, and within that by topic."""

    towns: tuple[Speech, ...]
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Group:
    """One indicator across towns, as far as its units can be compared."""

    indicator: str
    topic: str
    dimension: str
    figures: tuple[Figure, ...]
    silent: tuple[Speech, ...]
    """The towns asked for whose speech says nothing of it."""


def compare(
    towns: Sequence[Speech],
    figures: Iterable[Figure],
    topics: Sequence[str],
    *,
    only: Sequence[str] | None = None,
    shared_only: bool = False,
) -> Comparison:
    """Set the figures of towns side by side: one row per indicator, in the order of `topics`.

    `only` keeps some topics, `shared_only` the rows that more than one town has.
    """
    found: dict[str, dict[int, list[Figure]]] = {}
    for figure in figures:
        if figure.topic in (topics if only is None else only):
            mentions = found.setdefault(figure.indicator, {}).setdefault(figure.speech, [])
            if not any(_states_the_same(figure, earlier) for earlier in mentions):
                mentions.append(figure)
    rows = [
        _row(tuple(tuple(by_town.get(town.key, ())) for town in towns)) for by_town in found.values()
    ]
    rows = [row for row in rows if row.shared or not shared_only]
    rows.sort(key=lambda row: (not row.shared, _first_town(row), topics.index(row.topic)))
    return Comparison(tuple(towns), tuple(rows))


def across(
    figures: Iterable[Figure], towns: Sequence[Speech], *, sort: str = "value"
) -> tuple[Group, ...]:
    """Group figures by indicator and dimension, the largest first within each group.

    With `sort` "text" they stay in the order in which they stand.
    """
    grouped: dict[tuple[str, str], list[Figure]] = {}
    speaking: dict[str, set[int]] = {}
    for figure in figures:
        key = figure.indicator, quantities.dimension(figure.unit)
        grouped.setdefault(key, []).append(figure)
        speaking.setdefault(figure.indicator, set()).add(figure.speech)
    return tuple(
        Group(
            indicator,
            found[0].topic,
            dimension,
            tuple(sorted(found, key=size, reverse=True) if sort == "value" else found),
            tuple(town for town in towns if town.key not in speaking[indicator]),
        )
        for (indicator, dimension), found in grouped.items()
    )


def bounds(figure: Figure) -> Range:
    """Say between which numbers, in base units, a figure lies.

    余 and 多 stay below the next unit of the last digit written: 130余 is 130 to 140, 600余万
    6,000,000 to 7,000,000. 超 and 以上 have no upper end, 近 and 不足 no lower one; 约 is taken at
    its number and marked approximate.
    """
    value = Fraction(figure.value)
    if figure.bound == "~":
        return Range(value, value, approximate=True)
    if figure.bound in (">", ">="):
        open_ended = not any(word in figure.as_written for word in "余多")
        return Range(value, None if open_ended else value + _last_place(figure.value))
    if figure.bound in ("<", "<="):
        return Range(None, value)
    return Range(value, value)


def _row(cells: tuple[tuple[Figure, ...], ...]) -> Row:
    first = next(figure for cell in cells for figure in cell)
    row = Row(first.topic, first.indicator, cells, first.unit)
    if len(cells) != 2 or not row.shared:
        return row
    pairs = [(one, other) for one in cells[0] for other in cells[1]]
    agreeing = [pair for pair in pairs if _obstacle(*pair) is None]
    if len(agreeing) != 1:
        obstacle = "several" if agreeing or len(pairs) > 1 else _obstacle(*pairs[0])
        return Row(first.topic, first.indicator, cells, first.unit, obstacle=obstacle)
    one, other = agreeing[0]
    relative = one.unit == quantities.PERCENT
    left, right = bounds(one), _converted(bounds(other), other.unit, one.unit)
    return Row(
        first.topic,
        first.indicator,
        cells,
        quantities.PERCENTAGE_POINT if relative else one.unit,
        difference=_difference(left, right),
        ratio=None if relative else _ratio(left, right),
    )


def _obstacle(one: Figure, other: Figure) -> str | None:
    """Name the first thing in which two figures disagree so that they don't subtract."""
    if quantities.dimension(one.unit) != quantities.dimension(other.unit):
        return "unit"
    for name in ("measure", "status", "scope", "period"):
        if getattr(one, name) != getattr(other, name):
            return name
    return None


def _difference(left: Range, right: Range) -> Range | None:
    """Subtract two ranges; None where not even its sign is known."""
    low = None if left.low is None or right.high is None else left.low - right.high
    high = None if left.high is None or right.low is None else left.high - right.low
    result = Range(low, high, left.approximate or right.approximate)
    known = (
        result.exact is not None or (low is not None and low >= 0) or (high is not None and high <= 0)
    )
    return result if known else None


def _ratio(left: Range, right: Range) -> Range | None:
    """Divide two ranges of positive numbers; None where an end is open or a divisor is zero."""
    if left.low is None or left.high is None or right.low is None or right.high is None:
        return None
    if left.low <= 0 or right.low <= 0:
        return None
    return Range(left.low / right.high, left.high / right.low, left.approximate or right.approximate)


def _converted(measured: Range, unit: str, target: str) -> Range:
    factor = quantities.convert(Decimal(1), unit, target)
    low, high = measured.low, measured.high
    return Range(
        None if low is None else low * factor,
        None if high is None else high * factor,
        measured.approximate,
    )


def _states_the_same(one: Figure, other: Figure) -> bool:
    names = ("value", "unit", "bound", "measure", "status", "period", "scope")
    return all(getattr(one, name) == getattr(other, name) for name in names)


def _first_town(row: Row) -> int:
    """Order what only one town says by town; what is shared comes before, by topic alone."""
    return 0 if row.shared else next(index for index, cell in enumerate(row.cells) if cell)


def size(figure: Figure) -> Fraction:
    """Give a figure's number in a unit that all figures of its dimension share."""
    base = "平方米" if quantities.dimension(figure.unit) == "area" else figure.unit
    return quantities.convert(figure.value, figure.unit, base)


def _last_place(value: Decimal) -> Fraction:
    """Give the worth of the last digit that is not zero: 10 for 130, 100000 for 3100000."""
    exponent = value.normalize().as_tuple().exponent
    return Fraction(10) ** int(exponent)
