"""A compiled corpus → speeches, passages and figures, as they are asked for."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from decimal import Decimal
from functools import cached_property
from itertools import islice
from typing import Any

from speeches_cli import clues
from speeches_cli.clues import Clue
from speeches_cli.corpus import store
from speeches_cli.corpus.store import Database, DatabaseError
from speeches_cli.model import Compilation, Figure, Passage, Related, Span, Speech

_BATCH = 64
"""How many blocks are looked through before those are read as shown that hold anything."""


class Corpus:
    """A loaded corpus: reads from the database only what is asked for."""

    def __init__(self, database: Database, compile_anew: Callable[[], Database] | None = None) -> None:
        self._database = database
        self._compile_anew = compile_anew
        self._pairs: dict[str, str] = {}

    @cached_property
    def speeches(self) -> tuple[Speech, ...]:
        """All speeches, in the order of their files and in each file as they stand."""
        return self._speeches("1")

    def called(self, name: str, districts: Sequence[str] = ()) -> tuple[Speech, ...]:
        """Read the speeches that have a name, as `names` has it in full, in any or some districts."""
        entries = "SELECT entry FROM call WHERE name = ?"
        condition = f"entry IN ({entries})" + (
            f" AND {_among('district', districts)}" if districts else ""
        )
        return self._speeches(condition, _bytes(name), *districts)

    def within(self, districts: Sequence[str]) -> tuple[Speech, ...]:
        """Read the speeches from some districts."""
        return self._speeches(_among("district", districts), *districts)

    def with_keys(self, keys: Iterable[int]) -> dict[int, Speech]:
        """Read the speeches that have these keys, by their keys."""
        return {each.key: each for each in self._speeches(_keys(keys))}

    @cached_property
    def districts(self) -> dict[str, str]:
        """Name → slug of every district that the corpus knows, with or without speeches."""
        return dict(self._rows("SELECT name, slug FROM district WHERE key NOT NULL ORDER BY key"))

    @cached_property
    def topics(self) -> tuple[str, ...]:
        """The topics of figures, in the order in which the corpus lists them."""
        rows = self._rows("SELECT name FROM topic WHERE key NOT NULL ORDER BY key")
        return tuple(name for (name,) in rows)

    @cached_property
    def related(self) -> tuple[Related, ...]:
        """The groups of indicators that are near but defined differently; of one name, one group."""
        groups: dict[str, dict[str, str]] = {}
        rows = self._rows("SELECT name, indicator, words FROM related ORDER BY file, number, rowid")
        for name, indicator, words in rows:
            groups.setdefault(name, {})[indicator] = words
        return tuple(Related(*each) for each in groups.items())

    @cached_property
    def indicators(self) -> dict[str, str]:
        """Every indicator → the topic under which it is first met, in the order of the corpus."""
        rows = self._rows(
            "SELECT indicator, topic, min(key << 32 | number) FROM speech JOIN figure USING (entry)"
            " GROUP BY indicator ORDER BY 3"
        )
        return {indicator: topic for indicator, topic, _first in rows}

    @cached_property
    def readings(self) -> dict[str, frozenset[str]]:
        """Every Hanzi of the text and the names → its toneless pinyin readings."""
        found: dict[str, frozenset[str]] = {}
        for character, syllable in self._rows("SELECT character, syllable FROM reading"):
            found[character] = found.get(character, frozenset()) | {syllable}
        return found

    def passages(
        self, speeches: Iterable[Speech] | None = None, holding: Iterable[Clue] | None = None
    ) -> Iterator[Passage]:
        """Yield every passage of all or some speeches, in the order of the corpus.

        A speech's are its title, its opening, then each section's heading and paragraphs. With
        clues only those passages are read that hold one of them.
        """
        chosen = None if speeches is None else {each.key for each in speeches}
        wanted = None if holding is None else clues.Search(holding, self._following)
        blocks = self._said("folded", _blocks(chosen))
        while batch := tuple(islice(blocks, _BATCH)):
            held: dict[int, tuple[str, list[clues.Stretch]]] = {}
            for first, said, _checksum in batch:
                folded = said.decode(store.ENCODING)
                if found := wanted.passages(folded) if wanted else clues.passages(folded):
                    held[first] = folded, found
            for first, said, _checksum in self._said("text", _keys(held)) if held else ():
                passages = _passages(first, said, *held[first])
                yield from (each for each in passages if chosen is None or each.speech in chosen)

    def figures(
        self, speeches: Iterable[Speech], indicators: Sequence[str] | None = None
    ) -> tuple[Figure, ...]:
        """Read the figures of the speeches, all or of some indicators, in the order of the corpus."""
        tables = "speech CROSS JOIN figure USING (entry)"
        wanted = indicators or ()
        among = f" AND {_among('indicator', wanted)}" if indicators is not None else ""
        condition = f"{_keys(each.key for each in speeches)}{among} ORDER BY 1, 2, 3"
        spans: dict[tuple[int, int], list[Span]] = {}
        for speech, figure, _part, *span in self._rows(
            f"SELECT key, figure, part, paragraph, start, end FROM {tables}"
            " CROSS JOIN span ON span.entry = figure.entry AND span.figure = figure.number"
            f" WHERE {condition}",
            *wanted,
        ):
            spans.setdefault((speech, figure), []).append(Span(*span))
        rows = self._rows(
            "SELECT key, number, section, indicator, topic, as_written, value, unit, bound, measure,"
            " status, period, scope, note, sentence, sure, setting, repeats"
            f" FROM {tables} WHERE {condition}",
            *wanted,
        )
        return tuple(
            Figure._make(
                (
                    *(speech, *row[:4], Decimal(row[4]), *row[5:13], tuple(spans[speech, number])),
                    *(bool(row[13]), row[14], bool(row[15])),
                )
            )
            for speech, number, *row in rows
        )

    def _speeches(self, condition: str, *values: str | bytes | int) -> tuple[Speech, ...]:
        rows = self._rows(
            "SELECT key, speech.id, slug, district, town, kind, speaker, post, speech.title,"
            " characters, figures, file.title, meeting, date"
            f" FROM speech JOIN file ON file = file.id WHERE {condition} ORDER BY key",
            *values,
        )
        return tuple(Speech(*(*row[:11], Compilation(*row[11:]), self._dated)) for row in rows)

    @cached_property
    def _dated(self) -> bool:
        """Whether the corpus has compilations of several dates."""
        return any(several for (several,) in self._rows("SELECT min(date) < max(date) FROM file"))

    def _said(self, form: str, condition: str) -> Iterator[Any]:
        """Select blocks of what is said, as shown or folded, between first keys and checksums."""
        return self._rows(
            f"SELECT key, {form}, {form}_sum FROM speech CROSS JOIN said USING (entry)"
            f" WHERE {condition} ORDER BY key",
            verified=True,
        )

    def _following(self, character: str) -> str:
        """Give at least all characters that follow another one anywhere in the folded text."""
        if character not in self._pairs:
            rows = self._rows("SELECT seconds FROM pair WHERE first = ?", _bytes(character))
            self._pairs[character] = "".join(seconds for (seconds,) in rows)
        return self._pairs[character]

    def _rows(self, query: str, *values: str | bytes | int, verified: bool = False) -> Iterator[Any]:
        """Run a query, and where the database proves damaged go on with one compiled anew.

        To be verified, a row must end with bytes and their checksum.
        """
        given = 0
        try:
            for row in self._database.execute(query, values):
                if verified:
                    store.verify(*row[-2:])
                yield row
                given += 1
        except DatabaseError:
            if self._compile_anew is None:
                raise
            self._database = self._compile_anew()
            yield from islice(self._database.execute(query, values), given, None)


def _passages(
    first: int, said: bytes, folded: str, wanted: Iterable[clues.Stretch]
) -> Iterator[Passage]:
    """Make some passages of a block of what is said, which is at hand as shown and folded."""

    def place(number: int) -> tuple[Any, ...]:
        return store.PLACE.unpack_from(said, number * store.PLACE.size)

    def text(number: int) -> str:
        return said[place(number)[-1] : place(number + 1)[-1]].decode(store.ENCODING)

    for number, start, end in wanted:
        speech, section, paragraph, _start = place(number)
        heading = text(number - paragraph) if section else ""
        yield Passage(first + speech, section, paragraph, text(number), folded[start:end], heading)


def _keys(keys: Iterable[int]) -> str:
    """Write the condition that a speech has one of these keys."""
    wanted = sorted(set(keys))
    if wanted and wanted[-1] - wanted[0] == len(wanted) - 1:
        return f"key BETWEEN {wanted[0]} AND {wanted[-1]}"
    return f"key IN ({','.join(map(str, wanted))})"


def _blocks(keys: set[int] | None) -> str:
    """Write the condition that a block may have what is said in speeches with these keys, or in all."""
    if not keys:
        return "1" if keys is None else "0"
    return (
        "key >= (SELECT key FROM speech CROSS JOIN said USING (entry)"
        f" WHERE key <= {min(keys)} ORDER BY key DESC LIMIT 1) AND key <= {max(keys)}"
    )


def _among(column: str, names: Sequence[str]) -> str:
    """Write the condition that a column has one of as many names."""
    return f"{column} IN ({','.join('?' * len(names))})"


def _bytes(name: str) -> bytes:
    """Encode what was typed, which may be anything."""
    return name.encode("utf-8", "surrogatepass")
