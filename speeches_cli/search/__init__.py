"""A phrase → every place that has it, with its span, its cost and the reason it matched.

All folded text is looked through for exact places. Near places are looked for where nothing is exact,
or with `near`; they are judged by `alignment`, within a budget that grows with the phrase; Latin
letters may spell pinyin. Where a near place has every typed character, at least by its sound, hits
that lack a typed character are given only with `near`: measured, that leaves a third of the hits that
nobody meant. Passages are read only for the hits that are shown.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import islice
from typing import TYPE_CHECKING, NamedTuple

from speeches_cli import folding
from speeches_cli.search import alignment
from speeches_cli.search.alignment import Edit
from speeches_cli.search.matching import NEAR, Matcher
from speeches_cli.search.text import PATTERN_SIGNS, Hit, Place, Source, Text, hits

if TYPE_CHECKING:
    from speeches_cli.model import Speech

__all__ = ["NEAR", "PATTERN_SIGNS", "Edit", "Found", "Hit", "Source", "hits", "search", "sort"]

Readings = Mapping[str, frozenset[str]]


class Found(NamedTuple):
    """What a search found, in the order of the corpus."""

    places: tuple[Place, ...] = ()
    more: bool = False
    """Whether `near` may give more places: near ones were left out, or not looked for."""
    suggestion: str | None = None
    """Where there is no place: the words of the text most like a phrase that has none."""
    elsewhere: tuple[Place, ...] = ()
    """Where those words stand, if one phrase alone was looked for: one slip more than a hit has."""
    apart: tuple[tuple[str, int], ...] = ()
    """Where all phrases stand, but nowhere in one paragraph: how often each does."""


def search(
    phrases: Sequence[str],
    source: Source,
    readings: Readings,
    *,
    speeches: Iterable[Speech] | None = None,
    near: bool = False,
    either: bool = False,
    without: Sequence[str] = (),
    limit: int | None = None,
) -> Found:
    """Find the passages that have all the phrases, or with `either` one, and every place in them.

    Passages that have a phrase of `without`, exactly, are left out. A phrase is matched nearly where it
    has no exact place in these passages, or when `near` is set; of near places those come first that
    lack nothing typed. Exact places of a single phrase are looked for until there are more than
    `limit`. `readings` gives the pinyin of every Hanzi of the text. Raises UsageError for a phrase that
    is empty, only punctuation, or longer than LONGEST_PHRASE.
    """
    once = {folding.fold(phrase): phrase for phrase in reversed(phrases)}  # not 网格 and 網格
    matchers = [Matcher(phrase, readings) for phrase in reversed(once.values())]
    unwanted = [Matcher(phrase, readings) for phrase in without]
    text = Text(source.folded(speeches))
    text.left_out = frozenset(place[:2] for each in unwanted for place in each.exact(text))
    enough = None if near or len(matchers) > 1 or limit is None else limit + 1
    exact = [[*islice(each.exact(text), enough)] for each in matchers]
    if not near and all(exact) and (places := _together(exact, either=either)):
        return Found(places, more=True)
    every = [same + _apart(same, each.near(text)) for each, same in zip(matchers, exact, strict=True)]
    best = [
        same or [*filter(_lacks_nothing, both)] or both for same, both in zip(exact, every, strict=True)
    ]
    wide = _together(every, either=either)
    if places := wide if near else _together(best, either=either) or wide:
        return Found(places, more=len(wide) > len(places))
    if all(every):
        return Found(
            apart=tuple((each.phrase, len(found)) for each, found in zip(matchers, best, strict=True))
        )
    phrase = next(each.phrase for each, found in zip(matchers, every, strict=True) if not found)
    return _nearest(phrase, text, source, readings, alone=len(matchers) == 1)


def _nearest(phrase: str, text: Text, source: Source, readings: Readings, *, alone: bool) -> Found:
    """Name the words nearest to a phrase that stands nowhere, and if it is alone, where they stand."""
    from speeches_cli.search import suggestions

    suggestion, edits = suggestions.nearest(phrase, text, source, readings)
    there = Matcher(suggestion, readings).exact(text) if suggestion and alone else ()
    elsewhere = (each._replace(phrase=phrase, how=NEAR, edits=edits) for each in there)
    return Found(suggestion=suggestion, elsewhere=tuple(elsewhere))


def sort(found: Iterable[Hit], by: str) -> tuple[Hit, ...]:
    """Order hits by `text` (as they stand), or by the characters nearest the match on one side."""
    if by == "left":
        return tuple(sorted(found, key=lambda hit: folding.fold(hit.left)[::-1]))
    if by == "right":
        return tuple(sorted(found, key=lambda hit: folding.fold(hit.right)))
    return tuple(found)


def _lacks_nothing(place: Place) -> bool:
    """Tell whether all that was typed stands in the text, if only by its sound."""
    return all(edit.kind not in (alignment.WRONG, alignment.EXTRA) for edit in place.edits)


def _apart(exact: Iterable[Place], other: Iterable[Place]) -> list[Place]:
    """Keep the other places that share no character with an exact one."""
    taken = {(*each[:2], at) for each in exact for at in range(each.start, each.end)}
    return [
        each
        for each in other
        if taken.isdisjoint((*each[:2], at) for at in range(each.start, each.end))
    ]


def _together(found: Sequence[list[Place]], *, either: bool) -> tuple[Place, ...]:
    """Keep the places in passages that every phrase has, or any, in the order of the text."""
    combine = set[tuple[int, int]].union if either else set[tuple[int, int]].intersection
    shared = combine(*({each[:2] for each in places} for places in found))
    kept = (each for places in found for each in places if each[:2] in shared)
    return tuple(sorted(kept, key=lambda each: each[:4]))
