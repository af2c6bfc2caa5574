"""An SQLite database, which `recording` fills and `reading` reads: a compiled corpus.

It may live in a file, where it outlasts the run, or in memory.
"""

from __future__ import annotations

import os
import sqlite3
from contextlib import suppress
from importlib.util import find_spec
from pathlib import Path
from struct import Struct
from typing import Any, NamedTuple
from unicodedata import unidata_version
from zlib import crc32

from speeches_cli import __version__
from speeches_cli.folding import READINGS

DatabaseError = sqlite3.Error
"""Whatever can be wrong with a database."""
IntegrityError = sqlite3.IntegrityError
"""What is raised where two rows may not be the same."""

_DECISIVE = (
    *("chinese", "clues", "folding", "model", "names", "numerals", "quantities", "units"),
    *("corpus/citations", "corpus/documents", "corpus/fields", "corpus/recording"),
    *("corpus/schema", "corpus/store"),
)
"""The modules that decide what is read out of a file's bytes and how it is kept."""


def _identity() -> str:
    """Name what a database must call itself to be read: the program that made it, to the letter."""
    package = Path(__file__).parents[1]
    checksum = 0
    for name in _DECISIVE:
        with suppress(OSError):  # a program may come without its source
            checksum = crc32((package / f"{name}.py").read_bytes(), checksum)
    checksum = crc32(READINGS.read_bytes(), checksum)
    folded_by = " ".join(map(_installed, ("opencc", "pypinyin")))
    return f"speeches {__version__} {checksum:08x} {folded_by} Unicode {unidata_version}"


def _installed(library: str) -> str:
    """Name a library's version as the folder of its metadata does; importlib.metadata takes 15 ms."""
    spec = find_spec(library)
    folder = Path(spec.origin).parents[1] if spec and spec.origin else Path()
    with suppress(OSError):
        for name in sorted(os.listdir(folder)):  # noqa: PTH208 - a Path for each takes longer
            if name.lower().startswith(f"{library}-") and name.endswith("-info"):
                return name
    return library


_IDENTITY = _identity()

ENCODING = "utf-16-le"
"""Of what is said, which stands in blocks of whole speeches, because so it is read quickest. A block
is known by its first speech. Its passages are divided by BREAK as folded; as shown they follow one
another, behind their places. SQLite doesn't notice when such bytes are damaged, so they have
checksums."""
PLACE = Struct("<4I")
"""Of a passage as shown: its speech, counted in the block from 0, its section, its paragraph, and at
which byte of the block it begins. Behind the last there is one more, for where that ends."""

_TABLES = """
CREATE TABLE identity (name TEXT NOT NULL);
CREATE TABLE file (
    id INTEGER PRIMARY KEY, name BLOB NOT NULL UNIQUE, state TEXT NOT NULL, digest BLOB NOT NULL,
    title TEXT NOT NULL, meeting TEXT NOT NULL, date TEXT NOT NULL);
CREATE TABLE district (
    file INTEGER NOT NULL REFERENCES file ON DELETE CASCADE,
    number INTEGER NOT NULL, name TEXT NOT NULL, slug TEXT NOT NULL, key INTEGER,
    PRIMARY KEY (file, number)) WITHOUT ROWID;
CREATE INDEX district_key ON district (key);
CREATE TABLE topic (
    file INTEGER NOT NULL REFERENCES file ON DELETE CASCADE,
    number INTEGER NOT NULL, name TEXT NOT NULL, key INTEGER,
    PRIMARY KEY (file, number)) WITHOUT ROWID;
CREATE INDEX topic_key ON topic (key);
CREATE TABLE related (
    file INTEGER NOT NULL REFERENCES file ON DELETE CASCADE,
    number INTEGER NOT NULL, name TEXT NOT NULL, indicator TEXT NOT NULL, words TEXT NOT NULL,
    PRIMARY KEY (file, number, indicator));
CREATE TABLE speech (
    entry INTEGER PRIMARY KEY, key INTEGER,
    file INTEGER NOT NULL REFERENCES file ON DELETE CASCADE,
    id INTEGER NOT NULL, slug TEXT NOT NULL, district TEXT NOT NULL, town TEXT NOT NULL,
    kind TEXT NOT NULL, speaker TEXT NOT NULL, post TEXT NOT NULL, title TEXT NOT NULL,
    characters INTEGER NOT NULL, figures INTEGER NOT NULL);
CREATE INDEX speech_file ON speech (file);
CREATE INDEX speech_key ON speech (key);
CREATE INDEX speech_district ON speech (district);
CREATE TABLE call (
    name BLOB NOT NULL, entry INTEGER NOT NULL REFERENCES speech ON DELETE CASCADE,
    PRIMARY KEY (name, entry)) WITHOUT ROWID;
CREATE INDEX call_entry ON call (entry);
CREATE TABLE claim (
    name BLOB PRIMARY KEY, entry INTEGER NOT NULL REFERENCES speech ON DELETE CASCADE) WITHOUT ROWID;
CREATE INDEX claim_entry ON claim (entry);
CREATE TABLE said (
    entry INTEGER PRIMARY KEY REFERENCES speech ON DELETE CASCADE,
    folded_sum INTEGER NOT NULL, text_sum INTEGER NOT NULL,
    folded BLOB NOT NULL, text BLOB NOT NULL);
CREATE TABLE figure (
    entry INTEGER NOT NULL REFERENCES speech ON DELETE CASCADE,
    number INTEGER NOT NULL, section INTEGER NOT NULL,
    indicator TEXT NOT NULL, topic TEXT NOT NULL, as_written TEXT NOT NULL, value TEXT NOT NULL,
    unit TEXT NOT NULL, bound TEXT NOT NULL, measure TEXT NOT NULL, status TEXT NOT NULL,
    period TEXT, scope TEXT, note TEXT, sentence TEXT NOT NULL, sure INTEGER NOT NULL,
    setting TEXT, repeats INTEGER NOT NULL,
    PRIMARY KEY (entry, number)) WITHOUT ROWID;
CREATE TABLE span (
    entry INTEGER NOT NULL REFERENCES speech ON DELETE CASCADE,
    figure INTEGER NOT NULL, part INTEGER NOT NULL,
    paragraph INTEGER NOT NULL, start INTEGER NOT NULL, end INTEGER NOT NULL,
    PRIMARY KEY (entry, figure, part)) WITHOUT ROWID;
CREATE TABLE reading (
    character TEXT NOT NULL, syllable TEXT NOT NULL,
    PRIMARY KEY (character, syllable)) WITHOUT ROWID;
CREATE TABLE pair (first BLOB PRIMARY KEY, seconds TEXT NOT NULL) WITHOUT ROWID;
"""


