"""The paragraphs of one speech → its opening and its sections."""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from speeches_cli import numerals
from speeches_cli.chinese import SENTENCE_END
from speeches_cli.drafting.values import Guess, Section
from speeches_cli.messages import _

_HAN = "[一二三四五六七八九十]{1,3}"
_STYLES = tuple(
    re.compile(f"(?:^|(?<=[{SENTENCE_END}])){style}")
    for style in (
        rf"(?P<number>{_HAN})[、．.]",
        rf"第(?P<number>{_HAN})部分[、，：:．.]?",
        rf"[(（](?P<number>{_HAN})[)）][、．.]?",
        r"(?P<number>[0-9０-９]{1,2})(?:[．.](?![0-9０-９])|、)",
        r"[(（](?P<number>[0-9０-９]{1,2})[)）][、．.]?",
        r"“(?P<number>[一二两三四五六七八九十])[^”，。]{1,4}”(?=[^，。；：！？]{2,16}(?:。|$))",
    )
)  # how sections are numbered, from the outermost: the first that a speech uses divides it
_QUOTED = _STYLES[-1]
STARTS = re.compile("|".join(style.pattern for style in _STYLES[:-1]).replace("?P<number>", "?:"))
"""Matches a line that begins with a number of a section."""
NO_HEADING = "正文"  # heads the paragraphs of a speech without sections
NO_OPENING = "（无导语）"


class _Mark(NamedTuple):
    """A section's number, and where it stands: a paragraph and the half-open `[start, end)` in it."""

    paragraph: int
    start: int
    end: int
    number: int


def divide(paragraphs: Sequence[str]) -> tuple[Guess, tuple[Section, ...]]:
    """Divide a speech by the headings that number its sections one after the other.

    A heading is a paragraph of its own, or runs into one and ends with its first sentence. It may
    begin inside a paragraph only where it has just the number that comes next.
    """
    if not paragraphs:
        return Guess(NO_OPENING, _("no text under this title")), ()
    found = ((style, _marks(paragraphs, style)) for style in _STYLES)
    style, marks = next((each for each in found if each[1]), (_QUOTED, []))
    if not marks:
        rest = Section(Guess(NO_HEADING), tuple(paragraphs[1:]))
        return Guess(paragraphs[0]), (rest,) if rest.paragraphs else ()
    first = marks[0]
    opening = "".join(paragraphs[: first.paragraph]) + paragraphs[first.paragraph][: first.start]
    sections: list[Section] = []
    end = _Mark(len(paragraphs) - 1, len(paragraphs[-1]), 0, 0)
    number = 0
    for mark, following in pairwise([*marks, end]):
        parts = [*paragraphs[mark.paragraph : following.paragraph + 1]]
        parts[-1] = parts[-1][: following.start]
        parts[0] = parts[0][mark.start :]
        doubt = None
        if mark.number != number + 1:
            doubt = _("a section before this one may be missing")
        elif any(each.number == 1 and each.start == 0 for each in _all_marks(parts[1:], style)):
            doubt = _("the numbers begin anew below; does another speech begin there?")
        number = mark.number
        sections.append(_section(parts, mark.end - mark.start, doubt))
    return Guess(opening or NO_OPENING), tuple(sections)


def _marks(paragraphs: Sequence[str], style: re.Pattern[str]) -> list[_Mark]:
    """Find the numbers of one style, in so far as they count upwards from 1; quoted ones to 2."""
    marks: list[_Mark] = []
    for mark in _all_marks(paragraphs, style):
        last = marks[-1].number if marks else 0
        if mark.number == last + 1 or (marks and mark.start == 0 and mark.number > last):
            marks.append(mark)
    return marks if len(marks) > (style is _QUOTED) else []


def _all_marks(paragraphs: Sequence[str], style: re.Pattern[str]) -> Iterator[_Mark]:
    for index, text in enumerate(paragraphs):
        for match in style.finditer(text):
            yield _Mark(index, *match.span(), int(numerals.read(match["number"]) or 0))


def _section(parts: Sequence[str], marker: int, doubt: str | None) -> Section:
    """Part the heading from what follows it; a heading alone gives its words to the paragraph."""
    end = re.search(f"[{SENTENCE_END}]", parts[0])
    heading, rest = (parts[0], "") if end is None else (parts[0][: end.start()], parts[0][end.end() :])
    if end and end[0] != "。":
        heading += end[0]
    paragraphs = tuple(each for each in (rest, *parts[1:]) if each)
    if not paragraphs:
        doubt = doubt or _("nothing stands under this heading")
        return Section(Guess(heading[:marker], doubt), (parts[0][marker:] or NO_HEADING,))
    return Section(Guess(heading, doubt), paragraphs)
