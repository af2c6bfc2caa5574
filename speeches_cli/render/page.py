"""The parts of a page, for every format: tables, prose, headings, and lines of styled parts."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Literal, NamedTuple

from speeches_cli.messages import _

Role = Literal["", "hit", "strong", "muted", "figure", "bar", "warning"]
Part = tuple[str, Role]
Line = tuple[Part, ...]
Cell = tuple[Line, ...]
Row = tuple[Cell, ...]


class Column(NamedTuple):
    """One column of a table."""

    head: str
    right: bool = False
    """Whether its cells are set flush right."""
    keep: bool = False
    """Whether its cells are never broken."""


class Group(NamedTuple):
    """Rows of a table under one heading."""

    title: Line
    rows: tuple[Row, ...]


class Table(NamedTuple):
    """Groups of rows; where group titles cannot stand between rows, they are the first column."""

    columns: tuple[Column, ...]
    groups: tuple[Group, ...]
    group_head: str = ""
    """The head of that first column; empty where the groups have no titles."""

    @property
    def headed(self) -> bool:
        """Whether any column has a head; otherwise there is no head line."""
        return any(column.head for column in self.columns)


class Prose(NamedTuple):
    """A paragraph of Chinese, to be set as Chinese is; the parts make up its text."""

    line: Line


class Rule(NamedTuple):
    """A heading."""

    line: Line
    level: int = 1
    """1 is the page's, 2 a section's, 3 that of one thing in it; each one more under another title."""


class Lines(NamedTuple):
    """Lines that are set as they are."""

    lines: tuple[Line, ...]


Block = Table | Prose | Rule | Lines


class Page(NamedTuple):
    """An answer, ready to be set."""

    blocks: tuple[Block, ...]


def headed(shown: Page, about: Sequence[str]) -> Page:
    """Put over a page what it is about, its title first; nothing where there is no title."""
    if not about:
        return shown
    title, *beneath = about
    below = (
        each._replace(level=each.level + 1) if isinstance(each, Rule) else each for each in shown.blocks
    )
    lines = tuple(line((each, "muted")) for each in beneath)
    return Page((Rule(line(title)), Lines(lines), *below))


def line(*parts: str | Part) -> Line:
    """Make a line of plain texts and styled parts, leaving out empty ones."""
    styled: list[Part] = [(part, "") if isinstance(part, str) else part for part in parts]
    return tuple([part for part in styled if part[0]])


def cell(text: str, role: Role = "") -> Cell:
    """Make a cell of one line of one style."""
    return (line((text, role)),)


def row(*shown: str | Cell) -> Row:
    """Make a row of plain texts and of cells."""
    return tuple(cell(each) if isinstance(each, str) else each for each in shown)


def table(columns: Iterable[Column], rows: Iterable[tuple[str, Row]], head: str = "") -> Table:
    """Make a table of rows, each with the title under which it stands; titles keep their order."""
    groups: dict[str, list[Row]] = {}
    for title, each in rows:
        groups.setdefault(title, []).append(each)
    titled = (Group(line((title, "strong")), tuple(members)) for title, members in groups.items())
    return Table(tuple(columns), tuple(titled), head)


def asides(said: Iterable[str], role: Role = "muted") -> Iterator[Lines]:
    """Make lines beside a table or beneath a paragraph; nothing where nothing is said."""
    if lines := tuple(line((each, role)) for each in said):
        yield Lines(lines)


def plain(parts: Line) -> str:
    """Give the text of a line without its styles."""
    return "".join([text for text, _role in parts])


def joined(shown: Cell) -> Line:
    """Join the lines of a cell; muted lines stand in brackets behind the line that they explain."""
    parts: list[Part] = []
    inside = False
    for each in filter(None, shown):
        role = each[0][1]
        aside = role == "muted" and bool(parts)
        if inside and not aside:
            parts.append((_(")"), "muted"))
        if aside:
            parts.append((_(", ") if inside else _(" ("), "muted"))
        elif parts:
            parts.append((" " if role == "warning" else _("; "), ""))
        parts += each
        inside = aside
    return line(*parts, (_(")") if inside else "", "muted"))


def highlighted(text: str, spans: Iterable[tuple[int, int]], role: Role) -> Line:
    """Style the half-open spans of a text, which may overlap."""
    parts: list[Part] = []
    reached = 0
    for start, end in sorted(spans):
        begin = max(start, reached)
        if begin < end:
            parts += [(text[reached:begin], ""), (text[begin:end], role)]
            reached = end
    return line(*parts, text[reached:])


def spaced(shown: Page) -> Iterator[Block]:
    """Yield the blocks of a page, with empty lines around headings and tables."""
    for index, block in enumerate(shown.blocks):
        if index and _are_apart(shown.blocks[index - 1], block):
            yield Lines(((),))
        yield block


def _are_apart(before: Block, after: Block) -> bool:
    if isinstance(before, Rule) and not (isinstance(after, Table) and after.headed):
        return False
    if isinstance(before, Table) or isinstance(after, Table | Rule):
        return True
    return isinstance(before, Lines) and isinstance(after, Prose)
