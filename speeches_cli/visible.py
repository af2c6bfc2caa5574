"""Makes any text safe to print on a terminal, and measures its width in cells."""

import unicodedata
from functools import cache, lru_cache


def clean(text: str) -> str:
    """Make a text harmless to print: no control sequence, line break, or hidden direction in it.

    Line breaks and tabs become a space, other control characters, lone surrogates and what is no
    character U+FFFD, and invisible format characters (bidirectional marks, zero-width spaces) go.
    """
    return text if text.isprintable() else "".join(map(_clean_character, text))


@lru_cache(maxsize=65536)  # the same text is measured again and again while a page is set
def cells(text: str) -> int:
    """Count the terminal cells a text takes: two for a Hanzi, none for what is only combined."""
    return len(text) if text.isascii() else sum(map(_cells, text))


def pad(text: str, width: int, *, left: bool = False) -> str:
    """Fill a text with spaces to a width in cells, on its right or on its left."""
    space = " " * (width - cells(text))
    return space + text if left else text + space


@cache
def _cells(character: str) -> int:
    shown = clean(character)
    if not shown or unicodedata.category(shown) in ("Mn", "Me"):
        return 0
    return 2 if unicodedata.east_asian_width(shown) in "WF" else 1


def _clean_character(character: str) -> str:
    category = unicodedata.category(character)
    if character in "\n\t\r\x85" or category in ("Zl", "Zp"):
        return " "
    is_new_hanzi = character >= "\U00020000"  # Unicode still adds some, which Python may not know yet
    if category in ("Cc", "Cs") or (category == "Cn" and not is_new_hanzi):
        return "\ufffd"
    return "" if category == "Cf" else character
