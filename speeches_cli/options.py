"""What may stand on the command line: every option and argument."""

from pathlib import Path
from typing import Annotated, Any, Literal, get_args

import typer

from speeches_cli import __version__, completing, output, values
from speeches_cli.messages import _
from speeches_cli.model import KINDS


def _show_version(asked: bool) -> None:
    """Print the version and end."""
    if asked:
        typer.echo(f"speeches {__version__}")
        raise typer.Exit


def _option(*names: str, metavar: str, help: str, parser: Any = str, offers: Any = None) -> Any:
    """Make an option that takes a value."""
    return typer.Option(*names, metavar=metavar, help=help, parser=parser, autocompletion=offers)


def _argument(metavar: str, *, help: str, parser: Any = str, offers: Any = None) -> Any:
    """Make an argument."""
    return typer.Argument(metavar=metavar, help=help, parser=parser, autocompletion=offers)


def _choice(words: Any, *names: str, help: str) -> Any:
    """Make an option that takes one of the words of a Literal."""
    known = get_args(words)
    return typer.Option(*names, metavar="|".join(known), help=help, parser=values.one_of(known))


_DISTRICTS = completing.offering(completing.districts)
_TOWNS = completing.offering(completing.towns)

Corpus = Annotated[
    Path | None,
    typer.Option(
        "--corpus",
        envvar="SPEECHES_CORPUS",
        metavar=_("PATH"),
        parser=values.path,
        help=_("A YAML file, or a folder of them; the eight speeches when not given."),
    ),
]
Color = Annotated[
    output.Color,
    _choice(output.Color, "--color", help=_("When to colour; before or behind the command.")),
]
Cache = Annotated[
    bool, typer.Option("--cache/--no-cache", help=_("Keep the corpus compiled for the next run."))
]
Version = Annotated[
    bool, typer.Option("--version", callback=_show_version, is_eager=True, help=_("Show the version."))
]

Format = Annotated[
    output.Format | None,
    _choice(output.Format, "--format", "-f", help=_("How to write the answer; else as --output ends.")),
]
Json = Annotated[bool, typer.Option("--json", help=_("Short for --format json."))]
Output = Annotated[
    Path | None,
    _option(
        "--output",
        "-o",
        metavar=_("FILE"),
        parser=values.output_path,
        help=_("Write to this file, paragraphs whole; its ending chooses the format."),
    ),
]
Pager = Annotated[
    bool, typer.Option("--pager/--no-pager", help=_("Read what is longer than the screen in PAGER."))
]

Districts = Annotated[
    list[str] | None,
    _option(
        "--district",
        "-d",
        metavar=_("NAME"),
        offers=_DISTRICTS,
        help=_("Only this district; repeatable."),
    ),
]
Towns = Annotated[
    list[str] | None,
    _option("--town", "-t", metavar=_("REF"), offers=_TOWNS, help=_("Only this town; repeatable.")),
]
Topics = Annotated[
    list[str] | None,
    _option(
        "--topic",
        metavar=_("NAME"),
        offers=completing.offering(completing.topics),
        help=_("Only this topic; repeatable."),
    ),
]
Kind = Annotated[
    str | None,
    _option(
        "--kind",
        metavar="|".join(KINDS),
        parser=values.kind,
        offers=lambda: [*values.KINDS],
        help=_("Only towns, or only subdistricts."),
    ),
]
Limit = Annotated[
    int | None,
    _option("--limit", metavar=_("N"), parser=values.whole_number(1), help=_("At most so many.")),
]

_ListOrder = Literal["number", "town", "characters", "figures"]
_HitOrder = Literal["text", "left", "right", "count"]
_FigureOrder = Literal["value", "text"]
ListOrder = Annotated[
    _ListOrder, _choice(_ListOrder, "--sort", help=_("The order; or 序号, 镇街, 字数, 数据."))
]
HitOrder = Annotated[
    _HitOrder,
    _choice(
        _HitOrder,
        "--sort",
        help=_(
            "As the text stands, by the words left or right of the match, or with --count by count;"
            " or 原文, 左, 右, 次数."
        ),
    ),
]
FigureOrder = Annotated[
    _FigureOrder,
    _choice(_FigureOrder, "--sort", help=_("The order in each group; or 大小, 原文.")),
]

