"""What a page consists of, for every format: tables and texts, made of lines of styled parts."""

from collections.abc import Iterable, Iterator, Sequence
from fractions import Fraction
from functools import lru_cache
from itertools import compress, groupby
from typing import Literal, NamedTuple

from speeches_cli.messages import _
from speeches_cli.visible import cells

_BAR = 12  # in cells: the longest bar
_EIGHTHS = " ▏▎▍▌▋▊▉"

NOTHING = "—"  # stands in a column where a speech gives no figure under a name

Role = Literal["", "title", "hit", "strong", "muted", "figure", "bar", "warning"]
Part = tuple[str, Role]
Line = tuple[Part, ...]
Cell = Sequence[Line]
Values = Sequence[str | int | Cell]


class Column(NamedTuple):
    """One column of a table."""

    head: str
    right: bool = False  # whether its cells are set flush right, as numbers are


class Group(NamedTuple):
    """Rows of a table under one title, which may be empty."""

    title: Line
    rows: Sequence[Sequence[Cell]]


class Table(NamedTuple):
    """Groups of rows; where group titles cannot stand between rows, they are the first column."""

    columns: Sequence[Column]
    groups: Sequence[Group]
    group_head: str = ""  # the head of that first column; empty where the groups have no titles

    @property
    def headed(self) -> bool:
        """Whether any column has a head; otherwise there is no head line."""
        return any(column.head for column in self.columns)

    @property
    def heads(self) -> Sequence[Cell]:
        """The heads of the columns as a row."""
        return [cell(column.head, "strong") for column in self.columns]

    @property
    def widths(self) -> list[int]:
        """The cells that the widest line of each column takes, its head included."""
        rows = [self.heads, *(row for group in self.groups for row in group.rows)]
        columns = zip(*rows, strict=True)
        return [max(cells(plain(line)) for cell in column for line in cell) for column in columns]

    def without_bars(self) -> "Table":
        """Leave out the columns of bars, which alone have no head, and are drawn on screens alone."""
        kept = [bool(column.head) or not self.headed for column in self.columns]
        groups = [
            each._replace(rows=[list(compress(row, kept)) for row in each.rows]) for each in self.groups
        ]
        return self._replace(columns=list(compress(self.columns, kept)), groups=groups)


class Text(NamedTuple):
    """A title (h1), a heading, a paragraph to be set as Chinese prose, or lines set as they are."""

    style: Literal["h1", "h2", "prose", "lines"]
    lines: Sequence[Line]  # one, unless the style is `lines`


Block = Table | Text
Page = Iterable[Block]
_TOGETHER = {("prose", "prose"), ("prose", "lines"), ("lines", "lines")}
"""Blocks between which there is no empty line; none stands behind a heading."""


@lru_cache(maxsize=65536)  # the rows of a long table share names and numbers, lest each take room
def line(*parts: str | Part) -> Line:
    """Make a line of plain texts and styled parts, leaving out empty ones."""
    styled: list[Part] = [(part, "") if isinstance(part, str) else part for part in parts]
    return tuple([part for part in styled if part[0]])


@lru_cache(maxsize=65536)
def cell(text: str, role: Role = "") -> Cell:
    """Make a cell of one line of one style."""
    return (line((text, role)),)


@lru_cache(maxsize=65536)
def bar(value: Fraction | int, most: Fraction | int) -> Cell:
    """Draw the share of the most as a bar, to an eighth of a cell; a little is never quite nothing."""
    top, bottom = value.numerator * most.denominator, value.denominator * most.numerator
    eighths = max(1, round(Fraction(top * _BAR * 8, bottom))) if value > 0 else 0
    return cell("█" * (eighths // 8) + _EIGHTHS[eighths % 8].strip(), "bar")


def table(heads: Sequence[str], rows: Iterable[tuple[str, Values]], group_head: str = "") -> Table:
    """Make a table of rows, each with the title under which it stands; titles keep their order."""
    numbers = [True] * len(heads)
    groups: dict[str, list[list[Cell]]] = {}
    for title, values in rows:
        numbers = [so and isinstance(each, int) for so, each in zip(numbers, values, strict=True)]
        shown = [cell(str(each)) if isinstance(each, str | int) else each for each in values]
        groups.setdefault(title, []).append(shown)
    titled = [Group(line((title, "strong")), made) for title, made in groups.items()]
    return Table([*map(Column, heads, numbers)], titled, group_head)


def aside(*texts: str) -> Text:
    """Say something quietly beside the rest, each text on a line."""
    return Text("lines", [line((text, "muted")) for text in texts])


def plain(parts: Line) -> str:
    """Give the text of a line without its styles."""
    return parts[0][0] if len(parts) == 1 else "".join([text for text, _role in parts])


def joined(shown: Cell) -> Line:
    """Join the lines of a cell; a muted line stands in brackets behind the line that it explains."""
    if len(shown) == 1:
        return shown[0]
    parts: list[Part] = []
    for each in filter(None, shown):
        role = each[0][1]
        if role == "muted" and parts:
            parts += ((_(" ("), "muted"), *each, (_(")"), "muted"))
        else:
            between = " " if role == "warning" else _("; ")
            parts += ((between if parts else "", ""), *each)
    return line(*parts)


def highlighted(text: str, spans: Iterable[tuple[int, int]], role: Role) -> Line:
    """Style the half-open spans of a text, which may overlap."""
    inside = {at for start, end in spans for at in range(start, end)}
    parts: list[Part] = []
    for is_inside, run in groupby(enumerate(text), lambda each: each[0] in inside):
        parts.append(("".join([each for _at, each in run]), role if is_inside else ""))
    return line(*parts)


def headed(shown: Page, about: Sequence[str]) -> list[Block]:
    """Put over a page what it is about, its title first; nothing where there is no title."""
    head: list[Block] = [Text("h1", [line(about[0])]), aside(*about[1:])] if about else []
    return [*head, *shown]


def title(shown: Sequence[Block]) -> str:
    """Give the text of a page's first heading; empty where there is none."""
    headings = [each for each in shown if isinstance(each, Text) and each.style.startswith("h")]
    return plain(headings[0].lines[0]) if headings else ""


def spaced(shown: Page) -> Iterator[Block]:
    """Yield the blocks of a page, with empty lines before headings and around tables."""
    before = ""
    for block in shown:
        after = block.style if isinstance(block, Text) else "table"
        if before and not before.startswith("h") and (before, after) not in _TOGETHER:
            yield Text("lines", [()])
        yield block
        before = after
