"""Pages → text for a terminal, in colour: the only module that knows Rich.

Nothing is cut: what is too long for its column folds. Box-drawing characters stand only in one
head line, because some terminals draw them two cells wide.
"""

from __future__ import annotations

from collections.abc import Iterator
from io import StringIO

from rich import box
from rich.console import Console, ConsoleOptions, RenderableType
from rich.measure import Measurement
from rich.style import Style
from rich.table import Table as RichTable
from rich.text import Text

from speeches_cli.render.page import Block, Cell, Line, Page, Prose, Rule, Table, plain
from speeches_cli.render.typesetting import fill
from speeches_cli.visible import cells, clean

NARROWEST_TABLE = 50
"""In cells: on less, each row is set as a record, a line for each of its cells."""
_NARROWEST_CELL = 12
"""In cells: six Hanzi; what is shorter is never broken."""
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
        for index, block in enumerate(page.blocks):
            if index and isinstance(block, Rule):
                console.print()
            for renderable in _block(block, width):
                console.print(renderable, soft_wrap=not isinstance(renderable, RichTable))
    return "".join(f"{line.rstrip()}\n" for line in captured.get().splitlines())


def _block(block: Block, width: int) -> list[RenderableType]:
    if isinstance(block, Table):
        return _records(block) if width < NARROWEST_TABLE else [_table(block)]
    if isinstance(block, Rule):
        return [_text(block.line, "strong")]
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
            made.add_row(*map(_Cell, row))
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


class _Cell:
    """A cell that breaks its lines as Chinese is broken, to the width that Rich allots it."""

    def __init__(self, cell: Cell) -> None:
        self.lines = cell

    def __rich_measure__(self, _console: Console, options: ConsoleOptions) -> Measurement:
        widest = max((cells(plain(line)) for line in self.lines), default=0)
        return Measurement(min(widest, _NARROWEST_CELL), widest).with_maximum(options.max_width)

    def __rich_console__(self, _console: Console, options: ConsoleOptions) -> Iterator[Text]:
        for line in self.lines:
            for part in fill(line, options.max_width, indent=""):
                yield _text(part)


def _text(line: Line, role: str = "") -> Text:
    return Text.assemble(
        *((clean(text), _STYLES[each]) for text, each in line), style=_STYLES[role]
    )
