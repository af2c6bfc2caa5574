"""Pages → Markdown (CommonMark with GitHub's tables) that renders to the same words."""

from __future__ import annotations

import re
from itertools import groupby

from speeches_cli.render import plain
from speeches_cli.render.page import Block, Line, Page, Part, Prose, Rule, Table
from speeches_cli.visible import clean

_SPECIAL = re.compile(r"([\\`*_{}\[\]<>#|~!&])")
_BEGINS_A_BLOCK = re.compile(r"^(?:\d{1,9}(?=[.)](?:\s|$))|(?=[-+=]))")
"""Where a line would begin a list, a rule or a heading."""
_EMPHATIC = re.compile(r"([\W_]*)(.*?)([\W_]*)", re.DOTALL)
"""CommonMark opens no emphasis between a Hanzi and a quotation mark: marks stay outside."""


def render(page: Page) -> str:
    """Render a page; hits and figures are bold."""
    return "\n\n".join(_block(block) for block in page.blocks) + "\n"


def _block(block: Block) -> str:
    if isinstance(block, Table):
        return _table(block)
    if isinstance(block, Rule):
        return "#" * block.level + " " + _styled(block.line)
    lines = (block.line,) if isinstance(block, Prose) else block.lines
    return "  \n".join(_BEGINS_A_BLOCK.sub(r"\g<0>\\", _styled(line)) for line in lines if line)


def _table(table: Table) -> str:
    heads, right, body = plain.rows(table)
    rulers = ["--:" if each else "---" for each in right]
    lines = [list(map(_escaped, heads)), rulers, *(list(map(_escaped, row)) for row in body)]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def _styled(line: Line) -> str:
    made = ""
    for bold, parts in groupby(line, key=_is_bold):
        text = clean("".join(text for text, _role in parts))
        found = _EMPHATIC.fullmatch(text)
        if bold and found and found[2]:
            before, core, after = map(_escaped, found.groups())
            made += f"{before}**{core}**{after}"
        else:
            made += _escaped(text)
    return made.strip()


def _is_bold(part: Part) -> bool:
    return part[1] in ("hit", "figure")


def _escaped(text: str) -> str:
    return _SPECIAL.sub(r"\\\1", clean(text))
