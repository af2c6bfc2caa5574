"""Pages → text for a terminal, in colour: the only module that knows Rich.

Nothing is cut: what is too long folds where Chinese may be broken, in a table's columns too, so
cells reach Rich already broken. Box-drawing characters stand only in one head line, because some
terminals draw them two cells wide.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from io import StringIO
from typing import Literal

from rich.console import Console
from rich.style import Style
from rich.table import Table as RichTable
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
_GAP = 2
"""In cells, between two columns."""
PROSE_WIDTH = 80
"""In cells: forty Hanzi, the measure of a printed page."""

Emphasis = Literal["color", "weight", "none"]
"""How hits and figures stand out: in colour, only bold and dim as NO_COLOR leaves them, or not."""

_STYLES: dict[Role, Style] = {
    "": Style.null(),
    "hit": Style(bold=True, color="red"),
    "strong": Style(bold=True),
    "muted": Style(dim=True),
    "figure": Style(bold=True),
    "bar": Style.null(),
    "warning": Style(color="magenta"),
}
_HEADINGS = {1: Style(bold=True, underline=True), 2: Style(bold=True), 3: Style.null()}


def render(page: Page, *, width: int, emphasis: Emphasis) -> str:
    """Render a page for a terminal of so many cells, whatever the environment says of colour."""
    console = Console(
        file=StringIO(),
        width=width,
        color_system=None if emphasis == "none" else "standard",
        no_color=emphasis != "color",
        force_terminal=emphasis != "none",
        legacy_windows=False,
    )
    with console.capture() as captured:
        for block in spaced(page):
            for each in _block(block, width):
                console.print(each, soft_wrap=isinstance(each, Text))
    return "".join(f"{each.rstrip()}\n" for each in captured.get().splitlines())


def _block(block: Block, width: int) -> Iterator[RichTable | Text]:
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
    room = width - _GAP * (len(widths) - 1)
    if sum(widths) > room and width < NARROWEST_TABLE:
        return None
    foldable = [index for index, column in enumerate(table.columns) if not column.keep]
    while sum(widths) > room:
        widest = max(foldable, key=widths.__getitem__, default=None)
        if widest is None or widths[widest] <= _NARROWEST_COLUMN:
            return None
        widths[widest] -= 1
    return widths


def _table(table: Table, widths: Sequence[int]) -> Iterator[RichTable | Text]:
    """Set the heads, then each group's rows as one table of the same columns, under its title."""
    total = sum(widths) + _GAP * (len(widths) - 1)
    if table.headed:
        heads = _columns(table, widths)
        heads.add_row(*_folded(_heads(table), widths))
        yield heads
        yield Text("─" * total)
    for index, group in enumerate(table.groups):
        if index:
            yield Text()
        yield from _set(group.title, total) if group.title else ()
        rows = _columns(table, widths)
        for row in group.rows:
            rows.add_row(*_folded(row, widths))
        yield rows


def _columns(table: Table, widths: Sequence[int]) -> RichTable:
    columns = RichTable.grid(padding=(0, _GAP, 0, 0))
    for column, width in zip(table.columns, widths, strict=True):
        columns.add_column(width=width, no_wrap=True, justify="right" if column.right else "left")
    return columns


def _folded(row: Sequence[Cell], widths: Sequence[int]) -> Iterator[Text]:
    """Break the lines of each cell to the width of its column, which Rich would break wrongly."""
    for shown, width in zip(row, widths, strict=True):
        yield Text("\n").join(text for each in shown for text in _set(each, width))


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
                head = column.head + _(": ") if column.head else ""
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
