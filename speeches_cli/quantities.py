"""Chinese figure text → value, unit and bound.

Forms of numbers follow GB/T 15835-2011, which writes an amount between two numbers with both
(三四十户; older texts 三、四十户) and an unknown one with 余, 多, 几 or 数. 以上, 以下 and 以内 include
the number, 超过 and 不满 do not (Civil Code of the PRC, art. 1259).
"""

import re
from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction
from typing import NamedTuple

from speeches_cli import numerals, units
from speeches_cli.chinese import STATEMENT_END
from speeches_cli.errors import SpeechesError
from speeches_cli.messages import _


class Quantity(NamedTuple):
    """A value in its base unit and the half-open span `[start, end)` it was read from."""

    value: Decimal  # negative behind -, 负 or a word for a fall: 下降30.8%, but not 下降到30.8%
    unit: str
    bound: str  # `=`, `~`, `>`, `>=`, `<` or `<=` of `value`; empty where its words disagree (近60余次)
    text: str
    start: int
    end: int
    fall: str = ""  # the word for a fall directly before `text`: 下降, 减少了


# Words before a number | words behind it.
_BOUNDS = {
    "~": "大约 约为 约 | 来 左右 上下",
    ">": "超过 超出 超 过 逾 突破 高于 大于 | 余 多",
    ">=": "不少于 不低于 不小于 至少 | 以上",
    "<": "将近 接近 近 不足 不到 不满 低于 少于 小于 |",
    "<=": "不超过 不多于 不高于 不大于 至多 最多 | 以下 以内 之内 内",
}
_BOUND_OF = {word: bound for bound, words in _BOUNDS.items() for word in words.split()}
# Where the last character of another word, these bound nothing: 签约50家, 居民公约10条, 就近3个, and
# 过 seldom bounds: 产值过10亿元, but 通过3项, 召开过3次.
_NO_BOUND = {
    "约": "(?<! 规民 ) (?<! [签预节契违履续邀公] )",
    "近": "(?<! [最附临邻靠就贴走] )",
    "超": "(?<! [赶反] )",
    "过": f"(?: \\A | (?<= [，。；：、已均将可望值额量入资] ) ) (?= 过 [0-9两{numerals.ONES}] )",
}
_FALL = re.compile(
    "(?:下降|降低|减少|压缩|压减|缩减|缩短|下滑|下跌|回落|负增长|(?<=[同环]比)[降减跌])了?[\\x20\u3000]?$"
)
# Behind these, and between 近 and 来, so many years, months or days are a stretch of the calendar.
_PERIODS = ("最近", "过去", "未来", "今后", "此后", "往后", "连续")
_LASTING = ("时", "达", "了", "已", "历", "有", "经")  # but 历时近3年, 有近3年 say how long
_CHEQUE = "".join(map(chr, numerals.CHEQUE))
_UNUSUAL = re.compile(f"[０-９．％－−○]|[{_CHEQUE}零万亿]{{2,40}}+(?=元)")  # 陆家 is a name
_USUAL = str.maketrans("０１２３４５６７８９．％－−○", "0123456789.%--〇") | numerals.CHEQUE
_COUNTED = units.any_of(each for each in units.UNITS if units.is_counted(each))
_MEASURED = units.any_of(each for each in units.UNITS if not units.is_counted(each))
_HAN = f"零〇两{numerals.ONES}十廿卅百千万亿"
_GAP = r"[\x20\xa0\u2009\u3000]?"
_SCALE = "(?: (?! 千[米克瓦] | 百分点 ) [十百千万亿] )"
_LITERAL = r"(?: [0-9]{1,3} (?: [,，] [0-9]{3} )+ (?! [0-9] ) | [0-9]+ ) (?: \.[0-9]+ )?"
_WORD = rf"{_SCALE} | [零〇两廿卅{numerals.ONES}] | (?<= [{_HAN}] ) 点 (?= [零〇{numerals.ONES}] )"
_NUMBER = rf"(?> (?: {_LITERAL} | {_WORD} ) (?: (?<= [零〇百千万亿] ) {_LITERAL} | {_WORD} )* )"
_DIGIT = f"[0-9两{numerals.ONES}]"
_PAIRS = [*zip(numerals.ONES, numerals.ONES[1:], strict=False), *("两三", "一两", "三五")]
_BEFORE_WORDS = [word for words in _BOUNDS.values() for word in words.split("|")[0].split()]
_BEFORE = "|".join(
    _NO_BOUND.get(word, "") + re.escape(word) for word in sorted(_BEFORE_WORDS, key=len, reverse=True)
)
_FIRST = "".join({word[0] for word in _BEFORE_WORDS})
# What may follow 余, 多 and 半 behind a unit: anything else makes a word with them (多元, 半程).
_BREAK = r"(?= [^\w] | [的时以来后前内间] | \Z )"
_PATTERN = rf"""
(?= [{_FIRST}负0-9{_HAN}-] ) # nothing else begins a quantity: most of a text is passed over so
(?: (?P<before> {_BEFORE} ) {_GAP}
  | (?P<sign> (?<! [A-Za-z] ) - | (?<! [担肩背抱] ) 负 ) )?
# No ordinals, no tails of numbers, ranges and formulas, no 前3名, no 数十家 and 几十家
(?<! [第又0-9零〇十百千万亿] ) (?: (?<! [A-Za-z] ) | (?<= GDP ) ) (?! (?<= [{_HAN}] ) [{_HAN}] )
# Nor amounts between two numbers: 三、四十户, 7、8个
(?! {"|".join(f"(?<={one}、){other}" for one, other in _PAIRS)}
  | {"|".join(f"(?<={digit}、){digit + 1}(?![0-9.,，])" for digit in range(1, 9))} )
(?<! [0-9][.,\x20\xa0\u2009+＋×/／:：∶] ) (?<! [0-9{_HAN}][点至到~～–—-] )
(?<! (?<! [目此之以提当日] ) 前 ) (?! (?<= [数几] ) [十百千万亿] (?! 分之 ) )
(?P<number> {_NUMBER} )
(?:
    分之 (?P<part> {_NUMBER} )
  | (?P<tenths> 成 (?P<hundredths> [{numerals.ONES}半] )? )
    (?! [不功立为效果员本熟长都绩交型活人年品片套县分就群] )
  | {_GAP} (?P<inside> [余多来] | 个[余多] (?= [万亿]元 ) )? {_GAP} (?P<scale> {_SCALE}* ) {_GAP}
    # Words that begin like a unit, and 三方 (parties)
    (?! 年[代级] | 部[门委队分署] | 场[所地馆] | 支[部持付撑] | 方[面向式法案便位] | 个[余多]?亿 | 组织
      | 队伍 | 类[型别] | 次产业 | 条腿 | 张皮 | 担[当任] | 期[间内末限]
      | (?<= [十两{numerals.ONES}] ) [方期] )
    (?: (?P<measured> {_MEASURED} )
        (?: (?P<late> [余多半] ) {_BREAK}
          | (?<= 元 ) (?: (?P<jiao> {_DIGIT} ) 角 )? (?: 零? (?P<fen> {_DIGIT} ) 分 )? )?
      | 个 (?P<amid> [余多半] ) (?P<span> 月 | 小时 )
      | (?(sign) (?!) ) (?P<counted> {_COUNTED} ) ) # -3家 is a dash and 3家
  # 常住人口46.2万: the unit is that of the noun before
  | (?P<open> (?: 个?[余多](?=[万亿]) )? ) (?P<wan> [万亿]? ) (?<= [万亿] ) (?P<end> [余多]? )
    (?= 以[上下内] | 左右 | [^\w\s%(（~～–—-] | \Z )
)
(?P<after> 以上 | 以下 | [以之]内 | (?<= [年月天时钟日] ) 内 (?! [部外容地需在陆] )
  | 左右 (?! [两岸] ) | 上下 {_BREAK} )?
(?P<range> {_GAP} (?: 至 | [~～–-] | —(?!—) | 到 (?= [0-9.{_HAN}\x20]+
    (?: (?P=measured) | (?P=counted) ) ) ) {_GAP} [0-9{_HAN}] )?
"""
_UNIT = f"(?: {_MEASURED} | {_COUNTED} )"
_INDEFINITE = rf"""
半数以上 | 过半数 | 翻了?[{numerals.ONES}两几]?番
| (?<! [0-9] ) [0-9]*[\u00bc-\u00be\u2150-\u215e]{_UNIT}?
| (?<! [0-9.] ) [0-9.]+个[余多]?亿元?
| (?<! [第{_HAN}] ) [{_HAN}]* (?: {"|".join(f"{one}、?{other}" for one, other in _PAIRS)} )
    [十百千万亿]* [余多]? {_UNIT}
| (?<! [0-9] ) [0-9]、[0-9]{_UNIT}
| (?: (?: [上过超近][百千万亿]+ | [数几][十百千万亿]+ | [{_HAN}]?十几 | [二三四五六七八九]十多
    | [零{_CHEQUE}]{{2,}} ) [余多]? [\u4e00-\u9fff]元? | [{_CHEQUE}]元 )
"""


