"""The one door to corpus files: a path → a loaded corpus, or an error naming file, line and entry.

What has been read and checked is kept compiled in the user's cache directory and is valid for
exactly the bytes it was made from. Whatever is wrong with the cache, the answer is the same.
"""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

from speeches_cli.corpus import compiling, databases, sources, store
from speeches_cli.corpus.reading import Corpus
from speeches_cli.corpus.sources import packaged

__all__ = ["Corpus", "open_corpus", "packaged"]


def open_corpus(path: Path, *, cache: Path | None, watch: compiling.Watch | None = None) -> Corpus:
    """Load a YAML file, or a folder of them, compiling what the cache directory does not hold.

    With `cache` None nothing is kept. `watch` is told how many files are done, of how many. Raises
    CorpusError for whatever is wrong with the corpus.
    """
    files = sources.find(path)
    if cache is None or not sources.can_be_read_again(path):
        return Corpus(compiling.in_memory(files, watch))
    database = databases.place(path, cache)

    def do_without() -> store.Database:
        """Answer from the files themselves, and let the next run make the database anew."""
        with suppress(OSError):
            database.unlink()
        return compiling.in_memory(files, watch)

    try:
        return Corpus(databases.open_current(files, database, watch), do_without)
    except (OSError, store.DatabaseError):
        return Corpus(do_without())
