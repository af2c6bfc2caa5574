"""Pages → text for a terminal, in colour: the only module that knows Rich.

Nothing is cut: what is too long for its column folds. Box-drawing characters stand only in one
head line, because some terminals draw them two cells wide.
"""

from __future__ import annotations

from io import StringIO

from rich import box
from rich.console import Console, RenderableType
from rich.style import Style
from rich.table import Table as RichTable
from rich.text import Text

from speeches_cli.render.page import Block, Cell, Line, Page, Prose, Rule, Table, plain
from speeches_cli.render.typesetting import fill
from speeches_cli.visible import clean

NARROWEST_TABLE = 50
"""In cells: on less, each row is set as a record, a line for each of its cells."""
PROSE_WIDTH = 80
"""In cells: forty Hanzi, the measure of a printed page."""

_STYLES = {
    "": Style.null(),
    "hit": Style(bold=True, color="red"),
    "strong": Style(bold=True),
    "muted": Style(dim=True),
    "figure": Style(bold=True),
    "bar": Style(color="cyan"),
    "warning": Style(color="yellow"),
}


def render(page: Page, *, width: int, color: bool) -> str:
    """Render a page for a terminal of so many cells."""
    console = Console(
        file=StringIO(),
        width=width,
        color_system="standard" if color else None,
        force_terminal=color,
        markup=False,
        emoji=False,
        highlight=False,
        legacy_windows=False,
    )
    with console.capture() as captured:
        for block in page.blocks:
            for renderable in _block(block, width):
                console.print(renderable, soft_wrap=not isinstance(renderable, RichTable))
    return "".join(f"{line.rstrip()}\n" for line in captured.get().splitlines())


def _block(block: Block, width: int) -> list[RenderableType]:
    if isinstance(block, Table):
        return _records(block) if width < NARROWEST_TABLE else [_table(block)]
    if isinstance(block, Rule):
        return (
            ["", _text(block.line, "strong"), ""] if block.level > 1 else [_text(block.line, "strong")]
        )
    if isinstance(block, Prose):
        return [_text(line) for line in fill(block.line, min(width, PROSE_WIDTH))]
    return [_text(line) for line in block.lines]


def _table(table: Table) -> RichTable:
    made = RichTable(
        box=box.SIMPLE_HEAD, pad_edge=False, padding=(0, 1, 0, 0), header_style=Style(bold=True)
    )
    for column in table.columns:
        made.add_column(
            Text(column.head),
            justify="right" if column.right else "left",
            overflow="fold",
            no_wrap=column.keep,
        )
    for group in table.groups:
        if table.group_head:
            made.add_row(Text(clean(group.title), _STYLES["strong"]))
        for row in group.rows:
            made.add_row(*map(_cell, row))
        made.add_section()
    return made


def _records(table: Table) -> list[RenderableType]:
    lines: list[RenderableType] = []
    for group in table.groups:
        if table.group_head:
            lines.append(Text(clean(group.title), _STYLES["strong"]))
        for row in group.rows:
            for column, cell in zip(table.columns, row, strict=True):
                shown = " ".join(plain(line) for line in cell if plain(line))
                lines.append(Text(clean(f"{column.head}: {shown}" if column.head else shown)))
            lines.append("")
    return lines


def _cell(cell: Cell) -> Text:
    return Text("\n").join(_text(line) for line in cell)


def _text(line: Line, role: str = "") -> Text:
    return Text.assemble(
        *((clean(text), _STYLES[each]) for text, each in line), style=_STYLES[role], end=""
    )
