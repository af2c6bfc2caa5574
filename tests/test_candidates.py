"""Candidates: the quick look misses nothing, and spellings in pinyin are read whole."""

from __future__ import annotations

import re
from collections.abc import Sequence

import pytest
from hypothesis import given, settings, strategies as st

from speeches_cli.search.alignment import COMPLETE, HOMOPHONE, PRICES, SLIP, Edit, Stretch, align
from speeches_cli.search.candidates import LONGEST_NEAR, Spelling, Windows, apart, budget

READINGS = {
    **{each: frozenset({"jia"}) for each in "甲贾"},
    **{each: frozenset({"yi"}) for each in "乙亿"},
    **{each: frozenset({each}) for each in "丙丁"},
}
SENTENCE = re.compile("[^。!?;]+")


def test_the_budget_grows_with_the_phrase() -> None:
    """One character allows nothing, a short phrase a homophone, a long one up to five slips."""
    allowed = [budget(length) / SLIP for length in range(1, 41)]
    assert allowed == ([0] + [0.5] * 2 + [1.0] * 5 + [2.0] * 7 + [3.0] * 8 + [4.0] * 8 + [5.0] * 9)
    assert [budget(length) for length in (0, LONGEST_NEAR, LONGEST_NEAR + 1)] == [0, 5 * SLIP, 0]


@pytest.mark.parametrize(
    ("phrase", "text", "windows"),
    [
        ("甲乙", "丙贾乙丙", [(0, 4)]),
        ("甲乙", "丙贾亿丙", []),  # two homophones are more than two characters allow
        ("甲乙丙丁", "丁丁甲乙丁丁丁丁", [(1, 7)]),  # one slip of room on both sides
        ("甲乙丙丁", "甲乙丙丁丁丁丁甲乙", [(0, 5), (6, 9)]),
        ("甲乙丙丁", "丁甲乙。丙丁", [(0, 3), (4, 6)]),  # each in its own sentence
        ("甲乙丙丁", "丁!甲乙;丁", [(2, 4)]),
        ("甲乙丙丁", "丁甲丙乙丁", [(0, 5)]),  # a swap across the cut
        ("甲乙丙丁", "丁乙丁甲丙", []),
    ],
)
def test_windows_lie_around_what_stands_without_a_slip(
    phrase: str, text: str, windows: list[tuple[int, int]]
) -> None:
    """A piece of the phrase that stands in the text opens a window as wide as the slips allow."""
    assert list(Windows(phrase, READINGS).find(text)) == windows


def test_a_phrase_that_allows_no_slip_has_no_near_place() -> None:
    """One character, or a phrase longer than any sentence, is found exactly or not at all."""
    phrase = "甲" * (LONGEST_NEAR + 1)
    assert list(Windows("甲", READINGS).align("贾")) == []
    assert list(Windows(phrase, READINGS).align("贾" + phrase[1:])) == []


def _slipped(phrase: str, slips: Sequence[tuple[int, int, str]]) -> str:
    """Make slips: put in, leave out, replace, or swap at some places."""
    for kind, place, character in slips:
        at = place % len(phrase)
        pieces = {
            0: phrase[:at] + character + phrase[at:],
            1: phrase[:at] + phrase[at + 1 :],
            2: phrase[:at] + character + phrase[at + 1 :],
            3: phrase[:at] + phrase[at : at + 2][::-1] + phrase[at + 2 :],
        }
        phrase = pieces[kind] or phrase
    return phrase


HANZI = "甲贾乙亿丙丁"
PHRASES = st.text(HANZI, min_size=2, max_size=20)
NOISE = st.text(HANZI + "。，!1", max_size=6)
SLIPS = st.lists(
    st.tuples(st.integers(0, 3), st.integers(0, 30), st.sampled_from(HANZI + "，。")), max_size=4
)


@given(PHRASES, st.lists(st.tuples(NOISE, SLIPS), min_size=1, max_size=3), st.sampled_from((0, SLIP)))
@settings(max_examples=300)
def test_windows_miss_nothing(
    phrase: str, parts: list[tuple[str, list[tuple[int, int, str]]]], more: int
) -> None:
    """Aligning in the windows finds what aligning with every whole sentence finds."""
    text = "".join(noise + _slipped(phrase, slips) for noise, slips in parts)
    windows = Windows(phrase, READINGS, more=more)
    pairs = [next((pair for pair in ("甲贾", "乙亿") if each in pair), each) for each in phrase]
    alike = [dict.fromkeys(each, HOMOPHONE) for each in pairs]
    best: list[Stretch] = []
    for begin, end in (sentence.span() for sentence in SENTENCE.finditer(text)):
        every = [*align(phrase, text, begin, end, budget=SLIP, alike=alike, prices=COMPLETE)]
        every += align(phrase, text, begin, end, budget=windows.budget, alike=alike, prices=PRICES)
        for one in sorted(every, key=windows.rank):
            if not any(one.start < each.end and each.start < one.end for each in best):
                best.append(one)
    assert list(windows.align(text)) == sorted(each for each in best if each.edits)


