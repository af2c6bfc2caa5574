"""The one door to corpus files: a path → a loaded corpus, or an error naming file, line and entry."""

from speeches_cli.corpus.sources import (
    LARGEST_COMPILATION as LARGEST_COMPILATION,
    files_of as files_of,
    packaged as packaged,
    read as read,
)
from speeches_cli.corpus.store import cache_directory as cache_directory, open_corpus as open_corpus
from speeches_cli.corpus.tables import Corpus as Corpus
