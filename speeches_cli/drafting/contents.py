"""The contents page of a compilation → which speeches there are, and who speaks."""

import re
from collections.abc import Sequence
from typing import NamedTuple

from speeches_cli import folding
from speeches_cli.drafting import bylines
from speeches_cli.drafting.bylines import Byline
from speeches_cli.drafting.pages import PrintedLine, glue, tidy

_HEADING = re.compile("目录|目次|contents", re.IGNORECASE)
_DOTS = r"(?:…{2,}|[.．·•]{4,}|[-—–_]{4,})[…\s]*[(（]?\d{1,4}[)）]?"
_LEADER = re.compile(f"{_DOTS}$")
_PAGE = re.compile(rf"(?:{_DOTS}|\s+\d{{1,4}}|[(（]\d{{1,4}}[)）])$")
_MARKER = re.compile(r"^(?:\d{1,3}|[一二三四五六七八九十]{1,3})\s*[．.、)）]\s*(?!\d)")
_PARTS = re.compile(r"[：:\t]|…{2,}|\s{3,}")
_FRAMING = re.compile("前言|序|导言|引言|后记|附录|编者|编后")
"""What a compilation has before and after its speeches."""
_LONGEST = 120
"""In characters, of a line of a contents page."""
_MOST_BETWEEN = 5
"""So many lines at most stand from one leader to the next."""


class ContentsEntry(NamedTuple):
    """One entry of the contents page."""

    title: str
    byline: Byline | None
    printed: str


class Contents(NamedTuple):
    """A contents page, and which of all lines are its own."""

    lines: tuple[PrintedLine, ...] = ()
    entries: tuple[ContentsEntry, ...] = ()
    """Those of the speeches; a preface has none."""

    def find(self, title: str, speaker: str | None) -> ContentsEntry | None:
        """Find the one entry of a title, or else of a speaker; None for none or several."""
        found = [
            each for each in self.entries if title and folding.fold(each.title) == folding.fold(title)
        ]
        said = [
            each for each in self.entries if speaker and each.byline and each.byline.speaker == speaker
        ]
        return next((each[0] for each in (found, said) if len(each) == 1), None)


def find(lines: Sequence[PrintedLine]) -> Contents:
    """Find the contents page: from its heading, or the first of several leaders, to the last leader.

    Under a heading a line that ends with a number is one too; without any, the page is what comes
    again in the text.
    """
    start = next((index for index, line in enumerate(lines) if _HEADING.fullmatch(line.text)), None)
    leader = _LEADER if start is None else _PAGE
    leaders = [index for index, line in enumerate(lines) if leader.search(line.printed[-_LONGEST:])]
    if start is None:
        if len(leaders) < 2:
            return Contents()
        start = leaders[0]
    stop = start
    for each in leaders:
        if start <= each <= stop + _MOST_BETWEEN:
            stop = each
    stop = _below(lines, stop) if stop > start else _before_again(lines, start)
    page = lines[start:stop]
    entries = [_entry(group) for group in _groups(page, {lines[each].number for each in leaders})]
    return Contents(tuple(page), tuple(each for each in entries if not _FRAMING.match(each.title)))


def _below(lines: Sequence[PrintedLine], leader: int) -> int:
    """Find the end of the entry that has the last leader, below which may be its speaker."""
    stop = leader + 1
    while stop < len(lines) and not lines[stop].gap and bylines.parse(lines[stop].printed):
        stop += 1
    return stop


def _before_again(lines: Sequence[PrintedLine], start: int) -> int:
    """Find where a page without leaders ends: before its lines come again, at the last that does."""
    texts = (_MARKER.sub("", _PAGE.sub("", line.printed[:_LONGEST]), count=1) for line in lines)
    parts = [{folding.fold(part) for part in _PARTS.split(text)} - {""} for text in texts]
    seen: set[str] = set()
    for again in range(start + 1, len(lines)):
        if not seen.isdisjoint(parts[again]):
            break
        seen |= parts[again]
    else:
        return start
    later = set().union(*parts[again:])
    stop = max(index for index in range(start, again) if not later.isdisjoint(parts[index])) + 1
    while stop < again and (not lines[stop].gap or _MARKER.match(lines[stop].text)):
        stop += 1
    return stop


def _groups(page: Sequence[PrintedLine], leaders: set[int]) -> list[list[PrintedLine]]:
    """Part the page into its entries, each of which has a number, or else ends with its leader."""
    numbered = any(_MARKER.match(line.text) for line in page)
    each_ends = not any(line.number in leaders for line in page)
    groups: list[list[PrintedLine]] = []
    ended = True
    for line in page:
        if _HEADING.fullmatch(line.text):
            continue
        leader = line.number in leaders
        if _MARKER.match(line.text) or not groups or (ended and (leader or not numbered)):
            groups.append([])
            ended = False
        groups[-1].append(line)
        ended = ended or leader or each_ends
    return groups


def _entry(group: Sequence[PrintedLine]) -> ContentsEntry:
    """Read one entry: what is no byline is its title."""
    title: list[str] = []
    byline = None
    for line in group:
        text = _PAGE.sub("", _MARKER.sub("", line.printed, count=1)[-_LONGEST:])
        for part in _PARTS.split(text):
            before, found = _byline(part) if byline is None else (part, None)
            byline = byline or found
            title += [tidy(before)] if before.strip() else []
    return ContentsEntry(glue(title), byline, " ".join(line.printed for line in group))


def _byline(part: str) -> tuple[str, Byline | None]:
    """Read a byline, and give with it the title that stands before it in the same line."""
    words = part.split()
    for count in range(len(words)):
        said = " ".join(words[count:])
        if found := bylines.parse(said) or bylines.parse_unit(said):
            return " ".join(words[:count]), found
    return part, None
