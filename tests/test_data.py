"""`data/speeches.yaml`: the eight speeches are whole, and every numeral in them is accounted for."""

from __future__ import annotations

import itertools
import re
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
import yaml

from speeches_cli import folding, units
from speeches_cli.corpus import Corpus, packaged, schema
from speeches_cli.corpus.schema import Entry
from speeches_cli.model import HEADING, OPENING, Span
from tests.material import passages

DOCUMENT = schema.read(packaged().read_bytes(), file="speeches.yaml")
TREE: Any = yaml.load(packaged().read_text("utf-8"), yaml.BaseLoader)  # noqa: S506 - only texts
EVERY_SPEECH = pytest.mark.parametrize("entry", DOCUMENT.entries, ids=lambda each: each.speech.slug)

RAW = Path(__file__).with_name("compilation.txt").read_text("utf-8")
"""The compilation as it was published."""

# All that may differ between the two, and each but once. Page furniture first: the contents page
# and the sixteen others end with their numbers, and a seller of documents left his marks.
PAGE_ENDS = [f"— {page} — ★ " if page % 2 == 0 else f"★  — {page} —" for page in (2, *range(1, 17))]
MARKS = {"##paidbegin##": "", "##paidend##": ""}
# The third speech's district slipped from its byline to the end of its title, here and there.
SLIPPED = {
    "\n3．酒泉路街道党工委书记马竞：\n": "\n3．城关区酒泉路街道党工委书记马竞：\n",
    "\n“一网两访三为”探索基层治理新路径城关区…": "\n“一网两访三为”探索基层治理新路径…",
    "\n“一网两访三为”探索基层治理新路径城关区\n": "\n“一网两访三为”探索基层治理新路径\n",
    "\n酒泉路街道党工委书记 马竞\n": "\n城关区酒泉路街道党工委书记 马竞\n",
}
# Spaces that justified lines left in the prose.
LAYOUT_SPACES = {
    "1 处， 鼓励": "1处，鼓励",
    "联合公司， 带动": "联合公司，带动",
    "“项目清单” 48条": "“项目清单”48条",
}
# Where a line or page of the layout ends inside a paragraph, and where a paragraph begins inside
# a line; a heading runs into its first paragraph with a 。 that it doesn't have in the corpus.
JOINS = [
    *(
        "驻共建，|建设红色",
        "、党史剪|纸长廊等",
        "效、乡村|宜居宜业",
        "度假区”|1处，鼓",
        "山村、赖|家坡村分",
    ),
    *(
        "主法治示|范村”“",
        "化为民办|事体系，",
        "8家志愿|服务队伍",
        "小街巷改|造等民生",
        "大力推进|新食品产",
    ),
    *("000余|个，人均", "了一条城|市基层治", "社区“大|党委”，", "全预警信|息120", "企业改制|遗留问题"),
    *(
        "500平|方米，推",
        "理新变化|提升群众",
        "方米、老|化管道约",
        "势，着力|构建以有",
        "工平台、|新建货车",
    ),
    "，实现异|地“有家",
]
SPLITS = ["余人次。|“三为”"]


def mend(text: str, replacements: dict[str, str]) -> str:
    """Replace each once: what isn't there, or twice, is not what was accounted for."""
    for old, new in replacements.items():
        assert text.count(old) == 1, old
        text = text.replace(old, new)
    return text


def pages() -> list[list[str]]:
    """Cut the compilation into pages of lines, the contents page first, without the furniture."""
    found: list[list[str]] = [[]]
    page_ends = []
    for line in mend(RAW, MARKS | SLIPPED | LAYOUT_SPACES).split("\n"):
        if "★" in line:
            page_ends.append(line)
            found.append([])
        elif line:
            found[-1].append(line)
    assert page_ends == PAGE_ENDS
    assert found.pop() == []
    return found


CONTENTS, *PAGES = pages()
HEAD, PAGES[0] = PAGES[0][:2], PAGES[0][2:]


def published(entry: Entry) -> list[str]:
    """Give the lines of the two pages that each speech fills: title, byline, body."""
    number = entry.speech.id
    return PAGES[2 * number - 2] + PAGES[2 * number - 1]


def paragraphs(entry: Entry) -> list[str]:
    """Give the body as it is published: the opening, then headings run into the first paragraph."""
    found: list[str] = []
    for passage in passages(entry)[1:]:
        if passage.section != OPENING and passage.paragraph == 1:
            found[-1] += "。" + passage.text
        else:
            found.append(passage.text)
    return found


def breaks(lines: list[str]) -> set[int]:
    """Say where in the joined text a line ends and another begins."""
    return {len("".join(lines[:count])) for count in range(1, len(lines))}


@EVERY_SPEECH
def test_the_prose_is_the_published_one(entry: Entry) -> None:
    """Not one character is lost, added or changed, in either direction."""
    assert "".join(paragraphs(entry)) == "".join(published(entry)[2:])


