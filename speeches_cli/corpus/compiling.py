"""Files → the rows of a database that say the same: what has to be read and checked, and only that."""

from __future__ import annotations

import hashlib
import os
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from decimal import Decimal
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple
from unicodedata import unidata_version
from zlib import crc32

from speeches_cli import __version__, folding, names
from speeches_cli.corpus import sources
from speeches_cli.model import Figure, Passage, Speech

if TYPE_CHECKING:
    from speeches_cli.corpus.schema import Document

_DECISIVE = (".", "corpus")
"""The folders of the package whose modules decide what is read out of a file and how it is kept."""


def _identity() -> str:
    """Name the program that makes a database, to the letter, and the libraries that fold its text."""
    package = Path(__file__).parents[1]
    checksum = crc32(folding.READINGS.read_bytes())
    for folder in _DECISIVE:
        for module in sorted(package.joinpath(folder).glob("*.py")):  # none in some installations
            checksum = crc32(module.read_bytes(), checksum)
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


IDENTITY = _identity()

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
Row = tuple[Any, ...]


class Known(NamedTuple):
    """What a database knows of a file that it was compiled from."""

    state: str
    """As `sources.state` described it, empty where that wasn't sure."""
    digest: bytes


_NEW = Known("", b"")
Rows = dict[str, list[Row]]
"""What one file says: rows by table. Those of a speech begin with its number in the file, from 0."""
Change = tuple[bytes, Known, Rows | None]
"""A file's name, what is now known of it, and its rows; None where it says what it said before."""


def changes(
    files: Mapping[bytes, str], known: Mapping[bytes, Known], watch: Watch | None = None
) -> Iterator[Change]:
    """Yield what is new in files of which some are known.

    A file is read only when its state isn't the known one, and checked only when its bytes are
    others. Raises CorpusError for the first file that is wrong, when those before it are done.
    """
    states = {name: sources.state(path) for name, path in files.items()}
    new = [name for name, state in states.items() if not state or known.get(name, _NEW).state != state]
    for done, name in enumerate(new, start=1):
        data = sources.read(Path(files[name]))
        now = Known(states[name], hashlib.blake2b(data, digest_size=32).digest())
        if now.digest != known.get(name, _NEW).digest:
            yield name, now, _compiled(data, files[name])
        elif now.state:
            yield name, now, None
        if watch:
            watch(done, len(new))


def _compiled(data: bytes, file: str) -> Rows:
    """Check a file and write what it says as rows."""
    from speeches_cli.corpus import schema

    return rows(schema.check(data, file=file))


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
    return {name.encode() for name in names.of(speech).whole}


def _shape(passages: Iterable[Passage]) -> str:
    """Say how many passages each section has, the opening first."""
    return " ".join(map(str, Counter(each.section for each in passages).values()))


def _values(record: Speech | Figure, columns: Sequence[str]) -> Row:
    return tuple(_value(getattr(record, each)) for each in columns)


def _value(value: Any) -> Any:
    """Write a field as SQLite takes it; `loaded` reads it back by the field's type."""
    if isinstance(value, Decimal):
        return str(value)
    if isinstance(value, tuple):
        return BREAK.join(each if isinstance(each, str) else " ".join(map(str, each)) for each in value)
    return value
