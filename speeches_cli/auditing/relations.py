"""Growth and shares that a text states beside the numbers they follow from, worked out again.

A relation is found only where the words leave no doubt which numbers belong together: a false alarm
is worse than a miss.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction
from math import inf
from typing import NamedTuple

from speeches_cli import chinese, quantities, units
from speeches_cli.quantities import Quantity
from speeches_cli.ranges import limits
from speeches_cli.units import PERCENT

_QUANTITY = r"\#\.*"
"""A quantity is masked by `#` and a point for each of its other characters."""
_WORD = r"[^\#.，,、；：:（）()]"
_UP = "增长|增加|提升|提高|上升|上涨|扩大|增幅|增速|涨幅|增|升"
_DOWN = "减少|下降|降低|下跌|压减|缩减|降幅|减|降"
_REACHED = f"(?: {_UP} | {_DOWN} | 发展 | 壮大 ) (?: 到 | 至 | 为 ) 了?"
_SINCE = "(?: 同比 | [比较](?: 上年 | 去年 ) (?: 同期 )? | 净 )*"
_IS = "(?: 了 | 为 | 达到? )?"
_CHANGE = rf"(?P<result> (?: {_UP} | (?P<down> {_DOWN} ) ) {_IS} (?P<stated> {_QUANTITY} ) )"
_PATTERNS = [
    re.compile(each, re.VERBOSE)
    for each in (
        # 由去年的3584家增加到4480家，净增896家，增长25%
        rf"""(?P<basis> [由从] {_WORD}{{0,12}}? (?P<other> {_QUANTITY} ) {_WORD}{{0,8}}? {_REACHED}
            {_WORD}{{0,6}}? (?P<one> {_QUANTITY} ) ) [，,（(]?
            (?: {_SINCE} (?: {_UP} | {_DOWN} ) {_IS} {_QUANTITY} [，,、] )? {_SINCE} {_CHANGE}""",
        # 达到4480家，比去年的3584家增长25%
        rf"""(?P<basis> (?P<one> {_QUANTITY} ) [，,]? [比较] {_WORD}{{1,8}}?
            (?P<other> {_QUANTITY} ) ) {_SINCE} {_CHANGE}""",
        # 完成9.5亿元，占年计划12亿元的79.17%
        rf"""(?P<basis> (?P<one> {_QUANTITY} ) {_WORD}{{0,8}} [，,]?
            (?: 占 | 完成 | 达到? | 为 | 是 | 相当于 ) {_WORD}{{0,10}}? (?P<other> {_QUANTITY} ) )
            {_WORD}{{0,4}}? (?P<result> 的 (?: 比[例重] )? {_IS} (?P<stated> {_QUANTITY} ) )""",
        # 党员120名，其中女党员30名，占25%
        rf"""(?P<basis> (?P<other> {_QUANTITY} ) {_WORD}{{0,8}} [，,：:（(] 其中 {_WORD}{{0,12}}
            (?P<one> {_QUANTITY} ) {_WORD}{{0,8}} ) [，,（(]
            (?P<result> 占 (?: 比 | 总数的 )? {_IS} (?P<stated> {_QUANTITY} ) )""",
    )
]
_SENTENCE = re.compile(f"[^{chinese.STATEMENT_END}]+")
_SCALED = re.compile("[十百千万亿]")


class Relation(NamedTuple):
    """A percentage of the text, and what it comes to when it is worked out from numbers beside it."""

    kind: str  # `growth` or `share`
    basis: str  # the words from which it is worked out
    stated: str  # the words that state it
    result: Decimal  # what it comes to, in `unit`
    unit: str
    agrees: bool  # whether both can be true, as far as rounding and bounds like 余 allow


def find(text: str) -> Iterator[Relation]:
    """Find the growth and the shares that a paragraph states beside what they are worked out from."""
    for sentence in _SENTENCE.finditer(text):
        stated = {each.start: each for each in quantities.find(sentence[0], falls=False)}
        if len(stated) > 2:
            masked = list(sentence[0].replace("#", "＃"))
            for start, each in stated.items():
                masked[start : each.end] = "#" + "." * (each.end - start - 1)
            for match in (found for each in _PATTERNS for found in each.finditer("".join(masked))):
                if relation := _relation(sentence[0], match, stated):
                    yield relation


def interval(quantity: Quantity) -> tuple[Fraction | float, Fraction | float]:
    """Give the least and the greatest number that a quantity may stand for.

    A number stands for all that round to it: 9.5亿 for 9.45亿 to 9.55亿; a count without 万 or the like
    is exact. 约 allows for a whole unit of the last digit that isn't zero: 约1700米 is 1600 to 1800.
    余, 以上 and the like are as `ranges.limits` has them.
    """
    found = limits(quantity.value, quantity.bound, quantity.text)
    scaled = _SCALED.search(quantity.text)
    if not found.approximate and (
        found.exact is None or (units.is_counted(quantity.unit) and not scaled)
    ):
        return Fraction(0) if found.low == -inf else found.low, found.high
    rounded = quantity.value.normalize() if found.approximate or scaled else quantity.value
    margin = Fraction(10) ** int(rounded.as_tuple().exponent) / (1 if found.approximate else 2)
    return Fraction(quantity.value) - margin, Fraction(quantity.value) + margin


def _relation(text: str, match: re.Match[str], stated: dict[int, Quantity]) -> Relation | None:
    """Work out what the text states as a percentage; None where the numbers can't be meant for it."""
    groups = match.groupdict()
    is_growth = "down" in groups
    one, other, said = (stated[match.start(name)] for name in ("one", "other", "stated"))
    loosely = "成" in said.text or "分之" in said.text.replace("百分之", "")
    if said.unit != PERCENT or loosely or PERCENT in (one.unit, other.unit):
        return None
    least, greatest = interval(other)
    if least <= 0 or not _are_alike(one, other):
        return None
    sign, offset = -1 if groups.get("down") else 1, 1 if is_growth else 0
    low, high = (end * units.convert(Decimal(1), one.unit, other.unit) for end in interval(one))
    ends = sorted((sign * (low / greatest - offset) * 100, sign * (high / least - offset) * 100))
    told = interval(said)
    agrees = ends[0] <= told[1] and told[0] <= ends[1]
    earlier = [each for each in stated.values() if each.start < one.start][-1:]
    if not (is_growth or agrees or earlier in ([], [other])) and _are_alike(one, earlier[0]):
        return None  # 党员10名、干部5名，占总人数50名的30%
    exact = units.convert(one.value, one.unit, other.unit) / Fraction(other.value)
    places = max(-int(said.value.as_tuple().exponent), 1)
    result = Decimal(round(sign * (exact - offset) * 100 * 10**places)).scaleb(-places)
    basis, words = (text[slice(*match.span(name))] for name in ("basis", "result"))
    return Relation("growth" if is_growth else "share", basis, words, result, PERCENT, agrees)


def _are_alike(one: Quantity, other: Quantity) -> bool:
    """Tell whether quantities are of one kind; 件 and 家 both count, but not the same things."""
    if units.is_counted(one.unit):
        return one.unit == other.unit
    return units.dimension(one.unit) == units.dimension(other.unit)
