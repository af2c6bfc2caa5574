"""A compiled corpus → speeches, passages and figures, as they are asked for."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from decimal import Decimal
from functools import cached_property
from itertools import islice
from typing import Any

from speeches_cli.corpus.store import Database, DatabaseError
from speeches_cli.model import Compilation, Figure, Passage, Span, Speech


class Corpus:
    """A loaded corpus: reads from the database only what is asked for."""

    def __init__(self, database: Database, compile_anew: Callable[[], Database] | None = None) -> None:
        self._database = database
        self._compile_anew = compile_anew

    @cached_property
    def speeches(self) -> tuple[Speech, ...]:
        """All speeches, in the order of their files and in each file as they stand."""
        rows = self._rows(
            "SELECT key, speech.id, slug, district, town, kind, speaker, post, speech.title,"
            " characters, figures, file.title, meeting, date"
            " FROM speech JOIN file ON file = file.id ORDER BY key"
        )
        return tuple(Speech(*(*row[:11], Compilation(*row[11:]))) for row in rows)

    @cached_property
    def districts(self) -> dict[str, str]:
        """Name → slug of every district that the corpus knows, with or without speeches."""
        return dict(self._listed("district", "district.name, slug"))

    @cached_property
    def topics(self) -> tuple[str, ...]:
        """The topics of figures, in the order in which the corpus lists them."""
        return tuple(dict.fromkeys(name for (name,) in self._listed("topic", "topic.name")))

    @cached_property
    def indicators(self) -> dict[str, str]:
        """Every indicator → the topic under which it is first met, in the order of the corpus."""
        found: dict[str, str] = {}
        for indicator, topic in self._rows(
            "SELECT indicator, topic FROM speech JOIN figure USING (entry) ORDER BY key, number"
        ):
            found.setdefault(indicator, topic)
        return found

    @cached_property
    def readings(self) -> dict[str, frozenset[str]]:
        """Every Hanzi of the text and the names → its toneless pinyin readings."""
        found: dict[str, frozenset[str]] = {}
        for character, syllable in self._rows("SELECT character, syllable FROM reading"):
            found[character] = found.get(character, frozenset()) | {syllable}
        return found

    def passages(self, speeches: Iterable[Speech]) -> Iterator[Passage]:
        """Yield every passage of the speeches, in the order of the corpus.

        A speech's are its title, its opening, then each section's heading and paragraphs.
        """
        columns = "section, paragraph, text, folded, heading"
        return (Passage(*row) for row in self._of(speeches, "passage", columns))

    def figures(self, speeches: Iterable[Speech]) -> tuple[Figure, ...]:
        """Read every figure of the speeches, in the order of the corpus."""
        speeches = tuple(speeches)
        spans: dict[tuple[int, int], list[Span]] = {}
        for speech, figure, _part, *span in self._of(
            speeches, "span", "figure, part, paragraph, start, end"
        ):
            spans.setdefault((speech, figure), []).append(Span(*span))
        columns = (
            "number, section, indicator, topic, as_written, value, unit, bound, measure, status,"
            " period, scope, note, sentence"
        )
        return tuple(
            Figure(*(speech, *row[:4], Decimal(row[4]), *row[5:], tuple(spans[speech, number])))
            for speech, number, *row in self._of(speeches, "figure", columns)
        )

    def _of(self, speeches: Iterable[Speech], table: str, columns: str) -> Iterator[Any]:
        """Select what belongs to the speeches, by the speech's key and the first two columns."""
        keys = ",".join(str(speech.key) for speech in speeches)
        return self._rows(
            f"SELECT key, {columns} FROM speech CROSS JOIN {table} USING (entry)"
            f" WHERE key IN ({keys}) ORDER BY 1, 2, 3"
        )

    def _listed(self, table: str, columns: str) -> Iterator[Any]:
        """Select what the heads of the files list, in the order of the corpus."""
        return self._rows(
            f"SELECT {columns} FROM file JOIN {table} ON file = id ORDER BY file.name, number"
        )

    def _rows(self, query: str) -> Iterator[Any]:
        """Run a query, and where the database proves damaged go on with one compiled anew."""
        given = 0
        try:
            for row in self._database.execute(query):
                yield row
                given += 1
        except DatabaseError:
            if self._compile_anew is None:
                raise
            self._database = self._compile_anew()
            yield from islice(self._database.execute(query), given, None)
