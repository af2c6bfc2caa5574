"""Names offered while they are typed: which, in which form, and that the program then takes them."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from speeches_cli import completing, references, values
from speeches_cli.completing import districts, indicators, topics, towns
from speeches_cli.corpus import Corpus, open_corpus
from speeches_cli.errors import UnknownName
from tests.material import SMALL


def _values(
    kind: completing.Names, typed: str, corpus: Corpus, *given: str, latin: bool = False
) -> list[str]:
    return [value for value, _said in completing.names(kind, typed, corpus, given=given, latin=latin)]


def test_nothing_typed_offers_every_town_with_its_district(corpus: Corpus) -> None:
    """They come in the order of the corpus, and speakers and numbers don't crowd them."""
    assert completing.names(towns, "", corpus) == [
        ("福利路街道", "西固区"),
        ("中川镇", "兰州新区"),
        ("酒泉路街道", "城关区"),
        ("树屏镇", "永登县"),
        ("银滩路街道", "安宁区"),
        ("海石湾镇", "红古区"),
        ("先锋路街道", "西固区"),
        ("大同镇", "永登县"),
    ]


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("酒", [("酒泉路街道", "城关区")]),
        ("泉路", [("酒泉路街道", "城关区")]),
        ("大同鎮", [("大同镇", "永登县")]),
        ("jiuq", [("酒泉路街道", "城关区")]),
        ("JQL", [("酒泉路街道", "城关区")]),
        ("酒q", [("酒泉路街道", "城关区")]),
        ("j", [("酒泉路街道", "城关区"), ("贾锐", "树屏镇 永登县")]),
        ("马", [("马竞", "酒泉路街道 城关区")]),
        ("majing", [("马竞", "酒泉路街道 城关区")]),
        ("3", [("3", "酒泉路街道 城关区")]),
        ("永登", [("永登县/树屏镇", "贾锐"), ("永登县/大同镇", "刘万明")]),
        ("yongdeng/d", [("永登县/大同镇", "刘万明")]),
        ("永登/大", [("永登县/大同镇", "刘万明")]),
        ("永登/d", [("永登县/大同镇", "刘万明")]),
        ("quan", []),
        ("永登/大/", []),
        ("北京", []),
    ],
)
def test_towns(typed: str, expected: list[tuple[str, str]], corpus: Corpus) -> None:
    """A town is found by its name or a part, its speaker, number or district, or pinyin."""
    assert completing.names(towns, typed, corpus) == expected


@pytest.mark.parametrize(
    ("kind", "typed", "expected"),
    [
        (towns, "j", [("jiuquanlu", "酒泉路街道 城关区"), ("jiarui", "贾锐 树屏镇 永登县")]),
        (towns, "mac", []),
        (towns, "maj", [("majing", "马竞 酒泉路街道 城关区")]),
        (towns, "yongdeng/s", [("yongdeng/shuping", "永登县/树屏镇 贾锐")]),
        (districts, "y", [("yongdeng", "永登县 树屏镇、大同镇")]),
        (indicators, "wanggey", [("wanggeyuanshu", "网格员数 基层治理")]),
    ],
)
def test_names_in_pinyin(
    kind: completing.Names, typed: str, expected: list[tuple[str, str]], corpus: Corpus
) -> None:
    """Where a shell or terminal needs letters, a name is spelled and described by its Hanzi."""
    assert completing.names(kind, typed, corpus, latin=True) == expected


def test_districts_are_described_by_their_towns(corpus: Corpus) -> None:
    """Only those from which somebody spoke, by Hanzi or pinyin."""
    assert completing.names(districts, "", corpus) == [
        ("城关区", "酒泉路街道"),
        ("西固区", "福利路街道、先锋路街道"),
        ("安宁区", "银滩路街道"),
        ("红古区", "海石湾镇"),
        ("永登县", "树屏镇、大同镇"),
        ("兰州新区", "中川镇"),
    ]
    assert _values(districts, "yong", corpus) == _values(districts, "登", corpus) == ["永登县"]


def test_topics_are_described_by_their_first_indicators(corpus: Corpus) -> None:
    """Three are named, and whether there are more."""
    assert completing.names(topics, "jiceng", corpus) == [
        ("基层党建", "兼职委员数、资源清单数、项目清单数…"),
        ("基层治理", "网格员数、评定示范户数、网格数…"),
    ]


def test_indicators_are_described_by_their_topic(corpus: Corpus) -> None:
    """Each once, in the order of the corpus, wherever in the name the Hanzi stand."""
    assert completing.names(indicators, "wanggey", corpus) == [("网格员数", "基层治理")]
    assert _values(indicators, "保温", corpus) == ["外墙保温改造面积"]
    assert len(set(_values(indicators, "", corpus))) == len(corpus.indicators) > 100


