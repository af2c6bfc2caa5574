"""What a page consists of: lines, cells, emphasis, and where empty lines stand."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from speeches_cli.render import page
from speeches_cli.render.page import Block, Cell, Column, Group, Line, Lines, Page, Prose, Rule, Table

TEXTS = st.text("网格 54个“”", max_size=8)
SPANS = st.lists(st.tuples(st.integers(0, 9), st.integers(0, 9)), max_size=5)


def test_a_line_takes_texts_and_styled_parts_and_leaves_out_empty_ones() -> None:
    """A bare text has no role, and what is empty leaves no part behind."""
    assert page.line("甲", ("乙", "hit"), "", ("", "muted")) == (("甲", ""), ("乙", "hit"))
    assert page.line("") == ()


def test_a_cell_is_one_line_of_one_style() -> None:
    """A cell of an empty text is one empty line, so that its row keeps its place."""
    assert page.cell("54个", "figure") == ((("54个", "figure"),),)
    assert page.cell("") == ((),)


def test_the_text_of_a_line_is_its_parts_in_order() -> None:
    """Styles add no character and take none away."""
    assert page.plain((("设置", ""), ("54个", "figure"), ("网格", ""))) == "设置54个网格"
    assert page.plain(()) == ""


@pytest.mark.parametrize(
    ("spans", "expected"),
    [
        ([], (("设置54个网格", ""),)),
        ([(2, 5)], (("设置", ""), ("54个", "hit"), ("网格", ""))),
        ([(5, 7), (0, 2)], (("设置", "hit"), ("54个", ""), ("网格", "hit"))),
        ([(0, 4), (2, 5)], (("设置54", "hit"), ("个", "hit"), ("网格", ""))),
        ([(1, 6), (2, 4)], (("设", ""), ("置54个网", "hit"), ("格", ""))),
        ([(3, 3)], (("设置54个网格", ""),)),
    ],
)
def test_spans_are_styled_in_any_order_and_may_overlap(
    spans: list[tuple[int, int]], expected: Line
) -> None:
    """Every character in some span has the role, and no character stands twice."""
    assert page.highlighted("设置54个网格", spans, "hit") == expected


@settings(max_examples=100)
@given(text=TEXTS, spans=SPANS)
def test_emphasis_never_changes_the_text(text: str, spans: list[tuple[int, int]]) -> None:
    """Whatever the spans, the words are the same, and exactly the characters in them are styled."""
    made = page.highlighted(text, spans, "hit")
    styled = [role for part, role in made for _character in part]
    assert page.plain(made) == text
    assert styled == [
        "hit" if any(start <= index < end for start, end in spans) else "" for index in range(len(text))
    ]


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        (page.cell(""), ""),
        (page.cell("54个", "figure"), "54个"),
        (page.cell("—", "muted"), "—"),
        ((page.line(("46个", "figure")), page.line(("39个+7个", "muted"))), "46个 (39个+7个)"),
        (
            (
                page.line((">60件", "figure")),
                page.line(("60余件", "muted")),
                page.line(("上半年", "muted")),
                page.line(("※ 可疑", "warning")),
            ),
            ">60件 (60余件, 上半年) ※ 可疑",
        ),
        (
            (
                page.line(("3人", "figure")),
                page.line(("兵支书", "muted")),
                page.line(("4人", "figure")),
                page.line(("1人", "figure")),
            ),
            "3人 (兵支书); 4人; 1人",
        ),
        ((page.line(("上半年", "muted")), page.line(("※ 可疑", "warning"))), "上半年 ※ 可疑"),
        (
            (page.line("东路 +8个"), (), page.line(("1.17×", "muted"), " ", ("▇▁", "bar"))),
            "东路 +8个 (1.17× ▇▁)",
        ),
    ],
)
def test_a_cell_on_one_line_brackets_what_is_said_of_a_number(cell: Cell, expected: str) -> None:
    """A number, how it is written and its limits stay apart: `46个 (39个+7个)` is no two numbers."""
    assert page.plain(page.joined(cell)) == expected


def test_joining_keeps_the_styles() -> None:
    """The brackets are as quiet as what stands in them."""
    bracketed = (("46个", "figure"), (" (", "muted"), ("39个+7个", "muted"), (")", "muted"))
    cell = (page.line(("46个", "figure")), page.line(("39个+7个", "muted")))
    assert page.joined(cell) == bracketed
    more = page.line(("※ 可疑", "warning"))
    assert page.joined((*cell, more)) == (*bracketed, (" ", ""), ("※ 可疑", "warning"))


TITLE, SECTION = Rule(page.line("题")), Rule(page.line("节"), level=2)
PROSE, LINES = Prose(page.line("文")), Lines((page.line("行"),))
TABLE = Table((Column("甲"),), (Group((), ((page.cell("乙"),),)),))
HEADLESS = Table((Column(""),), (Group((), ((page.cell("乙"),),)),))
EMPTY = Lines(((),))


@pytest.mark.parametrize(
    ("blocks", "expected"),
    [
        ([], []),
        ([TITLE, LINES, PROSE], [TITLE, LINES, EMPTY, PROSE]),
        ([TITLE, SECTION, PROSE, PROSE], [TITLE, SECTION, PROSE, PROSE]),
        ([PROSE, SECTION, TABLE], [PROSE, EMPTY, SECTION, EMPTY, TABLE]),
        ([PROSE, SECTION, HEADLESS], [PROSE, EMPTY, SECTION, HEADLESS]),
        ([TABLE, LINES], [TABLE, EMPTY, LINES]),
        ([LINES, TABLE, TITLE], [LINES, EMPTY, TABLE, EMPTY, TITLE]),
        ([PROSE, LINES, PROSE, LINES], [PROSE, LINES, EMPTY, PROSE, LINES]),
    ],
)
def test_empty_lines_stand_before_headings_and_around_tables(
    blocks: list[Block], expected: list[Block]
) -> None:
    """A heading cleaves to what it heads, a source to its quotation, and tables stand alone."""
    assert list(page.spaced(Page(tuple(blocks)))) == expected
