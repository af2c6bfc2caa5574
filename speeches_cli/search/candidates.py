"""Where a phrase could match nearly: a quick look that misses nothing the alignment would accept.

A phrase with at most `k` slips, cut into `k + 1` pieces, has one piece without any; only a swap of
neighbours across a cut can spoil two, and then the swapped pair itself stands in the text.
Homophones are no slips here: every character stands for all that sound like it.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping
from itertools import pairwise

from speeches_cli import folding
from speeches_cli.search.alignment import SENTENCE_MARK, SLIP, SOUND, Alignment, align

_SPELLINGS = 64
"""How many ways to divide letters into syllables are tried at most (xian: xian, xi an)."""
_LETTERS_AND_REST = re.compile("[a-z]+|[^a-z]+")


def budget(length: int) -> int:
    """Give the highest cost, in half units, for a phrase of so many characters.

    One character allows no slip; two or three a homophone; four to eight one slip; nine to
    fifteen two, and every further eight characters one more, up to five.
    """
    if length < 2:
        return 0
    if length < 4:
        return SOUND
    return SLIP * (1 if length < 9 else min(5, 1 + length // 8))


class Windows:
    """A phrase, and the stretches of a text in which it could stand with slips."""

    def __init__(self, phrase: str, readings: Mapping[str, frozenset[str]], *, more: int = 0) -> None:
        self.phrase = phrase
        self.budget = budget(len(phrase)) + more
        self._readings = readings
        self._slips = self.budget // SLIP
        if self.budget:
            self._pieces = [
                (offset, re.compile(pattern)) for offset, pattern in self._cut(self._classes())
            ]

    def align(self, text: str) -> Iterator[Alignment]:
        """Yield every alignment within the budget, overlapping ones too."""
        for begin, end in self.find(text) if self.budget else ():
            yield from align(
                self.phrase, text, begin, end, budget=self.budget, sound_alike=self.sound_alike
            )

    def find(self, text: str) -> Iterator[tuple[int, int]]:
        """Yield half-open stretches, in order, apart, and none across the end of a sentence."""
        reached: tuple[int, int] | None = None
        for begin, end in sorted(self._around_pieces(text)):
            if reached and begin <= reached[1]:
                reached = reached[0], max(reached[1], end)
            else:
                if reached:
                    yield reached
                reached = begin, end
        if reached:
            yield reached

    def sound_alike(self, one: str, other: str) -> bool:
        """Tell whether two characters have a reading in common, tones aside."""
        return not self._syllables(one).isdisjoint(self._syllables(other))

    def _syllables(self, character: str) -> frozenset[str]:
        return self._readings.get(character) or folding.readings(character)

    def _cut(self, classes: list[str]) -> Iterator[tuple[int, str]]:
        """Yield (offset in the phrase, pattern) of each piece and each swap across a cut."""
        cuts = [len(classes) * piece // (self._slips + 1) for piece in range(self._slips + 2)]
        for begin, end in pairwise(cuts):
            yield begin, "".join(classes[begin:end])
        for cut in cuts[1:-1]:
            yield cut - 1, classes[cut] + classes[cut - 1]

    def _classes(self) -> list[str]:
        """Give for each character of the phrase a pattern of all that sound like it."""
        sounding = _sounding(set().union(*map(self._syllables, self.phrase)), self._readings)
        return [
            _any_of({character}.union(*(sounding[each] for each in self._syllables(character))))
            for character in self.phrase
        ]

    def _around_pieces(self, text: str) -> Iterator[tuple[int, int]]:
        for offset, pattern in self._pieces:
            match = pattern.search(text)
            while match:
                at = match.start()
                begin = max(0, at - offset - self._slips)
                end = min(len(text), at - offset + len(self.phrase) + self._slips)
                yield _within_sentence(text, begin, at, end)
                match = pattern.search(text, at + 1)


def _within_sentence(text: str, begin: int, inside: int, end: int) -> tuple[int, int]:
    for mark in SENTENCE_MARK.finditer(text, begin, inside):
        begin = mark.end()
    mark_after = SENTENCE_MARK.search(text, inside, end)
    return begin, mark_after.start() if mark_after else end


def _sounding(syllables: set[str], readings: Mapping[str, frozenset[str]]) -> dict[str, set[str]]:
    """Give syllable → every character of the text that may be read so."""
    sounding: dict[str, set[str]] = {syllable: set() for syllable in syllables}
    for character, its_readings in readings.items():
        for syllable in its_readings & syllables:
            sounding[syllable].add(character)
    return sounding


def _any_of(characters: set[str]) -> str:
    return f"[{''.join(map(re.escape, sorted(characters)))}]"


def pinyin_pattern(phrase: str, readings: Mapping[str, frozenset[str]]) -> re.Pattern[str] | None:
    """Make a pattern of the Hanzi that the Latin letters of a phrase spell; None if they spell none.

    Letters are divided into whole syllables in every way; a space or apostrophe divides too.
    What is no letter stands for itself (`枫桥jingyan`).
    """
    known = frozenset().union(*readings.values())
    ways: list[list[str]] = [[]]
    spelt = False
    for word in re.split(r"[\s'’]+", _plain_letters(phrase)):
        for part in _LETTERS_AND_REST.findall(word):
            if part.isascii() and part.isalpha():
                spelt = True
                choices = list(_divided(part, known))
            else:
                choices = [list(map(re.escape, folding.fold(part)))]
            ways = [way + choice for way in ways for choice in choices][:_SPELLINGS]
    if not (spelt and ways):
        return None
    sounding = _sounding({syllable for way in ways for syllable in way} & known, readings)
    alternatives = [
        "".join(_any_of(sounding[each]) if each in sounding else each for each in way) for way in ways
    ]
    return re.compile("|".join(alternatives))


def _plain_letters(phrase: str) -> str:
    """Fold width and case, drop tone marks, and write ü as v."""
    decomposed = unicodedata.normalize("NFKD", phrase).casefold().replace("u\u0308", "v")
    return "".join(each for each in decomposed if not unicodedata.combining(each))


def _divided(letters: str, known: frozenset[str]) -> Iterator[list[str]]:
    """Yield every way to divide letters wholly into known syllables."""
    if not letters:
        yield []
    for length in range(min(6, len(letters)), 0, -1):
        syllable = letters[:length].replace("lue", "lve").replace("nue", "nve")
        if syllable in known:
            for rest in _divided(letters[length:], known):
                yield [syllable, *rest]
