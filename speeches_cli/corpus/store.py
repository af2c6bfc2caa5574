"""A compiled corpus in plain SQLite tables, brought up to date file by file.

It is true of a corpus while the files have the bytes that it was made from, and while the program and
the libraries that folded its text are the same.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from itertools import chain
from pathlib import Path
from typing import Any

from speeches_cli import folding, names
from speeches_cli.corpus import compiling
from speeches_cli.corpus.compiling import FIGURE, IDENTITY, SPEECH, WORDS, Change, Known, Rows, Watch
from speeches_cli.corpus.loaded import Corpus
from speeches_cli.errors import CorpusError
from speeches_cli.messages import _
from speeches_cli.model import Compilation

DatabaseError = sqlite3.Error
"""Whatever can be wrong with a database."""

_OF_FILE = "file INTEGER NOT NULL REFERENCES file ON DELETE CASCADE"
_OF_SPEECH = "entry INTEGER NOT NULL REFERENCES speech ON DELETE CASCADE"
_TABLES = f"""
CREATE TABLE identity (name, corpus);
CREATE TABLE file (
    id INTEGER PRIMARY KEY, name UNIQUE, state, digest, {", ".join(Compilation._fields)});
CREATE TABLE district ({_OF_FILE}, number, name, slug, PRIMARY KEY (file, number)) WITHOUT ROWID;
CREATE TABLE topic ({_OF_FILE}, number, name, PRIMARY KEY (file, number)) WITHOUT ROWID;
CREATE TABLE related ({_OF_FILE}, number, name, indicator, words);
CREATE INDEX related_file ON related (file);
CREATE TABLE speech (entry INTEGER PRIMARY KEY, {_OF_FILE}, key INTEGER, {", ".join(SPEECH)});
CREATE INDEX speech_file ON speech (file);
CREATE INDEX speech_key ON speech (key);
CREATE INDEX speech_district ON speech (district);
CREATE TABLE call ({_OF_SPEECH}, name, PRIMARY KEY (entry, name)) WITHOUT ROWID;
CREATE INDEX call_name ON call (name);
CREATE TABLE folded (entry INTEGER PRIMARY KEY REFERENCES speech ON DELETE CASCADE, text);
CREATE TABLE shown (entry INTEGER PRIMARY KEY REFERENCES speech ON DELETE CASCADE, shape, text);
CREATE TABLE word (id INTEGER PRIMARY KEY, text UNIQUE);
CREATE TABLE figure (
    {_OF_SPEECH}, number, {", ".join(FIGURE)}, PRIMARY KEY (entry, number)) WITHOUT ROWID;
