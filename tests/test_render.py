"""Every layout of a page in every format: how it looks, that nothing is lost, and that nothing acts."""

from __future__ import annotations

import io
import re
from collections import Counter
from collections.abc import Callable, Iterator
from itertools import pairwise
from typing import Any
from xml.etree import ElementTree as ET

import docx
import pytest
from docx.oxml.ns import qn
from docx.table import Table as WordTable
from docx.text.paragraph import Paragraph
from hypothesis import given, settings, strategies as st
from markdown_it import MarkdownIt
from markdown_it.token import Token

from speeches_cli.corpus import Corpus
from speeches_cli.render import html, markdown, page, picture, terminal, word
from speeches_cli.render.page import Block, Cell, Column, Group, Line, Page, Role, Table, Text
from speeches_cli.render.terminal import Emphasis
from speeches_cli.visible import cells, clean
from tests.shown import (
    HOSTILE,
    agreed,
    columns,
    in_plain,
    on_terminal,
    squeezed,
    tagged,
    uncoloured,
    widest,
)

READER = MarkdownIt("commonmark").enable(["table", "strikethrough"])
SVG = "{http://www.w3.org/2000/svg}"

SIGNS = "网格治理54个，。“”（）%≈>|\\*_`~<>&#+-=.![]():;/'\"abc… \u3000\n\t"
TEXTS = st.one_of(st.text(SIGNS, max_size=30), st.text(max_size=8), st.sampled_from(HOSTILE))
ROLES: st.SearchStrategy[Role] = st.sampled_from(
    ("", "hit", "strong", "muted", "figure", "bar", "warning")
)
LINES = st.lists(st.tuples(TEXTS, ROLES), max_size=3).map(lambda parts: page.line(*parts))
CELLS = st.lists(LINES, min_size=1, max_size=3).map(tuple)
COLUMNS = st.lists(st.builds(Column, st.text(SIGNS, max_size=6), st.booleans()), min_size=1, max_size=5)


@st.composite
def _tables(draw: st.DrawFn) -> Table:
    heads = tuple(draw(COLUMNS))
    rows = st.lists(st.tuples(*[CELLS] * len(heads)), max_size=3).map(tuple)
    titled = draw(st.booleans())
    groups = st.builds(Group, LINES if titled else st.just(()), rows)
    return Table(heads, tuple(draw(st.lists(groups, max_size=3))), "组" if titled else "")


BLOCKS: st.SearchStrategy[Block] = st.one_of(
    _tables(),
    st.builds(Text, st.sampled_from(("prose", "h1", "h2")), st.tuples(LINES)),
    st.lists(LINES, max_size=3).map(lambda lines: Text("lines", lines)),
)
PAGES = st.lists(BLOCKS, max_size=4).map(lambda blocks: blocks)


def _shown(*blocks: Block, width: int = 80, emphasis: Emphasis = "none") -> str:
    return on_terminal(blocks, width=width, emphasis=emphasis)


def _characters(blocks: Page) -> Counter[str]:
    """Count the characters that a page must show, a table's heads left out."""
    lines: list[Line] = []
    for block in blocks:
        if isinstance(block, Table):
            for group in block.groups:
                lines += [group.title, *(line for row in group.rows for cell in row for line in cell)]
        else:
            lines += block.lines
    return Counter(squeezed("".join(clean(page.plain(line)) for line in lines)))


