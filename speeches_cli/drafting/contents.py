"""The contents page of a compilation → which speeches there are, who speaks, and on which pages."""

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
Furniture = Sequence[tuple[int, str]]
"""What was left out of the text: the number of its line, and what stands there."""
_LONGEST = 120
"""In characters, of a line of a contents page."""
_MOST_BETWEEN = 5
"""So many lines at most stand from one leader to the next."""


class ContentsEntry(NamedTuple):
    """One entry of the contents page."""

    title: str
    byline: Byline | None
    lines: tuple[PrintedLine, ...]

    @property
    def page(self) -> int | None:
        """The page that it names at its end."""
        printed = " ".join(line.printed for line in self.lines)
        ends = re.search(r"(?:…|[.．·•-]{4}|\s|[(（])([0-9]{1,4})[)）]?$", printed)
        return int(ends[1]) if ends else None


class Contents(NamedTuple):
    """A contents page, and which of all lines are its own."""

    lines: tuple[PrintedLine, ...] = ()
    entries: tuple[ContentsEntry, ...] = ()
    """Those of the speeches; a preface has none."""

    def find(self, title: str, speaker: str | None) -> ContentsEntry | None:
        """Find the one entry of a title, or else of a speaker; None for none or several."""
        found = [each for each in self.entries if title and same(each.title, title)]
        said = [
            each for each in self.entries if speaker and each.byline and each.byline.speaker == speaker
        ]
        return next((each[0] for each in (found, said) if len(each) == 1), None)


def find(lines: Sequence[PrintedLine]) -> Contents:
    """Find the contents page: from its heading, or the first of several leaders, to the last leader.

    Under a heading a line that ends with a number is one too; without any, the page is what comes
    again in the text.
    """
    leaders = [index for index, line in enumerate(lines) if _LEADER.search(line.text[-_LONGEST:])]
    heading = next((index for index, line in enumerate(lines) if _HEADING.fullmatch(line.text)), None)
    if heading is None and len(leaders) < 2:
        return Contents()
    start = leaders[0] if heading is None else heading
    if heading is not None and not any(start < each <= start + _MOST_BETWEEN for each in leaders):
        leaders = [index for index in range(start, len(lines)) if _PAGE.search(lines[index].printed)]
    stop = start
    for leader in leaders:
        if start <= leader <= stop + _MOST_BETWEEN:
            stop = leader
    page = lines[start : _after(lines, stop) if stop > start else _end(lines, start)]
    entries = (_entry(group) for group in _groups(page, {lines[each].number for each in leaders}))
    return Contents(tuple(page), tuple(each for each in entries if not _FRAMING.match(each.title)))


def _after(lines: Sequence[PrintedLine], leader: int) -> int:
    """Find the end of the entry that has the last leader, below which may be its speaker."""
    stop = leader + 1
    while stop < len(lines) and not lines[stop].gap and bylines.parse(lines[stop].printed):
        stop += 1
    return stop


def _end(lines: Sequence[PrintedLine], start: int) -> int:
    """Find where a page without leaders ends: before its lines come again, at the last that does."""
    parts = [_folded_parts(line) for line in lines]
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


def _folded_parts(line: PrintedLine) -> set[str]:
    text = _MARKER.sub("", _PAGE.sub("", line.printed[:_LONGEST]), count=1)
    return {folded for part in _PARTS.split(text) if (folded := folding.fold(part))}


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
    return ContentsEntry(glue(title), byline, tuple(group))


def _byline(part: str) -> tuple[str, Byline | None]:
    """Read a byline, and give with it the title that stands before it in the same line."""
    words = part.split()
    for count in range(len(words)):
        said = " ".join(words[count:])
        if found := bylines.parse(said) or bylines.parse_unit(said):
            return " ".join(words[:count]), found
    return part, None


def same(title: str, other: str) -> bool:
    """Tell whether two titles differ only in their typography."""
    return folding.fold(title) == folding.fold(other)


def pages(
    starts: Sequence[int | None], bodies: Sequence[Sequence[PrintedLine]], furniture: Furniture
) -> list[str]:
    """Give the pages of each speech as `5-6`, from the first ones, its lines and the page numbers.

    A page's number stands at its foot or at its head: whichever puts every speech on the page that
    the contents page names. Where neither does, nothing is known, and all are empty.
    """
    numbers = [(at, re.findall("[0-9]+", text)) for at, text in furniture]
    single = [(at, int(found[0])) for at, found in numbers if len(found) == 1]
    ends = [(body[0].number, body[-1].number) if body else (0, 0) for body in bodies]
    for at_foot in (True, False):
        found = [[_page(single, line, at_foot=at_foot) for line in both] for both in ends]
        both = [(a, first) for a, (first, _last) in zip(starts, found, strict=True) if a and first]
        if both and all(a == b for a, b in both):
            return [_range(a, last) for a, (_first, last) in zip(starts, found, strict=True)]
    return ["" for _each in bodies]


def _page(numbers: Sequence[tuple[int, int]], line: int, *, at_foot: bool) -> int | None:
    """Give the page number below a line, or above it."""
    if at_foot:
        return next((number for at, number in numbers if at > line), None)
    return next((number for at, number in reversed(numbers) if at < line), None)


def _range(first: int | None, last: int | None) -> str:
    if first is None or last is None or last < first:
        return ""
    return str(first) if first == last else f"{first}-{last}"
