"""Pages → a Word document: the only module that knows python-docx, which need not be installed."""

from __future__ import annotations

from collections.abc import Sequence
from io import BytesIO
from typing import Any

import docx
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor

from speeches_cli.errors import UsageError
from speeches_cli.messages import _
from speeches_cli.render.page import Block, Cell, Line, Page, Table, cell, plain, title
from speeches_cli.visible import cells, clean

_BODY = 16
"""In points: 三号, as documents have it (GB/T 9704-2012)."""
_STYLES = {
    "Normal": ("仿宋", _BODY),
    "Heading 1": ("黑体", 20),
    "Heading 2": ("黑体", 16),
    "Heading 3": ("黑体", 14),
    "Heading 4": ("黑体", 14),
    "Speeches Line": ("仿宋", 10.5),
    "Speeches Cell": ("宋体", 10.5),
}
"""The font and the size in points of each style; the last two are the program's own."""
_UPRIGHT, _WIDE = (21.0, 29.7), (29.7, 21.0)
_MARGIN = 2.6
"""In centimetres, of A4."""
_MANY_COLUMNS = 5
"""More stand on a page turned on its side."""
_MOST_COLUMNS = 63
"""Word calls a file with more damaged."""
_NARROWEST, _WIDEST = 8, 40
"""In cells: what a column of a Word table is reckoned as, at least and at most."""
_COLOURS = {"muted": "595959", "warning": "993399", "hit": "C00000"}


def render(page: Page) -> bytes:
    """Write a page as a Word document; UsageError where a table is wider than Word can open."""
    blocks = [each.without_bars() if isinstance(each, Table) else each for each in page]
    columns = max((len(each.columns) for each in blocks if isinstance(each, Table)), default=0)
    if columns > _MOST_COLUMNS:
        message = _("Word takes at most {count} columns; name fewer towns, or write .xlsx")
        raise UsageError(message.format(count=_MOST_COLUMNS))
    document = docx.Document()
    about = document.core_properties
    about.author, about.comments, about.title = "speeches", "", clean(title(page))[:255]
    _prepare(document, turned=columns > _MANY_COLUMNS)
    for block in blocks:
        _add(document, block)
    written = BytesIO()
    document.save(written)
    return written.getvalue()


def _prepare(document: Any, *, turned: bool) -> None:
    """Set paper, fonts and language."""
    section = document.sections[0]
    section.orientation = int(turned)
    section.page_width, section.page_height = map(Cm, _WIDE if turned else _UPRIGHT)
    for side in ("left", "right", "top", "bottom"):
        setattr(section, f"{side}_margin", Cm(_MARGIN))
    for name, (font, size) in _STYLES.items():
        if name not in document.styles:
            document.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
        style = document.styles[name]
        style.font.name, style.font.size = "Times New Roman", Pt(size)
        style.font.color.rgb = RGBColor(0, 0, 0)
        style.paragraph_format.space_after = Pt(0 if name.startswith("Speeches") else 4)
        fonts = style.element.rPr.rFonts
        for each in [each for each in fonts.attrib if "Theme" in each]:
            del fonts.attrib[each]  # it would win over the name
        fonts.set(qn("w:eastAsia"), font)
    for language in document.styles.element.iter(qn("w:lang")):
        language.set(qn("w:eastAsia"), "zh-CN")


def _add(document: Any, block: Block) -> None:
    if isinstance(block, Table):
        _add_table(document, block)
        return
    name = {"prose": "Normal", "lines": "Speeches Line"}.get(block.style, f"Heading {block.style[1]}")
    for line in filter(None, block.lines):
        paragraph = document.add_paragraph(style=name)
        if block.style == "prose":
            paragraph.paragraph_format.first_line_indent = Pt(2 * _BODY)
        _write(paragraph, line)


def _write(paragraph: Any, line: Line) -> None:
    for text, role in line:
        run = paragraph.add_run(clean(text))
        run.bold = True if role in ("hit", "strong", "figure") else None
        if role in _COLOURS:
            run.font.color.rgb = RGBColor.from_string(_COLOURS[role])


def _add_table(document: Any, table: Table) -> None:
    """Add a table with borders, whose heads come again on every page and whose rows are not split."""
    made = document.add_table(rows=0, cols=len(table.columns), style="Table Grid")
    made.autofit = False
    section = document.sections[0]
    room = section.page_width - section.left_margin - section.right_margin
    reckoned = _widths(table)
    widths = [int(room * each / sum(reckoned)) for each in reckoned]
    for column, width in zip(made.columns, widths, strict=True):
        column.width = width
    if table.headed:
        heads = [cell(column.head, "strong") for column in table.columns]
        _add_row(made, table, heads).append(OxmlElement("w:tblHeader"))
    for group in table.groups:
        if group.title:
            _add_row(made, table, [(group.title,)])
        for row in group.rows:
            _add_row(made, table, row)
    document.add_paragraph()


def _widths(table: Table) -> list[int]:
    """Reckon how wide each column should be beside the others, in cells."""
    rows = [row for group in table.groups for row in group.rows]
    return [
        min(
            max(
                [
                    _NARROWEST,
                    cells(column.head),
                    *(cells(plain(line)) for row in rows for line in row[at]),
                ]
            ),
            _WIDEST,
        )
        for at, column in enumerate(table.columns)
    ]


def _add_row(made: Any, table: Table, shown: Sequence[Cell]) -> Any:
    """Add a row, numbers flush right, or a title across all columns; give its Word properties."""
    row = made.add_row()
    places = row.cells
    is_title = len(shown) < len(places)
    if is_title:
        places[0].merge(places[-1])
    for place, column, content in zip(places, table.columns, shown, strict=False):
        for number, line in enumerate(content):
            paragraph = place.add_paragraph() if number else place.paragraphs[0]
            paragraph.style = "Speeches Cell"
            paragraph.paragraph_format.keep_with_next = is_title or None
            if column.right and not is_title:
                paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
            _write(paragraph, line)
    properties = row._tr.get_or_add_trPr()  # noqa: SLF001 - python-docx has no word for these
    properties.append(OxmlElement("w:cantSplit"))
    return properties
