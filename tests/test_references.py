"""What was typed and what it names: towns, districts, topics, indicators, and nothing by guessing."""

from __future__ import annotations

import re
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given, strategies as st

from speeches_cli import references
from speeches_cli.corpus import Corpus, open_corpus
from speeches_cli.errors import NothingFound, SpeechesError
from speeches_cli.model import Speech, alike

ALL = (
    "福利路街道 (1)、中川镇 (2)、酒泉路街道 (3)、树屏镇 (4)、银滩路街道 (5)、海石湾镇 (6)、"
    "先锋路街道 (7)、大同镇 (8)"
)
ROADS = "福利路街道 (1)、酒泉路街道 (3)、银滩路街道 (5)、先锋路街道 (7)"
DISTRICTS = "城关区、七里河区、西固区、安宁区、红古区、永登县、皋兰县、榆中县、兰州新区"
TOPICS = (
    "基层党建、基层治理、走访与诉求、矛盾化解、安全生产、民生服务、城乡建设、住房登记、就业增收、"
    "现代农业 and 4 more"
)

HEAD = """\
schema: 1
compilation: 某市发言材料汇编
meeting: 某市工作交流会
date: {date}
districts: {{甲区: jia, 乙县: yi}}
topics: [基层治理]
speeches:
"""
SPEECH = """\
  - id: {id}
    slug: {slug}
    district: 甲区
    town: {town}
    kind: {kind}
    speaker: {speaker}
    post: 书记
    title: 题
    opening: 开头。
    sections: []
    figures: []
"""


def _file(path: Path, *speeches: dict[str, object], date: str = "2023-09-18") -> Path:
    """Write a corpus of towns that differ from the first only in what is given."""
    usual = {"kind": "镇", "speaker": "王一"}
    entries = [SPEECH.format(**usual, **each) for each in speeches]
    path.write_text(HEAD.format(date=date) + "".join(entries), encoding="utf-8")
    return path


WAYS = {
    3: """3|３|酒泉路街道|酒泉路|酒泉|泉路|马竞|竞|城关区酒泉路街道|城关区|城关|城关区酒泉路
        城关区/酒泉路街道|城关/酒泉|城关/3|cg/jql|2023/3|2023-09-18/酒泉路|/酒泉路|酒 泉 路|“酒泉路”
        《酒泉路》|ＪＱＬ|JiuQuanLu|jiuquanlu|jiuquan|jiuquanlujiedao|jql|jqlu|majing|chengguan
        chengguanqu|酒全路|酒圈路|九泉路|就全录|酒路|泉酒路|酒泉大路|酒泉路街|酒泉鹿街道|马静|麻竞
        jiuquanlv|jiuqaunlu""",
    1: "牟輝",
    2: "兰州新区|shichengyan|zc",
    4: "樹屏鎮|永登县/树屏镇|yongdeng/sp|jiarui",
    5: "銀灘路|yintanlu",
    6: "海石灣",
    7: "先鋒路街道",
    8: "永登/大同|永登/8|liuwanming|dt",
}
"""By speech: number, name, speaker, district, pinyin, initials, traditional forms and slips."""


def named(typed: str, corpus: Corpus) -> Speech:
    """Give the one speech that is named."""
    (found,) = references.of_town(typed, corpus)
    return found


@pytest.mark.parametrize(
    ("number", "typed"),
    [(number, typed) for number, ways in WAYS.items() for typed in re.split(r"\||\n *", ways)],
)
def test_every_way_to_name_a_town(number: int, typed: str, corpus: Corpus) -> None:
    """Each of these leads to the one town."""
    assert named(typed, corpus).id == number