# Nouns of money and of people, and words that may stand between them and a number: 收入累计达到75.6万.
_NOUN = (
    "(?:(?P<people>人口|人员|职工|群众|居民|村民|党员|学生|游客|员工|(?<![收本])人|人数)"
    "|收入|收益|利润|税收?|产值|销售|订[货单]|成本|工资|薪资|贷款|存款|善款|捐款|欠款|补助|补贴|分红|奖金|资金"
    "|[^奖]金|投资|投入|支出|经费|费用?|收购价|价值|增收|额)"
)
_FILLER = (
    "(?:[今去前]年|[一全每]年|累计|合计|总[计额量数]|共计?|达到?|为|有|约|近|将近|超过?|突破|完成|实现|实际|增加到?|增长到?"
    "|净增|新增|多出|减少到?|任务|目标|其中|力争|预计|由|从|到|至|已|仅|才|就|也|了|的|[村户人社]均|最[少多高低]的.{1,2}"
    "|较?上年|同比|[0-9.]+(?:%|个百分点)|增长|下降)*"
)
_TOLD = "(?:不[足到]|近|约|超过?)?[0-9.]+[余多]?[万亿]?[余多]?(?:元|人|以上|左右)*$"


def find(text: str, *, falls: bool = True) -> list[Quantity]:
    """Find every quantity stated in a text, in order and without overlap.

    A numeral counts only with a unit known here. Ordinals, calendar years and decades, periods
    (近三年), ranges, amounts between two numbers (三、四十户), numbers glued to Latin letters and 一
    before a unit (走出了一条路) are passed over. Without `falls`, words for a fall give no minus sign.
    """
    usual = _UNUSUAL.sub(lambda match: match[0].translate(_USUAL), text)
    matches = re.finditer(_PATTERN, usual, re.VERBOSE)  # compiled when first needed: it is large
    return [found for match in matches if not match["range"] and (found := _read(match, text, falls))]


