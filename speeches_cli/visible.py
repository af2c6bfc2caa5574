"""Makes any text safe to print on a terminal, and measures its width in cells."""

from __future__ import annotations

import re
import unicodedata
from functools import cache, lru_cache

# The most common of what takes two cells, so that few characters have to be looked up.
_WIDE = re.compile("[\u4e00-\u9fff，。、；：（）《》]+")
_REPLACEMENT = "\ufffd"
_SPACES = frozenset(("Zl", "Zp"))
_HARMFUL = frozenset(("Cc", "Cs"))
_RARE_HANZI = re.compile("[\U00020000-\U0003fffd]")
"""Planes in which Unicode still adds Hanzi; the width of other unassigned characters is unknown."""


def clean(text: str) -> str:
    """Make a text harmless to print: no control sequence, line break, or hidden direction in it.

    Line breaks and tabs become a space, other control characters, lone surrogates and what is no
    character U+FFFD, and invisible format characters (bidirectional marks, zero-width spaces) go.
    """
    if text.isprintable():
        return text
    return "".join(map(_clean_character, text))


@lru_cache(maxsize=65536)  # the same text is measured again and again while a page is set
def cells(text: str) -> int:
    """Count the terminal cells a text takes: two for a Hanzi, none for what is only combined."""
    if text.isascii():
        return len(text)
    rest = _WIDE.sub("", text)
    return 2 * (len(text) - len(rest)) + (len(rest) if rest.isascii() else sum(map(_cells, rest)))


def pad(text: str, width: int, *, left: bool = False) -> str:
    """Fill a text with spaces to a width in cells, on its right or on its left."""
    space = " " * (width - cells(text))
    return space + text if left else text + space


@cache
def _cells(character: str) -> int:
    category = unicodedata.category(character)
    if category in ("Mn", "Me", "Cf"):
        return 0
    if _is_unknown(character, category):
        return 1
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1


def _clean_character(character: str) -> str:
    category = unicodedata.category(character)
    if character in "\n\t\r\x85" or category in _SPACES:
        return " "
    if category in _HARMFUL or _is_unknown(character, category):
        return _REPLACEMENT
    return "" if category == "Cf" else character


def _is_unknown(character: str, category: str) -> bool:
    """Tell whether a character is unassigned in the version of Unicode that Python has."""
    return category == "Cn" and not _RARE_HANZI.match(character)
