"""What may stand on the command line: every option and argument, by the parameter that takes it."""

import inspect
import re
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Annotated, Any, Literal, get_args

from typer import Argument, BadParameter, Exit, Option, echo

from speeches_cli import __version__, folding
from speeches_cli.completing import districts, indicators, offering, topics, towns
from speeches_cli.messages import _
from speeches_cli.model import KINDS, is_date
from speeches_cli.output import Color, Format

Texts = list[str] | None
SpeechOrder = Literal["number", "town", "characters", "figures"]
HitOrder = Literal["text", "left", "right", "count"]
FigureOrder = Literal["value", "text"]
Form = Literal["source", "gbt7714", "csl", "bibtex"]
TYPED_KINDS = {"zhen": "镇", "jiedao": "街道", "xiang": "乡"}


def declared(command: Callable[..., Any], *inner: Callable[..., Any]) -> Callable[..., Any]:
    """Tell Typer what fills each parameter of a command, and before them of the functions in it."""
    parameters = [
        each.replace(kind=each.KEYWORD_ONLY, annotation=Annotated[each.annotation, filled])
        for function in (*inner, command)
        for each in inspect.signature(function).parameters.values()
        if (filled := _DECLARED.get(each.name))  # the rest is given by the command that is declared
    ]
    command.__signature__ = inspect.Signature(parameters)  # type: ignore[attr-defined]
    return command


def kind(text: str) -> str:
    """Read a kind of unit, such as 镇 or 村, or the pinyin of 镇, 街道 and 乡."""
    word = folding.fold(text)
    if word not in TYPED_KINDS and not re.fullmatch("[\u4e00-\u9fff]+", word):
        message = _("'{text}' is no kind such as 镇 (zhen), 街道 (jiedao), 乡 (xiang) or 村", text=text)
        raise BadParameter(message)
    return TYPED_KINDS.get(word, word)


def path(text: str) -> Path:
    """Read the name of a file or folder; an empty one, as from an unset shell variable, is refused."""
    if not text:
        raise BadParameter(_("no path is named"))
    return Path(text)


def output_path(text: str) -> Path | None:
    """Read the name of a file to write to; `-` stands for standard output, as if none were named."""
    return None if text == "-" else path(text)


def iso_date(text: str) -> str:
    """Read a date as ISO 8601 has it in full, `2023-09-18`."""
    if not is_date(text):
        raise BadParameter(_("a date is written 2023-09-18"))
    return text


def whole_number(text: str, *, least: int) -> int:
    """Read a whole number, strictly: no `1_000`, `5.0` or full-width digit."""
    if not re.fullmatch("[0-9]{1,9}", text) or int(text) < least:
        raise BadParameter(_("'{text}' is not a whole number from {least}", text=text, least=least))
    return int(text)


def _show_version(asked: bool) -> None:
    if asked:
        echo(f"speeches {__version__}")
        raise Exit


def _option(names: str, takes: str, help: str, parser: Any = str, offers: Any = None) -> Any:
    """Make an option that takes a value; `offers` completes it at Tab."""
    return Option(*names.split(), metavar=takes, help=help, parser=parser, autocompletion=offers)


def _choice(names: str, words: Any, help: str, chinese: str = "") -> Any:
    """Make an option that takes one of the words of a Literal, or the Chinese for them."""
    known = get_args(words)
    values: dict[str, str] = dict(zip((*known, *chinese.split()), known * 2, strict=False))

    def read(text: str) -> str:
        if text not in values:
            raise BadParameter(
                _("'{text}' is not one of {names}", text=text, names=_(", ").join(known))
            )
        return values[text]

    return _option(names, "|".join(known), help.format(chinese=chinese.replace(" ", "、")), read)


def _argument(name: str, help: str, parser: Any = str, offers: Any = None) -> Any:
    return Argument(metavar=name, help=help, parser=parser, autocompletion=offers)