def passed_over(text: str) -> Iterator[tuple[int, int]]:
    """Find half-open spans of amounts without a single number: 上千户, 二十几户, 三、四十户, 翻一番.

    Some of them `find` does read (伍仟元); all others it leaves out whole.
    """
    return (match.span() for match in re.finditer(_INDEFINITE, text, re.VERBOSE))


def read_one(text: str) -> Quantity:
    """Read the one quantity that a text states; SpeechesError when it states none or several."""
    found = find(text)
    if len(found) == 1 and found[0].bound:
        return found[0]
    message = _("'{text}' states {count} quantities ({listed}); cite one at a time")
    if not found:
        message = _("no quantity with a known unit stands in '{text}'")
    elif len(found) == 1:
        message = _("'{text}' limits its number in two ways; cite only one")
    listed = "、".join(quantity.text for quantity in found)
    raise SpeechesError(message.format(text=text, count=len(found), listed=listed))


def mirrored(bound: str) -> str:
    """Give the bound that a number has when its sign is changed."""
    return bound.translate(str.maketrans("<>", "><"))


def _read(match: re.Match[str], text: str, falls: bool) -> Quantity | None:
    """Turn one match into a quantity; None where it is none (三四个, 2023年, 一条)."""
    words = match.group("before", "inside", "late", "amid", "open", "end", "after")
    bounds = {_BOUND_OF[word.removeprefix("个")] for word in words if word and word != "半"} or {"="}
    if match["part"] or match["tenths"]:
        unit, value = units.PERCENT, _share(match)
    else:
        written = match["measured"] or match["counted"] or (match["span"] and f"个{match['span']}")
        unit = written or _implied(text, match.start())
        value = _amount(match, unit, bare=bounds != {"="}) if unit else None
    if value is None:
        return None
    base, factor, _dimension = units.UNITS[unit]
    start, end = match.span()
    fall = None if match["sign"] or not falls else _FALL.search(text[max(0, start - 5) : start])
    value *= -factor if match["sign"] or fall else factor
    number = Decimal(value.numerator) / value.denominator
    bound = bounds.pop() if len(bounds) == 1 else ""
    bound = mirrored(bound) if value < 0 else bound
    return Quantity(number, base, bound, text[start:end], start, end, fall[0] if fall else "")


