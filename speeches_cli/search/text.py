"""The folded text of a corpus, read once; places in it, and the passages where they lie."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import accumulate, islice
from typing import TYPE_CHECKING, NamedTuple, Protocol

from speeches_cli import folding
from speeches_cli.search import alignment
from speeches_cli.search.alignment import BREAK, Edit

if TYPE_CHECKING:
    from speeches_cli.model import Passage, Speech

PATTERN_SIGNS = "|*"
"""Signs of a pattern: what is like a phrase that has one is nothing that anybody meant."""
_BATCH = 100
"""How many speeches are looked through as one text, which is quicker than one by one."""
_READ = 500
"""The passages of how many places are read at a time."""


class Source(Protocol):
    """A corpus, as far as a search reads it: folded text first, and passages where something stands."""

    def folded(self, speeches: Iterable[Speech] | None = None) -> Iterable[tuple[int, bytes]]:
        """Yield key and folded text of speeches in UTF-8, a passage a line, in order of the keys."""

    def passages_at(self, places: Mapping[int, Iterable[int]]) -> Iterable[Passage]:
        """Yield passages by the keys of their speeches and their numbers from 0, in order."""


class Stretch(NamedTuple):
    """A half-open stretch `[start, end)` of folded text, how it matched, and the slips it takes."""

    start: int
    end: int
    how: str
    edits: tuple[Edit, ...] = ()


class Place(NamedTuple):
    """A stretch of one passage of a speech, and the phrase as it was typed."""

    speech: int
    passage: int
    """The passage's number in the speech, from 0."""
    start: int
    end: int
    how: str
    edits: tuple[Edit, ...]
    phrase: str


class Hit(NamedTuple):
    """A place with its words: `passage.text[start:end]` is what matched, a half-open stretch."""

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


class Text:
    """The folded text of speeches, read no further than it is looked through, and only once."""

    def __init__(self, folded: Iterable[tuple[int, bytes]]) -> None:
        self._unread = iter(folded)
        self._read: list[tuple[int, bytes]] = []
        self.left_out: frozenset[tuple[int, int]] = frozenset()
        """Passages in which no place counts, by speech and number."""

    def _speeches(self) -> Iterator[tuple[int, bytes]]:
        yield from self._read
        for each in self._unread:
            self._read.append(each)
            yield each

    def lines(self) -> Iterator[tuple[int, int, str]]:
        """Yield speech, number and folded text of every passage."""
        for key, folded in self._speeches():
            for number, line in enumerate(folded.decode().split(BREAK)):
                yield key, number, line

    def having(
        self, words: Sequence[str], find: Callable[[str], Iterable[Stretch]], phrase: str
    ) -> Iterator[Place]:
        """Yield what a function finds in the speeches that have one of some words."""
        wanted = [each.encode("utf-8", "surrogatepass") for each in words]
        for each in self._speeches():
            if any(word in each[1] for word in wanted):
                yield from self._places([each], find, phrase)

    def places(self, find: Callable[[str], Iterable[Stretch]], phrase: str) -> Iterator[Place]:
        """Yield what a function finds in all speeches."""
        every = self._speeches()
        while batch := [*islice(every, _BATCH)]:
            yield from self._places(batch, find, phrase)

    def _places(
        self, batch: list[tuple[int, bytes]], find: Callable[[str], Iterable[Stretch]], phrase: str
    ) -> Iterator[Place]:
        """Look through some speeches, and say in which passage of which speech each stretch lies."""
        text = b"\n".join(folded for _key, folded in batch).decode()
        firsts = [*accumulate((folded.count(b"\n") + 1 for _key, folded in batch), initial=0)]
        line = at = 0
        for stretch in sorted(find(text)):
            line += text.count(BREAK, at, stretch.start)
            at = stretch.start
            speech = bisect_right(firsts, line) - 1
            passage = batch[speech][0], line - firsts[speech]
            if passage not in self.left_out:
                begin = text.rfind(BREAK, 0, at) + 1
                yield Place(*passage, at - begin, stretch.end - begin, *stretch[2:], phrase)


def hits(places: Iterable[Place], source: Source) -> Iterator[Hit]:
    """Read what stands at places, in their order, no further than it is asked for."""
    every = iter(places)
    while batch := tuple(islice(every, _READ)):
        wanted = sorted({each[:2] for each in batch})
        numbers: dict[int, list[int]] = {}
        for speech, number in wanted:
            numbers.setdefault(speech, []).append(number)
        read = dict(zip(wanted, source.passages_at(numbers), strict=True))
        for each in batch:
            passage = read[each[:2]]
            span = folding.unfold(passage.text, passage.folded, each.start, each.end)
            yield Hit(passage, *span, each.phrase, each.how, each.edits)
