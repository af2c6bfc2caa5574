"""Weighted edit distance between a phrase and the stretches of a text, with the slips named.

Sellers' algorithm (1980) with neighbour swaps: the phrase is given, the stretch may begin and end
anywhere. A character that sounds alike costs half of any other slip, because about 83 % of the
wrong characters in Chinese words sound alike (Liu et al. 2011).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

HOMOPHONE, WRONG, MISSING, EXTRA, SWAPPED = "homophone", "wrong", "missing", "extra", "swapped"

SOUND, SLIP = 1, 2
"""What a homophone and any other slip cost, in half units, so that all costs are whole."""
SENTENCE_MARK = re.compile("[。!?;]")
"""What no match crosses, as folded text has it."""
_NEVER = 1_000_000
_SIGNS_OF_NUMBERS = ".%"


@dataclass(frozen=True, slots=True)
class Edit:
    """One slip between what was typed and what was found, both folded.

    `missing` and `extra` are seen from the typed phrase: what it lacks has no `typed`, what it
    has too much has no `found`.
    """

    kind: str
    typed: str
    found: str


@dataclass(frozen=True, slots=True)
class Alignment:
    """A stretch `[start, end)` of the text, its cost in half units, and the slips it takes."""

    start: int
    end: int
    cost: int
    edits: tuple[Edit, ...]


# (cost, start of the stretch, slip that led here, row and column it led from). Tuples compare
# by cost, then by start: of equally cheap stretches the longest wins, so that none is cut short.
_Cell = tuple[int, int, str, int, int]


def align(
    phrase: str,
    text: str,
    begin: int,
    end: int,
    *,
    budget: int,
    sound_alike: Callable[[str, str], bool],
) -> Iterator[Alignment]:
    """Yield the cheapest alignment for every place in `text[begin:end]` where the phrase may end.

    `budget` is the highest cost, in half units. A stretch neither begins nor ends on punctuation
    or inside a number; digits, Latin letters and the signs of numbers must be equal.
    """
    table = _Table(phrase, text[begin:end], sound_alike)
    table.rows.append(
        [(0 if may_begin(text, at) else _NEVER, at, "", 0, 0) for at in range(begin, end + 1)]
    )
    for row in range(1, len(phrase) + 1):
        table.rows.append([])
        for column in range(end - begin + 1):
            table.rows[row].append(table.cheapest(row, column))
    for column, (cost, start, *_trail) in enumerate(table.rows[-1]):
        if cost <= budget and start < begin + column and may_end(text, begin + column):
            yield Alignment(start, begin + column, cost, table.edits(column))


def may_begin(text: str, at: int) -> bool:
    """Tell whether a stretch may begin before the character at `at`."""
    return not _splits_number(text, at) and text[at : at + 1].isalnum()


def may_end(text: str, at: int) -> bool:
    """Tell whether a stretch may end before the character at `at`."""
    return not _splits_number(text, at) and (text[at - 1].isalnum() or text[at - 1] == "%")


def _splits_number(text: str, at: int) -> bool:
    return 0 < at < len(text) and _is_rigid(text[at - 1]) and _is_rigid(text[at])


def _is_rigid(character: str) -> bool:
    """Tell digits, Latin letters and signs of numbers, in which a slip makes another fact."""
    return character.isascii() and (character.isalnum() or character in _SIGNS_OF_NUMBERS)


class _Table:
    """The cells worked out so far: rows are prefixes of the phrase, columns of the text."""

    def __init__(self, phrase: str, text: str, sound_alike: Callable[[str, str], bool]) -> None:
        self.phrase, self.text, self.sound_alike = phrase, text, sound_alike
        self.rows: list[list[_Cell]] = []

    def step(self, slip: str, price: int, row: int, column: int) -> _Cell:
        """Make the cell that is reached from another by one slip."""
        cost, start, *_trail = self.rows[row][column]
        return cost + price, start, slip, row, column

    def cheapest(self, row: int, column: int) -> _Cell:
        typed = self.phrase[row - 1]
        dropped = self.step(EXTRA, _NEVER if _is_rigid(typed) else SLIP, row - 1, column)
        if column == 0:
            return dropped
        found = self.text[column - 1]
        if typed == found:
            return self.step("", 0, row - 1, column - 1)
        if _is_rigid(found):
            return dropped
        options = [dropped, self.step(MISSING, SLIP, row, column - 1)]
        if not _is_rigid(typed):
            alike = self.sound_alike(typed, found)
            slip, price = (HOMOPHONE, SOUND) if alike else (WRONG, SLIP)
            options.append(self.step(slip, price, row - 1, column - 1))
            if row > 1 < column and (self.phrase[row - 2], typed) == (found, self.text[column - 2]):
                options.append(self.step(SWAPPED, SLIP, row - 2, column - 2))
        return min(options)

    def edits(self, column: int) -> tuple[Edit, ...]:
        """Walk back from the end of the phrase and name each slip on the way."""
        trail: list[Edit] = []
        row = len(self.phrase)
        while row:
            _cost, _start, slip, earlier_row, earlier_column = self.rows[row][column]
            if slip:
                typed = self.phrase[earlier_row:row]
                trail.append(Edit(slip, typed, self.text[earlier_column:column]))
            row, column = earlier_row, earlier_column
        return tuple(reversed(trail))
