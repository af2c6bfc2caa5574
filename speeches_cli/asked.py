"""What all commands have in common: which corpus they ask, and where and how the answer is written."""

import inspect
import shlex
import sys
from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple

import typer

from speeches_cli import files, manual, options, progress
from speeches_cli import output as output_
from speeches_cli.corpus import Corpus, cache_directory, files_of, open_corpus, packaged
from speeches_cli.errors import CorpusError, SpeechesError
from speeches_cli.messages import _
from speeches_cli.output import Answer


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
            with progress.shown(sys.stderr) as watch:
                cache = cache_directory() if self.cache else None
                return open_corpus(self.path, cache=cache, watch=watch)
        except CorpusError as error:
            if error.line is None:  # there is nothing to check
                raise
            message = _("{error} (all of them: speeches check {path})")
            raise SpeechesError(message.format(error=error, path=self.path)) from None


def refuse_beside(option: str, given: bool, others: Mapping[str, bool]) -> None:
    """Raise SpeechesError where an option is given beside others that say something else."""
    for other, is_given in others.items():
        if given and is_given:
            raise SpeechesError(
                _("{option} and {other} do not go together", option=option, other=other)
            )


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
        chosen = _format(format, json, output, given.get("cite") or "")
        made = _made(context) if chosen in output_.DOCUMENTS else ""
        where = output_.Output(chosen, output, asked.color, pager, made)
        output_.check_place(where)
        write(function(asked, **given), where)

    context, *common, _given = inspect.signature(run).parameters.values()
    _settings, *own = inspect.signature(function).parameters.values()
    every = [each.replace(kind=each.KEYWORD_ONLY) for each in (context, *own, *common)]
    run.__signature__ = inspect.Signature(every)  # type: ignore[attr-defined]
    program.command(function.__name__.rstrip("_"), cls=manual.Command, help=help)(options.declared(run))


def write(answer: Answer, where: output_.Output) -> None:
    """Write an answer, then raise its failure if it has one."""
    output_.write(answer, where)
    if answer.failure:
        raise answer.failure


def _format(format: output_.Format | None, json: bool, file: Path | None, cited: str) -> output_.Format:
    """Decide on the format: what is asked for, or what the file's ending promises."""
    endings = output_.ENDINGS_OF_FORMS.get(cited)
    refuse_beside("--json", json, {"--format": format not in (None, "json")})
    refuse_beside(
        f"--cite {cited}", endings is not None, {"--format": format is not None, "--json": json}
    )
    return "json" if json else format or output_.promised(file, endings or output_.ENDINGS)


def _made(context: typer.Context) -> str:
    """Say when and by which command line an answer was made."""
    today = date.today().isoformat()  # noqa: DTZ011 - the reader's day
    typed = shlex.join(["speeches", *context.meta[manual.TYPED]])
    return _("made on {date} with: {typed}", date=today, typed=typed)