def test_what_was_given_is_not_offered_again(corpus: Corpus) -> None:
    """However it was given; what is no name takes nothing away."""
    assert _values(towns, "x", corpus) == ["西固区/福利路街道", "先锋路街道"]
    assert _values(towns, "x", corpus, "xfl", "nobody", "永登") == ["西固区/福利路街道"]
    assert _values(districts, "", corpus, "永登", "lzxq", "?") == [
        "城关区",
        "西固区",
        "安宁区",
        "红古区",
    ]
    assert "基层治理" not in _values(topics, "", corpus, "基层")
    assert "基层治理" in _values(topics, "", corpus, "?")


def test_every_kind_that_is_offered_is_taken() -> None:
    """`--kind` needs no corpus, and is offered in both scripts."""
    assert {values.kind(each) for each in values.KIND_NAMES} == {"镇", "街道", "乡"}


def test_what_would_be_an_option_or_a_path_is_not_offered(tmp_path: Path) -> None:
    """A town whose name begins with a hyphen or has a slash is offered only where it can be taken."""
    file = tmp_path / "odd.yaml"
    odd = SMALL.replace("town: 东路街道", "town: -东路街道").replace("town: 西镇", "town: 西/镇")
    file.write_text(odd, encoding="utf-8")
    corpus = open_corpus(file, cache=None)
    assert _values(towns, "", corpus) == ["王一", "李二"]
    assert _values(towns, "甲", corpus) == ["甲区/-东路街道"]


TOWNS = st.sampled_from(["东路街道", "东镇", "大同镇", "大桐镇"])
SLUGS = st.sampled_from(["donglu", "dong", "datong", "er", "wangyi"])
SPEAKERS = st.sampled_from(["王一", "李二", "1", "2"])
PEOPLE = st.lists(st.tuples(TOWNS, SLUGS, SPEAKERS), min_size=4, max_size=4)
TYPED = ["", "东", "d", "dt", "王", "w", "2", "甲", "甲/大", "yi/", "yi/d"]


def _two_years(people: list[tuple[str, str, str]], folder: Path) -> Corpus:
    """Write two meetings at which two people spoke each, perhaps the same and for the same towns."""
    for year, chosen in (("2023", people[:2]), ("2024", people[2:])):
        text = SMALL.replace("2023-09-18", f"{year}-09-18")
        old = [("东路街道", "donglu", "王一"), ("西镇", "xizhen", "李二")]
        for before, after in zip(old, chosen, strict=True):
            for key, was, now in zip(("town", "slug", "speaker"), before, after, strict=True):
                text = text.replace(f"{key}: {was}\n", f"{key}: '{now}'\n", 1)
        (folder / f"{year}.yaml").write_text(text, encoding="utf-8")
    return open_corpus(folder, cache=None)


def _named(typed: str, corpus: Corpus) -> str:
    try:
        return str(references.resolve(typed, corpus).key)
    except UnknownName as error:
        return str(error)


@pytest.mark.parametrize("latin", [False, True])
@given(people=PEOPLE)
@settings(max_examples=40)
def test_the_program_takes_what_is_offered(
    tmp_path_factory: pytest.TempPathFactory, latin: bool, people: list[tuple[str, str, str]]
) -> None:
    """It names one speech, or several that the program then lists, and nothing is offered twice."""
    corpus = _two_years(people, tmp_path_factory.mktemp("years"))
    keys = {str(each.key) for each in corpus.speeches}
    for typed in TYPED:
        offered = _values(towns, typed, corpus, latin=latin)
        assert len(set(offered)) == len(offered)
        for each in offered:
            named = _named(each, corpus)
            assert named in keys or named.startswith(f"'{each}' could be any of: "), (typed, each)


def test_a_name_that_several_have_is_offered_once_with_all_of_them(tmp_path: Path) -> None:
    """What it is described by tells that it is not enough."""
    people = [("大同镇", "datong", "王一"), ("大同镇", "datong", "李二")] * 2
    corpus = _two_years(people, tmp_path)
    assert completing.names(towns, "大", corpus) == [("大同镇", "甲区、乙县")]
    assert completing.names(towns, "dt", corpus, latin=True) == [("datong", "大同镇 甲区、大同镇 乙县")]
    assert _values(towns, "甲区/", corpus) == ["甲区/大同镇"]


def test_names_come_from_the_corpus_named_before_the_command(tmp_path: Path) -> None:
    """As Typer calls for them: with what the program and the command have been given."""
    file = tmp_path / "small.yaml"
    file.write_text(SMALL, "utf-8")
    program = SimpleNamespace(params={"corpus": file, "cache": False})
    offered = completing.offering(towns, "refs")
    given = {"refs": ("东路",), "ref": ("西镇",)}
    context = SimpleNamespace(parent=program, params=given, obj=False)
    assert offered(context, "") == [("西镇", "乙县")]
