"""Pages → a Word document: the only module that writes with python-docx."""

from collections.abc import Sequence
from io import BytesIO
from typing import Any

import docx
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor

from speeches_cli.errors import SpeechesError
from speeches_cli.messages import _
from speeches_cli.render.page import Block, Cell, Line, Page, Table, cell, plain, title
from speeches_cli.visible import cells, clean

_FONTS = {
    "Normal": ("仿宋", 16),
    "Heading 1": ("黑体", 20),
    "Heading 2": ("黑体", 16),
    "Heading 3": ("黑体", 14),
    "Heading 4": ("黑体", 14),
    "Speeches Line": ("仿宋", 10.5),
    "Speeches Cell": ("宋体", 10.5),
}  # the font and the size in points of each style, as documents have them (GB/T 9704-2012)
_STYLES = {"prose": "Normal", "lines": "Speeches Line"}
_INDENT = Pt(32)  # two characters of a paragraph
_MANY_COLUMNS, _MOST_COLUMNS = 5, 63
"""More stand on a page turned on its side; with more Word calls a file damaged."""
_NARROWEST, _WIDEST = 8, 40  # in cells: what a column is reckoned as, at least and at most
_COLOURS = {"muted": "595959", "warning": "993399", "hit": "C00000"}


def render(page: Page) -> bytes:
    """Write a page as a Word document; SpeechesError where a table is wider than Word can open."""
    blocks = [each.without_bars() if isinstance(each, Table) else each for each in page]
    columns = max((len(each.columns) for each in blocks if isinstance(each, Table)), default=0)
    if columns > _MOST_COLUMNS:
        message = _("Word takes at most {count} columns; name fewer towns, or write .xlsx")
        raise SpeechesError(message.format(count=_MOST_COLUMNS))
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
    section.page_width, section.page_height = (Cm(29.7), Cm(21)) if turned else (Cm(21), Cm(29.7))
    section.left_margin = section.right_margin = Cm(2.6)
    for name, (font, size) in _FONTS.items():
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
    for line in filter(None, block.lines):
        name = _STYLES.get(block.style, f"Heading {block.style[1]}")
        paragraph = document.add_paragraph(style=name)
        paragraph.paragraph_format.first_line_indent = _INDENT if block.style == "prose" else None
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
    heads = [cell(column.head, "strong") for column in table.columns]
    rows = [heads, *(row for group in table.groups for row in group.rows)]
    widest = [
        max(cells(plain(line)) for each in column for line in each)
        for column in zip(*rows, strict=True)
    ]
    shares = [min(max(each, _NARROWEST), _WIDEST) for each in widest]
    room = document.sections[0].page_width - 2 * document.sections[0].left_margin
    for column, share in zip(made.columns, shares, strict=True):
        column.width = int(room * share / sum(shares))
    if table.headed:
        _add_row(made, table, heads).append(OxmlElement("w:tblHeader"))
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
            paragraph.style = "Speeches Cell"
            paragraph.paragraph_format.keep_with_next = is_title or None
            if column.right and not is_title:
                paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
            _write(paragraph, line)
    properties = row._tr.get_or_add_trPr()  # noqa: SLF001 - python-docx has no word for these
    properties.append(OxmlElement("w:cantSplit"))
    return properties