def _amount(match: re.Match[str], unit: str, *, bare: bool) -> units.Number | None:
    """Give a number in its unit as written; None where it is no number, or counts nothing (一条路).

    Years that name a period (近三年, 今后五年, 十年来) count nothing, those that last do (历时近3年).
    With `bare` a multiplier needs no digit: 百余家, but not 百家.
    """
    text, start = match.string, match.start()
    written = match["number"] + (match["scale"] or match["wan"] or "")
    if (value := numerals.read(written, bare=bare)) is None:
        return None
    half = "半" in (match["late"], match["amid"])
    limited = match["before"] or match["inside"] or match["late"]  # in 2023年内 the year is not
    if unit in ("年", "个月", "天") and (
        (match["before"] == "近" and not text.endswith(_LASTING, 0, start))
        or text.endswith(_PERIODS, 0, start)
        or text.startswith(("来", "以来"), match.end())
        or (unit == "年" and not limited and written.isdecimal() and 1900 <= value < 2100)
    ):
        return None
    if written == "一" and not (bare or half or unit.startswith("千")):
        return None
    for coin, share in (("jiao", 10), ("fen", 100)):
        value += Fraction(numerals.read(match[coin]) or 0, share) if match[coin] else 0
    return value + Fraction(1, 2) if half else value


def _implied(text: str, number: int) -> str:
    """Give the unit of a number by the noun before it: 常住人口46.2万 is in 人, 播放量120万 in none."""
    sentence = re.split(f"[{STATEMENT_END}]", text[max(0, number - 120) : number])[-1]
    *earlier, clause = re.split("[，,：:]", sentence)
    for words in (clause, *(re.sub(_TOLD, "", each) for each in reversed(earlier))):
        if found := re.search(f"{_NOUN}{_FILLER}$", words):
            return "人" if found["people"] else "元"
        if not re.fullmatch(_FILLER, words):
            break
    return ""


def _share(match: re.Match[str]) -> units.Number | None:
    """Read 三分之一, 百分之五, 三成, 2.5成, 七成六 and 三成半 as percentages, to four decimals."""
    number = numerals.read(match["number"], bare=match["tenths"] is None)
    if match["tenths"]:
        extra = 5 if match["hundredths"] == "半" else numerals.DIGITS[match["hundredths"] or "零"]
        return None if number is None else number * 10 + extra
    part = numerals.read(match["part"], bare=True)
    return round(Fraction(part * 100) / number, 4) if number and part is not None else None
