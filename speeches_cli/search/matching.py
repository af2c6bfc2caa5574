"""One phrase → every place of it in a text, exact or near."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import partial
from typing import NamedTuple

from speeches_cli import folding
from speeches_cli.errors import UsageError
from speeches_cli.messages import _
from speeches_cli.model import Passage
from speeches_cli.search import alignment, numerals
from speeches_cli.search.alignment import BREAK, Edit
from speeches_cli.search.candidates import Spelling, Windows, trimmed
from speeches_cli.search.text import Place, Stretch, Text

EXACT, HOMOPHONE, NEAR, PINYIN = "exact", "homophone", "near", "pinyin"

LONGEST_PHRASE = 2000
"""In folded characters; no paragraph of the eight speeches has a fifth of it."""
_LONGEST_MISHEARD = 3
"""In characters: in longer phrases what only nearly sounds alike is a slip like any other."""


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
        """The weighted edit distance: 0.5 for what sounds alike or nearly so, 1 for any other slip."""
        sounds = alignment.HOMOPHONE, alignment.NEARLY
        return sum(0.5 if edit.kind in sounds else 1.0 for edit in self.edits)


def hit(place: Place, passage: Passage) -> Hit:
    """Name the words of a passage that stand at a place of its folded text."""
    span = folding.unfold(passage.text, passage.folded, place.start, place.end)
    return Hit(passage, *span, place.phrase, place.how, place.edits)


class Matcher:
    """One phrase, made ready to be looked for in a text."""

    def __init__(self, phrase: str, readings: Mapping[str, frozenset[str]]) -> None:
        self.phrase = phrase
        self.folded = folding.fold(phrase)
        if not any(map(folding.is_word, self.folded)):
            message = _("nothing to look for in '{phrase}': give a word, a number or a phrase")
            raise UsageError(message.format(phrase=phrase))
        if len(self.folded) > LONGEST_PHRASE:
            message = _("a phrase of {length} characters is too long; at most {limit}")
            raise UsageError(message.format(length=len(self.folded), limit=LONGEST_PHRASE))
        self.trimmed = trimmed(self.folded)
        self._readings = readings

    def exact(self, text: Text) -> Iterator[Place]:
        """Yield every occurrence of the folded phrase, overlapping ones too, in order.

        If there is none, punctuation at the ends of the phrase does not count.
        """
        for wanted in ((self.folded, *numerals.forms(self.trimmed)), (self.trimmed,)):
            found = text.places(partial(_whole, wanted), self.phrase)
            if first := next(found, None):
                yield first
                yield from found
                return

    def near(self, text: Text) -> list[Place]:
        """Find what the letters spell and what is near; of overlapping places the best.

        In short words what only nearly sounds alike is looked for where nothing else is near.
        """
        windows = Windows(self.trimmed, self._readings)
        spelling = Spelling(self.phrase, self._readings)
        found = [*text.places(partial(self._near, windows, spelling), self.phrase)]
        if found or not 2 <= len(self.trimmed) <= _LONGEST_MISHEARD:
            return found
        windows = Windows(self.trimmed, self._readings, nearly=True)
        return [*text.places(partial(self._near, windows, spelling), self.phrase)]

    def _near(self, windows: Windows, spelling: Spelling, text: str) -> Iterator[Stretch]:
        """Yield what is near in a text, passage after passage."""
        taken: dict[int, list[Stretch]] = {}

        def beside(start: int) -> list[Stretch]:
            return taken.setdefault(text.rfind(BREAK, 0, start), [])

        for each in _cut(self.trimmed, text):
            beside(each.start).append(each)
        for start, end in spelling.find(text):
            beside(start).append(Stretch(start, end, PINYIN))
        near = (each for each in windows.align(text) if each.cost)
        for one in sorted(near, key=self.rank):
            others = beside(one.start)
            if all(one.end <= other.start or other.end <= one.start for other in others):
                edits = tuple(map(self._named, one.edits))
                slips = {edit.kind for edit in edits}
                how = HOMOPHONE if slips == {alignment.HOMOPHONE} else NEAR
                others.append(Stretch(one.start, one.end, how, edits))
        for _line, found in sorted(taken.items()):
            yield from found

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


def _occurrences(phrase: str, text: str) -> Iterator[tuple[int, int, Sequence[str]]]:
    """Yield where a phrase stands, and what that leaves of a number before and behind it."""
    at = text.find(phrase)
    while at >= 0:
        end = at + len(phrase)
        yield at, end, numerals.cut(phrase, text, at, end)
        at = text.find(phrase, at + 1)


def _whole(phrases: Iterable[str], text: str) -> list[Stretch]:
    """List where phrases stand with their numbers whole, in order."""
    return sorted(
        Stretch(start, end, EXACT)
        for phrase in phrases
        for start, end, rests in _occurrences(phrase, text)
        if not any(rests)
    )


def _cut(phrase: str, text: str) -> Iterator[Stretch]:
    """Yield the numbers that a phrase stands in cut short, whole."""
    for start, end, (before, after) in _occurrences(phrase, text):
        edits = tuple(Edit(alignment.MISSING, "", each) for each in (before, after) if each)
        if edits:
            yield Stretch(start - len(before), end + len(after), NEAR, edits)
