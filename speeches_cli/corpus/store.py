"""Checked documents ⇄ an SQLite database: the only module that knows SQL.

The database is a compiled corpus. It may live in a file, where it outlasts the run, or in memory.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator
from decimal import Decimal
from functools import cached_property
from typing import TYPE_CHECKING

from speeches_cli import __version__, folding
from speeches_cli.model import Compilation, Figure, Passage, Span, Speech

if TYPE_CHECKING:
    from speeches_cli.corpus.schema import Document

_IDENTITY = f"speeches {__version__} 1"
"""What a database must call itself to be read: the last number counts changes of the tables."""

_TABLES = """
CREATE TABLE identity (name TEXT NOT NULL);
CREATE TABLE file (
    id INTEGER PRIMARY KEY, path TEXT NOT NULL UNIQUE, state TEXT NOT NULL, digest BLOB NOT NULL,
    title TEXT NOT NULL, meeting TEXT NOT NULL, date TEXT NOT NULL);
CREATE TABLE district (file INTEGER NOT NULL, name TEXT NOT NULL, slug TEXT NOT NULL);
CREATE TABLE topic (file INTEGER NOT NULL, name TEXT NOT NULL);
CREATE TABLE speech (
    key INTEGER PRIMARY KEY, file INTEGER NOT NULL, id INTEGER NOT NULL, slug TEXT NOT NULL,
    district TEXT NOT NULL, town TEXT NOT NULL, kind TEXT NOT NULL, speaker TEXT NOT NULL,
    post TEXT NOT NULL, title TEXT NOT NULL, characters INTEGER NOT NULL, figures INTEGER NOT NULL);
CREATE INDEX speech_file ON speech (file);
CREATE TABLE passage (
    speech INTEGER NOT NULL, section INTEGER NOT NULL, paragraph INTEGER NOT NULL,
    text TEXT NOT NULL, folded TEXT NOT NULL, heading TEXT NOT NULL,
    PRIMARY KEY (speech, section, paragraph)) WITHOUT ROWID;
CREATE TABLE figure (
    key INTEGER PRIMARY KEY, speech INTEGER NOT NULL, section INTEGER NOT NULL,
    indicator TEXT NOT NULL, topic TEXT NOT NULL, as_written TEXT NOT NULL, value TEXT NOT NULL,
    unit TEXT NOT NULL, bound TEXT NOT NULL, measure TEXT NOT NULL, status TEXT NOT NULL,
    period TEXT, scope TEXT, note TEXT, sentence TEXT NOT NULL);
CREATE INDEX figure_speech ON figure (speech);
CREATE TABLE span (
    figure INTEGER NOT NULL, paragraph INTEGER NOT NULL, start INTEGER NOT NULL,
    end INTEGER NOT NULL);
CREATE INDEX span_figure ON span (figure);
CREATE TABLE reading (character TEXT NOT NULL, syllable TEXT NOT NULL,
    PRIMARY KEY (character, syllable)) WITHOUT ROWID;
"""


class Corpus:
    """A loaded corpus: reads from the database only what is asked for."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    @cached_property
    def speeches(self) -> tuple[Speech, ...]:
        """All speeches, in the order of their files and in each file as they stand."""
        compilations = {
            key: Compilation(*rest)
            for key, *rest in self._connection.execute("SELECT id, title, meeting, date FROM file")
        }
        rows = self._connection.execute(
            "SELECT key, speech.id, slug, district, town, kind, speaker, post, speech.title,"
            " characters, figures, file FROM speech JOIN file ON file.id = speech.file"
            " ORDER BY path, key"
        )
        return tuple(Speech(*(*row[:-1], compilations[row[-1]])) for row in rows)

    @cached_property
    def districts(self) -> dict[str, str]:
        """Name → slug of every district that the corpus knows, with or without speeches."""
        return dict(self._connection.execute("SELECT name, slug FROM district ORDER BY rowid"))

    @cached_property
    def topics(self) -> tuple[str, ...]:
        """The topics of figures, in the order in which the corpus lists them."""
        rows = self._connection.execute("SELECT name FROM topic ORDER BY rowid")
        return tuple(dict.fromkeys(name for (name,) in rows))

    @cached_property
    def readings(self) -> dict[str, frozenset[str]]:
        """Every Hanzi of the text and the names → its toneless pinyin readings."""
        found: dict[str, frozenset[str]] = {}
        for character, syllable in self._connection.execute("SELECT * FROM reading"):
            found[character] = found.get(character, frozenset()) | {syllable}
        return found

    def passages(self, speeches: Iterable[Speech]) -> Iterator[Passage]:
        """Yield every passage of the speeches: title, opening, headings and paragraphs."""
        rows = self._connection.execute(f"SELECT * FROM passage WHERE speech IN {_keys(speeches)}")
        return (Passage(*row) for row in rows)

    def figures(self, speeches: Iterable[Speech]) -> tuple[Figure, ...]:
        """Read every figure of the speeches, in the order of the corpus file."""
        keys = _keys(speeches)
        spans: dict[int, list[Span]] = {}
        for figure, *place in self._connection.execute(
            "SELECT span.* FROM span JOIN figure ON figure = figure.key"
            f" WHERE speech IN {keys} ORDER BY span.rowid"
        ):
            spans.setdefault(figure, []).append(Span(*place))
        rows = self._connection.execute(f"SELECT * FROM figure WHERE speech IN {keys} ORDER BY key")
        return tuple(
            Figure(*(*row[1:6], Decimal(row[6]), *row[7:], tuple(spans[row[0]]))) for row in rows
        )


