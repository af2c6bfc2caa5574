"""The paragraphs of one speech → its opening and its sections."""

import re
from collections.abc import Sequence

from speeches_cli import numerals
from speeches_cli.chinese import SENTENCE_END
from speeches_cli.drafting.values import Guess, Section
from speeches_cli.messages import _

_HAN = "[一二三四五六七八九十]{1,3}"
_STYLES = tuple(
    re.compile(f"(?:(?P<head>^)|(?<=[{SENTENCE_END}])){style}", re.MULTILINE)
    for style in (
        rf"(?P<number>{_HAN})[、．.]",
        rf"第(?P<number>{_HAN})部分[、，：:．.]?",
        rf"[(（](?P<number>{_HAN})[)）][、．.]?",
        r"(?P<number>[0-9０-９]{1,2})(?:[．.](?![0-9０-９])|、)",
        r"[(（](?P<number>[0-9０-９]{1,2})[)）][、．.]?",
        r"“(?P<number>[一二两三四五六七八九十])[^”，。\n]{1,4}”(?=[^，。；：！？\n]{2,16}(?:。|$))",
    )
)  # how sections are numbered, from the outermost: the first that a speech uses divides it
_QUOTED = _STYLES[-1]
STARTS = re.compile(re.sub(r"\?P<\w+>", "?:", "|".join(style.pattern for style in _STYLES[:-1])))
"""Matches a line that begins with a number of a section."""
NO_HEADING = "正文"  # heads the paragraphs of a speech without sections
NO_OPENING = "（无导语）"


def divide(paragraphs: Sequence[str]) -> tuple[Guess, tuple[Section, ...]]:
    """Divide a speech by the headings that number its sections one after the other.

    A heading is a paragraph of its own, or runs into one and ends with its first sentence. It may
    begin inside a paragraph only where it has just the number that comes next. One with nothing under
    it gives its words to the paragraph.
    """
    if not paragraphs:
        return Guess(NO_OPENING, _("no text under this title")), ()
    text = "\n".join(paragraphs)
    for style in _STYLES:
        if marks := _marks(text, style):
            break
    else:
        rest = Section(Guess(NO_HEADING), tuple(paragraphs[1:]))
        return Guess(paragraphs[0]), (rest,) if rest.paragraphs else ()
    sections: list[Section] = []
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
        sections.append(Section(Guess(heading, doubt), under))
    return Guess(text[: marks[0].start()].replace("\n", "") or NO_OPENING), tuple(sections)


def _marks(text: str, style: re.Pattern[str]) -> list[re.Match[str]]:
    """Find the numbers of one style, in so far as they count upwards from 1; quoted ones to 2."""
    marks: list[re.Match[str]] = []
    last = 0
    for mark in style.finditer(text):
        if (number := _number(mark)) == last + 1 or (
            marks and mark["head"] is not None and number > last
        ):
            marks.append(mark)
            last = number
    return marks if len(marks) > (style is _QUOTED) else []


def _number(mark: re.Match[str]) -> int:
    return int(numerals.read(mark["number"]) or 0)
