"""Chinese prose → lines, as Chinese is set (GB/T 15834-2011, section 5: where marks may not stand)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from speeches_cli.render.page import Line, Part
from speeches_cli.visible import cells

INDENT = "　　"
_NOT_FIRST = frozenset("，。；：！？、…—·•・～–－＋／％‰℃,.;:!?)]}~-/%+”’）》〉」』】〕〗］｝ 　\xa0")
_NOT_LAST = frozenset("“‘（《〈「『【〔〖［｛([{／￥¥$≈≥≤><")
_LETTER = "0-9A-Za-zÀ-ɏ０-９Ａ-Ｚａ-ｚ%％‰"
# Numbers and Latin words, with what stands inside them: 1+3+X, -97.4%, 2023-09-18, a@b.cn.
_UNBROKEN = re.compile(rf"[-−－+＋]?[{_LETTER}](?:[-.,．+＋:/@&_'’]*[{_LETTER}])*|.", re.DOTALL)


def fill(parts: Line, width: int, *, indent: str = INDENT) -> list[Line]:
    """Break a paragraph, two characters indented, into lines of at most `width` cells.

    No line begins with a closing mark or ends with an opening one, no dash or ellipsis is split,
    and numbers and Latin words stay whole, unless one alone is wider than a line: that is cut.
    """
    text = indent + "".join([text for text, _role in parts])
    if cells(text) <= width:
        return [_merged(((indent, ""), *parts))]
    ends: list[int] = []
    used = margin = cells(indent)
    for start, end, size in _units(text, len(indent)):
        fits_a_line = margin + size <= width or (used > margin and size <= width)
        pieces = ((at, cells(text[at])) for at in range(start, end))
        for begin, taken in [(start, size)] if fits_a_line else pieces:
            if used + taken > width and used > margin:
                ends.append(begin)
                used = margin = 0
            used += taken
    return _cut(((indent, ""), *parts), [*ends, len(text)])


def _units(text: str, start: int) -> Iterator[tuple[int, int, int]]:
    """Yield the start, end and width of each stretch that must not be broken."""
    size = 0
    holds = True
    for match in _UNBROKEN.finditer(text, start):
        piece = match[0]
        width = cells(piece)
        if not (holds or not width or piece[0] in _NOT_FIRST):
            yield start, match.start(), size
            start, size = match.start(), 0
        size += width
        holds = piece in _NOT_LAST
    if start < len(text):
        yield start, len(text), size


def _cut(parts: Line, ends: list[int]) -> list[Line]:
    """Cut a text where its lines end."""
    lines: list[list[Part]] = [[]]
    reached = 0
    for text, role in parts:
        start = 0
        while start < len(text):
            if reached == ends[len(lines) - 1]:
                lines.append([])
            piece = text[start : start + ends[len(lines) - 1] - reached]
            lines[-1].append((piece, role))
            start += len(piece)
            reached += len(piece)
    return [_merged(line) for line in lines]


def _merged(parts: Iterable[Part]) -> Line:
    """Join neighbours of one role, and leave out empty parts."""
    made: list[Part] = []
    for part in parts:
        if made and made[-1][1] == part[1]:
            made[-1] = (made[-1][0] + part[0], part[1])
        elif part[0]:
            made.append(part)
    return tuple(made)
