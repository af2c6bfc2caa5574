"""A phrase → every place that has it, with its span, its cost and the reason it matched.

Exact places come first; near ones are judged by `alignment`, within a budget that grows with
the phrase; Latin letters may spell pinyin. Where a near place has everything that was typed, at
least by its sound, the places that lack some of it wait for `near`: measured, that leaves a third
of the hits that nobody meant. Nothing here cuts, pads or colours.
"""

from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import accumulate
from typing import NamedTuple

from speeches_cli import folding
from speeches_cli.clues import BREAK, Clue
from speeches_cli.errors import UsageError
from speeches_cli.messages import _
from speeches_cli.model import Passage
from speeches_cli.search import alignment
from speeches_cli.search.alignment import Edit
from speeches_cli.search.candidates import Spelling, Windows

__all__ = ["Edit", "Found", "Hit", "search", "sort"]

EXACT, HOMOPHONE, NEAR, PINYIN = "exact", "homophone", "near", "pinyin"

LONGEST_PHRASE = 2000
"""In folded characters; no paragraph of the eight speeches has a fifth of it."""
_LIKE_ENOUGH = 50.0
"""RapidFuzz's partial ratio, in percent, from which a passage is worth a look for a suggestion."""
_PROMISING = 10
_SHORTEST_SUGGESTED = 3


class Hit(NamedTuple):
    """One place: `passage.text[start:end]` is what matched, a half-open stretch."""

    passage: Passage
    start: int
    end: int
    phrase: str
    """As it was typed."""
    how: str
    edits: tuple[Edit, ...] = ()

    @property
    def match(self) -> str:
        """The words of the text that matched."""
        return self.passage.text[self.start : self.end]

    @property
    def left(self) -> str:
        """The words of the paragraph before the match."""
        return self.passage.text[: self.start]

    @property
    def right(self) -> str:
        """The words of the paragraph after the match."""
        return self.passage.text[self.end :]

    @property
    def cost(self) -> float:
        """The weighted edit distance: 0.5 for each homophone, 1 for each other slip."""
        return sum(0.5 if edit.kind == alignment.HOMOPHONE else 1.0 for edit in self.edits)


class Found(NamedTuple):
    """What a search found, in the order in which the passages were given."""

    hits: tuple[Hit, ...]
    near: int = 0
    """How many hits more `near` would give."""
    suggestion: str | None = None
    """Where there is no hit: the words of the text most like a phrase that has none."""


Passages = Callable[[Iterable[Clue] | None], Iterable[Passage]]
"""Reads at least the passages that hold a clue, in their order; all of them for None."""


def search(
    phrases: Sequence[str],
    read: Passages,
    readings: Mapping[str, frozenset[str]],
    *,
    near: bool = False,
) -> Found:
    """Find the passages that have all the phrases, and every place in them of each.

    A phrase is matched nearly where it has no exact place in these passages, or when `near` is
    set; of near places those come first that lack nothing typed. `readings` gives the pinyin of
    every Hanzi in the passages. Raises UsageError for a phrase that is empty, only punctuation, or
    longer than LONGEST_PHRASE.
    """
    once = {folding.fold(phrase): phrase for phrase in reversed(phrases)}  # not 网格 and 網格
    phrases = tuple(reversed(once.values()))
    matchers = [_Matcher(phrase, readings) for phrase in phrases]
    passages = tuple(read([clue for each in matchers for clue in each.clues()]))
    best: list[list[Hit]] = []
    every: list[list[Hit]] = []
    for matcher in matchers:
        exact = matcher.exact(passages)
        other = matcher.near(passages)
        both = _without_overlaps(exact, other)
        best.append(exact or [hit for hit in both if _lacks_nothing(hit)] or both)
        every.append(both)
    wide = _in_shared_passages(every, passages)
    hits = wide if near else _in_shared_passages(best, passages) or wide
    if not hits:
        missing = [phrase for phrase, found in zip(phrases, every, strict=True) if not found]
        return Found((), suggestion=_suggestion(missing, read(None), readings))
    return Found(hits, len(wide) - len(hits))


def sort(hits: Iterable[Hit], by: str) -> tuple[Hit, ...]:
    """Order hits by `text` (as they stand), or by the characters nearest the match on one side."""
    if by == "left":
        return tuple(sorted(hits, key=lambda hit: folding.fold(hit.left)[::-1]))
    if by == "right":
        return tuple(sorted(hits, key=lambda hit: folding.fold(hit.right)))
    return tuple(hits)


_Place = tuple[int, int, str, tuple[Edit, ...]]
"""Start and end in the folded text, how it matched, and the slips."""


