"""Files → the rows of a database that say the same: what has to be read and checked, and only that."""

from __future__ import annotations

import hashlib
import os
import signal
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from speeches_cli import names
from speeches_cli.corpus import sources
from speeches_cli.errors import CorpusError
from speeches_cli.model import Figure, Passage, Speech

if TYPE_CHECKING:
    from speeches_cli.corpus.schema import Document

Watch = Callable[[int, int], None]
"""Is told, file by file, how many are done and how many there are to do."""

SPEECH = tuple(each for each in Speech._fields if each not in ("key", "compilation", "dated"))
"""The columns of a speech: what its own entry says."""
FIGURE = tuple(each for each in Figure._fields if each not in ("speech", "sentence"))
"""The columns of a figure. Its sentence is read where it stands."""
WORDS = frozenset(FIGURE) - {"section", "value", "spans", "sure", "repeats"}
"""The columns of a figure in which the same words stand again and again."""
BREAK = "\n"
"""Ends every passage but the last in a text; no passage has one."""
_MANY = 24
"""So many files, and more, take longer than it takes to start processes to read them."""
_SHARE = 4
"""How many files a process is given at a time."""

Row = tuple[Any, ...]


class Known(NamedTuple):
    """What a database knows of a file that it was compiled from."""

    state: str
    """As `sources.state` described it, empty where that wasn't sure."""
    digest: bytes


Rows = dict[str, list[Row]]
"""What one file says: rows by table. Those of a speech begin with its number in the file, from 0."""
Change = tuple[bytes, Known, Rows | None]
"""A file's name, what is now known of it, and its rows; None where it says what it said before."""


class _File(NamedTuple):
    name: bytes
    path: str
    state: str
    before: Known | None


def changes(
    files: Mapping[bytes, str], known: Mapping[bytes, Known], watch: Watch | None = None
) -> Iterator[Change]:
    """Yield what is new in files of which some are known.

    A file is read only when its state isn't the known one, and checked only when its bytes are
    others. Raises CorpusError for the first file that is wrong, when those before it are done.
    """
    looked_at = [
        _File(name, path, state, before)
        for name, path in files.items()
        for state, before in ((sources.state(path), known.get(name)),)
        if not (before and state and state == before.state)
    ]
    for done, (file, read) in enumerate(zip(looked_at, _read_all(looked_at), strict=True), start=1):
        now, rows = read or _read(file)
        if rows or file.state:
            yield file.name, now, rows
        if watch:
            watch(done, len(looked_at))


def _read_all(files: Sequence[_File]) -> Iterator[tuple[Known, Rows | None] | None]:
    """Read files, many in several processes; None for what is left to whoever asks."""
    if len(files) < _MANY or sys.platform != "linux":
        yield from (None for _each in files)
        return
    import multiprocessing
    from concurrent.futures import ProcessPoolExecutor
    from concurrent.futures.process import BrokenProcessPool

    left = iter(files)
    try:
        fork = multiprocessing.get_context("fork")
        pool = ProcessPoolExecutor(len(os.sched_getaffinity(0)), fork, _begin)
        try:
            for each in pool.map(_tried, files, chunksize=_SHARE):
                next(left)
                yield each
        finally:
            pool.shutdown(wait=False, cancel_futures=True)
    except (BrokenProcessPool, OSError):  # one was killed, or there can be no more
        yield from (None for _each in left)


def _begin() -> None:
    """Leave Ctrl-C to the process that started this one, and end with it, however it ends."""
    from threading import Thread

    signal.signal(signal.SIGINT, signal.SIG_IGN)
    Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    import multiprocessing

    if parent := multiprocessing.parent_process():
        parent.join()
    os._exit(1)


def _tried(file: _File) -> tuple[Known, Rows | None] | None:
    try:
        return _read(file)
    except CorpusError:
        return None


def _read(file: _File) -> tuple[Known, Rows | None]:
    """Read a file and check it, unless its bytes are the known ones."""
    data = sources.read(Path(file.path))
    now = Known(file.state, hashlib.blake2b(data, digest_size=32).digest())
    if file.before and now.digest == file.before.digest:
        return now, None
    from speeches_cli.corpus import documents, schema

    return now, rows(schema.check(documents.parse(data, file=file.path), file=file.path))


def rows(document: Document) -> Rows:
    """Write what a checked document says as rows."""
    entries = [*enumerate(document.entries)]
    related = [(group.name, *each) for group in document.related for each in group.indicators.items()]
    return {
        "file": [document.compilation],
        "district": [(number, *each) for number, each in enumerate(document.districts)],
        "topic": [*enumerate(document.topics)],
        "related": [(number, *each) for number, each in enumerate(related)],
        "speech": [(at, *_values(each.speech, SPEECH)) for at, each in entries],
        "call": [(at, name) for at, each in entries for name in _calls(each.speech)],
        "folded": [(at, BREAK.join(one.folded for one in each.passages)) for at, each in entries],
        "shown": [
            (at, _shape(each.passages), BREAK.join(one.text for one in each.passages))
            for at, each in entries
        ],
        "figure": [
            (at, number, *_values(figure, FIGURE))
            for at, each in entries
            for number, figure in enumerate(each.figures)
        ],
    }


def _calls(speech: Speech) -> set[bytes]:
    called = names.of(speech)
    return {name.encode() for name in (called.number, *called.whole)}


def _shape(passages: Iterable[Passage]) -> str:
    """Say how many passages each section has, the opening first."""
    return " ".join(map(str, Counter(each.section for each in passages).values()))


def _values(record: Speech | Figure, columns: Sequence[str]) -> Row:
    return tuple(_value(getattr(record, each)) for each in columns)


def _value(value: Any) -> Any:
    """Write a field as SQLite takes it; `reading` reads it back by the field's type."""
    if isinstance(value, Decimal):
        return str(value)
    if isinstance(value, tuple):
        return BREAK.join(each if isinstance(each, str) else " ".join(map(str, each)) for each in value)
    return value
