"""Arguments in, one question, one answer out; the one error boundary and all exit codes."""

import gc

gc.disable()  # whatever is imported lives to the end: looking for garbage in it costs a tenth

import os
import signal
import sys
from contextlib import redirect_stderr, suppress
from io import TextIOWrapper
from pathlib import Path
from typing import Any, NamedTuple, NoReturn

import typer

from speeches_cli import answers, options, progress, shells
from speeches_cli.corpus import Corpus, cache_directory, open_corpus, packaged
from speeches_cli.errors import USER_ERROR, CorpusError, SpeechesError, UsageError
from speeches_cli.manual import Command, Commands, TypersError, translated, usage
from speeches_cli.messages import _, reason
from speeches_cli.output import Answer, Color, Format, Output, check_free, nowhere, save, say, write

BUG = 70
"""As sysexits.h has it: a bug must not look like an answer."""

app = typer.Typer(
    name="speeches",
    cls=Commands,
    help=_("Read, search and compare a compilation of official Chinese speeches."),
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)


class Settings(NamedTuple):
    """What was said before the command."""

    corpus: Path | None
    color: Color
    cache: bool


@app.callback()
def settings(
    context: typer.Context,
    corpus: options.Corpus = None,
    color: options.Color = "auto",
    cache: options.Cache = True,
    _version: options.Version = False,
) -> None:
    """Remember what every command needs."""
    context.obj = Settings(corpus, color, cache)


@app.command("list", cls=Command, help=_("List the speeches by district."))
def list_(
    context: typer.Context,
    district: options.Districts = None,
    kind: options.Kind = None,
    sort: options.ListOrder = "number",
    format: options.Format = "table",
    json: options.Json = False,
    output: options.Output = None,
) -> None:
    """List speeches."""
    answer = answers.speeches(_corpus(context), districts=district or (), kind=kind, sort=sort)
    _write(context, answer, format, json, output)


@app.command(
    cls=Command,
    help=_("Read one speech, or some sections of it."),
)
def show(
    context: typer.Context,
    ref: options.Ref,
    section: options.Sections = None,
    figures: options.Figures = False,
    pager: options.Pager = True,
    format: options.Format = "table",
    json: options.Json = False,
    output: options.Output = None,
) -> None:
    """Show one speech."""
    answer = answers.speech(_corpus(context), ref, sections=section or (), with_figures=figures)
    _write(context, answer, format, json, output, paged=pager)


@app.command(
    cls=Command,
    help=_("Find a phrase, also slightly wrong, in traditional characters, or in pinyin."),
)
def search(
    context: typer.Context,
    phrases: options.Phrases,
    district: options.Districts = None,
    town: options.Towns = None,
    near: options.Near = False,
    count: options.Count = False,
    cite: options.Cite = False,
    characters: options.Context = None,
    sort: options.HitOrder = "text",
    limit: options.Limit = None,
    format: options.Format = "table",
    json: options.Json = False,
    output: options.Output = None,
) -> None:
    """Find phrases."""
    beside = {
        "--cite": cite,
        "--context": characters is not None,
        "--sort": sort != "text",
        "--limit": limit is not None,
    }
    options.refuse_beside("--count", count, beside)
    found = answers.find(
        _corpus(context), phrases, districts=district or (), towns=town or (), near=near
    )
    if count:
        answer = answers.counts(found)
    else:
        answer = answers.hits(found, cite=cite, context=characters, sort=sort, limit=limit)
    _write(context, answer, format, json, output)


@app.command(cls=Command, help=_("Set the figures of two or more towns side by side."))
def compare(
    context: typer.Context,
    refs: options.Refs,
    topic: options.Topics = None,
    shared: options.Shared = False,
    quote: options.Quote = False,
    format: options.Format = "table",
    json: options.Json = False,
    output: options.Output = None,
) -> None:
    """Compare towns."""
    answer = answers.comparison(
        _corpus(context), refs, topics=topic or (), shared_only=shared, quote=quote
    )
    _write(context, answer, format, json, output)


@app.command(cls=Command, help=_("List every figure, or one measure across all towns."))
def figures(
    context: typer.Context,
    indicator: options.Indicator = None,
    town: options.Towns = None,
    topic: options.Topics = None,
    sort: options.FigureOrder = "value",
    format: options.Format = "table",
    json: options.Json = False,
    output: options.Output = None,
) -> None:
    """List figures."""
    answer = answers.figures(
        _corpus(context), indicator, towns=town or (), topics=topic or (), sort=sort
    )
    _write(context, answer, format, json, output)


