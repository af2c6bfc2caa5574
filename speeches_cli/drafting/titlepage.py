"""Lines before the first speech → what the compilation is called, of which meeting and date."""

import re
from collections.abc import Sequence
from contextlib import suppress
from datetime import date
from typing import NamedTuple

from speeches_cli import numerals
from speeches_cli.drafting.pages import PrintedLine, is_label
from speeches_cli.drafting.values import Guess
from speeches_cli.messages import _

_COMPILATION = re.compile("汇编|选编|材料|发言|文集")
_MEETING = re.compile(
    "(.*(?:会议?|论坛|座谈))(?:上的)?(?:典型|经验|交流|书面|大会|先进|发言|讲话|材料|汇编|选编|文集|集)+"
)
_NO_DATE = "1900-01-01"
_DIGITS = str.maketrans(
    {each: str(value) for each, value in numerals.DIGITS.items()} | {"○": "0", "Ｏ": "0"}
)
_SMALL = "[0-9０-９一二三四五六七八九十]{1,3}"
_DATE = re.compile(
    "(?P<year>[0-9０-９零〇○Ｏ一二三四五六七八九]{4})[年./．-]"
    f"(?P<month>{_SMALL})(?:[月./．-](?P<day>{_SMALL})日?|月)"
)
_FRAME = "（）()【】[]—- "


class TitlePage(NamedTuple):
    """The compilation as the corpus file names it."""

    compilation: Guess
    meeting: Guess
    date: Guess


def read(front: Sequence[PrintedLine], *, name: str) -> tuple[TitlePage, list[PrintedLine]]:
    """Read the lines before the first speech, and give those that it has no use for.

    A title that these lines lack is taken from the file's name.
    """
    others = [line for line in front if not is_date(line.text) and not is_label(line.text)]
    named = _title(others)
    text = "".join(line.text for line in named)
    meeting = _MEETING.fullmatch(text)
    day, dated = _date(front)
    doubt = None if _COMPILATION.search(text) else _("is this the compilation's title?")
    head = TitlePage(
        Guess(text, doubt) if named else Guess(name, _("no title of the compilation found")),
        Guess(meeting[1]) if meeting else Guess(text or name, _("no meeting named")),
        day,
    )
    return head, [line for line in front if line not in (*named, dated)]


def _title(lines: Sequence[PrintedLine]) -> Sequence[PrintedLine]:
    """Take the likeliest line, and with it the one right above that it goes on from."""
    likely = (index for index, line in enumerate(lines) if _COMPILATION.search(line.text))
    index = next(likely, 0)
    goes_on = index > 0 and not lines[index].gap
    return lines[index - goes_on : index + 1]


def _date(front: Sequence[PrintedLine]) -> tuple[Guess, PrintedLine | None]:
    """Take the first date that names a day, else the first, and the line that holds nothing else."""
    found = [(line, day) for line in front if (day := find_date(line.text))]
    for line, (iso, complete) in sorted(found, key=lambda each: not each[1][1]):
        doubt = None if complete else _("the day is not named")
        return Guess(iso, doubt), line if is_date(line.text) else None
    return Guess(_NO_DATE, _("no date found")), None


def find_date(text: str) -> tuple[str, bool] | None:
    """Find the first date of a text, and tell whether it names the day; the first where it doesn't.

    >>> find_date("（二〇二三年九月十八日）")
    ('2023-09-18', True)
    """
    for match in _DATE.finditer(text):
        year = int(match["year"].translate(_DIGITS))
        month, day = (int(numerals.read(match[name] or "1") or 0) for name in ("month", "day"))
        with suppress(ValueError):
            return date(year, month, day).isoformat(), match["day"] is not None
    return None


def is_date(text: str) -> bool:
    """Tell whether a line holds a date and nothing else."""
    return _DATE.fullmatch(text.strip(_FRAME)) is not None
