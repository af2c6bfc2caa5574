"""What a page consists of, whatever it is printed on: lines of styled parts, tables and prose."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

Part = tuple[str, str]
"""A text and its role: one of ROLES, or the empty string."""
Line = tuple[Part, ...]
Cell = tuple[Line, ...]

ROLES = ("hit", "strong", "muted", "figure", "bar", "warning")


class Column(NamedTuple):
    """One column of a table."""

    head: str
    right: bool = False
    """Whether its cells are set flush right."""
    keep: bool = False
    """Whether its cells are never broken."""


class Group(NamedTuple):
    """Rows of a table under one heading."""

    title: str
    rows: tuple[tuple[Cell, ...], ...]


class Table(NamedTuple):
    """Groups of rows; where group titles cannot stand between rows, they are the first column."""

    columns: tuple[Column, ...]
    groups: tuple[Group, ...]
    group_head: str = ""
    """The head of that first column; empty where the groups have no titles."""


class Prose(NamedTuple):
    """A paragraph of Chinese, to be set as Chinese is; the parts make up its text."""

    line: Line


class Rule(NamedTuple):
    """A heading."""

    line: Line
    level: int = 1
    """1 is the page's, 2 a section's."""


class Lines(NamedTuple):
    """Lines that are set as they are."""

    lines: tuple[Line, ...]


Block = Table | Prose | Rule | Lines


class Page(NamedTuple):
    """An answer, ready to be set."""

    blocks: tuple[Block, ...]


def line(*parts: str | Part) -> Line:
    """Make a line of plain texts and styled parts, leaving out empty ones."""
    styled = ((part, "") if isinstance(part, str) else part for part in parts)
    return tuple(part for part in styled if part[0])


def cell(text: str, role: str = "") -> Cell:
    """Make a cell of one line of one style."""
    return (line((text, role)),)


def plain(parts: Line) -> str:
    """Give the text of a line without its styles."""
    return "".join(text for text, _role in parts)


def highlighted(text: str, spans: Iterable[tuple[int, int]], role: str) -> Line:
    """Style the half-open spans of a text, which may overlap."""
    parts: list[Part] = []
    reached = 0
    for start, end in sorted(spans):
        begin = max(start, reached)
        if begin < end:
            parts += [(text[reached:begin], ""), (text[begin:end], role)]
            reached = end
    return line(*parts, text[reached:])
