"""Search: every place that has the phrase, in the text's own words, and nothing that has it not."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

import pytest
from hypothesis import assume, given, settings, strategies as st

from speeches_cli import folding, search
from speeches_cli.corpus import Corpus
from speeches_cli.errors import SpeechesError
from speeches_cli.model import Passage
from speeches_cli.render import wording
from speeches_cli.search import LONGEST_PHRASE, Edit, Hit
from speeches_cli.search.alignment import HOMOPHONE, PINYIN
from speeches_cli.search.candidates import budget
from speeches_cli.search.text import EXACT, NEAR
from tests.material import Paper, Searched, searched

FENGQIAO = [("中川镇", "3.1", 72), ("酒泉路街道", "1.1", 9), ("银滩路街道", "2.1", 178)]
DENGJI = [("银滩路街道", "2.1", 90), ("海石湾镇", "3.1", 57), ("先锋路街道", "1.1", 215)]
LVYOU = [("中川镇", "2.1", 117), ("中川镇", "2.1", 197), ("大同镇", "2.1", 256), ("大同镇", "2.1", 283)]
SENTENCE_MARKS = re.compile("[。！？!?；;]")
RIGID = re.compile("[0-9a-z.%]+")


def passages(*texts: str) -> list[Passage]:
    """Make the paragraphs of one section."""
    return [Passage(0, 1, at, text, "") for at, text in enumerate(texts, 1)]


def find(
    phrases: str | Sequence[str],
    *texts: str,
    **options: Any,
) -> Searched:
    """Search some paragraphs."""
    readings = {each: folding.readings(each) for each in folding.fold("".join(texts))}
    wanted = [phrases] if isinstance(phrases, str) else phrases
    return searched(wanted, Paper(passages(*texts), readings), **options)


def matches(found: Searched) -> list[str]:
    """List what matched."""
    return [hit.match for hit in found.hits]


def everywhere(corpus: Corpus, *phrases: str, near: bool = False) -> Searched:
    """Search the eight speeches."""
    return searched(phrases, corpus, near=near)


def where(corpus: Corpus, hit: Hit) -> tuple[str, str, int]:
    """Name the place of a hit: town, section and paragraph, offset."""
    town = corpus.speeches[hit.passage.speech].town
    return town, f"{hit.passage.section}.{hit.passage.paragraph}", hit.start


@pytest.mark.parametrize(
    ("phrase", "how", "match", "places"),
    [
        ("枫桥经验", EXACT, "枫桥经验", FENGQIAO),
        ("楓橋經驗", EXACT, "枫桥经验", FENGQIAO),
        ("「枫桥经验」", EXACT, "枫桥经验", FENGQIAO),
        ('"枫桥经验"', EXACT, "枫桥经验", FENGQIAO),
        ("《枫桥经验》", EXACT, "枫桥经验", FENGQIAO),
        ("枫桥 经验", EXACT, "枫桥经验", FENGQIAO),
        ("枫桥精验", HOMOPHONE, "枫桥经验", FENGQIAO),
        ("风乔经验", HOMOPHONE, "枫桥经验", FENGQIAO),
        ("枫桥式经验", NEAR, "枫桥经验", FENGQIAO),
        ("枫桥验", NEAR, "枫桥经验", FENGQIAO),
        ("fengqiaojingyan", PINYIN, "枫桥经验", FENGQIAO),
        ("feng qiao jing yan", PINYIN, "枫桥经验", FENGQIAO),
        ("fengqiao", PINYIN, "枫桥", FENGQIAO),
        ("枫桥jingyan", PINYIN, "枫桥经验", FENGQIAO),
        ("登记难", EXACT, "登记难", DENGJI),
        ("登记難", EXACT, "登记难", DENGJI),
        ("登计难", HOMOPHONE, "登记难", DENGJI),
        ("lvyou", PINYIN, "旅游", LVYOU),
        ("lüyou", PINYIN, "旅游", LVYOU),
        ("物业+为老服务", EXACT, "物业＋为老服务", [("福利路街道", "2.1", 209)]),
        ("增长18%", EXACT, "增长18%", [("树屏镇", "0.1", 62)]),
        ("增长16%", EXACT, "", []),
        ("增长18", EXACT, "增长18", [("树屏镇", "0.1", 62)]),
        ("12345", EXACT, "12345", [("酒泉路街道", "1.1", 213), ("银滩路街道", "2.1", 241)]),
        ("1+3+X", EXACT, "1+3+X", [("酒泉路街道", "1.1", 75)]),
        ("１＋３＋x", EXACT, "1+3+X", [("酒泉路街道", "1.1", 75)]),
        ("N", EXACT, "N", [("先锋路街道", "1.1", 103)]),
        ("hangye", PINYIN, "行业", [("银滩路街道", "3.1", 250)]),
        ("xingye", PINYIN, "行业", [("银滩路街道", "3.1", 250)]),
    ],
)
def test_a_phrase_is_found_however_it_is_typed(
    corpus: Corpus, phrase: str, how: str, match: str, places: list[tuple[str, str, int]]
) -> None:
    """Right or slightly wrong, in any form or in pinyin: the same places, in corpus order."""
    found = everywhere(corpus, phrase)
    assert [where(corpus, hit) for hit in found.hits] == places
    assert {(hit.match, hit.how, hit.phrase) for hit in found.hits} <= {(match, how, phrase)}


@pytest.mark.parametrize(
    ("typed", "how", "cost", "edits"),
    [
        ("枫桥经验", EXACT, 0, ()),
        ("枫桥精验", HOMOPHONE, 0.5, (Edit("homophone", "精", "经"),)),
        ("风桥精验", HOMOPHONE, 1, (Edit("homophone", "风", "枫"), Edit("homophone", "精", "经"))),
        ("枫桥大验", NEAR, 1, (Edit("wrong", "大", "经"),)),
        ("枫桥验", NEAR, 1, (Edit("missing", "", "经"),)),
        ("枫桥好经验", NEAR, 1, (Edit("extra", "好", ""),)),
        ("枫经桥验", NEAR, 1, (Edit("swapped", "经桥", "桥经"),)),
        ("fengqiaojingyan", PINYIN, 0, (Edit("pinyin", "fengqiaojingyan", "枫桥经验"),)),
    ],
)
def test_every_hit_says_why_it_matched(
    typed: str, how: str, cost: float, edits: tuple[Edit, ...]
) -> None:
    """The way, the cost and the slips are told, and the match stands between its two sides."""
    (hit,) = find(typed, "推广“枫桥 经验”到村。").hits
    text = hit.passage.text
    assert (text[: hit.start], hit.match, text[hit.end :]) == ("推广“", "枫桥 经验", "”到村。")
    assert (hit.how, hit.cost, hit.edits, hit.phrase) == (how, cost, edits, typed)


def test_exact_hits_come_alone_unless_near_ones_are_wanted() -> None:
    """Of 枫桥经验 and 枫桥式经验 the exact one is given, and it is known that there may be more."""
    texts = ("坚持枫桥经验。", "发展枫桥式经验。")
    assert find("枫桥经验", *texts) == find("枫桥经验", texts[0])
    both = find("枫桥经验", *texts, near=True)
    assert (matches(both), both.more) == (["枫桥经验", "枫桥式经验"], False)
    assert matches(find("枫桥式经验", *texts)) == ["枫桥式经验"]
    assert matches(find("枫桥式经验", texts[0])) == ["枫桥经验"]


def test_places_that_lack_something_typed_wait_for_near() -> None:
    """Where one place has all that was typed, those that would need a wrong character are left out."""
    texts = ("第一时间研究。", "第一时间组织。", "第一时间现身。")
    found = find("第一时间言", *texts)
    assert (matches(found), found.more) == (["第一时间研"], True)
    assert matches(find("第一时间言", *texts, near=True)) == ["第一时间研", "第一时间组", "第一时间现"]
    assert matches(find("第一时间言", *texts[1:])) == ["第一时间组", "第一时间现"]
    swapped = find("党条建引", "一条党建引领", "以党建引领")
    assert (matches(swapped), swapped.more) == (["条党建引"], True)


@pytest.mark.parametrize(
    ("typed", "text", "expected"),
    [
        ("枫桥经验", "新时代枫桥式经验丰富", ["枫桥式经验"]),  # the whole, not 枫桥式经
        ("枫乔", "枫桥", ["枫桥"]),
        ("枫大", "枫桥", []),  # too short for a wrong character
        ("理治", "治理", ["治理"]),  # but not for a swap
        ("承街", "承接街道", ["承接街"]),  # or for one that is missing
        ("实总投", "实施总投", ["实施总投"]),  # rather than 施总投, which sounds alike
        ("施设", "设施建设", ["设施"]),  # rather than 施建设, which only lacks 建
        ("登记南", "登记难登记男", ["登记难", "登记男"]),
        ("网格治理", "网格。治理", []),  # never across the end of a sentence
        ("网格治理", "网格！治理", []),
        ("网格治理", "网格？治理", []),
        ("网格治理", "网格；治理", []),
        ("网格治理", "网格、治理", ["网格、治理"]),
        ("网格治里", "“网格”治理", ["网格”治理"]),
        ("增长16%", "增长18%", []),
        ("增涨18%", "增长18%。", ["增长18%"]),
        ("增涨8%", "增长18%", []),
        ("覆盖00户", "覆盖200户", []),
        ("，枫桥精验。", "推广枫桥经验", ["枫桥经验"]),  # marks at the ends don't count as slips
        ("枫桥经验枫桥精验", "枫桥经验枫桥经验", ["枫桥经验枫桥经验"]),
        ("网格", "网格网格网格", ["网格"] * 3),
        ("格网", "网格网格网", ["格网", "格网"]),
        ("哈哈", "哈哈哈", ["哈哈", "哈哈"]),  # exact places may overlap
        ("增长18%。", "增长18%，增长18", ["增长18%"]),
        ("生铲", "身产和生产", ["生产"]),  # 身产 only nearly sounds alike
        (
            "多治理。推进网革化",
            "加强多治理。推进网格化管理",
            ["多治理。推进网格化"],
        ),  # a pasted stretch
        ("2,944件", "解决2944件", ["2944件"]),
        ("2944件", "解决2,944件", ["2,944件"]),
        ("百分之七十", "占70%", ["70%"]),
        ("百分之一百零五", "完成105%", ["105%"]),
        ("百分之8", "增长8%", ["8%"]),
        ("百分之十百", "增长10%", []),  # no numeral
        ("一至八月", "1至8月完成", ["1至8月"]),
        ("十二月", "12月完成", ["12月"]),
        ("10㎡", "面积10平方米", ["10平方米"]),
        ("km²", "10平方公里", ["平方公里"]),
        ("⼾籍⼈⼝", "户籍人口", ["户籍人口"]),
        ("行政村-网格", "行政村——网格", ["行政村——网格"]),
        ("行政村—网格", "行政村——网格", ["行政村——网格"]),
        ("feng1qiao2", "枫桥经验", ["枫桥"]),
    ],
)
def test_what_is_near_and_what_is_not(typed: str, text: str, expected: list[str]) -> None:
    """Spans are whole, sentences are not crossed, figures agree however they are written."""
    assert matches(find(typed, text)) == expected


def test_punctuation_at_the_ends_counts_only_where_it_stands() -> None:
    """A phrase copied with its mark is found with it, and without it if it stands nowhere so."""
    texts = ("网格，网格。", "网格")
    for near in (False, True):
        assert matches(find("网格，", *texts, near=near)) == ["网格，"]
        assert matches(find("，网格！", *texts, near=near)) == ["网格"] * 3


def test_overlapping_near_places_give_the_best_one() -> None:
    """Of places that share a character only the cheapest is given."""
    found = find("枫桥经验", "枫桥精验经验", near=True)
    assert [(hit.match, hit.cost) for hit in found.hits] == [("枫桥精验", 0.5)]
    spelt = find("an经济", "安经济an经记", near=True)
    assert [(hit.match, hit.how) for hit in spelt.hits] == [("安经济", PINYIN), ("an经记", HOMOPHONE)]


def test_of_places_as_near_the_longest_is_given_but_two_characters_stay_together() -> None:
    """A place is not cut short for one as good inside it; 枫桥 is in 桥枫 sooner than in 枫理桥."""
    assert matches(find("桥验治", "桥桥验桥治", near=True)) == ["桥验桥治"]
    assert matches(find("枫桥", "枫理桥枫验", near=True)) == ["桥枫"]


def test_several_phrases_give_the_paragraphs_that_have_all() -> None:
    """Every place of each, but only in paragraphs that the others share; one may be near."""
    texts = ("网格治理，网格", "网格", "治理", "枫桥经验在网格")
    assert matches(find(("网格", "治理"), *texts)) == ["网格", "治理", "网格"]
    found = find(("枫桥精验", "网格"), *texts)
    assert [(hit.match, hit.phrase) for hit in found.hits] == [
        ("枫桥经验", "枫桥精验"),
        ("网格", "网格"),
    ]
    apart = find(("治理", "枫桥经验"), *texts)
    assert (apart.hits, apart.apart) == ((), (("治理", 2), ("枫桥经验", 1)))


def test_any_of_several_phrases_and_none_of_others() -> None:
    """`either` takes paragraphs that have one phrase, `without` leaves out those that have another."""
    texts = ("网格治理", "网格", "治理", "枫桥经验")
    assert matches(find(("网格", "枫桥经验"), *texts, either=True)) == ["网格", "网格", "枫桥经验"]
    found = find(("网格", "枫桥经验"), *texts, either=True, without=("治理",))
    assert [hit.passage.paragraph for hit in found.hits] == [2, 4]


@pytest.mark.parametrize(
    ("typed", "text", "exact", "near"),
    [
        ("8%", "增长8%，下降30.8%，占18%", ["8%"], ["8%", "30.8%", "18%"]),
        ("200万元", "2200万元和200万元", ["200万元"], ["2200万元", "200万元"]),
        ("6万亩", "种植3.76万亩", ["3.76万亩"], ["3.76万亩"]),
        ("12家", "走访812家", ["812家"], ["812家"]),
        ("3名", "第3名", ["第3名"], ["第3名"]),
        ("网格5", "网格54个", ["网格54"], ["网格54"]),
        ("944件", "2,944件", ["2,944件"], ["2,944件"]),
        ("3家", "2,3家", ["3家"], ["3家"]),
        ("200", "200万元", ["200"], ["200"]),
        ("、200", "有张、2000人", ["2000"], ["2000"]),
        ("0", "1,000", ["1,000"], ["1,000"]),
    ],
)
def test_a_number_is_a_number_to_its_last_digit(
    typed: str, text: str, exact: list[str], near: list[str]
) -> None:
    """8% is not 30.8%: what is only a part of a number is a near hit, and shows the whole."""
    assert matches(find(typed, text)) == exact
    assert matches(find(typed, text, near=True)) == near
    assert [hit.how for hit in find(typed, text, near=True).hits if hit.match != typed] == [
        NEAR for match in near if match != typed
    ]


def test_the_first_place_in_a_number_tells_what_was_not_typed() -> None:
    """`2` has two places in 2200, of which the first is taken for what was typed."""
    (found,) = find("2", "2200个").hits
    assert (found.match, found.edits) == ("2200", (Edit("missing", "", "200"),))


@pytest.mark.parametrize(
    ("typed", "text", "sounds"),
    [
        ("身产", "生产", "en/eng"),
        ("楠州", "兰州", "n/l"),
        ("湖利", "福利", "h/f"),
        ("三上", "山上", "s/sh"),
    ],
)
def test_what_nearly_sounds_alike_is_a_second_step(typed: str, text: str, sounds: str) -> None:
    """In words of two and three, near sounds are taken only where nothing sounds exactly alike."""
    (hit,) = find(typed, text).hits
    assert (hit.match, hit.how) == (text, NEAR)
    assert sounds in wording.why(hit)
    assert "nearly" not in {edit.kind for edit in hit.edits if edit.typed == edit.found}


def test_a_near_place_counts_where_no_paragraph_has_all_exactly() -> None:
    """An exact place elsewhere does not hide the paragraph that has all phrases, one of them nearly."""
    assert matches(find(("枫桥经验", "网格"), "枫桥经验", "枫桥精验，网格")) == ["枫桥精验", "网格"]


@pytest.mark.parametrize(
    ("typed", "texts", "suggestion"),
    [
        ("枫桥大大", ("坚持“枫桥”经验。",), "枫桥”经验"),
        ("登记很男", ("解决登记难",), "登记难"),
        ("城市化治理", ("推进城市基层治理",), "城市基层治理"),
        ("党建引领基层治理", ("治理", "党建引领城市基层治理"), "党建引领城市基层治理"),
        ("枫树", ("坚持枫桥经验。",), None),  # two characters have too many neighbours
        ("航天发射基地", ("坚持枫桥经验。",), None),
        *(  # over 40 characters none are looked for
            ("甲" * 6 + "践行新时代枫桥经验" * count, ("践行新时代枫桥经验" * count,), found)
            for count, found in ((3, "践行新时代枫桥经验" * 3), (4, None))
        ),
        ("枫桥大大", ("枫甲乙丙桥甲乙丙大甲乙丙大",) * 6 + ("坚持枫桥经验。",), "枫桥经验"),
        ("城市大大治小", ("城市基层治理",), None),  # alike, but more than a slip too far
        ("枫" * 201, ("坚持枫桥经验。",), None),
        ("枫桥|经验好", ("坚持枫桥经验。",), None),  # a pattern: nobody meant those characters
    ],
)
def test_where_nothing_is_found_the_nearest_words_are_named(
    typed: str, texts: tuple[str, ...], suggestion: str | None
) -> None:
    """A phrase one slip too far is suggested; of what is not near nothing is said."""
    found = find(typed, *texts)
    assert found.hits == ()
    assert [hit.match for hit in found.nearest] == ([suggestion] if suggestion else [])
    assert all(hit.how == NEAR and hit.cost > budget(len(typed)) for hit in found.nearest)


@pytest.mark.parametrize(
    ("typed", "suggestion"),
    [
        *(("fen qiao", "枫桥"), ("fenqiao", "枫桥"), ("fqjy", "枫桥经验"), ("danjian", "党建")),
        ("jianxingxinshidaifengqiaojingyandexiaosujie", "践行新时代枫桥经验的小组结"),
        *(("huoxing", None), ("lujiawan", None), ("dja", None)),
        (("经验", "枫桥大大"), "枫桥经验"),
    ],
)
def test_pinyin_with_a_slip_is_suggested(typed: str | tuple[str, ...], suggestion: str | None) -> None:
    """Letters that spell nothing lead to what they nearly spell, or to what has these initials.

    Of several phrases the one that is nowhere gets the suggestion.
    """
    found = find(typed, "坚持党建，枫桥经验", "组建网格", "践行新时代枫桥经验的小组结对")
    assert found.hits == ()
    assert {hit.match for hit in found.nearest} == ({suggestion} if suggestion else set())


@pytest.mark.parametrize(
    ("by", "order"),
    [
        ("left", ["a“网格c", "ca网格b", "b网格“a"]),
        ("right", ["b网格“a", "ca网格b", "a“网格c"]),
    ],
)
def test_hits_sort_by_the_words_on_either_side(by: str, order: list[str]) -> None:
    """Left sorts by the characters nearest the match, right by those after it; quotes don't count."""
    hits = search.sort(find("网格", "b网格“a", "a“网格c", "ca网格b").hits, by)
    assert [hit.passage.text for hit in hits] == order


