"""Where words begin, where sentences, statements and clauses end, which syllables are nearly alike."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from functools import lru_cache

SENTENCE_END = "。！？!?"  # marks after which a sentence is over: a quotation goes from one to the next
STATEMENT_END = SENTENCE_END + "；;"
"""Also the semicolon, which parts the statements of a sentence: a list of figures or a near hit stays
on one side of it, but a quotation does not."""
CLAUSE_END = STATEMENT_END + "，："  # also comma and colon; not `,` and `:`, which stand in numbers
CLOSING = "”’」』）)》"  # marks that may follow the end of a sentence and belong to it

# Initials and finals that people of some regions confuse, in speech and so in typing.
_PAIRS = ("zh/z", "ch/c", "sh/s", "n/l", "h/f", "r/l", "ing/in", "eng/en", "ang/an")
_SYLLABLE = re.compile("([zcs]h|[^aeiouv]?)([iu]?(?=[aei]n)|)(.*)")
"""The initial, what may stand before a final that is confused (uang, iang), and the final."""


def sentence(text: str, start: int, end: int) -> str:
    """Cut the whole sentence around `[start, end)` out of a text, or all that the stretch crosses."""
    ends = _sentence_ends(text)
    return text[ends[bisect_right(ends, start) - 1] : ends[bisect_left(ends, end)]]


def starts(words: str, text: str) -> Iterator[int]:
    """Yield where words begin in a text, places that overlap included."""
    at = text.find(words)
    while at >= 0:
        yield at
        at = text.find(words, at + 1)


@lru_cache(maxsize=8)  # what one paragraph is asked for, it is asked for in a row
def _sentence_ends(text: str) -> tuple[int, ...]:
    """Give where sentences end, behind their marks and closing quotation marks, with 0 and the end."""
    found = re.finditer(f"[{SENTENCE_END}]+[{CLOSING}]*", text)
    return (0, *(match.end() for match in found), len(text))


def nearly_alike(syllable: str) -> dict[str, str]:
    """Give the syllables that are easily taken for one, and what is confused, as `s/sh`."""
    initial, medial, final = _SYLLABLE.findall(syllable)[0]
    return {
        one + medial + other: ", ".join(filter(None, (first, second)))
        for one, first in _taken_for(initial).items()
        for other, second in _taken_for(final).items()
        if first or second
    }


def _taken_for(sound: str) -> dict[str, str]:
    both = [each.split("/") for each in _PAIRS]
    others = [*both, *(each[::-1] for each in both)]
    return {sound: ""} | {other: f"{one}/{other}" for one, other in others if one == sound}
