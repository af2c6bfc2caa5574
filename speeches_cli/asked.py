"""What every command is told: which corpus, and where and how its answer is written."""

import sys
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

import typer

from speeches_cli import files, manual, options, progress
from speeches_cli import output as output_
from speeches_cli.corpus import Corpus, cache_directory, files_of, open_corpus, packaged
from speeches_cli.errors import CorpusError, SpeechesError
from speeches_cli.messages import _


class Settings(NamedTuple):
    """What was said before the command."""

    corpus: Path | None
    color: output_.Color
    cache: bool


def corpus(context: typer.Context) -> Corpus:
    """Open the corpus that was named, or the packaged one."""
    chosen: Settings = context.obj
    path = chosen.corpus or packaged()
    try:
        with progress.shown(sys.stderr) as watch:
            return open_corpus(path, cache=cache_directory() if chosen.cache else None, watch=watch)
    except CorpusError as error:
        if error.line is None:  # there is nothing to check
            raise
        message = _("{error} (all of them: speeches check {path})")
        raise SpeechesError(message.format(error=error, path=path)) from None


def output(
    context: typer.Context,
    format: output_.Format | None,
    json: bool,
    file: Path | None,
    *,
    paged: bool = True,
    reads: Path | None = None,
    endings: Mapping[str, output_.Format] = output_.ENDINGS,
) -> output_.Output:
    """Decide where and how the answer is written; a file of the corpus itself is refused."""
    chosen: Settings = context.obj
    options.refuse_beside("--json", json, {"--format": format not in (None, "json")})
    if file is not None:
        files.guard(file, files_of(reads or chosen.corpus or packaged()))
    chosen_format = "json" if json else format or output_.promised(file, endings)
    made = manual.made(context) if chosen_format in output_.DOCUMENTS else ""
    where = output_.Output(chosen_format, file, chosen.color, paged, made)
    output_.check_place(where)
    return where


def write(answer: output_.Answer, where: output_.Output) -> None:
    """Write an answer, then raise its failure if it has one."""
    output_.write(answer, where)
    if answer.failure:
        raise answer.failure