@pytest.mark.parametrize("phrase", ["", " ", "。，", "“”", "%", "\u200b", "\ud800", "🙂", "--"])
def test_a_phrase_without_a_word_is_refused(phrase: str) -> None:
    """Empty or only punctuation: one sentence says so."""
    message = f"nothing to look for in '{phrase}': give a word, a number or a phrase"
    with pytest.raises(SpeechesError, match=re.escape(message)):
        find(["枫桥", phrase], "枫桥经验")


def test_a_phrase_longer_than_any_paragraph_is_refused() -> None:
    """A phrase of 10,000 characters is too long; the limit is named, and allowed."""
    message = f"a phrase of 10000 characters is too long; at most {LONGEST_PHRASE}"
    with pytest.raises(SpeechesError, match=message):
        find("枫桥" * 5000, "枫桥经验")
    longest = "枫" * LONGEST_PHRASE
    assert matches(find(longest, f"在{longest}")) == [longest]


def _excerpt(data: st.DataObject, texts: Sequence[str], longest: int) -> tuple[int, int, int]:
    """Draw a stretch of a text that has a word character."""
    at = data.draw(st.integers(0, len(texts) - 1))
    start = data.draw(st.integers(0, len(texts[at]) - 1))
    end = data.draw(st.integers(start + 1, min(start + longest, len(texts[at]))))
    assume(any(map(str.isalnum, texts[at][start:end])))
    return at, start, end


