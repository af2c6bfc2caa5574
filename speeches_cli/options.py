"""What may stand on the command line: every option and argument, and how its value is read."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any, Literal, get_args

import typer

from speeches_cli import __version__, completing, output
from speeches_cli.errors import UsageError
from speeches_cli.messages import _
from speeches_cli.model import KINDS
from speeches_cli.values import (
    KIND_NAMES,
    iso_date,
    kind,
    output_path,
    path,
    positive_number,
    whole_number,
)


def refuse_beside(option: str, given: bool, others: Mapping[str, bool]) -> None:
    """Raise UsageError where an option is given beside others that say something else."""
    for other, is_given in others.items():
        if given and is_given:
            raise UsageError(
                _("{option} and {other} do not go together").format(option=option, other=other)
            )


def show_version(asked: bool) -> None:
    """Print the version and end."""
    if asked:
        typer.echo(f"speeches {__version__}")
        raise typer.Exit


def _one_of(words: Any) -> str:
    """Join the words that a Literal allows into a metavar: `auto|always|never`."""
    return "|".join(get_args(words))


_N: dict[str, Any] = {"parser": whole_number, "metavar": _("N")}
_FROM_1: dict[str, Any] = {"parser": positive_number, "metavar": _("N")}

Corpus = Annotated[
    Path | None,
    typer.Option(
        "--corpus",
        envvar="SPEECHES_CORPUS",
        parser=path,
        metavar=_("PATH"),
        autocompletion=completing.file,
        help=_("A YAML file, or a folder of them; the eight speeches when not given."),
    ),
]
Color = Annotated[
    output.Color,
    typer.Option(
        "--color",
        metavar=_one_of(output.Color),
        help=_("When to colour; before or behind the command."),
    ),
]
Cache = Annotated[
    bool, typer.Option("--cache/--no-cache", help=_("Keep the corpus compiled for the next run."))
]
Version = Annotated[
    bool, typer.Option("--version", callback=show_version, is_eager=True, help=_("Show the version."))
]

Format = Annotated[
    output.Format | None,
    typer.Option(
        "--format",
        "-f",
        metavar=_one_of(output.Format),
        help=_("How to write the answer; else as --output ends."),
    ),
]
Json = Annotated[bool, typer.Option("--json", help=_("Short for --format json."))]
Output = Annotated[
    Path | None,
    typer.Option(
        "--output",
        "-o",
        metavar=_("FILE"),
        parser=output_path,
        autocompletion=completing.file,
        help=_("Write to this file, paragraphs whole; its ending chooses the format."),
    ),
]

Districts = Annotated[
    list[str] | None,
    typer.Option(
        "--district",
        "-d",
        metavar=_("NAME"),
        autocompletion=completing.offering(completing.districts, "district"),
        help=_("Only this district; repeatable."),
    ),
]
Towns = Annotated[
    list[str] | None,
    typer.Option(
        "--town",
        "-t",
        metavar=_("REF"),
        autocompletion=completing.offering(completing.towns, "town"),
        help=_("Only this town; repeatable."),
    ),
]
Topics = Annotated[
    list[str] | None,
    typer.Option(
        "--topic",
        metavar=_("NAME"),
        autocompletion=completing.offering(completing.topics, "topic"),
        help=_("Only this topic; repeatable."),
    ),
]
Kind = Annotated[
    str | None,
    typer.Option(
        "--kind",
        parser=kind,
        metavar="|".join(KINDS),
        autocompletion=lambda: [*KIND_NAMES],
        help=_("Only towns, or only subdistricts."),
    ),
]

_ListOrder = Literal["number", "town", "characters", "figures"]
_HitOrder = Literal["text", "left", "right", "count"]
_FigureOrder = Literal["value", "text"]
ListOrder = Annotated[
    _ListOrder,
    typer.Option(
        "--sort", metavar=_one_of(_ListOrder), help=_("The order; or 序号, 镇街, 字数, 数据.")
    ),
]
HitOrder = Annotated[
    _HitOrder,
    typer.Option(
        "--sort",
        metavar=_one_of(_HitOrder),
        help=_(
            "As the text stands, by the words left or right of the match, or with --count by count;"
            " or 原文, 左, 右, 次数."
        ),
    ),
]
FigureOrder = Annotated[
    _FigureOrder,
    typer.Option(
        "--sort", metavar=_one_of(_FigureOrder), help=_("The order in each group; or 大小, 原文.")
    ),
]

Ref = Annotated[
    str,
    typer.Argument(
        metavar=_("REF"),
        autocompletion=completing.offering(completing.towns, "ref"),
        help=_("A town: number, name, speaker, pinyin, 永登/大同, 2024/大同; a section: 3.2."),
    ),
]
Places = Annotated[
    list[str] | None,
    typer.Argument(
        metavar=_("PLACE"),
        autocompletion=completing.offering(completing.places, "place"),
        help=_("Only these districts or towns."),
    ),
]
SectionsBehind = Annotated[
    list[int] | None,
    typer.Argument(
        parser=whole_number,
        metavar=_("SECTION"),
        help=_("Only these sections; 0 is the opening."),
    ),
]
Find = Annotated[
    str | None, typer.Option("--find", metavar=_("PHRASE"), help=_("Mark a phrase in the text."))
]
Sections = Annotated[
    list[int] | None,
    typer.Option(
        "--section",
        parser=whole_number,
        metavar=_("N"),
        help=_("The same, as an option; repeatable."),
    ),
]
Figures = Annotated[bool, typer.Option("--figures", help=_("List each section's figures."))]

Pager = Annotated[
    bool, typer.Option("--pager/--no-pager", help=_("Read what is longer than the screen in PAGER."))
]

Phrases = Annotated[
    list[str],
    typer.Argument(metavar=_("PHRASE"), help=_("What to find; several must stand in one paragraph.")),
]
Near = Annotated[bool, typer.Option("--near", help=_("Also places with slips."))]
Either = Annotated[
    bool, typer.Option("--any", help=_("Paragraphs that have any of the phrases; else all of them."))
]
Without = Annotated[
    list[str] | None,
    typer.Option(
        "--without",
        metavar=_("PHRASE"),
        help=_("Leave out paragraphs that have this phrase; repeatable."),
    ),
]
Count = Annotated[bool, typer.Option("--count", help=_("Only how many, for every town."))]
Form = Literal["source", "gbt7714", "csl", "bibtex"]
Cite = Annotated[
    Form | None,
    typer.Option(
        "--cite",
        metavar=_one_of(Form),
        help=_("Whole sentences with their source; for papers by GB/T 7714, as CSL-JSON or BibTeX."),
    ),
]
Context = Annotated[
    int | None,
    typer.Option(
        "--context", "-C", help=_("Characters on each side; as many as fit, in JSON 30."), **_N
    ),
]
Limit = Annotated[int | None, typer.Option("--limit", help=_("At most so many."), **_FROM_1)]

Quoted = Annotated[bool, typer.Option("--quoted", help=_("Only what stands in quotation marks."))]
Least = Annotated[int | None, typer.Option("--min", help=_("What so many towns say."), **_FROM_1)]

Refs = Annotated[
    list[str],
    typer.Argument(
        metavar=_("REF"),
        autocompletion=completing.offering(completing.towns, "refs"),
        help=_("Two or more towns, each as in show; a district for its towns; or all."),
    ),
]
Shared = Annotated[bool, typer.Option("--shared", help=_("Only what more than one reports."))]
Worded = Annotated[bool, typer.Option("--phrases", help=_("Their phrases in place of their figures."))]
Quote = Annotated[bool, typer.Option("--quote", help=_("The sentences under each figure."))]

Indicator = Annotated[
    str | None,
    typer.Argument(
        metavar=_("INDICATOR"),
        autocompletion=completing.offering(completing.indicators, "indicator"),
        help=_("A measure, by whole or part of its name, or pinyin."),
    ),
]

Checked = Annotated[
    Path | None,
    typer.Argument(
        metavar=_("PATH"),
        parser=path,
        autocompletion=completing.file,
        help=_("A YAML file, or a folder of them."),
    ),
]

Compilation = Annotated[
    Path,
    typer.Argument(
        metavar=_("FILE"),
        parser=path,
        autocompletion=completing.file,
        help=_("A text or Word file; - for standard input."),
    ),
]

DraftDistrict = Annotated[
    str | None,
    typer.Option("--district", metavar=_("NAME"), help=_("The district of all speeches.")),
]
DraftKind = Annotated[
    str | None,
    typer.Option("--kind", metavar=_("WORD"), help=_("What kind of unit speaks, such as 村.")),
]
DraftDate = Annotated[
    str | None,
    typer.Option("--date", parser=iso_date, metavar=_("DATE"), help=_("The date of the meeting.")),
]
DraftMeeting = Annotated[
    str | None, typer.Option("--meeting", metavar=_("NAME"), help=_("The name of the meeting."))
]
Force = Annotated[bool, typer.Option("--force", help=_("Replace the file that is there."))]