def open_database(path: str) -> sqlite3.Connection:
    """Open a compiled corpus, or make an empty one; `:memory:` is one that nobody keeps.

    Raises sqlite3.Error where the file cannot be read, written, or is no database, and
    StaleDatabase where it is one that this version of the program did not make.
    """
    connection = sqlite3.connect(path, timeout=10, isolation_level=None)
    try:
        tables = connection.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]
        if not tables:
            connection.executescript(f"BEGIN IMMEDIATE; {_TABLES} COMMIT;")
            connection.execute("INSERT INTO identity VALUES (?)", (_IDENTITY,))
        else:
            _check_identity(connection)
    except BaseException:
        connection.close()
        raise
    return connection


def _check_identity(connection: sqlite3.Connection) -> None:
    if [name for (name,) in connection.execute("SELECT name FROM identity")] != [_IDENTITY]:
        raise StaleDatabase


class StaleDatabase(sqlite3.DatabaseError):
    """A database that another version of the program made."""


def states(connection: sqlite3.Connection) -> dict[str, tuple[str, bytes]]:
    """Give path → (state, digest) of every file that the database was compiled from."""
    return {
        path: (state, digest)
        for path, state, digest in connection.execute("SELECT path, state, digest FROM file")
    }


def touch(connection: sqlite3.Connection, path: str, state: str) -> None:
    """Note a file's new state where its bytes are the same as before."""
    connection.execute("UPDATE file SET state = ? WHERE path = ?", (state, path))


def forget(connection: sqlite3.Connection, path: str) -> None:
    """Remove everything that was compiled from a file."""
    of_file = "(SELECT id FROM file WHERE path = ?)"
    of_speech = f"(SELECT key FROM speech WHERE file IN {of_file})"
    for statement in (
        f"DELETE FROM span WHERE figure IN (SELECT key FROM figure WHERE speech IN {of_speech})",
        f"DELETE FROM figure WHERE speech IN {of_speech}",
        f"DELETE FROM passage WHERE speech IN {of_speech}",
        f"DELETE FROM speech WHERE file IN {of_file}",
        f"DELETE FROM topic WHERE file IN {of_file}",
        f"DELETE FROM district WHERE file IN {of_file}",
        "DELETE FROM file WHERE path = ?",
    ):
        connection.execute(statement, (path,))


def add(
    connection: sqlite3.Connection, path: str, state: str, digest: bytes, document: Document
) -> None:
    """Write everything that one file says, in place of what it said before."""
    forget(connection, path)
    made = document.compilation
    file = connection.execute(
        "INSERT INTO file (path, state, digest, title, meeting, date) VALUES (?, ?, ?, ?, ?, ?)",
        (path, state, digest, made.title, made.meeting, made.date),
    ).lastrowid
    connection.executemany(
        "INSERT INTO district VALUES (?, ?, ?)", [(file, *each) for each in document.districts]
    )
    connection.executemany(
        "INSERT INTO topic VALUES (?, ?)", [(file, each) for each in document.topics]
    )
    for entry in document.entries:
        spoken = entry.speech
        key = connection.execute(
            "INSERT INTO speech VALUES (NULL, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (
                *(file, spoken.id, spoken.slug, spoken.district, spoken.town, spoken.kind),
                *(spoken.speaker, spoken.post, spoken.title, spoken.characters, spoken.figures),
            ),
        ).lastrowid
        connection.executemany(
            "INSERT INTO passage VALUES (?, ?, ?, ?, ?, ?)",
            [(key, p.section, p.paragraph, p.text, p.folded, p.heading) for p in entry.passages],
        )
        for figure in entry.figures:
            _add_figure(connection, key, figure)
    _add_readings(connection, document)


def _add_figure(connection: sqlite3.Connection, speech: int | None, figure: Figure) -> None:
    key = connection.execute(
        "INSERT INTO figure VALUES (NULL, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            *(speech, figure.section, figure.indicator, figure.topic, figure.as_written),
            *(str(figure.value), figure.unit, figure.bound, figure.measure, figure.status),
            *(figure.period, figure.scope, figure.note, figure.sentence),
        ),
    ).lastrowid
    connection.executemany(
        "INSERT INTO span VALUES (?, ?, ?, ?)",
        [(key, span.paragraph, span.start, span.end) for span in figure.spans],
    )


def _add_readings(connection: sqlite3.Connection, document: Document) -> None:
    """Keep the readings of all Hanzi met, so that most questions need no dictionary."""
    words = [name for name, _slug in document.districts]
    for entry in document.entries:
        words += [entry.speech.town, entry.speech.speaker]
        words += [passage.folded for passage in entry.passages]
    connection.executemany(
        "INSERT OR IGNORE INTO reading VALUES (?, ?)",
        [
            (character, syllable)
            for character in set().union(*words)
            for syllable in folding.readings(character)
        ],
    )


def _keys(speeches: Iterable[Speech]) -> str:
    return f"({','.join(str(speech.key) for speech in speeches)})"
