"""A phrase → every place that has it, with its span, its cost and the reason it matched.

Near places are looked for where nothing is exact, or with `near`. Where one has every typed character,
at least by its sound, hits that lack a typed character are given only with `near`: measured, that
leaves a third of the hits that nobody meant. Passages are read only for the hits that are shown.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import partial
from itertools import accumulate, chain, islice
from typing import NamedTuple

from speeches_cli import folding, numerals
from speeches_cli.chinese import starts
from speeches_cli.corpus import Corpus
from speeches_cli.errors import SpeechesError
from speeches_cli.folding import Readings
from speeches_cli.messages import _
from speeches_cli.model import Speech
from speeches_cli.search import alignment, candidates
from speeches_cli.search.alignment import Edit, Stretch
from speeches_cli.search.text import Hit, Place, Text, hits

__all__ = ["PATTERN_SIGNS", "Edit", "Found", "Hit", "Place", "hits", "search", "sort"]

LONGEST_PHRASE = 2000  # in folded characters; no paragraph of the eight speeches has a fifth of it
PATTERN_SIGNS = "|*"  # what is like a phrase with one of these is nothing that anybody meant

# Where nothing is found, the nearest words are named:
_LIKE_ENOUGH = 50.0  # RapidFuzz's partial ratio, in percent, from which a passage is worth a look
_SPELT_LIKE_ENOUGH = 85.0  # the same for pinyin, of which any two stretches are more alike
_SLIPS = 1  # in letters: two lead to other words as often as to the one that is meant
_PROMISING = 10  # how many passages are aligned
_SHORTEST = 3
_LONGEST = 40  # in folded characters: longer ones that are no pinyin may have five slips as hits
_SHORTEST_INITIALS = 4  # in letters: fewer initials stand for something almost everywhere
_MOST_SPELT = 18_000  # how many passages are spelt out at the most: more take longer than anybody waits


class Found(NamedTuple):
    """What a search found, in the order of the corpus."""

    places: tuple[Place, ...] = ()
    more: bool = False  # whether `near` may give more: near places were left out, or not looked for
    nearest: tuple[Place, ...] = ()  # of no place: where the words most like a phrase stand
    apart: tuple[tuple[str, int], ...] = ()  # how often phrases stand that share no paragraph


def search(
    phrases: Sequence[str],
    corpus: Corpus,
    *,
    speeches: Iterable[Speech] | None = None,
    near: bool = False,
    either: bool = False,
    without: Sequence[str] = (),
    limit: int | None = None,
) -> Found:
    """Find the passages that have all the phrases, or with `either` one, and every place in them.

    Passages that have a phrase of `without`, exactly, are left out. Exact places of a single phrase are
    looked for until there are more than `limit`.
    Raises SpeechesError for a phrase that is empty, only punctuation, or longer than LONGEST_PHRASE.
    """
    once = {folding.fold(phrase): phrase for phrase in reversed(phrases)}  # not 网格 and 網格
    matchers = [Matcher(phrase) for phrase in reversed(once.values())]
    unwanted = [Matcher(phrase) for phrase in without]
    text = Text(corpus.folded(speeches))
    text.left_out = frozenset(place[:2] for each in unwanted for place in each.exact(text))
    enough = None if near or len(matchers) > 1 or limit is None else limit + 1
    exact = [[*islice(each.exact(text), enough)] for each in matchers]
    if not near and all(exact) and (places := _together(exact, either=either)):
        return Found(places, more=True)
    every = [
        same + each.near(text, corpus.readings) for each, same in zip(matchers, exact, strict=True)
    ]
    lacks = alignment.WRONG, alignment.EXTRA  # a character that was typed
    best = [
        same or [each for each in both if not any(edit.kind in lacks for edit in each.edits)] or both
        for same, both in zip(exact, every, strict=True)
    ]
    wide = _together(every, either=either)
    if places := wide if near else _together(best, either=either) or wide:
        return Found(places, more=len(wide) > len(places))
    if all(every):
        counts = zip(matchers, best, strict=True)
        return Found(apart=tuple((each.phrase, len(found)) for each, found in counts))
    phrase = next(each.phrase for each, found in zip(matchers, every, strict=True) if not found)
    if not (like := _nearest(phrase, text, corpus)):
        return Found()
    there = text.places(partial(_occurrences, [like.folded[like.start : like.end]]), phrase)
    return Found(nearest=tuple(each._replace(edits=like.edits) for each in there))


def sort(found: Iterable[Hit], by: str) -> tuple[Hit, ...]:
    """Order hits by the characters nearest the match on one side, `left` or `right`."""
    if by == "left":
        return tuple(sorted(found, key=lambda hit: folding.fold(hit.passage.text[: hit.start])[::-1]))
    return tuple(sorted(found, key=lambda hit: folding.fold(hit.passage.text[hit.end :])))


def _together(found: Sequence[list[Place]], *, either: bool) -> tuple[Place, ...]:
    """Keep the places in passages that every phrase has, or any, in the order of the text."""
    combine = set[tuple[int, int]].union if either else set[tuple[int, int]].intersection
    shared = combine(*({each[:2] for each in places} for places in found))
    kept = (each for places in found for each in places if each[:2] in shared)
    return tuple(sorted(kept, key=lambda each: each[:4]))


class Matcher:
    """One phrase, made ready to be looked for in a text."""

    def __init__(self, phrase: str) -> None:
        self.phrase = phrase
        self.folded = folding.fold(phrase)
        if not any(map(str.isalnum, self.folded)):
            message = _("nothing to look for in '{phrase}': give a word, a number or a phrase")
            raise SpeechesError(message.format(phrase=phrase))
        if len(self.folded) > LONGEST_PHRASE:
            message = _("a phrase of {length} characters is too long; at most {limit}")
            raise SpeechesError(message.format(length=len(self.folded), limit=LONGEST_PHRASE))
        self.trimmed = candidates.trimmed(self.folded)

    def exact(self, text: Text) -> Iterator[Place]:
        """Yield every occurrence of the folded phrase, overlapping ones too, in order.

        If there is none, punctuation at the ends of the phrase does not count.
        """
        as_typed = (self.folded, *numerals.forms(self.trimmed))
        for words in (as_typed,) if self.folded == self.trimmed else (as_typed, (self.trimmed,)):
            every = text.places(partial(_occurrences, words), self.phrase)
            found = (each for each in every if not each.edits)
            if first := next(found, None):
                yield first
                yield from found
                return

    def near(self, text: Text, readings: Readings) -> list[Place]:
        """Find numbers that the phrase cuts short, what its letters spell, and what is near.

        No place shares a character with an exact one, or with one of another sort before it. What
        only nearly sounds alike is taken where nothing else is near.
        """
        finders = [candidates.Windows(self.trimmed, readings).align]
        if re.search("[a-z]", self.folded) and len(self.folded) <= candidates.LONGEST_NEAR:
            finders.insert(0, candidates.Spelling(self.phrase, readings).find)

        def find(part: str) -> Iterator[Stretch]:
            there = sorted(_occurrences([self.trimmed], part), key=lambda each: bool(each.edits))
            near = (each for finder in finders for each in finder(part))
            return candidates.apart(chain(there, near))

        found = [*text.places(find, self.phrase)]
        surely = (each for each in found if all(edit.kind != alignment.NEARLY for edit in each.edits))
        return [*surely] or found


def _occurrences(phrases: Iterable[str], text: str) -> Iterator[Stretch]:
    """Yield where phrases stand; of a number that one cuts short, the whole as a near place."""
    for phrase in phrases:
        for at in starts(phrase, text):
            end = at + len(phrase)
            before, after = numerals.cut(phrase, text, at, end)
            edits = tuple(Edit(alignment.MISSING, "", each) for each in (before, after) if each)
            yield Stretch(at - len(before), end + len(after), edits)


def _nearest(phrase: str, text: Text, corpus: Corpus) -> Place | None:
    """Give the place of the words nearest to a phrase; None where nothing is near.

    They have one slip more than a hit may have, or are spelt nearly so, or by their initials.
    RapidFuzz picks the passages worth a look, and the alignment judges them.
    """
    wanted = candidates.trimmed(folding.fold(phrase))
    if len(wanted) < _SHORTEST or any(sign in phrase for sign in PATTERN_SIGNS):
        return None
    from rapidfuzz import fuzz, process  # takes 20 ms, and other searches need none
    from rapidfuzz.distance import LCSseq

    letters = re.sub(r"[\s'’1-5]", "", candidates.plain_letters(phrase))
    if re.fullmatch("[a-z]+", letters):
        syllables = {ord(each): folding.usual_reading(each) for each in corpus.readings}
        return next(_spelt(letters, text, syllables), None)
    if len(wanted) > _LONGEST:
        return None
    windows = candidates.Windows(wanted, corpus.readings, more=alignment.SLIP)
    common = len(wanted) - int(windows.budget / alignment.SOUND)  # no slip spoils a character for less
    lines = text.lines()
    able = process.extract(wanted, lines, scorer=LCSseq.similarity, score_cutoff=common, limit=None)
    there = {at: lines[at] for at in sorted(at for _line, _score, at in able)}
    promising = process.extract(
        wanted, there, scorer=fuzz.partial_ratio, score_cutoff=_LIKE_ENOUGH, limit=_PROMISING
    )
    places = [
        Place(*text.passage(at), each.start, each.end, each.edits, "", line)
        for line, _score, at in promising
        for each in windows.align(line)
    ]

    def unlike(place: Place) -> tuple[float, int, int, Place]:
        unmatched = sum(len(each.typed) for each in place.edits if each.kind != alignment.SWAPPED)
        return alignment.cost(place.edits), unmatched, abs(place.end - place.start - len(wanted)), place

    return min(places, key=unlike, default=None)


def _spelt(letters: str, text: Text, syllables: Mapping[int, str]) -> Iterator[Place]:
    """Yield where the initials are these letters, then where the spelling is most like them."""
    from rapidfuzz import fuzz, process
    from rapidfuzz.distance import OSA

    lines = text.lines()[:_MOST_SPELT]
    ways = [(syllables, _SPELT_LIKE_ENOUGH, _SLIPS)]
    if len(letters) >= _SHORTEST_INITIALS:
        ways.insert(0, ({code: syllable[:1] for code, syllable in syllables.items()}, 100.0, 0))
    for sounds, like_enough, slips in ways:
        spelt = [line.translate(sounds) for line in lines]
        for words, _score, at in process.extract(
            letters, spelt, scorer=fuzz.partial_ratio, score_cutoff=like_enough, limit=None
        ):
            ends = [0, *accumulate(len(sounds.get(ord(each), each)) for each in lines[at])]
            found = fuzz.partial_ratio_alignment(letters, words)
            start, end = (
                min(range(len(ends)), key=lambda place: abs(ends[place] - edge))
                for edge in ((found.dest_start + 0.25, found.dest_end - 0.25) if found else (0, 0))
            )
            there = words[ends[start] : ends[end]]
            if there.isalpha() and OSA.distance(letters, there) <= slips:
                edit = Edit(alignment.WRONG, letters, lines[at][start:end])
                yield Place(*text.passage(at), start, end, (edit,), "", lines[at])
