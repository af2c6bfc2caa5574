"""Where a phrase could stand: a quick look that misses nothing the alignment would accept.

A phrase with at most `k` slips, cut into `k + 1` pieces, has one piece without any; only a swap of
neighbours across a cut can spoil two, and then the swapped pair itself stands in the text.
Homophones are no slips here: every character stands for all that sound like it. Where Latin
letters spell pinyin, the text's own readings tell where the spelling holds.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from functools import cache, cached_property
from itertools import pairwise

from speeches_cli import folding
from speeches_cli.chinese import nearly_alike
from speeches_cli.search.alignment import BREAK, SENTENCE_MARK, SLIP, SOUND, Alignment, align, complete

_NUMBERED_TONES = re.compile(r"(?:[a-z]+[1-5]\s*)+")
_PASSAGE_END = re.compile(BREAK)
LONGEST_NEAR = 200
"""In folded characters: no sentence of the eight speeches is longer, and no near hit crosses one."""


def budget(length: int) -> int:
    """Give the highest cost, in half units, for a phrase of so many characters.

    One character allows no slip; two or three a homophone; four to eight one slip; nine to
    fifteen two, and every further eight characters one more, up to five.
    """
    if not 2 <= length <= LONGEST_NEAR:
        return 0
    if length < 4:
        return SOUND
    return SLIP * (1 if length < 9 else min(5, 1 + length // 8))


def trimmed(folded: str) -> str:
    """Drop punctuation from both ends: no near hit begins or ends on any."""
    words = [index for index, each in enumerate(folded) if each.isalnum() or each == "%"]
    return folded[words[0] : words[-1] + 1] if words else ""


class Windows:
    """A phrase, and the stretches of a text in which it could stand with slips."""

    def __init__(
        self,
        phrase: str,
        readings: Mapping[str, frozenset[str]],
        *,
        more: int = 0,
        nearly: bool = False,
    ) -> None:
        self.phrase = phrase
        crosses = SENTENCE_MARK.search(phrase)  # as a pasted stretch of two sentences does
        self._limit = _PASSAGE_END if crosses else SENTENCE_MARK
        self.budget = budget(len(phrase))
        if self.budget:
            self.budget += more
            self._slips = self.budget // SLIP
            self.alike = _sounding_like(phrase, readings, nearly=nearly)
            pieces = [*self._cut()]
            self._pieces = [(offset, re.compile(_pattern(piece))) for offset, piece in pieces]
            ways = [(piece[0], f"(?={_pattern(piece[1:])})") for _offset, piece in pieces]
            self._firsts = _firsts(ways)
            self._in_window = cache(self._judged)  # the same words stand often

    def align(self, text: str) -> Iterator[Alignment]:
        """Yield every alignment that counts as near, overlapping ones too.

        That is the whole phrase with one character more or with a swap, whatever its length, and
        whatever is within the budget.
        """
        if not self.budget:
            return
        if not self._slips:  # else whatever is complete stands in a window
            yield from complete(self.phrase, text)
        for begin, end in self.find(text):
            before = max(0, begin - 1)
            for each in self._in_window(text[before : end + 1], begin - before, end - before):
                yield each._replace(start=before + each.start, end=before + each.end)

    def _judged(self, text: str, begin: int, end: int) -> tuple[Alignment, ...]:
        """Align with a window and the characters on both sides of it."""
        from rapidfuzz.distance import LCSseq  # takes 20 ms, and exact searches need none

        if LCSseq.similarity(self.phrase, text) < len(self.phrase) - self.budget:
            return ()  # a half unit of the budget spoils one character at most
        found = align(self.phrase, text, begin, end, budget=self.budget, alike=self.alike)
        return (*(complete(self.phrase, text) if self._slips else ()), *found)

    def find(self, text: str) -> list[tuple[int, int]]:
        """List half-open stretches, in order, apart, and none across the end of a sentence."""
        found: list[tuple[int, int]] = []
        for begin, end in sorted(self._around_pieces(text)):
            touches = found and begin <= found[-1][1]
            found.append((found.pop()[0] if touches else begin, end))
        return found

    def _cut(self) -> Iterator[tuple[int, tuple[frozenset[str], ...]]]:
        """Yield (offset in the phrase, characters) of each piece and each swap across a cut."""
        length = len(self.phrase)
        cuts = [length * piece // (self._slips + 1) for piece in range(self._slips + 2)]
        for begin, end in pairwise(cuts):
            yield begin, self.alike[begin:end]
        for cut in cuts[1:-1]:
            yield cut - 1, tuple(map(frozenset, self.phrase[cut] + self.phrase[cut - 1]))

    def _around_pieces(self, text: str) -> Iterator[tuple[int, int]]:
        """Yield the room that the phrase could take around each piece, within a sentence."""
        for at in (first.start() for first in self._firsts.finditer(text)):
            for offset in (offset for offset, piece in self._pieces if piece.match(text, at)):
                begin = max(0, at - offset - self._slips)
                end = min(len(text), at - offset + len(self.phrase) + self._slips)
                for mark in self._limit.finditer(text, begin, end):
                    if mark.start() >= at:
                        end = mark.start()
                        break
                    begin = mark.end()
                yield begin, end


def _pattern(piece: Iterable[Collection[str]]) -> str:
    """Write the regular expression of characters, of which each is one of several."""
    return "".join(f"[{''.join(map(re.escape, sorted(each)))}]" for each in piece)


def _firsts(ways: Sequence[tuple[Collection[str], str]]) -> re.Pattern[str]:
    """Compile one expression for the first character of several ways, each with a look ahead.

    One pass over a text takes less than half the time of a pass for each way.
    """
    either = "|".join(f"(?<={_pattern([firsts])}){ahead}" for firsts, ahead in ways)
    return re.compile(f"{_pattern([set().union(*(firsts for firsts, _ahead in ways))])}(?:{either})")


def _by_sound(readings: Mapping[str, frozenset[str]]) -> dict[str, set[str]]:
    """Give for each syllable the characters that are read so."""
    found: dict[str, set[str]] = {}
    for character, syllables in readings.items():
        for each in syllables:
            found.setdefault(each, set()).add(character)
    return found


def _sounding_like(
    phrase: str, readings: Mapping[str, frozenset[str]], *, nearly: bool
) -> tuple[frozenset[str], ...]:
    """Give for each character of a phrase itself and all of the text that share a reading with it.

    With `nearly` also those with a reading that is easily taken for one of its own.
    """
    sounding = _by_sound(readings)
    syllables = [readings.get(each) or folding.readings(each) for each in phrase]
    if nearly:
        syllables = [each.union(*map(nearly_alike, each)) for each in syllables]
    return tuple(
        frozenset((character,)).union(*(sounding.get(each, ()) for each in its_syllables))
        for character, its_syllables in zip(phrase, syllables, strict=True)
    )


class Spelling:
    """A phrase in which Latin letters may spell pinyin, whole syllables only.

    A space or an apostrophe divides syllables, and where there is none every division counts
    (xian: xian, xi an). What is no pinyin stands for itself (枫桥jingyan, 1+3+Xmoshi).
    """

    def __init__(self, phrase: str, readings: Mapping[str, frozenset[str]]) -> None:
        parts = map(folding.fold, re.split(r"[\s'’]+", plain_letters(phrase)))
        self._spelt = " ".join(part for part in parts if part)
        self._literal = self._spelt.replace(" ", "")
        self._has_letters = bool(re.search("[a-z]", self._spelt)) and len(self._spelt) <= LONGEST_NEAR
        self._written: dict[str, set[str]] = {}
        if self._has_letters:
            for syllable, characters in _by_sound(readings).items():
                for way in folding.spellings(syllable):
                    self._written.setdefault(way, set()).update(characters)
        self._steps = cache(self._reached)

    def find(self, text: str) -> Iterator[tuple[int, int]]:
        """Yield half-open stretches, in order and apart, in which letters stand for Hanzi."""
        reached = 0
        for first in self._beginning.finditer(text) if self._has_letters else ():
            start = first.start()
            end = self._end(text, start) if start >= reached else start
            if end > start and text[start:end] != self._literal:
                yield start, end
                reached = end

    @cached_property
    def _beginning(self) -> re.Pattern[str]:
        """An expression of the first character, with a look at the second one."""
        ways = []
        for at, firsts in self._steps(0).items():
            seconds = set[str]().union(*self._steps(at).values())
            ways.append((firsts, f"(?={_pattern([seconds])})" if seconds else ""))  # none at the end
        return _firsts(ways)

    def _end(self, text: str, start: int) -> int:
        """Give the end of the longest stretch from `start` that is spelt so; `start` for none."""
        end, here, states = start, start, {0}
        while states and here < len(text):
            steps = (step for at in states for step in self._steps(at).items())
            states = {after for after, characters in steps if text[here] in characters}
            here += 1
            if len(self._spelt) in states:
                end = here
        return end

    def _reached(self, at: int) -> dict[int, set[str]]:
        """Give the places in the spelling that one character of a text leads to, and which do."""
        reached: dict[int, set[str]] = {}
        for end in range(at + 1, len(self._spelt) + 1):
            way = self._spelt[at:end]
            if characters := self._written.get(way, set()) | ({way} if end == at + 1 else set()):
                reached[end + self._spelt.startswith(" ", end)] = characters
        return reached


def plain_letters(phrase: str) -> str:
    """Fold width and case, drop tone marks, and write ü as v, but as u where only ü can stand."""
    decomposed = unicodedata.normalize("NFKD", phrase).casefold().replace("u\u0308", "v")
    plain = "".join(each for each in decomposed if not unicodedata.combining(each))
    if _NUMBERED_TONES.fullmatch(plain):
        plain = re.sub("[1-5]", " ", plain)
    return re.sub("(?<=[jqxy])v", "u", plain)
