"""Pages → plain text for pipes and files: whole lines, no colour, nothing cut."""

from __future__ import annotations

from speeches_cli.render.page import Block, Line, Page, Prose, Rule, Table, joined, plain, spaced
from speeches_cli.visible import cells, clean, pad


def render(page: Page) -> str:
    """Render a page; every row of a table and every paragraph is one line."""
    return "".join(f"{text}\n" for block in spaced(page) for text in _block(block))


def rows(table: Table) -> tuple[list[str], list[bool], list[list[str]]]:
    """Give a table's heads, which columns are set flush right, and its rows, as clean texts.

    Group titles are the first column. Bars are left out, and columns in which nothing is left.
    """
    grouped = bool(table.group_head)
    heads = [table.group_head] * grouped + [column.head for column in table.columns]
    right = [False] * grouped + [column.right for column in table.columns]
    body = [
        [_text(group.title)] * grouped + [_text(joined(cell)) for cell in row]
        for group in table.groups
        for row in group.rows
    ]
    kept = [index for index, head in enumerate(heads) if head or any(row[index] for row in body)]
    return (
        [clean(heads[index]) for index in kept],
        [right[index] for index in kept],
        [[row[index] for index in kept] for row in body],
    )


def _block(block: Block) -> list[str]:
    if isinstance(block, Table):
        return _table(block)
    if isinstance(block, Rule | Prose):
        return [_text(block.line)]
    return [_text(line) for line in block.lines]


def _table(table: Table) -> list[str]:
    heads, right, body = rows(table)
    lines = [heads, *body] if table.headed else body
    widths = [max(cells(row[index]) for row in lines) for index in range(len(heads))]
    return [
        "  ".join(
            pad(*each[:2], left=each[2]) for each in zip(row, widths, right, strict=True)
        ).rstrip()
        for row in lines
    ]


def _text(line: Line) -> str:
    return clean(plain(tuple(part for part in line if part[1] != "bar")))
