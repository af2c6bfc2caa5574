"""Checked documents → an SQLite database, which `reading` reads: a compiled corpus.

It may live in a file, where it outlasts the run, or in memory.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from speeches_cli import __version__, folding

if TYPE_CHECKING:
    from speeches_cli.corpus.schema import Document, Entry

DatabaseError = sqlite3.Error
"""Whatever can be wrong with a database."""

_IDENTITY = f"speeches {__version__} 2"
"""What a database must call itself to be read: the last number counts changes of the tables and of
what is read out of a file's bytes (`folding`, `quantities`, `schema`)."""

_TABLES = """
CREATE TABLE identity (name TEXT NOT NULL);
CREATE TABLE file (
    id INTEGER PRIMARY KEY, name BLOB NOT NULL UNIQUE, state TEXT NOT NULL, digest BLOB NOT NULL,
    title TEXT NOT NULL, meeting TEXT NOT NULL, date TEXT NOT NULL);
CREATE TABLE district (
    file INTEGER NOT NULL REFERENCES file ON DELETE CASCADE,
    number INTEGER NOT NULL, name TEXT NOT NULL, slug TEXT NOT NULL,
    PRIMARY KEY (file, number)) WITHOUT ROWID;
CREATE TABLE topic (
    file INTEGER NOT NULL REFERENCES file ON DELETE CASCADE,
    number INTEGER NOT NULL, name TEXT NOT NULL,
    PRIMARY KEY (file, number)) WITHOUT ROWID;
CREATE TABLE speech (
    entry INTEGER PRIMARY KEY, key INTEGER,
    file INTEGER NOT NULL REFERENCES file ON DELETE CASCADE,
    id INTEGER NOT NULL, slug TEXT NOT NULL, district TEXT NOT NULL, town TEXT NOT NULL,
    kind TEXT NOT NULL, speaker TEXT NOT NULL, post TEXT NOT NULL, title TEXT NOT NULL,
    characters INTEGER NOT NULL, figures INTEGER NOT NULL);
CREATE INDEX speech_file ON speech (file);
CREATE INDEX speech_key ON speech (key);
CREATE TABLE passage (
    entry INTEGER NOT NULL REFERENCES speech ON DELETE CASCADE,
    section INTEGER NOT NULL, paragraph INTEGER NOT NULL,
    text TEXT NOT NULL, folded TEXT NOT NULL, heading TEXT NOT NULL,
    PRIMARY KEY (entry, section, paragraph)) WITHOUT ROWID;
CREATE TABLE figure (
    entry INTEGER NOT NULL REFERENCES speech ON DELETE CASCADE,
    number INTEGER NOT NULL, section INTEGER NOT NULL,
    indicator TEXT NOT NULL, topic TEXT NOT NULL, as_written TEXT NOT NULL, value TEXT NOT NULL,
    unit TEXT NOT NULL, bound TEXT NOT NULL, measure TEXT NOT NULL, status TEXT NOT NULL,
    period TEXT, scope TEXT, note TEXT, sentence TEXT NOT NULL,
    PRIMARY KEY (entry, number)) WITHOUT ROWID;
CREATE TABLE span (
    entry INTEGER NOT NULL REFERENCES speech ON DELETE CASCADE,
    figure INTEGER NOT NULL, part INTEGER NOT NULL,
    paragraph INTEGER NOT NULL, start INTEGER NOT NULL, end INTEGER NOT NULL,
    PRIMARY KEY (entry, figure, part)) WITHOUT ROWID;
CREATE TABLE reading (
    character TEXT NOT NULL, syllable TEXT NOT NULL,
    PRIMARY KEY (character, syllable)) WITHOUT ROWID;
"""


class Database(sqlite3.Connection):
    """A compiled corpus, open; it closes itself when nobody holds it any more."""

    def __del__(self) -> None:
        with suppress(DatabaseError):  # where it could not even be opened
            self.close()


class Known(NamedTuple):
    """What a database knows of a file that it was compiled from."""

    state: str
    """As `sources.state` described it, empty where that wasn't sure."""
    digest: bytes


class StaleDatabase(DatabaseError):
    """A database that another version of the program made."""


def open_finished(database: Path) -> Database:
    """Open a database to read it; DatabaseError where it cannot be, or is another version's.

    Nothing is locked: a finished database is never written to.
    """
    location = f"{database.absolute().as_uri()}?mode=ro&immutable=1"
    connection = sqlite3.connect(location, uri=True, factory=Database)
    if connection.execute("SELECT name FROM identity").fetchall() != [(_IDENTITY,)]:
        raise StaleDatabase
    return connection


