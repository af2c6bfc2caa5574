"""Lines of text → the title page, and where each speech begins: title, byline, body.

A speech begins where anything says so: a byline under a title, a title of the contents page, a
heading of Word's first level, thanks before a line like a title, or section numbers that begin
anew. Where nothing says whose speech it is, it stands by itself all the same, and is marked.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from speeches_cli import folding
from speeches_cli.chinese import CLOSING, SENTENCE_END
from speeches_cli.drafting import bylines, ordinals
from speeches_cli.drafting.bylines import Byline
from speeches_cli.drafting.contents import Contents
from speeches_cli.drafting.pages import PrintedLine, glue, is_label
from speeches_cli.messages import _

_PROSE_END = re.compile(f"[。；;：:，,、][{CLOSING}]*$")
_PARAGRAPH_END = re.compile(f"[{SENTENCE_END}：:][{CLOSING}]*$")
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
_LONGEST_TITLE = 45  # characters, without a byline
_FAR = 40  # lines at most from a title to its first numbered section


class Block(NamedTuple):
    """One speech as it lies in the lines."""

    title: str
    byline: Byline | None
    body: tuple[PrintedLine, ...]
    doubt: str | None
    """Why this may be no speech of its own, or whose; None where the byline says so."""


class _Head(NamedTuple):
    """A title, a byline and dates, which stand at `[start, stop)`."""

    start: int
    stop: int
    title: str
    byline: Byline | None
    doubt: str | None = None


def divide(lines: Sequence[PrintedLine], page: Contents) -> tuple[list[Block], list[PrintedLine]]:
    """Part the lines into speeches, and give what stands before the first one.

    With the latter are dates under a byline and labels above a title. The lines of the contents
    page are in neither.
    """
    listed = {line.number for line in page.lines}
    text = [line for line in lines if line.number not in listed]
    signed = list(_signed(text, page))
    heads = sorted([*signed, *_unsigned(text, page, signed)])
    if not heads:
        return [], text
    blocks: list[Block] = []
    beside = text[: heads[0].start]
    for head, stop in zip(heads, [*(each.start for each in heads[1:]), len(text)], strict=True):
        end = stop
        while end > head.stop and is_label(text[end - 1].text):
            end -= 1
        blocks.append(Block(head.title, head.byline, tuple(text[head.stop : end]), head.doubt))
        beside += [line for line in text[head.start : head.stop] if ordinals.is_date(line.text)]
        beside += text[end:stop]
    return blocks, beside


def _signed(text: Sequence[PrintedLine], page: Contents) -> Iterator[_Head]:
    """Find the bylines, each with the title above it, or below where there is none above."""
    end = 0
    for index in range(len(text)):
        found = _byline(text, index, page, end) if index >= end else None
        if found:
            byline, stop = found
            above = _above_dates(text, index, end)
            start = _title_start(text, above, end, page, byline)
            title = text[start:above]
            if not title and byline.speaker:
                title = [line for line in text[stop : stop + 1] if _may_be_title(line)]
                stop += len(title)
            end = _below_dates(text, stop)
            yield _Head(start, end, glue([line.text for line in title]), byline)


def _byline(
    text: Sequence[PrintedLine], index: int, page: Contents, end: int
) -> tuple[Byline, int] | None:
    """Read the byline that begins at a line, and where it ends; None where none begins."""
    line, stop = text[index], index + 1
    printed, below = line.printed, text[stop].printed if stop < len(text) else ""
    if line.is_row:
        return None
    if bylines.is_half(printed, below):
        printed, stop = f"{printed} {below}", stop + 1
    if byline := bylines.parse(printed):
        broken = index and _is_broken(text[index - 1].text)
        said = re.search("[ \u3000:：(（]", printed) or _has_title(text, index, page, end)
        apart = line.gap or (said and not broken) or bylines.is_framed(printed)
        return (byline, stop) if apart or page.find("", byline.speaker) else None
    byline = bylines.parse_unit(printed)
    if byline and _has_title(text, index, page, end) and not bylines.parse(below):
        return byline, stop
    return None


def _has_title(text: Sequence[PrintedLine], index: int, page: Contents, end: int) -> bool:
    """Tell whether a line like a title stands above a unit's name, and nothing that goes on in it."""
    above = _above_dates(text, index, end) - 1
    if above < end or (text[above].indented and not text[index].indented and not text[index].gap):
        return False
    if page.find(text[above].text, None) or text[above].is_title:
        return True
    free = above == end or text[above].gap > 0 or _ends(text[above - 1])
    ends = all(
        line.gap or len(line.text) > _LONGEST_TITLE or _ends(line) or _SECTION.match(line.text)
        for line in text[index + 1 : index + 2]
    )
    return free and ends and _may_be_title(text[above])


