"""Phrases: what recurs in the eight is what a reader marks, and whatever is counted is there."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from speeches_cli import phrases, search
from speeches_cli.corpus import Corpus
from speeches_cli.model import Compilation, Speech
from speeches_cli.phrases import Beside, Phrase
from speeches_cli.render import phrases as rendering
from tests.conftest import Run
from tests.shown import EAST, WEST, agreed, in_every_format, in_plain, passage

Runs = Callable[..., Run]

READER = Path(__file__).parent / "cases" / "phrases.txt"
NORTH = EAST._replace(key=2, id=4, town="北街道", slug="beijiedao", speaker="张三")
LATER = Compilation("又一部汇编", "又一次会", "2024-09-08")
TATONG = "有机 强基 五村示范、八村整治 一核一带两中心 双找双帮 头雁工程 抓落实 新底色 施工图 有家 有责"
AGAIN = EAST._replace(key=3, compilation=LATER, dated=True)
BEFORE = EAST._replace(dated=True)


def _found(
    *texts: str, speeches: Sequence[Speech] = (EAST, WEST), heading: str = ""
) -> tuple[Phrase, ...]:
    """Find the phrases of speeches that say one paragraph each, and of a heading of the first."""
    said = [passage(town, 1, 1, text) for town, text in zip(speeches, texts, strict=True)]
    return phrases.find([passage(speeches[0], 1, 0, heading), *said], speeches)


def _recurring(*texts: str, least: int = 2, speeches: Sequence[Speech] = (EAST, WEST)) -> list[str]:
    found = _found(*texts, speeches=speeches)
    return [each.text for each in phrases.recurring(found, least=least)]


@pytest.fixture(scope="module")
def eight(corpus: Corpus) -> tuple[Phrase, ...]:
    """Give the recurring phrases of the eight."""
    found = phrases.find(corpus.passages(corpus.speeches), corpus.speeches)
    return phrases.recurring(found, least=2)


def test_a_reader_finds_in_the_list_what_he_marked(eight: tuple[Phrase, ...]) -> None:
    """Of the formulae that a reader wrote down beforehand, at least 85 % are there."""
    shown = {form for each in eight for form in (*each.forms, *each.variants)}
    wanted = [line.split() for line in READER.read_text("utf-8").splitlines() if line[0] != "#"]
    missed = [forms[0] for forms in wanted if shown.isdisjoint(forms)]
    assert missed == ["村集体", "共建协议", "办结率100%", "头雁"]
    assert len(missed) <= 0.15 * len(wanted)


def test_the_first_thirty_are_phrases(eight: tuple[Phrase, ...]) -> None:
    """Most towns first, then labels and headings; a reader read these and found them whole."""
    assert " ".join(each.text for each in eight[:30]) == (
        "党建引领 服务中心 基层治理 大党委 大工委 枫桥经验 一对一 登记难 安全生产 议事协商 党组织书记 "
        "走出了一条 农民群众 就地就近 居民群众 市场主体 矛盾纠纷 结对帮扶 和美乡村 共治共享 三不管 "
        "党支部+合作社 老书记工作室 冬病夏治 小院议事 急难愁盼 浦江经验 资源清单 项目清单 大走访"
    )


def test_what_is_counted_is_what_a_search_finds(corpus: Corpus, eight: tuple[Phrase, ...]) -> None:
    """A row can be handed to search: it finds the phrase as often, in the same speeches."""
    found = phrases.find(corpus.passages(corpus.speeches), corpus.speeches)
    for each in (*eight, *phrases.recurring(found, least=1, quoted=True)):
        places = search.search(each.forms, corpus, either=True).places
        assert Counter(place.speech for place in places) == each.said


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("我们打造便民服务圈。", "你们优化便民服务法。", ["便民服务"]),
        ("我们便民服务", "便民服务你们", ["便民服务"]),
        ("深入开展便民服务的", "并深入推进便民服务等", ["便民服务"]),
        ("设置54平方米", "整治54平方米以上", []),
        ("东路街道党工委抓", "东路街道党工委管", []),
        ("甲区的甲区东路街道人", "在甲区东路街道办", []),
        ("用好“三张清单”“六项机制”", "建好“三张清单”“六项机制”", ["三张清单", "六项机制"]),
        ("推进土地流转", "集中流转土地", ["土地流转"]),
        ("他们“强基”", "她们“强基”", ["强基"]),
        ("他们“强基”", "她们强基", []),
        ("安排流转土地一千二百亩", "安置流转土地一千三百亩", ["流转土地"]),
        ("没有什么", "别的东西", []),
    ],
)
def test_what_is_a_phrase(one: str, other: str, expected: list[str]) -> None:
    """Edges are trimmed; names, posts, numbers with units and short words are none, labels are."""
    assert _recurring(one, other) == expected


def test_two_words_in_either_order_are_one_phrase() -> None:
    """Both orders are counted together, and each is named."""
    (found,) = phrases.recurring(_found("推进土地流转", "集中流转土地"), least=2)
    assert (found.forms, found.said) == (("土地流转", "流转土地"), {0: 1, 1: 1})


def test_headings_with_another_middle_are_one_phrase() -> None:
    """Only headings: in sentences 开展……活动 is no phrase."""
    said = [passage(EAST, 1, 0, "一、激发治理活力"), passage(WEST, 1, 0, "激发基层组织新活力")]
    said += [passage(EAST, 1, 1, "开展大走访活动"), passage(WEST, 1, 1, "开展健步走活动")]
    (found,) = phrases.recurring(phrases.find(said, (EAST, WEST)), least=2)
    assert found.forms == ("激发基层组织新活力", "激发治理活力")


@pytest.mark.parametrize(
    "given",
    [
        {"speaker": "", "post": "", "district": ""},
        {"post": "党委书记", "town": "——"},
        {"post": f"甲区东路街道{'长' * 2000}"},
        {"kind": "", "speaker": "讲", "town": "街"},
    ],
)
def test_a_speech_may_lack_what_names_it(given: dict[str, Any]) -> None:
    """Without speaker, district or post, and whatever these are, its phrases are found."""
    speeches = EAST._replace(**given), WEST
    assert _recurring("讲街道治理", "讲街道治理", speeches=speeches)


def test_a_string_that_belongs_to_its_neighbours_is_none() -> None:
    """职网格员 stands four times, but always behind a character that it belongs to."""
    one = "专职网格员，兼职网格员，专职，兼职，职业，职务，网格"
    assert _recurring(one, one) == ["专职网格员", "兼职网格员"]


def test_nested_phrases_are_one_family() -> None:
    """The one that most towns say is the head; a form that stands only inside another is left out."""
    towns = (EAST, WEST, NORTH)
    texts = ("用“枫桥经验”", "新时代“枫桥经验”好，新时代枫桥经验", "以新时代枫桥经验")
    found = phrases.recurring(_found(*texts, speeches=towns), least=2)
    assert [(each.text, each.variants, each.towns) for each in found] == [
        ("枫桥经验", ("新时代枫桥经验",), 3)
    ]


def test_labels_are_those_in_quotation_marks() -> None:
    """One town's label is listed with `quoted`, written as in the text, headings first."""
    found = _found("建“ＡＢ＋乡 村”和“四点半课堂”", "抓网格", heading="抓“双进”")
    listed = phrases.recurring(found, least=1, quoted=True)
    assert [each.text for each in listed] == ["双进", "四点半课堂", "ＡＢ＋乡村"]
    assert all(each.labelled for each in listed)


