"""The contents page of a compilation → who speaks under which title."""

import re
from collections.abc import Iterable, Sequence
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
_PARTS = re.compile(r"[：:]|…{2,}|\s{3,}")
_FRAMING = re.compile("前言|序|导言|引言|后记|附录|编者|编后")
"""What a compilation has before and after its speeches."""
_LONGEST = 120
"""In characters, of a line of a contents page."""
_MOST_BETWEEN = 5
"""So many lines at most stand from one leader to the next."""


class ContentsEntry(NamedTuple):
    """One line of the contents page."""

    title: str
    byline: Byline


class Contents(NamedTuple):
    """A contents page, and which of all lines are its own."""

    lines: tuple[PrintedLine, ...] = ()
    entries: tuple[ContentsEntry, ...] = ()
    unread: tuple[tuple[PrintedLine, ...], ...] = ()
    """The lines of each entry in which no speaker was found."""

    @property
    def listed(self) -> int:
        """How many speeches the page names, with a speaker or without."""
        unread = sum(not _FRAMING.match(group[0].text) for group in self.unread)
        return len(self.entries) + unread

    def of(self, speaker: str) -> ContentsEntry | None:
        """Find the one entry of a speaker; None where there is none or are several."""
        found = [each for each in self.entries if each.byline.speaker == speaker]
        return found[0] if len(found) == 1 else None


def find(lines: Sequence[PrintedLine], districts: Iterable[str]) -> Contents:
    """Find the contents page: from its heading, or the first of several leaders, to the last leader.

    Without leaders it is a page only in so far as its lines come again.
    """
    leaders = [index for index, line in enumerate(lines) if _is_leader(line)]
    headings = (index for index, line in enumerate(lines) if _HEADING.fullmatch(line.text))
    start = next(headings, _first(lines, leaders[0]) if len(leaders) > 1 else None)
    if start is None:
        return Contents()
    stop = start
    for leader in leaders:
        if start <= leader <= stop + _MOST_BETWEEN:
            stop = leader
    known = tuple(districts)
    page = lines[start : _after(lines, stop, known) if stop > start else _end(lines, start)]
    groups = _groups(page)
    read = [_entry(group, known) for group in groups]
    unread = [tuple(group) for group, entry in zip(groups, read, strict=True) if not entry]
    return Contents(tuple(page), tuple(filter(None, read)), tuple(unread))


def _first(lines: Sequence[PrintedLine], leader: int) -> int:
    """Find where the entry begins that ends with the first leader."""
    unnumbered = leader and not _MARKER.match(lines[leader].text)
    return leader - 1 if unnumbered and _MARKER.match(lines[leader - 1].text) else leader


def _after(lines: Sequence[PrintedLine], leader: int, districts: Sequence[str]) -> int:
    """Find the end of the entry that has the last leader, below which may be its speaker."""
    stop = leader + 1
    while stop < len(lines) and not lines[stop].gap and bylines.parse(lines[stop].printed, districts):
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


def _is_leader(line: PrintedLine) -> bool:
    return _LEADER.search(line.text[-_LONGEST:]) is not None


def _groups(page: Sequence[PrintedLine]) -> list[list[PrintedLine]]:
    """Part the page into its entries, each of which has a number, or else ends with its leader."""
    numbered = any(_MARKER.match(line.text) for line in page)
    groups: list[list[PrintedLine]] = []
    ended = True
    for line in page:
        if _HEADING.fullmatch(line.text):
            continue
        leader = _is_leader(line)
        if _MARKER.match(line.text) or not groups or (ended and (leader or not numbered)):
            groups.append([])
            ended = False
        groups[-1].append(line)
        ended = ended or leader
    return groups


def _entry(group: Sequence[PrintedLine], districts: Iterable[str]) -> ContentsEntry | None:
    """Read one entry; None where it names no speaker."""
    title: list[str] = []
    byline = None
    for line in group:
        text = _PAGE.sub("", _MARKER.sub("", line.printed, count=1)[-_LONGEST:])
        for part in _PARTS.split(text):
            before, found = _byline(part, districts) if byline is None else (part, None)
            byline = byline or found
            title += [tidy(before)] if before.strip() else []
    return ContentsEntry(glue(title), byline) if byline else None


def _byline(part: str, districts: Iterable[str]) -> tuple[str, Byline | None]:
    """Read a byline, and give with it the title that stands before it in the same line."""
    found = bylines.parse(part, districts)
    if found:
        return "", found
    words = part.split()
    found = bylines.parse(" ".join(words[-2:]), districts)
    return (" ".join(words[:-2]), found) if found else (part, None)


def same(title: str, other: str) -> bool:
    """Tell whether two titles differ only in their typography."""
    return folding.fold(title) == folding.fold(other)
