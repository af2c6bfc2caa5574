"""One phrase → every place of it in some passages, exact or near."""

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import accumulate
from typing import NamedTuple

from speeches_cli import folding
from speeches_cli.clues import BREAK, Clue
from speeches_cli.errors import UsageError
from speeches_cli.messages import _
from speeches_cli.model import Passage
from speeches_cli.search import alignment, numerals
from speeches_cli.search.alignment import Edit
from speeches_cli.search.candidates import Spelling, Windows, trimmed

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


_Place = tuple[int, int, str, tuple[Edit, ...]]
"""Start and end in the folded text, how it matched, and the slips."""


class Matcher:
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
        self.trimmed = trimmed(self.folded)
        self.forms = tuple(numerals.forms(self.trimmed))
        self.windows = Windows(self.trimmed, readings)
        self.spelling = Spelling(phrase, readings)
        self._readings = readings
        short = 2 <= len(self.trimmed) <= _LONGEST_MISHEARD
        self.nearly = Windows(self.trimmed, readings, nearly=True) if short else None

    def exact_clues(self) -> Iterator[Clue]:
        """Yield what must stand, one or the other, in a passage in which `exact` finds a place."""
        yield from (tuple(map(frozenset, form)) for form in (self.trimmed, *self.forms))

    def clues(self) -> Iterator[Clue]:
        """Yield what must stand, one or the other, in a passage in which anything is found."""
        yield from self.exact_clues()
        yield from self.windows.clues()
        yield from self.spelling.clues()
        if self.nearly:
            yield from self.nearly.clues()

    def exact(self, passages: Iterable[Passage]) -> list[Hit]:
        """Find every occurrence of the folded phrase, overlapping ones too.

        If there is none, punctuation at the ends of the phrase does not count.
        """
        for wanted in ((self.folded, *self.forms), (self.trimmed,)):
            found = [
                hit
                for each in passages
                for hit in self.hits(
                    each,
                    sorted(place for form in wanted for place in _occurrences(form, each, whole=True)),
                )
            ]
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
        for number, passage in enumerate(passages, start=1):
            for start, end, how, edits in _occurrences(self.trimmed, passage, whole=False):
                at = begins[number - 1]
                taken.setdefault(number, []).append((start + at, end + at, how, edits))
        for start, end in self.spelling.find(text):
            taken.setdefault(bisect_right(begins, start), []).append((start, end, PINYIN, ()))
        self._take(self.windows, text, begins, taken)
        if self.nearly and not any(taken.values()):
            self._take(self.nearly, text, begins, taken)
        return [
            hit
            for number, places in sorted(taken.items())
            for hit in self.hits(passages[number - 1], places, begins[number - 1])
        ]

    def _take(
        self, windows: Windows, text: str, begins: Sequence[int], taken: dict[int, list[_Place]]
    ) -> None:
        """Add what is near, of overlapping places the best."""
        near = (each for each in windows.align(text) if each.cost)
        for each in sorted(near, key=self.rank):
            places = taken.setdefault(bisect_right(begins, each.start), [])
            if all(each.end <= start or end <= each.start for start, end, *_slips in places):
                edits = tuple(map(self._named, each.edits))
                slips = {edit.kind for edit in edits}
                how = HOMOPHONE if slips == {alignment.HOMOPHONE} else NEAR
                places.append((each.start, each.end, how, edits))

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

    def hits(self, passage: Passage, places: list[_Place], begin: int = 0) -> list[Hit]:
        """Turn stretches of folded text, in which the passage begins there, into hits."""
        found: list[Hit] = []
        for start, end, how, edits in places:
            span = folding.unfold(passage.text, passage.folded, start - begin, end - begin)
            found.append(Hit(passage, *span, self.phrase, how, edits))
        return found


def _occurrences(phrase: str, passage: Passage, *, whole: bool) -> Iterator[_Place]:
    """Yield where a phrase stands with its numbers `whole`; else where it cuts one, as that number."""
    at = passage.folded.find(phrase)
    while at >= 0:
        end = at + len(phrase)
        before, after = numerals.cut(phrase, passage.folded, at, end)
        if not (before or after) and whole:
            yield at, end, EXACT, ()
        elif (before or after) and not whole:
            edits = tuple(Edit(alignment.MISSING, "", each) for each in (before, after) if each)
            yield at - len(before), end + len(after), NEAR, edits
        at = passage.folded.find(phrase, at + 1)
