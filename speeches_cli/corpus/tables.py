"""The SQLite tables of a compiled corpus: what is written into them, and what is asked of them."""

from __future__ import annotations

import json
import sqlite3
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from functools import cache, cached_property, lru_cache
from itertools import accumulate, chain, starmap
from operator import add
from typing import TYPE_CHECKING, Any

from speeches_cli import chinese, folding
from speeches_cli.errors import SpeechesError
from speeches_cli.messages import _
from speeches_cli.model import Compilation, Figure, Passage, Related, Span, Speech

if TYPE_CHECKING:
    from speeches_cli.corpus.schema import Document

Rows = Mapping[str, Iterable[Sequence[Any]]]  # what a file says: rows by table
_BREAK, _SECTION = "\n", "\n\n"  # between passages, and before the heading of a section
_ENCODING = "utf-16"  # is decoded four times as fast as UTF-8, and takes less for Chinese
TABLES = f"""
CREATE TABLE identity (name, corpus);
CREATE TABLE file (name PRIMARY KEY, state, date, head);
CREATE TABLE speech (key INTEGER PRIMARY KEY, {", ".join(Speech._fields[1:])}, file, called);
CREATE INDEX speech_file ON speech (file);
CREATE TABLE folded (key INTEGER PRIMARY KEY, text);
CREATE TABLE shown (key INTEGER PRIMARY KEY, text);
CREATE TABLE figure ({", ".join(Figure._fields)}, number, PRIMARY KEY (speech, number)) WITHOUT ROWID;
CREATE TABLE kept (name PRIMARY KEY, value);
"""
"""`head` is what a file lists before its speeches, `called` are all names of a speech, a line each, and
`kept` are values in JSON that the whole corpus decides."""
FILLED = """
CREATE INDEX figure_indicator ON figure (indicator, speech, number, topic, unit, repeats);
UPDATE speech SET dated = (SELECT count(DISTINCT date) > 1 FROM file);
"""
_KEYS = {"speech": "key", "folded": "key", "shown": "key", "figure": "speech"}  # tables of speeches
_TUPLES = {tuple[str, ...]: "words", tuple[Span, ...]: "spans"}  # names of the types' converters
sqlite3.register_adapter(Decimal, str)
sqlite3.register_adapter(tuple, json.dumps)
sqlite3.register_adapter(Compilation, json.dumps)
sqlite3.register_converter("compilation", cache(lambda written: Compilation(*json.loads(written))))
sqlite3.register_converter("bool", lambda written: written == b"1")
sqlite3.register_converter("words", cache(lambda written: tuple(json.loads(written))))
_read_often = lru_cache(maxsize=16384)  # numbers and places come again and again
sqlite3.register_converter("decimal", _read_often(lambda written: Decimal(written.decode())))
sqlite3.register_converter(
    "spans", _read_often(lambda written: tuple(starmap(Span, json.loads(written.decode()))))
)


def _columns(record: type[Speech | Figure]) -> str:
    types = {
        name: _TUPLES.get(kind) or getattr(kind, "__name__", "")
        for name, kind in record.__annotations__.items()
    }
    return ", ".join(f'{name} AS "{name} [{kind}]"' for name, kind in types.items())


_SPEECH, _FIGURE = _columns(Speech), _columns(Figure)


def insert(draft: sqlite3.Connection, rows: Rows) -> None:
    """Write rows into their tables."""
    for table, every in rows.items():
        for row in every:
            draft.execute(f"INSERT INTO {table} VALUES ({','.join('?' * len(row))})", row)


def written(document: Document, name: bytes, state: str) -> Rows:
    """Give what a checked file says."""
    head = json.dumps((document.districts, document.topics, document.related), ensure_ascii=False)
    rows: dict[str, list[Sequence[Any]]] = {"file": [(name, state, document.compilation.date, head)]}
    rows |= {table: [] for table in _KEYS}
    for speech, paragraphs, figures in document.entries:
        texts = [each.passage.text for each in paragraphs]
        heads = ["\n" if each.key == "heading" else "" for each in paragraphs]
        called = "\n".join(("", *speech.names.whole, ""))
        rows["speech"].append((*speech, name, called.encode()))
        rows["folded"].append((speech.key, _lines(map(folding.fold, texts))))
        rows["shown"].append((speech.key, _lines(map(add, heads, texts))))
        rows["figure"] += ((*figure, number) for number, figure in enumerate(figures))
    return rows


