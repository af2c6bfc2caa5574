"""The list of speeches and a speech, as pages in every format."""

from __future__ import annotations

import re

import pytest

from speeches_cli.corpus import Corpus
from speeches_cli.model import Figure, Span
from speeches_cli.render import page, speeches
from speeches_cli.render.page import Page, Table, Text
from speeches_cli.search import Hit
from tests.shown import (
    EAST,
    WEST,
    agreed,
    figure,
    hit,
    in_every_format,
    in_plain,
    on_terminal,
    passage,
    squeezed,
    widest,
)

HEADING = "一、抓网格，搭建“小平台”"
PASSAGES = [
    passage(EAST, 0, 0, EAST.title),
    passage(EAST, 0, 1, "东路街道坚持党建引领，走出了一条城市基层治理的新路子。"),
    passage(EAST, 1, 0, HEADING, HEADING),
    passage(
        EAST,
        1,
        1,
        "坚持和发展新时代“枫桥经验”，设置“红黄绿”网格54个，由社区书记和“两委”成员分别担任网格长，做到"
        "“网格每日查、疑难问题每周跟、重点人员每月访”。满意率达97.4%。",
        HEADING,
    ),
    passage(EAST, 1, 2, "上半年解决问题约1.5万件。", HEADING),
    passage(EAST, 2, 0, "二、惠民生", "二、惠民生"),
    passage(EAST, 2, 1, "年底建成便民服务点12处。", "二、惠民生"),
]
_NOT_FIRST = "，。；：！？、”’）》」"
_NOT_LAST = "“‘（《「"


def _stated(written: str, section: int, paragraph: int, indicator: str, **given: str) -> Figure:
    """Make a figure that stands in one of PASSAGES."""
    places = {(each.section, each.paragraph): each.text for each in PASSAGES}
    start = places[section, paragraph].index(written)
    span = Span(paragraph, start, start + len(written))
    return figure(EAST, written, indicator, section=section, spans=(span,), **given)


FIGURES = [
    _stated("54个", 1, 1, "网格数"),
    _stated("97.4%", 1, 1, "满意率", scope="辖区", note="未说明调查对象"),
    _stated("约1.5万件", 1, 2, "解决问题数", period="上半年"),
    _stated("12处", 2, 1, "便民服务点数", status="plan", period="年底"),
]


def _whole(*, with_figures: bool) -> Page:
    return speeches.speech(EAST, PASSAGES, FIGURES, with_figures=with_figures)


def test_the_list_by_district() -> None:
    """Speeches under the names of their districts, in every format and at every width."""
    made = in_every_format(lambda _width: speeches.speeches([EAST, WEST], grouped=True))
    assert made == agreed("list", made)


def test_the_list_in_another_order() -> None:
    """Where speeches do not stand by district, each names its own."""
    made = in_every_format(lambda _width: speeches.speeches([WEST, EAST], grouped=False))
    assert made == agreed("list-sorted", made)


def test_another_order_is_kept_over_several_meetings() -> None:
    """Only by district do the newest stand first; what a draft guessed is coloured as a warning."""
    later = WEST._replace(compilation=WEST.compilation._replace(date="2024-09-20"), unsure=("title",))
    for shown in ([EAST, later], [later, EAST]):
        (table,) = speeches.speeches(shown, grouped=False)
        assert isinstance(table, Table)
        rows = table.groups[0].rows
        assert [page.plain(row[0][0]) for row in rows] == [each.town for each in shown]
        assert page.cell("title", "warning") in [row[-1] for row in rows]


def test_a_whole_speech() -> None:
    """Title, speaker and source, the opening, and every section under its heading and number."""
    made = in_every_format(lambda _width: _whole(with_figures=False))
    assert made == agreed("speech", made)


def test_a_speech_with_its_figures() -> None:
    """Under each section what it counts, with what limits it and what is to be known of it."""
    made = in_every_format(lambda _width: _whole(with_figures=True))
    assert made == agreed("speech-figures", made)


def test_districts_stand_in_the_order_of_their_first_speech() -> None:
    """A district that comes back later is not opened twice."""
    (table,) = speeches.speeches([WEST, EAST, WEST], grouped=True)
    assert isinstance(table, Table)
    assert [(page.plain(group.title), len(group.rows)) for group in table.groups] == [
        ("乙县", 2),
        ("甲区", 1),
    ]


@pytest.mark.parametrize(
    ("hits", "role", "expected"),
    [
        ([], "figure", ["54个", "97.4%", "约1.5万件", "12处"]),
        ([hit(PASSAGES[4], "上半年")], "hit", ["上半年"]),
    ],
)
def test_figures_or_hits_are_emphasised_where_they_stand(
    hits: list[Hit], role: str, expected: list[str]
) -> None:
    """What stands in another paragraph marks nothing here, though its offsets would fit."""
    made = speeches.speech(EAST, PASSAGES, FIGURES, with_figures=False, hits=hits)
    prose = [each.lines[0] for each in made if isinstance(each, Text) and each.style == "prose"]
    assert [text for line in prose for text, own in line if own == role] == expected


def test_one_section_is_shown_without_the_others() -> None:
    """`show 3.2` has the title, so that one knows whose words these are, and section 2 alone."""
    section = [each for each in PASSAGES if each.section == 2]
    on_one_page = EAST._replace(pages="5")
    assert in_plain(speeches.speech(on_one_page, section, FIGURES[3:], with_figures=False)) == (
        "“一网统管”抓治理、惠民生的探索与实践\n"
        "甲区东路街道党工委书记　王一\n"
        "某市发言材料汇编　2023-09-08　p. 5\n"
        "\n"
        "二、惠民生　3.2\n"
        "年底建成便民服务点12处。\n"
    )


@pytest.mark.parametrize("width", [200, 80, 40, 21])
def test_every_speech_is_set_as_chinese_is_set(corpus: Corpus, width: int) -> None:
    """No line is too wide, begins with a closing mark or ends with an opening one; no word is lost.

    However wide the terminal is, prose takes forty Hanzi, and the eye finds the next line.
    """
    for speech in corpus.speeches:
        passages = list(corpus.passages([speech]))
        figures = tuple(corpus.figures([speech]))
        made = speeches.speech(speech, passages, figures, with_figures=width <= 80)
        shown = on_terminal(made, width=width, emphasis="none")
        assert widest(shown) <= min(width, 80)
        assert [line for line in shown.split("\n") if re.search(f"^ *[{_NOT_FIRST}]", line)] == []
        assert [line for line in shown.split("\n") if re.search(f"[{_NOT_LAST}]$", line)] == []
        for each in passages:
            assert squeezed(each.text) in squeezed(shown)
