"""The units of quantities: their spellings and dimensions, and conversion within a dimension."""

import re
from collections.abc import Iterable
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache

PERCENT = "%"
PERCENTAGE_POINT = "百分点"

# Units of one dimension can be compared, units of two never; `|` parts dimensions, each of which is
# named by its first unit. What only counts is compared as 1 : 1 (410个隐患 and 63条隐患 are counted
# alike), but people are not households or visits, and sets (套) never as many as certificates (件).
_COUNTERS = (
    "个 条 项 件 家 处 座 间 部 份 支 栋 幢 块 辆 台 只 头 棵 株 本 所 门 类 种 批 组 队 宗 起 例 笔 "
    "篇 枚 幅 册 盏 口 艘 架 张 眼 羽"
    " | 套 | 人 名 位 | 户 | 人次 人/次=人次 | 次 场 场次 轮 轮次 批次 期 | 件次 | 家次 户次"
)
# Behind `=` stands how many of a base unit each of the others is; without a number they are spellings.
_MEASURES = (
    "元 人民币=元 元人民币=元 | 美元 | 吨 千克 公斤=1千克 克=1/1000千克 斤 担 | 千瓦 兆瓦=1000千瓦"
    " | 千瓦时 | 米 厘米=1/100米 公里=1000米 千米=1000米 | 立方米 | 方 | 平方米 ㎡=平方米 平米=平方米"
    " 公顷=10000平方米 平方公里=1000000平方米 平方千米=1000000平方米 亩"
    " | 岁 | 年 | 个月 | 天 | 工作日 个工作日=工作日 | 小时 个小时=小时 分钟"
    f" | 倍 | {PERCENT} ‰=1/10{PERCENT} | {PERCENTAGE_POINT} 个百分点={PERCENTAGE_POINT}"
)
Number = int | Fraction  # whole numbers stay such: to make fractions of them is half the work
UNITS: dict[str, tuple[str, Number, str]] = {
    written: (base or written, Fraction(factor) if "/" in factor else int(factor or 1), one.split()[0])
    for one in f"{_MEASURES} | {_COUNTERS}".split(" | ")
    for written, factor, base in re.findall(r"([^\s=]+)(?:=([\d/]*)(\S+))?", one)
}  # each unit as written: its base unit, how many base units it is, and its dimension
for _counter in "人件家户场轮批":
    UNITS[f"{_counter}（次）"] = UNITS[f"{_counter}(次)"] = UNITS[f"{_counter}次"]
# What base units of one dimension are in a unit that they share: 15 亩 are one hectare.
_COMMON = {"亩": Fraction(2000, 3), "斤": Fraction(1, 2)} | {"吨": 1000, "担": 50, "小时": 60}


def any_of(words: Iterable[str]) -> str:
    """Write the regular expression of one of the words, longest first: 千米 is no 千 and 米."""
    return "|".join(map(re.escape, sorted(words, key=len, reverse=True)))


def dimension(unit: str) -> str:
    """Name the dimension of a base unit; only units of one dimension can be compared."""
    return UNITS[unit][2]


def is_counted(unit: str) -> bool:
    """Tell whether a unit counts things (家, 户) rather than measures (亩, 元)."""
    return dimension(unit) in _COUNTERS.split()


def is_relative(unit: str) -> bool:
    """Tell whether a base unit is relative: %, 百分点, 倍."""
    return unit in (PERCENT, PERCENTAGE_POINT, "倍")


@lru_cache(maxsize=8192)  # what one figure is asked for, it is asked for several times
def convert(value: Decimal, unit: str, target: str) -> Fraction:
    """Convert a value exactly into another unit of the same dimension."""
    if unit == target:
        return Fraction(value)
    if dimension(unit) != dimension(target):
        raise ValueError(f"{unit} and {target} measure different things")
    worth = [UNITS[each][1] * _COMMON.get(UNITS[each][0], 1) for each in (unit, target)]
    return Fraction(value) * worth[0] / worth[1]


def counts_events(unit: str) -> bool:
    """Tell whether a unit counts events, which need a period (次, 人次, 件), rather than things."""
    return unit == "件" or dimension(unit) in ("人次", "次", "件次", "家次")
