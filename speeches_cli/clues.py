"""What must stand in a passage for a search to find anything in it, and a quick look for it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable

Clue = tuple[frozenset[str] | None, ...]
"""For one character after the other those that it may be; None for any."""

BREAK = "\n"
"""What stands between passages; folding leaves none in a text."""


def finder(clues: Iterable[Clue]) -> Callable[[str], frozenset[int]]:
    """Give what tells the numbers, from 0, of the passages of a text that hold any of the clues."""
    # One by one they are quicker than as one pattern, of which every beginning is tried everywhere.
    patterns = [re.compile(each) for each in dict.fromkeys(map(pattern, clues))]

    def holding(text: str) -> frozenset[int]:
        found = set[int]()
        for each in patterns:
            number = at = 0
            while match := each.search(text, at):
                number += text.count(BREAK, at, match.start())
                found.add(number)
                if (at := text.find(BREAK, match.start())) < 0:
                    break
        return frozenset(found)

    return holding


def pattern(clue: Clue) -> str:
    """Write a clue as a regular expression."""
    return "".join("." if each is None else one_of(each) for each in clue)


def one_of(characters: Iterable[str]) -> str:
    """Write the regular expression of one of these characters."""
    return f"[{''.join(map(re.escape, sorted(characters)))}]"
