"""Lines of text → the title page, and where each speech begins: title, byline, body."""

import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import NamedTuple

from speeches_cli import folding
from speeches_cli.drafting import bylines, contents, ordinals
from speeches_cli.drafting.bylines import Byline
from speeches_cli.drafting.contents import Contents, ContentsEntry
from speeches_cli.drafting.pages import PrintedLine, glue, is_label
from speeches_cli.drafting.values import Guess, Speaker
from speeches_cli.messages import _

NOT_SAID = "不详"
"""Stands where the text says nothing and the corpus file must say something."""

_PROSE_END = re.compile("[。；;：:，,、][”’』」）)》]*$")
_SECTION = re.compile("[一二三四五六七八九十]{1,3}、")
_SUBTITLE = re.compile("[—–-]")
_MOST_TITLE_LINES = 3
_LONGEST_TITLE = 40
"""In characters, of one that follows its byline."""

_COMPILATION = re.compile("汇编|选编|材料|发言|文集")
_MEETING = re.compile("(.*会)(?:议|上的)?(?:典型|经验|交流|书面|发言|讲话|材料|汇编|选编|文集|集)+")
_NO_DATE = "1900-01-01"


class TitlePage(NamedTuple):
    """The compilation as the corpus file names it."""

    compilation: Guess
    meeting: Guess
    date: Guess


class Block(NamedTuple):
    """One speech as it lies in the lines."""

    title: str
    byline: Byline
    body: tuple[PrintedLine, ...]
    is_signed: bool
    """Whether the byline stands with the title, not on the contents page alone."""


class _Head(NamedTuple):
    """A title and byline, where they stand, `[start, stop)`, and the dates that follow them."""

    start: int
    stop: int
    title: str
    byline: Byline
    dates: Sequence[PrintedLine]
    is_signed: bool = True


def divide(
    lines: Sequence[PrintedLine], page: Contents, districts: Collection[str]
) -> tuple[list[Block], list[PrintedLine]]:
    """Part the lines into speeches, and give what stands before the first one.

    With the latter are dates under a byline and labels above a title. The lines of the contents
    page are in neither.
    """
    listed = {line.number for line in page.lines}
    text = [line for line in lines if line.number not in listed]
    signed = list(_heads(text, page, districts))
    heads = sorted([*signed, *_unsigned(text, page, signed)])
    if not heads:
        return [], text
    stops = [head.start for head in heads[1:]] + [len(text)]
    blocks: list[Block] = []
    beside = text[: heads[0].start]
    for head, stop in zip(heads, stops, strict=True):
        end = stop
        while end > head.stop and is_label(text[end - 1].text):
            end -= 1
        blocks.append(Block(head.title, head.byline, tuple(text[head.stop : end]), head.is_signed))
        beside += [*head.dates, *text[end:stop]]
    return blocks, beside


def settle(block: Block, page: Contents, districts: Collection[str]) -> tuple[Guess, Speaker]:
    """Settle title and speaker of a speech by what byline, title and contents page say together.

    A byline without a district gets the one that its title, printed beside it, ends with.
    """
    title, byline = block.title, block.byline
    entry = page.of(byline.speaker)
    listed = entry.title if entry else ""
    unsigned = None if block.is_signed else _("only the contents page names the speaker")
    post, district = Guess(byline.post, unsigned), Guess(byline.district or "")
    if entry and entry.byline.post != byline.post:
        post = Guess(byline.post, _("the contents page has {text}").format(text=entry.byline.post))
    if not district.text:
        stray = max((each for each in districts if title.endswith(each)), key=len, default="")
        if stray and stray != title:
            title, listed = title.removesuffix(stray), listed.removesuffix(stray)
            district = Guess(stray, _("taken from the end of the title"))
            post = post._replace(text=stray + byline.post)
        elif entry and entry.byline.district:
            district = Guess(entry.byline.district, _("only the contents page names the district"))
        else:
            district = Guess(NOT_SAID, _("no district in the byline"))
    doubt = None
    if not title:
        title, doubt = listed or NOT_SAID, _("no title found")
    elif listed and not contents.same(title, listed):
        doubt = _("the contents page has {text}").format(text=listed)
    elif not entry and _SECTION.match(title):
        doubt = _("numbered like a section; is this a speech's title?")
    elif block.is_signed and page.entries and not entry:
        doubt = _("not on the contents page")
    town = Guess(byline.town) if byline.town else Guess(NOT_SAID, _("no town in the byline"))
    return Guess(title, doubt), Speaker(district, town, Guess(byline.speaker, unsigned), post)


def _heads(text: Sequence[PrintedLine], page: Contents, districts: Collection[str]) -> Iterator[_Head]:
    """Find the names, each with the title above it, or below where there is none above."""
    end = 0
    for index in range(len(text)):
        if index < end:
            continue
        found = _byline(text, index, page, districts)
        if found is None:
            continue
        byline, stop = found
        start = _title_start(text, index, end, page.of(byline.speaker))
        title = text[start:index]
        if not title and stop < len(text) and _may_be_title(text[stop], numbered=False):
            title, stop = text[stop : stop + 1], stop + 1
        end = _after_dates(text, stop)
        yield _Head(start, end, glue([line.text for line in title]), byline, text[stop:end])


