"""What a sentence states twice, once as a result: growth and shares, recomputed with rounding.

A relation is found only where the words leave no doubt which numbers belong together: a false alarm
is worse than a miss.
"""

import re
from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction
from math import inf
from typing import NamedTuple

from speeches_cli import units
from speeches_cli.auditing import rounding
from speeches_cli.auditing.sentences import QUANTITY, WORD, Sentence
from speeches_cli.quantities import Quantity
from speeches_cli.units import PERCENT, PERCENTAGE_POINT

Ends = tuple[Fraction | float, Fraction | float]
"""The least and the greatest number, both included; infinite where there is no end."""

_UP = "增长|增加|提升|提高|上升|上涨|扩大|增幅|增速|涨幅|增|升"
_DOWN = "减少|下降|降低|下跌|压减|缩减|降幅|减|降"
_REACHED = f"(?: {_UP} | {_DOWN} | 发展 | 壮大 ) (?: 到 | 至 | 为 ) 了?"
_SINCE = "(?: 同比 | [比较](?: 上年 | 去年 ) (?: 同期 )? | 净 )*"
_IS = "(?: 了 | 为 | 达到? )?"
_CHANGE = rf"(?P<result> (?: {_UP} | (?P<down> {_DOWN} ) ) {_IS} (?P<stated> {QUANTITY} ) )"


def _compiled(*patterns: str) -> list[re.Pattern[str]]:
    return [re.compile(each, re.VERBOSE) for each in patterns]


_GROWTH = _compiled(
    # 由去年的3584家增加到4480家，增长25%
    rf"""(?P<basis> [由从] {WORD}{{0,12}}? (?P<before> {QUANTITY} ) {WORD}{{0,8}}? {_REACHED}
        {WORD}{{0,6}}? (?P<after> {QUANTITY} ) ) [，,（(]? {_SINCE} {_CHANGE}""",
    # 由3584家增加到4480家，净增896家，增长25%
    rf"""(?P<basis> [由从] {WORD}{{0,12}}? (?P<before> {QUANTITY} ) {WORD}{{0,8}}? {_REACHED}
        {WORD}{{0,6}}? (?P<after> {QUANTITY} ) ) [，,] {_SINCE} (?: {_UP} | {_DOWN} ) {_IS} {QUANTITY}
        [，,、] {_SINCE} {_CHANGE}""",
    # 达到4480家，比去年的3584家增长25%
    rf"""(?P<basis> (?P<after> {QUANTITY} ) [，,]? [比较] {WORD}{{1,8}}? (?P<before> {QUANTITY} ) )
        {_SINCE} {_CHANGE}""",
)
_SHARE = _compiled(
    # 完成9.5亿元，占年计划12亿元的79.17%
    rf"""(?P<basis> (?P<part> {QUANTITY} ) {WORD}{{0,8}} [，,]?
        (?: 占 | 完成 | 达到? | 为 | 是 | 相当于 ) {WORD}{{0,10}}? (?P<whole> {QUANTITY} ) )
        {WORD}{{0,4}}? (?P<result> 的 (?: 比[例重] )? {_IS} (?P<stated> {QUANTITY} ) )""",
    # 党员120名，其中女党员30名，占25%
    rf"""(?P<basis> (?P<whole> {QUANTITY} ) {WORD}{{0,8}} [，,：:（(] 其中 {WORD}{{0,12}}
        (?P<part> {QUANTITY} ) {WORD}{{0,8}} ) [，,（(]
        (?P<result> 占 (?: 比 | 总数的 )? {_IS} (?P<stated> {QUANTITY} ) )""",
    # 受理诉求120件，办结90件，办结率75%
    rf"""(?P<basis> (?P<whole> {QUANTITY} ) [，,] {WORD}{{0,4}}? (?P<verb> [一-龥]{{2}} ) 了?
        (?P<part> {QUANTITY} ) ) [，,]
        (?P<result> (?P=verb) 率 {_IS} (?P<stated> {QUANTITY} ) )""",
)


class Relation(NamedTuple):
    """A number of the text, and what it comes to when it is worked out from others beside it."""

    kind: str
    """`growth`, `difference`, `share` or `sum`."""
    basis: str
    """The words from which it is worked out."""
    stated: str
    """The words that state it."""
    result: Decimal
    """What it comes to, in `unit`."""
    unit: str
    agrees: bool
    """Whether both can be true, as far as rounding and bounds like 余 allow."""


def find(sentence: Sentence) -> Iterator[Relation]:
    """Find the growth and the shares that a sentence states beside what they are worked out from."""
    for read, patterns in ((_growth, _GROWTH), (_share, _SHARE)):
        for pattern in patterns:
            for match in pattern.finditer(sentence.masked):
                if relation := read(sentence, match):
                    yield relation