def test_paragraphs_begin_and_end_where_the_published_ones_do() -> None:
    """Only the joins and the split that are listed here lie between text and layout."""
    joins: list[str] = []
    splits: list[str] = []
    for entry in DOCUMENT.entries:
        body = published(entry)[2:]
        text, layout, corpus = "".join(body), breaks(body), breaks(paragraphs(entry))
        for place in sorted(layout ^ corpus):
            around = f"{text[place - 4 : place]}|{text[place : place + 4]}"
            (joins if place in layout else splits).append(around)
    assert joins == JOINS
    assert splits == SPLITS


@EVERY_SPEECH
def test_title_post_and_speaker_are_the_published_ones(entry: Entry) -> None:
    """Each speech bears its title and byline, and the contents page says the same, page included."""
    speech = entry.speech
    assert published(entry)[:2] == [speech.title, f"{speech.post} {speech.speaker}"]
    listed, title = CONTENTS[2 * speech.id - 1 : 2 * speech.id + 1]
    assert listed == f"{speech.id}．{speech.post}{speech.speaker}："
    assert re.split("…+", title) == [speech.title, str(2 * speech.id - 1)]


def test_nothing_is_published_beside_the_eight_speeches() -> None:
    """Contents page, head and speeches are all there is, and the corpus names their source."""
    assert [each.speech.id for each in DOCUMENT.entries] == list(range(1, 9))
    assert (len(PAGES), len(CONTENTS), CONTENTS[0]) == (16, 17, "目 录")
    source = DOCUMENT.compilation
    assert [source.title, "（2023 年 9 月 18 日）"] == HEAD
    assert source.date == "2023-09-18"
    assert source.title == f"{source.meeting}发言材料汇编"


@EVERY_SPEECH
def test_district_town_and_kind_agree_with_the_post(entry: Entry) -> None:
    """Who speaks for a town has its name in the post, and the kind is the end of the town's name."""
    speech = entry.speech
    assert speech.post.startswith(speech.district)
    assert re.search(f"{speech.town}党(工)?委书记$", speech.post)
    assert speech.town.endswith(speech.kind)


def test_slugs_are_pinyin() -> None:
    """A slug is the toneless pinyin of the name without 区, 县, 镇 or 街道."""
    named = [(each.speech.slug, each.speech.town, each.speech.kind) for each in DOCUMENT.entries]
    named += [(slug, name, name[-1]) for name, slug in DOCUMENT.districts if name != "兰州新区"]
    named += [(dict(DOCUMENT.districts)["兰州新区"], "兰州新区", "")]
    for slug, name, ending in named:
        syllables = [folding.readings(character) for character in name.removesuffix(ending)]
        assert slug in {"".join(each) for each in itertools.product(*syllables)}, name


# What has a Chinese numeral and states no quantity: names, turns of phrase, numbered programmes.
NO_QUANTITY = """
走出了一条 全链条一体化 一体发展 一致好评 一批 一窗 一系列 一家亲 单一 逐一 一对一 一刻钟 一站式
一举 这一做法 第一 一网统筹 一专多能 “两家人” “三不管” “一网” “两访” “三为”
一网两访三为 三个清单 两委 两张报表 六必访 一老一小 两巷两园两角一中心 一街一岸三中心 四园四中心
一家一院四角两中心 三院合一 塑料三厂 一村一项目 万亩向日葵园 三评一创 座中四连 园一期 金九条
一级支流 接二连三 四级管理 两代表一委员 十大工程 三合一 七一工作室 十一街 六单 七色花 四点半
万亩都市 一核一带两中心 五村示范 八村整治 两岸
"""
CHINESE_NUMERAL = "[零〇一二两三四五六七八九十百千万亿]"
ARABIC_NUMERAL = r"[0-9０-９]+(?:[.．][0-9０-９]+)?"


def stated(entry: Entry) -> set[tuple[int, Span]]:
    """Give the section and span of every figure's parts."""
    return {(each.section, span) for each in entry.figures for span in each.spans}


def cited(entry: Entry) -> Counter[tuple[int, Span]]:
    """Count the section and span of every figure's parts, and of what is listed as none."""
    return Counter(
        (each.passage.section, Span(each.passage.paragraph, span.start, span.stop))
        for each in entry.paragraphs
        for span in each.cited
    )


@EVERY_SPEECH
def test_every_arabic_numeral_is_a_figure_or_listed_as_none(entry: Entry) -> None:
    """Each lies whole in exactly one of them, and nothing is listed that has none."""
    accounted = cited(entry)
    twice = [span for (_section, span), times in accounted.items() if times > 1]
    assert len(twice) == (entry.speech.town == "海石湾镇")  # 20个网格: 网格, and with a 党支部 each
    numerals = [
        (passage.section, passage.paragraph, *match.span())
        for passage in passages(entry)
        for match in re.finditer(ARABIC_NUMERAL, passage.text)
    ]
    for section, paragraph, start, end in numerals:
        covering = [
            span.start <= start and end <= span.end
            for each, span in accounted
            if (each, span.paragraph) == (section, paragraph)
            if span.start < end and start < span.end
        ]
        assert covering == [True], (section, paragraph, start)
    unstated = accounted.keys() - stated(entry)
    assert len(unstated) == len(_listed(entry))
    for section, span in unstated:
        place = (section, span.paragraph)
        assert any(each[:2] == place and span.start <= each[2] < span.end for each in numerals), span


