"""A quantity → the numbers that it may stand for, given how it is written."""

from __future__ import annotations

import re
import unicodedata
from fractions import Fraction

from speeches_cli import units
from speeches_cli.quantities import Quantity
from speeches_cli.ranges import Range, limits

_SCALED = re.compile("[十百千万亿]")
_LITERAL = re.compile(r"([0-9]+)(?:\.([0-9]+))?")


def interval(quantity: Quantity) -> Range:
    """Say between which numbers a quantity lies, both of them included.

    A number stands for all that round to it: 9.5亿 for 9.45亿 to 9.55亿. What is counted out is exact
    (3584家), with 万 it isn't. 约 allows for a whole unit of the last digit that isn't zero: 约1700米
    is 1600 to 1800. 余, 以上 and the like are as `ranges.limits` has them.
    """
    found = limits(quantity.value, quantity.bound, quantity.text)
    if found.approximate:
        margin = Fraction(10) ** int(quantity.value.normalize().as_tuple().exponent)
    elif found.exact is None or (units.is_counted(quantity.unit) and not _SCALED.search(quantity.text)):
        return found
    else:
        margin = _last_digit(quantity) / 2
    return Range(Fraction(quantity.value) - margin, Fraction(quantity.value) + margin)


def decimals(quantity: Quantity) -> int:
    """Count the decimals with which a quantity is written."""
    literal = _LITERAL.search(_plain(quantity))
    return len(literal[2] or "") if literal else 0


def _last_digit(quantity: Quantity) -> Fraction:
    """Say what one of the last digit written is worth; of Chinese numerals, of the last but zeros."""
    literals = list(_LITERAL.finditer(_plain(quantity)))
    if len(literals) == 1 and (written := Fraction(literals[0][0])):
        return Fraction(quantity.value) / written * Fraction(1, 10 ** decimals(quantity))
    return Fraction(10) ** int(quantity.value.normalize().as_tuple().exponent)


def _plain(quantity: Quantity) -> str:
    return unicodedata.normalize("NFKC", quantity.text).replace(",", "")