class Database(sqlite3.Connection):
    """A compiled corpus, open; it closes itself when nobody holds it any more."""

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.characters: set[str] = set()
        """Those whose readings have been written to it since it was opened."""

    def __del__(self) -> None:
        with suppress(DatabaseError):  # where it could not even be opened
            self.close()


class Known(NamedTuple):
    """What a database knows of a file that it was compiled from."""

    state: str
    """As `sources.state` described it, empty where that wasn't sure."""
    digest: bytes


class DamagedDatabase(DatabaseError):
    """A database that holds other bytes than were written."""


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
    """Give every speech its key, its place in the whole corpus, as whoever reads relies on.

    Districts and topics get theirs.
    """
    _note_pairs(draft)
    entries = draft.execute("SELECT entry FROM speech JOIN file ON file = file.id ORDER BY name, entry")
    numbered = [(key, entry) for key, (entry,) in enumerate(entries)]
    with draft:
        draft.executemany("UPDATE speech SET key = ? WHERE entry = ?", numbered)
        for table in ("district", "topic"):
            _number_first(draft, table)


def _number_first(draft: Database, table: str) -> None:
    """Give keys to what the heads of the files list, in the order in which names first come.

    A name that comes again is kept as it stands last.
    """
    listed = draft.execute(
        f"SELECT {table}.name, file, number FROM {table} JOIN file ON file = id"
        " ORDER BY file.name, number"
    )
    places = {name: place for name, *place in listed}
    draft.execute(f"UPDATE {table} SET key = NULL WHERE key NOT NULL")
    draft.executemany(
        f"UPDATE {table} SET key = ? WHERE file = ? AND number = ?",
        [(key, *place) for key, place in enumerate(places.values())],
    )


def _note_pairs(draft: Database) -> None:
    """Note which characters stand side by side in new speeches; those of old ones stay noted."""
    said = draft.execute("SELECT folded FROM said JOIN speech USING (entry) WHERE key IS NULL")
    pairs = set[tuple[str, str]]()
    for (folded,) in said:
        text = folded.decode(ENCODING)
        pairs.update(zip(text, text[1:]))  # noqa: B905, RUF007 - five seconds in a gigabyte
    following: dict[str, set[str]] = {}
    for first, second in pairs:
        following.setdefault(first, set()).add(second)
    for first, before in draft.execute("SELECT first, seconds FROM pair"):
        following.setdefault(first.decode(), set()).update(before)
    rows = [(first.encode(), "".join(sorted(each))) for first, each in following.items()]
    with draft:
        draft.executemany("INSERT OR REPLACE INTO pair VALUES (?, ?)", rows)


def verify(blob: bytes, checksum: int) -> None:
    """Raise DamagedDatabase where bytes are not those that were written."""
    if not isinstance(blob, bytes) or crc32(blob) != checksum:
        raise DamagedDatabase


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
