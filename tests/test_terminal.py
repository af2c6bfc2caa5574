"""Pages on a terminal: folded and never cut, aligned in cells, harmless, in colour when asked."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from speeches_cli.render import page, terminal
from speeches_cli.render.page import (
    Block,
    Cell,
    Column,
    Group,
    Line,
    Lines,
    Page,
    Prose,
    Role,
    Rule,
    Table,
)
from speeches_cli.render.terminal import Emphasis
from speeches_cli.visible import clean
from tests.shown import HOSTILE, columns, squeezed, tagged, uncoloured, widest

SIGNS = "网格治理54个，。“”（）%abc-… \u3000"
TEXTS = st.one_of(st.text(SIGNS, max_size=30), st.text(max_size=8), st.sampled_from(HOSTILE))
ROLES: st.SearchStrategy[Role] = st.sampled_from(tuple(terminal._STYLES))
LINES = st.lists(st.tuples(TEXTS, ROLES), max_size=3).map(lambda parts: page.line(*parts))
CELLS = st.lists(LINES, min_size=1, max_size=3).map(tuple)
COLUMNS = st.lists(
    st.builds(Column, st.text(SIGNS, max_size=6), st.booleans(), st.booleans()), min_size=1, max_size=5
)


@st.composite
def _tables(draw: st.DrawFn) -> Table:
    heads = tuple(draw(COLUMNS))
    rows = st.lists(st.tuples(*[CELLS] * len(heads)), max_size=3).map(tuple)
    titled = draw(st.booleans())
    groups = st.builds(Group, LINES if titled else st.just(()), rows)
    return Table(heads, tuple(draw(st.lists(groups, max_size=3))), "组" if titled else "")


BLOCKS: st.SearchStrategy[Block] = st.one_of(
    _tables(),
    LINES.map(Prose),
    st.builds(Rule, LINES, st.sampled_from((1, 2, 3))),
    st.lists(LINES, max_size=3).map(lambda lines: Lines(tuple(lines))),
)
PAGES = st.lists(BLOCKS, max_size=4).map(lambda blocks: Page(tuple(blocks)))


def _shown(*blocks: Block, width: int = 80, emphasis: Emphasis = "none") -> str:
    return terminal.render(Page(blocks), width=width, emphasis=emphasis)


def _characters(blocks: Sequence[Block]) -> Counter[str]:
    """Count the characters that a page must show, a table's heads left out."""
    lines: list[Line] = []
    for block in blocks:
        if isinstance(block, Table):
            for group in block.groups:
                lines += [group.title, *(line for row in group.rows for cell in row for line in cell)]
        else:
            lines += block.lines if isinstance(block, Lines) else [block.line]
    return Counter(squeezed("".join(clean(page.plain(line)) for line in lines)))


SCORES = Table(
    (Column("乡镇", keep=True), Column("数", right=True), Column("说明")),
    (
        Group(
            page.line(("甲区", "strong"), ("　城区里最长的一个组名", "muted")),
            (
                (
                    page.cell("东路街道"),
                    (page.line(("46个", "figure")), page.line(("39个+7个", "muted"))),
                    page.cell("网格每日查、疑难问题每周跟、重点人员每月访，合称“三个每”"),
                ),
            ),
        ),
        Group(page.line(("乙县", "strong")), ((page.cell("西镇"), page.cell("5个"), page.cell("")),)),
    ),
    "区县",
)


def test_a_table_has_a_head_line_and_its_group_titles_across_all_columns() -> None:
    """A title is not squeezed into the first column, and there is no border."""
    assert _shown(SCORES, width=80) == (
        "乡镇            数  说明\n"
        "────────────────────────────────────────────────────────────────────────────\n"
        "甲区　城区里最长的一个组名\n"
        "东路街道      46个  网格每日查、疑难问题每周跟、重点人员每月访，合称“三个每”\n"
        "          39个+7个\n"
        "\n"
        "乙县\n"
        "西镇           5个\n"
    )


def test_a_narrow_table_folds_its_widest_column() -> None:
    """It folds where Chinese may be broken: no line of a cell begins with 、 or ends with “."""
    assert _shown(SCORES, width=50) == (
        "乡镇            数  说明\n"
        "──────────────────────────────────────────────────\n"
        "甲区　城区里最长的一个组名\n"
        "东路街道      46个  网格每日查、疑难问题每周跟、重\n"
        "          39个+7个  点人员每月访，合称“三个每”\n"
        "\n"
        "乙县\n"
        "西镇           5个\n"
    )


def test_below_fifty_cells_rows_are_records() -> None:
    """The first cell heads its record, what is empty is left out, and a line goes on indented."""
    assert _shown(SCORES, width=36) == (
        "甲区　城区里最长的一个组名\n"
        "\n"
        "东路街道\n"
        "  数: 46个\n"
        "    39个+7个\n"
        "  说明: 网格每日查、疑难问题每周跟、\n"
        "  重点人员每月访，合称“三个每”\n"
        "\n"
        "乙县\n"
        "\n"
        "西镇\n"
        "  数: 5个\n"
    )