Ref = Annotated[
    str,
    _argument(
        _("REF"),
        offers=_TOWNS,
        help=_("A town: number, name, speaker, pinyin, 永登/大同, 2024/大同; a section: 3.2."),
    ),
]
Refs = Annotated[
    list[str],
    _argument(
        _("REF"),
        offers=_TOWNS,
        help=_("Two or more towns, each as in show; a district for its towns; or all."),
    ),
]
Places = Annotated[
    list[str] | None,
    _argument(
        _("PLACE"),
        offers=completing.offering(completing.places),
        help=_("Only these districts or towns."),
    ),
]
SectionsBehind = Annotated[
    list[int] | None,
    _argument(
        _("SECTION"), parser=values.whole_number(0), help=_("Only these sections; 0 is the opening.")
    ),
]
Sections = Annotated[
    list[int] | None,
    _option(
        "--section",
        metavar=_("N"),
        parser=values.whole_number(0),
        help=_("The same, as an option; repeatable."),
    ),
]
Find = Annotated[
    str | None, _option("--find", metavar=_("PHRASE"), help=_("Mark a phrase in the text."))
]
Figures = Annotated[bool, typer.Option("--figures", help=_("List each section's figures."))]

Phrases = Annotated[
    list[str],
    _argument(_("PHRASE"), help=_("What to find; several must stand in one paragraph.")),
]
Near = Annotated[bool, typer.Option("--near", help=_("Also places with slips."))]
Either = Annotated[
    bool, typer.Option("--any", help=_("Paragraphs that have any of the phrases; else all of them."))
]
Without = Annotated[
    list[str] | None,
    _option(
        "--without",
        metavar=_("PHRASE"),
        help=_("Leave out paragraphs that have this phrase; repeatable."),
    ),
]
Count = Annotated[bool, typer.Option("--count", help=_("Only how many, for every town."))]
Form = Literal["source", "gbt7714", "csl", "bibtex"]
Cite = Annotated[
    Form | None,
    _choice(
        Form,
        "--cite",
        help=_("Whole sentences with their source; for papers by GB/T 7714, as CSL-JSON or BibTeX."),
    ),
]
Context = Annotated[
    int | None,
    _option(
        "--context",
        "-C",
        metavar=_("N"),
        parser=values.whole_number(0),
        help=_("Characters on each side; as many as fit, in JSON 30."),
    ),
]

Quoted = Annotated[bool, typer.Option("--quoted", help=_("Only what stands in quotation marks."))]
Least = Annotated[
    int | None,
    _option("--min", metavar=_("N"), parser=values.whole_number(1), help=_("What so many towns say.")),
]
Shared = Annotated[bool, typer.Option("--shared", help=_("Only what more than one reports."))]
Worded = Annotated[bool, typer.Option("--phrases", help=_("Their phrases in place of their figures."))]
Quote = Annotated[bool, typer.Option("--quote", help=_("The sentences under each figure."))]
Indicator = Annotated[
    str | None,
    _argument(
        _("INDICATOR"),
        offers=completing.offering(completing.indicators),
        help=_("A measure, by whole or part of its name, or pinyin."),
    ),
]

Checked = Annotated[
    Path | None, _argument(_("PATH"), parser=values.path, help=_("A YAML file, or a folder of them."))
]
Compilation = Annotated[
    Path, _argument(_("FILE"), parser=values.path, help=_("A text or Word file; - for standard input."))
]
DraftDistrict = Annotated[
    str | None, _option("--district", metavar=_("NAME"), help=_("The district of all speeches."))
]
DraftKind = Annotated[
    str | None, _option("--kind", metavar=_("WORD"), help=_("What kind of unit speaks, such as 村."))
]
DraftDate = Annotated[
    str | None,
    _option("--date", metavar=_("DATE"), parser=values.iso_date, help=_("The date of the meeting.")),
]
DraftMeeting = Annotated[
    str | None, _option("--meeting", metavar=_("NAME"), help=_("The name of the meeting."))
]
Force = Annotated[bool, typer.Option("--force", help=_("Replace the file that is there."))]