@pytest.mark.parametrize(
    ("typed", "message"),
    [
        ("永登/镇", "'永登/镇' could be any of: 树屏镇 (4)、大同镇 (8)"),
        ("路", f"'路' could be any of: {ROADS}"),
        ("９", f"no town or speaker called '９'. There are: {ALL}"),
        ("酒圈大路", "no town or speaker called '酒圈大路'. Did you mean 酒泉路街道 (3)?"),
        ("张三", "no town or speaker called '张三'. Did you mean 张斌 (6)?"),
        ("yintan road", "no town or speaker called 'yintan road'. Did you mean 银滩路街道 (5)?"),
        ("城关酒泉路", "no town or speaker called '城关酒泉路'. Did you mean 酒泉路街道 (3)?"),
        ("火车站", f"no town or speaker called '火车站'. There are: {ALL}"),
        ("", f"no town or speaker called ''. There are: {ALL}"),
        ("。", f"no town or speaker called '。'. There are: {ALL}"),
        ("/", f"no town or speaker called '/'. There are: {ALL}"),
        ("永登/", f"no town or speaker called '永登/'. There are: {ALL}"),
        ("2024/3", f"no town or speaker called '2024/3'. There are: {ALL}"),
        ("西固/大同", "no town or speaker called '西固/大同'. Did you mean 大同镇 (8)?"),
        ("[red]", f"no town or speaker called '[red]'. There are: {ALL}"),
    ],
)
def test_no_one_guesses_between_towns(typed: str, message: str, corpus: Corpus) -> None:
    """The error says which towns could be meant, or are like what was typed, or all there are."""
    with pytest.raises(SpeechesError) as error:
        references.of_town(typed, corpus)
    assert str(error.value) == message


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        *(("3", (3, None)), ("3.2", (3, 2)), ("３．２", (3, 2)), ("3.0", (3, 0)), ("酒泉路.2", (3, 2))),
        *(("jql.999999999", (3, 999_999_999)), ("永登/大同.1", (8, 1)), ("2023/3.2", (3, 2))),
    ],
)
def test_a_locator_names_a_section_too(
    typed: str, expected: tuple[int, int | None], corpus: Corpus
) -> None:
    """What search prints before a hit is understood, with any REF before the dot."""
    speech, section, _earlier = references.locate(typed, corpus)
    assert (speech.id, section) == expected


@pytest.mark.parametrize("typed", ["3.", ".2", "3.2.1", "3.二", "3.-1", f"3.{'1' * 5000}"])
def test_what_is_no_locator(typed: str, corpus: Corpus) -> None:
    """Anything else with a dot is an unknown name, however long."""
    with pytest.raises(SpeechesError, match=r"^no town or speaker called '"):
        references.locate(typed, corpus)


def test_at_most_ten_are_listed(tmp_path: Path) -> None:
    """A large corpus does not flood the terminal with candidates."""
    towns = [
        {"id": n, "slug": f"x{'abcdefghijkl'[n]}", "town": f"{'子丑寅卯辰巳午未申酉戌亥'[n]}镇"}
        for n in range(12)
    ]
    corpus = open_corpus(_file(tmp_path / "many.yaml", *towns), cache=None)
    listed = "、".join(f"{town['town']} ({town['id']})" for town in towns[:10])
    with pytest.raises(SpeechesError) as error:
        references.of_town("镇", corpus)
    assert str(error.value) == f"'镇' could be any of: {listed} and 2 more"
    with pytest.raises(SpeechesError) as error:
        references.of_town("火车站", corpus)
    assert str(error.value) == f"no town or speaker called '火车站'. There are: {listed} and 2 more"


def test_no_more_towns_are_compared_than_can_be_read(tmp_path: Path) -> None:
    """A table of hundreds of columns is of no use; one measure of all towns is."""
    letters = "abcdefghijklmnopqrstuvwxyz"
    towns = [
        {"id": n, "slug": f"x{letters[n // 26]}{letters[n % 26]}", "town": f"{chr(0x4E00 + n)}镇"}
        for n in range(41)
    ]
    corpus = open_corpus(_file(tmp_path / "many.yaml", *towns), cache=None)
    with pytest.raises(SpeechesError) as error:
        references.to_compare(["全部"], corpus)
    assert str(error.value) == (
        "41 towns do not fit side by side, 40 do; for one measure of all: speeches figures INDICATOR"
    )


