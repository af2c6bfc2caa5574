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


def _flag(names: str, help: str) -> Any:
    """Make an option that takes no value."""
    return typer.Option(*names.split(), help=help)


def _option(names: str, takes: str, help: str, *, parser: Any = str, offers: Any = None) -> Any:
    """Make an option that takes a value; `offers` completes it at Tab."""
    return typer.Option(*names.split(), metavar=takes, help=help, parser=parser, autocompletion=offers)


def _choice(names: str, words: Any, help: str) -> Any:
    """Make an option that takes one of the words of a Literal."""
    known = get_args(words)
    return _option(names, "|".join(known), help, parser=values.one_of(known))


def _argument(name: str, help: str, *, parser: Any = str, offers: Any = None) -> Any:
    """Make an argument."""
    return typer.Argument(metavar=name, help=help, parser=parser, autocompletion=offers)


_DISTRICTS = completing.offering(completing.districts)
_TOWNS = completing.offering(completing.towns)
_TOPICS = completing.offering(completing.topics)
_PLACES = completing.offering(completing.towns, completing.districts)
_INDICATORS = completing.offering(completing.indicators)
_FROM_0, _FROM_1 = values.whole_number(0), values.whole_number(1)

Texts = list[str] | None

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
    _choice("--color", output.Color, _("When to colour; before or behind the command.")),
]
Cache = Annotated[bool, _flag("--cache/--no-cache", _("Keep the corpus compiled for the next run."))]
Version = Annotated[
    bool, typer.Option("--version", callback=_show_version, is_eager=True, help=_("Show the version."))
]

Format = Annotated[
    output.Format | None,
    _choice("--format -f", output.Format, _("How to write the answer; else as --output ends.")),
]
Json = Annotated[bool, _flag("--json", _("Short for --format json."))]
Output = Annotated[
    Path | None,
    _option(
        "--output -o",
        _("FILE"),
        _("Write to this file, paragraphs whole; its ending chooses the format."),
        parser=values.output_path,
    ),
]
Pager = Annotated[bool, _flag("--pager/--no-pager", _("Read what is longer than the screen in PAGER."))]

Districts = Annotated[
    Texts,
    _option("--district -d", _("NAME"), _("Only this district; repeatable."), offers=_DISTRICTS),
]
Towns = Annotated[
    Texts, _option("--town -t", _("REF"), _("Only this town; repeatable."), offers=_TOWNS)
]
Topics = Annotated[
    Texts, _option("--topic", _("NAME"), _("Only this topic; repeatable."), offers=_TOPICS)
]
Kind = Annotated[
    str | None,
    _option(
        "--kind",
        "|".join(KINDS),
        _("Only towns, or only subdistricts."),
        parser=values.kind,
        offers=lambda: [*values.KINDS],
    ),
]
Limit = Annotated[int | None, _option("--limit", _("N"), _("At most so many."), parser=_FROM_1)]

_ListOrder = Literal["number", "town", "characters", "figures"]
_HitOrder = Literal["text", "left", "right", "count"]
_FigureOrder = Literal["value", "text"]
ListOrder = Annotated[
    _ListOrder, _choice("--sort", _ListOrder, _("The order; or 序号, 镇街, 字数, 数据."))
]
HitOrder = Annotated[
    _HitOrder,
    _choice(
        "--sort",
        _HitOrder,
        _(
            "As the text stands, by the words left or right of the match, or with --count by count;"
            " or 原文, 左, 右, 次数."
        ),
    ),
]
FigureOrder = Annotated[
    _FigureOrder, _choice("--sort", _FigureOrder, _("The order in each group; or 大小, 原文."))
]

Ref = Annotated[
    str,
    _argument(
        _("REF"),
        _("A town: number, name, speaker, pinyin, 永登/大同, 2024/大同; a section: 3.2."),
        offers=_TOWNS,
    ),
]
Refs = Annotated[
    list[str],
    _argument(
        _("REF"),
        _("Two or more towns, each as in show; a district for its towns; or all."),
        offers=_TOWNS,
    ),
]
Places = Annotated[Texts, _argument(_("PLACE"), _("Only these districts or towns."), offers=_PLACES)]
SectionsBehind = Annotated[
    list[int] | None,
    _argument(_("SECTION"), _("Only these sections; 0 is the opening."), parser=_FROM_0),
]
Sections = Annotated[
    list[int] | None,
    _option("--section", _("N"), _("The same, as an option; repeatable."), parser=_FROM_0),
]
Find = Annotated[str | None, _option("--find", _("PHRASE"), _("Mark a phrase in the text."))]
Figures = Annotated[bool, _flag("--figures", _("List each section's figures."))]

Phrases = Annotated[
    list[str], _argument(_("PHRASE"), _("What to find; several must stand in one paragraph."))
]
Near = Annotated[bool, _flag("--near", _("Also places with slips."))]
Either = Annotated[
    bool, _flag("--any", _("Paragraphs that have any of the phrases; else all of them."))
]
Without = Annotated[
    Texts,
    _option("--without", _("PHRASE"), _("Leave out paragraphs that have this phrase; repeatable.")),
]
Count = Annotated[bool, _flag("--count", _("Only how many, for every town."))]
Form = Literal["source", "gbt7714", "csl", "bibtex"]
Cite = Annotated[
    Form | None,
    _choice(
        "--cite",
        Form,
        _("Whole sentences with their source; for papers by GB/T 7714, as CSL-JSON or BibTeX."),
    ),
]
Context = Annotated[
    int | None,
    _option(
        "--context -C",
        _("N"),
        _("Characters on each side; as many as fit, in JSON 30."),
        parser=_FROM_0,
    ),
]

Quoted = Annotated[bool, _flag("--quoted", _("Only what stands in quotation marks."))]
Least = Annotated[int | None, _option("--min", _("N"), _("What so many towns say."), parser=_FROM_1)]
Shared = Annotated[bool, _flag("--shared", _("Only what more than one reports."))]
Worded = Annotated[bool, _flag("--phrases", _("Their phrases in place of their figures."))]
Quote = Annotated[bool, _flag("--quote", _("The sentences under each figure."))]
Indicator = Annotated[
    str | None,
    _argument(
        _("INDICATOR"), _("A measure, by whole or part of its name, or pinyin."), offers=_INDICATORS
    ),
]

Checked = Annotated[
    Path | None, _argument(_("PATH"), _("A YAML file, or a folder of them."), parser=values.path)
]
Compilation = Annotated[
    Path, _argument(_("FILE"), _("A text or Word file; - for standard input."), parser=values.path)
]
DraftDistrict = Annotated[
    str | None, _option("--district", _("NAME"), _("The district of all speeches."))
]
DraftKind = Annotated[
    str | None, _option("--kind", _("WORD"), _("What kind of unit speaks, such as 村."))
]
DraftDate = Annotated[
    str | None, _option("--date", _("DATE"), _("The date of the meeting."), parser=values.iso_date)
]
DraftMeeting = Annotated[str | None, _option("--meeting", _("NAME"), _("The name of the meeting."))]
Force = Annotated[bool, _flag("--force", _("Replace the file that is there."))]
