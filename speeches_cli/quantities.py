"""Chinese figure text → value, unit and bound; conversion between units of one dimension.

Number forms follow GB/T 15835-2011; 以上, 以下 and 以内 include the number, 超过 and 不满 do
not (Civil Code of the PRC, art. 1259).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from speeches_cli.errors import QuantityError
from speeches_cli.messages import _

PERCENT = "%"
PERCENTAGE_POINT = "百分点"
UNBOUNDED = "="


@dataclass(frozen=True, slots=True)
class Quantity:
    """A value in its base unit, its bound, and the half-open span `[start, end)` it was read from."""

    value: Decimal
    unit: str
    bound: str
    text: str
    start: int
    end: int


# Units of one dimension can be compared, units of two never. What only counts is compared as
# 1 : 1 (410个隐患 and 63条隐患 are counted alike), but people are not households or visits.
_COUNTERS = {
    "thing": "个 条 项 件 家 处 座 套 间 部 份 支 栋 幢 块 辆 台 只 头 棵 株 本 所 门 类 种 批 组 队 "
    "宗 起 例 笔 篇 枚 幅 册 盏 口 艘 架",
    "person": "人 名 位",
    "household": "户",
    "visit": "人次",
    "occasion": "次 场 场次 轮 轮次",
    "transaction": "件次",
    "enterprise visit": "家次 户次",
}
# written: (base unit, how many base units it is, dimension)
_SCALED = {
    "元": ("元", 1, "money"),
    "美元": ("美元", 1, "US dollars"),
    "米": ("米", 1, "length"),
    "公里": ("米", 1_000, "length"),
    "千米": ("米", 1_000, "length"),
    "平方米": ("平方米", 1, "area"),
    "平米": ("平方米", 1, "area"),
    "公顷": ("平方米", 10_000, "area"),
    "平方公里": ("平方米", 1_000_000, "area"),
    "平方千米": ("平方米", 1_000_000, "area"),
    "亩": ("亩", 1, "area"),
    "立方米": ("立方米", 1, "volume"),
    "方": ("方", 1, "平方米 or 立方米"),
    "吨": ("吨", 1, "mass"),
    "公斤": ("千克", 1, "kilograms"),
    "千克": ("千克", 1, "kilograms"),
    "斤": ("斤", 1, "jin"),
    "千瓦": ("千瓦", 1, "power"),
    "千瓦时": ("千瓦时", 1, "energy"),
    "年": ("年", 1, "years"),
    "个月": ("个月", 1, "months"),
    "天": ("天", 1, "days"),
    "小时": ("小时", 1, "hours"),
    "分钟": ("分钟", 1, "minutes"),
    "倍": ("倍", 1, "multiple"),
    PERCENT: (PERCENT, 1, "percent"),
    PERCENTAGE_POINT: (PERCENTAGE_POINT, 1, "percentage points"),
}
UNITS: dict[str, tuple[str, int, str]] = _SCALED | {
    unit: (unit, 1, dimension) for dimension, units in _COUNTERS.items() for unit in units.split()
}
_SPELLINGS = {"件（次）": "件次", "件(次)": "件次", "个百分点": PERCENTAGE_POINT, "㎡": "平方米"}
# What one unit of an area is in 平方米: 15 亩 are one hectare.
_COMMON: dict[str, Fraction] = {"亩": Fraction(10_000, 15)}

_BOUNDS = {
    "~": "大约 约为 约 左右 上下 来",
    ">": "超过 超 逾 突破 余 多",
    ">=": "不少于 不低于 至少 以上",
    "<": "将近 接近 近 不足 不到 不满",
    "<=": "不超过 不多于 至多 最多 以下 以内",
}
_BOUND_OF = {word: bound for bound, words in _BOUNDS.items() for word in words.split()}
_SCALES = {"十": 10, "百": 100, "千": 1_000, "万": 10_000, "亿": 100_000_000}
_DIGITS = {digit: value for value, digit in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}
_HAN_NUMBER = "[零〇一二两三四五六七八九十百千万亿]+"
_HALF_WIDTH = str.maketrans("０１２３４５６７８９．％", "0123456789.%")


def _any_of(words: list[str]) -> str:
    """Match one of the words, longest first: 千米 is no 千 and 米."""
    return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))


_BEFORE = _any_of(
    [w for b in _BOUNDS.values() for w in b.split() if w not in "余多来左右上下以上以下以内"]
)
_QUANTITY = re.compile(
    rf"""
    (?: (?<! [最附临邻靠签合预契节违履赶高] ) (?P<before> {_BEFORE} ) )?
    (?:
        (?P<whole> {_HAN_NUMBER} ) 分之 (?P<part> {_HAN_NUMBER} | \d+(?:\.\d+)? )
      | (?P<tenths> [1-9一二两三四五六七八九] ) 成 (?P<hundredths> [一二三四五六七八九半] )?
        (?! [功立为效果员本熟长都绩] )
      | (?P<number> (?: \d{{1,3}} (?: [,，] \d{{3}} )+ (?!\d) | \d+ ) (?: \.\d+ )? | {_HAN_NUMBER} )
        (?P<inside> [余多来] )?
        (?P<scale> (?: (?! 千米 | 千克 | 千瓦 | 百分点 ) [百千万亿] )* )
        (?P<rest> (?: \d+ (?: (?! 千米 | 千克 | 千瓦 ) [百千万亿] )+ )* )
        (?P<outside> [余多] )?
        (?P<unit> {_any_of([*UNITS, *_SPELLINGS])} ) (?! (?<= 年 ) 代 )
    )
    (?P<after> 以上 | 以下 | 以内 | 左右 | 上下 | 余 | 多 )?
    """,
    re.VERBOSE,
)
# Before a number, these make it no quantity of its own: 第3期, 5G, a decimal's tail, 3至5个.
_NO_START = re.compile(r"(?: [第A-Za-z] | \d[.,，]? | [\d十百千万亿个] [至到~～—–－-] )$", re.VERBOSE)
_YEARS = range(1900, 2100)


def find(text: str) -> list[Quantity]:
    """Find every quantity stated in a text, in order and without overlap.

    A numeral counts only with a unit known here. Ordinals, calendar years and decades, ranges,
    numbers glued to Latin letters and 一 before a counter (走出了一条路) are passed over.
    """
    found: list[Quantity] = []
    plain = text.translate(_HALF_WIDTH)
    position = 0
    while match := _QUANTITY.search(plain, position):
        begin = match.end("before") if match["before"] else match.start()
        if _NO_START.search(plain, max(0, begin - 3), begin) or _is_calendar_year(match):
            position = _after_number(plain, begin)
            continue
        quantity = _read(match, text)
        if quantity is None:
            position = _after_number(plain, match.start())
            continue
        found.append(quantity)
        position = match.end()
    return found


def read_one(text: str) -> Quantity:
    """Read the one quantity that a text states; QuantityError when it states none or several."""
    found = find(text)
    if not found:
        raise QuantityError(_("no quantity with a known unit stands in '{text}'").format(text=text))
    if len(found) > 1:
        listed = "、".join(quantity.text for quantity in found)
        message = _("'{text}' states {count} quantities ({listed}); cite one at a time")
        raise QuantityError(message.format(text=text, count=len(found), listed=listed))
    if found[0].bound == "":
        message = _("'{text}' limits its number in two ways; cite only one")
        raise QuantityError(message.format(text=found[0].text))
    return found[0]


def dimension(unit: str) -> str:
    """Name the dimension of a base unit; only units of one dimension can be compared."""
    return UNITS[unit][2]


def convert(value: Decimal, unit: str, target: str) -> Fraction:
    """Convert a value exactly into another unit of the same dimension.

    Raises QuantityError where the units measure different things (户 and 人次).
    """
    if dimension(unit) != dimension(target):
        message = _("{unit} and {target} measure different things")
        raise QuantityError(message.format(unit=unit, target=target))
    return Fraction(value) * _in_common(unit) / _in_common(target)


def _in_common(unit: str) -> Fraction:
    return _COMMON.get(unit, Fraction(UNITS[unit][1]))


def _after_number(plain: str, begin: int) -> int:
    number = re.compile(rf"[\d.,，]+|{_HAN_NUMBER}").match(plain, begin)
    return number.end() if number else begin + 1


def _is_calendar_year(match: re.Match[str]) -> bool:
    number = match["number"]
    bare = number is not None and match["unit"] == "年" and not (match["inside"] or match["scale"])
    return bare and number.isdigit() and int(number) in _YEARS


def _read(match: re.Match[str], text: str) -> Quantity | None:
    """Turn one match into a quantity; None where the Chinese numeral is none (三四, 一一)."""
    if match["whole"]:
        value, unit = _fraction(match["whole"], match["part"]), PERCENT
    elif match["tenths"]:
        extra = match["hundredths"]
        tail = 5 if extra == "半" else _digit(extra) if extra else 0
        value, unit = Decimal(_digit(match["tenths"]) * 10 + tail), PERCENT
    else:
        unit = _SPELLINGS.get(match["unit"], match["unit"])
        indefinite = match["number"] == "一" and match.end("unit") - match.start() == 1 + len(unit)
        value = None if indefinite else _value(match["number"], match["scale"], match["rest"])
    if value is None:
        return None
    base, factor, _dimension = UNITS[unit]
    return Quantity(
        value=_tidy(value * factor),
        unit=base,
        bound=_bound(match),
        text=text[match.start() : match.end()],
        start=match.start(),
        end=match.end(),
    )


def _digit(character: str) -> int:
    return int(character) if character.isdigit() else _DIGITS[character]


def _bound(match: re.Match[str]) -> str:
    """Name the one bound of a match; the empty string where its words disagree."""
    words = (match[group] for group in ("before", "inside", "outside", "after"))
    bounds = {_BOUND_OF[word] for word in words if word}
    return UNBOUNDED if not bounds else bounds.pop() if len(bounds) == 1 else ""


def _value(number: str, scale: str, rest: str) -> Decimal | None:
    if not number[0].isdigit():
        return _han_value(number + scale)
    total = _scaled(number.replace(",", "").replace("，", ""), scale)
    for digits, power in re.findall(r"(\d+)(\D+)", rest):
        total += _scaled(digits, power)
    return total


def _scaled(digits: str, scale: str) -> Decimal:
    value = Decimal(digits)
    for character in scale:
        value *= _SCALES[character]
    return value


def _han_value(numeral: str) -> Decimal | None:
    """Read a Chinese numeral, 两百三十 as 230; None where it is no well-formed one."""
    total = section = 0
    digit: int | None = None
    smallest = 10**12
    for character in numeral:
        if character in _DIGITS:
            if digit:
                return None
            digit = _DIGITS[character]
        elif (power := _SCALES[character]) >= 10_000:
            total = (total + section + (digit or 0)) * power
            section, digit, smallest = 0, None, power
            if total == 0:
                return None
        else:
            if power >= smallest or (digit is None and power > 10):
                return None
            section += (1 if digit is None else digit) * power
            digit, smallest = None, power
    return Decimal(total + section + (digit or 0))


def _fraction(whole: str, part: str) -> Decimal | None:
    """Read 三分之一 as a percentage, to four decimals where it does not end."""
    denominator = _han_value(whole) if whole not in _SCALES else Decimal(_SCALES[whole])
    numerator = Decimal(part) if part[0].isdigit() else _han_value(part)
    if not denominator or numerator is None:
        return None
    return round(numerator * 100 / denominator, 4)


def _tidy(value: Decimal) -> Decimal:
    """Drop an exponent and trailing zeros: 1.2E+9 and 45.00 become 1200000000 and 45."""
    whole = value.to_integral_value()
    return whole.quantize(Decimal(1)) if value == whole else value.normalize()