def test_the_same_town_in_two_years_is_told_apart(tmp_path: Path) -> None:
    """Where dates differ, the candidates are listed in a form that can be typed."""
    town: dict[str, object] = {"slug": "dong", "town": "东镇"}
    _file(tmp_path / "a.yaml", {"id": 3, **town})
    _file(
        tmp_path / "b.yaml",
        {"id": 3, **town},
        {"id": 4, "slug": "xi", "town": "西镇"},
        date="2024-09-20",
    )
    corpus = open_corpus(tmp_path, cache=None)
    with pytest.raises(SpeechesError) as error:
        references.to_compare(["东镇"], corpus)
    assert str(error.value) == "'东镇' could be any of: 2023/东镇、2024/东镇"
    for typed in ("2024-09-20/3", "2024/东镇", "2024/dong", "2024/3"):
        assert named(typed, corpus).compilation.date == "2024-09-20"
    assert references.locate("2023/3.0", corpus)[0].compilation.date == "2023-09-18"
    assert named("4", corpus).town == "西镇"


def test_names_in_a_corpus_are_folded_as_what_is_typed(tmp_path: Path) -> None:
    """Names set with spaces or in full width, as printed lists have them, are found all the same."""
    file = _file(tmp_path / "one.yaml")
    entry = SPEECH.format(id=1, slug="dong", town="ＡＢＣ·东　镇", kind="镇", speaker="牟　　　辉")
    text = (file.read_text(encoding="utf-8") + entry).replace("甲区", "甲　　　区")
    file.write_text(text, encoding="utf-8")
    corpus = open_corpus(file, cache=None)
    for typed in ("牟辉", "牟　辉", "牟 輝", "abc·东", "ＡＢＣ·东镇", "甲区/1", "甲区abc·东镇"):
        assert named(typed, corpus).id == 1
    assert references.districts(["甲区"], corpus) == ("甲　　　区",)


def test_the_pinyin_of_the_corpus_counts_too(tmp_path: Path) -> None:
    """A spelling that no dictionary has, such as Shaanxi, is understood, and its beginning."""
    town: dict[str, object] = {"id": 1, "slug": "shaanxi", "town": "陕西镇"}
    file = _file(tmp_path / "one.yaml", town)
    file.write_text(file.read_text(encoding="utf-8").replace("乙县: yi", "乙县: eet"), encoding="utf-8")
    corpus = open_corpus(file, cache=None)
    for typed in ("shaanxi", "shaan", "s", "shanxi", "sx"):
        assert named(typed, corpus).id == 1
    with pytest.raises(NothingFound, match=r"^no speech from 乙县 "):
        references.districts(["eet"], corpus)


def test_a_corpus_without_speeches_has_no_towns(tmp_path: Path) -> None:
    """The error does not list what isn't there."""
    file = _file(tmp_path / "none.yaml")
    file.write_text(
        file.read_text(encoding="utf-8").replace("speeches:\n", "speeches: []\n"), encoding="utf-8"
    )
    with pytest.raises(SpeechesError) as error:
        references.of_town("东镇", open_corpus(file, cache=None))
    assert str(error.value) == "no town or speaker called '东镇'"


Resolve = Callable[[list[str], Corpus], tuple[str, ...]]


def _indicators(typed: list[str], corpus: Corpus) -> tuple[str, ...]:
    """Find an indicator, or raise what is said where there is none."""
    if found := references.indicators(typed[0], corpus):
        return found
    raise references.no_indicator(typed[0], corpus)


@pytest.mark.parametrize(
    ("resolve", "typed", "expected"),
    [
        (references.districts, "永登县|永登|登|永登縣|永灯|yongdeng|YongDengXian|yd", "永登县"),
        (references.districts, "xigu|西故区", "西固区"),
        (references.districts, "兰州|lzxq", "兰州新区"),
        (references.topics, "基层治理|jczl|基层治里|基层智理|機層治理", "基层治理"),
        (references.topics, "基层|jiceng", "基层党建|基层治理"),
        (references.topics, "走访和诉求", "走访与诉求"),
        (_indicators, "网格数|網格數|wanggeshu|网格书|网各数|往格数", "网格数"),
        (_indicators, "外墙保暖改造面积|外墙", "外墙保温改造面积"),
        (_indicators, "GDP", "地区生产总值"),
    ],
)
def test_every_way_to_name_a_district_a_topic_or_an_indicator(
    resolve: Resolve, typed: str, expected: str, corpus: Corpus
) -> None:
    """Whole or in part, in pinyin or its initials, or nearly; a part may stand for several topics."""
    for each in typed.split("|"):
        assert resolve([each], corpus) == tuple(expected.split("|")), each


