"""Chinese figure text → value, unit and bound.

Number forms follow GB/T 15835-2011; 以上, 以下 and 以内 include the number, 超过 and 不满 do
not (Civil Code of the PRC, art. 1259).
"""

import re
from collections.abc import Iterable
from decimal import Decimal
from fractions import Fraction
from functools import cache
from typing import NamedTuple

from speeches_cli import units
from speeches_cli.errors import QuantityError
from speeches_cli.messages import _

UNBOUNDED = "="


class Quantity(NamedTuple):
    """A value in its base unit and the half-open span `[start, end)` it was read from."""

    value: Decimal
    unit: str
    bound: str
    """`=`, `~`, `>`, `>=`, `<` or `<=`; empty where its words disagree (近60余次)."""
    text: str
    start: int
    end: int


# Words before a number | words behind it.
_BOUNDS = {
    "~": "大约 约为 约 | 来 左右 上下",
    ">": "超过 超出 超 逾 突破 高于 大于 | 余 多",
    ">=": "不少于 不低于 不小于 至少 | 以上",
    "<": "将近 接近 近 不足 不到 不满 低于 少于 小于 |",
    "<=": "不超过 不多于 不高于 不大于 至多 最多 | 以下 以内",
}
_BOUND_OF = {word: bound for bound, words in _BOUNDS.items() for word in words.split()}
# Where the last character of another word, these bound nothing: 签约50家, 居民公约10条, 最近3天.
_NO_BOUND = {
    "约": "(?<! 规民 ) (?<! [签预节契违履续邀公] )",
    "近": "(?<! [最附临邻靠就贴走] )",
    "超": "(?<! [赶反] )",
}
_SCALES = {"亿": 100_000_000, "万": 10_000, "千": 1_000, "百": 100, "十": 10}
_DIGITS = {digit: value for value, digit in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}
_WIDE = "０１２３４５６７８９．％－−"
_HALF_WIDTH = str.maketrans(_WIDE, "0123456789.%--")
_ANY_WIDE = re.compile(f"[{_WIDE}]")
_LONGEST = 16  # characters; a longer literal is a serial number, not a figure


def _any_of(words: Iterable[str]) -> str:
    """Match one of the words, longest first: 千米 is no 千 and 米."""
    longest_first = sorted(words, key=len, reverse=True)
    return "|".join(_NO_BOUND.get(word, "") + re.escape(word) for word in longest_first)


def _written(*, counted: bool) -> str:
    """Match a unit that counts things, or one that measures."""
    spelled = {written: written for written in units.UNITS} | units.SPELLINGS
    return _any_of(each for each, unit in spelled.items() if units.is_counted(unit) is counted)


_ONES = "一二三四五六七八九"
_HAN = f"零〇两{_ONES}十百千万亿"
_GAP = r"[\x20\xa0\u2009\u3000]?"
_SCALE = "(?: (?! 千[米克瓦] | 百分点 ) [十百千万亿] )"
_LITERAL = r"(?: [0-9]{1,3} (?: [,，] [0-9]{3} )+ (?! [0-9] ) | [0-9]+ ) (?: \.[0-9]+ )?"
_WORD = rf"{_SCALE} | [零〇两{_ONES}] | (?<= [{_HAN}] ) 点 (?= [零〇{_ONES}] )"
_NUMBER = rf"(?> (?: {_LITERAL} | {_WORD} ) (?: (?<= [零〇百千万亿] ) {_LITERAL} | {_WORD} )* )"
_BEFORE_WORDS = [word for words in _BOUNDS.values() for word in words.split("|")[0].split()]
_FIRST = "".join({word[0] for word in _BEFORE_WORDS})
# What may follow 余, 多 and 半 behind a unit: anything else makes a word with them (多元, 半程).
_BREAK = r"(?= [^\w] | [的时以来后前内间] | \Z )"
_PATTERN = rf"""
(?= [{_FIRST}负0-9{_HAN}点-] ) # nothing else begins a quantity: most of a text is passed over so
(?: (?P<before> {_any_of(_BEFORE_WORDS)} ) {_GAP}
  | (?P<sign> (?<! [A-Za-z] ) - | (?<! [担肩背抱] ) 负 ) )?
# No ordinals, no tails of numbers, ranges and formulas, no 前3名, no 数十家 and 几十家
(?<! [第又0-9A-Za-z零〇十百千万亿] ) (?! (?<= [{_HAN}] ) [{_HAN}] )
(?<! [0-9][.,\x20\xa0\u2009+＋×/／:：∶] ) (?<! [0-9{_HAN}][点至到~～–—-] )
(?<! (?<! [目此之以提当日] ) 前 ) (?! (?<= [数几] ) [十百千万亿] (?! 分之 ) )
(?P<number> {_NUMBER} )
(?:
    分之 (?P<part> {_NUMBER} )
  | (?P<tenths> 成 (?P<hundredths> [{_ONES}半] )? )
    (?! [不功立为效果员本熟长都绩交型活人年品片套县分就群] )
  | {_GAP} (?P<inside> [余多来] )? {_GAP} (?P<scale> {_SCALE}* ) {_GAP}
    # Words that begin like a unit, and 三方 (parties)
    (?! 年[代级] | 部[门委队分署] | 场[所地馆] | 支[部持付撑] | 方[面向式法案便位] | 个亿 | 组织
      | 队伍 | 类[型别] | (?<= [十两{_ONES}] ) 方 )
    (?: (?P<measured> {_written(counted=False)} ) (?: (?P<late> [余多半] ) {_BREAK} )?
      | 个 (?P<amid> [余多半] ) (?P<span> 月 | 小时 ) | (?P<counted> {_written(counted=True)} ) )
)
(?P<after> 以上 | 以下 | 以内 | 左右 (?! [两岸] ) | 上下 {_BREAK} )?
(?P<range> {_GAP} (?: 至 | [~～–-] | —(?!—) | 到 (?= [0-9.{_HAN}\x20]+
    (?: (?P=measured) | (?P=counted) ) ) ) {_GAP} [0-9{_HAN}] )?
"""