def _unsigned(text: Sequence[PrintedLine], page: Contents, signed: Sequence[_Head]) -> Iterator[_Head]:
    """Find the titles of those whom only the contents page names.

    Else their speeches would be taken for the end of the ones before. A title counts that is listed
    once and stands apart in one place, with text behind it.
    """
    listed = Counter(folding.fold(each.title) for each in page.entries)
    said = {"", *(folding.fold(head.title) for head in signed)}
    speakers = {head.byline.speaker for head in signed}
    missing = {
        title: each.byline
        for each in page.entries
        for title in [folding.fold(each.title)]
        if listed[title] == 1 and title not in said and each.byline.speaker not in speakers
    }
    taken = {index for head in signed for index in range(head.start, head.stop)}
    for title, places in _places(text, missing).items():
        [(start, stop), *others] = places
        end = _after_dates(text, stop)
        is_free = taken.isdisjoint(range(start, end + 1)) and not others
        if is_free and end < len(text) and folding.fold(text[end].text) not in listed:
            taken.update(range(start, end))
            named = glue([line.text for line in text[start:stop]])
            yield _Head(start, end, named, missing[title], text[stop:end], is_signed=False)


def _places(text: Sequence[PrintedLine], titles: Collection[str]) -> dict[str, list[tuple[int, int]]]:
    """Find where folded titles stand apart, `[start, stop)`; of those that begin there the longest."""
    found: dict[str, list[tuple[int, int]]] = {}
    for start in range(len(text) if titles else 0):
        longest = _MOST_TITLE_LINES if text[start].gap or not start else 0
        for stop in range(start + longest, start, -1):
            title = folding.fold(glue([line.text for line in text[start:stop]]))
            if title in titles and stop <= len(text):
                found.setdefault(title, []).append((start, stop))
                break
    return found


def _after_dates(text: Sequence[PrintedLine], at: int) -> int:
    """Find where the dates end that stand from a line on."""
    while at < len(text) and ordinals.is_date(text[at].text):
        at += 1
    return at


def _byline(
    text: Sequence[PrintedLine], index: int, page: Contents, districts: Collection[str]
) -> tuple[Byline, int] | None:
    """Read the byline that begins at a line, and where it ends; None where none begins."""
    line = text[index]
    stop = index + 1
    printed = line.printed
    if stop < len(text) and bylines.is_half(printed, text[stop].printed):
        printed, stop = f"{printed} {text[stop].printed}", stop + 1
    byline = bylines.parse(printed, districts)
    if byline is None:
        return None
    apart = " " in printed or "\u3000" in printed or _is_apart(text, index)
    apart = apart and not (index and not line.gap and _is_broken(text[index - 1].text))
    stands_out = apart or bylines.is_framed(printed) or page.of(byline.speaker)
    return (byline, stop) if stands_out else None


def _is_apart(text: Sequence[PrintedLine], index: int) -> bool:
    """Tell whether a gap precedes a line, or the one that may be its title."""
    above = index - 1 if index and _may_be_title(text[index - 1], numbered=True) else index
    return any(each == 0 or text[each].gap > 0 for each in (index, above))


def _title_start(
    text: Sequence[PrintedLine], byline: int, end: int, entry: ContentsEntry | None
) -> int:
    """Find where the title above a byline begins; `end` is where the head before it ends.

    The contents page knows; without it, what goes on without a gap is one title.
    """
    earliest = max(end, byline - _MOST_TITLE_LINES)
    for start in range(byline - 1, earliest - 1, -1):
        if entry and contents.same(glue([line.text for line in text[start:byline]]), entry.title):
            return start
    start = byline
    while start > earliest:
        line, below = text[start - 1], text[start]
        apart = start < byline and below.gap and not _SUBTITLE.match(below.text)
        if apart or not _may_stand_in_title(line.text, numbered=start == byline):
            break
        start -= 1
    return start


def _may_stand_in_title(text: str, *, numbered: bool) -> bool:
    """Tell whether a line may be part of a title; it may be `numbered` only right above a byline."""
    if _PROSE_END.search(text) or _is_broken(text) or (not numbered and _SECTION.match(text)):
        return False
    return not ordinals.is_date(text) and not is_label(text)


def _is_broken(text: str) -> bool:
    """Tell whether a line breaks off in a sentence that follows another one."""
    return "。" in text and not _PROSE_END.search(text)


def _may_be_title(line: PrintedLine, *, numbered: bool) -> bool:
    """Tell whether a line may be a whole title."""
    return len(line.text) <= _LONGEST_TITLE and _may_stand_in_title(line.text, numbered=numbered)


def title_page(
    front: Sequence[PrintedLine], texts: Iterable[str], *, name: str
) -> tuple[TitlePage, list[PrintedLine]]:
    """Read the lines before the first speech, and give those that it has no use for.

    A date that these lines lack is looked for in `texts`; a title, in the file's name.
    """
    others = [line for line in front if not ordinals.is_date(line.text) and not is_label(line.text)]
    named = _title([line for line in others if _COMPILATION.search(line.text)] or others, others)
    text = "".join(line.text for line in named)
    meeting = _MEETING.fullmatch(text)
    date, dated = _date(front, texts)
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


def _date(front: Iterable[PrintedLine], texts: Iterable[str]) -> tuple[Guess, PrintedLine | None]:
    """Take the first date that names a day, else the first; a speech's where there is none before.

    With it comes the line before the first speech in which it stands.
    """
    found = [(line, date) for line in front if (date := ordinals.find_date(line.text))]
    for line, (iso, complete) in sorted(found, key=lambda each: not each[1][1]):
        return Guess(iso, None if complete else _("the day is not named")), line
    for iso, _complete in filter(None, map(ordinals.find_date, texts)):
        return Guess(iso, _("found in a speech, not on the title page")), None
    return Guess(_NO_DATE, _("no date found")), None
