"""What the tests of pages and records work on: hand-made values, and pages agreed on in files."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any

from speeches_cli import quantities
from speeches_cli.model import Compilation, Figure, Passage, Span, Speech
from speeches_cli.render import markdown, plain, terminal
from speeches_cli.render.page import Page
from speeches_cli.search import Edit, Hit
from speeches_cli.visible import cells

AGREED = Path(__file__).parent / "cases" / "pages"
UPDATE = bool(os.environ.get("UPDATE_PAGES"))
WIDTHS = (120, 80, 60, 40)

COMPILATION = Compilation("某市发言材料汇编", "某市工作交流会", "2023-09-08")
EAST = Speech(
    key=0,
    id=3,
    slug="donglu",
    district="甲区",
    town="东路街道",
    kind="街道",
    speaker="王一",
    post="甲区东路街道党工委书记",
    title="“一网统管”抓治理、惠民生的探索与实践",
    characters=1234,
    figures=5,
    compilation=COMPILATION,
    pages="5-6",
)
WEST = Speech(
    key=1,
    id=12,
    slug="xizhen",
    district="乙县",
    town="西镇",
    kind="镇",
    speaker="欧阳二",
    post="党委书记",
    title="兴产业促增收",
    characters=98,
    figures=0,
    compilation=COMPILATION,
)
TOWNS = {EAST.key: EAST, WEST.key: WEST}

HOSTILE = (
    "\x1b[31m红\x1b[0m",
    "\x1b]52;c;aGk=\x07",
    "\x9b31m",
    "甲\x00乙",
    "甲\u202e乙\u2066丙\u200b",
    "行\u2028段\u2029落",
    "次\x85行\x0b\x0c\r\n\t末",
    "\ud800\udc00",
    "[red]红[/red]",
    "[/x]",
    "[link=https://example.com]链[/link]",
    ":smile:",
    "尾\\",
    "甲|乙\\|丙",
    "*星*_线_`码`~~删~~",
    "<b>&amp;&lt;</b>",
    "# 题",
    "1. 条",
    "2) 条",
    "- 项",
    "+ 项",
    "===",
    "---",
    "> 引",
    "    码",
    "![图](a.png)",
    "https://example.com/a_b_c",
)
"""Texts that a terminal, Rich, a spreadsheet or Markdown would act on instead of showing them."""


def passage(town: Speech, section: int, paragraph: int, text: str, heading: str = "") -> Passage:
    """Make a passage."""
    return Passage(town.key, section, paragraph, text, heading)


def hit(where: Passage, match: str, *edits: Edit, phrase: str = "") -> Hit:
    """Make a hit on the first place of some words in a passage."""
    start = where.text.index(match)
    return Hit(where, start, start + len(match), phrase or match, edits)


def figure(town: Speech, written: str, indicator: str = "网格数", **given: Any) -> Figure:
    """Make a figure whose value, unit and bound are read from the words, summed over +."""
    read = [quantities.read_one(part) for part in written.split("+")]
    values: dict[str, Any] = {
        "speech": town.key,
        "section": 1,
        "indicator": indicator,
        "topic": "基层治理",
        "as_written": written,
        "value": sum((each.value for each in read), Decimal(0)),
        "unit": read[0].unit,
        "bound": read[0].bound,
        "measure": "level",
        "status": "actual",
        "period": None,
        "scope": None,
        "note": None,
        "sentence": f"{indicator}为{written}。",
        "spans": (Span(1, 0, len(written)),),
    }
    return Figure(**values | given)


def tagged(text: str) -> str:
    """Make the escape sequences that set colours readable: `<31>`."""
    return re.sub("\x1b\\[([0-9;]*)m", r"<\1>", text)


def uncoloured(text: str) -> str:
    """Leave out the escape sequences that set colours, and the spaces that they kept at line ends."""
    lines = re.sub("\x1b\\[[0-9;]*m", "", text).split("\n")
    return "\n".join(line.rstrip() for line in lines)


def widest(text: str) -> int:
    """Count the cells of the widest line."""
    return max(map(cells, text.split("\n")))


def squeezed(text: str) -> str:
    """Leave out all white space."""
    return "".join(text.split())


def columns(shown: str, widths: Sequence[int]) -> list[str]:
    """Cut the lines of a table at cells into its columns, and join each column's text, squeezed."""
    made = [""] * len(widths)
    for line in shown.split("\n"):
        index, used = 0, 0
        for character in line:
            while index < len(widths) - 1 and used >= widths[index] + 2:
                used -= widths[index] + 2
                index += 1
            made[index] += character
            used += cells(character)
    return [squeezed(column) for column in made]


def in_plain(page: Page) -> str:
    """Give a page as it goes into a pipe."""
    return "".join(plain.lines(page))


def on_terminal(page: Page, *, width: int, emphasis: terminal.Emphasis) -> str:
    """Give a page as it stands on a terminal, all screens of it."""
    return "".join(terminal.screens(page, width=width, emphasis=emphasis))


def in_every_format(page: Callable[[int | None], Page]) -> str:
    """Render a page whole in every format, one after the other."""
    shown = {
        "plain": in_plain(page(None)),
        "markdown": markdown.render(page(None)),
        **{
            f"terminal, {width} columns": on_terminal(page(width), width=width, emphasis="none")
            for width in WIDTHS
        },
        "terminal, 80 columns, coloured": tagged(on_terminal(page(80), width=80, emphasis="color")),
    }
    return "".join(f"======== {title}\n{text}" for title, text in shown.items())


def agreed(name: str, made: str) -> str:
    """Give what the file of a page says that it should look like.

    With UPDATE_PAGES set in the environment the file is written anew, to be read before it is
    agreed to.
    """
    file = AGREED / f"{name}.txt"
    if UPDATE:
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(made, encoding="utf-8")
    return file.read_text(encoding="utf-8")