_FROM_0, _FROM_1 = (partial(whole_number, least=least) for least in (0, 1))
_DECLARED: dict[str, Any] = {
    "context": "by Typer itself",
    "corpus": Option(
        "--corpus",
        envvar="SPEECHES_CORPUS",
        metavar=_("PATH"),
        parser=path,
        help=_("A YAML file, or a folder of them; the eight speeches when not given."),
    ),
    "color": _choice("--color", Color, _("When to colour; before or behind the command.")),
    "cache": Option("--cache/--no-cache", help=_("Keep the corpus compiled for the next run.")),
    "_version": Option("--version", callback=_show_version, is_eager=True, help=_("Show the version.")),
    "format": _choice("--format -f", Format, _("How to write the answer; else as --output ends.")),
    "json": Option("--json", help=_("Short for --format json.")),
    "output": _option(
        "--output -o",
        _("FILE"),
        _("Write to this file, paragraphs whole; its ending chooses the format."),
        output_path,
    ),
    "pager": Option("--pager/--no-pager", help=_("Read what is longer than the screen in PAGER.")),
    "district": _option(
        "--district -d", _("NAME"), _("Only this district; repeatable."), offers=offering(districts)
    ),
    "town": _option("--town -t", _("REF"), _("Only this town; repeatable."), offers=offering(towns)),
    "topic": _option("--topic", _("NAME"), _("Only this topic; repeatable."), offers=offering(topics)),
    "kind": _option(
        "--kind",
        "|".join(KINDS),
        _("Only towns, or only subdistricts."),
        kind,
        offers=lambda: [*KINDS, *TYPED_KINDS],
    ),
    "limit": _option("--limit", _("N"), _("At most so many."), _FROM_1),
    "place": _argument(
        _("PLACE"), _("Only these districts or towns."), offers=offering(towns, districts)
    ),
    "order": _choice("--sort", SpeechOrder, _("The order; or {chinese}."), "序号 镇街 字数 数据"),
    "ref": _argument(
        _("REF"),
        _("A town: number, name, speaker, pinyin, 永登/大同, 2024/大同; a section: 3.2."),
        offers=offering(towns),
    ),
    "sections": _argument(_("SECTION"), _("Only these sections; 0 is the opening."), _FROM_0),
    "section": _option("--section", _("N"), _("The same, as an option; repeatable."), _FROM_0),
    "find": _option("--find", _("PHRASE"), _("Mark a phrase in the text.")),
    "figures": Option("--figures", help=_("List each section's figures.")),
    "phrases": _argument(_("PHRASE"), _("What to find; several must stand in one paragraph.")),
    "either": Option("--any", help=_("Paragraphs that have any of the phrases; else all of them.")),
    "without": _option(
        "--without", _("PHRASE"), _("Leave out paragraphs that have this phrase; repeatable.")
    ),
    "near": Option("--near", help=_("Also places with slips.")),
    "count": Option("--count", help=_("Only how many, for every town.")),
    "cite": _choice(
        "--cite",
        Form,
        _("Whole sentences with their source; for papers by GB/T 7714, as CSL-JSON or BibTeX."),
    ),
    "characters": _option(
        "--context -C", _("N"), _("Characters on each side; as many as fit, in JSON 30."), _FROM_0
    ),
    "sort": _choice(
        "--sort",
        HitOrder,
        _("By the text, the words left or right of the match, or the count; or {chinese}."),
        "原文 左 右 次数",
    ),
    "refs": _argument(
        _("REF"),
        _("Two or more towns, each as in show; a district for its towns; or all."),
        offers=offering(towns),
    ),
    "shared": Option("--shared", help=_("Only what more than one reports.")),
    "quote": Option("--quote", help=_("The sentences under each figure.")),
    "worded": Option("--phrases", help=_("Their phrases in place of their figures.")),
    "indicator": _argument(
        _("INDICATOR"),
        _("A measure, by whole or part of its name, or pinyin."),
        offers=offering(indicators),
    ),
    "ranking": _choice("--sort", FigureOrder, _("The order in each group; or {chinese}."), "大小 原文"),
    "quoted": Option("--quoted", help=_("Only what stands in quotation marks.")),
    "least": _option("--min", _("N"), _("What so many towns say."), _FROM_1),
    "path": _argument(_("PATH"), _("A YAML file, or a folder of them."), path),
    "file": _argument(_("FILE"), _("A text or Word file; - for standard input."), path),
    "sole_district": _option("--district", _("NAME"), _("The district of all speeches.")),
    "sole_kind": _option("--kind", _("WORD"), _("What kind of unit speaks, such as 村.")),
    "date": _option("--date", _("DATE"), _("The date of the meeting."), iso_date),
    "meeting": _option("--meeting", _("NAME"), _("The name of the meeting.")),
    "force": Option("--force", help=_("Replace the file that is there.")),
}
