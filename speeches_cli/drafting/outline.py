"""Lines of text → the title page, and where each speech begins: title, byline, body.

A speech begins where anything says so: a byline under a title, a title of the contents page, a
heading of Word's first level, thanks before a line like a title, or section numbers that begin
anew. Where nothing says whose speech it is, it stands by itself all the same, and is marked.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

from speeches_cli import folding
from speeches_cli.chinese import CLOSING
from speeches_cli.drafting import bylines
from speeches_cli.drafting.bylines import Byline
from speeches_cli.drafting.contents import Contents
from speeches_cli.drafting.pages import PrintedLine, ends_sentence, glue, is_label
from speeches_cli.drafting.sections import STARTS
from speeches_cli.drafting.titlepage import is_date
from speeches_cli.messages import _

_PROSE_END = re.compile(f"[。；;：:，,、][{CLOSING}]*$")
_FIRST_SECTION = re.compile("一、|[(（]一[)）]")
_LATER_SECTION = re.compile("[二三四五六七八九]、|[(（][二三四五六七八九][)）]")
_SEPARATED = re.compile("[ \u3000:：(（—]")
_SUBTITLE = re.compile("[—–-]")
_SALUTATION = re.compile("(?:尊敬的|各位|同志们)[^。]{0,30}[:：！]$")
_THANKS = re.compile(
    r"(?:我的)?(?:(?:以上)?(?:发言|汇报|介绍)(?:完毕|到此结束)?[，。,]?|最后[，,]?)*"
    r"(?:(?:再次)?(?:谢谢|感谢)(?:大家|各位)?.{0,6}|(?:不妥之处|不当之处)?.{0,4}请.{0,12}批评指正)[!！。.]?"
)
_MOST_TITLE_LINES = 3
_LONGEST_TITLE = 45  # characters, without a byline


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
    starts = [*(_back(text, head.start, 0, is_label) for head in heads), len(text)]
    beside = text[: starts[0]]
    blocks: list[Block] = []
    for head, start, following in zip(heads, starts, starts[1:], strict=False):
        blocks.append(Block(head.title, head.byline, tuple(text[head.stop : following]), head.doubt))
        about = text[start : head.stop]
        beside += [line for line in about if is_date(line.text) or is_label(line.text)]
    return blocks, beside


def _signed(text: Sequence[PrintedLine], page: Contents) -> Iterator[_Head]:
    """Find the bylines, each with the title above it, or below where there is none above.

    One that names a post and a person needs no title where it stands apart.
    """
    end = 0
    for index, line in enumerate(text):
        found = None if index < end or line.is_row else _byline(text, index)
        if found:
            byline, stop, full = found
            above = _back(text, index, end, is_date)
            start = _title_start(text, above, end, page, byline)
            apart = line.gap or (_SEPARATED.search(full) and _is_free(text, index))
            if (full and apart) or _is_titled(text, start, above, stop, page):
                title = text[start:above]
                if not title and byline.speaker:
                    title = [each for each in text[stop : stop + 1] if _may_be_title(each)]
                    stop += len(title)
                end = _below_dates(text, stop)
                yield _Head(start, end, glue([each.text for each in title]), byline)


def _byline(text: Sequence[PrintedLine], index: int) -> tuple[Byline, int, str] | None:
    """Read the byline that begins at a line, where it ends, and its words if it has post and person."""
    printed, stop = text[index].printed, index + 1
    below = text[stop].printed if stop < len(text) else ""
    if bylines.is_half(printed, below):
        printed, stop = f"{printed} {below}", stop + 1
    if full := bylines.parse(printed):
        return full, stop, printed
    unit = bylines.parse_unit(printed)
    return (unit, stop, "") if unit and not bylines.parse(below) else None


def _is_titled(text: Sequence[PrintedLine], start: int, above: int, stop: int, page: Contents) -> bool:
    """Tell whether the lines `[start, above)` are a title, and a byline that ends at `stop` ends it."""
    if start == above:
        return False
    if text[start].is_title or page.find(glue([line.text for line in text[start:above]]), None):
        return True
    below = _below_dates(text, stop)
    prose = all(
        line.gap or len(line.text) > _LONGEST_TITLE or _ends(line) or STARTS.match(line.text)
        for line in text[below : below + 1]
    )
    indented = text[above - 1].indented and not text[above].indented
    return prose and not indented and _is_free(text, start) and _may_be_title(text[above - 1])


def _is_free(text: Sequence[PrintedLine], index: int) -> bool:
    """Tell whether a line doesn't go on in what another one says."""
    return not index or text[index].gap > 0 or not _is_broken(text[index - 1].text)


def _ends(line: PrintedLine) -> bool:
    """Tell whether a line ends a paragraph: with a sentence, or with thanks."""
    return ends_sentence(line.text) or bool(_THANKS.fullmatch(line.text))


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
        return not STARTS.match(line.text) and not is_label(line.text)
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
            if candidate is not None:
                yield candidate
            later, candidate = False, None
        elif later and candidate is None and line.gap and _ends(text[index - 1]):
            candidate = index if _may_be_title(line) else None


def _back(text: Sequence[PrintedLine], at: int, end: int, what: Callable[[str], bool]) -> int:
    """Go up over lines of one kind, not beyond `end`."""
    while at > end and what(text[at - 1].text):
        at -= 1
    return at


def _below_dates(text: Sequence[PrintedLine], at: int) -> int:
    while at < len(text) and is_date(text[at].text):
        at += 1
    return at


def _may_stand_in_title(text: str, *, numbered: bool) -> bool:
    """Tell whether a line may be part of a title; it may be `numbered` only right above a byline."""
    if _PROSE_END.search(text) or _is_broken(text) or (not numbered and STARTS.match(text)):
        return False
    return not is_date(text) and not is_label(text) and not _THANKS.fullmatch(text)


def _is_broken(text: str) -> bool:
    """Tell whether a line breaks off in a sentence that follows another one."""
    return "。" in text and not _PROSE_END.search(text)


def _may_be_title(line: PrintedLine) -> bool:
    """Tell whether a line may be a whole title."""
    short = len(line.text) <= _LONGEST_TITLE and not line.is_row
    return short and _may_stand_in_title(line.text, numbered=False)
