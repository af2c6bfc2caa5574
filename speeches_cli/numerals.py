"""Numerals in Arabic and Chinese digits → numbers, by GB/T 15835-2011; how else they are written."""

import re
from collections.abc import Iterator
from fractions import Fraction

from speeches_cli.units import Number

SCALES = {"亿": 100_000_000, "万": 10_000, "千": 1_000, "百": 100, "十": 10}
ONES = "一二三四五六七八九"
DIGITS = {digit: value for value, digit in enumerate(f"零{ONES}")} | {"〇": 0, "两": 2}
CHEQUE = str.maketrans("壹贰叁肆伍陆柒捌玖拾佰仟", f"{ONES}十百千")  # digits that no one can alter
_TENS = str.maketrans({"廿": "二十", "卅": "三十"})
_LONGEST = 16  # in characters; a longer literal is a serial number, not a figure
_BEFORE = re.compile(r"(?:[0-9][0-9.]*[.,]?|第)\Z")  # what belongs to the number that follows it
_AFTER = re.compile(r"[0-9.]*[0-9]")
_GROUPED = re.compile(r"(?<![0-9.,])[0-9]{1,3}(?:,[0-9]{3})+(?![0-9,])")
_LONG = re.compile(r"(?<![0-9.])[1-9][0-9]{3,14}(?![0-9.%])")
_SHARE = re.compile(f"百分之([零{ONES}十百]+|[0-9.]+)")
_MONTHS = re.compile(f"([{ONES}十]{{1,2}})(?=至|到|月)")
_SIGNS = {"km2": "平方公里", "m2": "平方米", "m3": "立方米", "km": "公里", "kg": "公斤"}


def read(text: str, *, bare: bool = False) -> Number | None:
    """Read 230, 4.78万, 1亿2000万, 两百三十, 一万三, 廿三 or 三点五; None where it is none (三四).

    With `bare` a multiplier that begins a numeral needs no digit: 百, 千万.
    """
    literal = text.replace(",", "").replace("，", "")
    if literal.replace(".", "").isdecimal():
        number = Fraction if "." in literal else int
        return number(literal) if len(literal) <= _LONGEST else None
    text = text.translate(_TENS)
    if text in DIGITS:
        return DIGITS[text]
    whole, point, decimals = text.partition("点")
    if point and all(each in DIGITS for each in decimals):
        value = read(whole, bare=bare)
        digits = "".join(str(DIGITS[each]) for each in decimals[:_LONGEST])
        return None if value is None else value + Fraction(f"0.{digits}")
    scale = next((each for each in SCALES if each in text), None)
    if scale is None:
        return None
    left, _scale, right = text.rpartition(scale)
    times, rest = _multiplier(left, scale, bare=bare), _remainder(right, SCALES[scale])
    return None if times is None or rest is None else times * SCALES[scale] + rest


def _multiplier(left: str, scale: str, *, bare: bool) -> Number | None:
    """Read what stands before a 十, 百, 千, 万 or 亿: one digit, or before 万 and 亿 any numeral."""
    if not left:
        return 1 if bare or scale == "十" else None
    if scale in "万亿":
        return None if scale in left[:-1] else read(left, bare=bare)
    return None if "点" in left or any(each in left for each in SCALES) else read(left)


def _remainder(right: str, power: int) -> Number | None:
    """Read what follows a multiplier: 两百三十, 一千零五, 3万5000, and 一万三, where 三 is 三千."""
    stripped = right.lstrip("零〇")
    value = read(stripped) if stripped else None if right else 0
    if value is None or value >= power:
        return None
    if len(right) == 1 and right != "十":
        return value * power // 10
    complete = right.isdecimal() and 10 ** len(right) == power
    spoken = stripped != right or any(each in right for each in SCALES)
    return value if complete or spoken or not right else None


def cut(phrase: str, text: str, start: int, end: int) -> tuple[str, str]:
    """Give what the stretch `[start, end)` of a phrase leaves of a number, before and behind it."""
    before = _BEFORE.search(text, max(0, start - 16), start) if phrase[0].isdecimal() else None
    after = _AFTER.match(text, end) if phrase[-1].isdecimal() else None
    if before and before[0].endswith(",") and not re.match("[0-9]{3}(?![0-9])", text[start:]):
        before = None  # the comma of a list
    return before[0] if before else "", after[0] if after else ""


def forms(phrase: str) -> Iterator[str]:
    """Yield the other ways to write the numbers and units of a folded phrase: 70% for 百分之七十."""
    changed = {
        _GROUPED.sub(lambda found: found[0].replace(",", ""), phrase),
        _LONG.sub(lambda found: f"{int(found[0]):,}", phrase),
        _SHARE.sub(lambda found: f"{_arabic(found[1])}%", phrase),
        _MONTHS.sub(lambda found: _arabic(found[1]), phrase) if "月" in phrase else phrase,
        re.sub("(?<=[0-9万千])(km2|m2|m3|km|kg)", lambda found: _SIGNS[found[0]], phrase),
        _SIGNS.get(phrase, phrase),
    }
    yield from sorted(changed - {phrase})


def _arabic(numeral: str) -> str:
    """Write a numeral in digits; what is written so already, or is no numeral, stays."""
    value = None if numeral.isascii() else read(numeral)
    return numeral if value is None else str(value)
