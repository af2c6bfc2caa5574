"""Numbers in a phrase: where they begin and end in a text, and how else they are written."""

import re
from collections.abc import Iterator

_BEFORE = re.compile(r"(?:[0-9][0-9.]*[.,]?|第)\Z")
"""What belongs to the number that follows it: more digits, a decimal point, a thousands comma, 第."""
_AFTER = re.compile(r"[0-9.]*[0-9]")
_GROUPED = re.compile(r"(?<![0-9.,])[0-9]{1,3}(?:,[0-9]{3})+(?![0-9,])")
_LONG = re.compile(r"(?<![0-9.])[1-9][0-9]{3,14}(?![0-9.%])")
_SHARE = re.compile("百分之([零一二三四五六七八九十百]+|[0-9.]+)")
_MONTHS = re.compile("([一二三四五六七八九十]{1,2})(?=至|到|月)")
_SIGNS = {"km2": "平方公里", "m2": "平方米", "m3": "立方米", "km": "公里", "kg": "公斤"}
_DIGITS = "零一二三四五六七八九"


def cut(phrase: str, text: str, start: int, end: int) -> tuple[str, str]:
    """Give what the stretch `[start, end)` of a phrase leaves of a number, before and behind it."""
    before = _BEFORE.search(text, max(0, start - 16), start) if phrase[0].isdecimal() else None
    after = _AFTER.match(text, end) if phrase[-1].isdecimal() else None
    if before and before[0].endswith(",") and not re.match("[0-9]{3}(?![0-9])", text[start:]):
        before = None  # the comma of a list
    return before[0] if before else "", after[0] if after else ""


def forms(phrase: str) -> Iterator[str]:
    """Yield the other ways to write the numbers and units of a folded phrase.

    >>> list(forms("百分之七十")), list(forms("2,944件")), list(forms("一至八月"))
    (['70%'], ['2944件'], ['1至8月'])
    """
    changed = {
        _GROUPED.sub(lambda found: found[0].replace(",", ""), phrase),
        _LONG.sub(lambda found: f"{int(found[0]):,}", phrase),
        _SHARE.sub(lambda found: f"{_arabic(found[1])}%", phrase),
        _MONTHS.sub(lambda found: _arabic(found[1]), phrase) if "月" in phrase else phrase,
        re.sub("(?<=[0-9万千])(km2|m2|m3|km|kg)", lambda found: _SIGNS[found[0]], phrase),
        _SIGNS.get(phrase, phrase),
    }
    yield from sorted(changed - {phrase})


def _arabic(han: str) -> str:
    """Write a number up to 199 in digits; what is written so already stays."""
    if han[0].isascii():
        return han
    hundreds, _hundred, rest = han.rpartition("百")
    tens, ten, ones = rest.replace("零", "").rpartition("十")
    value = _DIGITS.find(hundreds) * 100 if hundreds else 0
    value += (_DIGITS.find(tens) if tens else 1) * 10 if ten else 0
    return str(value + (_DIGITS.find(ones) if ones else 0))
