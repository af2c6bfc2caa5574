"""Weighted edit distance between a phrase and the stretches of a text, with the slips named.

Sellers' algorithm (1980) with neighbour swaps: the phrase is given, the stretch may begin and end
anywhere. A character that sounds alike costs half of any other slip, because about 83 % of the
wrong characters in Chinese words sound alike (Liu et al. 2011).
"""

import re
from collections.abc import Collection, Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from speeches_cli import chinese, folding

HOMOPHONE, NEARLY, WRONG = "homophone", "nearly", "wrong"
MISSING, EXTRA, SWAPPED = "missing", "extra", "swapped"

SOUND, SLIP = 1, 2
"""What a homophone and any other slip cost, in half units, so that all costs are whole."""
BREAK = "\n"  # ends a passage in a text of several; folding leaves none in a passage
SENTENCE_MARK = re.compile(f"[{folding.fold(chinese.STATEMENT_END)}{BREAK}]")
"""What no match crosses, as folded text has it."""
_NEVER = 1_000_000
_RIGID = frozenset("0123456789abcdefghijklmnopqrstuvwxyz.%")
"""Digits, Latin letters and the signs of numbers: a slip in them makes another fact."""
_RIGID_RUN = re.compile("[0-9a-z.%]+")


class Edit(NamedTuple):
    """One slip between what was typed and what was found, both folded.

    `missing` and `extra` are seen from the typed phrase: what it lacks has no `typed`, what it
    has too much has no `found`.
    """

    kind: str
    typed: str
    found: str


class Alignment(NamedTuple):
    """A stretch `[start, end)` of the text, its cost in half units, and the slips it takes."""

    start: int
    end: int
    cost: int
    edits: tuple[Edit, ...]

    @property
    def complete(self) -> bool:
        """Whether every typed character stands in the stretch."""
        return all(edit.kind in (MISSING, SWAPPED) for edit in self.edits)


_Cell = tuple[int, int, tuple[Edit, ...]]
"""The cheapest way to a place in the text: its cost, where its stretch starts, and its slips."""


def align(
    phrase: str, text: str, begin: int, end: int, *, budget: int, alike: Sequence[Collection[str]]
) -> Iterator[Alignment]:
    """Yield the cheapest alignment for every place in `text[begin:end]` where the phrase may end.

    `budget` is the highest cost, in half units; `alike` gives for each character of the phrase
    those that sound like it. A stretch neither begins nor ends on punctuation or inside a number;
    digits, Latin letters and the signs of numbers must be equal.
    """
    stretch = text[begin:end]
    rows: list[list[_Cell]] = [
        [(0 if _may_begin(text, at) else _NEVER, at, ()) for at in range(begin, end + 1)]
    ]
    for row in range(1, len(phrase) + 1):
        _add_row(rows, phrase, stretch, alike[row - 1])
        if min(rows[-1])[0] > budget:
            return  # what a swap reaches from the row before, an extra character has reached here
    runs = _RIGID_RUN.findall(phrase)
    for stop, (cost, start, edits) in enumerate(rows[-1], begin):
        if cost > budget or start == stop or not _may_end(text, stop):
            continue
        if _RIGID_RUN.findall(text, start, stop) == runs:
            yield Alignment(start, stop, cost, edits)


def _add_row(rows: list[list[_Cell]], phrase: str, stretch: str, alike: Collection[str]) -> None:
    """Work out the cheapest way to align one character more of the phrase, for every column.

    Of equally cheap ways the one whose stretch starts first wins, so that none is cut short.
    """
    row = len(rows)
    above, typed = rows[-1], phrase[row - 1]
    rigid = typed in _RIGID
    cells: list[_Cell] = []
    for column in range(len(stretch) + 1):
        ways = [(above[column], _NEVER if rigid else SLIP, EXTRA, typed, "")]
        found = stretch[column - 1] if column else ""
        if typed == found:
            ways.append((above[column - 1], 0, "", "", ""))
        elif found and not rigid and found not in _RIGID:
            slip, price = (HOMOPHONE, SOUND) if found in alike else (WRONG, SLIP)
            ways.append((above[column - 1], price, slip, typed, found))
            pair = phrase[row - 2 : row] if row > 1 else ""
            if pair and stretch[max(0, column - 2) : column] == pair[::-1]:
                ways.append((rows[-2][column - 2], SLIP, SWAPPED, pair, pair[::-1]))
        if found and found not in _RIGID:
            ways.append((cells[-1], SLIP, MISSING, "", found))
        cost, start, slip, edit, edits = min(
            (before[0] + price, before[1], slip, edit, before[2]) for before, price, slip, *edit in ways
        )
        cells.append((cost, start, (*edits, Edit(slip, *edit)) if slip else edits))
    rows.append(cells)


def complete(phrase: str, text: str) -> Iterator[Alignment]:
    """Yield every stretch that has the whole phrase with one character more, or with a swap.

    So strong a likeness needs no long phrase. It also tells what `align` cannot, which keeps only
    the cheapest for each end: 实总投 is 实施总投 without 施, not a misspelling of 施总投.
    """
    for first in _beginning(phrase).finditer(text):
        start = first.start()
        for end, edit in _one_slip(phrase, text, start):
            found = text[start:end]
            if (
                _may_begin(text, start)
                and _may_end(text, end)
                and _RIGID.isdisjoint(edit.found)
                and _RIGID_RUN.findall(phrase) == _RIGID_RUN.findall(found)
                and (SENTENCE_MARK.search(phrase) or not SENTENCE_MARK.search(found))
                and BREAK not in found
            ):
                yield Alignment(start, end, SLIP, (edit,))


@lru_cache(maxsize=8)
def _beginning(phrase: str) -> re.Pattern[str]:
    """Make a regular expression that stands wherever a phrase does with a swap, or with one more."""
    more = (f"{re.escape(phrase[1:at])}.{re.escape(phrase[at:])}" for at in range(1, len(phrase)))
    swaps = (
        re.escape(f"{phrase[:at]}{phrase[at : at + 2][::-1]}{phrase[at + 2 :]}"[1:])
        for at in range(len(phrase) - 1)
    )
    return re.compile(f"[{re.escape(phrase[:2])}](?={'|'.join((*more, *swaps))})")


def _one_slip(phrase: str, text: str, start: int) -> Iterator[tuple[int, Edit]]:
    """Yield the end and the slip where the phrase stands at `start` with a swap, or with one more."""
    same = 0
    while same < len(phrase) and text[start + same : start + same + 1] == phrase[same]:
        same += 1
    at, rest = start + same, phrase[same:]
    found, pair = text[at : at + 1], rest[:2]
    if len(pair) == 2 and text[at : at + len(rest)] == pair[::-1] + rest[2:]:
        yield at + len(rest), Edit(SWAPPED, pair, pair[::-1])
    if same and rest and text[at + 1 : at + 1 + len(rest)] == rest:
        yield at + 1 + len(rest), Edit(MISSING, "", found)


def _may_begin(text: str, at: int) -> bool:
    """Tell whether a stretch may begin before the character at `at`."""
    return not _splits_number(text, at) and text[at : at + 1].isalnum()


def _may_end(text: str, at: int) -> bool:
    """Tell whether a stretch may end before the character at `at`."""
    return not _splits_number(text, at) and (text[at - 1].isalnum() or text[at - 1] == "%")


def _splits_number(text: str, at: int) -> bool:
    return 0 < at < len(text) and text[at - 1] in _RIGID and text[at] in _RIGID
