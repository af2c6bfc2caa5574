"""Chinese prose → lines, as Chinese is set (GB/T 15834-2011, section 5: where marks may not stand)."""

from __future__ import annotations

import re

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
    lines: list[list[Part]] = [[(indent, "")] if indent else []]
    used = margin = cells(indent)
    for unit in _units(parts):
        fits_a_line = margin + _width(unit) <= width or (used > margin and _width(unit) <= width)
        for piece in [unit] if fits_a_line else [[character] for character in unit]:
            if used + _width(piece) > width and used > margin:
                lines.append([])
                used = margin = 0
            lines[-1] += piece
            used += _width(piece)
    return [_merged(line) for line in lines]


def _width(characters: list[Part]) -> int:
    return sum(cells(character) for character, _role in characters)


def _units(parts: Line) -> list[list[Part]]:
    """Group characters that must stand on one line."""
    characters = [(character, role) for text, role in parts for character in text]
    units: list[list[Part]] = []
    holds = False
    for match in _UNBROKEN.finditer("".join(character for character, _role in characters)):
        piece = match.group()
        unit = characters[match.start() : match.end()]
        if units and (holds or piece[0] in _NOT_FIRST or not cells(piece)):
            units[-1] += unit
        else:
            units.append(unit)
        holds = piece in _NOT_LAST
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
