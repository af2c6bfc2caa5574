"""Where compiled corpora are kept between runs, and what of it is believed.

A database is believed that only this user can have written, that is whole, and that this very program
made. It is never changed: a new one is written beside it and takes its place when it is whole. So
readers need no locks, and neither a kill nor a second run at the same time leaves half of one.
"""

from __future__ import annotations

import hashlib
import os
import secrets
import stat
import time
from collections.abc import Iterable, Mapping
from contextlib import suppress
from itertools import chain
from pathlib import Path
from zlib import crc32

from speeches_cli.corpus import compiling, store
from speeches_cli.corpus.compiling import Change, Known, Watch

_CHECKSUM = 60
"""Where an SQLite file has four bytes for its user, `PRAGMA user_version`: here the rest's CRC-32."""
_BLOCK = 2**20
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


def place(corpus: Path, directory: Path) -> Path:
    """Name the database of a corpus: one, by whatever links its path leads there."""
    name = hashlib.blake2b(_real(corpus), digest_size=16).hexdigest()
    return directory / f"{name}.sqlite3"


def _real(corpus: Path) -> bytes:
    return os.fsencode(os.path.realpath(corpus))


def current(
    corpus: Path, files: Mapping[bytes, str], cache: Path, watch: Watch | None
) -> store.Database:
    """Open what is kept of a corpus, after compiling what has changed since.

    Whatever is wrong with the cache, it is made anew or done without. Raises CorpusError for what is
    wrong with the corpus.
    """
    if not _is_trusted(cache):
        return store.in_memory(files, watch)
    database = place(corpus, cache)
    base, known = _kept(database)
    changes = compiling.changes(files, known, watch)
    first = next(changes, None)
    if base and first is None and known.keys() == files.keys():
        return base
    try:
        _replace(database, base, _real(corpus), files, chain([first] if first else [], changes))
        return store.opened(database)
    except (OSError, store.DatabaseError):
        return store.in_memory(files, watch)


def _is_trusted(directory: Path) -> bool:
    """Tell a folder into which nobody else can put a database; one that is not there will be ours."""
    try:
        return _is_ours(directory.stat())
    except FileNotFoundError:
        return True
    except OSError:
        return False


def _is_ours(status: os.stat_result) -> bool:
    """Tell what this user owns, and only this user may write."""
    if not hasattr(os, "geteuid"):  # on Windows a user's folders are the user's own
        return True
    return status.st_uid == os.geteuid() and not status.st_mode & (stat.S_IWGRP | stat.S_IWOTH)


def _kept(database: Path) -> tuple[store.Database | None, dict[bytes, Known]]:
    """Open a database that is ours, whole, and made by this very program, and tell what it knows."""
    with suppress(OSError, store.DatabaseError):
        status = database.lstat()
        if stat.S_ISREG(status.st_mode) and _is_ours(status):
            kept, found = _checksums(database)
            opened = store.opened(database) if kept == found else None
            if opened and store.made_by(opened)[0] == compiling.IDENTITY:
                return opened, store.known_files(opened)
    return None, {}


def _checksums(database: Path) -> tuple[bytes, bytes]:
    """Give the checksum that a file carries, and that of its bytes: any flipped bit sets them apart."""
    block = bytearray(_BLOCK)
    with database.open("rb", buffering=0) as stream:
        found = crc32(stream.read(_CHECKSUM))
        kept = stream.read(4)
        while size := stream.readinto(block):
            found = crc32(memoryview(block)[:size], found)
    return kept, found.to_bytes(4, "big")


def _replace(
    database: Path,
    base: store.Database | None,
    corpus: bytes,
    files: Mapping[bytes, str],
    changes: Iterable[Change],
) -> None:
    """Put a changed copy of the base in the database's place.

    Where a file is wrong, what was compiled before it is kept all the same: the next run begins there.
    """
    database.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    _clear(database.parent)
    part = database.with_name(f"{database.name}.{os.getpid()}.{secrets.token_hex(4)}")
    try:
        os.close(os.open(part, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600))
        draft = store.draft(part, base, corpus)
        wrong = store.fill(draft, files, changes)
        draft.close()
        _seal(part)
        part.replace(database)
    finally:
        part.unlink(missing_ok=True)
    if wrong:
        raise wrong


def _seal(part: Path) -> None:
    """Write into a database its checksum, and all of it to the disk."""
    _before, checksum = _checksums(part)
    with part.open("rb+") as stream:
        stream.seek(_CHECKSUM)
        stream.write(checksum)
        stream.flush()
        os.fsync(stream.fileno())


def _clear(directory: Path) -> None:
    """Remove from the cache what killed runs left, and the databases of corpora that are gone."""
    for each in directory.glob("*.sqlite3*"):
        with suppress(OSError, store.DatabaseError, ValueError):  # a damaged one may say anything
            if each.suffix != ".sqlite3":
                gone = time.time() - each.stat().st_mtime > _ABANDONED
            else:
                ((name, *corpus),) = store.opened(each).execute("SELECT * FROM identity")
                gone = str(name).startswith("speeches ") and not any(map(os.path.lexists, corpus))
            if gone:
                each.unlink()
