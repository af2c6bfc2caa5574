"""Lines of text → the title page, and where each speech begins: title, byline, body.

A speech begins where anything says so, and where nothing says whose it is, it is marked.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from itertools import zip_longest
from typing import NamedTuple

from speeches_cli import folding
from speeches_cli.chinese import CLOSING
from speeches_cli.drafting import bylines
from speeches_cli.drafting.contents import Contents, is_date
from speeches_cli.drafting.pages import LABEL, PrintedLine, ends_sentence, glue
from speeches_cli.drafting.sections import STARTS
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
_MOST_TITLE_LINES = 3
_LONGEST_TITLE = 45  # characters, without a byline


class Block(NamedTuple):
    """One speech as it lies in the lines: its title and byline at `[start, stop)`, and its body."""

    start: int
    stop: int
    title: str
    byline: bylines.Byline
    doubt: str | None = None  # why this may be no speech of its own, or whose
    body: tuple[PrintedLine, ...] = ()


def divide(lines: Sequence[PrintedLine], page: Contents) -> tuple[list[Block], list[PrintedLine]]:
    """Part the lines into speeches; what is before the first, and lone dates and labels, is left."""
    listed = {line.number for line in page.lines}
    text: list[PrintedLine] = []
    beside: list[PrintedLine] = []
    for line in lines:
        if line.number not in listed:
            alone = not line.is_row and (is_date(line.text) or LABEL.fullmatch(line.text))
            (beside if alone else text).append(line)
    signed = list(_signed(text, page))
    blocks = sorted([*signed, *_unsigned(text, page, signed)])
    ends = [*(block.start for block in blocks), len(text)]
    divided = [
        block._replace(body=tuple(text[block.stop : end]))
        for block, end in zip(blocks, ends[1:], strict=True)
    ]
    return divided, sorted([*beside, *text[: ends[0]]])


def _signed(text: Sequence[PrintedLine], page: Contents) -> Iterator[Block]:
    """Find the bylines with their titles; one with post and person that is apart needs none."""
    end = 0
    for index, line in enumerate(text):
        found = None if index < end or line.is_row else _byline(text, index)
        if not found:
            continue
        byline, stop, full = found
        start, known = _title_start(text, index, end, page, byline)
        apart = line.gap or (_SEPARATED.search(full) and _is_free(text, index))
        if known or (full and apart) or _is_titled(text, start, index):
            title, end = text[start:index], stop
            if not title and byline.speaker:  # it may stand below
                title = [each for each in text[stop : stop + 1] if _may_be_title(each)]
                end += len(title)
            yield Block(start, end, glue([each.text for each in title]), byline)


def _byline(text: Sequence[PrintedLine], index: int) -> tuple[bylines.Byline, int, str] | None:
    """Read the byline that begins at a line, where it ends, and its words if it has post and person."""
    printed, stop = text[index].printed, index + 1
    below = text[stop].printed if stop < len(text) else ""
    if bylines.is_half(printed, below):
        printed, stop = f"{printed} {below}", stop + 1
    if full := bylines.parse(printed):
        return full, stop, printed
    unit = bylines.parse_unit(printed)
    return (unit, stop, "") if unit and not bylines.parse(below) else None


def _title_start(
    text: Sequence[PrintedLine], byline: int, end: int, page: Contents, said: bylines.Byline
) -> tuple[int, bool]:
    """Find where the title above a byline begins, and whether the contents page or Word knows it."""
    earliest = max(end, byline - _MOST_TITLE_LINES)
    entry = page.find("", said.speaker)
    for start in range(byline - 1, earliest - 1, -1):
        found = page.find(glue([line.text for line in text[start:byline]]), None)
        if text[start].is_title or (found and (not entry or found is entry)):
            return start, True
    start = byline
    while start > earliest and _may_stand_in_title(text[start - 1].text, numbered=start == byline):
        line, below = text[start - 1], text[start]
        apart = below.gap and not below.text.startswith(("—", "–", "-"))
        if start < byline and (apart or (line.indented and not below.indented)):
            break
        start -= 1
    return start, False


def _is_titled(text: Sequence[PrintedLine], start: int, byline: int) -> bool:
    """Tell whether a title is above a byline, and no sentence that goes on in it."""
    if start == byline or (text[byline - 1].indented and not text[byline].indented):
        return False
    return _is_free(text, start) and _may_be_title(text[byline - 1])


def _is_free(text: Sequence[PrintedLine], index: int) -> bool:
    """Tell whether a line doesn't go on in what another one says."""
    return not index or text[index].gap > 0 or not _is_broken(text[index - 1].text)


def _ends(line: PrintedLine) -> bool:
    """Tell whether a line ends a paragraph: with a sentence, or with thanks."""
    return ends_sentence(line.text) or bool(_THANKS.fullmatch(line.text))


def _unsigned(text: Sequence[PrintedLine], page: Contents, signed: Sequence[Block]) -> Iterator[Block]:
    """Find the titles of speeches without a byline, which else were the end of the ones before."""
    taken = {index for head in signed for index in range(head.start, head.stop)}
    said = {folding.fold(head.title) for head in signed}
    listed = _listed(text, page)
    for index in sorted({*listed, *_alone(text)}):
        end = listed.get(index, index + 1)
        title = glue([line.text for line in text[index:end]])
        folded = folding.fold(title)
        if folded not in said and end < len(text) and taken.isdisjoint(range(index, end + 1)):
            entry = page.find(title, None)
            byline = entry.byline if entry else bylines.Byline()
            found = byline.place.unit
            doubt = _("only the contents page names the speaker") if found else _("no byline found")
            taken.update(range(index, end + 1))
            said.add(folded)
            yield Block(index, end, title, byline, doubt)


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


def _alone(text: Sequence[PrintedLine]) -> Iterator[int]:
    """Find Word's headings, and titles after thanks, above greetings, or where numbers begin anew."""
    later, candidate = False, None
    for index, (line, below) in enumerate(zip_longest(text, text[1:])):
        before = text[index - 1].text if index else ""
        ended = not index or _ends(text[index - 1])
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
    prose = _PROSE_END.search(text) or _is_broken(text) or _THANKS.fullmatch(text)
    return not prose and (numbered or not STARTS.match(text))


def _is_broken(text: str) -> bool:
    """Tell whether a line breaks off in a sentence that follows another one."""
    return "。" in text and not _PROSE_END.search(text)


def _may_be_title(line: PrintedLine) -> bool:
    short = len(line.text) <= _LONGEST_TITLE and not line.is_row
    return short and _may_stand_in_title(line.text, numbered=False)
