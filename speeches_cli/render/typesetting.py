"""Chinese prose → lines, as Chinese is set (GB/T 15834, section 5: where marks may not stand)."""

from __future__ import annotations

import re

from speeches_cli.render.page import Line, Part
from speeches_cli.visible import cells

INDENT = "　　"
_NOT_FIRST = frozenset("，。；：！？、…—·％%,.;:!?)]}”’）》〉」』】〕＋+")
_NOT_LAST = frozenset("“‘（《〈「『【〔([{")
_UNBROKEN = re.compile(r"[0-9A-Za-z.,%+]+|.", re.DOTALL)


def fill(parts: Line, width: int) -> list[Line]:
    """Break a paragraph, two characters indented, into lines of at most `width` cells.

    No line begins with a closing mark or ends with an opening one, and numbers and Latin words
    stay whole, unless one alone is wider than a line.
    """
    lines: list[Line] = []
    current: list[Part] = [(INDENT, "")]
    used = cells(INDENT)
    for unit in _units(parts):
        needed = sum(cells(text) for text, _role in unit)
        if used + needed > width and used:
            lines.append(_merged(current))
            current, used = [], 0
        current += unit
        used += needed
    return [*lines, _merged(current)]


def _units(parts: Line) -> list[list[Part]]:
    """Group characters that must stand on one line."""
    units: list[list[Part]] = []
    holds = False
    for text, role in parts:
        for match in _UNBROKEN.finditer(text):
            piece = match.group()
            if units and (holds or piece[0] in _NOT_FIRST):
                units[-1].append((piece, role))
            else:
                units.append([(piece, role)])
            holds = piece[-1] in _NOT_LAST
    return units


def _merged(parts: list[Part]) -> Line:
    """Join neighbours of one role."""
    merged: list[Part] = []
    for text, role in parts:
        if merged and merged[-1][1] == role:
            merged[-1] = (merged[-1][0] + text, role)
        else:
            merged.append((text, role))
    return tuple(merged)