def test_a_table_that_need_not_fold_stays_a_table_however_narrow_the_terminal() -> None:
    """Forty cells are enough for a table of thirty."""
    small = Table(
        (Column("乡镇"), Column("数")), (Group((), ((page.cell("东路"), page.cell("54个")),)),)
    )
    assert _shown(small, width=12) == "乡镇  数\n──────────\n东路  54个\n"
    assert _shown(small, width=9) == "东路\n  数: 54\n  个\n"


def test_a_table_of_many_columns_becomes_records_rather_than_towers_of_characters() -> None:
    """A column of less than five Hanzi is not read, so eight towns at 80 cells stand as records."""
    heads = tuple(Column(f"第{index}镇街道") for index in range(8))
    row = tuple(page.cell(f"第{index}个很长的单元格") for index in range(8))
    table = Table(heads, (Group((), (row,)),))
    assert _shown(table, width=80).splitlines()[:3] == [
        "第0个很长的单元格",
        "  第1镇街道: 第1个很长的单元格",
        "  第2镇街道: 第2个很长的单元格",
    ]
    assert _shown(table, width=94).splitlines()[0].count("镇") == 8


def test_a_cell_without_a_head_goes_on_under_the_one_before() -> None:
    """A bar needs no label in a record."""
    table = Table(
        (Column("乡镇"), Column("次数"), Column("")),
        (Group((), ((page.cell("东路街道"), page.cell("16"), page.cell("█" * 20)),)),),
    )
    assert _shown(table, width=24) == "东路街道\n  次数: 16\n  ████████████████████\n"


def test_prose_is_indented_and_folds_as_chinese_is_set() -> None:
    """Two characters in, no wider than forty Hanzi, no mark at a line's wrong end."""
    prose = Prose(page.line("坚持和发展“枫桥经验”，做到“每日查、每周跟、每月访”。"))
    assert _shown(prose, width=30) == ("　　坚持和发展“枫桥经验”，做到\n“每日查、每周跟、每月访”。\n")
    assert widest(_shown(Prose(page.line("网" * 100)), width=200)) == 80


def test_lines_that_are_too_wide_go_on_behind_their_own_indent() -> None:
    """A long heading under a town stays under it, and a line that fits is left as it is."""
    lines = Lines(
        (page.line("  2.3  ", ("三、聚焦“邻里亲”，打造善治镇", "muted")), page.line("      甲"))
    )
    assert _shown(lines, width=24) == "  2.3  三、聚焦“邻里\n  亲”，打造善治镇\n      甲\n"
    assert _shown(Lines((page.line(" " * 30, "甲乙丙"),)), width=8) == "    甲乙\n    丙\n"
    parts = page.line((" " * 4, "muted"), " " * 4, "  甲 乙丙丁")
    assert _shown(Lines((parts,)), width=12) == "      甲 乙\n      丙丁\n"


def test_headings_fold_too() -> None:
    """No heading is cut at the terminal's edge."""
    assert _shown(Rule(page.line("加快建设和美乡村")), width=10) == "加快建设和\n美乡村\n"


def test_every_role_has_its_own_look() -> None:
    """A hit is red and bold, a bar cyan, a warning magenta: readable on dark and on light."""
    line = page.line(
        ("击", "hit"),
        ("强", "strong"),
        ("轻", "muted"),
        ("数", "figure"),
        ("条", "bar"),
        ("警", "warning"),
        "文",
    )
    assert tagged(_shown(Lines((line,)), emphasis="color")) == (
        "<1;31>击<0><1>强<0><2>轻<0><1>数<0>条<35>警<0>文\n"
    )


def test_without_colour_a_hit_is_bold_still() -> None:
    """Weight alone sets off what colour and weight set off together."""
    marked = Lines((page.line(("击", "hit"), ("轻", "muted"), ("警", "warning"), "文"),))
    assert tagged(_shown(marked, emphasis="weight")) == "<1>击<0><2>轻<0>警文\n"


def test_heads_and_records_are_bold_in_colour() -> None:
    """What heads a column or a record stands out."""
    assert tagged(_shown(SCORES, width=80, emphasis="color")).split("\n")[0] == (
        "<1>乡镇<0>            <1>数<0>  <1>说明<0>"
    )
    assert tagged(_shown(SCORES, width=36, emphasis="color")).split("\n")[:4] == [
        "<1>甲区<0><2>　城区里最长的一个组名<0>",
        "",
        "<1>东路街道<0>",
        "  <2>数: <0><1>46个<0>",
    ]


ENVIRONMENTS = (
    {"NO_COLOR": "1"},
    {"TERM": "dumb"},
    {"FORCE_COLOR": "1", "COLORTERM": "truecolor"},
    {"COLUMNS": "20", "LINES": "5"},
    {"TTY_COMPATIBLE": "1"},
)


