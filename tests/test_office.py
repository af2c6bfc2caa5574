"""Word and Excel: documents whose structure a word processor knows, numbers that can be added up."""

from __future__ import annotations

import io
import re
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any, get_args
from xml.etree import ElementTree as ET

import docx
import pytest
from docx.oxml.ns import qn

from speeches_cli import messages
from speeches_cli.errors import SpeechesError
from speeches_cli.render import excel, page, word
from speeches_cli.render.page import Column, Group, Table, Text
from tests.conftest import Run
from tests.shown import HOSTILE

SHEET = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"


def _word(*blocks: page.Block) -> Any:
    return docx.Document(io.BytesIO(word.render(blocks)))


def _sheets(made: bytes) -> dict[str, list[list[tuple[str, str]]]]:
    """Read a workbook back: of each sheet its rows; a cell is its kind (s text, n number) and value."""
    book = zipfile.ZipFile(io.BytesIO(made))
    strings = ["".join(each.itertext()) for each in _xml(book, "xl/sharedStrings.xml")]
    return {
        name: [
            [
                (kind := cell.get("t", "n"), strings[int(value)] if kind == "s" else value)
                for cell in row
                if (value := cell.findtext(f"{SHEET}v")) is not None
            ]
            for row in _xml(book, f"xl/worksheets/{name}.xml").iter(f"{SHEET}row")
        ]
        for name in ("sheet1", "sheet2")
    }


def _xml(book: zipfile.ZipFile, name: str) -> ET.Element:
    return ET.fromstring(book.read(name))  # noqa: S314 - made here


def test_chinese_is_set_in_the_fonts_of_documents() -> None:
    """仿宋 for text, 黑体 for headings, 宋体 in tables; a document says what it is about."""
    made = _word(Text("h1", [page.line("题")]))
    fonts = {"Normal": "仿宋", "Heading 1": "黑体", "Speeches Prose": "仿宋", "Speeches Cell": "宋体"}
    for style, font in fonts.items():
        named = made.styles[style].element.rPr.rFonts
        assert named.get(qn("w:eastAsia")) == font
        assert not [each for each in named.attrib if "Theme" in each]
    assert (made.core_properties.title, made.core_properties.author) == ("题", "speeches")
    assert made.sections[0].page_width < made.sections[0].page_height


def test_a_document_has_a_style_for_every_role() -> None:
    """Hits and figures are bold, remarks grey, notes in colour; prose is indented by two characters."""
    styles = _word().styles
    assert styles["Speeches Prose"].paragraph_format.first_line_indent.pt == 32
    assert styles["Speeches Group"].paragraph_format.keep_with_next
    shown = {role: styles[f"Speeches {role}"].font for role in get_args(page.Role) if role}
    assert {role for role, font in shown.items() if font.bold} == {"title", "hit", "strong", "figure"}
    assert {role for role, font in shown.items() if font.color.rgb} == {"hit", "muted", "warning"}


def test_a_table_without_heads_has_none() -> None:
    """No row comes again that says nothing; a wide table turns the page on its side."""
    row = tuple(page.cell(str(number)) for number in range(6))
    made = _word(Table((Column(""),) * 6, (Group((), (row,)),)))
    assert [cell.text for cell in made.tables[0].rows[0].cells] == list("012345")
    assert made.tables[0].rows[0]._tr.trPr.find(qn("w:tblHeader")) is None
    assert made.sections[0].page_width > made.sections[0].page_height


def test_more_columns_than_word_can_open_are_refused() -> None:
    """A file that Word calls damaged would be found out only after it was sent."""
    head = page.cell("1")
    made = _word(Table((Column("甲"),) * 63, (Group((), ((head,) * 63,)),)))
    assert len(made.tables[0].columns) == 63
    with pytest.raises(SpeechesError) as caught:
        _word(Table((Column("甲"),) * 64, ()))
    assert str(caught.value) == "Word takes at most 63 columns; name fewer towns, or write .xlsx"


def test_columns_are_as_wide_as_what_is_in_them() -> None:
    """A remark gets more room than a number, and all together the page."""
    long = Table(
        (Column("数"), Column("说明")), (Group((), ((page.cell("8"), page.cell("长" * 40)),)),)
    )
    made = _word(long)
    short, wide = (column.width for column in made.tables[0].columns)
    assert wide > 4 * short
    assert 15.5 < (short + wide) / 360_000 < 16


def test_a_sheet_adds_up() -> None:
    """Numbers are numbers beside the words as written; nothing runs, and 3.10 is no 3.1."""
    records = [
        {"town": "=1+1", "value": 31000, "share": -30.8, "locator": "3.10", "sure": True, "note": None},
        {"town": "+8", "value": 5, "share": 70, "locator": "@x", "sure": False, "note": "-9"},
    ]
    sheets = _sheets(excel.render(records, ["检索：网格", "《汇编》"]))
    assert sheets["sheet1"] == [
        [("s", each) for each in records[0]],
        [("s", "=1+1"), ("n", "31000"), ("n", "-30.8"), ("s", "3.10"), ("s", "True")],
        [("s", "+8"), ("n", "5"), ("n", "70"), ("s", "@x"), ("s", "False"), ("s", "-9")],
    ]
    assert sheets["sheet2"] == [[("s", "检索：网格")], [("s", "《汇编》")]]