def test_characters_of_the_phrase_alone_sound_too() -> None:
    """A typed character that the text lacks has its readings from the dictionary: 精 is jing."""
    readings = {"枫": frozenset({"feng"}), "桥": frozenset({"qiao"}), "经": frozenset({"jing"})}
    (found,) = Windows("枫桥精", readings).align("枫桥经")
    assert found.edits == (Edit(HOMOPHONE, "精", "经"),)


SYLLABLES = {
    character: frozenset(syllables.split())
    for character, syllables in {
        "枫": "feng", "桥": "qiao", "经": "jing", "验": "yan", "西": "xi", "安": "an", "先": "xian",
        "洗": "xi xian", "行": "hang xing", "业": "ye", "旅": "lv", "游": "you", "略": "lve",
        "去": "qu", "模": "mo mu", "式": "shi",
    }.items()
}  # fmt: skip


def spelt(letters: str, text: str) -> list[str]:
    """List what letters find in a folded text."""
    return [text[each.start : each.end] for each in apart(Spelling(letters, SYLLABLES).find(text))]


@pytest.mark.parametrize(
    ("letters", "text", "expected"),
    [
        ("fengqiaojingyan", "的枫桥经验,枫桥经验", ["枫桥经验", "枫桥经验"]),
        ("feng qiao jing yan", "枫桥经验", ["枫桥经验"]),
        ("feng qiaojing  yan ", "枫桥经验", ["枫桥经验"]),
        ("Fēngqiáo", "枫桥经验", ["枫桥"]),
        ("ＦＥＮＧＱＩＡＯ", "枫桥经验", ["枫桥"]),
        ("fengqia", "枫桥经验", []),  # half a syllable
        ("fq", "枫桥经验", []),  # initials
        ("engqiao", "枫桥经验", []),
        ("xian", "先西安", ["先", "西安"]),
        ("xi'an", "先西安", ["西安"]),
        ("xi’an", "先西安", ["西安"]),
        ("xi an", "先西安", ["西安"]),
        ("xian", "洗,洗安", ["洗", "洗安"]),  # the longest, where a reading is another's beginning
        ("hangye", "行业", ["行业"]),  # every reading counts
        ("xingye", "行业", ["行业"]),
        ("lvyou", "旅游", ["旅游"]),
        ("lüyou", "旅游", ["旅游"]),
        ("LǙyou", "旅游", ["旅游"]),
        ("luyou", "旅游", ["旅游"]),
        ("lyuyou", "旅游", ["旅游"]),
        ("lve", "略", ["略"]),
        ("lüe", "略", ["略"]),
        ("lue", "略", ["略"]),
        ("qü", "去", ["去"]),
        ("枫桥jingyan", "枫桥经验", ["枫桥经验"]),
        ("楓qiao", "枫桥经验", ["枫桥"]),
        ("1+3+Xmoshi", "推行1+3+x模式", ["1+3+x模式"]),
        ("1+3+X", "推行1+3+x模式", []),  # that is no spelling, it stands there
        ("moshi", "推行moshi", []),
        ("枫桥", "枫桥", []),
        ("jingyan", "经。验", []),
        ("先ann", "先安", []),
        ("anan", "安安安", ["安安"]),
        ("'", "安", []),
    ],
)
def test_letters_spell_hanzi_in_whole_syllables(letters: str, text: str, expected: list[str]) -> None:
    """Pinyin finds Hanzi however it is divided and marked, with ü, and beside what is no pinyin."""
    assert spelt(letters, text) == expected


@given(st.text("".join(SYLLABLES), min_size=1, max_size=12), NOISE, st.data())
@settings(max_examples=150)
def test_what_is_spelt_is_found(phrase: str, noise: str, data: st.DataObject) -> None:
    """Any words, each character in any of its readings, divided or not, are found where they stand."""
    syllables = [data.draw(st.sampled_from(sorted(SYLLABLES[each]))) for each in phrase]
    letters = data.draw(st.sampled_from(("", " ", "'"))).join(syllables)
    assert spelt(letters, f"{noise}{phrase}{noise}")[0] == phrase


def test_letters_that_divide_in_many_ways_take_no_time() -> None:
    """Forty times xian, which divides in 2**40 ways, is answered."""
    text = "西安先" * 60
    assert spelt("xian" * 40, text) == ["西安先" * 20] * 3
    assert spelt("xian" * 40 + "q", text) == []