@pytest.mark.parametrize("environment", ENVIRONMENTS)
@pytest.mark.parametrize("emphasis", ["color", "weight", "none"])
def test_the_environment_is_not_asked_again(
    monkeypatch: pytest.MonkeyPatch, environment: dict[str, str], emphasis: Emphasis
) -> None:
    """Colour and width were decided by who calls: `--color always` wins over NO_COLOR."""
    for name in ("NO_COLOR", "TERM", "FORCE_COLOR", "COLORTERM", "COLUMNS", "LINES", "TTY_COMPATIBLE"):
        monkeypatch.delenv(name, raising=False)
    marked = Lines((page.line(("击", "hit"), ("条", "bar"), ("警", "warning"), "文" * 40),))
    expected = _shown(SCORES, marked, width=60, emphasis=emphasis)
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    assert _shown(SCORES, marked, width=60, emphasis=emphasis) == expected
    seen = "color" if "\x1b[1;31m" in expected else "weight" if "\x1b[1m" in expected else "none"
    assert seen == emphasis


@pytest.mark.parametrize("text", HOSTILE)
@pytest.mark.parametrize("width", [80, 20])
def test_nothing_in_a_text_acts_on_the_terminal(text: str, width: int) -> None:
    """Not in a cell, a head, a group title, a heading, a paragraph or a line: it is only shown."""
    row = (page.cell(text), page.cell(text))
    blocks = (
        Table((Column(text), Column(text, keep=True)), (Group(page.line(text), (row,)),), text),
        Rule(page.line(text)),
        Prose(page.line(text)),
        Lines((page.line(text),)),
    )
    shown = _shown(*blocks, width=width)
    shown.encode("utf-8")
    assert shown.replace("\n", "").replace("\u3000", "").isprintable()
    assert re.fullmatch(r"(?:\x1b\[[0-9;]*m|[^\x1b])*", _shown(*blocks, width=width, emphasis="color"))


@pytest.mark.parametrize(
    "text", ["[red]红[/red]", "[/x]", "[link=https://e.cn]链[/link]", ":smile:", "尾\\", "[a]\\[b]"]
)
def test_markup_is_printed_as_it_is(text: str) -> None:
    """What Rich would parse, or turn into an emoji, is only text, wherever it stands."""
    table = Table((Column(text),), (Group(page.line(text), ((page.cell(text),),)),), text)
    blocks = (Rule(page.line(text)), table, Lines((page.line(text),)))
    assert [line for line in _shown(*blocks).split("\n") if "─" not in line] == [
        *(text, "", text, text, text, "", text, "")
    ]


@settings(max_examples=60)
@given(PAGES, st.integers(8, 130))
def test_nothing_is_lost_and_nothing_is_too_wide(made: Page, width: int) -> None:
    """Whatever the page and the width, every character is shown and no line is wider than that."""
    shown = terminal.render(made, width=width, emphasis="none")
    assert _characters(made.blocks) <= Counter(squeezed(shown))
    assert widest(shown) <= width


@settings(max_examples=60)
@given(PAGES, st.integers(8, 130))
def test_colour_changes_nothing_but_colour(made: Page, width: int) -> None:
    """Without its escape sequences the coloured page is the plain one."""
    assert uncoloured(terminal.render(made, width=width, emphasis="color")) == terminal.render(
        made, width=width, emphasis="none"
    )


@settings(max_examples=60)
@given(_tables(), st.integers(50, 120))
def test_every_cell_of_a_table_stays_in_its_column(table: Table, width: int) -> None:
    """Each column, read from top to bottom, is its head and its cells, whole and in order."""
    table = table._replace(groups=tuple(group._replace(title=()) for group in table.groups))
    widths = terminal._widths(table, width)
    if widths is None:
        return
    rows = [row for group in table.groups for row in group.rows]
    shown = "\n".join(line for line in _shown(table, width=width).split("\n") if set(line) != {"─"})
    expected: list[Cell] = [
        tuple(line for cell in (page.cell(column.head), *(row[index] for row in rows)) for line in cell)
        for index, column in enumerate(table.columns)
    ]
    assert columns(shown, widths) == [
        squeezed("".join(clean(page.plain(line)) for line in column)) for column in expected
    ]


def test_an_empty_page_is_empty() -> None:
    """No stray line is printed for nothing, and a table without rows is its head."""
    assert _shown() == ""
    assert _shown(Table((Column("乡镇"),), ())) == "乡镇\n────\n"
    assert _shown(Table((Column("乡镇" * 10),), ()), width=10) == ""


def test_the_first_screen_stands_before_the_rest_is_set() -> None:
    """Of a long answer the beginning can be read at once, and the screens together are the page."""
    row = (page.cell("东路街道"), page.cell("46个", "figure"))
    table = Table((Column("乡镇"), Column("数", right=True)), (Group((), (row,) * 1000),))
    screens = list(terminal.screens(Page((table,)), width=80, emphasis="color"))
    assert len(screens) > 2
    assert screens[0].startswith("\x1b[1m乡镇\x1b[0m")
    assert "".join(screens) == terminal.render(Page((table,)), width=80, emphasis="color")
