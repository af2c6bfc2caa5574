"""Parsers for the values of options and arguments; each raises typer.BadParameter for a wrong value."""

import re
from collections.abc import Collection
from pathlib import Path

import typer

from speeches_cli import folding
from speeches_cli.messages import _
from speeches_cli.model import is_date

KINDS = {"镇": "镇", "街道": "街道", "乡": "乡", "zhen": "镇", "jiedao": "街道", "xiang": "乡"}
_ORDERS = {
    "序号": "number",
    "镇街": "town",
    "字数": "characters",
    "数据": "figures",
    "原文": "text",
    "左": "left",
    "右": "right",
    "次数": "count",
    "大小": "value",
}  # the Chinese words for the values of --sort


def kind(text: str) -> str:
    """Read a kind of unit, such as 镇 or 村, or the pinyin of 镇, 街道 and 乡."""
    word = folding.fold(text)
    if word not in KINDS and not re.fullmatch("[\u4e00-\u9fff]+", word):
        message = _("'{text}' is no kind such as 镇 (zhen), 街道 (jiedao), 乡 (xiang) or 村", text=text)
        raise typer.BadParameter(message)
    return KINDS.get(word, word)


def path(text: str) -> Path:
    """Read the name of a file or folder; an empty one, as from an unset shell variable, is refused."""
    if not text:
        raise typer.BadParameter(_("no path is named"))
    return Path(text)


def output_path(text: str) -> Path | None:
    """Read the name of a file to write to; `-` stands for standard output, as if none were named."""
    return None if text == "-" else path(text)


def iso_date(text: str) -> str:
    """Read a date as ISO 8601 has it in full, `2023-09-18`."""
    if not is_date(text):
        raise typer.BadParameter(_("a date is written 2023-09-18"))
    return text


def whole_number(text: str, *, least: int) -> int:
    """Read a whole number, strictly: no `1_000`, `5.0` or full-width digit."""
    if not re.fullmatch("[0-9]{1,9}", text) or int(text) < least:
        message = _("'{text}' is not a whole number from {least}", text=text, least=least)
        raise typer.BadParameter(message)
    return int(text)


def one_of(text: str, *, known: Collection[str]) -> str:
    """Read one of some words, or the Chinese for it."""
    word = _ORDERS.get(text, text)
    if word not in known:
        message = _("'{text}' is not one of {names}", text=text, names=_(", ").join(known))
        raise typer.BadParameter(message)
    return word
