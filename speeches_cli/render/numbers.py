"""Figures as text: one unit for a row, and the bound as a sign."""

from collections.abc import Iterable
from decimal import Decimal
from fractions import Fraction
from math import isfinite, isinf
from typing import NamedTuple

from speeches_cli import units
from speeches_cli.model import Figure
from speeches_cli.ranges import Range

_SIGNS = {"=": "", "~": "≈", ">": ">", ">=": "≥", "<": "<", "<=": "≤"}
_SCALES: dict[str, tuple[tuple[int, str], ...]] = {
    "米": ((1_000, "公里"),),
    "平方米": ((1_000_000, "平方公里"), (10_000, "万平方米")),
}
_SPOKEN = {units.PERCENTAGE_POINT: "个百分点"}


class Scale(NamedTuple):
    """A unit to show numbers in."""

    unit: str  # the base unit it is told in
    factor: int  # how many base units one of it is
    name: str


def scale(figures: Iterable[Figure]) -> Scale:
    """Choose the largest unit in which all figures of one dimension read as short numbers.

    These have at most two decimals and do not begin with 0.0.
    """
    figures = tuple(figures)
    unit = figures[0].unit
    values = [abs(units.convert(each.value, each.unit, unit)) for each in figures]
    default = () if units.is_relative(unit) else ((100_000_000, f"亿{unit}"), (10_000, f"万{unit}"))
    for factor, name in _SCALES.get(unit, default):
        told = (value / factor for value in values)
        if max(values) >= factor and all(
            each == round(each, 2) and not 0 < each < Fraction(1, 10) for each in told
        ):
            return Scale(unit, factor, name)
    return Scale(unit, 1, unit)


def decimal(value: Fraction) -> str:
    """Write a number to at most two decimals, or more where it would be 0, without needless zeros.

    A five that ends a number goes to the even digit (GB/T 8170-2008).
    """
    if value.denominator == 1:
        return str(value)
    places = 2
    while value and not round(value, places):
        places += 1
    rounded = round(value, places)
    return f"{Decimal(rounded.numerator) / rounded.denominator:f}"


def figure(shown: Figure, scale: Scale) -> str:
    """Write a figure in a display unit, with the sign of its bound; a count keeps its counter."""
    value, name = units.convert(shown.value, shown.unit, scale.unit), scale.name
    if shown.unit != scale.unit and value == shown.value:
        name = name.replace(scale.unit, shown.unit)
    told = value / scale.factor if scale.factor > 1 else value
    return _SIGNS[shown.bound] + decimal(told) + _SPOKEN.get(name, name)


def span(found: Range, scale: Scale) -> str:
    """Write how far apart two numbers are: 21个, ≈2.1万平方米, 60–80次, ≥3000万元, >20家."""
    ends = {abs(Fraction(end)) / scale.factor for end in (found.low, found.high) if isfinite(end)}
    written = list(dict.fromkeys(map(decimal, sorted(ends))))
    is_open = isinf(found.low) or isinf(found.high)
    sign = (">" if found.strict else "≥") if is_open else ""
    about = "≈" if found.approximate or len(written) < len(ends) else ""
    return sign + about + "–".join(written) + _SPOKEN.get(scale.name, scale.name)