def test_several_names_add_up(corpus: Corpus) -> None:
    """Several names of one district are one; no district typed is none, no topic typed is all."""
    assert references.districts(["永登", "西固", "yd"], corpus) == ("永登县", "西固区")
    assert references.districts([], corpus) == ()
    assert references.topics(["安全", "jczl"], corpus) == ("安全生产", "基层治理")
    assert references.topics([], corpus) == corpus.topics


@pytest.mark.parametrize(
    ("resolve", "typed", "message"),
    [
        (references.districts, "火星区", f"no district called '火星区'. There are: {DISTRICTS}"),
        (references.districts, "", f"no district called ''. There are: {DISTRICTS}"),
        (
            references.districts,
            "皋兰新区",
            "no district called '皋兰新区'. Did you mean 兰州新区、皋兰县?",
        ),
        (references.districts, "兰", "'兰' could be any of: 皋兰县、兰州新区"),
        (references.topics, "", f"no topic called ''. There are: {TOPICS}"),
        (references.topics, "xxx", f"no topic called 'xxx'. There are: {TOPICS}"),
        (references.topics, "安全管理", "no topic called '安全管理'. Did you mean 安全生产?"),
        (
            *(_indicators, "网络数量"),
            "no indicator called '网络数量'. Did you mean 网格数、网格员数、网红打卡地数?",
        ),
        (_indicators, "xxx", "no indicator called 'xxx'; what there is: speeches indicators"),
        (
            *(_indicators, "永登"),
            "no indicator called '永登'; the figures from there: speeches figures --district 永登",
        ),
        (
            *(_indicators, "酒泉路"),
            "no indicator called '酒泉路'; the figures from there: speeches figures --town 酒泉路",
        ),
    ],
)
def test_what_is_no_district_topic_or_indicator(
    resolve: Resolve, typed: str, message: str, corpus: Corpus
) -> None:
    """The error names the nearest, or what there is, or what it could be."""
    with pytest.raises(SpeechesError) as error:
        resolve([typed], corpus)
    assert str(error.value) == message


@pytest.mark.parametrize("typed", ["皋兰", "皋兰县", "gaolan", "gl", "高兰"])
def test_a_district_without_speeches_is_another_matter(typed: str, corpus: Corpus) -> None:
    """A district that exists but did not speak is an answer, and the error says which did."""
    with pytest.raises(NothingFound) as error:
        references.districts(["永登", typed], corpus)
    assert str(error.value) == (
        "no speech from 皋兰县 in this corpus; "
        "there are: 西固区、兰州新区、城关区、永登县、安宁区、红古区"
    )


@given(st.text(max_size=12))
def test_whatever_is_typed_has_an_answer(corpus: Corpus, typed: str) -> None:
    """Any text names one town, one district, some topics, or is a user's mistake."""
    for ask in (
        lambda: references.locate(typed, corpus),
        lambda: references.districts([typed], corpus),
        lambda: references.topics([typed], corpus),
    ):
        with suppress(SpeechesError, NothingFound):
            assert ask()


def _counties(folder: Path, *names: tuple[str, str]) -> Corpus:
    """Make a file for each county, each with a 城关镇 and numbers from 1."""
    for name, slug in names:
        text = (
            HEAD.format(date="2023-09-18").replace("甲区: jia", f"{name}: {slug}").replace("某市", name)
        )
        for number, town in enumerate((("chengguan", "城关镇"), (f"{slug}he", f"{name[0]}河镇")), 1):
            text += SPEECH.format(
                id=number, slug=town[0], town=town[1], kind="镇", speaker=f"王{name[:2]}"
            ).replace("甲区", name)
        (folder / f"{slug}.yaml").write_text(text, encoding="utf-8")
    return open_corpus(folder, cache=None)


