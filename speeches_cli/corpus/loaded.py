"""A compiled corpus → speeches, passages and figures, as they are asked for."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from functools import cached_property, lru_cache
from itertools import groupby, islice
from operator import itemgetter
from typing import Any, TypeVar, get_type_hints

from speeches_cli.corpus.compiling import BREAK, WORDS
from speeches_cli.errors import SpeechesError
from speeches_cli.messages import _
from speeches_cli.model import (
    OPENING,
    Compilation,
    Figure,
    Passage,
    Related,
    Span,
    Speech,
    sentence,
)

_BATCH = 256
"""The passages of how many speeches are asked for at a time."""

_WORDS = frozenset(at for at, name in enumerate(Figure._fields) if name in WORDS)
_Places = tuple[tuple[int, int, int], ...]
Record = TypeVar("Record", Speech, Figure)


def _spans(written: str) -> tuple[Span, ...]:
    return tuple(Span(*map(int, each.split())) for each in written.split(BREAK))


_READ: dict[Any, Callable[[Any], Any]] = {
    Decimal: Decimal,
    bool: bool,
    tuple[str, ...]: lambda written: tuple(written.split(BREAK)) if written else (),
    tuple[Span, ...]: _spans,
}
"""How fields are read back that SQLite does not hold as they are, by their types."""


def _converted(record: type[Record]) -> list[tuple[int, Callable[[Any], Any]]]:
    """Tell which fields of a record have to be read back, and how."""
    hints = get_type_hints(record)
    return [(at, _READ[hints[name]]) for at, name in enumerate(record._fields) if hints[name] in _READ]


_CONVERTED: dict[Any, Any] = {Speech: _converted(Speech), Figure: _converted(Figure)}


def _record(record: type[Record], row: Sequence[Any]) -> Record:
    """Make a record of a row that has its fields in their order."""
    values = list(row)
    for at, read in _CONVERTED[record]:
        values[at] = read(values[at])
    return record._make(values)


def _figure(
    row: Sequence[Any], words: Mapping[int, str], places: _Places, lines: Sequence[str]
) -> Figure:
    """Make a figure of a row, with words for their numbers and the sentence that it stands in."""
    said = [words.get(each) if at in _WORDS else each for at, each in enumerate(row)]
    figure = _record(Figure, said)
    begin = next(begin for section, _paragraph, begin in places if section == figure.section)
    sentences = (sentence(lines[begin + each.paragraph], each.start, each.end) for each in figure.spans)
    return figure._replace(sentence="".join(dict.fromkeys(sentences)))


@lru_cache(maxsize=256)
def _places(shape: str) -> _Places:
    """Give section and paragraph of each passage, and the number of its section's first one."""
    places: list[tuple[int, int, int]] = []
    for section, count in enumerate(map(int, shape.split())):
        begin = len(places)
        places += [(section, paragraph, begin) for paragraph in range(count)]
    return tuple(places)


def _columns(record: type[Record], **others: str) -> str:
    """Name what is selected for the fields of a record: their columns, but for some."""
    return ", ".join(others.get(name, f"{record.__name__}.{name}") for name in record._fields)


