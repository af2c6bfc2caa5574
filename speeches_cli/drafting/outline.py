"""Lines of text → the title page, and where each speech begins: title, byline, body.

A speech begins where anything says so: a byline under a title, a title of the contents page, a
heading of Word's first level, thanks before a line like a title, or section numbers that begin
anew. Where it is not said whose speech it is, it stands by itself all the same, and is marked.
"""

import re
from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from typing import NamedTuple

from speeches_cli import folding
from speeches_cli.drafting import bylines, ordinals
from speeches_cli.drafting.bylines import Byline
from speeches_cli.drafting.contents import Contents
from speeches_cli.drafting.pages import PrintedLine, glue, is_label
from speeches_cli.messages import _

_PROSE_END = re.compile("[。；;：:，,、][”’』」）)》]*$")
_SECTION = re.compile(
    "[一二三四五六七八九十]{1,3}、|[(（][一二三四五六七八九十]{1,3}[)）]|[0-9]{1,2}[.．、]"
)
_FIRST_SECTION = re.compile("一、|[(（]一[)）]")
_LATER_SECTION = re.compile("[二三四五六七八九]、|[(（][二三四五六七八九][)）]")
_SUBTITLE = re.compile("[—–-]")
_SALUTATION = re.compile("(?:尊敬的|各位|同志们)[^。]{0,30}[:：！]$")
_THANKS = re.compile(
    r"(?:我的)?(?:(?:以上)?(?:发言|汇报|介绍)(?:完毕|到此结束)?[，。,]?|最后[，,]?)*"
    r"(?:(?:再次)?(?:谢谢|感谢)(?:大家|各位)?.{0,6}|(?:不妥之处|不当之处)?.{0,4}请.{0,12}批评指正)[!！。.]?"
)
_MOST_TITLE_LINES = 3
_LONGEST_TITLE = 45
"""In characters, of one without a byline."""
_FAR = 40
"""In lines: so far below a title its first numbered section may stand."""


class Block(NamedTuple):
    """One speech as it lies in the lines."""

    title: str
    byline: Byline | None
    body: tuple[PrintedLine, ...]
    doubt: str | None
    """Why this may be no speech of its own, or whose; None where the byline says so."""


class _Head(NamedTuple):
    """A title and byline, where they stand, `[start, stop)`, and the dates among them."""

    start: int
    stop: int
    title: str
    byline: Byline | None
    dates: Sequence[PrintedLine]
    doubt: str | None = None


def divide(lines: Sequence[PrintedLine], page: Contents) -> tuple[list[Block], list[PrintedLine]]:
    """Part the lines into speeches, and give what stands before the first one.

    With the latter are dates under a byline and labels above a title. The lines of the contents
    page are in neither.
    """
    listed = {line.number for line in page.lines}
    text = [line for line in lines if line.number not in listed]
    signed = list(_signed(text, page))
    heads = sorted([*signed, *_unsigned(text, page, signed)], key=lambda head: head.start)
    if not heads:
        return [], text
    stops = [head.start for head in heads[1:]] + [len(text)]
    blocks: list[Block] = []
    beside = text[: heads[0].start]
    for head, stop in zip(heads, stops, strict=True):
        end = stop
        while end > head.stop and is_label(text[end - 1].text):
            end -= 1
        blocks.append(Block(head.title, head.byline, tuple(text[head.stop : end]), head.doubt))
        beside += [*head.dates, *text[end:stop]]
    return blocks, beside


def _signed(text: Sequence[PrintedLine], page: Contents) -> Iterator[_Head]:
    """Find the bylines, each with the title above it, or below where there is none above."""
    end = 0
    for index in range(len(text)):
        found = _byline(text, index, page, end) if index >= end else None
        if found is None:
            continue
        byline, stop = found
        above = index
        while above > end and ordinals.is_date(text[above - 1].text):
            above -= 1
        start = _title_start(text, above, end, page, byline)
        title, dates = text[start:above], [*text[above:index]]
        if not title and byline.speaker:
            title = [line for line in text[stop : stop + 1] if _may_be_title(line, numbered=False)]
            stop += len(title)
        end = _after_dates(text, stop)
        words = glue([line.text for line in title])
        yield _Head(start, end, words, byline, [*dates, *text[stop:end]])


def _byline(
    text: Sequence[PrintedLine], index: int, page: Contents, end: int
) -> tuple[Byline, int] | None:
    """Read the byline that begins at a line, and where it ends; None where none begins."""
    line = text[index]
    stop = index + 1
    printed = line.printed
    if line.is_row:
        return None
    if stop < len(text) and bylines.is_half(printed, text[stop].printed):
        printed, stop = f"{printed} {text[stop].printed}", stop + 1
    if byline := bylines.parse(printed):
        apart = re.search("[ \u3000:：(（]", printed) or _has_title(text, index, page, end)
        apart = bool(line.gap or (apart and not (index and _is_broken(text[index - 1].text))))
        listed = page.find("", byline.speaker)
        return (byline, stop) if apart or bylines.is_framed(printed) or listed else None
    byline = bylines.parse_unit(line.printed)
    signed_below = any(bylines.parse(line.printed) for line in text[index + 1 : index + 2])
    if byline and _has_title(text, index, page, end) and not signed_below:
        return byline, index + 1
    return None


def _has_title(text: Sequence[PrintedLine], index: int, page: Contents, end: int) -> bool:
    """Tell whether a line like a title stands above a unit's name, and nothing that goes on in it."""
    above = index - 1
    while above > end and ordinals.is_date(text[above].text):
        above -= 1
    if above < end or (text[above].indented and not text[index].indented and not text[index].gap):
        return False
    if page.find(text[above].text, None) or text[above].is_title:
        return True
    free = above == end or text[above].gap > 0 or _ends(text[above - 1])
    ends = all(
        line.gap or len(line.text) > _LONGEST_TITLE or _ends(line) or _SECTION.match(line.text)
        for line in text[index + 1 : index + 2]
    )
    return free and ends and _may_be_title(text[above], numbered=False)


