"""The one door to corpus files: a path → a loaded corpus, or an error naming file, line and entry.

What has been read and checked is kept compiled in the user's cache directory and is valid for
exactly the bytes it was made from. Whatever is wrong with the cache, the answer is the same.
"""

from __future__ import annotations

import hashlib
import os
import sqlite3
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from speeches_cli.corpus import store
from speeches_cli.corpus.store import Corpus
from speeches_cli.errors import CorpusError
from speeches_cli.messages import _

__all__ = ["Corpus", "open_corpus", "packaged"]

IN_MEMORY = ":memory:"
LARGEST_FILE = 256 * 1024 * 1024
"""In bytes: a corpus file beyond this is a mistake, not a compilation."""
_SETTLED = 2_000_000_000
"""In nanoseconds: a file changed less than this before it was read may change again unseen."""


def packaged() -> Path:
    """Locate the eight speeches: inside an installed package, or beside it in a checkout."""
    package = Path(__file__).parents[1]
    inside = package / "data" / "speeches.yaml"
    return inside if _exists(inside) else package.parent / "data" / "speeches.yaml"


def open_corpus(path: Path, *, cache: Path | None) -> Corpus:
    """Load a YAML file, or a folder of them, compiling what the cache does not hold.

    With `cache` None nothing is kept. Raises CorpusError for whatever is wrong with the corpus.
    """
    files = _files(path)
    if cache is not None:
        name = hashlib.blake2b(os.fsencode(path.absolute()), digest_size=16).hexdigest()
        database = cache / f"{name}.sqlite3"
        for attempt in _attempts:
            with suppress(OSError, sqlite3.Error):
                attempt(database)
                return _compiled(files, str(database))
    return _compiled(files, IN_MEMORY)


def _make_room(database: Path) -> None:
    database.parent.mkdir(parents=True, exist_ok=True)


def _start_afresh(database: Path) -> None:
    """Remove a database that could not be used, whatever is wrong with it."""
    for leftover in (database, database.with_name(database.name + "-journal")):
        leftover.unlink(missing_ok=True)


_attempts = (_make_room, _start_afresh)


def _compiled(files: list[Path], database: str) -> Corpus:
    """Bring a database up to date with the files and open it."""
    connection = store.open_database(database)
    try:
        known = store.states(connection)
        current = {str(file): file for file in files}
        for path in known.keys() - current.keys():
            with _transaction(connection):
                store.forget(connection, path)
        for path, file in current.items():
            state = _state(file)
            if path not in known or not state or known[path][0] != state:
                _compile(connection, file, path, state, known.get(path, ("", b""))[1])
    except BaseException:
        connection.close()
        raise
    return Corpus(connection)


def _compile(connection: sqlite3.Connection, file: Path, path: str, state: str, known: bytes) -> None:
    data = _read(file)
    digest = hashlib.blake2b(data, digest_size=32).digest()
    with _transaction(connection):
        if digest == known:
            store.touch(connection, path, state)
            return
        from speeches_cli.corpus import documents, schema

        document = schema.check(documents.parse(data, file=path), file=path)
        store.add(connection, path, state, digest, document)


@contextmanager
def _transaction(connection: sqlite3.Connection) -> Iterator[None]:
    connection.execute("BEGIN IMMEDIATE")
    try:
        yield
    except BaseException:
        connection.execute("ROLLBACK")
        raise
    connection.execute("COMMIT")


def _files(path: Path) -> list[Path]:
    if path.is_dir():
        files = sorted(each for each in path.rglob("*") if each.suffix in (".yaml", ".yml"))
        if not files:
            raise CorpusError(_("no .yaml file in this folder"), file=str(path))
        return files
    return [path]


def _state(file: Path) -> str:
    """Describe a file so that a change of its bytes changes the description; empty if unsure."""
    try:
        status = file.stat()
    except OSError:
        return ""
    changed = max(status.st_mtime_ns, status.st_ctime_ns)
    if time.time_ns() - changed < _SETTLED:
        return ""
    return f"{status.st_size} {status.st_mtime_ns} {status.st_ctime_ns} {status.st_ino}"


def _read(file: Path) -> bytes:
    try:
        with file.open("rb") as stream:
            data = stream.read(LARGEST_FILE + 1)
    except OSError as error:
        packed = _from_archive(file)
        if packed is None:
            message = _("cannot be read: {reason}").format(reason=error.strerror or error)
            raise CorpusError(message, file=str(file)) from None
        return packed
    if len(data) > LARGEST_FILE:
        message = _("larger than {limit} MB; split it into several files in one folder")
        raise CorpusError(message.format(limit=LARGEST_FILE // 2**20), file=str(file))
    return data


def _exists(file: Path) -> bool:
    return file.exists() or _from_archive(file) is not None


def _from_archive(file: Path) -> bytes | None:
    """Read a file out of the zip archive that this program is run from, if it is."""
    loader: Any = globals()["__loader__"]
    try:
        data: bytes = loader.get_data(str(file))
    except OSError:
        return None
    return data
