"""Contents page and title page → which speeches there are, who speaks, at what meeting and when."""

import re
from collections.abc import Sequence
from contextlib import suppress
from datetime import date
from typing import NamedTuple

from speeches_cli import folding, numerals
from speeches_cli.drafting import bylines
from speeches_cli.drafting.pages import PrintedLine, glue, tidy
from speeches_cli.drafting.values import Guess, Guesses
from speeches_cli.messages import _

_HEADING = re.compile("目录|目次|contents", re.IGNORECASE)
_DOTS = r"(?:…{2,}|[.．·•]{4,}|[-—–_]{4,})[…\s]*[(（]?\d{1,4}[)）]?"
_LEADER = re.compile(f"{_DOTS}$")
_PAGE = re.compile(rf"(?:{_DOTS}|\s+\d{{1,4}}|[(（]\d{{1,4}}[)）])$")
_MARKER = re.compile(r"^(?:\d{1,3}|[一二三四五六七八九十]{1,3})\s*[．.、)）]\s*(?!\d)")
_PARTS = re.compile(r"[：:\t]|…{2,}|\s{3,}")
_FRAMING = re.compile("前言|序|导言|引言|后记|附录|编者|编后")  # stand around the speeches
_LONGEST = 120  # characters of a line of a contents page
_MOST_BETWEEN = 5  # lines from one leader to the next
_COMPILATION = re.compile("汇编|选编|材料|发言|文集")
_MEETING = re.compile(
    "(.*(?:会议?|论坛|座谈))(?:上的)?(?:典型|经验|交流|书面|大会|先进|发言|讲话|材料|汇编|选编|文集|集)+"
)
_DIGITS = str.maketrans(
    {each: str(value) for each, value in numerals.DIGITS.items()} | {"○": "0", "Ｏ": "0"}
)
_SMALL = "[0-9０-９一二三四五六七八九十]{1,3}"
_DATE = re.compile(
    "(?P<year>[0-9０-９零〇○Ｏ一二三四五六七八九]{4})[年./．-]"
    f"(?P<month>{_SMALL})(?:[月./．-](?P<day>{_SMALL})日?|月)"
)
ALONE = re.compile(
    rf"[（）()【】\[\]— -]*{_DATE.pattern}[（）()【】\[\]— -]*"
    r"|[(（【〔\[]?(?:之|(?:典型|交流|经验|书面|发言|汇报){0,3}(?:材料|附件|发言)之?)"
    rf"[(（]?{_SMALL}[)）】〕\]]{{0,2}}[:：]?"
)  # matches a line that is only a date, or only numbers what follows it: 之一： or 材料3


class ContentsEntry(NamedTuple):
    """One entry of the contents page; empty where there is none."""

    title: str = ""
    byline: bylines.Byline = bylines.Byline()
    printed: str = ""


class Contents(NamedTuple):
    """A contents page, and which of all lines are its own."""

    lines: tuple[PrintedLine, ...] = ()
    entries: tuple[ContentsEntry, ...] = ()  # of speeches; a preface has none

    def find(self, title: str, speaker: str | None) -> ContentsEntry:
        """Find the one entry of a title, or else of a speaker; an empty one for none or several."""
        folded = folding.fold(title)
        found = [each for each in self.entries if title and folding.fold(each.title) == folded]
        said = [each for each in self.entries if speaker and each.byline.speaker == speaker]
        return next((each[0] for each in (found, said) if len(each) == 1), ContentsEntry())


def find(lines: Sequence[PrintedLine]) -> Contents:
    """Find the contents page: from its heading or the first leader to the last, or a gap."""
    start = next((index for index, line in enumerate(lines) if _HEADING.fullmatch(line.text)), None)
    leader = _LEADER if start is None else _PAGE
    leaders = [index for index, line in enumerate(lines) if leader.search(line.printed[-_LONGEST:])]
    if start is None:
        if len(leaders) < 2:
            return Contents()
        start = leaders[0]
    stop = start + 1
    for each in leaders:
        if start <= each < stop + _MOST_BETWEEN:
            stop = each + 1
    if stop == start + 1:
        gaps = (index for index, line in enumerate(lines) if line.gap and not _MARKER.match(line.text))
        stop = next((index for index in gaps if index > stop), len(lines))
    while stop < len(lines) and not lines[stop].gap and bylines.parse(lines[stop].printed):
        stop += 1  # the speaker of the last entry stands below its leader
    entries = map(_entry, _groups(lines[start:stop], {lines[each].number for each in leaders}))
    return Contents(
        tuple(lines[start:stop]), tuple(each for each in entries if not _FRAMING.match(each.title))
    )


