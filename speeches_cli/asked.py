"""What all commands have in common: which corpus they ask, and where and how the answer is written."""

import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, NamedTuple

import typer

from speeches_cli import files, manual, options, progress
from speeches_cli import output as output_
from speeches_cli.corpus import Corpus, cache_directory, files_of, open_corpus, packaged
from speeches_cli.errors import CorpusError, SpeechesError
from speeches_cli.messages import _
from speeches_cli.output import Answer, Output, promised


class Settings(NamedTuple):
    """What was said before the command."""

    corpus: Path | None
    color: output_.Color
    cache: bool

    @property
    def path(self) -> Path:
        """The corpus that was named, or the packaged one."""
        return self.corpus or packaged()

    def open(self) -> Corpus:
        """Open the corpus."""
        try:
            cache = cache_directory() if self.cache else None
            with progress.shown(sys.stderr) as watch:
                return open_corpus(self.path, cache=cache, watch=watch)
        except CorpusError as error:
            if error.line is None:  # there is nothing to check
                raise
            message = _("{error} (all of them: speeches check {path})", error=error, path=self.path)
            raise SpeechesError(message) from None


def refuse_beside(option: str, given: bool, others: Mapping[str, bool]) -> None:
    """Raise SpeechesError where an option is given beside others that say something else."""
    for other, is_given in others.items():
        if given and is_given:
            message = _("{option} and {other} do not go together", option=option, other=other)
            raise SpeechesError(message)


def register(program: typer.Typer, function: Callable[..., Answer], help: str) -> None:
    """Make a command of a function that takes the settings and its own options, and gives an answer.

    The command also takes the options that say how the answer is written, and writes it.
    """

    def run(
        context: typer.Context,
        format: output_.Format | None = None,
        json: bool = False,
        output: Path | None = None,
        pager: bool = True,
        **given: Any,
    ) -> None:
        asked: Settings = context.obj
        if output is not None:
            files.guard(output, files_of(given.get("path") or asked.path))
        cited = given.get("cite") or ""
        endings = output_.ENDINGS_OF_FORMS.get(cited)
        given_form = {"--format": format is not None, "--json": json}
        refuse_beside(f"--cite {cited}", endings is not None, given_form)
        refuse_beside("--json", json, {"--format": format not in (None, "json")})
        chosen = "json" if json else format or promised(output, endings or output_.ENDINGS)
        where = Output(chosen, output, asked.color, pager)
        output_.write(function(asked, **given), where)

    command = program.command(
        function.__name__.rstrip("_"), cls=manual.Command, help=help, short_help=help
    )
    command(options.declared(run, function))
