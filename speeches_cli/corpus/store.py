"""Corpora kept compiled in SQLite: what is written, what is believed, and what is out of date.

A database is true of a corpus while the files have the bytes that it was made from, and the program
and the libraries that fold text are the same. It is believed when only this user can have written it
and it is whole. It is never changed: a new one is written beside it and takes its place. So readers
need no locks, and neither a kill nor a second run at the same time leaves half of one.
"""

from __future__ import annotations

import os
import sqlite3
import sys
import time
from collections.abc import Callable, Collection, Container, Iterator, Mapping
from contextlib import contextmanager, suppress
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING
from unicodedata import unidata_version
from zlib import crc32

from speeches_cli import __version__, folding, names
from speeches_cli.corpus import sources, tables
from speeches_cli.corpus.tables import Corpus
from speeches_cli.errors import CorpusError

if TYPE_CHECKING:
    from speeches_cli.corpus.schema import Taken

Watch = Callable[[int, int], None]
"""Is told, file by file, how many are compiled and how many there are to compile."""
Stamps = dict[bytes, tables.Stamp]  # the stamps of files by their names
_open = partial(sqlite3.connect, detect_types=sqlite3.PARSE_COLNAMES)
_CHECKSUM = 60
"""Where an SQLite file has four bytes for its user, `PRAGMA user_version`: here the rest's CRC-32."""
_DECISIVE = "", "corpus/", "phrases/"
"""The folders of the package whose modules decide what a database says."""
_DAY = 24 * 60 * 60


def in_memory(files: Mapping[bytes, str], watch: Watch | None) -> Corpus:
    """Compile a corpus that nobody keeps. Raises CorpusError for what is wrong with it."""
    draft = _open(":memory:")
    if wrong := _fill(draft, files, dict.fromkeys(files, ("", b"")), draft, (), watch):
        raise wrong
    return Corpus(draft)


def kept(path: Path, files: Mapping[bytes, str], cache: Path, watch: Watch | None) -> Corpus:
    """Open what is kept of a corpus, after compiling what has changed since.

    What is wrong with a cache is mended or done without; CorpusError says what is with the corpus.
    """
    with suppress(OSError, sqlite3.Error):
        if not cache.exists() or _is_ours(cache):
            corpus = os.fsencode(os.path.realpath(path))
            return _current(cache / f"{crc32(corpus):08x}.sqlite3", corpus, files, watch)
    return in_memory(files, watch)


def _current(database: Path, corpus: bytes, files: Mapping[bytes, str], watch: Watch | None) -> Corpus:
    base, known = _believed(database, corpus)
    stamps = {name: _stamp(file, *known.get(name, ("", b""))) for name, file in files.items()}
    if stamps != known:
        same = {
            name for name, (_state, digest) in stamps.items() if known.get(name, "")[1:] == (digest,)
        }
        with _replacing(database) as draft:
            wrong = _fill(draft, files, stamps, base, same, watch)
            draft.execute("INSERT INTO identity VALUES (?, ?)", (_identity(), corpus))
        if wrong:
            raise wrong
        base = _connect(database)
    return Corpus(base, partial(_keep, base, database))


def _stamp(file: str, known: str, digest: bytes) -> tuple[str, bytes]:
    """Give the state and the digest of a file; it is read only when its state isn't the known one."""
    if (state := sources.state(file)) and state == known:
        return known, digest
    with suppress(CorpusError):  # which is raised when the file is compiled, in its turn
        found = _digest(sources.read(Path(file)))
        return (known, digest) if found == digest and not state else (state, found)
    return "", b""


def _digest(data: bytes) -> bytes:
    from hashlib import blake2b  # takes 5 ms to load

    return blake2b(data, digest_size=32).digest()


# What is believed


def _is_ours(path: Path) -> bool:
    """Tell a file or folder that belongs to this user, and that only this user may write."""
    if not hasattr(os, "geteuid"):  # on Windows a user's folders are the user's own
        return True
    status = path.stat()
    return status.st_uid == os.geteuid() and not status.st_mode & 0o022


def _believed(database: Path, corpus: bytes) -> tuple[sqlite3.Connection, Stamps]:
    """Open a database that is ours, whole, and made by this very program; tell what files it is of.

    Otherwise it is an empty one.
    """
    with suppress(OSError, sqlite3.Error):
        if _is_ours(database) and _is_whole(database):
            base = _connect(database)
            if [*base.execute("SELECT * FROM identity")] == [(_identity(), corpus)]:
                rows = base.execute("SELECT name, state, digest FROM file")
                return base, {name: (state, digest) for name, state, digest in rows}
    return sqlite3.connect(":memory:"), {}


def _is_whole(database: Path) -> bool:
    """Tell whether a database has the bytes with which it was sealed.

    They are read again when its state isn't the one seen before, and every day.
    """
    seen, state = database.with_name(f"{database.name}.seen"), sources.state(str(database)).encode()
    with suppress(FileNotFoundError):
        if state and seen.read_bytes() == state and time.time() - seen.stat().st_mtime < _DAY:
            return True
    sealed, found = _checksums(database)
    if state and sealed == found:
        with suppress(OSError):
            seen.write_bytes(state)
    return sealed == found


