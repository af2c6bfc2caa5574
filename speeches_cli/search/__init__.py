"""A phrase → every place that has it, with its span, its cost and the reason it matched.

All folded text is looked through for exact places. Near places are looked for where nothing is exact,
or with `near`; they are judged by `alignment`, within a budget that grows with the phrase; Latin
letters may spell pinyin. Where a near place has every typed character, at least by its sound, hits
that lack a typed character are given only with `near`: measured, that leaves a third of the hits that
nobody meant. Passages are read only for the hits that are shown.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import partial
from itertools import islice
from typing import TYPE_CHECKING, NamedTuple

from speeches_cli import folding, numerals
from speeches_cli.errors import SpeechesError
from speeches_cli.messages import _
from speeches_cli.search import alignment
from speeches_cli.search.alignment import Edit
from speeches_cli.search.candidates import Spelling, Windows, trimmed
from speeches_cli.search.text import PATTERN_SIGNS, Hit, Place, Source, Stretch, Text, hits

if TYPE_CHECKING:
    from speeches_cli.model import Speech

__all__ = ["PATTERN_SIGNS", "Edit", "Found", "Hit", "Source", "hits", "search", "sort"]

EXACT, HOMOPHONE, NEAR, PINYIN = "exact", "homophone", "near", "pinyin"

LONGEST_PHRASE = 2000  # in folded characters; no paragraph of the eight speeches has a fifth of it
_LONGEST_MISHEARD = 3
"""In characters: in longer phrases what only nearly sounds alike is a slip like any other."""
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
    `limit`. `readings` gives the pinyin of every Hanzi of the text. Raises SpeechesError for a phrase
    that is empty, only punctuation, or longer than LONGEST_PHRASE.
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


class Matcher:
    """One phrase, made ready to be looked for in a text."""

    def __init__(self, phrase: str, readings: Readings) -> None:
        self.phrase = phrase
        self.folded = folding.fold(phrase)
        if not any(map(str.isalnum, self.folded)):
            message = _("nothing to look for in '{phrase}': give a word, a number or a phrase")
            raise SpeechesError(message.format(phrase=phrase))
        if len(self.folded) > LONGEST_PHRASE:
            message = _("a phrase of {length} characters is too long; at most {limit}")
            raise SpeechesError(message.format(length=len(self.folded), limit=LONGEST_PHRASE))
        self.trimmed = trimmed(self.folded)
        self._readings = readings

    def exact(self, text: Text) -> Iterator[Place]:
        """Yield every occurrence of the folded phrase, overlapping ones too, in order.

        If there is none, punctuation at the ends of the phrase does not count.
        """
        as_typed = (self.folded, *numerals.forms(self.trimmed))
        for words in (as_typed,) if self.folded == self.trimmed else (as_typed, (self.trimmed,)):
            found = text.places(partial(_whole, words), self.phrase)
            if first := next(found, None):
                yield first
                yield from found
                return

    def near(self, text: Text) -> list[Place]:
        """Find what the letters spell and what is near; of overlapping places the best.

        In short words what only nearly sounds alike is looked for where nothing else is near.
        """
        spelling = Spelling(self.phrase, self._readings)
        short = 2 <= len(self.trimmed) <= _LONGEST_MISHEARD
        for nearly in (False, True) if short else (False,):
            windows = Windows(self.trimmed, self._readings, nearly=nearly)
            if found := [*text.places(partial(self._near, windows, spelling), self.phrase)]:
                return found
        return []

    def _near(self, windows: Windows, spelling: Spelling, text: str) -> list[Stretch]:
        """List what is near in a text: numbers cut short, what is spelt, then the best alignments."""
        found = [each for each in _occurrences(self.trimmed, text) if each.edits]
        found += (Stretch(start, end, PINYIN) for start, end in spelling.find(text))
        taken = {at for each in found for at in range(each.start, each.end)}
        for one in sorted((each for each in windows.align(text) if each.cost), key=self.rank):
            stretch = range(one.start, one.end)
            if taken.isdisjoint(stretch):
                taken.update(stretch)
                edits = tuple(map(self._named, one.edits))
                slips = {edit.kind for edit in edits}
                how = HOMOPHONE if slips == {alignment.HOMOPHONE} else NEAR
                found.append(Stretch(one.start, one.end, how, edits))
        return found

    def _named(self, edit: Edit) -> Edit:
        """Tell characters that sound alike from those that only nearly do."""
        if edit.kind != alignment.HOMOPHONE:
            return edit
        typed, found = (
            self._readings.get(each) or folding.readings(each) for each in (edit.typed, edit.found)
        )
        return edit if typed & found else edit._replace(kind=alignment.NEARLY)

    def rank(self, each: alignment.Alignment) -> tuple[bool, int, int, int]:
        """Order alignments: first those that have every typed character, then the cheap ones.

        Of equals the longest is the best, lest it be cut short, which two characters cannot be.
        """
        length = each.end - each.start
        return not each.complete, each.cost, length if len(self.trimmed) == 2 else -length, each.start


def _occurrences(phrase: str, text: str) -> Iterator[Stretch]:
    """Yield where a phrase stands; of a number that it cuts short, the whole as a near place."""
    at = text.find(phrase)
    while at >= 0:
        end = at + len(phrase)
        before, after = numerals.cut(phrase, text, at, end)
        edits = tuple(Edit(alignment.MISSING, "", each) for each in (before, after) if each)
        yield Stretch(at - len(before), end + len(after), NEAR if edits else EXACT, edits)
        at = text.find(phrase, at + 1)


def _whole(phrases: tuple[str, ...], text: str) -> list[Stretch]:
    """List where phrases stand with their numbers whole."""
    return [each for phrase in phrases for each in _occurrences(phrase, text) if not each.edits]
