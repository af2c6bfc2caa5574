"""Figures as a reader wants to see them: one unit for a row, the bound as a sign, bars."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction

from speeches_cli import quantities
from speeches_cli.figures import Range
from speeches_cli.model import Figure

SIGNS = {"=": "", "~": "≈", ">": ">", ">=": "≥", "<": "<", "<=": "≤"}
_SCALES = {
    "米": ((1_000, "公里"),),
    "平方米": ((1_000_000, "平方公里"), (10_000, "万平方米")),
}
_EIGHTHS = " ▏▎▍▌▋▊▉"


@dataclass(frozen=True, slots=True)
class Scale:
    """A unit to show numbers in."""

    unit: str
    """The base unit it is told in."""
    factor: int
    """How many base units one of it is."""
    name: str


def scale(figures: Iterable[Figure]) -> Scale:
    """Choose the largest unit in which all figures of one dimension read as short numbers."""
    figures = tuple(figures)
    unit = figures[0].unit
    values = [quantities.convert(each.value, each.unit, unit) for each in figures]
    default = ((100_000_000, f"亿{unit}"), (10_000, f"万{unit}"))
    for factor, name in _SCALES.get(unit, default):
        if max(values) >= factor and all(_is_short(value / factor) for value in values):
            return Scale(unit, factor, name)
    return Scale(unit, 1, unit)


def number(value: Fraction, scale: Scale) -> str:
    """Write a number of base units in a display unit, to at most two decimals: 4.1万平方米."""
    return decimal(value / scale.factor) + scale.name


def decimal(value: Fraction) -> str:
    """Write a number to at most two decimals, without needless zeros."""
    text = f"{float(round(value, 2)):.2f}"
    return text.rstrip("0").rstrip(".")


def figure(shown: Figure, scale: Scale) -> str:
    """Write a figure in a display unit, with the sign of its bound; a count keeps its counter."""
    value = quantities.convert(shown.value, shown.unit, scale.unit)
    if scale.factor == 1 and value == shown.value:
        return SIGNS[shown.bound] + decimal(value) + shown.unit
    return SIGNS[shown.bound] + number(value, scale)


def size(shown: Figure, scale: Scale) -> Fraction:
    """Give a figure's number in the base unit of a scale."""
    return quantities.convert(shown.value, shown.unit, scale.unit)


def span(found: Range, scale: Scale) -> str:
    """Write how far apart two numbers are: 21个, ≈2.1万平方米, 60–80次, ≥3000万元."""
    sign = "≈" if found.approximate else ""
    low, high = (None if end is None else abs(end) for end in (found.low, found.high))
    if low is None or high is None:
        return f"≥{sign}{number(low or high or Fraction(0), scale)}"
    if low == high:
        return sign + number(low, scale)
    return f"{sign}{decimal(min(low, high) / scale.factor)}–{number(max(low, high), scale)}"


def times(found: Range) -> str:
    """Write a ratio of 1 or more: 1.5×, ≈1.5×, 1.9–2.3×."""
    sign = "≈" if found.approximate else ""
    low, high = decimal(found.low or Fraction(0)), decimal(found.high or Fraction(0))
    return f"{sign}{low}×" if low == high else f"{sign}{low}–{high}×"


def bar(share: Fraction, width: int) -> str:
    """Draw a bar: `share` of `width` cells, to an eighth of a cell, and never quite nothing."""
    eighths = max(1, round(share * width * 8))
    return "█" * (eighths // 8) + _EIGHTHS[eighths % 8].strip()


def balance(share: Fraction, width: int) -> str:
    """Draw the proportion of two numbers: high blocks for the first, low ones for the second."""
    first = min(width - 1, max(1, round(share * width)))
    return "▇" * first + "▁" * (width - first)


def _is_short(value: Fraction) -> bool:
    return value == round(value, 2)