def test_names_that_repeat_are_told_apart_by_their_district(tmp_path: Path) -> None:
    """Where numbers repeat too, the district is named, and together with the town it is enough."""
    corpus = _counties(tmp_path, ("永登县", "yongdeng"), ("大永登县", "dayongdeng"), ("丙县", "bing"))
    with pytest.raises(SpeechesError) as error:
        references.of_town("城关", corpus)
    assert str(error.value) == (
        "'城关' could be any of: 丙县/城关镇 (1)、大永登县/城关镇 (1)、永登县/城关镇 (1)"
    )
    for typed in (
        "永登/城关",
        "yongdeng/chengguan",
        "永登县/1",
        "永登/城官镇",
        "永登/cg",
        "永登县城关镇",
    ):
        assert named(typed, corpus).path == "永登县/城关镇", typed
    assert named("永登/永河", corpus).path == "永登县/永河镇"
    assert named("大永/城关", corpus).path == "大永登县/城关镇"
    with pytest.raises(SpeechesError, match="no town or speaker called '永登/大河'"):
        references.of_town("永登/大河", corpus)


SOUNDS = {
    "酒": frozenset(("jiu",)),
    "泉": frozenset(("quan",)),
    "路": frozenset(("lu",)),
    "西": frozenset(("xi",)),
    "安": frozenset(("an",)),
    "先": frozenset(("xian",)),
    "行": frozenset(("hang", "xing")),
}


@pytest.mark.parametrize(
    ("pairs", "expected"),
    [
        (
            "jiuquanlu 酒泉路|jiuquan 酒泉路|xian 西安|xian 先|hang 行|xing 行|ban 班|datong datong",
            True,
        ),
        (
            "jiuquanl 酒泉路|jql 酒泉路|jqlu 酒泉路|jiuql 酒泉路|j 酒泉路|jiunnong 酒n农|酒q路 酒泉路",
            True,
        ),
        ("jl 酒泉路|jiuquanluu 酒泉路|quan 酒泉路| 酒泉路|jiu quan 酒泉路|a |jiunong 酒n农", False),
    ],
)
def test_letters_that_spell_a_name(pairs: str, expected: bool) -> None:
    """Syllables stand in their order, each in any of its readings, whole or by its first letter."""
    for letters, _space, name in (each.rpartition(" ") for each in pairs.split("|")):
        assert references.spells(letters, name, SOUNDS) is expected, letters


@pytest.mark.parametrize(
    ("pairs", "expected"),
    [
        ("酒泉路 酒泉路|酒圈路 酒泉路|酒全路 酒泉路|酒某路 酒泉路|酒路 酒泉路|酒泉大路 酒泉路", True),
        ("泉酒路 酒泉路|九全陆 酒泉路|马静 马竞|datnog datong|daton datong", True),
        ("九某路 酒泉路|马某 马竞|马 马竞|码 马|杭 行|dong tong|abc xyz| ", False),
    ],
)
def test_one_slip_or_the_same_sound(pairs: str, expected: bool) -> None:
    """One slip in three Hanzi or five letters, or nothing but homophones in two and more."""
    for typed, _space, name in (each.partition(" ") for each in pairs.split("|")):
        assert references.is_near(typed, name, SOUNDS) is expected, typed


def test_the_nearest_names_come_first() -> None:
    """At most three are suggested, and none that has next to nothing in common."""
    names = ["泉路", "酒泉路", "大同", "酒泉", "银滩路", "酒路"]
    known = {name: alike(name) for name in names}
    said = "none called so. Did you mean 酒泉路、泉路、酒泉?"
    assert str(references._unknown("none called so", "酒泉北路", known)) == said
    for typed in ("火车", ""):
        assert str(references._unknown("none called so", typed, known)) == "none called so"
