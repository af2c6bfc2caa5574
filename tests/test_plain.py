"""Plain text for pipes and files: whole lines that other programs can search, and nothing acts."""

from __future__ import annotations

import pytest

from speeches_cli.render import page, plain
from speeches_cli.render.page import Column, Group, Lines, Page, Prose, Rule, Table
from speeches_cli.visible import cells
from tests.shown import HOSTILE

LONG = "在“大走访”活动中，依托43名街道社区班子成员，深入开展“六必访”活动，" * 20
ROWS = (
    (page.cell("东路街道"), page.cell("54个", "figure")),
    (page.cell("West"), (page.line(("46个", "figure")), page.line(("39个+7个", "muted")))),
)
COLUMNS = (Column("乡镇", keep=True), Column("数", right=True))


def test_a_table_is_aligned_in_cells() -> None:
    """A Hanzi counts two, a column flush right ends in one place, and no line ends in spaces."""
    assert plain.render(Page((Table(COLUMNS, (Group((), ROWS),)),))) == (
        "乡镇                   数\n"
        "东路街道             54个\n"
        "West      46个 (39个+7个)\n"
    )  # fmt: skip


def test_group_titles_are_the_first_column_of_every_row() -> None:
    """What `grep` takes out of a table still says where it belongs."""
    groups = (
        Group(page.line(("甲区", "strong")), ROWS[:1]),
        Group(page.line(("乙县", "strong"), ("　西部", "muted")), ROWS[1:]),
    )
    assert plain.render(Page((Table(COLUMNS, groups, "区县"),))) == (
        "区县        乡镇                   数\n"
        "甲区        东路街道             54个\n"
        "乙县　西部  West      46个 (39个+7个)\n"
    )


def test_a_table_without_rows_is_its_head() -> None:
    """Nothing to show is shown as nothing under the heads, and is no crash."""
    assert plain.render(Page((Table(COLUMNS, ()),))) == "乡镇  数\n"
    assert plain.render(Page(())) == ""


def test_a_page_keeps_its_order_with_empty_lines_where_parts_are_apart() -> None:
    """Headings, paragraphs and lines are one line each, without marks for headings or emphasis."""
    blocks = (
        Rule(page.line("题目")),
        Lines((page.line("书记　王一"), (), page.line(("来源", "muted")))),
        Prose(page.line("设置网格", ("54个", "figure"), "。")),
        Rule(page.line("一、抓网格", ("　3.1", "muted")), level=2),
        Prose(page.line("网格")),
    )
    assert plain.render(Page(blocks)) == (
        "题目\n书记　王一\n\n来源\n\n设置网格54个。\n\n一、抓网格　3.1\n网格\n"
    )


def test_nothing_is_broken_or_cut_however_long_it_is() -> None:
    """`show | grep` finds what a line break would split."""
    table = Table((Column("乡镇"), Column("说明")), (Group((), ((page.cell("甲"), page.cell(LONG)),)),))
    shown = plain.render(Page((Prose(page.line(LONG)), table, Lines((page.line(LONG),)))))
    assert shown.count(LONG) == 3
    assert len(shown.splitlines()) == 6


@pytest.mark.parametrize("text", HOSTILE)
def test_nothing_in_a_text_acts_or_breaks_a_line(text: str) -> None:
    """In cells, heads, titles, headings, paragraphs and lines alike, and columns stay aligned."""
    row = (page.cell(text), page.cell("末"))
    table = Table((Column(text), Column("末")), (Group(page.line(text), (row, row)),), text)
    shown = plain.render(
        Page((table, Rule(page.line(text)), Prose(page.line(text)), Lines((page.line(text),))))
    )
    shown.encode("utf-8")
    lines = shown.split("\n")
    assert shown.replace("\n", "").isprintable()
    assert len(lines) == 3 + 1 + 3 + 1
    assert len({cells(line.rpartition("末")[0]) for line in lines[:3]}) == 1


@pytest.mark.parametrize(
    "text",
    ["[red]红[/red]", "[/x]", "[link=https://example.com]链[/link]", ":smile:", "尾\\", "**粗**"],
)
def test_markup_is_printed_as_it_is(text: str) -> None:
    """What Rich or Markdown would read as a command is only text."""
    assert plain.render(Page((Prose(page.line(text)),))) == f"{text}\n"
