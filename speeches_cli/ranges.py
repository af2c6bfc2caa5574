"""The numbers between which a quantity lies, and their differences and ratios."""

import re
from decimal import Decimal
from fractions import Fraction
from typing import NamedTuple

from speeches_cli import quantities, units
from speeches_cli.model import Figure

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


def bounds(figure: Figure) -> Range:
    """Say between which numbers, in base units, a figure lies."""
    return limits(figure.value, figure.bound, figure.as_written)


def limits(number: Decimal, bound: str, written: str) -> Range:
    """Say between which numbers a number with a bound lies.

    余 and 多 stay below the next unit of the last digit written: 130余 is 130 to 140, 20余万 200,000
    to 300,000, 20万余 200,000 to 210,000, and a sum is bounded part by part. 超, 以上 and 三分之一多
    have no upper end, 近 and 不足 no lower one; 约 is taken at its number and marked approximate.
    A negative number has its ends the other way round: 下降10余% is -20 to -10.
    """
    value = Fraction(number)
    if value < 0:
        low, high, *rest = limits(-number, quantities.mirrored(bound), written)
        return Range(None if high is None else -high, None if low is None else -low, *rest)
    if bound in (">", ">="):
        return Range(value, _ceiling(number, written), strict=bound == ">")
    if bound in ("<", "<="):
        return Range(None, value, strict=bound == "<")
    return Range(value, value, approximate=bound == "~")


def difference(left: Range, right: Range) -> Range | None:
    """Subtract two ranges; None where they don't say which town has more."""
    low = None if left.low is None or right.high is None else left.low - right.high
    high = None if left.high is None or right.low is None else left.high - right.low
    result = Range(low, high, left.approximate or right.approximate, left.strict or right.strict)
    apart = result.strict and not result.approximate  # 140 is more than 130余, if by as little as 0
    above = low is not None and (low > 0 or (low == 0 and apart))
    below = high is not None and (high < 0 or (high == 0 and apart))
    return result if above or below or result.exact is not None else None


def ratio(left: Range, right: Range) -> Range | None:
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


def converted(measured: Range, unit: str, target: str) -> Range:
    """Tell a range in another unit of the same dimension."""
    factor = units.convert(Decimal(1), unit, target)
    low, high = measured.low, measured.high
    return measured._replace(
        low=None if low is None else low * factor,
        high=None if high is None else high * factor,
    )


def _ceiling(number: Decimal, written: str) -> Fraction | None:
    """Give what a number with 余 or 多 stays below; None where a part of it has no upper end.

    The last digit is the last but zeros in 20余万, but in 20万余 and 20年多 the zero is one, too.
    """
    parts = re.sub("[,，]", "", written).split("+")
    if not all(("余" in part or "多" in part) and "分之" not in part for part in parts):
        return None
    return Fraction(number) + sum(map(_last_digit, parts))


def _last_digit(part: str) -> Fraction:
    """Give what one of the last digit written is worth: ten for 130余, ten thousand for 20万余."""
    exponent = int(quantities.read_one(part).value.normalize().as_tuple().exponent)
    zeros = _WRITTEN_ZEROS.search(part)
    return Fraction(10) ** (exponent - (len(zeros[1]) if zeros else 0))
