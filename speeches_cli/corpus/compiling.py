"""Files → a database, file by file: what has to be read and checked, and only that."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Mapping
from functools import partial
from pathlib import Path

from speeches_cli.corpus import sources, store

Change = Callable[[store.Database], None]
"""Something to be done to a database, wholly or, where it raises, not at all."""


def changes(files: Mapping[bytes, Path], known: Mapping[bytes, store.Known]) -> Iterator[Change]:
    """Yield what brings a database up to date that holds the `known` files.

    A file is read only when its state isn't the known one, and checked only when its bytes are
    others. Raises CorpusError, as the changes themselves do, for the first file that is wrong.
    """
    for name in known.keys() - files.keys():
        yield partial(store.forget, name=name)
    for name, file in files.items():
        before = known.get(name)
        state = sources.state(file)
        if before and state and state == before.state:
            continue
        data = sources.read(file)
        digest = hashlib.blake2b(data, digest_size=32).digest()
        if not before or digest != before.digest:
            yield partial(
                _compile, name=name, file=str(file), data=data, known=store.Known(state, digest)
            )
        elif state:
            yield partial(store.touch, name=name, state=state)


def in_memory(files: Mapping[bytes, Path]) -> store.Database:
    """Compile a corpus into a database that nobody keeps."""
    connection = store.open_draft()
    for change in changes(files, {}):
        change(connection)
    store.finish(connection)
    return connection


def _compile(
    connection: store.Database, *, name: bytes, file: str, data: bytes, known: store.Known
) -> None:
    from speeches_cli.corpus import documents, schema

    document = schema.check(documents.parse(data, file=file), file=file)
    store.add(connection, name, known, document)
