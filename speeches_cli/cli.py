"""Arguments in, one question, one answer out; the one error boundary and all exit codes."""

import gc

gc.disable()  # whatever is imported lives to the end: looking for garbage in it costs a tenth

import os
import re
import signal
import sys
from contextlib import redirect_stderr, suppress
from io import TextIOWrapper
from pathlib import Path
from typing import Any, NamedTuple, NoReturn

import typer
from typer import _completion_shared

from speeches_cli import answers, options, shells
from speeches_cli.corpus import Corpus, open_corpus, packaged
from speeches_cli.errors import USER_ERROR, NothingFound, SpeechesError
from speeches_cli.messages import _
from speeches_cli.output import Answer, Color, Format, Output, nowhere, say, write

BUG = 70
"""As sysexits.h has it: a bug must not look like an answer."""

app = typer.Typer(
    name="speeches",
    help=_("Read, search and compare a compilation of official Chinese speeches."),
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)
# Typer's own scripts lose the first Tab in zsh, and what doesn't begin with the word typed.
_completion_shared._completion_scripts.update(shells.SCRIPTS)  # noqa: SLF001


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


@app.command("list", help=_("List the speeches by district."))
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


@app.command(help=_("Read one speech. REF: number, town, speaker, pinyin, or a locator such as 3.2."))
def show(
    context: typer.Context,
    ref: options.Ref,
    section: options.Sections = None,
    figures: options.Figures = False,
    format: options.Format = "table",
    json: options.Json = False,
    output: options.Output = None,
) -> None:
    """Show one speech."""
    answer = answers.speech(_corpus(context), ref, sections=section or (), with_figures=figures)
    _write(context, answer, format, json, output)


@app.command(help=_("Find a phrase, also slightly wrong, in traditional characters, or in pinyin."))
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
    found = answers.find(
        _corpus(context), phrases, districts=district or (), towns=town or (), near=near
    )
    if count:
        answer = answers.counts(found)
    else:
        answer = answers.hits(found, cite=cite, context=characters, sort=sort, limit=limit)
    _write(context, answer, format, json, output)


@app.command(help=_("Set the figures of two or more towns side by side."))
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


@app.command(help=_("List every figure, or one measure across all towns."))
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


@app.command(help=_("Check that a corpus is sound: what is wrong is named by file, line and entry."))
def check(
    context: typer.Context,
    path: options.Checked = None,
    format: options.Format = "table",
    json: options.Json = False,
    output: options.Output = None,
) -> None:
    """Check a corpus, always from its files."""
    checked = path or context.obj.corpus or packaged()
    _write(context, answers.sound(open_corpus(checked, cache=None), checked), format, json, output)


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
        code = app(arguments, prog_name="speeches", standalone_mode=False, windows_expand_args=False)
    except SpeechesError as error:
        say(str(error))
        return error.exit_code
    except _TyperError as error:
        if message := error.format_message():  # none when help was shown because nothing was asked
            say(_usage(message, error))
        return USER_ERROR
    except Exception as error:  # noqa: BLE001 - a bug must not end with 1, which says "nothing found"
        return _unwritten(error) if _is_about_output(error) else _bug()
    return int(code or 0)


def _complete(shell: str, words: list[str]) -> int:
    """Tell a shell what could be typed: 0, or 1 where that is a file; whatever is wrong is not said."""
    answer: str | None = ""
    with nowhere() as silence, redirect_stderr(silence), suppress(Exception):
        encoding = "ascii" if _is_c_locale() else sys.stdout.encoding
        program = typer.main.get_command(app)
        answer = shells.answer(shell, program, words, _corpus_as_typed, encoding)
    if answer:
        try:
            sys.stdout.write(answer)
            sys.stdout.flush()
        except OSError:
            sys.stdout = nowhere()
    return shells.FILE_WANTED if answer is None else 0


def _is_c_locale() -> bool:
    """Tell the locale in which a shell knows no Hanzi, although Python then writes UTF-8 (PEP 540)."""
    return bool(sys.flags.utf8_mode) and "PYTHONUTF8" not in os.environ


def _corpus_as_typed(typed: str | None, cache: bool) -> Corpus:
    """Open the corpus that a command line names; never wait for a pipe."""
    named = os.path.expandvars(typed or os.environ.get("SPEECHES_CORPUS", ""))
    path = Path(named).expanduser() if named else packaged()
    if named and not (path.is_file() or path.is_dir()):
        raise FileNotFoundError
    return open_corpus(path, cache=_cache_directory() if cache else None)


# Typer's own errors have one base class, which it does not export.
_TyperError: Any = next(
    each for each in typer.BadParameter.__mro__ if each.__name__ == "ClickException"
)


def _usage(message: str, error: Any) -> str:
    """Make one line of what Typer says, in which some of its versions say a thing twice."""
    said_once = re.sub(r"( Did you mean .+\?)\1", r"\1", message.rstrip("."))
    command = error.ctx.command_path if getattr(error, "ctx", None) else "speeches"
    return _("{message} (see {command} --help)").format(message=said_once, command=command)


def _is_about_output(error: Exception) -> bool:
    """Tell that standard output took nothing more; an error about a file would name it."""
    return isinstance(error, OSError) and error.filename is None


def _unwritten(error: Any) -> int:
    say(_("cannot write the answer: {reason}").format(reason=error.strerror))
    sys.stdout = nowhere()
    return USER_ERROR


def _bug() -> int:
    from traceback import print_exc

    print_exc()
    return BUG


def _corpus(context: typer.Context) -> Corpus:
    chosen: Settings = context.obj
    return open_corpus(chosen.corpus or packaged(), cache=_cache_directory() if chosen.cache else None)


def _cache_directory() -> Path | None:
    """Locate the cache as the XDG base directory specification has it; None without a home."""
    if chosen := os.environ.get("SPEECHES_CACHE"):
        return Path(chosen)
    if (base := Path(os.environ.get("XDG_CACHE_HOME", ""))).is_absolute():
        return base / "speeches"
    try:
        return Path.home() / ".cache" / "speeches"
    except RuntimeError:
        return None


def _write(
    context: typer.Context, answer: Answer, format: Format, json: bool, output: Path | None
) -> None:
    chosen: Settings = context.obj
    write(answer, Output("json" if json else format, output, chosen.color))
    if answer.empty is not None:
        raise NothingFound(answer.empty)


gc.enable()
