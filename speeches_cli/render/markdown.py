"""Pages → Markdown that renders the same tables, headings and paragraphs."""

from __future__ import annotations

import re

from speeches_cli.render import plain
from speeches_cli.render.page import Block, Line, Page, Prose, Rule, Table
from speeches_cli.visible import clean

_SPECIAL = re.compile(r"([\\`*_{}\[\]<>#|~!])")


def render(page: Page) -> str:
    """Render a page; hits and figures are bold."""
    return "\n\n".join(_block(block) for block in page.blocks) + "\n"


def _block(block: Block) -> str:
    if isinstance(block, Table):
        return _table(block)
    if isinstance(block, Rule):
        return "#" * block.level + " " + _styled(block.line)
    if isinstance(block, Prose):
        return _styled(block.line)
    return "  \n".join(_styled(line) for line in block.lines)


def _table(table: Table) -> str:
    heads, body = plain.rows(table)
    rulers = ["---"] * bool(table.group_head) + ["--:" if c.right else "---" for c in table.columns]
    lines = [list(map(_escaped, heads)), rulers, *(list(map(_escaped, row)) for row in body)]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def _styled(line: Line) -> str:
    return "".join(
        f"**{_escaped(text)}**" if role in ("hit", "figure") and text.strip() else _escaped(text)
        for text, role in line
    )


def _escaped(text: str) -> str:
    return _SPECIAL.sub(r"\\\1", clean(text))
