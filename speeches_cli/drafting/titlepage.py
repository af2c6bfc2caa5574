"""Lines before the first speech → what the compilation is called, of which meeting and date."""

import re
from collections.abc import Sequence
from typing import NamedTuple

from speeches_cli.drafting import ordinals
from speeches_cli.drafting.pages import PrintedLine, is_label
from speeches_cli.drafting.values import Guess
from speeches_cli.messages import _

_COMPILATION = re.compile("汇编|选编|材料|发言|文集")
_MEETING = re.compile(
    "(.*(?:会议?|论坛|座谈))(?:上的)?(?:典型|经验|交流|书面|大会|先进|发言|讲话|材料|汇编|选编|文集|集)+"
)
_NO_DATE = "1900-01-01"


class TitlePage(NamedTuple):
    """The compilation as the corpus file names it."""

    compilation: Guess
    meeting: Guess
    date: Guess


def read(front: Sequence[PrintedLine], *, name: str) -> tuple[TitlePage, list[PrintedLine]]:
    """Read the lines before the first speech, and give those that it has no use for.

    A title that these lines lack is taken from the file's name.
    """
    others = [line for line in front if not ordinals.is_date(line.text) and not is_label(line.text)]
    named = _title([line for line in others if _COMPILATION.search(line.text)] or others, others)
    text = "".join(line.text for line in named)
    meeting = _MEETING.fullmatch(text)
    date, dated = _date(front)
    doubt = None if _COMPILATION.search(text) else _("is this the compilation's title?")
    head = TitlePage(
        Guess(text, doubt) if named else Guess(name, _("no title of the compilation found")),
        Guess(meeting[1]) if meeting else Guess(text or name, _("no meeting named")),
        date,
    )
    used = {line.number for line in named}
    if dated and ordinals.is_date(dated.text):
        used.add(dated.number)
    return head, [line for line in front if line.number not in used]


def _title(likely: Sequence[PrintedLine], others: Sequence[PrintedLine]) -> list[PrintedLine]:
    """Take the likeliest line, and with it the one right above that it goes on from."""
    if not likely:
        return []
    index = others.index(likely[0])
    above = others[index - 1 : index] if not likely[0].gap else []
    return [*above, likely[0]]


def _date(front: Sequence[PrintedLine]) -> tuple[Guess, PrintedLine | None]:
    """Take the first date that names a day, else the first, and the line in which it stands."""
    found = [(line, date) for line in front if (date := ordinals.find_date(line.text))]
    for line, (iso, complete) in sorted(found, key=lambda each: not each[1][1]):
        return Guess(iso, None if complete else _("the day is not named")), line
    return Guess(_NO_DATE, _("no date found")), None