def _listed(entry: Entry) -> list[Any]:
    """Give what the file lists as numerals of a speech, as it stands there."""
    listed: list[Any] = TREE["speeches"][entry.speech.id - 1].get("numerals", [])
    return listed


def test_every_chinese_numeral_is_a_figure_or_part_of_a_phrase() -> None:
    """三分之一 and 两个…中心村 are figures; every other one stands in a phrase that is listed here."""
    listed = NO_QUANTITY.split()
    phrases = re.compile("|".join(sorted(listed, key=len, reverse=True)))
    used: set[str] = set()
    for entry in DOCUMENT.entries:
        for passage in passages(entry):
            characters = list(passage.text)
            for section, span in stated(entry):
                if (section, span.paragraph) == (passage.section, passage.paragraph):
                    characters[span.start : span.end] = " " * (span.end - span.start)
            text = "".join(characters)
            if passage.paragraph == HEADING:
                text = re.sub("^[一二三四]、", "", text)
            used |= set(phrases.findall(text))
            assert not re.search(CHINESE_NUMERAL, phrases.sub("", text)), passage
    assert used == set(listed)


@EVERY_SPEECH
def test_every_citation_stands_in_its_section_once_or_says_which(entry: Entry) -> None:
    """Seen without the loader: the words are there, and there is no doubt which are meant."""
    speech = TREE["speeches"][entry.speech.id - 1]
    sections = [speech["title"] + "\n" + speech["opening"]]
    sections += ["\n".join([each["heading"], *each["paragraphs"]]) for each in speech["sections"]]
    for figure in (*speech["figures"], *_listed(entry)):
        cites = figure["cite"] if isinstance(figure["cite"], list) else [figure["cite"]]
        for cite in cites:
            count = sections[int(figure["section"])].count(cite)
            assert count == 1 or 1 <= int(figure.get("occurrence", 0)) <= count, cite
    assert len(speech["figures"]) == len(entry.figures)


@EVERY_SPEECH
def test_figures_stand_in_the_order_of_the_text(entry: Entry) -> None:
    """Whoever mends the file finds a figure where its words are."""
    places = [(each.section, each.spans[0].paragraph, each.spans[0].start) for each in entry.figures]
    assert places == sorted(places)


def test_every_figure_is_a_value_with_a_known_unit() -> None:
    """Each has a number and a unit whose dimension is known, so that it can be compared."""
    for entry in DOCUMENT.entries:
        for figure in entry.figures:
            assert figure.value.is_finite(), figure
            assert figure.unit in units.UNITS, figure


def test_every_indicator_has_one_topic_and_every_topic_is_used() -> None:
    """The same indicator stands under the same topic in every speech; no topic is idle."""
    pairs = {(each.indicator, each.topic) for entry in DOCUMENT.entries for each in entry.figures}
    assert [name for name, count in Counter(name for name, _topic in pairs).items() if count > 1] == []
    assert {topic for _name, topic in pairs} == set(DOCUMENT.topics)
    assert 10 <= len(DOCUMENT.topics) == len(set(DOCUMENT.topics)) <= 14


def test_how_many_figures_each_town_states() -> None:
    """The number of figures, and of numerals that are none, town by town."""
    counted = {each.speech.town: (len(each.figures), len(_listed(each))) for each in DOCUMENT.entries}
    assert counted == {
        "福利路街道": (10, 2),
        "中川镇": (27, 0),
        "酒泉路街道": (30, 3),
        "树屏镇": (24, 2),
        "银滩路街道": (36, 2),
        "海石湾镇": (44, 1),
        "先锋路街道": (27, 1),
        "大同镇": (23, 0),
    }
    assert sum(figures for figures, _numerals in counted.values()) == 221


def test_a_setting_governs_every_figure_of_its_sentence(corpus: Corpus) -> None:
    """What stands at the head of a sentence is said of all its figures, and limits no comparison."""
    tours = [each for each in corpus.figures(corpus.speeches) if each.sentence.startswith("在“大")]
    assert {each.setting for each in tours} == {"“大走访”活动", "“大家访”活动"}
    assert {each.scope for each in tours} == {None}
    assert len(tours) == 15


def test_a_fact_stated_twice_is_one(corpus: Corpus) -> None:
    """749名 and 10平方公里 stand twice in their speeches, and are counted once."""
    again = [each for each in corpus.figures(corpus.speeches) if each.repeats]
    assert [(each.as_written, each.section) for each in again] == [("749名", 2), ("10平方公里", 3)]


def test_related_indicators_exist_and_are_of_several_towns(corpus: Corpus) -> None:
    """A group sets two towns side by side, and names only indicators that the speeches have."""
    towns: dict[str, set[int]] = {}
    for each in corpus.figures(corpus.speeches):
        towns.setdefault(each.indicator, set()).add(each.speech)
    assert len(corpus.related) == 43
    for group in corpus.related:
        assert len(set().union(*(towns[name] for name in group.indicators))) > 1, group.name
