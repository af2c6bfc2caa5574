"""What must stand in a passage for a search to find anything in it, and a quick look for it.

Of the sounds of a clue most strings never stand in a corpus. Which do is known from the pairs of
neighbours in its text, and those few are looked for as they are.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from itertools import count
from typing import NamedTuple

Clue = tuple[frozenset[str] | None, ...]
"""For one character after the other those that it may be; None for any."""
Finder = Callable[[str, int], int]
"""Tells where in a text, from a place on, something stands; -1 where it doesn't."""

BREAK = "\n"
"""What stands between passages; folding leaves none in a text."""
_STRINGS = 12
"""How many strings are quicker looked for one by one than all at once."""
_BRANCHES = 200
"""How many beginnings of strings are followed further; a beginning is a clue too."""


class Stretch(NamedTuple):
    """A passage in a text of many: its number from 0, and its stretch `[start, end)`."""

    number: int
    start: int
    end: int


class Search:
    """Clues, and where any of them stands.

    `next_to` gives, for a character, at least all those that follow it anywhere in the corpus.
    """

    def __init__(self, clues: Iterable[Clue], next_to: Callable[[str], str]) -> None:
        wanted: dict[str, None] = {}
        patterns: list[str] = []
        for clue in clues:
            if None in clue:
                patterns.append(pattern(clue))
            else:
                wanted |= dict.fromkeys(_strings(clue, next_to))
        if len(wanted) > _STRINGS:
            patterns.append("|".join(map(re.escape, wanted)))
            wanted = {}
        self._finders = [*map(_finder, wanted), *map(_pattern_finder, dict.fromkeys(patterns))]

    def passages(self, text: str) -> list[Stretch]:
        """Give the passages that hold a clue, in order."""
        found: dict[int, Stretch] = {}
        for find in self._finders:
            number = end = 0
            while end >= 0 <= (at := find(text, end)):
                number += text.count(BREAK, end, at)
                end = text.find(BREAK, at)
                if number not in found:
                    found[number] = _stretch(text, number, at, end)
        return [found[number] for number in sorted(found)]


def passages(text: str) -> list[Stretch]:
    """Give all passages of a text, in order."""
    ends = [match.start() for match in re.finditer(BREAK, text)]
    starts = [0, *(end + 1 for end in ends)]
    return [Stretch(*each) for each in zip(count(), starts, [*ends, len(text)], strict=False)]


def _finder(string: str) -> Finder:
    return lambda text, begin: text.find(string, begin)


def _pattern_finder(pattern: str) -> Finder:
    search = re.compile(pattern).search
    return lambda text, begin: match.start() if (match := search(text, begin)) else -1


def _stretch(text: str, number: int, at: int, end: int) -> Stretch:
    """Give the passage around a place; it ends where the text does when `end` is -1."""
    return Stretch(number, text.rfind(BREAK, 0, at) + 1, end if end >= 0 else len(text))


def _strings(clue: Clue, next_to: Callable[[str], str]) -> list[str]:
    """Spell out the strings that a clue stands for, as far as they can stand in the corpus."""
    strings = [""]
    for characters in clue:
        if len(strings) > _BRANCHES:
            break
        strings = [
            string + each
            for string in strings
            for each in sorted(characters or ())
            if not string or each in next_to(string[-1])
        ]
    return strings


def pattern(clue: Clue) -> str:
    """Write a clue as a regular expression."""
    return "".join("." if each is None else one_of(each) for each in clue)


def one_of(characters: Iterable[str]) -> str:
    """Write the regular expression of one of these characters."""
    return f"[{''.join(map(re.escape, sorted(characters)))}]"
