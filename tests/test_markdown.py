"""Markdown: what a reader of CommonMark with tables makes of it is what the page says."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from markdown_it.token import Token

from speeches_cli.corpus import Corpus
from speeches_cli.render import markdown, page
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
from speeches_cli.visible import clean
from tests.shown import HOSTILE

READER = MarkdownIt("commonmark").enable(["table", "strikethrough"])
SIGNS = "网格54 “”（）%≈>|\\*_`~<>&#+-=.![]():;/'\"\n\t"
TEXTS = st.one_of(st.text(SIGNS, max_size=10), st.text(max_size=6), st.sampled_from(HOSTILE))
ROLES: st.SearchStrategy[Role] = st.sampled_from(("", "hit", "figure", "muted"))
LINES = st.lists(st.tuples(TEXTS, ROLES), min_size=1, max_size=4).map(lambda parts: page.line(*parts))


def _cell(text: str) -> Cell:
    return page.cell(text)


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


def _kinds(source: str) -> list[str]:
    return [token.type for token in READER.parse(source) if token.nesting == 1]


def _read(*blocks: Block) -> list[str]:
    return _texts(READER.parse(markdown.render(Page(blocks))))


def test_a_page_is_headings_paragraphs_lines_and_tables() -> None:
    """Headings have their level, lines of one block break, emphasis is bold, numbers stand right."""
    table = Table(
        (Column("乡镇"), Column("", keep=True), Column("数", right=True)),
        (
            Group(page.line(("甲区", "strong")), ((_cell("东路"), _cell("█"), _cell("5|4个")),)),
            Group(
                page.line("乙县"),
                (
                    (
                        _cell("西镇"),
                        _cell(""),
                        (page.line(("46个", "figure")), page.line(("合计", "muted"))),
                    ),
                ),
            ),
        ),
        "区县",
    )
    blocks = (
        Rule(page.line("题目")),
        Lines((page.line("书记　王一"), (), page.line(("来源", "muted")))),
        Prose(page.line("设置网格", ("54个", "figure"), "，践行", ("枫桥经验", "hit"), "。")),
        Rule(page.line("一、抓网格", ("　3.1", "muted")), level=2),
        table,
    )
    assert markdown.render(Page(blocks)) == (
        "# 题目\n"
        "\n"
        "书记　王一  \n"
        "来源\n"
        "\n"
        "设置网格**54个**，践行**枫桥经验**。\n"
        "\n"
        "## 一、抓网格　3.1\n"
        "\n"
        "| 区县 | 乡镇 |  | 数 |\n"
        "| --- | --- | --- | --: |\n"
        "| 甲区 | 东路 | █ | 5\\|4个 |\n"
        "| 乙县 | 西镇 |  | 46个 (合计) |\n"
    )


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
    source = markdown.render(Page((Prose(line),)))
    assert source == expected + "\n"
    assert "*" not in "".join(_texts(READER.parse(source))).replace("a*b", "")


@pytest.mark.parametrize("text", HOSTILE)
def test_no_text_is_read_as_markdown(text: str) -> None:
    """It comes out as one heading, one paragraph, one line and one cell of that very text."""
    shown = clean(text).strip()
    blocks = (Rule(page.line(text)), Prose(page.line(text)), Lines((page.line(text), page.line("末"))))
    source = markdown.render(Page(blocks))
    assert _kinds(source) == ["heading_open", "paragraph_open", "paragraph_open"]
    assert _texts(READER.parse(source)) == [shown, shown, f"{shown}\n末"]
    table = Table(
        (Column(text), Column("末")), (Group(page.line(text), ((_cell(text), _cell("末")),)),), text
    )
    assert _read(table) == [shown, shown, "末", shown, shown, "末"]


@settings(max_examples=80)
@given(LINES)
def test_a_paragraph_renders_to_its_words(line: Line) -> None:
    """Whatever stands in it and whatever is bold, no sign is lost and none is added."""
    shown = "".join(clean(text) for text, _role in line).strip()
    assert "".join(_read(Prose(line))) == shown
    assert "".join(_read(Rule(line))) == shown


@settings(max_examples=80)
@given(st.lists(st.tuples(TEXTS, TEXTS), max_size=3), TEXTS)
def test_a_table_renders_to_its_cells(rows: list[tuple[str, str]], head: str) -> None:
    """Every cell is in its place, with its words; only a column in which nothing stands is left out."""
    body = tuple((_cell(one), _cell(other)) for one, other in rows)
    table = Table((Column(head), Column("末", right=True)), (Group((), body),))
    kept = bool(head) or any(clean(one) for one, _other in rows)
    expected = [each[not kept :] for each in ((head, "末"), *rows)]
    assert _read(table) == [clean(text).strip() for each in expected for text in each]


@settings(max_examples=80)
@given(LINES)
def test_what_is_bold_was_emphasised(line: Line) -> None:
    """No stretch is bold that has no role of its own, and only marks at its ends are left out."""
    emphatic = "".join(clean(text) for text, role in line if role in ("hit", "figure"))
    bold = "".join(_strong(markdown.render(Page((Prose(line),)))))
    assert set(bold) <= set(emphatic)
    assert {each for each in emphatic if each.isalnum()} <= set(bold)


def test_the_figures_of_the_corpus_are_bold(corpus: Corpus) -> None:
    """In every sentence that states a figure, Markdown shows its number in bold."""
    for figure in corpus.figures(corpus.speeches):
        part = figure.as_written.split("+")[0]
        start = figure.sentence.index(part)
        line = page.highlighted(figure.sentence, [(start, start + len(part))], "figure")
        (bold,) = _strong(markdown.render(Page((Prose(line),))))
        assert not any(character.isalnum() for character in part.replace(bold, "", 1))
