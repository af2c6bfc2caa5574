"""Files → a database, file by file: what has to be read and checked, and only that."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Generator, Mapping
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from speeches_cli.corpus import parallel, sources, store

if TYPE_CHECKING:
    from speeches_cli.corpus.recording import Prepared

Change = Callable[[store.Database], None]
"""Something to be done to a database, wholly or, where it raises, not at all."""
Watch = Callable[[int, int], None]
"""Is told, file by file, how many are done and how many there are to do."""

_MANY = 24
"""So many files, and more, take longer than it takes to start processes to read them."""


class _File(NamedTuple):
    """A file to be looked at, its state, and what is known of it."""

    name: bytes
    path: str
    state: str
    before: store.Known | None


def changes(
    files: Mapping[bytes, str], known: Mapping[bytes, store.Known], watch: Watch | None = None
) -> Generator[Change, None, None]:
    """Yield what brings a database up to date that holds the `known` files.

    A file is read only when its state isn't the known one, and checked only when its bytes are
    others. Raises CorpusError for the first file that is wrong, when those before it are done.
    """
    for name in known.keys() - files.keys():
        yield partial(store.forget, name=name)
    looked_at = [
        _File(name, path, state, before)
        for name, path in files.items()
        for state, before in ((sources.state(path), known.get(name)),)
        if not (before and state and state == before.state)
    ]
    ask = parallel.answers if len(looked_at) >= _MANY and parallel.processes() > 1 else map
    for done, (file, (digest, said)) in enumerate(
        zip(looked_at, ask(_read, looked_at), strict=True), start=1
    ):
        if said:
            from speeches_cli.corpus import recording

            known_now = store.Known(file.state, digest)
            yield partial(recording.add, name=file.name, known=known_now, said=said, path=file.path)
        elif file.state:
            yield partial(store.touch, name=file.name, state=file.state)
        if watch:
            watch(done, len(looked_at))


def in_memory(files: Mapping[bytes, str], watch: Watch | None = None) -> store.Database:
    """Compile a corpus into a database that nobody keeps."""
    connection = store.open_draft()
    for change in changes(files, {}, watch):
        change(connection)
    store.finish(connection)
    return connection


def _read(file: _File) -> tuple[bytes, Prepared | None]:
    """Read a file and check it, unless its bytes are the known ones; give their digest too."""
    data = sources.read(Path(file.path))
    digest = hashlib.blake2b(data, digest_size=32).digest()
    if file.before and digest == file.before.digest:
        return digest, None
    from speeches_cli.corpus import documents, recording, schema

    document = schema.check(documents.parse(data, file=file.path), file=file.path)
    return digest, recording.prepare(document)