def test_a_label_is_no_part_of_a_number() -> None:
    """“4个1” is not counted in 14个1 or 4个12, as a search does not find it there."""
    (found,) = _found("讲“4个1”，又14个1，和4个12，在“77”3年", "又4个1。")
    assert (found.text, found.said) == ("4个1", {0: 1, 1: 1})


def test_what_a_town_has_of_its_own() -> None:
    """First what only it says, labels first; then what it says more often than all others together."""
    texts = (
        "便民服务多，便民服务好，讲“六必访”，安全生产好，安全生产多，安全生产快",
        "便民服务少，便民服务坏，安全生产要，“两委”定",
    )
    found = _found(*texts)
    told = partial(phrases.own, found)
    assert [each.text for each in told([EAST])] == ["六必访", "安全生产"]
    assert [each.text for each in told([WEST])] == ["两委"]
    assert [each.text for each in told([EAST], quoted=True)] == ["六必访"]
    assert told([EAST], least=2) == ()


def test_phrases_side_by_side() -> None:
    """What all say stands first, then what few others say; alone is what no other of them says."""
    towns = (EAST, WEST, NORTH, EAST._replace(key=3, town="南街道"))
    texts = (
        "搞便民服务，搞乡村旅游，搞安全生产，讲“双进”，办红色物业",
        "管便民服务，管乡村旅游，管安全生产，讲“六必访”",
        "要便民服务，要安全生产",
        "讲安全生产，讲红色物业",
    )
    shared, only = phrases.beside(_found(*texts, speeches=towns), towns[:3])
    assert [each.text for each in shared] == ["便民服务", "安全生产", "乡村旅游"]
    assert [[each.text for each in own] for own in only] == [["双进", "红色物业"], ["六必访"], []]


