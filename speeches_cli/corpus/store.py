"""Checked documents → an SQLite database, which `reading` reads: a compiled corpus.

It may live in a file, where it outlasts the run, or in memory.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import suppress
from hashlib import blake2b
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple
from zlib import crc32

from speeches_cli import __version__, folding, names
from speeches_cli.clues import BREAK
from speeches_cli.errors import CorpusError
from speeches_cli.messages import _

if TYPE_CHECKING:
    from speeches_cli.corpus.schema import Document, Entry
    from speeches_cli.model import Passage, Speech

DatabaseError = sqlite3.Error
"""Whatever can be wrong with a database."""

_DECISIVE = (
    *("clues", "folding", "model", "names", "quantities", "units"),
    *("corpus/citations", "corpus/documents", "corpus/fields", "corpus/schema", "corpus/store"),
)
"""The modules that decide what is read out of a file's bytes and how it is kept."""


def _identity() -> str:
    """Name what a database must call itself to be read: the program that made it, to the letter."""
    loader: Any = globals()["__loader__"]
    package = Path(__file__).parents[1]
    checksum = 0
    for name in _DECISIVE:
        with suppress(OSError):  # a program may come without its source
            checksum = crc32(loader.get_data(str(package / f"{name}.py")), checksum)
    return f"speeches {__version__} {checksum:08x}"


_IDENTITY = _identity()

ENCODING = "utf-16-le"
"""Of what is said, which stands in blocks of whole speeches, passages divided by BREAK, because so
it is read quickest. A block is known by its first speech; before the text as shown stand the places
of its passages: `2.1.0.57` for the heading of section 1 of the third speech, 57 bytes from where the
text begins. SQLite doesn't notice when such bytes are damaged, so they have checksums."""
WIDTH = 2
"""In bytes: a BREAK in that encoding."""
_BLOCK = 16_384
"""In characters: a block that has so many is full."""

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
    """Give every speech its key, its place in the whole corpus, as whoever reads relies on."""
    _note_pairs(draft)
    entries = draft.execute("SELECT entry FROM speech JOIN file ON file = file.id ORDER BY name, entry")
    numbered = [(key, entry) for key, (entry,) in enumerate(entries)]
    with draft:
        draft.executemany("UPDATE speech SET key = ? WHERE entry = ?", numbered)


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


def add(draft: Database, name: bytes, known: Known, document: Document, *, path: str) -> None:
    """Write everything that one file says, in place of what it said before.

    Raises CorpusError, naming the path, where it has a speech that another file has.
    """
    made = document.compilation
    characters = _characters(document) - draft.characters
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
        entries = [(_add_entry(draft, file, entry), entry) for entry in document.entries]
        for key, entry in entries:
            _claim(draft, key, entry.speech, path)
        draft.executemany("INSERT INTO said VALUES (?, ?, ?, ?, ?)", _blocks(entries))
        draft.executemany(
            "INSERT OR IGNORE INTO reading VALUES (?, ?)",
            ((each, syllable) for each in characters for syllable in folding.readings(each)),
        )
    draft.characters |= characters


def _add_entry(draft: Database, file: int | None, entry: Entry) -> int | None:
    speech = entry.speech
    key = draft.execute(
        "INSERT INTO speech VALUES (NULL, NULL, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            *(file, speech.id, speech.slug, speech.district, speech.town, speech.kind),
            *(speech.speaker, speech.post, speech.title, speech.characters, speech.figures),
        ),
    ).lastrowid
    called = names.of(speech)
    draft.executemany(
        "INSERT INTO call VALUES (?, ?)",
        [(name.encode(), key) for name in {called.number, *called.whole}],
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
    return key


def _claim(draft: Database, entry: int | None, speech: Speech, path: str) -> None:
    """Take for a speech what no other of its compilation may have, in whatever file."""
    from speeches_cli.corpus.schema import claims

    for key, claimed in claims(speech):
        name = blake2b(repr(claimed).encode(ENCODING), digest_size=16).digest()
        try:
            draft.execute("INSERT INTO claim VALUES (?, ?)", (name, entry))
        except sqlite3.IntegrityError:
            other, file = draft.execute(
                "SELECT speech.id, name FROM speech JOIN file ON file = file.id"
                " WHERE entry = (SELECT entry FROM claim WHERE name = ?)",
                (name,),
            ).fetchone()
            message = _("{key} '{value}' is already used by speech {other} in {file}")
            text = message.format(
                key=key, value=getattr(speech, key), other=other, file=os.fsdecode(file)
            )
            raise CorpusError(text, file=path, entry=speech.town, key=key) from None


def _blocks(entries: Sequence[tuple[int | None, Entry]]) -> Iterator[tuple[Any, ...]]:
    """Yield the rows of what is said."""
    begin = 0
    for end in range(1, len(entries) + 1):
        within = entries[begin:end]
        if end == len(entries) or sum(entry.speech.characters for _key, entry in within) >= _BLOCK:
            yield within[0][0], *_block([entry.passages for _key, entry in within])
            begin = end


def _block(speeches: Sequence[Sequence[Passage]]) -> tuple[Any, ...]:
    places: list[str] = []
    texts: list[bytes] = []
    start = 0
    for at, speech in enumerate(speeches):
        for each in speech:
            places.append(f"{at}.{each.section}.{each.paragraph}.{start}")
            texts.append(each.text.encode(ENCODING))
            start += len(texts[-1]) + WIDTH
    said = BREAK.encode(ENCODING).join((" ".join(places).encode(ENCODING), *texts))
    folded = BREAK.join(each.folded for speech in speeches for each in speech).encode(ENCODING)
    return crc32(folded), crc32(said), folded, said


def _characters(document: Document) -> set[str]:
    """Collect every character met, so that with its readings most questions need no dictionary."""
    words = [*document.topics, *(name for name, _slug in document.districts)]
    for entry in document.entries:
        words += [entry.speech.town, entry.speech.speaker]
        words += [figure.indicator for figure in entry.figures]
        words += [passage.folded for passage in entry.passages]
    return set().union(*words)
