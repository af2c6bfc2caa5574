"""Pages → plain text for pipes and files: whole lines, no colour, nothing cut."""

from __future__ import annotations

from speeches_cli.render.page import Block, Line, Page, Prose, Rule, Table, joined, plain, spaced
from speeches_cli.visible import cells, clean, pad


def render(page: Page) -> str:
    """Render a page; every row of a table and every paragraph is one line."""
    return "".join(f"{text}\n" for block in spaced(page) for text in _block(block))


def rows(table: Table) -> tuple[list[str], list[list[str]]]:
    """Give a table's heads and its rows as clean texts, the group titles as first column."""
    grouped = bool(table.group_head)
    heads = [table.group_head] * grouped + [column.head for column in table.columns]
    return [clean(head) for head in heads], [
        [_text(group.title)] * grouped + [_text(joined(cell)) for cell in row]
        for group in table.groups
        for row in group.rows
    ]


def _block(block: Block) -> list[str]:
    if isinstance(block, Table):
        return _table(block)
    if isinstance(block, Rule | Prose):
        return [_text(block.line)]
    return [_text(line) for line in block.lines]


def _table(table: Table) -> list[str]:
    heads, body = rows(table)
    lines = [heads, *body] if table.headed else body
    right = [False] * bool(table.group_head) + [column.right for column in table.columns]
    widths = [max(cells(row[index]) for row in lines) for index in range(len(heads))]
    return [
        "  ".join(
            pad(*each[:2], left=each[2]) for each in zip(row, widths, right, strict=True)
        ).rstrip()
        for row in lines
    ]


def _text(line: Line) -> str:
    return clean(plain(line))
