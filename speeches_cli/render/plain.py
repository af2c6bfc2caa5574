"""Pages → plain text for pipes and files: whole lines, no colour, nothing cut."""

from collections.abc import Iterator

from speeches_cli.render.page import Column, Line, Page, Table, joined, plain, spaced
from speeches_cli.visible import cells, clean, pad


def lines(page: Page) -> Iterator[str]:
    """Yield the lines of a page; every row of a table and every paragraph is one line."""
    for block in spaced(page):
        texts = _table(block) if isinstance(block, Table) else map(_text, block.lines)
        yield from (f"{text}\n" for text in texts)


def rows(table: Table) -> tuple[list[Column], list[list[str]]]:
    """Give a table's columns but for bars, the group titles as the first, and its rows as texts."""
    table = table.without_bars()
    titled = bool(table.group_head)
    body = [
        [title] * titled + [_text(joined(cell)) for cell in row]
        for group in table.groups
        for title in [_text(group.title)]
        for row in group.rows
    ]
    return [Column(table.group_head)] * titled + [*table.columns], body


def _table(table: Table) -> Iterator[str]:
    columns, body = rows(table)
    lines = [[clean(column.head) for column in columns], *body] if table.headed else body
    widths = [max(map(cells, texts)) for texts in zip(*lines, strict=True)]
    for line in lines:
        padded = [
            pad(text, width, left=column.right)
            for text, width, column in zip(line, widths, columns, strict=True)
        ]
        yield "  ".join(padded).rstrip()


def _text(line: Line) -> str:
    return clean(plain(line))