def _ends(line: PrintedLine) -> bool:
    """Tell whether a line ends a paragraph: with a sentence, or with thanks."""
    return bool(_PARAGRAPH_END.search(line.text) or _THANKS.fullmatch(line.text))


def _unsigned(text: Sequence[PrintedLine], page: Contents, signed: Sequence[_Head]) -> Iterator[_Head]:
    """Find the titles of speeches without a byline, which else were the end of the ones before."""
    taken = {index for head in signed for index in range(head.start, head.stop)}
    said = {folding.fold(head.title) for head in signed}
    listed = _listed(text, page)
    alone = (index for index in range(len(text)) if _begins_by_itself(text, index))
    for index in sorted({*listed, *_numbered_anew(text), *alone}):
        stop = listed.get(index, index + 1)
        end = _below_dates(text, stop)
        title = glue([line.text for line in text[index:stop]])
        folded = folding.fold(title)
        if folded not in said and end < len(text) and taken.isdisjoint(range(index, end + 1)):
            entry = page.find(title, None)
            byline = entry.byline if entry else None
            doubt = _("only the contents page names the speaker") if byline else _("no byline found")
            taken.update(range(index, end + 1))
            said.add(folded)
            yield _Head(index, end, title, byline, doubt)


def _listed(text: Sequence[PrintedLine], page: Contents) -> dict[int, int]:
    """Map the start of each title of the contents page that stands apart, and once, to its end."""
    titles = Counter(folding.fold(each.title) for each in page.entries)
    found: dict[str, list[tuple[int, int]]] = defaultdict(list)
    for index in range(len(text)) if titles else ():
        if not index or text[index].gap or _ends(text[index - 1]):
            for stop in range(min(index + _MOST_TITLE_LINES, len(text)), index, -1):
                title = folding.fold(glue([line.text for line in text[index:stop]]))
                if title in titles:
                    found[title].append((index, stop))
                    break
    return dict(places[0] for title, places in found.items() if len(places) == titles[title] == 1)


def _begins_by_itself(text: Sequence[PrintedLine], index: int) -> bool:
    """Tell a heading of Word's first level, and a line like a title after thanks or above greetings."""
    line = text[index]
    if line.is_title:
        return not _SECTION.match(line.text) and not is_label(line.text)
    thanked = index > 0 and _THANKS.fullmatch(text[index - 1].text)
    free = line.gap or not index or _ends(text[index - 1])
    greets = free and index + 1 < len(text) and _SALUTATION.match(text[index + 1].text)
    return bool(thanked or greets) and _may_be_title(line)


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
            candidate = index if _may_be_title(line) else None


def _above_dates(text: Sequence[PrintedLine], at: int, end: int) -> int:
    while at > end and ordinals.is_date(text[at - 1].text):
        at -= 1
    return at


def _below_dates(text: Sequence[PrintedLine], at: int) -> int:
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
        found = page.find(glue([line.text for line in text[start:byline]]), None)
        if text[start].is_title or (found and (not entry or found is entry)):
            return start
    start = byline
    while start > earliest:
        line, below = text[start - 1], text[start]
        apart = below.gap and not _SUBTITLE.match(below.text)
        inside = line.indented and not below.indented
        if start < byline and (apart or inside):
            break
        if not _may_stand_in_title(line.text, numbered=start == byline):
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


def _may_be_title(line: PrintedLine) -> bool:
    """Tell whether a line may be a whole title."""
    short = len(line.text) <= _LONGEST_TITLE and not line.is_row
    return short and _may_stand_in_title(line.text, numbered=False)
