"""Arguments in, one question, one answer out; the one error boundary and all exit codes."""

from __future__ import annotations

import gc

gc.disable()  # whatever is imported lives to the end: looking for garbage in it costs a tenth

import os
import re
import sys
from pathlib import Path
from typing import Annotated, Any, Literal, NamedTuple, NoReturn

import typer

from speeches_cli import __version__, answers
from speeches_cli.corpus import Corpus, open_corpus, packaged
from speeches_cli.errors import NothingFound, SpeechesError
from speeches_cli.messages import _
from speeches_cli.output import Answer, Color, Format, Output, say, write

INTERRUPTED = 130
READER_LEFT = 141
BUG = 70
"""As sysexits.h has it: a bug must not look like an answer."""

app = typer.Typer(
    name="speeches",
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


def _whole_number(text: str) -> int:
    """Read a whole number strictly: no `1_000`, `5.0`, `-1` or full-width digit."""
    if not re.fullmatch("[0-9]{1,9}", text):
        raise typer.BadParameter(_("'{text}' is not a whole number").format(text=text))
    return int(text)


def _positive_number(text: str) -> int:
    """Read a whole number of at least 1."""
    if not (number := _whole_number(text)):
        raise typer.BadParameter(_("'{text}' is not a whole number from 1").format(text=text))
    return number


def _kind(text: str) -> str:
    """Read 镇 or 街道, or its pinyin."""
    kinds = {"镇": "镇", "鎮": "镇", "zhen": "镇", "街道": "街道", "jiedao": "街道"}
    if text not in kinds:
        raise typer.BadParameter(_("'{text}' is neither 镇 (zhen) nor 街道 (jiedao)").format(text=text))
    return kinds[text]


FormatOption = Annotated[Format, typer.Option("--format", "-f", help=_("How to write the answer."))]
JsonOption = Annotated[bool, typer.Option("--json", help=_("Short for --format json."))]
OutputOption = Annotated[
    Path | None, typer.Option("--output", "-o", metavar="FILE", help=_("Write to this file."))
]
DistrictOption = Annotated[
    list[str] | None,
    typer.Option("--district", "-d", metavar="NAME", help=_("Only this district; repeatable.")),
]
TownOption = Annotated[
    list[str] | None, typer.Option("--town", "-t", metavar="REF", help=_("Only this town; repeatable."))
]
TopicOption = Annotated[
    list[str] | None, typer.Option("--topic", metavar="NAME", help=_("Only this topic; repeatable."))
]


def _show_version(asked: bool) -> None:
    if asked:
        typer.echo(f"speeches {__version__}")
        raise typer.Exit


@app.callback()
def settings(
    context: typer.Context,
    corpus: Annotated[
        Path | None,
        typer.Option(
            envvar="SPEECHES_CORPUS",
            metavar="PATH",
            help=_("A YAML file, or a folder of them; the eight speeches when not given."),
        ),
    ] = None,
    color: Annotated[Color, typer.Option(help=_("When to colour."))] = "auto",
    cache: Annotated[
        bool,
        typer.Option("--cache/--no-cache", help=_("Keep what was read compiled for the next time.")),
    ] = True,
    _version: Annotated[
        bool,
        typer.Option("--version", callback=_show_version, is_eager=True, help=_("Show the version.")),
    ] = False,
) -> None:
    """Remember what every command needs."""
    context.obj = Settings(corpus, color, cache)


@app.command("list", help=_("List the speeches by district."))
def list_(
    context: typer.Context,
    district: DistrictOption = None,
    kind: Annotated[
        str | None,
        typer.Option(parser=_kind, metavar="镇|街道", help=_("Only towns, or only subdistricts.")),
    ] = None,
    sort: Annotated[
        Literal["number", "town", "characters", "figures"], typer.Option(help=_("The order."))
    ] = "number",
    format: FormatOption = "table",
    json: JsonOption = False,
    output: OutputOption = None,
) -> None:
    """List speeches."""
    answer = answers.speeches(_corpus(context), districts=district or (), kind=kind, sort=sort)
    _write(context, answer, format, json, output)


@app.command(help=_("Read one speech. REF: number, town, speaker, pinyin, or a locator such as 3.2."))
def show(
    context: typer.Context,
    ref: Annotated[str, typer.Argument(metavar="REF")],
    section: Annotated[
        list[int] | None,
        typer.Option(parser=_whole_number, metavar="N", help=_("Only this section; 0 is the opening.")),
    ] = None,
    figures: Annotated[bool, typer.Option("--figures", help=_("List each section's figures."))] = False,
    format: FormatOption = "table",
    json: JsonOption = False,
    output: OutputOption = None,
) -> None:
    """Show one speech."""
    answer = answers.speech(_corpus(context), ref, sections=section or (), with_figures=figures)
    _write(context, answer, format, json, output)


@app.command(help=_("Find a phrase, also slightly wrong, in traditional characters, or in pinyin."))
def search(
    context: typer.Context,
    phrases: Annotated[list[str], typer.Argument(metavar="PHRASE…")],
    district: DistrictOption = None,
    town: TownOption = None,
    near: Annotated[bool, typer.Option("--near", help=_("Near hits beside exact ones."))] = False,
    count: Annotated[bool, typer.Option("--count", help=_("Only how many, for every town."))] = False,
    cite: Annotated[bool, typer.Option("--cite", help=_("Whole sentences with their source."))] = False,
    characters: Annotated[
        int | None,
        typer.Option(
            "--context", "-C", parser=_whole_number, metavar="N", help=_("Characters on each side.")
        ),
    ] = None,
    sort: Annotated[
        Literal["text", "left", "right"], typer.Option(help=_("The order: by what stands beside."))
    ] = "text",
    limit: Annotated[
        int | None, typer.Option(parser=_positive_number, metavar="N", help=_("At most so many hits."))
    ] = None,
    format: FormatOption = "table",
    json: JsonOption = False,
    output: OutputOption = None,
) -> None:
    """Find phrases."""
    answer = answers.hits(
        *(_corpus(context), phrases),
        districts=district or (),
        towns=town or (),
        near=near,
        count=count,
        cite=cite,
        context=characters,
        sort=sort,
        limit=limit,
    )
    _write(context, answer, format, json, output)


@app.command(help=_("Set the figures of two or more towns side by side."))
def compare(
    context: typer.Context,
    refs: Annotated[list[str], typer.Argument(metavar="REF REF…")],
    topic: TopicOption = None,
    shared: Annotated[
        bool, typer.Option("--shared", help=_("Only what more than one reports."))
    ] = False,
    quote: Annotated[bool, typer.Option("--quote", help=_("The sentences under each figure."))] = False,
    format: FormatOption = "table",
    json: JsonOption = False,
    output: OutputOption = None,
) -> None:
    """Compare towns."""
    answer = answers.comparison(
        _corpus(context), refs, topics=topic or (), shared_only=shared, quote=quote
    )
    _write(context, answer, format, json, output)


@app.command(help=_("List every figure, or one measure across all towns."))
def figures(
    context: typer.Context,
    indicator: Annotated[str | None, typer.Argument(metavar="INDICATOR")] = None,
    town: TownOption = None,
    topic: TopicOption = None,
    sort: Annotated[
        Literal["value", "text"], typer.Option(help=_("The order in each group."))
    ] = "value",
    format: FormatOption = "table",
    json: JsonOption = False,
    output: OutputOption = None,
) -> None:
    """List figures."""
    answer = answers.figures(
        _corpus(context), indicator, towns=town or (), topics=topic or (), sort=sort
    )
    _write(context, answer, format, json, output)


def main() -> NoReturn:
    """Run the program and end it with its exit code."""
    code = run(sys.argv[1:])
    try:
        sys.stdout.flush()
    except (OSError, AttributeError):
        _forget_standard_output()
    sys.exit(code)


def run(arguments: list[str]) -> int:  # noqa: PLR0911 - one for each way to end
    """Run the program and give its exit code: 0 answered, 1 nothing found, 2 a user's mistake.

    130 is Ctrl-C, 141 a reader that left, and 70 a bug, which shows its traceback.
    """
    gc.freeze()
    gc.enable()
    try:
        code = app(arguments, prog_name="speeches", standalone_mode=False, windows_expand_args=False)
        if sys.stdout is not None:
            sys.stdout.flush()
        return code if isinstance(code, int) else 0
    except SpeechesError as error:
        say(str(error))
        return error.exit_code
    except _TyperError as error:
        say(_usage(error))
        return int(error.exit_code)
    except (KeyboardInterrupt, typer.Abort):
        return INTERRUPTED
    except BrokenPipeError:
        _forget_standard_output()
        return READER_LEFT
    except OSError as error:
        say(_("cannot write the answer: {reason}").format(reason=error.strerror))
        _forget_standard_output()
        return SpeechesError.exit_code
    except Exception:  # noqa: BLE001 - a bug must not end with 1, which says "nothing found"
        from traceback import print_exc

        print_exc()
        return BUG


# Typer's own errors have one base class, which it does not export.
_TyperError: Any = next(
    each for each in typer.BadParameter.__mro__ if each.__name__ == "ClickException"
)


def _usage(error: Any) -> str:
    command = error.ctx.command_path if getattr(error, "ctx", None) else "speeches"
    message = error.format_message().rstrip(".").replace("Value error, ", "")
    return _("{message}. See: {command} --help").format(message=message, command=command)


def _forget_standard_output() -> None:
    """Let Python end without a second complaint about what could not be written."""
    sys.stdout = Path(os.devnull).open("w")  # noqa: SIM115


def _corpus(context: typer.Context) -> Corpus:
    chosen: Settings = context.obj
    return open_corpus(chosen.corpus or packaged(), cache=_cache_directory() if chosen.cache else None)


def _cache_directory() -> Path | None:
    """Locate the cache as the XDG base directory specification has it; None without a home."""
    if chosen := os.environ.get("SPEECHES_CACHE"):
        return Path(chosen)
    if base := os.environ.get("XDG_CACHE_HOME"):
        return Path(base) / "speeches"
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
