"""Pages → text for a terminal, in colour: the only module that knows Rich.

Nothing is cut: what is too long folds where Chinese may be broken, in a table's columns too, which
is why the tables are not Rich's. Box-drawing characters stand only in one head line, because some
terminals draw them two cells wide.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from io import StringIO
from itertools import zip_longest

from rich.console import Console
from rich.style import Style
from rich.text import Text

from speeches_cli.messages import _
from speeches_cli.render.page import (
    Block,
    Cell,
    Line,
    Page,
    Part,
    Prose,
    Role,
    Rule,
    Table,
    cell,
    joined,
    line,
    plain,
    spaced,
)
from speeches_cli.render.typesetting import INDENT, fill
from speeches_cli.visible import cells, clean

NARROWEST_TABLE = 50
"""In cells: on less, only a table that need not fold stands as one."""
_NARROWEST_COLUMN = 10
"""In cells: five Hanzi; a table with less for a column is set as records, a line for each cell."""
_GAP = "  "
PROSE_WIDTH = 80
"""In cells: forty Hanzi, the measure of a printed page."""

_STYLES: dict[Role, Style] = {
    "": Style.null(),
    "hit": Style(bold=True, color="red"),
    "strong": Style(bold=True),
    "muted": Style(dim=True),
    "figure": Style(bold=True),
    "bar": Style(color="cyan"),
    "warning": Style(color="magenta"),
}
_HEADINGS = {1: Style(bold=True, underline=True), 2: Style(bold=True), 3: Style.null()}


def render(page: Page, *, width: int, color: bool) -> str:
    """Render a page for a terminal of so many cells, whatever the environment says of colour."""
    console = Console(
        file=StringIO(),
        color_system="standard" if color else None,
        no_color=not color,
        force_terminal=color,
        legacy_windows=False,
    )
    with console.capture() as captured:
        for block in spaced(page):
            for text in _block(block, width):
                text.rstrip()
                console.print(text, soft_wrap=True)
    return captured.get()


def _block(block: Block, width: int) -> Iterator[Text]:
    if isinstance(block, Table):
        widths = _widths(block, width)
        yield from _records(block, width) if widths is None else _table(block, widths)
    elif isinstance(block, Rule):
        yield from _styled(_set(block.line, width), _HEADINGS[block.level])
    elif isinstance(block, Prose):
        yield from _set(block.line, min(width, PROSE_WIDTH), indent=INDENT)
    else:
        for each in block.lines:
            yield from _set(each, width)


def _widths(table: Table, width: int) -> list[int] | None:
    """Allot its cells to every column; None where one would get too few to read."""
    rows = [_heads(table), *(row for group in table.groups for row in group.rows)]
    widths = [max(map(_widest, column)) for column in zip(*rows, strict=True)]
    room = width - len(_GAP) * (len(widths) - 1)
    if sum(widths) > room and width < NARROWEST_TABLE:
        return None
    foldable = [index for index, column in enumerate(table.columns) if not column.keep]
    while sum(widths) > room:
        widest = max(foldable, key=widths.__getitem__, default=None)
        if widest is None or widths[widest] <= _NARROWEST_COLUMN:
            return None
        widths[widest] -= 1
    return widths


def _table(table: Table, widths: Sequence[int]) -> Iterator[Text]:
    total = sum(widths) + len(_GAP) * (len(widths) - 1)
    yield from _row(table, _heads(table), widths)
    yield Text("─" * total)
    for index, group in enumerate(table.groups):
        if index:
            yield Text()
        if group.title:
            yield from _set(group.title, total)
        for row in group.rows:
            yield from _row(table, row, widths)


def _row(table: Table, row: Sequence[Cell], widths: Sequence[int]) -> Iterator[Text]:
    """Set the cells of a row side by side, on as many lines as the longest needs."""
    folded = [
        [text for each in shown for text in _set(each, width)]
        for shown, width in zip(row, widths, strict=True)
    ]
    for texts in zip_longest(*folded, fillvalue=None):
        padded: list[Text] = []
        for text, column, width in zip(texts, table.columns, widths, strict=True):
            each = text or Text()
            pad = each.pad_left if column.right else each.pad_right
            pad(width - cells(each.plain))
            padded.append(each)
        yield Text(_GAP).join(padded)


def _records(table: Table, width: int) -> Iterator[Text]:
    """Set each row as its first cell, and under it the others that say something."""
    apart = False
    for group in table.groups:
        if group.title:
            yield from [Text()] * apart
            yield from _set(group.title, width)
            apart = True
        for first, *others in group.rows:
            yield from [Text()] * apart
            yield from _styled(_set(joined(first), width), _STYLES["strong"])
            apart = True
            for column, shown in zip(table.columns[1:], others, strict=True):
                head = f"{column.head}{_(': ')}" if column.head else ""
                for each in filter(None, shown):
                    yield from _set(line("  ", (head, "muted"), *each), width)
                    head = "  "


def _set(shown: Line, width: int, *, indent: str = "") -> Iterator[Text]:
    """Break a line where Chinese may be broken; what begins with spaces goes on behind as many."""
    shown = tuple((clean(text), role) for text, role in shown)
    margin = 0
    if cells(text := plain(shown)) > width:
        margin = min(len(text) - len(text.lstrip(" ")), width // 2)
        shown = tuple(_without_leading_spaces(shown))
    for part in fill(shown, width - margin, indent=indent):
        yield Text.assemble(" " * margin, *((each, _STYLES[role]) for each, role in part))


def _styled(texts: Iterator[Text], style: Style) -> Iterator[Text]:
    for text in texts:
        text.stylize_before(style)
        yield text


def _without_leading_spaces(shown: Line) -> Iterator[Part]:
    begun = False
    for text, role in shown:
        yield (text if begun else text.lstrip(" "), role)
        begun = begun or not text.isspace()


def _heads(table: Table) -> tuple[Cell, ...]:
    return tuple(cell(column.head, "strong") for column in table.columns)


def _widest(shown: Cell) -> int:
    return max((cells(plain(each)) for each in shown), default=0)
