"""Weighted edit distance between a phrase and the stretches of a text, with the slips named.

Sellers' algorithm (1980) with neighbour swaps: the phrase is given, the stretch may begin and end
anywhere. A character that sounds alike costs half of any other slip, because about 83 % of the
wrong characters in Chinese words sound alike (Liu et al. 2011).
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from speeches_cli import chinese, folding

HOMOPHONE, NEARLY, WRONG = "homophone", "nearly", "wrong"
MISSING, EXTRA, SWAPPED, PINYIN = "missing", "extra", "swapped", "pinyin"

SOUND, SLIP = 0.5, 1.0  # what a homophone and any other slip cost
_NEVER = 1_000_000.0
PRICES = {
    **dict.fromkeys((HOMOPHONE, NEARLY), SOUND),
    **dict.fromkeys((WRONG, MISSING, EXTRA, SWAPPED), SLIP),
    PINYIN: 0,
}
# The prices where every typed character must stand in the stretch.
COMPLETE = PRICES | dict.fromkeys((HOMOPHONE, NEARLY, WRONG, EXTRA), _NEVER)
BREAK = "\n"  # ends a passage in a text of several; folding leaves none in a passage
SENTENCE_MARK = re.compile(f"[{folding.fold(chinese.STATEMENT_END)}{BREAK}]")  # no match crosses one
# Digits, Latin letters and the signs of numbers: a slip in them makes another fact.
_RIGID = frozenset("0123456789abcdefghijklmnopqrstuvwxyz.%")
_RIGID_RUN = re.compile("[0-9a-z.%]+")
_OUTSIDE_NUMBER = "(?!(?<=[0-9a-z.%])[0-9a-z.%])"
_BEGINNING = re.compile(rf"{_OUTSIDE_NUMBER}[^\W_]")
_END = re.compile(rf"(?<=[^\W_]|%){_OUTSIDE_NUMBER}")


class Edit(NamedTuple):
    """One slip between what was typed and what was found, both folded."""

    kind: str  # `missing` and `extra` are seen from the typed phrase
    typed: str  # empty for what it lacks
    found: str  # empty for what it has too much


class Stretch(NamedTuple):
    """A half-open stretch `[start, end)` of folded text, and the slips that it takes."""

    start: int
    end: int
    edits: tuple[Edit, ...] = ()


def cost(edits: Iterable[Edit]) -> float:
    """Add up what slips cost."""
    return sum(PRICES[edit.kind] for edit in edits)


_Prices = Mapping[str, float]  # by kind of slip
_Cell = tuple[float, int, tuple[Edit, ...]]  # the cheapest way to a place: cost, start, and slips


def align(
    phrase: str,
    text: str,
    begin: int,
    end: int,
    *,
    budget: float,
    alike: Sequence[Mapping[str, str]],
    prices: _Prices = PRICES,
) -> Iterator[Stretch]:
    """Yield the cheapest alignment for every place in `text[begin:end]` where the phrase may end.

    `budget` is the highest cost; `alike` gives for each character of the phrase
    those that sound like it, each with the kind of slip. A stretch neither begins nor ends on
    punctuation or inside a number; digits, Latin letters and the signs of numbers must be equal.
    """
    stretch = text[begin:end]
    free = [0.0 if _BEGINNING.match(text, at) else _NEVER for at in range(begin, end + 1)]
    rows: list[list[_Cell]] = [[(price, at, ()) for at, price in enumerate(free, begin)]]
    for row in range(1, len(phrase) + 1):
        _add_row(rows, phrase, stretch, alike[row - 1], prices)
        if min(rows[-1])[0] > budget:
            return  # what a swap reaches from the row before, another slip has reached here
    runs = _RIGID_RUN.findall(phrase)
    for stop, (price, start, edits) in enumerate(rows[-1], begin):
        stands = price <= budget and start < stop and _END.match(text, stop)
        if stands and _RIGID_RUN.findall(text, start, stop) == runs:
            yield Stretch(start, stop, edits)


def _add_row(
    rows: list[list[_Cell]], phrase: str, stretch: str, alike: Mapping[str, str], prices: _Prices
) -> None:
    """Align one character more; of equally cheap ways the one that starts first is not cut short."""
    row = len(rows)
    above, typed, pair = rows[-1], phrase[row - 1], phrase[max(0, row - 2) : row]
    rigid = typed in _RIGID
    cells: list[_Cell] = []
    for column in range(len(stretch) + 1):
        ways = [(above[column], _NEVER if rigid else prices[EXTRA], EXTRA, typed, "")]
        found = stretch[column - 1] if column else ""
        if typed == found:
            ways.append((above[column - 1], 0, "", "", ""))
        elif found and not rigid and found not in _RIGID:
            slip = alike.get(found, WRONG)
            ways.append((above[column - 1], prices[slip], slip, typed, found))
            if stretch[max(0, column - 2) : column] == pair[::-1]:  # not where `pair` is one character
                ways.append((rows[-2][column - 2], prices[SWAPPED], SWAPPED, pair, pair[::-1]))
        if found and found not in _RIGID:
            ways.append((cells[-1], prices[MISSING], MISSING, "", found))
        cost, start, slip, edit, edits = min(
            (before[0] + price, before[1], slip, edit, before[2]) for before, price, slip, *edit in ways
        )
        cells.append((cost, start, (*edits, Edit(slip, *edit)) if slip else edits))
    rows.append(cells)