def test_a_part_of_what_is_shared_is_not_said_again() -> None:
    """Beside each other two towns share the longer phrase, whoever else says a part of it."""
    towns = (EAST, WEST, NORTH)
    found = _found("抓城市基层治理", "管城市基层治理", "讲基层治理", speeches=towns)
    (shared,) = phrases.beside(found, towns[:2]).shared
    assert (shared.text, shared.variants) == ("城市基层治理", ("基层治理",))


def test_what_is_new_and_what_is_gone() -> None:
    """Of several meetings the last is held against those before; of one meeting nothing is said."""
    speeches = (BEFORE, WEST._replace(dated=True), AGAIN)
    found = _found("讲“甲乙”，讲“丙丁”", "讲“丙丁”", "讲“戊己”，讲“丙丁”", speeches=speeches)
    assert {each.text: each.change for each in found} == {"甲乙": "gone", "丙丁": None, "戊己": "new"}
    assert phrases.last_meeting(speeches) == "2024-09-08"
    assert phrases.last_meeting(speeches[:2]) is None


def _made(
    text: str, said: dict[Speech, int], *variants: str, quoted: bool = False, change: str | None = None
) -> Phrase:
    counts = {each.key: times for each, times in said.items()}
    labelled = len(counts) if quoted else 0
    return Phrase(tuple(text.split()), counts, tuple(said), labelled, False, change, variants)


PHRASES = [
    _made("枫桥经验", {EAST: 2, WEST: 1}, *(f"{each}枫桥经验" for each in "甲乙丙丁戊"), quoted=True),
    _made("党支部+合作社[/x] 合作社+党支部", {WEST: 1}),
]


def test_the_page_of_phrases() -> None:
    """Phrase, towns, times, a bar and the numbers; at most four variants; what to do with a row."""
    page = rendering.recurring(PHRASES)
    assert agreed("phrases", made := in_every_format(lambda _width: page)) == made


def test_the_page_of_several_meetings() -> None:
    """What is new stands first, then what is gone; of many speeches a dozen are named."""
    many = [EAST._replace(key=10 + each, id=10 + each, dated=True) for each in range(15)]
    shown = [
        _made("网格管理", dict.fromkeys((*many, AGAIN), 1)),
        _made("旧的提法", {many[0]: 1}, change="gone"),
        _made("新的提法", {AGAIN: 1}, change="new"),
    ]
    page = rendering.recurring(shown, "2024-09-08")
    assert agreed("phrases-meetings", made := in_every_format(lambda _width: page)) == made


def test_the_page_of_what_is_a_towns_own() -> None:
    """What is said nowhere else, and how often the rest is said here and elsewhere."""
    page = rendering.own([PHRASES[1], _made("一网统管", {EAST: 1, WEST: 4})], [WEST])
    assert agreed("phrases-own", made := in_every_format(lambda _width: page)) == made


def test_the_page_of_phrases_side_by_side() -> None:
    """How long each is, on which topics, and who says what; where there is none, a dash."""
    many = tuple(_made(f"提法{each}", {EAST: 1}) for each in "甲乙丙丁戊己庚辛壬癸子丑寅")
    made = Beside(
        (
            _made("枫桥经验", {EAST: 2, WEST: 1, NORTH: 1}),
            _made("网格", {EAST: 1, NORTH: 1}),
        ),
        (many, (), ()),
    )
    topics = {0: Counter({"基层治理": 2, "就业增收": 1}), 1: Counter(), 2: Counter({"基层治理": 1})}
    page = rendering.beside(made, (EAST, WEST, NORTH), topics)
    assert agreed("phrases-beside", shown := in_every_format(lambda _width: page)) == shown


