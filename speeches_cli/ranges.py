"""The numbers between which a quantity lies, and their differences and ratios."""

import re
from decimal import Decimal
from fractions import Fraction
from math import inf
from typing import NamedTuple

from speeches_cli import quantities, units
from speeches_cli.model import Figure


class Range(NamedTuple):
    """The numbers between two ends; an open end is infinite. `approximate` marks a 约 in it."""

    low: Fraction | float
    high: Fraction | float
    approximate: bool = False
    strict: bool = False  # whether the ends themselves are left out: 130余 is neither 130 nor 140

    @property
    def exact(self) -> Fraction | None:
        """The one number, where it is one."""
        return Fraction(self.low) if self.low == self.high else None

    @property
    def inverse(self) -> "Range":
        """One by a range that has both ends and only positive numbers."""
        return self._replace(low=1 / self.high, high=1 / self.low)


def bounds(figure: Figure, unit: str) -> Range:
    """Say between which numbers of a unit a figure lies."""
    factor = units.convert(Decimal(1), figure.unit, unit)
    found = limits(figure.value, figure.bound, figure.as_written)
    return found._replace(low=found.low * factor, high=found.high * factor)


def limits(number: Decimal, bound: str, written: str) -> Range:
    """Say between which numbers a number with a bound lies.

    余 and 多 stay below the next unit of the last digit written: 130余 is 130 to 140, 20余万 200,000
    to 300,000, 20万余 200,000 to 210,000, and a sum is bounded part by part. 超, 以上 and 三分之一多
    have no upper end, 近 and 不足 no lower one; 约 is taken at its number and marked approximate.
    A negative number has its ends the other way round: 下降10余% is -20 to -10.
    """
    if number < 0:
        found = limits(-number, quantities.mirrored(bound), written)
        return found._replace(low=-found.high, high=-found.low)
    value, strict = Fraction(number), bound in (">", "<")
    if bound in (">", ">="):
        return Range(value, _ceiling(value, written), strict=strict)
    return Range(-inf if bound in ("<", "<=") else value, value, bound == "~", strict)


def difference(left: Range, right: Range) -> Range | None:
    """Subtract two ranges; None where they don't say which town has more."""
    result = _made(left, right, left.low - right.high, left.high - right.low)
    apart = result.strict and not result.approximate  # 140 is more than 130余, if by as little as 0
    known = result.low > 0 or result.high < 0 or (apart and 0 in (result.low, result.high))
    return result if known or result.exact is not None else None


def ratio(left: Range, right: Range) -> Range | None:
    """Divide two ranges of positive numbers; None where an end is missing or a number is zero."""
    if inf in (left.high, right.high) or left.low <= 0 or right.low <= 0:
        return None
    return _made(left, right, left.low / right.high, left.high / right.low)


def _made(left: Range, right: Range, low: Fraction | float, high: Fraction | float) -> Range:
    return Range(low, high, left.approximate or right.approximate, left.strict or right.strict)


def _ceiling(value: Fraction, written: str) -> Fraction | float:
    """Give what a number with 余 or 多 stays below; infinite where a part of it has no upper end.

    The last digit is the last but zeros in 20余万, but in 20万余 and 20年多 the zero is one, too.
    """
    for part in re.sub("[,，]", "", written).split("+"):
        if not re.search("[余多]", part) or "分之" in part:
            return inf
        last = int(quantities.read_one(part).value.normalize().as_tuple().exponent)
        zeros = re.search(r"([0０]+|十)\s*[^\W\d余多]+[余多]", part)  # 20万余, but not 20余万
        value += Fraction(10) ** (last - (len(zeros[1]) if zeros else 0))
    return value