SCORES = Table(
    (Column("乡镇"), Column("数", right=True), Column("说明")),
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
SMALL = Table((Column("乡镇"), Column("数")), (Group((), ((page.cell("东路"), page.cell("54个")),)),))
TERMS = Table((Column(""), Column("")), (Group((), ((page.cell("甲"), page.cell("乙|丙")),)),))
BARS = Table(
    (Column("乡镇"), Column("次数"), Column("")),
    (Group((), ((page.cell("东路街道"), page.cell("16"), page.cell("█" * 16, "bar")),)),),
)
MANY = Table(
    tuple(Column(f"第{index}镇街道") for index in range(8)),
    (Group((), (tuple(page.cell(f"第{index}个很长的单元格") for index in range(8)),)),),
)
SPEECH = (
    Text("h1", [page.line("加快建设和美乡村")]),
    Text("lines", [page.line("书记　王一"), (), page.line(("来源", "muted"))]),
    Text(
        "prose",
        [
            page.line(
                "坚持和发展“",
                ("枫桥经验", "hit"),
                "”，做到“每日查、每周跟”，设置",
                ("54个", "figure"),
                "。",
            )
        ],
    ),
    Text("h2", [page.line("一、抓网格", ("　3.1", "muted"))]),
    Text("prose", [page.line("网格")]),
)
WIDE = Text(
    "lines",
    [
        page.line("  2.3  ", ("三、聚焦“邻里亲”，打造善治镇", "muted")),
        page.line("      甲"),
        page.line(" " * 30, "甲乙丙"),
        page.line((" " * 4, "muted"), " " * 4, "  甲 乙丙丁"),
    ],
)
ROLES_SHOWN = Text(
    "lines",
    [
        page.line(
            *(("击", "hit"), ("强", "strong"), ("轻", "muted")),
            *(("数", "figure"), ("条", "bar"), ("警", "warning"), "文"),
        )
    ],
)
LAYOUTS: dict[str, tuple[Block, ...]] = {
    "nothing": (),
    "a table of groups": (SCORES,),
    "a table without rows": (SCORES._replace(groups=()),),
    "a small table": (SMALL,),
    "a table without heads": (TERMS,),
    "a table with bars": (BARS,),
    "a table of many columns": (MANY,),
    "a speech": SPEECH,
    "lines that are too wide": (WIDE,),
    "every role": (ROLES_SHOWN,),
}


def _on_terminal(width: int, emphasis: Emphasis = "none") -> Callable[[Page], str]:
    return lambda made: tagged(on_terminal(made, width=width, emphasis=emphasis))


def _in_word(made: Page) -> str:
    """Write a page as a Word document, and tell what Word has been told: styles, marks, tables."""
    document = docx.Document(io.BytesIO(word.render([*made])))
    return "".join(f"{each}\n" for each in _said(document.element.body.iterchildren(), document))


def _said(elements: Iterator[Any], document: Any) -> Iterator[str]:
    for each in elements:
        if each.tag == qn("w:p"):
            yield _paragraph(Paragraph(each, document))
        elif each.tag == qn("w:tbl"):
            for row in WordTable(each, document).rows:
                marks = [mark.tag.partition("}")[2] for mark in row._tr.trPr]
                told = [
                    " / ".join(map(_paragraph, cell.paragraphs)) for cell in dict.fromkeys(row.cells)
                ]
                yield f"{' '.join(marks)} | {' | '.join(told)}"


def _paragraph(shown: Any) -> str:
    runs = [
        f"<{run.style.name.removeprefix('Speeches ')}>{run.text}</>"
        if run.style.name.startswith("Speeches ")
        else run.text
        for run in shown.runs
    ]
    return f"{'>' * (shown.alignment == 2)}{shown.style.name}: {''.join(runs)}"


FORMATS: dict[str, Callable[[Page], str]] = {
    "plain": in_plain,
    "markdown": markdown.render,
    "html": lambda made: html.render([*made]).partition("</style>\n")[2],
    **{f"terminal, {width} cells": _on_terminal(width) for width in (94, 80, 50, 36, 24, 12)},
    "terminal, 36 cells, color": _on_terminal(36, "color"),
    "terminal, 36 cells, weight": _on_terminal(36, "weight"),
    "svg, 36 cells": lambda made: picture.render(made, width=36).partition("</style>\n")[2],
    "docx": _in_word,
}


@pytest.mark.parametrize("name", LAYOUTS)
def test_every_layout_in_every_format(name: str) -> None:
    """Aligned in cells, folded where Chinese may be; records where a table is too narrow to be read."""
    made = "".join(f"======== {title}\n{render(LAYOUTS[name])}" for title, render in FORMATS.items())
    assert made == agreed(f"layout-{name.replace(' ', '-')}", made)


@pytest.mark.parametrize("text", HOSTILE)
def test_nothing_in_a_text_acts(text: str) -> None:
    """In no format and no place: a cell, a head, a title, a heading, a paragraph or a line.

    It can be written as UTF-8, breaks no line, is no markup of HTML, and moves no column.
    """
    row = (page.cell(text), page.cell("末"))
    table = Table((Column(text), Column("末")), (Group(page.line(text), (row, row)),), text)
    made: Page = [
        table,
        Text("h1", [page.line(text)]),
        Text("prose", [page.line(text)]),
        Text("lines", [page.line(text)]),
    ]
    for render in FORMATS.values():
        assert render(made).replace("\n", "").replace("\u3000", "").isprintable()
    lines = in_plain(made).split("\n")
    assert len(lines) == 3 + 1 + 3 + 1
    assert len({cells(line.rpartition("末")[0]) for line in lines[:3]}) == 1
    tags = re.sub(
        "</?(?:h1|p|br|table|thead|tbody|tr|td|th|span|html)"
        '(?: class="[a-z ]+"| colspan="2"| border="1" cellspacing="0")?>',
        "",
        FORMATS["html"](made),
    )
    assert not set("<>") & set(tags)
    coloured = on_terminal(made, width=20, emphasis="color")
    assert re.fullmatch(r"(?:\x1b\[[0-9;]*m|[^\x1b])*", coloured)
    ET.fromstring(picture.render(made, width=20))  # noqa: S314 - made here


def test_nothing_is_broken_or_cut_in_a_pipe_however_long_it_is() -> None:
    """`show | grep` finds what a line break would split."""
    long = "在“大走访”活动中，依托43名街道社区班子成员，深入开展“六必访”活动，" * 20
    table = Table((Column("乡镇"), Column("说明")), (Group((), ((page.cell("甲"), page.cell(long)),)),))
    shown = in_plain([Text("prose", [page.line(long)]), table, Text("lines", [page.line(long)])])
    assert shown.count(long) == 3
    assert len(shown.splitlines()) == 6


@pytest.mark.parametrize("emphasis", ["color", "weight", "none"])
def test_the_environment_is_not_asked_again(
    monkeypatch: pytest.MonkeyPatch, emphasis: Emphasis
) -> None:
    """Colour and width were decided by who calls: `--color always` wins over NO_COLOR."""
    expected = _shown(SCORES, ROLES_SHOWN, emphasis=emphasis)
    environment = {"TERM": "dumb", "FORCE_COLOR": "1", "COLORTERM": "truecolor", "TTY_COMPATIBLE": "1"}
    for name, value in {**environment, "COLUMNS": "20", "NO_COLOR": "1"}.items():
        monkeypatch.setenv(name, value)
        assert _shown(SCORES, ROLES_SHOWN, emphasis=emphasis) == expected


@settings(max_examples=60)
@given(PAGES, st.integers(8, 130))
def test_nothing_is_lost_and_nothing_is_too_wide(made: Page, width: int) -> None:
    """Every character is shown, no line is wider than the terminal, and colour is only colour."""
    shown = on_terminal(made, width=width, emphasis="none")
    assert _characters(made) <= Counter(squeezed(shown))
    assert widest(shown) <= width
    coloured = on_terminal(made, width=width, emphasis="color")
    assert uncoloured(coloured) == uncoloured(shown)


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


def test_the_first_screen_stands_before_the_rest_is_set() -> None:
    """Of a long answer the beginning can be read at once, and the screens together are the page."""
    row = (page.cell("东路街道"), page.cell("46个", "figure"))
    table = Table((Column("乡镇"), Column("数", right=True)), (Group((), (row,) * 1000),))
    screens = list(terminal.screens([table], width=80, emphasis="color"))
    assert len(screens) > 2
    assert screens[0].startswith("\x1b[1m乡镇\x1b[0m")
    assert "".join(screens) == on_terminal([table], width=80, emphasis="color")


def _texts(tokens: list[Token]) -> list[str]:
    """Give the text of every heading, paragraph and cell, failing for whatever is no plain text."""
    texts = []
    for token in tokens:
        if token.type == "inline":
            children = token.children or []
            assert {child.type for child in children} <= {
                "text",
                "strong_open",
                "strong_close",
                "hardbreak",
            }
            texts.append("".join("\n" if c.type == "hardbreak" else c.content for c in children))
    return texts


def _strong(source: str) -> list[str]:
    """Give what is bold."""
    found: list[str] = []
    for token in READER.parse(source):
        inside = False
        for child in token.children or []:
            if child.type in ("strong_open", "strong_close"):
                inside = child.type == "strong_open"
                found += [""] if inside else []
            elif inside:
                found[-1] += child.content
    return found


def _read(*blocks: Block) -> list[str]:
    return _texts(READER.parse(markdown.render(blocks)))


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ((("代“", ""), ("枫桥经验", "hit"), ("”", "")), "代“**枫桥经验**”"),
        ((("代", ""), ("“枫桥”", "hit"), ("的", "")), "代“**枫桥**”的"),
        ((("率", ""), ("97.4%", "figure"), ("的", "")), "率**97.4**%的"),
        ((("达", ""), ("≈6.2万", "figure")), "达≈**6.2万**"),
        ((("网格", "hit"), ("网格", "hit"), ("员", "")), "**网格网格**员"),
        ((("网", ""), ("“”", "hit")), "网“”"),
        ((("网", ""), ("", "hit"), ("a*b", "figure")), "网**a\\*b**"),
    ],
)
def test_emphasis_opens_and_closes_beside_hanzi(line: Line, expected: str) -> None:
    """CommonMark reads no ** between a Hanzi and a mark, so marks at the ends stay outside."""
    source = markdown.render([Text("prose", [line])])
    assert source == expected + "\n"
    assert "*" not in "".join(_texts(READER.parse(source))).replace("a*b", "")


