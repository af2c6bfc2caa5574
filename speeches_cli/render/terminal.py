"""Pages → text for a terminal, in colour: the only module that knows Rich.

Every line is broken here, where Chinese may be broken, and reaches Rich as finished segments: Rich's
own tables lay out each cell again, which takes ten times as long. Nothing is cut. Box-drawing
characters stand only in one head line, because some terminals draw them two cells wide.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from io import StringIO
from itertools import islice, zip_longest
from typing import TYPE_CHECKING, Literal, NamedTuple

from rich.console import Console
from rich.segment import Segment
from rich.style import Style

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

if TYPE_CHECKING:
    from rich.console import ConsoleOptions

NARROWEST_TABLE = 50
"""In cells: on less, only a table that need not fold stands as one."""
_NARROWEST_COLUMN = 10
"""In cells: five Hanzi; a table with less for a column is set as records, a line for each cell."""
_GAP = 2
"""In cells, between two columns."""
PROSE_WIDTH = 80
"""In cells: forty Hanzi, the measure of a printed page."""
_SCREEN = 200
"""In lines: more than a terminal shows at once, and so many that printing each screen costs little."""

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
_BOLD = {role: Style(bold=True) + style for role, style in _STYLES.items()}
_UNDERLINED = {role: Style(underline=True) + style for role, style in _BOLD.items()}
_HEADINGS = {1: _UNDERLINED, 2: _BOLD, 3: _STYLES}


class _Set(NamedTuple):
    """A line that need not be broken any more, and the styles of its roles."""

    line: Line
    styles: Mapping[Role, Style] = _STYLES


class _Screen:
    """Lines as Rich's console protocol has them: segments, which a console only has to colour."""

    def __init__(self, lines: Sequence[_Set]) -> None:
        self._lines = lines

    def __rich_console__(self, _console: Console, _options: ConsoleOptions) -> Iterator[Segment]:
        unstyled: list[str] = []  # up to the next style: every segment takes Rich its time
        for shown, styles in self._lines:
            for text, role in _without_spaces_at_its_end(shown):
                if style := styles[role]:
                    yield Segment("".join(unstyled))
                    yield Segment(text, style)
                    unstyled.clear()
                else:
                    unstyled.append(text)
            unstyled.append("\n")
        yield Segment("".join(unstyled))


def screens(page: Page, *, width: int, emphasis: Emphasis) -> Iterator[str]:
    """Render a page for a terminal of so many cells, screen by screen, and the first at once.

    The environment is not asked about colour: that has been decided.
    """
    console = Console(
        file=StringIO(),
        width=width,
        color_system=None if emphasis == "none" else "standard",
        no_color=emphasis != "color",
        force_terminal=emphasis != "none",
        legacy_windows=False,
    )
    lines = (each for block in spaced(page) for each in _block(block, width))
    while screen := list(islice(lines, _SCREEN)):
        with console.capture() as captured:
            console.print(_Screen(screen), soft_wrap=True, end="")
        yield captured.get()


def render(page: Page, *, width: int, emphasis: Emphasis) -> str:
    """Render a whole page for a terminal of so many cells."""
    return "".join(screens(page, width=width, emphasis=emphasis))


def _block(block: Block, width: int) -> Iterator[_Set]:
    if isinstance(block, Table):
        widths = _widths(block, width)
        yield from _records(block, width) if widths is None else map(_Set, _table(block, widths))
    elif isinstance(block, Rule):
        yield from (_Set(each, _HEADINGS[block.level]) for each in _broken(block.line, width))
    elif isinstance(block, Prose):
        yield from map(_Set, _broken(block.line, min(width, PROSE_WIDTH), indent=INDENT))
    else:
        for each in block.lines:
            yield from map(_Set, _broken(each, width))


def _widths(table: Table, width: int) -> list[int] | None:
    """Choose the width of every column; None where one would be too narrow to read."""
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


def _table(table: Table, widths: Sequence[int]) -> Iterator[Line]:
    """Set the heads, then each group's rows in the same columns, under its title."""
    total = sum(widths) + _GAP * (len(widths) - 1)
    if table.headed:
        yield from _row(table, _heads(table), widths)
        yield line("─" * total)
    for index, group in enumerate(table.groups):
        if index:
            yield ()
        yield from _broken(group.title, total) if group.title else ()
        for row in group.rows:
            yield from _row(table, row, widths)


def _row(table: Table, row: Sequence[Cell], widths: Sequence[int]) -> Iterator[Line]:
    """Set the cells of a row side by side, each broken to the width of its column."""
    folded = [
        [part for each in shown for part in _broken(each, width)]
        for shown, width in zip(row, widths, strict=True)
    ]
    for beside in zip_longest(*folded, fillvalue=()):
        parts: list[Part] = []
        space = 0
        for column, each, width in zip(table.columns, beside, widths, strict=True):
            shown = _without_spaces_at_its_end(each) if column.right else each
            free = width - cells(plain(shown))
            if shown:
                parts += ((" " * (space + free * column.right), ""), *shown)
                space = free * (not column.right)
            else:
                space += free
            space += _GAP
        yield tuple(parts)


def _records(table: Table, width: int) -> Iterator[_Set]:
    """Set each row as its first cell, and under it the others that say something."""
    apart = False
    for group in table.groups:
        if group.title:
            yield from [_Set(())] * apart
            yield from map(_Set, _broken(group.title, width))
            apart = True
        for first, *others in group.rows:
            yield from [_Set(())] * apart
            yield from (_Set(each, _BOLD) for each in _broken(joined(first), width))
            apart = True
            for column, shown in zip(table.columns[1:], others, strict=True):
                head = column.head + _(": ") if column.head else ""
                for each in filter(None, shown):
                    yield from map(_Set, _broken(line("  ", (head, "muted"), *each), width))
                    head = "  "


def _broken(shown: Line, width: int, *, indent: str = "") -> list[Line]:
    """Break a line where Chinese may be broken; continuation lines keep its leading spaces."""
    shown = tuple([(clean(text), role) for text, role in shown])
    text = plain(shown)
    if not text.startswith(" ") or cells(text) <= width:
        return fill(shown, width, indent=indent)
    margin = min(len(text) - len(text.lstrip(" ")), width // 2)
    lines = fill(tuple(_without_leading_spaces(shown)), width - margin, indent=indent)
    return [((" " * margin, ""), *each) for each in lines]


def _without_leading_spaces(shown: Line) -> Iterator[Part]:
    begun = False
    for text, role in shown:
        yield (text if begun else text.lstrip(" "), role)
        begun = begun or not text.isspace()


def _without_spaces_at_its_end(shown: Line) -> Line:
    while shown and (text := shown[-1][0]) != (kept := text.rstrip()):
        shown = (*shown[:-1], *([(kept, shown[-1][1])] if kept else ()))
    return shown


def _heads(table: Table) -> tuple[Cell, ...]:
    return tuple(cell(column.head, "strong") for column in table.columns)


def _widest(shown: Cell) -> int:
    return max((cells(plain(each)) for each in shown), default=0)
