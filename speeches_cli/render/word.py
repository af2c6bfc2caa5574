"""Pages → a Word document: the only module that knows python-docx, which need not be installed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from io import BytesIO
from typing import Any

import docx
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor

from speeches_cli.errors import UsageError
from speeches_cli.messages import _
from speeches_cli.render.page import Block, Cell, Line, Page, Prose, Rule, Table, plain
from speeches_cli.visible import cells, clean

_TEXT, _HEAD, _TABLE, _LATIN = "仿宋", "黑体", "宋体", "Times New Roman"
_OTHER_NAMES = {"仿宋": "FangSong, 仿宋_GB2312, FangSong_GB2312", "黑体": "SimHei", "宋体": "SimSun"}
"""What Word looks for where a font has another name, or is not there."""
_SIZES = {1: 20, 2: 16, 3: 14, 4: 14}
"""In points, of the levels of headings."""
_BODY, _SMALL = 16, 10.5
"""In points: 三号, as documents have it (GB/T 9704-2012), and 五号 in tables and for what is beside."""
_UPRIGHT, _WIDE = (21.0, 29.7), (29.7, 21.0)
_MARGIN = 2.6
"""In centimetres, of A4."""
_MANY_COLUMNS = 5
"""More stand on a page turned on its side."""
_MOST_COLUMNS = 63
"""As Word has it."""
_NARROWEST, _WIDEST, _WIDEST_OF_MANY = 6, 40, 16
"""In cells: what a column of a Word table is reckoned as, at least and at most."""
_COLOURS = {"muted": "595959", "warning": "993399", "hit": "C00000"}


def render(page: Page) -> bytes:
    """Write a page as a Word document; UsageError where a table is wider than Word can open."""
    if any(len(_kept(block)) > _MOST_COLUMNS for block in page.blocks if isinstance(block, Table)):
        message = _("Word takes at most {count} columns; name fewer towns, or write .xlsx")
        raise UsageError(message.format(count=_MOST_COLUMNS))
    document = docx.Document()
    _prepare(document, page)
    for block in page.blocks:
        _add(document, block)
    written = BytesIO()
    document.save(written)
    return written.getvalue()


def _prepare(document: Any, page: Page) -> None:
    """Set paper, fonts and language, and take out what python-docx says of itself."""
    columns = [len(_kept(block)) for block in page.blocks if isinstance(block, Table)]
    section = document.sections[0]
    turned = max(columns, default=0) > _MANY_COLUMNS
    section.page_width, section.page_height = map(Cm, _WIDE if turned else _UPRIGHT)
    if turned:
        section.orientation = 1
    for side in ("left", "right", "top", "bottom"):
        setattr(section, f"{side}_margin", Cm(_MARGIN))
    _font(document.styles["Normal"], _TEXT, _BODY)
    for level, size in _SIZES.items():
        _font(document.styles[f"Heading {level}"], _HEAD, size)
    for language in document.styles.element.iter(qn("w:lang")):
        language.set(qn("w:eastAsia"), "zh-CN")
    titles = [plain(each.line) for each in page.blocks if isinstance(each, Rule)]
    about = document.core_properties
    about.author, about.comments, about.title = "speeches", "", clean(titles[0] if titles else "")[:255]
    fonts = "".join(
        f'<w:font w:name="{name}"><w:altName w:val="{others}"/></w:font>'
        for name, others in _OTHER_NAMES.items()
    )
    for part in document.part.package.iter_parts():
        if part.partname == "/word/fontTable.xml":
            part._blob = part.blob.replace(b"</w:fonts>", f"{fonts}</w:fonts>".encode())  # noqa: SLF001


def _font(style: Any, name: str, size: float) -> None:
    style.font.name, style.font.size, style.font.color.rgb = _LATIN, Pt(size), RGBColor(0, 0, 0)
    fonts = style.element.rPr.rFonts
    for each in [each for each in fonts.attrib if "Theme" in each]:
        del fonts.attrib[each]  # it would win over the name
    fonts.set(qn("w:eastAsia"), name)
    style.paragraph_format.space_after = Pt(4)


def _add(document: Any, block: Block) -> None:
    if isinstance(block, Table):
        _add_table(document, block)
    elif isinstance(block, Rule):
        _runs(document.add_heading("", block.level), block.line)
    elif isinstance(block, Prose):
        paragraph = document.add_paragraph()
        _indent(paragraph)
        _runs(paragraph, block.line)
    else:
        for line in filter(None, block.lines):
            paragraph = document.add_paragraph()
            paragraph.paragraph_format.space_after = Pt(0)
            _runs(paragraph, line, size=_SMALL)


def _indent(paragraph: Any) -> None:
    """Indent the first line by two characters, whatever their size."""
    paragraph.paragraph_format.first_line_indent = Pt(2 * _BODY)
    paragraph._p.pPr.ind.set(qn("w:firstLineChars"), "200")  # noqa: SLF001 - python-docx has no word for it


def _runs(paragraph: Any, line: Line, *, size: float | None = None, font: str = "") -> None:
    for text, role in line:
        run = paragraph.add_run(clean(text))
        run.bold = True if role in ("hit", "strong", "figure") else None
        if role in _COLOURS:
            run.font.color.rgb = RGBColor.from_string(_COLOURS[role])
        if size:
            run.font.size = Pt(size)
        if font:
            run.font.name = _LATIN
            run._r.rPr.rFonts.set(qn("w:eastAsia"), font)  # noqa: SLF001


def _kept(table: Table) -> list[int]:
    """Tell which columns stand in Word: a bar means nothing there."""
    rows = [row for group in table.groups for row in group.rows]
    return [
        index
        for index, column in enumerate(table.columns)
        if column.head or any(role != "bar" for row in rows for line in row[index] for _t, role in line)
    ]


def _add_table(document: Any, table: Table) -> None:
    """Add a table with borders, whose heads come again on every page and whose rows are not split."""
    kept = _kept(table)
    rows = [[row[index] for index in kept] for group in table.groups for row in group.rows]
    made = document.add_table(rows=0, cols=len(kept), style="Table Grid")
    made.autofit = False
    widths = _widths(table, kept, rows)
    section = document.sections[0]
    room = section.page_width.cm - 2 * _MARGIN
    columns = [Cm(room * width / sum(widths)) for width in widths]
    for column, width in zip(made.columns, columns, strict=True):
        column.width = width
    heads: list[Cell] = [(((table.columns[index].head, "strong"),),) for index in kept]
    listed: list[Sequence[Cell]] = [heads] if table.headed else []
    for group in table.groups:
        listed += [[(group.title,)]] if group.title else []
        listed += [[row[index] for index in kept] for row in group.rows]
    for number, shown in enumerate(listed):
        row = made.add_row()
        marks = ["w:cantSplit", *(["w:tblHeader"] if table.headed and not number else [])]
        for mark in marks:
            row._tr.get_or_add_trPr().append(OxmlElement(mark))  # noqa: SLF001
        places = row.cells
        for place, width in zip(places, columns, strict=True):
            place.width = width
        if is_title := len(shown) < len(kept):
            places[0].merge(places[-1])
        for index, (place, content) in enumerate(zip(places, shown, strict=False)):
            _fill(place, content, right=not is_title and table.columns[kept[index]].right)
        if is_title:
            places[0].paragraphs[0].paragraph_format.keep_with_next = True
    document.add_paragraph()


def _widths(table: Table, kept: Sequence[int], rows: Iterable[Sequence[Cell]]) -> list[int]:
    """Reckon how wide each column should be beside the others, in cells."""
    heads = [[table.columns[index].head] for index in kept]
    texts = [
        [*head, *(plain(line) for row in rows for line in row[index])]
        for index, head in enumerate(heads)
    ]
    most = _WIDEST_OF_MANY if len(kept) > _MANY_COLUMNS + 2 else _WIDEST
    return [min(max([_NARROWEST, *map(cells, each)]) + 2, most) for each in texts]


def _fill(place: Any, content: Cell, *, right: bool) -> None:
    """Set the lines of a cell as paragraphs, numbers flush right."""
    for number, line in enumerate(content):
        paragraph = place.add_paragraph() if number else place.paragraphs[0]
        paragraph.paragraph_format.space_after = Pt(0)
        if right:
            paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
        _runs(paragraph, line, size=_SMALL, font=_TABLE)
