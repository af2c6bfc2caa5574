"""A phrase → every place that has it, with its span, its cost and the reason it matched.

Near places are looked for where nothing is exact, or with `near`; they are judged by `alignment`,
within a budget that grows with the phrase; Latin letters may spell pinyin. Where a near place has
every typed character, at least by its sound, hits that lack a typed character are given only with
`near`: measured, that leaves a third of the hits that nobody meant.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import NamedTuple

from speeches_cli import folding
from speeches_cli.clues import Clue
from speeches_cli.model import Passage
from speeches_cli.search import alignment
from speeches_cli.search.alignment import Edit
from speeches_cli.search.matching import EXACT, HOMOPHONE, LONGEST_PHRASE, NEAR, PINYIN, Hit, Matcher

__all__ = [
    "EXACT",
    "HOMOPHONE",
    "LONGEST_PHRASE",
    "NEAR",
    "PINYIN",
    "Edit",
    "Found",
    "Hit",
    "search",
    "sort",
]


class Found(NamedTuple):
    """What a search found, in the order in which the passages were given."""

    hits: tuple[Hit, ...]
    more: bool = False
    """Whether `near` may give more hits: near places were left out, or not looked for."""
    suggestion: str | None = None
    """Where there is no hit: the words of the text most like a phrase that has none."""
    elsewhere: tuple[Hit, ...] = ()
    """Where those words stand, if one phrase alone was looked for: one slip more than a hit has."""
    apart: tuple[tuple[str, int], ...] = ()
    """Where all phrases stand, but nowhere in one paragraph: how often each does."""


Passages = Callable[[Iterable[Clue] | None], Iterable[Passage]]
"""Reads at least the passages that hold a clue, in their order; all of them for None."""


def search(
    phrases: Sequence[str],
    read: Passages,
    readings: Mapping[str, frozenset[str]],
    *,
    near: bool = False,
    either: bool = False,
    without: Sequence[str] = (),
) -> Found:
    """Find the passages that have all the phrases, or with `either` one, and every place in them.

    Passages that have a phrase of `without`, exactly, are left out. A phrase is matched nearly where it
    has no exact place in these passages, or when `near` is set; of near places those come first that
    lack nothing typed. `readings` gives the pinyin of every Hanzi in the passages. Raises UsageError
    for a phrase that is empty, only punctuation, or longer than LONGEST_PHRASE.
    """
    once = {folding.fold(phrase): phrase for phrase in reversed(phrases)}  # not 网格 and 網格
    phrases = tuple(reversed(once.values()))
    matchers = [Matcher(phrase, readings) for phrase in phrases]
    unwanted = [Matcher(phrase, readings) for phrase in without]

    def reading(clues: Iterable[Clue]) -> tuple[Passage, ...]:
        held = tuple(read(clues))
        left_out = {id(hit.passage) for each in unwanted for hit in each.exact(held)}
        return tuple(each for each in held if id(each) not in left_out)

    if not near:
        passages = reading([clue for each in matchers for clue in each.exact_clues()])
        exact = [each.exact(passages) for each in matchers]
        if all(exact) and (hits := _together(exact, passages, either=either)):
            return Found(hits, more=True)
    passages = reading([clue for each in matchers for clue in each.clues()])
    found = _near(matchers, passages, near=near, either=either)
    if isinstance(found, Found):
        return found
    nearest = _nearest(found, tuple(read(None)), readings)
    return nearest if len(phrases) == 1 else Found((), suggestion=nearest.suggestion)


def _near(
    matchers: Sequence[Matcher], passages: tuple[Passage, ...], *, near: bool, either: bool
) -> Found | str:
    """Find exact and near places in passages; give the first phrase that has none if that is why."""
    best: list[list[Hit]] = []
    every: list[list[Hit]] = []
    for matcher in matchers:
        exact = matcher.exact(passages)
        both = _without_overlaps(exact, matcher.near(passages))
        best.append(exact or [hit for hit in both if _lacks_nothing(hit)] or both)
        every.append(both)
    wide = _together(every, passages, either=either)
    hits = wide if near else _together(best, passages, either=either) or wide
    if hits:
        return Found(hits, more=len(wide) > len(hits))
    phrases = [each.phrase for each in matchers]
    if all(every):
        return Found((), apart=tuple(zip(phrases, map(len, best), strict=True)))
    return next(phrase for phrase, found in zip(phrases, every, strict=True) if not found)


def _nearest(phrase: str, passages: Sequence[Passage], readings: Mapping[str, frozenset[str]]) -> Found:
    """Name the words nearest to a phrase that stands nowhere, and where they stand."""
    from speeches_cli.search import suggestions

    suggestion, edits = suggestions.nearest(phrase, passages, readings)
    there = [] if suggestion is None else Matcher(suggestion, readings).exact(passages)
    elsewhere = (each._replace(phrase=phrase, how=NEAR, edits=edits) for each in there)
    return Found((), suggestion=suggestion, elsewhere=tuple(elsewhere))


def sort(hits: Iterable[Hit], by: str) -> tuple[Hit, ...]:
    """Order hits by `text` (as they stand), or by the characters nearest the match on one side."""
    if by == "left":
        return tuple(sorted(hits, key=lambda hit: folding.fold(hit.left)[::-1]))
    if by == "right":
        return tuple(sorted(hits, key=lambda hit: folding.fold(hit.right)))
    return tuple(hits)


def _lacks_nothing(hit: Hit) -> bool:
    """Tell whether all that was typed stands in the text, if only by its sound."""
    return all(edit.kind not in (alignment.WRONG, alignment.EXTRA) for edit in hit.edits)


def _without_overlaps(exact: list[Hit], other: list[Hit]) -> list[Hit]:
    if not exact:
        return other
    taken = {(id(hit.passage), at) for hit in exact for at in range(hit.start, hit.end)}
    return exact + [
        hit
        for hit in other
        if not any((id(hit.passage), at) in taken for at in range(hit.start, hit.end))
    ]


def _together(
    found: list[list[Hit]], passages: tuple[Passage, ...], *, either: bool
) -> tuple[Hit, ...]:
    """Keep the hits in passages that every phrase has, or any, in the order of the passages."""
    combine = set[int].union if either else set[int].intersection
    shared = combine(*({id(hit.passage) for hit in hits} for hits in found))
    order = {id(passage): index for index, passage in enumerate(passages) if id(passage) in shared}
    hits = [hit for each in found for hit in each if id(hit.passage) in shared]
    return tuple(sorted(hits, key=lambda hit: (order[id(hit.passage)], hit.start, hit.end)))
