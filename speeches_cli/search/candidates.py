"""Where a phrase could stand: a quick look that misses nothing the alignment would accept.

A phrase with at most `k` slips, cut into `k + 1` pieces, has one piece without any; only a swap of
neighbours across a cut can spoil two, and then the swapped pair itself stands in the text.
Homophones are no slips here: every character stands for all that sound like it. Where Latin
letters spell pinyin, the text's own readings tell where the spelling holds.
"""

import re
import unicodedata
from collections.abc import Collection, Iterable, Iterator, Sequence
from functools import cache, partial
from itertools import pairwise

from speeches_cli import folding
from speeches_cli.chinese import nearly_alike
from speeches_cli.folding import Readings
from speeches_cli.search import alignment
from speeches_cli.search.alignment import BREAK, SENTENCE_MARK, SLIP, SOUND, Edit, Stretch

_Piece = Sequence[Collection[str]]  # for each character those that may stand, or none where any may

LONGEST_NEAR = 200  # in folded characters: no sentence is longer, and no near hit crosses one


def budget(length: int) -> float:
    """Give the highest cost for a phrase of so many characters.

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


def apart(stretches: Iterable[Stretch]) -> Iterator[Stretch]:
    """Yield what takes slips and shares no character with what comes before it."""
    taken: set[int] = set()
    for each in stretches:
        is_free = taken.isdisjoint(range(each.start, each.end))
        if is_free or not each.edits:
            taken.update(range(each.start, each.end))
        if is_free and each.edits:
            yield each


class Windows:
    """A phrase, and the stretches of a text in which it stands with slips."""

    def __init__(self, phrase: str, readings: Readings, *, more: float = 0) -> None:
        self.phrase = phrase
        self.budget = budget(len(phrase)) and budget(len(phrase)) + more
        self._alike = _sounding_like(phrase, readings, nearly=self.budget < SLIP)
        crosses = SENTENCE_MARK.search(phrase)  # as a pasted stretch of two sentences does
        self._limit = re.compile(BREAK) if crosses else SENTENCE_MARK
        self._room = max(1, int(self.budget // SLIP))
        pieces = self._pieces() if self.budget else []
        self._patterns = [(offset, re.compile(_pattern(piece))) for offset, piece in pieces]
        self._firsts = _beginning([piece for _offset, piece in pieces])
        self._in_window = cache(self._best)  # the same words stand often

    def align(self, text: str) -> Iterator[Stretch]:
        """Yield the best places that are near, in order and apart."""
        for begin, end in self.find(text):
            before = max(0, begin - 1)
            for each in self._in_window(text[before : end + 1], begin - before, end - before):
                yield each._replace(start=before + each.start, end=before + each.end)

    def _best(self, text: str, begin: int, end: int) -> list[Stretch]:
        """Align with a window, of which the characters on both sides are known.

        The whole phrase with a character more is looked for by itself, as `align` keeps only the
        cheapest for each end: 实总投 is 实施总投 without 施, not a misspelling of 施总投.
        """
        from rapidfuzz.distance import LCSseq  # takes 20 ms, and exact searches need none

        if LCSseq.similarity(self.phrase, text) < len(self.phrase) - self.budget / SOUND:
            return []  # no slip spoils a character for less
        aligned = partial(alignment.align, self.phrase, text, begin, end, alike=self._alike)
        whole = aligned(budget=SLIP, prices=alignment.COMPLETE)
        return sorted(apart(sorted((*aligned(budget=self.budget), *whole), key=self.rank)))

    def rank(self, each: Stretch) -> tuple[bool, bool, float, int, int]:
        """Order alignments: first those that have every typed character, then the cheap ones.

        Of equals the longest is the best, lest it be cut short, which two characters cannot be.
        """
        kinds = {edit.kind for edit in each.edits}
        incomplete = not kinds <= {alignment.MISSING, alignment.SWAPPED}
        length = (each.end - each.start) * (1 if len(self.phrase) == 2 else -1)
        return alignment.NEARLY in kinds, incomplete, alignment.cost(each.edits), length, each.start

    def find(self, text: str) -> list[tuple[int, int]]:
        """List the half-open stretches of sentences that the phrase could take around its pieces."""
        rooms = []
        for at in (first.start() for first in self._firsts.finditer(text)):
            for offset in (offset for offset, piece in self._patterns if piece.match(text, at)):
                before = text[max(0, at - offset - self._room) : at]
                behind = text[at : at - offset + len(self.phrase) + self._room]
                begin = at - len(self._limit.split(before)[-1])
                rooms.append((begin, at + len(self._limit.split(behind, 1)[0])))
        found: list[tuple[int, int]] = []
        for begin, end in sorted(rooms):
            touches = found and begin <= found[-1][1]
            found.append((found.pop()[0] if touches else begin, end))
        return found

    def _pieces(self) -> list[tuple[int, _Piece]]:
        """Give (offset in the phrase, characters) of each piece and each swap across a cut.

        Of two or three characters every form that is near is a piece.
        """
        phrase, length = self.phrase, len(self.phrase)
        if self.budget < SLIP:
            cuts = [*range(length + 1)]
            forms = [[*phrase[:at], self._alike[at], *phrase[at + 1 :]] for at in cuts[:-1]]
            forms += [[*phrase[:at], "", *phrase[at:]] for at in cuts[1:-1]]
            pieces: list[tuple[int, _Piece]] = [(0, each) for each in forms]
        else:
            cuts = [length * piece // (self._room + 1) for piece in range(self._room + 2)]
            pieces = [(begin, self._alike[begin:end]) for begin, end in pairwise(cuts)]
        return pieces + [(cut - 1, (phrase[cut], phrase[cut - 1])) for cut in cuts[1:-1]]


def _pattern(piece: _Piece) -> str:
    """Write the regular expression of characters, of which each is one of several, or any."""
    return "".join(f"[{''.join(map(re.escape, sorted(each)))}]" if each else "." for each in piece)


def _beginning(pieces: Sequence[_Piece]) -> re.Pattern[str]:
    """Compile one expression for the first characters of all pieces: one pass is quicker than many."""
    either = "|".join(f"(?<={_pattern(piece[:1])})(?={_pattern(piece[1:])})" for piece in pieces)
    firsts = set[str]().union(*(piece[0] for piece in pieces))
    return re.compile(f"{_pattern([firsts])}(?:{either})" if pieces else "(?!)")


def _by_sound(readings: Readings) -> dict[str, set[str]]:
    """Give for each syllable the characters that are read so."""
    found: dict[str, set[str]] = {}
    for character, syllables in readings.items():
        for each in syllables:
            found.setdefault(each, set()).add(character)
    return found


def _sounding_like(phrase: str, readings: Readings, *, nearly: bool) -> list[dict[str, str]]:
    """Give for each character of a phrase those that sound like it, with the kind of slip."""
    sounding = _by_sound(readings)
    found: list[dict[str, str]] = []
    for typed in phrase:
        syllables = readings.get(typed) or folding.readings(typed)
        taken_for = syllables.union(*map(nearly_alike, syllables)) if nearly else ()
        kinds = {each: alignment.NEARLY for other in taken_for for each in sounding.get(other, ())}
        alike = {each for syllable in syllables for each in sounding.get(syllable, ())}
        found.append(kinds | dict.fromkeys((typed, *alike), alignment.HOMOPHONE))
    return found


class Spelling:
    """A phrase in which Latin letters may spell pinyin, whole syllables only.

    A space or an apostrophe divides syllables, and where there is none every division counts
    (xian: xian, xi an). What is no pinyin stands for itself (枫桥jingyan, 1+3+Xmoshi).
    """

    def __init__(self, phrase: str, readings: Readings) -> None:
        self._spelt = " ".join(map(folding.fold, re.split(r"[\s'’]+", plain_letters(phrase)))).strip()
        self._literal = self._spelt.replace(" ", "")
        written = {each: {each} for each in self._spelt}
        for syllable, characters in _by_sound(readings).items():
            for way in folding.spellings(syllable):
                written.setdefault(way, set()).update(characters)
        # For each place in the spelling, those that one character of a text leads to, and which do.
        self._steps: list[dict[int, set[str]]] = []
        for at in range(len(self._spelt) + 1):
            reached = {}
            for end in range(at + 1, len(self._spelt) + 1):
                if (way := self._spelt[at:end]) in written:
                    reached[end + self._spelt.startswith(" ", end)] = written[way]
            self._steps.append(reached)
        pieces: list[_Piece] = []
        for at, firsts in self._steps[0].items():
            seconds = set[str]().union(*self._steps[at].values())
            pieces.append((firsts, seconds) if seconds else (firsts,))
        self._first = _beginning(pieces)

    def find(self, text: str) -> Iterator[Stretch]:
        """Yield the longest stretches, in order, in which letters stand for Hanzi."""
        for start in (first.start() for first in self._first.finditer(text)):
            end, here, states = start, start, {0}
            while states and here < len(text):
                steps = (step for at in states for step in self._steps[at].items())
                states = {after for after, characters in steps if text[here] in characters}
                here += 1
                if len(self._spelt) in states:
                    end = here
            if (found := text[start:end]) not in ("", self._literal):
                yield Stretch(start, end, (Edit(alignment.PINYIN, self._literal, found),))


def plain_letters(phrase: str) -> str:
    """Fold width and case, drop tone marks, and write ü as v, but as u where only ü can stand."""
    decomposed = unicodedata.normalize("NFKD", phrase).casefold().replace("u\u0308", "v")
    plain = "".join(each for each in decomposed if not unicodedata.combining(each))
    if re.fullmatch(r"(?:[a-z]+[1-5]\s*)+", plain):  # numbered tones
        plain = re.sub("[1-5]", " ", plain)
    return re.sub("(?<=[jqxy])v", "u", plain)