@pytest.mark.parametrize("text", HOSTILE)
def test_no_text_is_read_as_markdown(text: str) -> None:
    """It comes out as one heading, one paragraph, one line and one cell of that very text."""
    shown = clean(text).strip()
    blocks = (
        Text("h1", [page.line(text)]),
        Text("prose", [page.line(text)]),
        Text("lines", [page.line(text), page.line("末")]),
    )
    source = markdown.render(blocks)
    kinds = [token.type for token in READER.parse(source) if token.nesting == 1]
    assert kinds == ["heading_open", "paragraph_open", "paragraph_open"]
    assert _texts(READER.parse(source)) == [shown, shown, f"{shown}\n末"]
    table = Table(
        (Column(text), Column("末")),
        (Group(page.line(text), ((page.cell(text), page.cell("末")),)),),
        text,
    )
    assert _read(table) == [shown, shown, "末", shown, shown, "末"]


@settings(max_examples=80)
@given(LINES.filter(bool))
def test_a_paragraph_renders_to_its_words(line: Line) -> None:
    """No sign is lost and none is added; what is bold was emphasised, but for marks at its ends."""
    shown = "".join(clean(text) for text, _role in line).strip()
    assert "".join(_read(Text("prose", [line]))) == shown
    assert "".join(_read(Text("h1", [line]))) == shown
    emphatic = "".join(clean(text) for text, role in line if role in ("hit", "figure"))
    bold = "".join(_strong(markdown.render([Text("prose", [line])])))
    assert {each for each in emphatic if each.isalnum()} <= set(bold) <= set(emphatic)