class _Matcher:
    """One phrase, made ready to be looked for in many passages."""

    def __init__(self, phrase: str, readings: Mapping[str, frozenset[str]]) -> None:
        self.phrase = phrase
        self.folded = folding.fold(phrase)
        if not any(map(folding.is_word, self.folded)):
            message = _("nothing to look for in '{phrase}': give a word, a number or a phrase")
            raise UsageError(message.format(phrase=phrase))
        if len(self.folded) > LONGEST_PHRASE:
            message = _("a phrase of {length} characters is too long; at most {limit}")
            raise UsageError(message.format(length=len(self.folded), limit=LONGEST_PHRASE))
        self.trimmed = _trimmed(self.folded)
        self.windows = Windows(self.trimmed, readings)
        self.spelling = Spelling(phrase, readings)

    def clues(self) -> Iterator[Clue]:
        """Yield what must stand, one or the other, in a passage in which anything is found."""
        yield from self.windows.clues()
        yield from self.spelling.clues()

    def exact(self, passages: Iterable[Passage]) -> list[Hit]:
        """Find every occurrence of the folded phrase, overlapping ones too.

        If there is none, punctuation at the ends of the phrase does not count.
        """
        for phrase in dict.fromkeys((self.folded, self.trimmed)):
            found = [hit for each in passages for hit in self.hits(each, _occurrences(phrase, each))]
            if found:
                return found
        return []

    def near(self, passages: Sequence[Passage]) -> list[Hit]:
        """Find what the letters spell and what is near; of overlapping places the best.

        Many passages are looked through as one text, which is quicker than one by one.
        """
        text = BREAK.join(passage.folded for passage in passages)
        begins = [0, *accumulate(len(passage.folded) + 1 for passage in passages)]
        taken: dict[int, list[_Place]] = {}
        for start, end in self.spelling.find(text):
            taken.setdefault(bisect_right(begins, start), []).append((start, end, PINYIN, ()))
        near = (each for each in self.windows.align(text) if each.cost)
        for each in sorted(near, key=self.rank):
            places = taken.setdefault(bisect_right(begins, each.start), [])
            if all(each.end <= start or end <= each.start for start, end, *_slips in places):
                slips = {edit.kind for edit in each.edits}
                how = HOMOPHONE if slips == {alignment.HOMOPHONE} else NEAR
                places.append((each.start, each.end, how, each.edits))
        return [
            hit
            for number, places in sorted(taken.items())
            for hit in self.hits(passages[number - 1], places, begins[number - 1])
        ]

    def rank(self, each: alignment.Alignment) -> tuple[bool, int, int, int]:
        """Order alignments: first those that have every typed character, then the cheap ones.

        Of equals the longest is the best, lest it be cut short, which two characters cannot be.
        """
        length = each.end - each.start
        return not each.complete, each.cost, length if len(self.trimmed) == 2 else -length, each.start

    def hits(self, passage: Passage, places: list[_Place], begin: int = 0) -> list[Hit]:
        """Turn stretches of folded text, in which the passage begins there, into hits."""
        found: list[Hit] = []
        for start, end, how, edits in places:
            span = folding.unfold(passage.text, passage.folded, start - begin, end - begin)
            found.append(Hit(passage, *span, self.phrase, how, edits))
        return found


def _occurrences(phrase: str, passage: Passage) -> list[_Place]:
    places: list[_Place] = []
    at = passage.folded.find(phrase)
    while at >= 0:
        places.append((at, at + len(phrase), EXACT, ()))
        at = passage.folded.find(phrase, at + 1)
    return places


def _lacks_nothing(hit: Hit) -> bool:
    """Tell whether all that was typed stands in the text, if only by its sound."""
    return all(edit.kind not in (alignment.WRONG, alignment.EXTRA) for edit in hit.edits)


def _trimmed(folded: str) -> str:
    """Drop punctuation from both ends: no near hit begins or ends on any."""
    words = [index for index, each in enumerate(folded) if folding.is_word(each) or each == "%"]
    return folded[words[0] : words[-1] + 1]


def _without_overlaps(exact: list[Hit], other: list[Hit]) -> list[Hit]:
    if not exact:
        return other
    taken = {(id(hit.passage), at) for hit in exact for at in range(hit.start, hit.end)}
    return exact + [
        hit
        for hit in other
        if not any((id(hit.passage), at) in taken for at in range(hit.start, hit.end))
    ]


def _in_shared_passages(found: list[list[Hit]], passages: tuple[Passage, ...]) -> tuple[Hit, ...]:
    """Keep the hits in passages that every phrase has, in the order of the passages."""
    shared = set.intersection(*({id(hit.passage) for hit in hits} for hits in found))
    order = {id(passage): index for index, passage in enumerate(passages) if id(passage) in shared}
    hits = [hit for each in found for hit in each if id(hit.passage) in shared]
    return tuple(sorted(hits, key=lambda hit: (order[id(hit.passage)], hit.start, hit.end)))


def _suggestion(
    missing: Sequence[str],
    passages: Iterable[Passage],
    readings: Mapping[str, frozenset[str]],
) -> str | None:
    """Name the words nearest to the first phrase without a hit: one slip more than a hit may have.

    RapidFuzz picks the passages worth a look; the alignment judges them.
    """
    wanted = _trimmed(folding.fold(missing[0])) if missing else ""
    if len(wanted) < _SHORTEST_SUGGESTED:
        return None
    from heapq import nsmallest

    from rapidfuzz import fuzz, process

    windows = Windows(wanted, readings, more=alignment.SLIP)
    scored: Iterable[tuple[Passage, float, int]] = process.extract_iter(
        wanted,
        passages,
        scorer=fuzz.partial_ratio,
        processor=lambda passage: getattr(passage, "folded", passage),
        score_cutoff=_LIKE_ENOUGH,
    )
    promising = nsmallest(_PROMISING, scored, key=lambda each: (-each[1], each[2]))
    nearest = min(
        (
            (each.cost, _unmatched(each), _unlike(words, wanted), index, each.start, words)
            for passage, _score, index in promising
            for each in windows.align(passage.folded)
            for words in [_words(passage, each)]
        ),
        default=None,
    )
    return None if nearest is None else nearest[-1]


def _words(passage: Passage, place: alignment.Alignment) -> str:
    """Give the words of the text as shown that an alignment of its folded form stands on."""
    span = folding.unfold(passage.text, passage.folded, place.start, place.end)
    return passage.text[slice(*span)]


def _unlike(words: str, wanted: str) -> int:
    """Count by how much words are longer or shorter, and the marks in them that folding drops."""
    length = len(folding.fold(words))
    return abs(length - len(wanted)) + len(words) - length


def _unmatched(each: alignment.Alignment) -> int:
    """Count the typed characters that the text does not have."""
    return sum(len(edit.typed) for edit in each.edits if edit.kind != alignment.SWAPPED)