def _cuts(text: str, at: int) -> bool:
    """Tell whether a place lies inside a number."""
    before, after = folding.fold(text[:at]), folding.fold(text[at:])
    return bool(re.search("[0-9.第]$", before) and re.match("[0-9.]", after))


@given(st.data(), st.sampled_from((3, 12, 400)))
@settings(max_examples=150)
def test_any_excerpt_is_found_where_it_was_taken(
    corpus: Corpus, data: st.DataObject, longest: int
) -> None:
    """What is copied from the text is found there exactly, and every exact hit has its very words."""
    every = list(corpus.passages(corpus.speeches))
    at, start, end = _excerpt(data, [each.text for each in every], longest)
    text = every[at].text
    assume(not any(_cuts(text, edge) for edge in (start, end)))
    kept = [index for index in range(start, end) if folding.fold(text[index])]
    found = searched([text[start:end]], Paper(every, corpus.readings))
    assert (every[at], kept[0], kept[-1] + 1) in [
        (hit.passage, hit.start, hit.end) for hit in found.hits
    ]
    for hit in found.hits:
        assert hit.passage.text[hit.start : hit.end] == hit.match
        assert (hit.how, folding.fold(hit.match)) == (EXACT, folding.fold(text[start:end]))


ANYTHING = st.text(
    st.one_of(st.characters(), st.sampled_from("枫桥经验网格治理，。“”％18%aXn'＋ \u200b\ud800")),
    max_size=12,
)


