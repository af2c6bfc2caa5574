"""Chinese prose → lines, as Chinese is set (GB/T 15834-2011, section 5: where marks may not stand)."""

import re
from itertools import pairwise

from speeches_cli.render.page import Line, cut, plain
from speeches_cli.visible import cells

INDENT = "　　"
_OPENING = re.escape("“‘（《〈「『【〔〖［｛([{／￥¥$≈≥≤><")
_CLOSING = re.escape("，。；：！？、…—·•・～–－＋／％‰℃,.;:!?)]}~-/%+”’）》〉」』】〕〗］｝ 　\xa0")
_COMBINING = "\u0300-\u036f\ufe00-\ufe0f"
_LETTER = "0-9A-Za-zÀ-ɏ０-９Ａ-Ｚａ-ｚ%％‰"
_WORD = rf"[{_LETTER}](?:[-.,．+＋:/@&_'’]*[{_LETTER}])*"
"""A number or a Latin word, with what stands inside it: 1+3+X, 97.4%, 2023-09-18, a@b.cn."""
_UNBROKEN = re.compile(
    rf"[{_OPENING}]*(?:[-−－+＋]?{_WORD}|.)(?:[-－+＋]{_WORD}|[{_CLOSING}{_COMBINING}])*", re.DOTALL
)
"""Opening marks, a number, word or character, and what may not begin a line."""


def fill(parts: Line, width: int, *, indent: str = "") -> list[Line]:
    """Break a paragraph, whose first line is indented, into lines of at most `width` cells.

    No line begins with a closing mark or ends with an opening one, no dash or ellipsis is split,
    and numbers and Latin words stay whole, unless one alone is wider than a line: that is cut.
    """
    shown = ((indent, ""), *parts) if indent else parts
    text = plain(shown)
    at = len(indent)
    used = margin = cells(indent)
    bounds = [0]
    for match in _UNBROKEN.finditer(text, at):
        unit = match[0]
        is_whole = cells(unit) <= width - (margin if used == margin else 0)
        for piece in [unit] if is_whole else unit:
            if used > margin and used + cells(piece) > width:
                bounds.append(at)
                used = margin = 0
            used += cells(piece)
            at += len(piece)
    return [
        cut(shown, start, start + len(text[start:end].rstrip()))
        for start, end in pairwise([*bounds, len(text)])
    ]
