"""The folded text of a corpus, read once and looked through many speeches at a time."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import accumulate, islice
from typing import TYPE_CHECKING, NamedTuple, Protocol

from speeches_cli.search.alignment import BREAK, Edit

if TYPE_CHECKING:
    from speeches_cli.model import Passage, Speech

PATTERN_SIGNS = "|*"
"""Signs of a pattern: what is like a phrase that has one is nothing that anybody meant."""
_BATCH = 100
"""How many speeches are looked through as one text, which is quicker than one by one."""


class Source(Protocol):
    """A corpus, as far as a search reads it: folded text first, and passages where something stands."""

    def folded(self, speeches: Iterable[Speech] | None = None) -> Iterable[tuple[int, str]]:
        """Yield key and folded text of speeches, a passage a line, in the order of the keys."""

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


class Batch(NamedTuple):
    """The folded text of some speeches, a passage a line."""

    text: str
    keys: tuple[int, ...]
    begins: tuple[int, ...]
    """Where in the text each of the speeches begins."""

    def place(self, stretch: Stretch, phrase: str) -> Place:
        """Say in which passage of which speech a stretch of the text lies."""
        speech = bisect_right(self.begins, stretch.start) - 1
        line = self.text.rfind(BREAK, 0, stretch.start) + 1
        passage = self.text.count(BREAK, self.begins[speech], line)
        return Place(
            self.keys[speech],
            passage,
            *(stretch.start - line, stretch.end - line, stretch.how, stretch.edits),
            phrase,
        )


class Text:
    """The folded text of speeches, read no further than it is looked through, and only once."""

    def __init__(self, folded: Iterable[tuple[int, str]]) -> None:
        self._unread = _batches(folded)
        self._read: list[Batch] = []
        self.left_out: frozenset[tuple[int, int]] = frozenset()
        """Passages in which no place counts, by speech and number."""

    def __iter__(self) -> Iterator[Batch]:
        yield from self._read
        for batch in self._unread:
            self._read.append(batch)
            yield batch

    def places(self, find: Callable[[str], Iterable[Stretch]], phrase: str) -> Iterator[Place]:
        """Yield where a function finds stretches of a text, in its order within each batch."""
        for batch in self:
            for stretch in find(batch.text):
                place = batch.place(stretch, phrase)
                if place[:2] not in self.left_out:
                    yield place


def _batches(folded: Iterable[tuple[int, str]]) -> Iterator[Batch]:
    every = iter(folded)
    while batch := tuple(islice(every, _BATCH)):
        keys, texts = zip(*batch, strict=True)
        begins = accumulate((len(each) + 1 for each in texts[:-1]), initial=0)
        yield Batch(BREAK.join(texts), keys, tuple(begins))


def passages(places: Iterable[Place], source: Source) -> dict[tuple[int, int], Passage]:
    """Read the passages in which places lie, by speech and number."""
    wanted = sorted({each[:2] for each in places})
    numbers: dict[int, list[int]] = {}
    for speech, number in wanted:
        numbers.setdefault(speech, []).append(number)
    return dict(zip(wanted, source.passages_at(numbers), strict=True))