@app.command(
    cls=Command,
    help=_("Name everything that is wrong with a corpus, by file, line and entry."),
)
def check(
    context: typer.Context,
    path: options.Checked = None,
    format: options.Format = "table",
    json: options.Json = False,
    output: options.Output = None,
) -> None:
    """Check a corpus, always from its files."""
    answer = answers.check(path or context.obj.corpus or packaged())
    _write(context, answer, format, json, output)


@app.command(cls=Command, help=_("Draft a corpus from a compilation: plain text, or Word (.docx)."))
def draft(
    context: typer.Context,
    file: options.Compilation,
    district: options.DraftDistrict = None,
    kind: options.DraftKind = None,
    date: options.DraftDate = None,
    meeting: options.DraftMeeting = None,
    output: options.Output = None,
    force: options.Force = False,
) -> None:
    """Draft a corpus; what it leaves to a person is said last."""
    if output is not None:
        check_free(output, replace=force)  # before the minute that a long compilation takes
    elif force:
        raise UsageError(_("--force replaces the file that --output names; name one"))
    drafted = answers.draft(file, _corpus(context), output, district, kind, date, meeting)
    save(drafted.yaml, output, replace=force)
    for line in drafted.report:
        say(line)


def main() -> NoReturn:
    """Run the program and end it with its exit code."""
    gc.freeze()
    with suppress(AttributeError):  # Windows has no such signal
        signal.signal(signal.SIGPIPE, signal.SIG_DFL)  # a reader that leaves ends it, as it ends grep
    sys.exit(run(sys.argv[1:]))


def run(arguments: list[str]) -> int:
    """Run the program and give its exit code: 0 answered, 1 nothing found, 2 a user's mistake.

    70 is a bug, which shows its traceback, and 130 Ctrl-C, as Typer has it.
    """
    if isinstance(sys.stdout, TextIOWrapper):
        sys.stdout.reconfigure(errors="replace")  # for help, whose frames not every encoding has
    if (shell := os.environ.get(shells.VARIABLE, "").removeprefix("complete_")) in shells.SCRIPTS:
        return _complete(shell, arguments)
    try:
        with translated(arguments):
            code = app(
                arguments, prog_name="speeches", standalone_mode=False, windows_expand_args=False
            )
    except SpeechesError as error:
        say(str(error))
        return error.exit_code
    except TypersError as error:
        if message := usage(error):
            say(message)
        return USER_ERROR
    except Exception as error:  # noqa: BLE001 - a bug must not end with 1, which says "nothing found"
        return _unwritten(error) if _is_about_output(error) else _bug()
    return int(code or 0)


def _complete(shell: str, words: list[str]) -> int:
    """Tell a shell what could be typed: 0, or 1 where that is a file; whatever is wrong is not said."""
    answer: str | None = ""
    with nowhere() as silence, redirect_stderr(silence), suppress(Exception):
        program = typer.main.get_command(app)
        answer = shells.answer(shell, program, words, sys.stdout.encoding)
    if answer:
        try:
            sys.stdout.write(answer)
            sys.stdout.flush()
        except OSError:
            sys.stdout = nowhere()
    return shells.FILE_WANTED if answer is None else 0


def _is_about_output(error: Exception) -> bool:
    """Tell that standard output took nothing more; an error about a file would name it."""
    return isinstance(error, OSError) and error.filename is None


def _unwritten(error: Any) -> int:
    say(_("cannot write the answer: {reason}").format(reason=reason(error)))
    sys.stdout = nowhere()
    return USER_ERROR


def _bug() -> int:
    from traceback import print_exc

    print_exc()
    return BUG


def _corpus(context: typer.Context) -> Corpus:
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


def _write(
    context: typer.Context,
    answer: Answer,
    format: Format,
    json: bool,
    output: Path | None,
    *,
    paged: bool = False,
) -> None:
    chosen: Settings = context.obj
    options.refuse_beside("--json", json, {"--format": format not in ("table", "json")})
    write(answer, Output("json" if json else format, output, chosen.color, paged))
    if answer.failure:
        raise answer.failure


gc.enable()
