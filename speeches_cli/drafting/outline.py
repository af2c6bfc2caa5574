"""Lines of text → the title page, where each speech begins (title, byline, body), and its sections.

A speech begins where anything says so, and where nothing says whose it is, it is marked.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from itertools import zip_longest
from typing import NamedTuple

from speeches_cli import folding, numerals
from speeches_cli.chinese import CLOSING, SENTENCE_END
from speeches_cli.drafting import bylines
from speeches_cli.drafting.contents import ALONE, Contents, ContentsEntry
from speeches_cli.drafting.pages import ENDS, STARTS, STYLES, PrintedLine, glue
from speeches_cli.drafting.values import Guess, Section
from speeches_cli.messages import _

_PROSE_END = re.compile(f"[。；;：:，,、][{CLOSING}]*$")
_FIRST_SECTION = re.compile("一、|[(（]一[)）]")
_LATER_SECTION = re.compile("[二三四五六七八九]、|[(（][二三四五六七八九][)）]")
_SEPARATED = re.compile("[ \u3000:：(（—]")
_SALUTATION = re.compile("(?:尊敬的|各位|同志们)[^。]{0,30}[:：！]$")
_THANKS = re.compile(
    r"(?:我的)?(?:(?:以上)?(?:发言|汇报|介绍)(?:完毕|到此结束)?[，。,]?|最后[，,]?)*"
    r"(?:(?:再次)?(?:谢谢|感谢)(?:大家|各位)?.{0,6}|(?:不妥之处|不当之处)?.{0,4}请.{0,12}批评指正)[!！。.]?"
)
_OVER = re.compile(f"{ENDS.pattern}|^(?:{_THANKS.pattern})$")  # what goes on is another sentence
_MOST_TITLE_LINES = 3
_LONGEST_TITLE = 45  # characters, without a byline
NO_HEADING = "正文"  # heads the paragraphs of a speech without sections
NO_OPENING = "（无导语）"


class Block(NamedTuple):
    """One speech as it lies in the lines: its title and byline at `[start, stop)`, and its body."""

    start: int
    stop: int
    title: str
    byline: bylines.Byline
    doubt: str | None = None  # why this may be no speech of its own, or whose
    body: tuple[PrintedLine, ...] = ()
    entry: ContentsEntry = ContentsEntry()


def divide(lines: Sequence[PrintedLine], page: Contents) -> tuple[list[Block], list[PrintedLine]]:
    """Part the lines into speeches; what is before the first, and lone dates and labels, is left."""
    listed = {line.number for line in page.lines}
    text: list[PrintedLine] = []
    beside: list[PrintedLine] = []
    for line in lines:
        if line.number not in listed:
            alone = not line.is_row and ALONE.fullmatch(line.text)
            (beside if alone else text).append(line)
    signed = list(_signed(text, page))
    blocks = sorted([*signed, *_unsigned(text, page, signed)])
    ends = [*(block.start for block in blocks), len(text)]
    for number, (block, end) in enumerate(zip(blocks, ends[1:], strict=True)):
        entry = page.find(block.title, block.byline.speaker)
        blocks[number] = block._replace(body=tuple(text[block.stop : end]), entry=entry)
    return blocks, sorted([*beside, *text[: ends[0]]])


def _signed(text: Sequence[PrintedLine], page: Contents) -> Iterator[Block]:
    """Find the bylines with their titles; one with post and person that is apart needs none."""
    end = 0
    for index, line in enumerate(text):
        if index < end or line.is_row:
            continue
        stop = index + 1
        below = text[stop].printed if stop < len(text) else ""
        byline, other = bylines.parse(line.printed), bylines.parse(below)
        if byline and not byline.speaker:  # the name may stand below the post
            both = bylines.parse(f"{line.printed} {below}")
            if both and both.is_full and both.post == byline.post:
                byline, other, stop = both, None, stop + 1
        if not byline or (other and other.is_full and not byline.is_full):
            continue
        start, known = _title_start(text, index, end, page)
        apart = byline.is_full and (
            line.gap or (_SEPARATED.search(line.printed) and _is_free(text, index))
        )
        above = text[start:index]
        goes_on = above and above[-1].indented and not line.indented
        titled = above and not goes_on and _is_free(text, start) and _may_be_title(above[-1])
        if known or apart or titled:
            title, end = above, stop
            if not title and byline.speaker:  # it may stand below
                title = [each for each in text[stop : stop + 1] if _may_be_title(each)]
                end += len(title)
            yield Block(start, end, glue([each.text for each in title]), byline)


def _title_start(
    text: Sequence[PrintedLine], byline: int, end: int, page: Contents
) -> tuple[int, bool]:
    """Find where the title above a byline begins, and whether the contents page or Word knows it."""
    earliest = max(end, byline - _MOST_TITLE_LINES)
    for start in range(byline - 1, earliest - 1, -1):
        found = page.find(glue([line.text for line in text[start:byline]]), None)
        if text[start].is_title or found.printed:
            return start, True
    start = byline
    while start > earliest and _may_stand_in_title(text[start - 1].text, numbered=start == byline):
        below = text[start]
        if start < byline and below.gap and not below.text.startswith(("—", "–", "-")):
            break
        start -= 1
    return start, False


def _is_free(text: Sequence[PrintedLine], index: int) -> bool:
    """Tell whether a line doesn't go on in a sentence that the line above breaks off."""
    above = text[index - 1].text
    return not index or text[index].gap > 0 or "。" not in above or bool(_PROSE_END.search(above))