@settings(max_examples=80)
@given(st.lists(st.tuples(TEXTS, TEXTS), max_size=3), TEXTS.filter(bool))
def test_a_table_renders_to_its_cells(rows: list[tuple[str, str]], head: str) -> None:
    """Every cell is in its place, with its words."""
    body = tuple((page.cell(one), page.cell(other)) for one, other in rows)
    table = Table((Column(head), Column("末", right=True)), (Group((), body),))
    assert _read(table) == [clean(text).strip() for each in ((head, "末"), *rows) for text in each]


def test_the_figures_of_the_corpus_are_bold(corpus: Corpus) -> None:
    """In every sentence that states a figure, Markdown shows its number in bold."""
    for figure in corpus.figures(corpus.speeches):
        part = figure.as_written.split("+")[0]
        start = figure.sentence.index(part)
        line = page.highlighted(figure.sentence, [(start, start + len(part))], "figure")
        (bold,) = _strong(markdown.render([Text("prose", [line])]))
        assert not any(character.isalnum() for character in part.replace(bold, "", 1))


@settings(max_examples=60)
@given(PAGES, st.integers(20, 80))
def test_a_picture_is_what_a_terminal_shows(made: Page, width: int) -> None:
    """Every word stands at the terminal's cells, in its lines, and no run touches the next."""
    drawn = ET.fromstring(picture.render(made, width=width))  # noqa: S314 - made here
    shown = [page.plain(line) for line in terminal.lines(made, width)]
    assert int(drawn.attrib["width"]) == width * 9 + 36
    assert int(drawn.attrib["height"]) == len(shown) * 26 + 36
    runs = [
        (int(each.attrib["y"]), int(each.attrib["x"]), int(each.attrib["textLength"]), each.text or "")
        for each in drawn.iter(f"{SVG}text")
    ]
    assert squeezed("".join(each[-1] for each in runs)) == squeezed("".join(shown))
    for y, x, length, text in runs:
        line = shown[(y - 36) // 26]
        starts = [match.start() for match in re.finditer(re.escape(text), line)]
        assert (x - 18) // 9 in [cells(line[:start]) for start in starts]
        assert length == cells(text) * 9
    assert all(one[:2] < other[:2] for one, other in pairwise(runs))


def test_a_document_for_a_browser_stands_alone() -> None:
    """Encoding, language and title are named, markup in it is text, and nothing is fetched."""
    made = html.render([Text("h1", [page.line("题<b>")]), SMALL])
    assert made.startswith('<!doctype html>\n<html lang="zh-CN">\n<meta charset="utf-8">\n')
    assert "<title>题&lt;b&gt;</title>" in made
    assert "http" not in made
    assert "<title>speeches</title>" in html.render([SMALL])
    assert picture.render([SMALL], width=40).count("http") == 1  # the namespace