def test_a_sheet_is_frozen_and_filtered_under_its_head(monkeypatch: pytest.MonkeyPatch) -> None:
    """The head stays in sight, in the reader's language, and columns fit Chinese."""
    monkeypatch.setenv("SPEECHES_LANG", "zh")
    messages.settle()
    made = excel.render([{"town": "酒泉路街道", "sentence": "长" * 99}], [])
    sheet = zipfile.ZipFile(io.BytesIO(made)).read("xl/worksheets/sheet1.xml").decode()
    assert '<pane ySplit="1"' in sheet
    assert '<autoFilter ref="A1:B2"/>' in sheet
    widths = [float(each) for each in re.findall('width="([0-9.]+)"', sheet)]
    assert [round(each) for each in widths] == [14, 61]
    assert _sheets(made)["sheet1"][0] == [("s", "镇街"), ("s", "原句")]


def test_what_a_workbook_is_about_stands_on_its_second_sheet() -> None:
    """Line by line at its top, set as the table's texts are; a table of one column is filtered, too."""
    book = zipfile.ZipFile(io.BytesIO(excel.render([{"town": "镇"}], ["检索", "《汇编》"])))
    first, second = (_xml(book, f"xl/worksheets/sheet{number}.xml") for number in (1, 2))
    cells = {name: sheet.iter(f"{SHEET}c") for name, sheet in (("first", first), ("second", second))}
    *_head, text = ((each.get("r"), each.get("s")) for each in cells["first"])
    assert [(each.get("r"), each.get("s")) for each in cells["second"]] == [
        ("A1", text[1]),
        ("A2", text[1]),
    ]
    (width,) = second.iter(f"{SHEET}col")
    assert (width.get("min"), width.get("max"), round(float(width.get("width", 0)))) == ("1", "1", 61)
    assert [each.get("ref") for each in first.iter(f"{SHEET}autoFilter")] == ["A1:A2"]


def test_a_printed_sheet_has_its_head_on_every_page() -> None:
    """It lies on its side and is one page wide, whatever its length; the sheets are named."""
    book = zipfile.ZipFile(io.BytesIO(excel.render([{"town": "镇"}], [])))
    whole, sheet = _xml(book, "xl/workbook.xml"), _xml(book, "xl/worksheets/sheet1.xml")
    assert [each.get("name") for each in whole.iter(f"{SHEET}sheet")] == ["Table", "About"]
    assert "Table!$1:$1" in [each.text for each in whole.iter(f"{SHEET}definedName")]
    (setup,) = sheet.iter(f"{SHEET}pageSetup")
    assert (setup.get("orientation"), setup.get("fitToWidth"), setup.get("fitToHeight")) == (
        *("landscape", None, "0"),
    )


def test_an_empty_answer_is_an_empty_sheet() -> None:
    """A sound corpus has nothing to list, and the file opens all the same."""
    assert _sheets(excel.render([], ["检查"]))["sheet2"] == [[("s", "检查")]]


@pytest.mark.parametrize("text", HOSTILE)
def test_any_text_can_be_written(text: str) -> None:
    """What XML cannot hold is no reason to lose a document."""
    made = _word(
        Text("h1", [page.line(text)]),
        Text("prose", [page.line(text)]),
        Text("lines", [page.line(text)]),
    )
    assert len(made.paragraphs) == 3
    assert excel.render([{text: text}], [text])


def test_what_is_not_installed_is_said_in_one_line(
    run: Callable[..., Run], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """The line says how to install it; no file is left behind, and what was there stays."""
    monkeypatch.setitem(sys.modules, "xlsxwriter", None)
    monkeypatch.delitem(sys.modules, "speeches_cli.render.excel", raising=False)
    monkeypatch.delattr("speeches_cli.render.excel", raising=False)
    file = tmp_path / "x.xlsx"
    file.write_text("old")
    done = run("list", "-o", file)
    assert done == Run(
        2,
        "",
        "speeches: this format needs xlsxwriter; install it with: "
        f"{sys.executable} -m pip install xlsxwriter\n",
    )
    assert [each.read_text() for each in tmp_path.iterdir()] == ["old"]


def test_a_document_says_what_was_asked(run: Callable[..., Run], tmp_path: Path) -> None:
    """Its heading names the question, the compilation, the day and the command."""
    file = tmp_path / "x.docx"
    assert run("search", "登记难", "-d", "安宁", "-o", file).code == 0
    title, source, made, *rest = [each.text for each in docx.Document(str(file)).paragraphs]
    assert (title, source) == (
        "Search: 登记难",
        "《兰州市乡镇街道党（工）委书记工作交流会发言材料汇编》（2023-09-18）",
    )
    assert re.fullmatch(
        r"made on \d{4}-\d\d-\d\d with: speeches search '?登记难'? -d '?安宁'? -o .*", made
    )
    assert rest[0] == "银滩路街道"
    assert rest[1].startswith("“针对历史遗留办证‘登记难’等问题，挨家挨户")
