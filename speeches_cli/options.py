"""What may stand on the command line: every option and argument, by the parameter that takes it."""

import inspect
from collections.abc import Callable
from functools import partial
from typing import Annotated, Any, Literal, get_args

import typer

from speeches_cli import __version__, output, values
from speeches_cli.completing import districts, indicators, offering, topics, towns
from speeches_cli.messages import _
from speeches_cli.model import KINDS

Texts = list[str] | None
SpeechOrder = Literal["number", "town", "characters", "figures"]
HitOrder = Literal["text", "left", "right", "count"]
FigureOrder = Literal["value", "text"]
Form = Literal["source", "gbt7714", "csl", "bibtex"]


def declared(command: Callable[..., Any], *inner: Callable[..., Any]) -> Callable[..., Any]:
    """Tell Typer what fills each parameter of a command, and before them of the functions in it."""
    parameters = [
        each.replace(
            kind=each.KEYWORD_ONLY, annotation=Annotated[each.annotation, _DECLARED[each.name]]
        )
        for function in (*inner, command)
        for each in inspect.signature(function).parameters.values()
        if each.name
        not in ("asked", "given")  # which the command gives to a function, and takes for it
    ]
    command.__signature__ = inspect.Signature(parameters)  # type: ignore[attr-defined]
    return command


def _show_version(asked: bool) -> None:
    if asked:
        typer.echo(f"speeches {__version__}")
        raise typer.Exit


def _option(names: str, takes: str, help: str, offers: Any = None, *, parser: Any = str) -> Any:
    """Make an option that takes a value; `offers` completes it at Tab."""
    return typer.Option(*names.split(), metavar=takes, help=help, parser=parser, autocompletion=offers)


def _choice(names: str, words: Any, help: str) -> Any:
    """Make an option that takes one of the words of a Literal."""
    known = get_args(words)
    return _option(names, "|".join(known), help, parser=partial(values.one_of, known=known))


def _argument(name: str, help: str, offers: Any = None, *, parser: Any = str) -> Any:
    return typer.Argument(metavar=name, help=help, parser=parser, autocompletion=offers)


_FROM_0, _FROM_1 = (partial(values.whole_number, least=least) for least in (0, 1))
_DECLARED: dict[str, Any] = {
    "context": None,  # which Typer gives
    "corpus": typer.Option(
        "--corpus",
        envvar="SPEECHES_CORPUS",
        metavar=_("PATH"),
        parser=values.path,
        help=_("A YAML file, or a folder of them; the eight speeches when not given."),
    ),
    "color": _choice("--color", output.Color, _("When to colour; before or behind the command.")),
    "cache": typer.Option("--cache/--no-cache", help=_("Keep the corpus compiled for the next run.")),
    "_version": typer.Option(
        "--version", callback=_show_version, is_eager=True, help=_("Show the version.")
    ),
    # of every command
    "format": _choice(
        "--format -f", output.Format, _("How to write the answer; else as --output ends.")
    ),
    "json": typer.Option("--json", help=_("Short for --format json.")),
    "output": _option(
        "--output -o",
        _("FILE"),
        _("Write to this file, paragraphs whole; its ending chooses the format."),
        parser=values.output_path,
    ),
    "pager": typer.Option(
        "--pager/--no-pager", help=_("Read what is longer than the screen in PAGER.")
    ),
    # of several commands
    "district": _option(
        "--district -d", _("NAME"), _("Only this district; repeatable."), offering(districts)
    ),
    "town": _option("--town -t", _("REF"), _("Only this town; repeatable."), offering(towns)),
    "topic": _option("--topic", _("NAME"), _("Only this topic; repeatable."), offering(topics)),
    "kind": _option(
        "--kind",
        "|".join(KINDS),
        _("Only towns, or only subdistricts."),
        lambda: [*values.KINDS],
        parser=values.kind,
    ),
    "limit": _option("--limit", _("N"), _("At most so many."), parser=_FROM_1),
    # list
    "place": _argument(_("PLACE"), _("Only these districts or towns."), offering(towns, districts)),
    "order": _choice("--sort", SpeechOrder, _("The order; or 序号, 镇街, 字数, 数据.")),
    # show
    "ref": _argument(
        _("REF"),
        _("A town: number, name, speaker, pinyin, 永登/大同, 2024/大同; a section: 3.2."),
        offering(towns),
    ),
    "sections": _argument(_("SECTION"), _("Only these sections; 0 is the opening."), parser=_FROM_0),
    "section": _option("--section", _("N"), _("The same, as an option; repeatable."), parser=_FROM_0),
    "find": _option("--find", _("PHRASE"), _("Mark a phrase in the text.")),
    "figures": typer.Option("--figures", help=_("List each section's figures.")),
    # search
    "phrases": _argument(_("PHRASE"), _("What to find; several must stand in one paragraph.")),
    "either": typer.Option(
        "--any", help=_("Paragraphs that have any of the phrases; else all of them.")
    ),
    "without": _option(
        "--without", _("PHRASE"), _("Leave out paragraphs that have this phrase; repeatable.")
    ),
    "near": typer.Option("--near", help=_("Also places with slips.")),
    "count": typer.Option("--count", help=_("Only how many, for every town.")),
    "cite": _choice(
        "--cite",
        Form,
        _("Whole sentences with their source; for papers by GB/T 7714, as CSL-JSON or BibTeX."),
    ),
    "characters": _option(
        "--context -C",
        _("N"),
        _("Characters on each side; as many as fit, in JSON 30."),
        parser=_FROM_0,
    ),
    "sort": _choice(
        "--sort",
        HitOrder,
        _(
            "As the text stands, by the words left or right of the match, or with --count by count;"
            " or 原文, 左, 右, 次数."
        ),
    ),
    # compare
    "refs": _argument(
        _("REF"),
        _("Two or more towns, each as in show; a district for its towns; or all."),
        offering(towns),
    ),
    "shared": typer.Option("--shared", help=_("Only what more than one reports.")),
    "quote": typer.Option("--quote", help=_("The sentences under each figure.")),
    "worded": typer.Option("--phrases", help=_("Their phrases in place of their figures.")),
    # figures
    "indicator": _argument(
        _("INDICATOR"), _("A measure, by whole or part of its name, or pinyin."), offering(indicators)
    ),
    "ranking": _choice("--sort", FigureOrder, _("The order in each group; or 大小, 原文.")),
    # phrases
    "quoted": typer.Option("--quoted", help=_("Only what stands in quotation marks.")),
    "least": _option("--min", _("N"), _("What so many towns say."), parser=_FROM_1),
    # check
    "path": _argument(_("PATH"), _("A YAML file, or a folder of them."), parser=values.path),
    # draft
    "file": _argument(_("FILE"), _("A text or Word file; - for standard input."), parser=values.path),
    "sole_district": _option("--district", _("NAME"), _("The district of all speeches.")),
    "sole_kind": _option("--kind", _("WORD"), _("What kind of unit speaks, such as 村.")),
    "date": _option("--date", _("DATE"), _("The date of the meeting."), parser=values.iso_date),
    "meeting": _option("--meeting", _("NAME"), _("The name of the meeting.")),
    "force": typer.Option("--force", help=_("Replace the file that is there.")),
}
