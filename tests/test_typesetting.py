"""Chinese prose set as Chinese is: the measure, the indent, and where no mark may stand."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings, strategies as st

from speeches_cli.corpus import Corpus
from speeches_cli.render.page import Line, Part, Role, plain
from speeches_cli.render.terminal import INDENT, fill
from speeches_cli.visible import cells
from tests.shown import squeezed

NEVER_FIRST = "，。；：！？、”’）》」…—·％%"
NEVER_LAST = "“‘（《「"
# What must stay whole: numbers and Latin words, dashes, ellipses.
WHOLE = re.compile(r"-?[0-9A-Za-z０-９]+(?:[.,+:-][0-9A-Za-z]+)*[%％]?|——|……")
HANZI = st.sampled_from(("枫", "桥", "式", "经验", "网格"))
PIECES = st.one_of(
    st.sampled_from(("治理，", "（工）", "“大工委”", "《规划》。", "——", "……", "！”", "、", "‘家’")),
    st.sampled_from(("「有」", "党建+", "＋", "·", "：“", "》，", " ", "")),
    st.sampled_from(
        ("97.4%", "12345", "1+3+X", "2023-09-18", "3,584", "-5.2%", "12:30", "N", "３５８４")
    ),
)
# With a word behind each piece, nothing that must stay on one line is wider than 20 cells.
PROSE = st.lists(st.tuples(PIECES, HANZI).map("".join), min_size=1, max_size=40).map("".join)
ROLES: st.SearchStrategy[Role] = st.sampled_from(("", "hit", "figure"))


def _set(text: str, width: int) -> list[str]:
    return [plain(line) for line in fill(((INDENT + text, ""),), width)]


def _characters(*lines: Line) -> list[Part]:
    parts = [part for line in lines for part in line]
    return [(each, role) for text, role in parts for each in text if not each.isspace()]


def _check(text: str, lines: list[str], width: int) -> None:
    """Tell that lines are the text, and that none breaks a rule of Chinese typesetting."""
    assert squeezed("".join(lines)) == squeezed(text)
    assert max(map(cells, lines)) <= width
    assert [line for line in lines[1:] if line[0] in NEVER_FIRST] == []
    assert [line for line in lines[:-1] if line[-1] in NEVER_LAST] == []
    assert [whole for whole in WHOLE.findall(text) if not any(whole in line for line in lines)] == []


def test_a_paragraph_at_a_measure_of_twenty() -> None:
    """A paragraph is indented by two characters, and every line ends where Chinese may break."""
    text = (
        "健全“1+3+X”网格力量体系，在辖区设置“红黄绿”网格54个，每个网格由1名专职网格员、3名兼职网格员"
        "+X名辅助网格员组成，满意率达97.4%——街道12345投诉案件（同类）环比下降30.8%……"
    )
    assert _set(text, 40) == [
        "　　健全“1+3+X”网格力量体系，在辖区设置",
        "“红黄绿”网格54个，每个网格由1名专职网格",
        "员、3名兼职网格员+X名辅助网格员组成，满",
        "意率达97.4%——街道12345投诉案件（同类）环",
        "比下降30.8%……",
    ]


@pytest.mark.parametrize(
    ("text", "width", "lines"),
    [
        ("枫桥经验好，枫桥", 14, ["　　枫桥经验", "好，枫桥"]),
        ("枫桥经验（好）", 14, ["　　枫桥经验", "（好）"]),
        ("枫桥经“验”", 12, ["　　枫桥经", "“验”"]),
        ("枫桥“‘《经》’”。", 14, ["　　枫桥", "“‘《经》’”。"]),
        ("“‘《经》’”。", 16, ["　　“‘《经》’”。"]),
        ("枫桥经——验", 11, ["　　枫桥", "经——验"]),
        ("枫桥经验……", 12, ["　　枫桥经", "验……"]),
        ("枫桥经12345件", 14, ["　　枫桥经", "12345件"]),
        ("枫abcdefghijkl", 12, ["　　枫", "abcdefghijkl"]),
        ("枫桥增长-5.2%", 14, ["　　枫桥增", "长-5.2%"]),
        ("枫桥经验97%。", 14, ["　　枫桥经验", "97%。"]),
        ("枫桥 经验 好的", 10, ["　　枫桥", "经验 好的"]),
        ("枫桥经e\u0301", 10, ["　　枫桥经", "e\u0301"]),
        ("枫桥", 8, ["　　枫桥"]),
        ("", 40, [""]),
    ],
)
def test_where_a_line_may_break(text: str, width: int, lines: list[str]) -> None:
    """Closing marks stay with what they close, opening ones with what they open, numbers whole."""
    assert _set(text, width) == lines


@pytest.mark.parametrize(
    ("text", "width", "lines"),
    [
        ("枫桥https://example.org/a", 12, ["　　枫桥http", "s://example.", "org/a"]),
        ("“‘《经》’”。", 14, ["　　“‘《经》’”", "。"]),
        ("。。。。。。。。", 8, ["　　。。", "。。。。", "。。"]),
        ("枫桥经", 6, ["　　枫", "桥经"]),
    ],
)
def test_what_is_wider_than_a_line(text: str, width: int, lines: list[str]) -> None:
    """What fits on no line is cut rather than let run over the edge, and nothing is lost."""
    assert _set(text, width) == lines


def test_without_an_indent() -> None:
    """A table's cell is set flush left, and an empty one is one empty line."""
    assert fill((("枫桥，经验", "figure"),), 5) == [
        (("枫", "figure"),),
        (("桥，", "figure"),),
        (("经验", "figure"),),
    ]
    assert fill((), 10) == [()]


@settings(max_examples=100)
@given(PROSE, st.integers(24, 90))
def test_the_rules_hold_for_any_prose(text: str, width: int) -> None:
    """Nothing is lost, no line is too wide, none begins or ends where Chinese forbids it."""
    lines = _set(text, width)
    _check(text, lines, width)


@given(st.lists(st.tuples(st.text(max_size=20), ROLES), max_size=4), st.integers(1, 60))
def test_any_text_at_any_width(parts: list[Part], width: int) -> None:
    """No character is lost but spaces at line ends, each keeps its style, and no line is too wide."""
    lines = fill(tuple(parts), width)
    assert _characters(*lines) == _characters(tuple(parts))
    assert all(cells(plain(line)) <= max(width, 2) for line in lines)


@pytest.mark.parametrize("width", [20, 40, 60, 80])
def test_the_speeches(corpus: Corpus, width: int) -> None:
    """The eight speeches obey every rule at every measure."""
    for passage in corpus.passages(corpus.speeches):
        _check(passage.text, _set(passage.text, width), width)