@cache
def _pattern() -> re.Pattern[str]:
    """Compile the pattern when a text is first read: it is large, and most commands read none."""
    return re.compile(_PATTERN, re.VERBOSE)


def find(text: str) -> list[Quantity]:
    """Find every quantity stated in a text, in order and without overlap.

    A numeral counts only with a unit known here. Ordinals, calendar years and decades, ranges,
    numbers glued to Latin letters and 一 before a unit (走出了一条路) are passed over.
    """
    narrow = text.translate(_HALF_WIDTH) if _ANY_WIDE.search(text) else text
    matches = _pattern().finditer(narrow)
    return [found for match in matches if not match["range"] and (found := _read(match, text))]


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


def _read(match: re.Match[str], text: str) -> Quantity | None:
    """Turn one match into a quantity; None where it is none (三四个, 2023年, 一条)."""
    bound = _bound(match)
    if match["part"] or match["tenths"]:
        value, unit = _share(match), units.PERCENT
    else:
        written = match["measured"] or match["counted"] or f"个{match['span']}"
        unit = units.SPELLINGS.get(written, written)
        value = _amount(match, unit, bare=bound != UNBOUNDED)
    if value is None:
        return None
    base, factor, _dimension = units.UNITS[unit]
    signed = match["sign"] and not match["counted"]  # -3家 is a dash and 3家
    start = match.start() if signed or not match["sign"] else match.end("sign")
    value *= -factor if signed else factor
    exact = Decimal(value.numerator)
    if value.denominator > 1:
        exact /= value.denominator
    return Quantity(exact, base, bound, text[start : match.end()], start, match.end())


def _bound(match: re.Match[str]) -> str:
    """Name the one bound of a match; the empty string where its words disagree."""
    words = match.group("before", "inside", "late", "amid", "after")
    bounds = {_BOUND_OF[word] for word in words if word and word != "半"}
    return UNBOUNDED if not bounds else bounds.pop() if len(bounds) == 1 else ""


def _amount(match: re.Match[str], unit: str, *, bare: bool) -> units.Number | None:
    """Give a number in its unit as written; None where it is no number or counts nothing.

    With `bare` a multiplier needs no digit: 百余家, but not 百家.
    """
    written = match["number"] + match["scale"]
    if (value := _numeral(written, bare=bare)) is None:
        return None
    half = "半" in (match["late"], match["amid"])
    indefinite = written == "一" and not (bare or half or unit.startswith("千"))
    calendar = unit == "年" and not bare and written.isdecimal() and 1900 <= value < 2100
    time_of_day = match["counted"] and "点" in written and value.denominator > 1
    if indefinite or calendar or time_of_day:
        return None
    return value + Fraction(1, 2) if half else value


def _share(match: re.Match[str]) -> units.Number | None:
    """Read 三分之一, 百分之五, 三成, 2.5成, 七成六 and 三成半 as percentages.

    A fraction that does not end is rounded to four decimals.
    """
    number = _numeral(match["number"], bare=match["tenths"] is None)
    if match["tenths"]:
        extra = 5 if match["hundredths"] == "半" else _DIGITS[match["hundredths"] or "零"]
        return None if number is None else number * 10 + extra
    part = _numeral(match["part"], bare=True)
    return round(Fraction(part * 100) / number, 4) if number and part is not None else None


def _numeral(text: str, *, bare: bool = False) -> units.Number | None:
    """Read 230, 4.78万, 1亿2000万, 两百三十, 一万三 or 三点五; None where it is none (三四).

    With `bare` a multiplier that begins a numeral needs no digit: 百, 千万.
    """
    literal = text.replace(",", "").replace("，", "")
    if literal.replace(".", "").isdecimal():
        number = Fraction if "." in literal else int
        return number(literal) if len(literal) <= _LONGEST else None
    if text in _DIGITS:
        return _DIGITS[text]
    whole, point, decimals = text.partition("点")
    if point and all(each in _DIGITS for each in decimals):
        value = _numeral(whole, bare=bare)
        digits = "".join(str(_DIGITS[each]) for each in decimals[:_LONGEST])
        return None if value is None else value + Fraction(f"0.{digits}")
    scale = next((each for each in _SCALES if each in text), None)
    if scale is None:
        return None
    left, _scale, right = text.rpartition(scale)
    times, rest = _multiplier(left, scale, bare=bare), _remainder(right, _SCALES[scale])
    return None if times is None or rest is None else times * _SCALES[scale] + rest


def _multiplier(left: str, scale: str, *, bare: bool) -> units.Number | None:
    """Read what stands before a 十, 百, 千, 万 or 亿: one digit, or before 万 and 亿 any numeral."""
    if not left:
        return 1 if bare or scale == "十" else None
    if scale in "万亿":
        return None if scale in left[:-1] else _numeral(left, bare=bare)
    return None if "点" in left or any(each in left for each in _SCALES) else _numeral(left)


def _remainder(right: str, power: int) -> units.Number | None:
    """Read what follows a multiplier: 两百三十, 一千零五, 3万5000, and 一万三, where 三 is 三千."""
    stripped = right.lstrip("零〇")
    value = _numeral(stripped) if stripped else None if right else 0
    if value is None or value >= power:
        return None
    if len(right) == 1 and right != "十":
        return value * power // 10
    complete = right.isdecimal() and 10 ** len(right) == power
    spoken = stripped != right or any(each in right for each in _SCALES)
    return value if complete or spoken or not right else None
