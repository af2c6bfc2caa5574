"""What all commands have in common: which corpus they ask, and where and how the answer is written."""

import os
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from time import monotonic
from typing import Any, NamedTuple, TextIO

import typer

from speeches_cli import files, options
from speeches_cli.corpus import Corpus, cache_directory, files_of, open_corpus
from speeches_cli.errors import CorpusError, SpeechesError
from speeches_cli.messages import _
from speeches_cli.output import OWN_ENDINGS, Answer, Color, Format, promised, write

_PATIENCE = 0.5  # in seconds: a shorter compilation shows no progress


class Settings(NamedTuple):
    """What was said before the command."""

    path: Path  # of the corpus
    color: Color
    cache: bool

    def open(self) -> Corpus:
        """Open the corpus."""
        try:
            cache = cache_directory() if self.cache else None
            with progress(sys.stderr) as watch:
                return open_corpus(self.path, cache=cache, watch=watch)
        except CorpusError as error:
            if error.line is None:  # there is nothing to check
                raise
            message = _("{error} (all of them: speeches check {path})", error=error, path=self.path)
            raise SpeechesError(message) from None


@contextmanager
def progress(stream: TextIO | None) -> Iterator[Callable[[int, int], None]]:
    """Give a callback that shows files done and files in all, in one line of a terminal."""
    is_seen = stream is not None and stream.isatty() and os.environ.get("TERM") != "dumb"
    due = monotonic() + _PATIENCE

    def watch(done: int, count: int) -> None:
        line = _("compiling: {done} of {count} files", done=f"{done:,}", count=f"{count:,}")
        if stream and is_seen and monotonic() >= due:
            with suppress(OSError):  # a terminal that was closed
                stream.write(f"\r\x1b[K{line if done < count else ''}")
                stream.flush()

    try:
        yield watch
    finally:
        watch(0, 0)  # erases the line


def refuse_beside(option: str, given: bool, others: Mapping[str, bool]) -> None:
    """Raise SpeechesError where an option is given beside others that say something else."""
    for other, is_given in others.items():
        if given and is_given:
            message = _("{option} and {other} do not go together", option=option, other=other)
            raise SpeechesError(message)


def answering(function: Callable[..., Answer]) -> Callable[..., Any]:
    """Make a command, which also takes how to write an answer, of a function that gives one."""

    def run(
        context: typer.Context,
        format: Format | None = None,
        json: bool = False,
        output: Path | None = None,
        pager: bool = True,
        **given: Any,
    ) -> None:
        asked: Settings = context.obj
        if output is not None:
            files.guard(output, files_of(given.get("path") or asked.path))
        cited = given.get("cite") or ""
        asked_for = {"--format": format is not None, "--json": json}
        refuse_beside(f"--cite {cited}", cited in OWN_ENDINGS, asked_for)
        refuse_beside("--json", json, {"--format": format not in (None, "json")})
        chosen = "json" if json else format or promised(output, cited)
        write(function(asked, **given), chosen, output, color=asked.color, paged=pager)

    return options.declared(run, function)
