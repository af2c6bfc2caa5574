"""The one door to corpus files: a path → a loaded corpus, or an error naming file, line and entry."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from speeches_cli.corpus import sources
from speeches_cli.corpus.sources import LARGEST_COMPILATION as LARGEST_COMPILATION
from speeches_cli.corpus.sources import packaged as packaged
from speeches_cli.corpus.sources import read as read
from speeches_cli.corpus.store import open_corpus as open_corpus
from speeches_cli.corpus.tables import Corpus as Corpus
from speeches_cli.errors import CorpusError

if TYPE_CHECKING:
    from speeches_cli.corpus.citations import Paragraph as Paragraph
    from speeches_cli.corpus.schema import Document as Document
    from speeches_cli.corpus.schema import Taken


def files_of(path: Path) -> tuple[str, ...]:
    """Name the files that a corpus is read from; none where they cannot be known."""
    try:
        return tuple(sources.find(path).values())
    except CorpusError:
        return ()


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


def proofread(path: Path) -> Iterator[tuple[str, Document]]:
    """Read every file of a corpus to its end, whatever is wrong with it; yield its name and values.

    Raises CorpusError only where there is nothing to read: no such file, or a folder without any.
    """
    from speeches_cli.corpus import schema

    taken: Taken = {}
    for name, file in sources.find(path).items():
        try:
            document = schema.read(sources.read(Path(file)), file=file, taken=taken)
        except CorpusError as error:
            if not name:
                raise
            document = schema.Document(errors=(error,))
        yield file, document
