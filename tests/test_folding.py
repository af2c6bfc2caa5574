"""Folding: what looks the same compares equal, every folded character knows its source."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import assume, given, strategies as st

from speeches_cli import folding
from speeches_cli.corpus import Corpus

# What search meets: Hanzi, marks, letters of any width, what is invisible, and anything at all.
TEXTS = st.text(
    st.one_of(
        st.sampled_from("枫桥楓橋經驗後乾，。、“”‘’《》「」\"'　 \t\n１ａＡａ＋+%％①㎡½ﬁßİǅ"),
        st.sampled_from("\u200b\ufeff\u0301\ufe0f\U000e0100"),
        st.characters(),
    ),
    max_size=30,
)


def _gb2312() -> list[str]:
    """List the characters of GB 2312, row by row."""
    pairs = (bytes([row, cell]) for row in range(0xA1, 0xF8) for cell in range(0xA1, 0xFF))
    return [each for pair in pairs for each in pair.decode("gb2312", errors="ignore")]


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("物业＋为老服务", "物业+为老服务"),
        ("枫桥　经\u00a0验\t\n", "枫桥经验"),
        ("\"枫桥'经验`", "枫桥经验"),
        ("「枫桥」『经验』﹁枫﹂﹃桥﹄", "枫桥经验枫桥"),
        ("《国土空间规划》〈规划〉", "国土空间规划规划"),
        ("‘枫’„桥‟‹经›«验»〝枫〞〟", "枫桥经验枫"),
        ("後來乾燥於徵收", "后来干燥于征收"),
        ("枫\u200b桥\ufeff经\u00ad验\u202e", "枫桥经验"),
        ("枫\u034f\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0桥", "枫桥"),
        ("「楓橋 經驗」，Ａ＋B", "枫桥经验,a+b"),
        ("㈠①Ⅷ㎡ﬁ⼀豈", "(一)1viiim2fi一岂"),
        ("，。、；：！？（）——……", ",。、;:!?()......"),
        ("⼀⼈⼾⺠⻓⻢，2023-09-18", "一人户民长马,2023-09-18"),
    ],
)
def test_what_looks_different(text: str, folded: str) -> None:
    """Width, case, spaces, quotation marks, invisible characters and traditional forms go."""
    assert folding.fold(text) == folded


def test_variation_selectors_go() -> None:
    """Every variation selector vanishes, and nothing that stands beside them in Unicode does."""
    blocks = (range(0x1800, 0x1820), range(0xFDF0, 0xFE20), range(0xE00F0, 0xE0200))
    around = [
        chr(code) for block in blocks for code in block if unicodedata.category(chr(code)) != "Cf"
    ]
    named = {each for each in around if "VARIATION SELECTOR" in unicodedata.name(each, "")}
    assert {each for each in around if not folding.fold(each)} == named
    assert len(named) == 260


@pytest.mark.parametrize("pair", ["枫桥 丰桥", "18% 16%", "网格 网络", "12 一二", "， 、", "a b"])
def test_what_is_different(pair: str) -> None:
    """Folding forgives looks, not meaning: other characters and other digits stay apart."""
    one, other = map(folding.fold, pair.split(" "))
    assert one != other


def test_simplified_text_stays() -> None:
    """Of the Hanzi of GB 2312 exactly those that are also another's traditional form change."""
    hanzi = [each for each in _gb2312() if "\u4e00" <= each <= "\u9fff"]
    changed = {each: folding.fold(each) for each in hanzi if folding.fold(each) != each}
    assert len(hanzi) == 6763
    assert changed == dict(
        zip("乾吒夥後徵拚捱摺於榘菸薹袷醣麴麽", "干咤伙后征拼挨折于矩烟苔夹糖曲么", strict=True)
    )


def test_the_corpus_folds_to_itself(corpus: Corpus) -> None:
    """No Hanzi, letter or digit of the speeches changes: what is searched is what is read."""
    text = "".join(passage.text for passage in corpus.passages(corpus.speeches))
    words = {each for each in text if each.isalnum()}
    assert {each for each in words if folding.fold(each) != each} == {"N", "X"}


def test_every_character_folds_once_and_for_all() -> None:
    """Folding twice changes nothing more, for each character of the Basic Multilingual Plane."""
    folded = {chr(code): folding.fold(chr(code)) for code in range(0x10000)}
    again = {character: folding.fold(result) for character, result in folded.items()}
    assert again == folded


@given(TEXTS, TEXTS)
def test_folding_has_no_context(one: str, other: str) -> None:
    """A text folds as its parts do, so that an excerpt folds as in its paragraph, and folds once."""
    folded = folding.fold(one) + folding.fold(other)
    assert folding.fold(one + other) == folding.fold(folded) == folded


@given(TEXTS, st.data())
def test_every_folded_stretch_knows_its_source(text: str, data: st.DataObject) -> None:
    """A stretch of the fold comes from its first character's source to its last one's."""
    sources = [index for index, each in enumerate(text) for _folded in folding.fold(each)]
    assume(sources)
    start = data.draw(st.integers(0, len(sources) - 1))
    end = data.draw(st.integers(start + 1, len(sources)))
    assert folding.unfold(text, folding.fold(text), start, end) == (
        sources[start],
        sources[end - 1] + 1,
    )


def test_the_usual_reading() -> None:
    """Of several readings the dictionary's first is given, and what is no Hanzi stays what it is."""
    spelled = [folding.usual_reading(each) for each in "网格数行女3a%"]
    assert spelled == ["wang", "ge", "shu", "xing", "nv", "3", "a", "%"]


@pytest.mark.parametrize(
    ("character", "readings"),
    [
        ("行", {"hang", "heng", "xing"}),
        ("绿", {"lu", "lv"}),
        ("略", {"lve"}),
        ("嗯", {"ng"}),
        ("楓", {"feng"}),
        ("\u3400", {"qiu"}),
        ("𠀀", {"he"}),
        ("\U00030edd", {"biang"}),
        ("a", set()),
        ("，", set()),
        ("\ud83d", set()),
        ("\ue000", set()),
    ],
)
def test_readings(character: str, readings: set[str]) -> None:
    """A Hanzi has the readings of today, without tones and with v for ü; nothing else has any."""
    assert folding.readings(character) == readings


def test_every_hanzi_of_gb2312_can_be_typed() -> None:
    """Each has a reading, and readings are of lower-case letters only."""
    readings = [folding.readings(each) for each in _gb2312() if "\u4e00" <= each <= "\u9fff"]
    assert all(readings)
    letters = {letter for each in readings for reading in each for letter in reading}
    assert letters == set("abcdefghijklmnopqrstuvwxyz")