@given(st.lists(ANYTHING, min_size=1, max_size=2), st.sampled_from((1, 1, 1, 40, 10_000)))
@settings(max_examples=100)
def test_no_query_of_any_unicode_fails(corpus: Corpus, phrases: list[str], times: int) -> None:
    """Whatever is typed is answered with hits whose spans hold, or refused with a SpeechesError."""
    typed = [phrases[0] * times, *phrases[1:]]
    for near in (False, True):
        try:
            found = everywhere(corpus, *typed, near=near)
        except SpeechesError:
            continue
        assert all(hit.passage.text[hit.start : hit.end] == hit.match != "" for hit in found.hits)


HANZI = "枫桥经验网格治理民事实施的一"


def _mistyped(data: st.DataObject, phrase: str) -> str:
    """Make one or two slips, of any kind, anywhere."""
    for _slip in range(data.draw(st.integers(1, 2))):
        at = data.draw(st.integers(0, len(phrase)))
        put = data.draw(st.sampled_from(("", *HANZI, phrase[at : at + 2][::-1])))
        phrase = phrase[:at] + put + phrase[at + data.draw(st.integers(0, 2)) :]
    return phrase


@given(st.data())
@settings(max_examples=100)
def test_near_adds_hits_and_every_one_keeps_the_rules(corpus: Corpus, data: st.DataObject) -> None:
    """Near loses no hit; near hits stay within a sentence, the budget and whole, equal figures."""
    every = list(corpus.passages(corpus.speeches))
    at, start, end = _excerpt(data, [each.text for each in every], 14)
    typed = _mistyped(data, every[at].text[start:end])
    assume(any(map(str.isalnum, folding.fold(typed))))
    plain, wide = (
        searched([typed], Paper(every, corpus.readings), near=near) for near in (False, True)
    )
    assert set(plain.hits) <= set(wide.hits)
    assert plain.more or len(wide.hits) == len(plain.hits)
    taken: set[tuple[int, int]] = set()
    for hit in wide.hits:
        assert hit.passage.text[hit.start : hit.end] == hit.match
        stretch = {(id(hit.passage), at) for at in range(hit.start, hit.end)}
        assert hit.how == EXACT or not stretch & taken
        taken |= stretch
        cut = all(re.fullmatch("[0-9.,第]+", each.found) for each in hit.edits)
        if hit.how in (HOMOPHONE, NEAR) and not cut:
            _keeps_the_rules(hit, folding.fold(typed))


def _keeps_the_rules(hit: Hit, typed: str) -> None:
    text = hit.passage.text
    phrase = re.sub(r"^[^\w%]+|[^\w%]+$", "", typed)
    assert SENTENCE_MARKS.search(phrase) or not SENTENCE_MARKS.search(hit.match)
    assert text[hit.start].isalnum()
    assert text[hit.end - 1].isalnum() or text[hit.end - 1] in "%％"
    for edge in (hit.start, hit.end):
        sides = (folding.fold(text[max(0, edge - 1) : edge]), folding.fold(text[edge : edge + 1]))
        assert not all(map(RIGID.fullmatch, sides))
    assert RIGID.findall(folding.fold(hit.match)) == RIGID.findall(phrase)
    allowed = budget(len(phrase))
    assert 0 < hit.cost <= allowed or {each.kind for each in hit.edits} <= {"missing", "swapped"}
    assert hit.cost <= max(1, allowed)
