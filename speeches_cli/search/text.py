"""The folded text of a corpus, read once; places in it, and the passages where they lie."""

from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from typing import NamedTuple

from speeches_cli import folding
from speeches_cli.corpus import Corpus
from speeches_cli.model import Passage
from speeches_cli.search import alignment
from speeches_cli.search.alignment import BREAK, Edit, Stretch

EXACT, NEAR = "exact", "near"
_BATCH = 100  # how many speeches are looked through as one text, which is quicker than one by one
_READ = 500  # the passages of how many places are read at a time


class Place(NamedTuple):
    """A stretch of one passage of a speech, and the phrase as it was typed."""

    speech: int
    passage: int  # the passage's number in the speech, from 0
    start: int
    end: int
    edits: tuple[Edit, ...]
    phrase: str
    folded: str  # the folded text of the passage


class Hit(NamedTuple):
    """A place with its words: `passage.text[start:end]` is what matched, a half-open stretch."""

    passage: Passage
    start: int
    end: int
    phrase: str  # as it was typed
    edits: tuple[Edit, ...] = ()

    @property
    def match(self) -> str:
        """The words of the text that matched."""
        return self.passage.text[self.start : self.end]

    @property
    def how(self) -> str:
        """How it matched: `exact`, `homophone`, `pinyin`, or `near` for any other slip."""
        kinds = {edit.kind for edit in self.edits}
        if kinds in ({alignment.HOMOPHONE}, {alignment.PINYIN}):
            return kinds.pop()
        return NEAR if kinds else EXACT

    @property
    def cost(self) -> float:
        """The weighted edit distance: 0.5 for what sounds alike or nearly so, 1 for any other slip."""
        return alignment.cost(self.edits)


class Text:
    """The folded text of speeches, read no further than it is looked through, and only once."""

    def __init__(self, folded: Iterable[tuple[int, str]]) -> None:
        self._unread = iter(folded)
        self._read: list[tuple[int, str]] = []
        self._firsts = [0]  # the line with which each speech begins, and the next one's
        self._speeches: list[int] = []
        self.left_out = frozenset[tuple[int, int]]()  # speech and number of passages without places

    def _parts(self) -> Iterator[tuple[int, str]]:
        """Yield the texts of some speeches, a passage a line, behind the number of their first line."""
        yield from self._read
        while batch := [*islice(self._unread, _BATCH)]:
            text = "".join(f"{folded}{BREAK}" for _speech, folded in batch)
            self._read.append((self._firsts[-1], text))
            for speech, folded in batch:
                self._speeches.append(speech)
                self._firsts.append(self._firsts[-1] + folded.count(BREAK) + 1)
            yield self._read[-1]

    def lines(self) -> list[str]:
        """Give the folded text of every passage."""
        return [line for _first, text in self._parts() for line in text.split(BREAK)[:-1]]

    def passage(self, line: int) -> tuple[int, int]:
        """Give the speech of a line, and the number of the passage in it."""
        at = bisect_right(self._firsts, line) - 1
        return self._speeches[at], line - self._firsts[at]

    def places(self, find: Callable[[str], Iterable[Stretch]], phrase: str) -> Iterator[Place]:
        """Yield what a function finds, and in which passage of which speech it lies."""
        for first, text in self._parts():
            line, end = first, 0
            for at, stop, edits in sorted(find(text)):
                if at >= end:  # in another passage
                    line += text.count(BREAK, end, at)
                    begin, end = text.rfind(BREAK, 0, at) + 1, text.index(BREAK, at)
                    passage, folded = self.passage(line), text[begin:end]
                if passage not in self.left_out:
                    yield Place(*passage, at - begin, stop - begin, edits, phrase, folded)


def hits(places: Iterable[Place], corpus: Corpus) -> Iterator[Hit]:
    """Read what stands at places, in their order, no further than it is asked for."""
    every = iter(places)
    while batch := tuple(islice(every, _READ)):
        wanted = sorted({each[:2] for each in batch})
        numbers: dict[int, list[int]] = {}
        for speech, number in wanted:
            numbers.setdefault(speech, []).append(number)
        read = dict(zip(wanted, corpus.passages_at(numbers), strict=True))
        for each in batch:
            passage = read[each[:2]]
            span = folding.unfold(passage.text, each.folded, each.start, each.end)
            yield Hit(passage, *span, each.phrase, each.edits)
