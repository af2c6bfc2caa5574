"""One phrase → every place of it in a text, exact or near."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import partial

from speeches_cli import folding, numerals
from speeches_cli.errors import UsageError
from speeches_cli.messages import _
from speeches_cli.search import alignment
from speeches_cli.search.alignment import Edit
from speeches_cli.search.candidates import Spelling, Windows, trimmed
from speeches_cli.search.text import Place, Stretch, Text

EXACT, HOMOPHONE, NEAR, PINYIN = "exact", "homophone", "near", "pinyin"

LONGEST_PHRASE = 2000
"""In folded characters; no paragraph of the eight speeches has a fifth of it."""
_LONGEST_MISHEARD = 3
"""In characters: in longer phrases what only nearly sounds alike is a slip like any other."""


class Matcher:
    """One phrase, made ready to be looked for in a text."""

    def __init__(self, phrase: str, readings: Mapping[str, frozenset[str]]) -> None:
        self.phrase = phrase
        self.folded = folding.fold(phrase)
        if not any(map(str.isalnum, self.folded)):
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
        as_typed = (self.folded, *numerals.forms(self.trimmed))
        for words in (as_typed,) if self.folded == self.trimmed else (as_typed, (self.trimmed,)):
            found = text.having(words, partial(_whole, words), self.phrase)
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