def open_draft(path: Path | None = None, base: Database | None = None) -> Database:
    """Make a database that can be written to: a copy of the base, or an empty one.

    Without a path it is in memory, where nobody keeps it.
    """
    connection = sqlite3.connect(path or ":memory:", factory=Database)
    connection.executescript("PRAGMA journal_mode = MEMORY; PRAGMA synchronous = OFF;")
    if base is None:
        connection.executescript(_TABLES)
        connection.execute("INSERT INTO identity VALUES (?)", (_IDENTITY,))
    else:
        base.backup(connection)
    connection.executescript("PRAGMA foreign_keys = ON;")
    return connection


def finish(draft: Database) -> None:
    """Give every speech its key, its place in the whole corpus, as whoever reads relies on."""
    entries = draft.execute("SELECT entry FROM speech JOIN file ON file = file.id ORDER BY name, entry")
    numbered = [(key, entry) for key, (entry,) in enumerate(entries)]
    with draft:
        draft.executemany("UPDATE speech SET key = ? WHERE entry = ?", numbered)


def known(connection: Database) -> dict[bytes, Known]:
    """Give what the database knows of its files, by their names."""
    rows = connection.execute("SELECT name, state, digest FROM file")
    return {name: Known(*rest) for name, *rest in rows}


def touch(draft: Database, *, name: bytes, state: str) -> None:
    """Note a file's new state where its bytes are the same as before."""
    with draft:
        draft.execute("UPDATE file SET state = ? WHERE name = ?", (state, name))


def forget(draft: Database, *, name: bytes) -> None:
    """Remove what was compiled from a file; readings stay, for they are true of any text."""
    with draft:
        draft.execute("DELETE FROM file WHERE name = ?", (name,))


def add(draft: Database, name: bytes, known: Known, document: Document) -> None:
    """Write everything that one file says, in place of what it said before."""
    made = document.compilation
    with draft:
        draft.execute("DELETE FROM file WHERE name = ?", (name,))
        file = draft.execute(
            "INSERT INTO file VALUES (NULL, ?, ?, ?, ?, ?, ?)",
            (name, *known, made.title, made.meeting, made.date),
        ).lastrowid
        draft.executemany(
            "INSERT INTO district VALUES (?, ?, ?, ?)",
            [(file, number, *each) for number, each in enumerate(document.districts)],
        )
        draft.executemany(
            "INSERT INTO topic VALUES (?, ?, ?)",
            [(file, number, each) for number, each in enumerate(document.topics)],
        )
        for entry in document.entries:
            _add_entry(draft, file, entry)
        draft.executemany("INSERT OR IGNORE INTO reading VALUES (?, ?)", _readings(document))


def _add_entry(draft: Database, file: int | None, entry: Entry) -> None:
    speech = entry.speech
    key = draft.execute(
        "INSERT INTO speech VALUES (NULL, NULL, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            *(file, speech.id, speech.slug, speech.district, speech.town, speech.kind),
            *(speech.speaker, speech.post, speech.title, speech.characters, speech.figures),
        ),
    ).lastrowid
    draft.executemany(
        "INSERT INTO passage VALUES (?, ?, ?, ?, ?, ?)",
        [(key, p.section, p.paragraph, p.text, p.folded, p.heading) for p in entry.passages],
    )
    draft.executemany(
        "INSERT INTO figure VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        [
            (
                *(key, number, f.section, f.indicator, f.topic, f.as_written, str(f.value), f.unit),
                *(f.bound, f.measure, f.status, f.period, f.scope, f.note, f.sentence),
            )
            for number, f in enumerate(entry.figures)
        ],
    )
    draft.executemany(
        "INSERT INTO span VALUES (?, ?, ?, ?, ?, ?)",
        [
            (key, number, part, span.paragraph, span.start, span.end)
            for number, figure in enumerate(entry.figures)
            for part, span in enumerate(figure.spans)
        ],
    )


def _readings(document: Document) -> Iterator[tuple[str, str]]:
    """Yield the readings of all Hanzi met, so that most questions need no dictionary."""
    words = [*document.topics, *(name for name, _slug in document.districts)]
    for entry in document.entries:
        words += [entry.speech.town, entry.speech.speaker]
        words += [figure.indicator for figure in entry.figures]
        words += [passage.folded for passage in entry.passages]
    for character in set().union(*words):
        for syllable in folding.readings(character):
            yield character, syllable