class Corpus:
    """A loaded corpus: reads from the database only what is asked for."""

    def __init__(self, database: sqlite3.Connection) -> None:
        self._database = database

    @cached_property
    def speeches(self) -> tuple[Speech, ...]:
        """All speeches, in the order of their files and in each file as they stand."""
        return self._speeches("1")

    def called(self, name: str, districts: Sequence[str] = ()) -> tuple[Speech, ...]:
        """Read the speeches that have a name, as `names` has it in full, in any or some districts."""
        among = f" AND {_among('district', districts)}" if districts else ""
        condition = f"entry IN (SELECT entry FROM call WHERE name = ?){among}"
        return self._speeches(condition, name.encode("utf-8", "surrogatepass"), *districts)

    def within(self, districts: Sequence[str]) -> tuple[Speech, ...]:
        """Read the speeches from some districts."""
        return self._speeches(_among("district", districts), *districts)

    def with_keys(self, keys: Iterable[int]) -> dict[int, Speech]:
        """Read the speeches that have these keys, by their keys."""
        return {each.key: each for each in self._speeches(_keys(keys))}

    @cached_property
    def districts(self) -> dict[str, str]:
        """Name → slug of every district that the corpus knows, with or without speeches."""
        return dict(self._listed("SELECT district.name, slug FROM district"))

    @cached_property
    def topics(self) -> tuple[str, ...]:
        """The topics of figures, in the order in which the corpus lists them."""
        return tuple(dict.fromkeys(name for (name,) in self._listed("SELECT topic.name FROM topic")))

    @cached_property
    def indicators(self) -> dict[str, str]:
        """Every indicator → the topic under which it is first met, in the order of the corpus."""
        return dict(self._rows("SELECT name, topic FROM indicator ORDER BY first"))

    @cached_property
    def related(self) -> tuple[Related, ...]:
        """The groups of indicators that are near but defined differently; of one name, one group."""
        groups: dict[str, dict[str, str]] = {}
        listed = self._listed("SELECT related.name, indicator, words FROM related")
        for name, indicator, words in listed:
            groups.setdefault(name, {})[indicator] = words
        return tuple(Related(*each) for each in groups.items())

    @cached_property
    def readings(self) -> dict[str, frozenset[str]]:
        """Every Hanzi of the text and the names → its toneless pinyin readings."""
        found: dict[str, frozenset[str]] = {}
        for character, syllable in self._rows("SELECT character, syllable FROM reading"):
            found[character] = found.get(character, frozenset()) | {syllable}
        return found

    def folded(self, speeches: Iterable[Speech] | None = None) -> Iterator[tuple[int, bytes]]:
        """Yield of all or some speeches key and folded text in UTF-8, a passage a line.

        To decode it takes longer than to read it, and is not needed where a phrase does not stand.
        """
        chosen = "1" if speeches is None else _keys(each.key for each in speeches)
        return self._of_speeches("key, CAST(folded.text AS BLOB)", "folded USING (entry)", chosen)

    def passages_at(self, places: Mapping[int, Iterable[int]]) -> Iterator[Passage]:
        """Yield some passages of speeches, by the speeches' keys and the passages' numbers from 0."""
        return self._passages({key: frozenset(numbers) for key, numbers in places.items()})

    def passages(self, speeches: Iterable[Speech] | None = None) -> Iterator[Passage]:
        """Yield every passage of all or some speeches, in the order of the corpus.

        A speech's are its title, its opening, then each section's heading and paragraphs.
        """
        chosen = self.speeches if speeches is None else speeches
        return self._passages(dict.fromkeys(each.key for each in chosen))

    def figures(
        self, speeches: Iterable[Speech], indicators: Sequence[str] | None = None
    ) -> tuple[Figure, ...]:
        """Read the figures of the speeches, all or of some indicators, in the order of the corpus."""
        condition = _keys(each.key for each in speeches)
        if indicators is not None:
            named = _among("text", indicators)
            condition += f" AND indicator IN (SELECT id FROM word WHERE {named})"
        columns = _columns(Figure, speech="key", sentence="NULL")
        tables = "figure USING (entry)"
        rows = [*self._of_speeches(columns, tables, condition, "number", *(indicators or ()))]
        words = self._words({row[at] for row in rows for at in _WORDS})
        keys = _keys(row[0] for row in rows)
        texts = self._of_speeches("shape, text", "shown USING (entry)", keys)
        return tuple(
            _figure(row, words, _places(shape), lines)
            for (_key, members), (shape, text) in zip(groupby(rows, itemgetter(0)), texts, strict=True)
            for lines in [text.split(BREAK)]
            for row in members
        )

    def _words(self, numbers: Iterable[int | None]) -> dict[int, str]:
        """Read words by their numbers."""
        wanted = ",".join(str(each) for each in numbers if each is not None)
        return dict(self._rows(f"SELECT id, text FROM word WHERE id IN ({wanted})"))

    def _passages(self, places: Mapping[int, frozenset[int] | None]) -> Iterator[Passage]:
        """Yield passages of speeches, all of one for None."""
        keys = iter(sorted(places))
        while batch := tuple(islice(keys, _BATCH)):
            columns = "key, shape, CAST(shown.text AS BLOB), CAST(folded.text AS BLOB)"
            tables = "shown USING (entry) JOIN folded USING (entry)"
            for key, shape, *texts in self._of_speeches(columns, tables, _keys(batch)):
                shown, folded = (each.split(BREAK.encode()) for each in texts)
                every, wanted = _places(shape), places[key]
                for number in range(len(every)) if wanted is None else sorted(wanted):
                    section, paragraph, begin = every[number]
                    heading = b"" if section == OPENING else shown[begin]
                    words = (each.decode() for each in (shown[number], folded[number], heading))
                    yield Passage(key, section, paragraph, *words)

    def _speeches(self, condition: str, *values: str | bytes) -> tuple[Speech, ...]:
        """Read speeches; those of one file share its compilation."""
        files = self._rows(f"SELECT id, {', '.join(Compilation._fields)} FROM file")
        compilations = {file: Compilation(*each) for file, *each in files}
        dated = len({each.date for each in compilations.values()}) > 1
        columns = _columns(Speech, compilation="file", dated=str(int(dated)))
        rows = self._rows(f"SELECT {columns} FROM speech WHERE {condition} ORDER BY key", *values)
        speeches = (_record(Speech, row) for row in rows)
        return tuple(each._replace(compilation=compilations[each.compilation]) for each in speeches)

    def _listed(self, query: str) -> Iterator[Any]:
        """Select what the heads of the files list, in its order."""
        return self._rows(f"{query} JOIN file ON file = file.id ORDER BY file.name, number")

    def _of_speeches(
        self, columns: str, tables: str, condition: str, then: str = "key", *values: str
    ) -> Iterator[Any]:
        """Select from what hangs on speeches, in their order."""
        return self._rows(
            f"SELECT {columns} FROM speech JOIN {tables} WHERE {condition} ORDER BY key, {then}",
            *values,
        )

    def _rows(self, query: str, *values: str | bytes) -> Iterator[Any]:
        """Run a query. What can fail in a database that was whole a moment ago is the disk."""
        try:
            yield from self._database.execute(query, values)
        except sqlite3.Error as error:
            message = _("the cache cannot be read: {reason}; try it with --no-cache")
            raise SpeechesError(message.format(reason=error)) from None


def _keys(keys: Iterable[int]) -> str:
    """Write the condition that a speech has one of these keys."""
    wanted = sorted(set(keys))
    if wanted and wanted[-1] - wanted[0] == len(wanted) - 1:
        return f"key BETWEEN {wanted[0]} AND {wanted[-1]}"
    return f"key IN ({','.join(map(str, wanted))})"


def _among(column: str, names: Sequence[str]) -> str:
    """Write the condition that a column has one of as many names."""
    return f"{column} IN ({','.join('?' * len(names))})"
