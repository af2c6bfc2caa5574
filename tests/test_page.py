"""What a page consists of: lines, cells, emphasis, and where empty lines stand."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given, settings, strategies as st

from speeches_cli.render import page, terminal
from speeches_cli.render.page import Block, Cell, Column, Group, Line, Table, Text

TEXTS = st.text("网格 54个“”", max_size=8)
SPANS = st.lists(st.tuples(st.integers(0, 9), st.integers(0, 9)), max_size=5)


def test_a_line_takes_texts_and_styled_parts_and_leaves_out_empty_ones() -> None:
    """A bare text has no role, what is empty leaves no part, and an empty cell is an empty line."""
    assert page.line("甲", ("乙", "hit"), "", ("", "muted")) == (("甲", ""), ("乙", "hit"))
    assert page.cell("") == ((),)


@pytest.mark.parametrize(
    ("spans", "expected"),
    [
        ([], (("设置54个网格", ""),)),
        ([(2, 5)], (("设置", ""), ("54个", "hit"), ("网格", ""))),
        ([(5, 7), (0, 2)], (("设置", "hit"), ("54个", ""), ("网格", "hit"))),
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
@given(text=TEXTS, spans=SPANS, bounds=st.tuples(st.integers(0, 9), st.integers(0, 9)))
def test_emphasis_never_changes_the_text(
    text: str, spans: list[tuple[int, int]], bounds: tuple[int, int]
) -> None:
    """The words stay, exactly the characters in a span are styled, and a part of a line keeps both."""
    made = page.highlighted(text, spans, "hit")
    styled = [(character, role) for part, role in made for character in part]
    assert styled == [
        (character, "hit" if any(start <= index < end for start, end in spans) else "")
        for index, character in enumerate(text)
    ]
    kept = terminal.cut(made, *bounds)
    assert [(each, role) for part, role in kept for each in part] == styled[slice(*bounds)]


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
            ">60件 (60余件) (上半年) ※ 可疑",
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


def test_what_is_about_a_page_stands_over_it() -> None:
    """A title and what else is known; without a title nothing changes."""
    shown: page.Page = [SECTION, PROSE]
    assert page.headed(shown, ()) == shown
    assert page.headed(shown, ("问", "出处")) == [
        Text("h1", [page.line("问")]),
        page.aside("出处"),
        *shown,
    ]


TITLE, SECTION = Text("h1", [page.line("题")]), Text("h2", [page.line("节")])
PROSE, LINES = Text("prose", [page.line("文")]), Text("lines", [page.line("行")])
TABLE = Table((Column("甲"),), (Group((), ((page.cell("乙"),),)),))
EMPTY = Text("lines", [()])


@pytest.mark.parametrize(
    ("blocks", "expected"),
    [
        ([], []),
        ([TITLE, LINES, PROSE], [TITLE, LINES, EMPTY, PROSE]),
        ([TITLE, SECTION, PROSE, PROSE], [TITLE, SECTION, PROSE, PROSE]),
        ([PROSE, SECTION, TABLE], [PROSE, EMPTY, SECTION, TABLE]),
        ([TABLE, LINES], [TABLE, EMPTY, LINES]),
        ([LINES, TABLE, TITLE], [LINES, EMPTY, TABLE, EMPTY, TITLE]),
        ([PROSE, LINES, PROSE, LINES], [PROSE, LINES, EMPTY, PROSE, LINES]),
    ],
)
def test_empty_lines_stand_before_headings_and_around_tables(
    blocks: list[Block], expected: list[Block]
) -> None:
    """A heading cleaves to what it heads, a source to its quotation, and tables stand alone."""
    assert list(page.spaced(blocks)) == expected


@pytest.mark.parametrize(
    ("value", "drawn"),
    [
        (96, "█" * 12),
        (48, "█" * 6),
        (51, "██████▍"),
        (95, "███████████▉"),
        (0.1, "▏"),
        (0, ""),
        (-1, ""),
    ],
)
def test_a_bar_is_a_ratio(value: float, drawn: str) -> None:
    """It shows a share to an eighth of a cell, of little not quite nothing, and nothing of nothing."""
    assert page.plain(page.bar(Fraction(value), 96)[0]) == drawn
