"""`auditing.relations`, `sums`, `rounding` and `sentences`: what a text lets one work out again."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from speeches_cli import quantities
from speeches_cli.auditing import relations, rounding, sentences, sums
from speeches_cli.auditing.relations import Relation
from speeches_cli.corpus import Corpus


def found(text: str) -> list[Relation]:
    """Give every relation of a paragraph."""
    return [
        each
        for sentence in sentences.split(text)
        for each in (*relations.find(sentence), *sums.find(sentence))
    ]


def told(text: str) -> list[tuple[str, str, str, str, bool]]:
    """Tell what is found in a few words."""
    return [
        (each.kind, each.basis, each.stated, f"{each.result:f}{each.unit}", each.agrees)
        for each in found(text)
    ]


def test_the_eight_speeches(corpus: Corpus) -> None:
    """Two results of the compilation can be worked out again: one contradicts, one is rounded."""
    texts = [each.text for each in corpus.passages(corpus.speeches)]
    assert [each for text in texts for each in told(text)] == [
        ("growth", "由去年的3584家增加到4480家", "增长8%", "25.0%", False),
        ("share", "9.5亿元，占年计划12亿元", "的79.31%", "79.17%", True),
    ]


RELATIONS = {
    # growth
    "从3584家增长至4480家，同比增长25%。": ("growth", "从3584家增长至4480家", "增长25%", "25.0%", True),
    "由100家减少到80家，下降20%。": ("growth", "由100家减少到80家", "下降20%", "20.0%", True),
    "由100家减少到80家，下降25%。": ("growth", "由100家减少到80家", "下降25%", "20.0%", False),
    "由3584家增加到3000家，增长8%。": ("growth", "由3584家增加到3000家", "增长8%", "-16.3%", False),
    "由2亿元提高到5亿元（增长1.5倍）": ("growth", "由2亿元提高到5亿元", "增长1.5倍", "1.5倍", True),
    "由2.0亿元提高到5.0亿元，增长2.5倍": (
        "growth",
        "由2.0亿元提高到5.0亿元",
        "增长2.5倍",
        "1.5倍",
        False,
    ),
    "由500万元增加到1亿元，增长100%。": (
        "growth",
        "由500万元增加到1亿元",
        "增长100%",
        "1900.0%",
        False,
    ),
    "达到4480家，比去年的3584家增长25%。": (
        "growth",
        "4480家，比去年的3584家",
        "增长25%",
        "25.0%",
        True,
    ),
    "由100余家增加到约200家，增长90%。": (
        "growth",
        "由100余家增加到约200家",
        "增长90%",
        "100.0%",
        True,
    ),
    "由100余家增加到300家以上，增长300%。": (
        "growth",
        "由100余家增加到300家以上",
        "增长300%",
        "200.0%",
        True,
    ),
    "由15亩增加到2公顷，增长100%。": ("growth", "由15亩增加到2公顷", "增长100%", "100.0%", True),
    "由15亩增加到20公顷，增长100%。": ("growth", "由15亩增加到20公顷", "增长100%", "1900.0%", False),
    "由15亩增加到20000平方米，增长100%。": (
        *("growth", "由15亩增加到20000平方米", "增长100%", "100.0%", True),
    ),
    # difference
    "由3584家增加到4480家，增加896家。": (
        "difference",
        "由3584家增加到4480家",
        "增加896家",
        "896家",
        True,
    ),
    "由100户减少到80户，减少30户。": ("difference", "由100户减少到80户", "减少30户", "20户", False),
    "由2.1公里增加到3.5公里，增加1400米。": (
        *("difference", "由2.1公里增加到3.5公里", "增加1400米", "1400米", True),
    ),
    "满意率由90%提高到97%，提高9个百分点。": (
        *("difference", "由90%提高到97%", "提高9个百分点", "7百分点", False),
    ),
    # share
    "建成5.0万亩，占耕地面积8.0万亩的70%。": (
        "share",
        "5.0万亩，占耕地面积8.0万亩",
        "的70%",
        "62.5%",
        False,
    ),
    "完成9.5亿元，完成年计划12亿元的比例为90%": (
        "share",
        "9.5亿元，完成年计划12亿元",
        "的比例为90%",
        "79.2%",
        False,
    ),
    "党员10名、干部5名，占总人数50名的30%。": ("share", "5名，占总人数50名", "的30%", "10.0%", True),
    "群众20名、党员10名、干部5名，占总人数50名的30%。": (
        *("share", "5名，占总人数50名", "的30%", "10.0%", True),
    ),
    "走访10户、干部5名，占总人数50名的30%。": ("share", "5名，占总人数50名", "的30%", "10.0%", False),
    "党员120名，其中女党员30名，占26%。": ("share", "120名，其中女党员30名", "占26%", "25.0%", False),
    "受理诉求120件，办结90件，办结率75%。": ("share", "120件，办结90件", "办结率75%", "75.0%", True),
    # sum
    "建39个楼院网格和7个专属网格，共46个。": (
        "sum",
        "39个楼院网格和7个专属网格",
        "共46个",
        "46个",
        True,
    ),
    "建39个楼院网格和7个专属网格，共47个网格。": (
        "sum",
        "39个楼院网格和7个专属网格",
        "共47个",
        "46个",
        False,
    ),
    "建甲3个，乙4个、丙5个，合计12个。": ("sum", "3个，乙4个、丙5个", "合计12个", "12个", True),
    "建甲3个，乙4个、丙5个，合计9个。": ("sum", "3个，乙4个、丙5个", "合计9个", "9个", True),
    "建甲3个，乙4个、丙5个，合计13个。": ("sum", "4个、丙5个", "合计13个", "9个", False),
    "流转2.1万亩、托管1.3万亩，共计3.5万亩。": (
        "sum",
        "2.1万亩、托管1.3万亩",
        "共计3.5万亩",
        "34000亩",
        True,
    ),
    "网格54个，其中红色10个、黄色44个。": ("sum", "红色10个、黄色44个", "54个", "54个", True),
    "网格54个，其中红色10个、黄色45个。": ("sum", "红色10个、黄色45个", "54个", "55个", False),
    "网格54个，其中红色网格10个、黄网格45个。": (
        *("sum", "红色网格10个、黄网格45个", "54个", "55个", False),
    ),
    "流转5.4万亩，其中水田2.3万亩、旱田3.2万亩。": (
        *("sum", "水田2.3万亩、旱田3.2万亩", "5.4万亩", "55000亩", True),
    ),
    "网格54个（其中10个红色网格、45个黄色网格）": (
        "sum",
        "10个红色网格、45个黄色网格",
        "54个",
        "55个",
        False,
    ),
}


@pytest.mark.parametrize(("text", "relation"), RELATIONS.items(), ids=RELATIONS)
def test_what_can_be_worked_out_again(text: str, relation: tuple[str, str, str, str, bool]) -> None:
    """The numbers that belong together are found, and judged as far as rounding and bounds allow."""
    assert told(text) == [relation]


def test_a_growth_may_be_stated_twice() -> None:
    """As a number and as a percentage, each of which is worked out."""
    assert told("由80家增加到100家，净增20家，增长30%。") == [
        ("difference", "由80家增加到100家", "增20家", "20家", True),
        ("growth", "由80家增加到100家", "增长30%", "25.0%", False),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "由3584家增加到4480家，税收增长8%。",  # of something else
        "由3584家增加到4480人，增长8%。",
        "由3584家增加到4480家。去年增长8%。",
        "由3584家增加到4480家，年均增长8%。",  # compounded
        "由30%提高到40%，提高10%。",  # points, or a third?
        "由3584家增加到4480家，增加8人。",
        "由0家增加到4家，增长8%。",
        "由近100家增加到150家，增长20%。",  # from where?
        "建成5万亩，占全镇耕地面积的70%。",
        "建成5万亩，占耕地8户的70%。",
        "建成5万亩，占耕地15万亩的三成。",  # nearly so
        "建成5万亩，占耕地16万亩的三分之一。",
        "满意率90%，占95%的80%。",
        "建成5万亩，占近15万亩的70%。",
        "受理诉求120件，办结90家，办结率75%。",
        "受理诉求120件，办结90件，满意率75%。",
        "甲5个、乙3个，共有10个社区参加。",  # of something else
        "甲5个、乙3户，共10户。",
        "甲5个。乙3个，共10个。",
        f"甲5个{'网格' * 20}、乙3个，共10个。",
        "甲5个，乙3个，共10个。",  # is 甲 a part?
        "甲5个、乙3个；共10个。",
        "甲5个、乙3个（均已建成），共10个。",
        "甲5个、乙（3个），共10个。",
        "干部120名，其中35岁以下60名、大专以上80名、女性30名。",  # they overlap
        "网格54个，其中红色10个、黄色40个。",  # and others
        "网格54个，其中红色60个。",
        "网格54个，其中红色（10个）、黄色44个。",
        "网格54个，其中有红有黄。",
        "网格54个，其中红色和平10个、黄色和平45个。",
        "由80家增加到100家，提高9个百分点。",
        "由30%提高到40%，增加10家。",
    ],
)
def test_what_leaves_a_doubt_is_passed_over(text: str) -> None:
    """No relation is seen where the numbers may be said of different things."""
    assert told(text) == []


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("9.5亿元", 945_000_000, 955_000_000),
        ("12亿元", 1_150_000_000, 1_250_000_000),
        ("3584家", 3584, 3584),
        ("4.2万户", 41_500, 42_500),
        ("2000元", Fraction(19995, 10), Fraction(20005, 10)),
        ("79.31%", Fraction(79305, 1000), Fraction(79315, 1000)),
        ("3.20%", Fraction(3195, 1000), Fraction(3205, 1000)),
        ("１，０８６.5米", Fraction(108645, 100), Fraction(108655, 100)),
        ("1亿2000万元", 115_000_000, 125_000_000),
        ("1,200万元", 11_995_000, 12_005_000),
        ("两百三十元", 225, 235),
        ("0.0元", Fraction(-5, 10), Fraction(5, 10)),
        ("约1700米", 1600, 1800),
        ("约6.2万平方米", 61_000, 63_000),
        ("约3人", 2, 4),
        ("130余个", 130, 140),
        ("3万元以上", 30_000, None),
        ("近20万人", None, 200_000),
    ],
)
def test_a_number_stands_for_all_that_round_to_it(
    text: str, low: Fraction | int | None, high: Fraction | int | None
) -> None:
    """Half of its last digit on either side, unless it was counted out or says itself how far."""
    range_ = rounding.interval(quantities.read_one(text))
    assert (range_.low, range_.high) == (low, high)


@settings(max_examples=200)
@given(st.integers(1, 9999), st.integers(1, 9999), st.integers(0, 2))
def test_a_rightly_rounded_growth_is_no_contradiction(before: int, after: int, places: int) -> None:
    """Whatever two counts there are, the growth between them, rounded to any digit, agrees."""
    growth = round(Fraction(abs(after - before), before) * 100, places)
    verbs = ("增加", "增长") if after >= before else ("减少", "下降")
    text = f"由{before}家{verbs[0]}到{after}家，{verbs[1]}{float(growth):.{places}f}%。"
    (relation,) = found(text)
    assert relation.agrees
    assert abs(relation.result - Decimal(abs(after - before)) / before * 100) <= Decimal("0.05")


@settings(max_examples=200)
@given(st.lists(st.integers(1, 999), min_size=2, max_size=8), st.integers(-2, 2))
def test_only_the_right_sum_agrees(parts: list[int], error: int) -> None:
    """Counts add up exactly, or not at all; where the last of them do, those are meant."""
    suffixes = {sum(parts[-count:]) for count in range(2, len(parts) + 1)}
    total = sum(parts) + error
    text = "设" + "、".join(f"网格{each}个" for each in parts) + f"，共{total}个。"
    (relation,) = found(text)
    assert relation.agrees == (total in suffixes)


def test_a_list_without_end_is_not_added_up() -> None:
    """Nobody adds up more than a dozen numbers in a sentence."""
    assert len(found("设" + "、".join(["网格3个"] * 12) + "，共36个。")) == 1
    assert found("设" + "、".join(["网格3个"] * 13) + "，共39个。") == []
    assert found("网格39个，其中" + "、".join(["红色3个"] * 13) + "。") == []


def test_a_sign_of_the_text_is_no_quantity() -> None:
    """What marks quantities for the patterns may stand in the text itself."""
    assert told("走访30户、20人，由#增加到4480家，增长8%。") == []
    assert told("由#家增加到4480家，增长8%；由3584家增加到#..家，增长8%。") == []