def _ends(line: PrintedLine) -> bool:
    """Tell whether a line ends a paragraph: with a sentence, or with thanks."""
    return bool(re.search("[。！？!?：:][”’』」）)》]*$", line.text) or _THANKS.fullmatch(line.text))


def _unsigned(text: Sequence[PrintedLine], page: Contents, signed: Sequence[_Head]) -> Iterator[_Head]:
    """Find the titles of speeches without a byline, which else were the end of the ones before."""
    taken = {index for head in signed for index in range(head.start, head.stop)}
    said = {folding.fold(head.title) for head in signed}
    listed = Counter(folding.fold(each.title) for each in page.entries)
    stops = {index: stop for index in range(len(text)) if (stop := _listed_until(text, index, listed))}
    stand = Counter(_folded(text, index, stop) for index, stop in stops.items())
    anew = set(_numbered_anew(text))
    for index in range(len(text)):
        title = _folded(text, index, stops.get(index, index + 1))
        is_listed = index in stops and stand[title] == listed[title] == 1
        stop = stops[index] if is_listed else index + 1
        end = _after_dates(text, stop)
        if title in said or end == len(text) or not taken.isdisjoint(range(index, end + 1)):
            continue
        if is_listed or index in anew or _begins_by_itself(text, index):
            words = glue([line.text for line in text[index:stop]])
            entry = page.find(words, None)
            byline = entry.byline if entry else None
            doubt = _("only the contents page names the speaker") if byline else _("no byline found")
            taken.update(range(index, end + 1))
            said.add(title)
            yield _Head(index, end, words, byline, text[stop:end], doubt)


def _folded(text: Sequence[PrintedLine], start: int, stop: int) -> str:
    return folding.fold(glue([line.text for line in text[start:stop]]))


def _listed_until(text: Sequence[PrintedLine], index: int, listed: Collection[str]) -> int | None:
    """Find where a title of the contents page ends that begins at a line, and stands apart."""
    apart = not index or text[index].gap or _ends(text[index - 1])
    stops = range(min(index + _MOST_TITLE_LINES, len(text)), index, -1) if apart and listed else ()
    return next((stop for stop in stops if _folded(text, index, stop) in listed), None)


def _begins_by_itself(text: Sequence[PrintedLine], index: int) -> bool:
    """Tell a heading of Word's first level, and a line like a title after thanks or above greetings."""
    line = text[index]
    if line.is_title:
        return not _SECTION.match(line.text) and not is_label(line.text)
    thanked = index > 0 and _THANKS.fullmatch(text[index - 1].text)
    free = line.gap or not index or _ends(text[index - 1])
    greets = free and index + 1 < len(text) and _SALUTATION.match(text[index + 1].text)
    return bool(thanked or greets) and _may_be_title(line, numbered=False)


def _numbered_anew(text: Sequence[PrintedLine]) -> Iterator[int]:
    """Find lines like a title that stand apart, below later sections and above a first one."""
    later, candidate = False, None
    for index, line in enumerate(text):
        if _LATER_SECTION.match(line.text):
            later, candidate = True, None
        elif _FIRST_SECTION.match(line.text):
            if candidate is not None and index - candidate <= _FAR:
                yield candidate
            later, candidate = False, None
        elif later and candidate is None and line.gap and _ends(text[index - 1]):
            candidate = index if _may_be_title(line, numbered=False) else None


def _after_dates(text: Sequence[PrintedLine], at: int) -> int:
    """Find where the dates end that stand from a line on."""
    while at < len(text) and ordinals.is_date(text[at].text):
        at += 1
    return at


def _title_start(
    text: Sequence[PrintedLine], byline: int, end: int, page: Contents, said: Byline
) -> int:
    """Find where the title above a byline begins; `end` is where the head before it ends.

    The contents page knows, and Word; without them, what goes on without a gap is one title.
    """
    earliest = max(end, byline - _MOST_TITLE_LINES)
    entry = page.find("", said.speaker)
    for start in range(byline - 1, earliest - 1, -1):
        title = glue([line.text for line in text[start:byline]])
        if (found := page.find(title, None)) and (not entry or found is entry):
            return start
        if text[start].is_title:
            return start
    start = byline
    while start > earliest:
        line, below = text[start - 1], text[start]
        apart = start < byline and below.gap and not _SUBTITLE.match(below.text)
        inside = start < byline and line.indented and not below.indented
        if apart or inside or not _may_stand_in_title(line.text, numbered=start == byline):
            break
        start -= 1
    return start


def _may_stand_in_title(text: str, *, numbered: bool) -> bool:
    """Tell whether a line may be part of a title; it may be `numbered` only right above a byline."""
    if _PROSE_END.search(text) or _is_broken(text) or (not numbered and _SECTION.match(text)):
        return False
    return not ordinals.is_date(text) and not is_label(text) and not _THANKS.fullmatch(text)


def _is_broken(text: str) -> bool:
    """Tell whether a line breaks off in a sentence that follows another one."""
    return "。" in text and not _PROSE_END.search(text)


def _may_be_title(line: PrintedLine, *, numbered: bool) -> bool:
    """Tell whether a line may be a whole title."""
    short = len(line.text) <= _LONGEST_TITLE and not line.is_row
    return short and _may_stand_in_title(line.text, numbered=numbered)