def _lines(texts: Iterable[str]) -> bytes:
    return _BREAK.join(texts).encode(_ENCODING)


def copied(base: sqlite3.Connection, name: bytes, first: int) -> Rows:
    """Give what a database says of a file; its first speech gets the key `first`."""
    ((old,),) = base.execute("SELECT min(key) FROM speech WHERE file = ?", (name,))
    rows = {"file": [*base.execute("SELECT * FROM file WHERE name = ?", (name,))]}
    for table, key in _KEYS.items():
        chosen = f"{key} IN (SELECT key FROM speech WHERE file = ?)"
        found = base.execute(f"SELECT * FROM {table} WHERE {chosen}", (name,))
        rows[table] = [(each - old + first, *others) for each, *others in found]
    return rows


class Corpus:
    """A loaded corpus: reads from its database only what is asked for, and may `keep` a value."""

    def __init__(
        self, database: sqlite3.Connection, keep: Callable[[str, str], None] | None = None
    ) -> None:
        self._database = database
        self._keep = keep

    @cached_property
    def speeches(self) -> tuple[Speech, ...]:
        """All speeches, in the order of their files and in each file as they stand."""
        return self._speeches("1")

    def called(self, name: str, districts: Sequence[str] = ()) -> tuple[Speech, ...]:
        """Read the speeches that have a name, as `names` has it in full, in any or some districts."""
        wanted = b"\n%b\n" % name.encode("utf-8", "surrogatepass")
        return self._speeches(
            f"instr(called, ?) AND {_among('district', districts)}", wanted, *districts
        )

    def within(self, districts: Sequence[str]) -> tuple[Speech, ...]:
        """Read the speeches from some districts."""
        return self._speeches(_among("district", districts), *districts)

    def with_keys(self, keys: Iterable[int]) -> dict[int, Speech]:
        """Read the speeches that have these keys, by their keys."""
        return {each.key: each for each in self._speeches(_keys("key", keys))}

    @cached_property
    def districts(self) -> dict[str, str]:
        """Name → slug of every district that the corpus knows, with or without speeches."""
        return {name: slug for districts, *_rest in self._heads for name, slug in districts}

    @cached_property
    def topics(self) -> tuple[str, ...]:
        """The topics of figures, in the order in which the corpus lists them."""
        return tuple(dict.fromkeys(each for _names, topics, _groups in self._heads for each in topics))

    @cached_property
    def related(self) -> tuple[Related, ...]:
        """The groups of indicators that are near but defined differently; of one name, one group."""
        groups: dict[str, dict[str, str]] = {}
        for name, words in (each for *_lists, related in self._heads for each in related):
            groups.setdefault(name, {}).update(words)
        return tuple(Related(*each) for each in groups.items())

    @cached_property
    def indicators(self) -> dict[str, str]:
        """Every indicator → the topic under which it is first met, in the order of the corpus."""
        query = "SELECT indicator, topic, min(speech << 32 | number) FROM figure GROUP BY 1 ORDER BY 3"
        return dict(self.kept("indicators", lambda: [row[:2] for row in self._rows(query)]))

    @cached_property
    def readings(self) -> dict[str, frozenset[str]]:
        """Every Hanzi of the text and the names → its toneless pinyin readings."""
        return {each: frozenset(known) for each, known in self.kept("readings", self._readings).items()}

    def _readings(self) -> dict[str, list[str]]:
        names_ = self._rows("SELECT town || speaker FROM speech")
        met = {*self.districts, *self.topics, *self.indicators, *(name for (name,) in names_)}
        characters = set[str]().union(*met, *(text for _key, text in self.folded()))
        return {each: sorted(known) for each in characters if (known := folding.readings(each))}

    def kept(self, name: str, make: Callable[[], Any]) -> Any:
        """Give a value of JSON's types that the corpus alone decides: the one kept, or a new one."""
        for (value,) in self._rows("SELECT value FROM kept WHERE name = ?", name):
            return json.loads(value)
        value = make()
        if self._keep:
            self._keep(name, json.dumps(value, ensure_ascii=False))
        return value

    def folded(self, speeches: Iterable[Speech] | None = None) -> Iterator[tuple[int, str]]:
        """Yield of all or some speeches key and folded text, a passage a line."""
        chosen = "1" if speeches is None else _keys("key", (each.key for each in speeches))
        for key, text in self._rows(f"SELECT key, text FROM folded WHERE {chosen} ORDER BY key"):
            yield key, text.decode(_ENCODING)

    def passages(self, speeches: Iterable[Speech]) -> Iterator[Passage]:
        """Yield the passages of speeches, from title and opening to the last paragraph."""
        return self.passages_at({each.key: None for each in speeches})

    def passages_at(self, places: Mapping[int, Iterable[int] | None]) -> Iterator[Passage]:
        """Yield passages by their speeches' keys and their numbers from 0, all of one for None."""
        for key, sections in self._sections(_keys("key", places)):
            firsts, wanted = [0, *accumulate(map(len, sections))], places[key]
            for number in range(firsts[-1]) if wanted is None else sorted({*wanted}):
                section = bisect_right(firsts, number) - 1
                texts, at = sections[section], number - firsts[section]
                yield Passage(key, section, at, texts[at], texts[0] if section else "")

    def mentions(
        self, speeches: Iterable[Speech], topics: Sequence[str], indicators: Sequence[str] = ()
    ) -> Iterator[Any]:
        """Yield indicator, topic, unit and speech of figures, of all or some indicators, once each."""
        among = {"topic": topics, "indicator": indicators, "repeats": [False]}
        return self._figures("indicator, topic, unit, speech", speeches, **among)

    def figures(
        self,
        speeches: Iterable[Speech],
        topics: Sequence[str] = (),
        indicators: Iterable[str] = (),
        *,
        quoted: bool = True,
    ) -> Iterator[Figure]:
        """Yield the figures of speeches as they stand, or of one indicator after the other.

        Unless they are `quoted`, they lack their sentences.
        """
        for names_ in [[each] for each in indicators] or [[]]:
            rows = self._figures(_FIGURE, speeches, topic=topics, indicator=names_)
            found = [*map(Figure._make, rows)]
            texts = dict(self._sections(_keys("key", (each.speech for each in found if quoted))))
            for each in found:
                lines = texts[each.speech][each.section] if quoted else []
                said = [chinese.sentence(lines[at], *span) for at, *span in each.spans if lines]
                yield each._replace(sentence="".join(dict.fromkeys(said)))

    def _figures(
        self, columns: str, speeches: Iterable[Speech], **among: Sequence[Any]
    ) -> Iterator[Any]:
        conditions = [_among(column, values) for column, values in among.items()]
        chosen = " AND ".join((_keys("speech", (each.key for each in speeches)), *conditions))
        query = f"SELECT {columns} FROM figure WHERE {chosen} ORDER BY speech, number"
        return self._rows(query, *chain(*among.values()))

    def _sections(self, condition: str) -> Iterator[tuple[int, list[list[str]]]]:
        for key, text in self._rows(f"SELECT key, text FROM shown WHERE {condition} ORDER BY key"):
            yield key, [section.split(_BREAK) for section in text.decode(_ENCODING).split(_SECTION)]

    @cached_property
    def _heads(self) -> list[Any]:
        """What each file lists before its speeches: districts, topics and related indicators."""
        return [json.loads(head) for (head,) in self._rows("SELECT head FROM file ORDER BY rowid")]

    def _speeches(self, condition: str, *values: str | bytes) -> tuple[Speech, ...]:
        rows = self._rows(f"SELECT {_SPEECH} FROM speech WHERE {condition} ORDER BY key", *values)
        return tuple(map(Speech._make, rows))

    def _rows(self, query: str, *values: Any) -> Iterator[Any]:
        """Run a query. What can fail in a database that was whole a moment ago is the disk."""
        try:
            yield from self._database.execute(query, values)
        except sqlite3.Error as error:
            message = _("the cache cannot be read: {reason}; try it with --no-cache")
            raise SpeechesError(message.format(reason=error)) from None


def _keys(column: str, keys: Iterable[int]) -> str:
    """Write the condition that a column has one of these keys; a range is read faster than a list."""
    wanted = sorted({*keys})
    if wanted and wanted[-1] - wanted[0] == len(wanted) - 1:
        return f"{column} BETWEEN {wanted[0]} AND {wanted[-1]}"
    return f"{column} IN ({','.join(map(str, wanted))})"


def _among(column: str, names: Sequence[str]) -> str:
    return f"{column} IN ({','.join('?' * len(names))})" if names else "1"
