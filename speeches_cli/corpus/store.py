"""Corpora kept compiled in SQLite: what is written, what is believed, and what is out of date.

A database is true of a corpus while its files are in the state in which they were read, and the program
and the libraries that fold text are the same. It is believed when only this user can have written it
and it is whole. It is never changed: a new one is written beside it and takes its place. So readers
need no locks, and neither a kill nor a second run at the same time leaves half of one.
"""

import os
import sqlite3
import sys
import time
from collections.abc import Callable, Collection, Iterator, Mapping
from contextlib import contextmanager, suppress
from functools import partial
from pathlib import Path
from unicodedata import unidata_version
from zlib import crc32

from speeches_cli import __version__, folding
from speeches_cli.corpus import sources, tables
from speeches_cli.corpus.tables import Corpus
from speeches_cli.errors import CorpusError
from speeches_cli.files import descriptor

Watch = Callable[[int, int], None]  # is told how many files are compiled, and of how many
_open = partial(sqlite3.connect, detect_types=sqlite3.PARSE_COLNAMES)
_WHOLE = 0x2144DF1C
"""CRC-32 of any bytes that end with their own CRC-32; SQLite ignores what stands behind its pages."""
_DECISIVE = "", "corpus/", "phrases/"  # folders of the modules that decide what a database says
_DAY = 24 * 60 * 60  # in seconds


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


def open_corpus(path: Path, *, cache: Path | None, watch: Watch | None = None) -> Corpus:
    """Load a YAML file, or a folder of them, compiling what the cache directory does not hold.

    Raises CorpusError for a wrong corpus; a wrong cache is mended or done without, as for None.
    """
    files = sources.find(path)
    with suppress(OSError, sqlite3.Error):
        is_pipe = descriptor(path) is not None  # which can be read only once
        if cache and not is_pipe and (not cache.exists() or _is_ours(cache)):
            corpus = os.fsencode(os.path.realpath(path))
            database = cache / f"{crc32(corpus):08x}.sqlite3"
            base, known = _believed(database, corpus)
            same = {each for each in files if known.get(each) == sources.state(files[each]) != ""}
            if not len(same) == len(files) == len(known):
                with _replacing(database) as draft:
                    wrong = _fill(draft, files, base, same, watch)
                    draft.execute("INSERT INTO identity VALUES (?, ?)", (_identity(), corpus))
                if wrong:
                    raise wrong
                base = _connect(database)
            return Corpus(base, partial(_keep, base, database))
    draft = _open(":memory:")
    if wrong := _fill(draft, files, draft, (), watch):
        raise wrong
    return Corpus(draft)


def _is_ours(path: Path) -> bool:
    """Tell a file or folder that belongs to this user, and that only this user may write."""
    if not hasattr(os, "geteuid"):  # on Windows a user's folders are the user's own
        return True
    status = path.stat()
    return status.st_uid == os.geteuid() and not status.st_mode & 0o022


def _believed(database: Path, corpus: bytes) -> tuple[sqlite3.Connection, dict[bytes, str]]:
    """Open a database that is ours, whole and made by this program, or an empty one; tell its files."""
    with suppress(OSError, sqlite3.Error):
        if _is_ours(database) and _is_whole(database):
            base = _connect(database)
            if [*base.execute("SELECT * FROM identity")] == [(_identity(), corpus)]:
                return base, dict(base.execute("SELECT name, state FROM file"))
    base = _open(":memory:")
    base.executescript(tables.TABLES)
    return base, {}


def _is_whole(database: Path) -> bool:
    """Tell whether a database is as it was made: read it when its state is a new one, and every day."""
    seen, state = database.with_name(f"{database.name}.seen"), sources.state(str(database)).encode()
    with suppress(FileNotFoundError):
        if state and seen.read_bytes() == state and time.time() - seen.stat().st_mtime < _DAY:
            return True
    whole = _checksum(database) == _WHOLE
    if state and whole:
        with suppress(OSError):
            seen.write_bytes(state)
    return whole


def _checksum(database: Path) -> int:
    found = 0
    with database.open("rb") as stream:
        while block := stream.read(2**20):
            found = crc32(block, found)
    return found


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


@contextmanager
def _replacing(database: Path) -> Iterator[sqlite3.Connection]:
    """Give an empty database; when it is filled, it is sealed and takes the place of this one."""
    database.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    _clear(database.parent)
    part = database.with_name(f"{database.name}.{os.getpid()}.{os.urandom(4).hex()}")
    try:
        part.touch(0o600, exist_ok=False)
        draft = _open(part)
        draft.executescript("PRAGMA page_size=16384; PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF")
        yield draft
        draft.commit()
        draft.close()
        checksum = _checksum(part).to_bytes(4, "little")
        with part.open("ab") as stream:
            stream.write(checksum)
            stream.flush()
            os.fsync(stream.fileno())
        part.replace(database)
    finally:
        part.unlink(missing_ok=True)


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
    base: sqlite3.Connection,
    same: Collection[bytes],
    watch: Watch | None,
) -> CorpusError | None:
    """Write what all files say, compiled or copied; after the first mistake, which it gives, copied."""
    from speeches_cli.corpus import schema

    draft.executescript(tables.TABLES)
    placed = base.execute("SELECT file FROM speech ORDER BY key")
    taken = {  # by the speeches that are copied: no other may have their names
        claimed: (files[name], speech)
        for (name,), speech in zip(placed, Corpus(base).speeches, strict=True)
        if name in same
        for claimed in schema.claims(speech).values()
    }
    wrong: CorpusError | None = None
    done = 0
    for name, file in files.items():
        ((first,),) = draft.execute("SELECT coalesce(max(key) + 1, 0) FROM speech")
        if name in same:
            tables.insert(draft, tables.copied(base, name, first))
            continue
        if wrong is None:
            try:
                state = sources.state(file)
                document = schema.read(sources.read(Path(file)), file=file, taken=taken, first=first)
                wrong = next(iter(document.errors), None)
            except CorpusError as error:
                wrong = error
            if wrong is None:
                tables.insert(draft, tables.written(document, name, state))
        done += 1
        if watch:
            watch(done, len(files) - len(same))
    draft.executescript(tables.FILLED)
    filled = Corpus(draft, lambda *kept: tables.insert(draft, {"kept": [kept]}))
    _worked_out = filled.indicators, filled.readings
    return wrong