def _checksums(database: Path) -> tuple[bytes, bytes]:
    """Give the checksum that a database carries, and that of its other bytes."""
    with database.open("rb") as stream:
        found = crc32(stream.read(_CHECKSUM))
        sealed = stream.read(4)
        while block := stream.read(2**20):
            found = crc32(block, found)
    return sealed, found.to_bytes(4, "big")


def _identity() -> str:
    """Name the program that makes a database, to the letter, and the libraries that fold its text."""
    package = Path(__file__).parents[1]
    checksum = crc32(folding.READINGS.read_bytes())
    for module in sorted(each for folder in _DECISIVE for each in package.glob(f"{folder}*.py")):
        checksum = crc32(module.read_bytes(), checksum)
    found = [f"speeches {__version__} {checksum:08x} Unicode {unidata_version}"]
    for folder in sys.path:  # importlib.metadata, which knows versions as well, takes 15 ms
        with suppress(OSError):
            every = sorted(os.listdir(folder))  # noqa: PTH208 - quicker
            found += [each for each in every if each.lower().startswith(("opencc-", "pypinyin-"))]
    return " ".join(found)


def _connect(database: Path) -> sqlite3.Connection:
    """Open a finished database. Nothing is locked: it is never written to."""
    return _open(f"{database.absolute().as_uri()}?mode=ro&immutable=1", uri=True)


# What is written


@contextmanager
def _replacing(database: Path) -> Iterator[sqlite3.Connection]:
    """Give an empty database; when it is filled, it is sealed and takes the place of this one."""
    database.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    _clear(database.parent)
    part = database.with_name(f"{database.name}.{os.getpid()}.{os.urandom(4).hex()}")
    try:
        os.close(os.open(part, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600))
        draft = _open(part)
        draft.executescript(
            "PRAGMA page_size = 16384; PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF"
        )
        yield draft
        draft.commit()
        draft.close()
        _seal(part)
        part.replace(database)
    finally:
        part.unlink(missing_ok=True)


def _seal(database: Path) -> None:
    """Write into a database its checksum, and all of it to the disk."""
    with database.open("rb+") as stream:
        stream.seek(_CHECKSUM)
        stream.write(_checksums(database)[1])
        stream.flush()
        os.fsync(stream.fileno())


def _keep(base: sqlite3.Connection, database: Path, name: str, value: str) -> None:
    """Put a copy with one more value in the place of a database, if it can be written."""
    with suppress(OSError, sqlite3.Error), _replacing(database) as draft:
        base.backup(draft)
        draft.execute("INSERT INTO kept VALUES (?, ?)", (name, value))


def _clear(cache: Path) -> None:
    """Remove what killed runs left, and the databases of corpora that are gone."""
    for each in cache.glob("*.sqlite3*"):
        with suppress(OSError, sqlite3.Error, ValueError):  # a damaged one may say anything
            if each.suffix != ".sqlite3":
                gone = time.time() - each.stat().st_mtime > _DAY
            else:
                ((name, *corpus),) = _connect(each).execute("SELECT * FROM identity")
                gone = str(name).startswith("speeches ") and not any(map(os.path.lexists, corpus))
            if gone:
                each.unlink()


def _fill(
    draft: sqlite3.Connection,
    files: Mapping[bytes, str],
    stamps: Stamps,
    base: sqlite3.Connection,
    same: Collection[bytes],
    watch: Watch | None,
) -> CorpusError | None:
    """Write what all files say, in their order, compiled or copied where they are the same in a base.

    Gives what is wrong with the first that is wrong; after it, files are only copied, so that the next
    run begins there.
    """
    draft.executescript(tables.TABLES)
    taken = _taken(base, files, same)
    wrong: CorpusError | None = None
    done = 0
    for name, file in files.items():
        ((first,),) = draft.execute("SELECT coalesce(max(key) + 1, 0) FROM speech")
        if name in same:
            tables.insert(draft, tables.copied(base, name, stamps[name], first))
        elif wrong is None:
            try:
                tables.insert(draft, _compiled(name, file, stamps[name][0], first, taken))
            except CorpusError as error:
                wrong = error
            done += 1
            if watch:
                watch(done, len(files) - len(same))
    draft.execute(tables.INDEX)
    filled = Corpus(draft, lambda *kept: tables.insert(draft, {"kept": [kept]}))
    _worked_out = filled.indicators, filled.readings
    return wrong


def _taken(base: sqlite3.Connection, files: Mapping[bytes, str], same: Container[bytes]) -> Taken:
    """Give the names of the speeches that are copied, which no other may have."""
    if not same:
        return {}
    placed = base.execute("SELECT file FROM speech ORDER BY key")
    return {
        claimed: (files[name], speech)
        for speech, (name,) in zip(Corpus(base).speeches, placed, strict=True)
        if name in same
        for _key, claimed in names.claims(speech)
    }


def _compiled(name: bytes, file: str, state: str, first: int, taken: Taken) -> tables.Rows:
    """Read and check a file, which was in this state before."""
    from speeches_cli.corpus import schema

    data = sources.read(Path(file))
    document = schema.check(data, file=file, taken=taken)
    return tables.written(document, name, (state, _digest(data)), first)