CREATE INDEX figure_indicator ON figure (indicator);
CREATE TABLE indicator (first, name, topic);
CREATE TABLE reading (character, syllable);
"""
"""`entry` is a speech's number in the database, `key` its place in the corpus. `shape` says how many
passages each section of a text has. Words that figures repeat stand once, by a number.
"""


class Database(sqlite3.Connection):
    """A compiled corpus, open; it closes itself when nobody holds it any more."""

    def __del__(self) -> None:
        with suppress(DatabaseError):  # where it could not even be opened
            self.close()


def in_memory(files: Mapping[bytes, str], watch: Watch | None = None) -> Database:
    """Compile a corpus into a database that nobody keeps."""
    made = draft(":memory:", None, b"")
    if wrong := fill(made, files, compiling.changes(files, {}, watch)):
        raise wrong
    return made


def opened(database: Path) -> Database:
    """Open a finished database. Nothing is locked: it is never written to."""
    location = f"{database.absolute().as_uri()}?mode=ro&immutable=1"
    return sqlite3.connect(location, uri=True, factory=Database)


def draft(path: Path | str, base: Database | None, corpus: bytes) -> Database:
    """Make a database that can be written to: a copy of the base, or an empty one."""
    made = sqlite3.connect(path, factory=Database)
    made.executescript(
        "PRAGMA page_size = 16384; PRAGMA journal_mode = MEMORY; PRAGMA synchronous = OFF;"
    )
    if base:
        base.backup(made)
    else:
        made.executescript(_TABLES)
        made.execute("INSERT INTO identity VALUES (?, ?)", (IDENTITY, corpus))
    made.executescript("PRAGMA foreign_keys = ON;")
    return made


def made_by(database: Database) -> tuple[str, ...]:
    """Give the identity of the program that made a database, and where its corpus lies."""
    return next(database.execute("SELECT * FROM identity"), ("",))


def known_files(database: Database) -> dict[bytes, Known]:
    """Give what the database knows of its files, by their names."""
    rows = database.execute("SELECT name, state, digest FROM file")
    return {name: Known(*rest) for name, *rest in rows}


def fill(draft: Database, files: Mapping[bytes, str], changes: Iterable[Change]) -> CorpusError | None:
    """Bring a draft up to date, as far as the files are right; give what is wrong first."""
    wrong: CorpusError | None = None
    draft.executemany(
        "DELETE FROM file WHERE name = ?", [(name,) for name in known_files(draft) if name not in files]
    )
    words = _Words(draft)
    try:
        for name, known, rows in changes:
            if rows:
                _add(draft, words, name, known, rows)
            else:
                draft.execute("UPDATE file SET state = ? WHERE name = ?", (known.state, name))
    except CorpusError as error:
        wrong = error
    clash = _clash(draft, files, _number(draft))
    _note_indicators(draft)
    _note_readings(draft)
    draft.commit()
    return wrong or clash


class _Words(dict[str, int]):
    """Text → its number in the table of words, given when it is first met."""

    def __init__(self, draft: Database) -> None:
        super().__init__(draft.execute("SELECT text, id FROM word"))
        self._draft = draft

    def __missing__(self, text: str) -> int:
        self[text] = number = len(self)
        self._draft.execute("INSERT INTO word VALUES (?, ?)", (number, text))
        return number

    def replaced(self, row: Sequence[Any]) -> Iterator[Any]:
        """Yield the values of a figure, numbers in place of words."""
        for name, value in zip(FIGURE, row, strict=True):
            yield self[value] if name in WORDS and value is not None else value


def _add(draft: Database, words: _Words, name: bytes, known: Known, rows: Rows) -> None:
    """Write all that a file says, in place of what it said before."""
    draft.execute("DELETE FROM file WHERE name = ?", (name,))
    [compilation] = rows["file"]
    file_row = (None, name, *known, *compilation)
    marks = ", ".join("?" * len(file_row))
    file = draft.execute(f"INSERT INTO file VALUES ({marks})", file_row).lastrowid
    (base,) = draft.execute("SELECT coalesce(max(entry), 0) + 1 FROM speech").fetchone()
    for table in ("district", "topic", "related"):
        _insert(draft, table, ((file, *row) for row in rows[table]))
    speeches = ((base + at, file, None, *row) for at, *row in rows["speech"])
    _insert(draft, "speech", speeches)
    for table in ("call", "folded", "shown"):
        _insert(draft, table, ((base + at, *row) for at, *row in rows[table]))
    figures = ((base + at, number, *words.replaced(row)) for at, number, *row in rows["figure"])
    _insert(draft, "figure", figures)


def _insert(draft: Database, table: str, rows: Iterable[tuple[Any, ...]]) -> None:
    """Insert rows, all of one width, if there are any."""
    every = iter(rows)
    if first := next(every, None):
        marks = ", ".join("?" * len(first))
        draft.executemany(f"INSERT INTO {table} VALUES ({marks})", chain((first,), every))


def _number(draft: Database) -> list[tuple[int, int, bytes]]:
    """Give every speech its place in the corpus; name them in order, each with its file."""
    speeches = draft.execute(
        "SELECT entry, file, name FROM speech JOIN file ON file = file.id ORDER BY name, entry"
    ).fetchall()
    keys = ((key, entry) for key, (entry, *_file) in enumerate(speeches))
    draft.executemany("UPDATE speech SET key = ? WHERE entry = ?", keys)
    return speeches


def _clash(
    draft: Database, files: Mapping[bytes, str], placed: Iterable[tuple[int, int, bytes]]
) -> CorpusError | None:
    """Leave out every file with a speech that a file before it has: it is looked at again next time.

    Gives what is wrong with the first.
    """
    first: CorpusError | None = None
    left_out = set[int]()
    taken: dict[tuple[str, ...], tuple[int, bytes]] = {}
    for speech, (_entry, file, name) in zip(Corpus(draft).speeches, placed, strict=True):
        for key, claimed in names.claims(speech):
            other, where = taken.setdefault(claimed, (speech.id, name))
            if where != name:
                left_out.add(file)
                message = _("{key} '{value}' is already used by speech {other} in {file}").format(
                    key=key, value=getattr(speech, key), other=other, file=os.fsdecode(where)
                )
                first = first or CorpusError(message, file=files[name], entry=speech.town, key=key)
    if left_out:
        draft.executemany("DELETE FROM file WHERE id = ?", [(each,) for each in left_out])
        _number(draft)
    return first


def _note_indicators(draft: Database) -> None:
    """List every indicator with the topic under which it is first met."""
    draft.execute("DELETE FROM indicator")
    draft.execute(
        "INSERT INTO indicator SELECT min(key << 32 | number), name.text, topic.text"
        " FROM speech JOIN figure USING (entry) JOIN word name ON name.id = figure.indicator"
        " JOIN word topic ON topic.id = figure.topic GROUP BY figure.indicator"
    )


def _note_readings(draft: Database) -> None:
    """List the readings of all characters met, so that most questions need no dictionary."""
    words = draft.execute(
        "SELECT text FROM folded UNION ALL SELECT town || speaker FROM speech UNION ALL"
        " SELECT name FROM district UNION ALL SELECT name FROM topic UNION ALL"
        " SELECT name FROM indicator"
    )
    met = set[str]().union(*(each for (each,) in words))
    met.difference_update(each for (each,) in draft.execute("SELECT character FROM reading"))
    draft.executemany(
        "INSERT INTO reading VALUES (?, ?)",
        [(each, syllable) for each in sorted(met) for syllable in sorted(folding.readings(each))],
    )