def test_many_towns_are_counted_and_not_named() -> None:
    """Of more than three towns the page says how many say a phrase."""
    towns = (EAST, WEST, NORTH, EAST._replace(key=3, town="南街道"))
    made = Beside((_made("枫桥经验", dict.fromkeys(towns[:3], 1)),), ((), (), (), ()))
    page = rendering.beside(made, towns, {each.key: Counter() for each in towns})
    assert re.search("3 of them +1  枫桥经验\n", in_plain(page))


def test_compare_with_phrases(run: Runs) -> None:
    """The comparison with its figures, and the phrases; also of towns that share no figure."""
    done = json.loads(run("compare", "3", "7", "--phrases", "--json").out)
    told = done.pop("phrases")
    assert done == json.loads(run("compare", "3", "7", "--json").out)
    assert [each["phrase"] for each in told["shared"]][:2] == ["冬病夏治", "志愿服务"]
    assert [own[1]["phrase"] for own in told["only"]] == ["三为", "先锋集结号"]
    assert told["only"][0][1]["here"] == 2
    rows = run("compare", "3", "7", "--phrases", "--format", "csv").out.splitlines()
    assert rows[1] == "冬病夏治,冬病夏治,2,2,2,3 7,True,,"
    assert len(rows) == 1 + sum(map(len, [told["shared"], *told["only"]]))
    assert run("compare", "3", "7", "--phrases", "--quote") == Run(
        2, "", "speeches: --phrases and --quote do not go together\n"
    )


def test_phrases_as_data(run: Runs) -> None:
    """Every key of the contract; in CSV the numbers and the variants are a cell each."""
    (found,) = json.loads(run("phrases", "--limit", "1", "--json").out)
    assert found == {
        "phrase": "党建引领",
        "forms": ["党建引领"],
        "towns": 5,
        "count": 8,
        "here": 8,
        "speeches": [1, 2, 5, 6, 8],
        "quoted": False,
        "variants": ["党建引领城市基层治理", "坚持党建引领"],
        "change": None,
    }
    assert run("phrases", "--limit", "1", "--format", "csv") == Run(
        0,
        "phrase,forms,towns,count,here,speeches,quoted,variants,change\r\n"
        "党建引领,党建引领,5,8,8,1 2 5 6 8,False,党建引领城市基层治理 坚持党建引领,\r\n",
        "speeches: 83 more: raise --limit\n",
    )


@pytest.mark.parametrize(
    ("options", "expected"),
    [
        (("--min", "5"), "党建引领 服务中心"),
        (("--min", "3", "--quoted"), "大党委 大工委 枫桥经验 一对一 登记难"),
        (("--town", "酒泉路", "--min", "1", "--limit", "3"), "三为 两访 党建+社区+业主+物业+志愿者"),
        (("-t", "3", "-d", "城关", "--quoted", "--limit", "1"), "三为"),
        (("-d", "永登", "--limit", "2"), "有机 甘味树屏"),
        (("-t", "大同", "--quoted"), TATONG),
    ],
)
def test_options_of_phrases(run: Runs, options: Sequence[str], expected: str) -> None:
    """How many towns, only labels, whose own, and how many rows."""
    assert " ".join(each["phrase"] for each in json.loads(run("phrases", *options, "--json").out)) == (
        expected
    )


@pytest.mark.parametrize(
    ("options", "code", "said"),
    [
        (("--min", "9"), 1, "no phrase recurs in so many towns"),
        (("--town", "3", "--min", "2"), 1, "these towns have no phrase of their own"),
        (("--min", "0"), 2, "'0' is not a whole number from 1"),
        (("--town", "天水路"), 2, "no town or speaker called '天水路'"),
    ],
)
def test_no_phrases(run: Runs, options: Sequence[str], code: int, said: str) -> None:
    """Nothing found is an answer, and a mistake is named; both in one line."""
    done = run("phrases", *options)
    assert (done.code, done.out) == (code, "")
    assert re.match(f"speeches: .*{said}", done.err)
    assert done.err.count("\n") == 1
