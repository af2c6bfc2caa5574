"""Pages → text for a terminal, in colour: the only module that knows Rich.

Every line is broken here, where Chinese may be broken, and reaches Rich as finished segments: Rich's
own tables lay out each cell again, which takes ten times as long. Nothing is cut. Box-drawing
characters stand only in one head line, because some terminals draw them two cells wide.
"""

import re
from collections.abc import Iterator, Sequence
from itertools import chain, groupby, islice, pairwise, zip_longest
from operator import itemgetter
from typing import Literal

from rich.console import Console
from rich.segment import Segment, Segments
from rich.style import Style

from speeches_cli.messages import _
from speeches_cli.render import page as page_
from speeches_cli.render.page import Cell, Line, Page, Part, Role, Table, joined, plain
from speeches_cli.visible import cells, clean

_NARROWEST_COLUMN = 12  # in cells: six Hanzi; rows of a table with less for a column are set as prose
_GAP = 2  # in cells, between two columns
PROSE_WIDTH = 80  # in cells: forty Hanzi, the measure of a printed page
_SCREEN = 200  # in lines: more than a terminal shows at once

INDENT = "　　"
_OPENING = re.escape("“‘（《〈「『【〔〖［｛([{／￥¥$≈≥≤><")
_CLOSING = re.escape("，。；：！？、…—·•・～–－＋／％‰℃,.;:!?)]}~-/%+”’）》〉」』】〕〗］｝ 　\xa0")
_COMBINING = "\u0300-\u036f\ufe00-\ufe0f"
_LETTER = "0-9A-Za-zÀ-ɏ０-９Ａ-Ｚａ-ｚ%％‰"
_WORD = rf"[{_LETTER}](?:[-.,．+＋:/@&_'’]*[{_LETTER}])*"  # 1+3+X, 97.4%, 2023-09-18, a@b.cn
_UNBROKEN = re.compile(
    rf"　*[{_OPENING}]*(?:[-−－+＋]?{_WORD}|.)(?:[-－+＋]{_WORD}|[{_CLOSING}{_COMBINING}])*", re.DOTALL
)  # an indent, opening marks, a number, word or character, and what may not begin a line

Emphasis = Literal["color", "weight", "none"]  # in colour, only bold and dim (NO_COLOR), or not

_STYLES: dict[str, Style] = {
    "title": Style(bold=True, underline=True),
    "hit": Style(bold=True, color="red"),
    "strong": Style(bold=True),
    "muted": Style(dim=True),
    "figure": Style(bold=True),
    "warning": Style(color="magenta"),
}


def screens(page: Page, *, width: int, emphasis: Emphasis) -> Iterator[str]:
    """Render a page for a terminal of so many cells, screen by screen, and the first at once."""
    console = Console(
        color_system=None if emphasis == "none" else "standard",
        no_color=emphasis != "color",
        legacy_windows=False,
    )
    set_in = lines(page, width)
    while screen := list(islice(set_in, _SCREEN)):
        alike = groupby(chain.from_iterable((*each, ("\n", "")) for each in screen), itemgetter(1))
        segments = (
            Segment("".join(text for text, _role in parts), _STYLES.get(role)) for role, parts in alike
        )
        with console.capture() as captured:
            console.print(Segments(segments), soft_wrap=True, end="")
        yield captured.get()


def lines(page: Page, width: int) -> Iterator[Line]:
    """Set a page in lines of at most so many cells."""
    for block in page_.spaced(page):
        if isinstance(block, Table):
            widths = _widths(block, width)
            yield from _table(block, widths) if widths else _rows_as_prose(block, width)
        elif block.style == "prose":
            yield from _broken(page_.line(INDENT, *block.lines[0]), min(width, PROSE_WIDTH))
        else:
            role: Role = "title" if block.style.startswith("h") else ""
            for each in block.lines:
                yield from _broken(_in_role(each, role), width)


def _widths(table: Table, width: int) -> list[int] | None:
    """Choose the width of every column; None where one would be too narrow to read."""
    widths = table.widths
    while sum(widths) > width - _GAP * (len(widths) - 1):
        widest = max(widths)
        if widest <= _NARROWEST_COLUMN:
            return None
        widths[widths.index(widest)] -= 1
    return widths


def _table(table: Table, widths: Sequence[int]) -> Iterator[Line]:
    total = sum(widths) + _GAP * (len(widths) - 1)
    if table.headed:
        yield from _row(table, table.heads, widths)
        yield page_.line("─" * total)
    for index, group in enumerate(table.groups):
        yield from [()] if index else []
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
        for column, each, width in zip(table.columns, beside, widths, strict=True):
            space: Part = (" " * (width - cells(plain(each))), "")
            parts += (space, *each) if column.right else (*each, space)
            parts.append((" " * _GAP, ""))
        while parts and not parts[-1][0].strip():
            parts.pop()
        yield tuple(parts)


def _rows_as_prose(table: Table, width: int) -> Iterator[Line]:
    """Set each row as its first cell and then the others that say something, behind their heads."""
    for group in table.groups:
        yield from _broken(group.title, width) if group.title else ()
        for first, *others in group.rows:
            parts = [*_in_role(joined(first), "strong")]
            between = "　"
            for column, shown in zip(table.columns[1:], others, strict=True):
                if shown != page_.cell(page_.NOTHING) and (said := joined(shown)):
                    parts += ((between, ""), (f"{column.head} ".lstrip(), "muted"), *said)
                    between = _("; ")
            yield from _broken(page_.line(*parts), width)


def _broken(shown: Line, width: int) -> list[Line]:
    """Break a line where Chinese may be broken; continuation lines keep its leading spaces."""
    text = plain(shown)
    if not text.isprintable():
        shown = tuple([(clean(text), role) for text, role in shown])
        text = plain(shown)
    if cells(text) <= width:
        return [shown]
    leading = len(text) - len(text.lstrip(" "))
    margin = min(leading, width // 2)
    rest = fill(cut(shown, leading, len(text)), width - margin)
    return [page_.line(" " * margin, *each) for each in rest]


def _in_role(shown: Line, role: Role) -> Line:
    return tuple((text, own or role) for text, own in shown)


def fill(shown: Line, width: int) -> list[Line]:
    """Break a line into lines of at most `width` cells.

    No line begins with a closing mark or ends with an opening one, no dash or ellipsis is split,
    and numbers and Latin words stay whole, unless one alone is wider than a line: that is cut.
    """
    text = plain(shown)
    bounds, at, used = [0], 0, 0
    for unit in _UNBROKEN.findall(text):
        for piece in [unit] if cells(unit) <= width else unit:
            if used and used + cells(piece) > width:
                bounds.append(at)
                used = 0
            used += cells(piece)
            at += len(piece)
    return [
        cut(shown, start, start + len(text[start:end].rstrip()))
        for start, end in pairwise([*bounds, len(text)])
    ]


def cut(parts: Line, start: int, end: int) -> Line:
    """Give what stands between two offsets of a line, with its styles."""
    made: list[Part] = []
    at = 0
    for text, role in parts:
        if piece := text[max(0, start - at) : max(0, end - at)]:
            made.append((piece, role))
        at += len(text)
    return tuple(made)
