"""Pages → a Word document: the only module that writes with python-docx.

Paper, language, fonts and colours (GB/T 9704-2012) are those of `template.docx` beside this file, where
a style "Speeches …" stands for each role of a text.
"""

from collections.abc import Sequence
from importlib.resources import files
from io import BytesIO
from typing import Any

import docx
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement

from speeches_cli.errors import SpeechesError
from speeches_cli.messages import _
from speeches_cli.render.page import Block, Cell, Line, Table, title
from speeches_cli.visible import clean

_STYLES = {"prose": "Speeches Prose", "lines": "Speeches Lines"}
_MANY_COLUMNS, _MOST_COLUMNS = 5, 63
"""More stand on a page turned on its side; with more Word calls a file damaged."""
_NARROWEST, _WIDEST = 8, 40  # in cells: what a column is reckoned as, at least and at most


def render(page: Sequence[Block]) -> bytes:
    """Write a page as a Word document; SpeechesError where a table is wider than Word can open."""
    blocks = [each.without_bars() if isinstance(each, Table) else each for each in page]
    columns = max((len(each.columns) for each in blocks if isinstance(each, Table)), default=0)
    if columns > _MOST_COLUMNS:
        message = _("Word takes at most {count} columns; name fewer towns, or write .xlsx")
        raise SpeechesError(message.format(count=_MOST_COLUMNS))
    with (files(__package__) / "template.docx").open("rb") as template:
        document: Any = docx.Document(template)
    document.core_properties.title = clean(title(page))[:255]
    section = document.sections[0]
    if columns > _MANY_COLUMNS:
        section.orientation = 1
        section.page_width, section.page_height = section.page_height, section.page_width
    for block in blocks:
        if isinstance(block, Table):
            _add_table(document, block)
            continue
        for line in filter(None, block.lines):
            name = _STYLES.get(block.style, f"Heading {block.style[1]}")
            _write(document.add_paragraph(style=name), line)
    written = BytesIO()
    document.save(written)
    return written.getvalue()


def _write(paragraph: Any, line: Line) -> None:
    for text, role in line:
        paragraph.add_run(clean(text), f"Speeches {role}" if role else None)


def _add_table(document: Any, table: Table) -> None:
    """Add a table with borders, whose heads come again on every page and whose rows are not split."""
    made = document.add_table(rows=0, cols=len(table.columns), style="Table Grid")
    made.autofit = False
    shares = [min(max(each, _NARROWEST), _WIDEST) for each in table.widths]
    room = document.sections[0].page_width - 2 * document.sections[0].left_margin
    for column, share in zip(made.columns, shares, strict=True):
        column.width = int(room * share / sum(shares))
    if table.headed:
        _add_row(made, table, table.heads).append(OxmlElement("w:tblHeader"))
    for group in table.groups:
        if group.title:
            _add_row(made, table, [(group.title,)])
        for row in group.rows:
            _add_row(made, table, row)
    document.add_paragraph()


def _add_row(made: Any, table: Table, shown: Sequence[Cell]) -> Any:
    """Add a row, numbers flush right, or a title across all columns; give its Word properties."""
    row = made.add_row()
    is_title = len(shown) < len(table.columns)
    if is_title:
        row.cells[0].merge(row.cells[-1])
    for place, column, lines in zip(row.cells, table.columns, shown, strict=False):
        for number, line in enumerate(lines):
            paragraph = place.add_paragraph() if number else place.paragraphs[0]
            paragraph.style = "Speeches Group" if is_title else "Speeches Cell"
            if column.right and not is_title:
                paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
            _write(paragraph, line)
    properties = row._tr.get_or_add_trPr()  # noqa: SLF001 - python-docx has no word for these
    properties.append(OxmlElement("w:cantSplit"))
    return properties
