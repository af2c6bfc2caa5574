"""A paragraph → sentences in which patterns can find quantities and what stands between them."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from typing import NamedTuple

from speeches_cli import chinese, quantities
from speeches_cli.quantities import Quantity

QUANTITY = r"\#\.*"
"""How a pattern names a quantity of `Sentence.masked`, in verbose syntax."""
WORD = r"[^\#.，,、；：:（）()]"
"""How a pattern names a character inside a clause and outside of quantities."""

LONGEST_LIST = 12
"""Nobody adds up a longer one in a sentence."""
# Not the point, which stands in numbers, nor in ：, after which lists go on.
_SENTENCE = re.compile(f"[^{chinese.STATEMENT_END}]+")


class Sentence(NamedTuple):
    """A stretch of text between 。！？ or ；, and the quantities that it states."""

    text: str
    masked: str
    """As long as the text, with `#...` in the place of each quantity."""
    stated: tuple[Quantity, ...]
    """With `start` and `end` counted in the sentence."""

    def at(self, start: int) -> Quantity:
        """Give the quantity that begins at a place."""
        return self.stated[self._index(start)]

    def before(self, start: int) -> tuple[Quantity, ...]:
        """Give those before the quantity that begins at a place, one more than a list may have."""
        index = self._index(start)
        return self.stated[max(index - LONGEST_LIST - 1, 0) : index]

    def after(self, start: int) -> tuple[Quantity, ...]:
        """Give those after the quantity that begins at a place, one more than a list may have."""
        index = self._index(start) + 1
        return self.stated[index : index + LONGEST_LIST + 1]

    def _index(self, start: int) -> int:
        return bisect_left(self.stated, start, key=lambda each: each.start)


def split(text: str) -> Iterator[Sentence]:
    """Yield the sentences of a paragraph that state enough for one number to follow from others."""
    for match in _SENTENCE.finditer(text):
        sentence = match[0]
        if len(stated := tuple(quantities.find(sentence))) > 2:
            yield Sentence(sentence, _masked(sentence, stated), stated)


def _masked(text: str, stated: tuple[Quantity, ...]) -> str:
    parts: list[str] = []
    reached = 0
    for each in stated:
        parts += [_plain(text[reached : each.start]), "#", "." * (each.end - each.start - 1)]
        reached = each.end
    return "".join(parts) + _plain(text[reached:])


def _plain(text: str) -> str:
    """Take the sign of a mask out of the text itself."""
    return text.replace("#", "＃")