def ends(quantity: Quantity, unit: str) -> Ends:
    """Say between which numbers of a unit a quantity lies; what has no lower end begins at zero."""
    found = rounding.interval(quantity)
    low: Fraction | float = Fraction(0) if found.low is None else found.low
    high = inf if found.high is None else found.high
    if quantity.unit == unit:
        return low, high
    factor = units.convert(Decimal(1), quantity.unit, unit)
    return low * factor, high * factor


def overlap(one: Ends, other: Ends) -> bool:
    """Tell whether one number can lie in both."""
    return one[0] <= other[1] and other[0] <= one[1]


def is_alike(one: Quantity, other: Quantity) -> bool:
    """Tell whether two quantities are of one kind; 件 and 家 both count, but not the same things."""
    if units.is_counted(one.unit):
        return one.unit == other.unit
    return units.dimension(one.unit) == units.dimension(other.unit)


def _growth(sentence: Sentence, match: re.Match[str]) -> Relation | None:
    before, after, stated = (sentence.at(match.start(name)) for name in ("before", "after", "stated"))
    relative = (_is_percentage(stated) or stated.unit == "倍") and before.unit != PERCENT
    whole = 100 if stated.unit == PERCENT else 1
    points = stated.unit == PERCENTAGE_POINT and before.unit == PERCENT
    if not is_alike(before, after) or not (relative or points or is_alike(before, stated)):
        return None
    if stated.unit == PERCENT and not relative:  # 由30%提高到40%，提高10%: of what?
        return None
    unit = before.unit if relative or points else stated.unit
    old, new = ends(before, unit), ends(after, unit)
    sign = -1 if match["down"] else 1
    if not relative:
        result = _exact(after, unit) - _exact(before, unit)
        reached = _sorted(sign * (new[0] - old[1]), sign * (new[1] - old[0]))
    elif old[0] > 0:
        result = (_exact(after, unit) / _exact(before, unit) - 1) * whole
        reached = _sorted(sign * (new[0] / old[1] - 1) * whole, sign * (new[1] / old[0] - 1) * whole)
    else:
        return None
    return Relation(
        kind="growth" if relative else "difference",
        basis=sentence.text[slice(*match.span("basis"))],
        stated=sentence.text[slice(*match.span("result"))],
        result=_rounded(sign * result, stated, relative=relative),
        unit=stated.unit,
        agrees=overlap(reached, ends(stated, stated.unit)),
    )


def _share(sentence: Sentence, match: re.Match[str]) -> Relation | None:
    part, whole, stated = (sentence.at(match.start(name)) for name in ("part", "whole", "stated"))
    if not _is_percentage(stated) or not is_alike(part, whole) or PERCENT in (part.unit, whole.unit):
        return None
    of = ends(whole, whole.unit)
    if of[0] <= 0:
        return None
    said = ends(stated, PERCENT)
    reached = [
        (low / of[1] * 100, high / of[0] * 100) for low, high in _sums_up_to(part, sentence, whole.unit)
    ]
    return Relation(
        kind="share",
        basis=sentence.text[slice(*match.span("basis"))],
        stated=sentence.text[slice(*match.span("result"))],
        result=_rounded(
            _exact(part, whole.unit) / _exact(whole, whole.unit) * 100, stated, relative=True
        ),
        unit=PERCENT,
        agrees=any(overlap(each, said) for each in reached),
    )


def _sums_up_to(part: Quantity, sentence: Sentence, unit: str) -> Iterator[Ends]:
    """Yield a quantity, then with those before it, for all of which a share may be meant."""
    low: Fraction | float = 0
    high: Fraction | float = 0
    for each in (part, *reversed(sentence.before(part.start))):
        if not is_alike(each, part):
            break
        more = ends(each, unit)
        low, high = low + more[0], high + more[1]
        yield low, high


def _is_percentage(quantity: Quantity) -> bool:
    """Tell a percentage from 三分之一 and 三成, which are said of what is nearly so."""
    loose = "成" in quantity.text or "分之" in quantity.text.replace("百分之", "")
    return quantity.unit == PERCENT and not loose


def _exact(quantity: Quantity, unit: str) -> Fraction:
    return units.convert(quantity.value, quantity.unit, unit)


def _sorted(one: Fraction | float, other: Fraction | float) -> Ends:
    return min(one, other), max(one, other)


def _rounded(value: Fraction, stated: Quantity, *, relative: bool) -> Decimal:
    """Write a percentage with the decimals of the stated one, but at least one; others exactly."""
    if not relative:
        return Decimal(value.numerator) / Decimal(value.denominator)
    places = max(rounding.decimals(stated), 1)
    return Decimal(round(value * 10**places)).scaleb(-places)