def _groups(page: Sequence[PrintedLine], leaders: set[int]) -> list[list[PrintedLine]]:
    """Part the page into its entries, each of which has a number, or else ends with its leader."""
    numbered = any(_MARKER.match(line.text) for line in page)
    each_ends = leaders.isdisjoint(line.number for line in page)
    groups: list[list[PrintedLine]] = []
    ended = True
    for line in page:
        if not _HEADING.fullmatch(line.text):
            leader = line.number in leaders
            if not groups or _MARKER.match(line.text) or (ended and (leader or not numbered)):
                groups.append([])
                ended = False
            groups[-1].append(line)
            ended = ended or leader or each_ends
    return groups


def _entry(group: Sequence[PrintedLine]) -> ContentsEntry:
    title: list[str] = []
    byline = None
    for line in group:
        text = _PAGE.sub("", _MARKER.sub("", line.printed, count=1)[-_LONGEST:])
        for part in _PARTS.split(text):
            words = part.split()
            for count in range(0 if byline else len(words)):  # the title may stand before the byline
                said = " ".join(words[count:])
                if byline := bylines.parse(said):
                    words = words[:count]
                    break
            title += [tidy(" ".join(words))] if words else []
    printed = " ".join(line.printed for line in group)
    return ContentsEntry(glue(title), byline or bylines.Byline(), printed)


def printed_pages(
    entry: ContentsEntry, body: Sequence[PrintedLine], numbers: Sequence[tuple[int, int]]
) -> str:
    """Give the pages of a speech, `5-6`, by the numbers at their foot, which have their lines' numbers.

    Empty where the contents page does not name the first of them.
    """
    named = re.search(r"([0-9]+)[)）]?$", entry.printed)
    if not named or not body:
        return ""
    ends = (body[0].number, body[-1].number)
    first, last = (next((number for at, number in numbers if at > end), 0) for end in ends)
    if first != int(named[1]) or last < first:
        return ""
    return f"{first}-{last}" if first < last else str(first)


def title_page(front: Sequence[PrintedLine], *, name: str) -> tuple[Guesses, list[PrintedLine]]:
    """Read the lines before the first speech, else the file's name; give also the lines left over."""
    others = [line for line in front if not ALONE.fullmatch(line.text)]
    likely = (index for index, line in enumerate(others) if _COMPILATION.search(line.text))
    index = next(likely, 0)
    goes_on = index > 0 and not others[index].gap
    named = others[index - goes_on : index + 1]
    text = "".join(line.text for line in named)
    meeting = _MEETING.fullmatch(text)
    sure = _COMPILATION.search(text)
    dates = [(line, *found) for line in front if (found := find_date(line.text))]
    dated, day, complete = max(dates, key=lambda each: each[2], default=(None, "1900-01-01", False))
    undated = _("the day is not named") if dated else _("no date found")
    head = {
        "compilation": Guess(text or name, None if sure else _("is this the compilation's title?")),
        "meeting": Guess(meeting[1]) if meeting else Guess(text or name, _("no meeting named")),
        "date": Guess(day, None if complete else undated),
    }
    used = [*named, dated] if dated and ALONE.fullmatch(dated.text) else named
    return head, [line for line in front if line not in used]


def find_date(text: str) -> tuple[str, bool] | None:
    """Find the first date of a text, and tell whether it names the day; the first where it doesn't."""
    for match in _DATE.finditer(text):
        year = int(match["year"].translate(_DIGITS))
        month, day = (int(numerals.read(match[name] or "1") or 0) for name in ("month", "day"))
        with suppress(ValueError):
            return date(year, month, day).isoformat(), match["day"] is not None
    return None