def _unsigned(text: Sequence[PrintedLine], page: Contents, signed: Sequence[Block]) -> Iterator[Block]:
    """Find the titles of speeches without a byline, which else were the end of the ones before."""
    taken = {index for head in signed for index in range(head.start, head.stop)}
    said = {folding.fold(head.title) for head in signed}
    ends = {index: index + 1 for index in _alone(text)} | _listed(text, page)
    for index, end in sorted(ends.items()):
        title = glue([line.text for line in text[index:end]])
        folded = folding.fold(title)
        if folded not in said and end < len(text) and taken.isdisjoint(range(index, end + 1)):
            taken.update(range(index, end + 1))
            said.add(folded)
            yield Block(index, end, title, bylines.Byline(), _("no byline found"))


def _listed(text: Sequence[PrintedLine], page: Contents) -> dict[int, int]:
    """Map the start of each title of the contents page that stands apart, and once, to its end."""
    titles = Counter(folding.fold(each.title) for each in page.entries)
    found: dict[str, list[tuple[int, int]]] = defaultdict(list)
    for index in range(len(text)) if titles else ():
        if not index or text[index].gap or _OVER.search(text[index - 1].text):
            for stop in range(min(index + _MOST_TITLE_LINES, len(text)), index, -1):
                title = folding.fold(glue([line.text for line in text[index:stop]]))
                if title in titles:
                    found[title].append((index, stop))
                    break
    return dict(places[0] for title, places in found.items() if len(places) == titles[title] == 1)


def _alone(text: Sequence[PrintedLine]) -> Iterator[int]:
    """Find Word's headings, and titles after thanks, above greetings, or where numbers begin anew."""
    later, candidate = False, None
    for index, (line, below) in enumerate(zip_longest(text, text[1:])):
        before = text[index - 1].text if index else ""
        ended = _OVER.search(before) or not index
        if line.is_title:
            if not STARTS.match(line.text):
                yield index
        elif _LATER_SECTION.match(line.text):
            later, candidate = True, None
        elif _FIRST_SECTION.match(line.text):
            if candidate is not None:
                yield candidate
            later, candidate = False, None
        elif (ended or line.gap) and _may_be_title(line):
            if _THANKS.fullmatch(before) or (below and _SALUTATION.match(below.text)):
                yield index
            elif later and candidate is None and ended and line.gap:
                candidate = index


def _may_stand_in_title(text: str, *, numbered: bool) -> bool:
    """Tell whether a line may be part of a title; it may be `numbered` only right above a byline."""
    prose = "。" in text or _PROSE_END.search(text) or _THANKS.fullmatch(text)
    return not prose and (numbered or not STARTS.match(text))


def _may_be_title(line: PrintedLine) -> bool:
    short = len(line.text) <= _LONGEST_TITLE and not line.is_row
    return short and _may_stand_in_title(line.text, numbered=False)


def sections(paragraphs: Sequence[str]) -> tuple[Guess, tuple[Section, ...]]:
    """Divide a speech by the headings that number its sections one after the other.

    A heading is a paragraph of its own, or runs into one and ends with its first sentence. It may
    begin inside a paragraph only where it has just the number that comes next. One with nothing under
    it gives its words to the paragraph.
    """
    if not paragraphs:
        return Guess(NO_OPENING, _("no text under this title")), ()
    text = "\n".join(paragraphs)
    for style in STYLES:
        if marks := _marks(text, style):
            break
    else:
        rest = Section(Guess(NO_HEADING), tuple(paragraphs[1:]))
        return Guess(paragraphs[0]), (rest,) if rest.paragraphs else ()
    found: list[Section] = []
    number = 0
    for mark, end in zip(marks, [*(each.start() for each in marks[1:]), len(text)], strict=True):
        doubt, below = None, style.finditer(text, mark.end(), end)
        if _number(mark) != number + 1:
            doubt = _("a section before this one may be missing")
        elif any(_number(each) == 1 and each["head"] is not None for each in below):
            doubt = _("the numbers begin anew below; does another speech begin there?")
        number = _number(mark)
        first, *others = text[mark.end() : end].split("\n")
        title, stop, behind, *_none = *re.split(f"([{SENTENCE_END}])", first, maxsplit=1), "", ""
        heading = mark[0] + title + stop.strip("。")
        under = tuple(filter(None, (behind, *others)))
        if not under:
            doubt = doubt or _("nothing stands under this heading")
            heading, under = mark[0], (first or NO_HEADING,)
        found.append(Section(Guess(heading, doubt), under))
    return Guess(text[: marks[0].start()].replace("\n", "") or NO_OPENING), tuple(found)


def _marks(text: str, style: re.Pattern[str]) -> list[re.Match[str]]:
    """Find the numbers of one style, in so far as they count upwards from 1; quoted ones to 2."""
    marks: list[re.Match[str]] = []
    last = 0
    for found in style.finditer(text):
        if (number := _number(found)) == last + 1 or (
            marks and found["head"] is not None and number > last
        ):
            marks.append(found)
            last = number
    return marks if len(marks) > (style is STYLES[-1]) else []


def _number(found: re.Match[str]) -> int:
    return int(numerals.read(found["number"]) or 0)
