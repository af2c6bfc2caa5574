"""Compiled corpora kept between runs, each in one database that is never changed, only replaced.

A new one is made beside the old one and takes its place when it is whole, so that neither a kill
nor a second run at the same time leaves half of one, and readers need no locks.
"""

from __future__ import annotations

import hashlib
import os
import stat
import time
from collections.abc import Iterator, Mapping
from contextlib import closing, suppress
from itertools import chain
from pathlib import Path
from zlib import crc32

from speeches_cli.corpus import compiling, store
from speeches_cli.errors import CorpusError

_STAMP = 1_000_000_000
"""In seconds: the time of change that a finished database is given, 2001-09-09, with its CRC-32 as
nanoseconds. Whatever writes to it later, or leaves it half-written, leaves another time, and what
changes its bytes and keeps the time leaves another checksum."""
_SUMMED = 32 * 2**20
"""In bytes: a larger database is known by its time alone, and its texts by checksums of their own, for
to read all of it takes longer than to answer."""
_ABANDONED = 24 * 60 * 60
"""In seconds: a database unfinished for so long was left by a run that was killed."""


def cache_directory() -> Path | None:
    """Locate the cache as the XDG base directory specification has it; None without a home."""
    if chosen := os.environ.get("SPEECHES_CACHE"):
        return Path(chosen)
    if (base := Path(os.environ.get("XDG_CACHE_HOME", ""))).is_absolute():
        return base / "speeches"
    try:
        return Path.home() / ".cache" / "speeches"
    except RuntimeError:
        return None


def place(path: Path, directory: Path) -> Path:
    """Name the database of the corpus that `path` leads to."""
    name = hashlib.blake2b(os.fsencode(os.path.realpath(path)), digest_size=16).hexdigest()
    return directory / f"{name}.sqlite3"


def open_current(
    files: Mapping[bytes, str], database: Path, watch: compiling.Watch | None = None
) -> store.Database:
    """Open a corpus's database, after compiling what has changed since it was made.

    Raises CorpusError for what is wrong with the corpus, and OSError or store.DatabaseError where the
    database can be neither used nor replaced.
    """
    base = _open_finished(database)
    with closing(compiling.changes(files, store.known(base), watch)) as changes:
        first = next(changes, None)
        if first is None:
            return base
        _replace(database, base, chain([first], changes))
    return store.open_finished(database)


def _open_finished(database: Path) -> store.Database:
    """Open the database, or an empty one where there is none that can be used."""
    with suppress(OSError, store.DatabaseError):
        status = database.lstat()
        if _is_ours(status) and stat.S_ISREG(status.st_mode) and status.st_mtime_ns == _seal(database):
            return store.open_finished(database)
    return store.open_draft()


def is_trusted(directory: Path) -> bool:
    """Tell a folder into which nobody else can put a database; one that is not there will be ours."""
    try:
        status = directory.stat()
    except FileNotFoundError:
        return True
    except OSError:
        return False
    return _is_ours(status)


def _is_ours(status: os.stat_result) -> bool:
    """Tell what this user owns, and only this user may write."""
    if not hasattr(os, "geteuid"):  # on Windows a user's folders are the user's own
        return True
    return status.st_uid == os.geteuid() and not status.st_mode & (stat.S_IWGRP | stat.S_IWOTH)


def _seal(database: Path) -> int:
    """Give the time of change, in nanoseconds, that a database must have to be whole."""
    checksum = 0
    if database.stat().st_size <= _SUMMED:
        checksum = crc32(database.read_bytes())
    return _STAMP * 10**9 + checksum


def _replace(database: Path, base: store.Database, changes: Iterator[compiling.Change]) -> None:
    """Put a changed copy of the base in the database's place.

    Where the changes end early, because a file is wrong or the user has had enough, those done are
    kept all the same: the next run begins there.
    """
    part = _part(database)
    try:
        draft = store.open_draft(part, base)
        try:
            for change in changes:
                change(draft)
        except (CorpusError, KeyboardInterrupt):
            with suppress(OSError, store.DatabaseError):
                if store.known(draft) != store.known(base):
                    _publish(draft, part, database)
            raise
        _publish(draft, part, database)
    finally:
        part.unlink(missing_ok=True)


def _part(database: Path) -> Path:
    """Make an empty file beside the database, and clear away what killed runs have left."""
    import tempfile

    database.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    for left in database.parent.glob(f"{database.name}.*"):
        with suppress(OSError):
            if time.time() - left.stat().st_mtime > _ABANDONED:
                left.unlink()
    handle, part = tempfile.mkstemp(prefix=f"{database.name}.", dir=database.parent)
    os.close(handle)
    return Path(part)


def _publish(draft: store.Database, part: Path, database: Path) -> None:
    store.finish(draft)
    draft.close()
    with part.open("rb+") as stream:
        os.fsync(stream.fileno())
    os.utime(part, ns=(time.time_ns(), _seal(part)))
    part.replace(database)
