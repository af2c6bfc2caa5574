"""Chinese ordinals and calendar dates → numbers and ISO 8601, and ordinals as Word writes them."""

from __future__ import annotations

import re
from contextlib import suppress
from datetime import date

_ONES = "〇一二三四五六七八九"
_DIGITS = str.maketrans(f"{_ONES}零○Ｏ两", "0123456789" + "0002")
_DIGIT = f"[0-9０-９零○Ｏ{_ONES}]"
_SMALL = rf"(?:{_DIGIT}?十{_DIGIT}?|{_DIGIT}{{1,2}})"
_DATE = re.compile(
    rf"(?P<year>{_DIGIT}{{4}})[年./．-](?P<month>{_SMALL})(?:[月./．-](?P<day>{_SMALL})日?|月)"
)
_FRAME = "（）()【】[]—- "


def read(text: str) -> int:
    """Read a number in Chinese or in digits of any width: 12, １２, 十二, 两, 二〇二三; 0 for none."""
    tens, ten, ones = text.translate(_DIGITS).rpartition("十")
    digits = f"{tens or 1}{ones or 0}" if ten else ones
    return int(digits) if digits.isdecimal() else 0


def write(number: int) -> str:
    """Write a number from 1 in Chinese, or from 100 on in digits."""
    tens, ones = divmod(number, 10)
    if tens > 9:
        return str(number)
    return (_ONES[tens] if tens > 1 else "") + ("十" if tens else "") + (_ONES[ones] if ones else "")


def find_date(text: str) -> tuple[str, bool] | None:
    """Find the first date of a text, and tell whether it names the day; the first where it doesn't.

    >>> find_date("（二〇二三年九月十八日）")
    ('2023-09-18', True)
    """
    for match in _DATE.finditer(text):
        year, month, day = (read(match[name] or "1") for name in ("year", "month", "day"))
        with suppress(ValueError):
            return date(year, month, day).isoformat(), match["day"] is not None
    return None


def is_date(text: str) -> bool:
    """Tell whether a line holds a date and nothing else."""
    return _DATE.fullmatch(text.strip(_FRAME)) is not None
