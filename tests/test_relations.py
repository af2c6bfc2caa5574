"""`auditing`: the growth and the shares that a text lets one work out again."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from math import inf

import pytest
from hypothesis import given, settings, strategies as st

from speeches_cli import auditing, quantities
from speeches_cli.corpus import Corpus


def told(text: str) -> list[tuple[str, str, str, str, bool]]:
    """Tell what is found in a few words."""
    return [
        (each.kind, each.basis, each.stated, f"{each.result:f}{each.unit}", each.agrees)
        for each in auditing.relations(text)
    ]


def test_the_eight_speeches(corpus: Corpus) -> None:
    """Two results of the compilation can be worked out again: one contradicts, one is rounded."""
    texts = [each.text for each in corpus.passages(corpus.speeches)]
    assert [each for text in texts for each in told(text)] == [
        ("growth", "由去年的3584家增加到4480家", "增长8%", "25.0%", False),
        ("share", "9.5亿元，占年计划12亿元", "的79.31%", "79.17%", True),
    ]


RELATIONS = [
    # the text, what the percentage follows from, what states it, what it comes to, whether it agrees
    ("干部10名，党员120名，其中女党员30名，占20%。", "120名，其中女党员30名", "占20%", "25.0%", False),
    ("由100家减少到80家，下降25%。", "由100家减少到80家", "下降25%", "20.0%", False),
    ("由3584家增加到3000家，增长8%。", "由3584家增加到3000家", "增长8%", "-16.3%", False),
    ("由500万元增加到1亿元，增长100%。", "由500万元增加到1亿元", "增长100%", "1900.0%", False),
    ("达到4480家，比去年的3584家增长25%。", "4480家，比去年的3584家", "增长25%", "25.0%", True),
    ("由100余家增加到约200家，增长90%。", "由100余家增加到约200家", "增长90%", "100.0%", True),
    ("由100余家增加到300家以上，增长300%。", "由100余家增加到300家以上", "增长300%", "200.0%", True),
    ("由15亩增加到20000平方米，增长100%。", "由15亩增加到20000平方米", "增长100%", "100.0%", True),
    ("由80家增加到100家，净增20家，增长30%。", "由80家增加到100家", "增长30%", "25.0%", False),
    ("建成5.1万亩，占耕地面积8.1万亩的70%。", "5.1万亩，占耕地面积8.1万亩", "的70%", "63.0%", False),
    ("党员120名，其中女党员30名，占26%。", "120名，其中女党员30名", "占26%", "25.0%", False),
    ("由3584家增加到4480家，增长8%；走访#户。", "由3584家增加到4480家", "增长8%", "25.0%", False),
]


@pytest.mark.parametrize(("text", "basis", "stated", "result", "agrees"), RELATIONS)
def test_what_can_be_worked_out_again(
    text: str, basis: str, stated: str, result: str, agrees: bool
) -> None:
    """The numbers that belong together are found, and judged as far as rounding and bounds allow."""
    kind = "growth" if text[0] in "由达" else "share"
    assert told(text) == [(kind, basis, stated, result, agrees)]


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
        "建成5万亩，占近15万亩的70%。",
        "党员10名、干部5名，占总人数50名的30%。",  # both of them
        "受理诉求120件，办结90家，办结率75%。",
        "受理诉求120件，办结90件，满意率75%。",
        "走访30户、20人，由#增加到4480家，增长8%。",  # no quantity
    ],
)
def test_what_leaves_a_doubt_is_passed_over(text: str) -> None:
    """No relation is seen where the numbers may be said of different things."""
    assert told(text) == []


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("9.5亿元", 945_000_000, 955_000_000),
        ("3584家", 3584, 3584),
        ("4.2万户", 41_500, 42_500),
        ("79.31%", Fraction(79305, 1000), Fraction(79315, 1000)),
        ("１，０８６.5米", Fraction(108645, 100), Fraction(108655, 100)),
        ("1亿2000万元", 115_000_000, 125_000_000),
        ("两百三十元", 225, 235),
        ("0.0元", Fraction(-5, 10), Fraction(5, 10)),
        ("约1700米", 1600, 1800),
        ("130余个", 130, 140),
        ("3万元以上", 30_000, inf),
        ("近20万人", 0, 200_000),
    ],
)
def test_a_number_stands_for_all_that_round_to_it(
    text: str, low: Fraction | int, high: Fraction | float
) -> None:
    """Half of its last digit on either side, unless it was counted out or says itself how far."""
    assert auditing.interval(quantities.read_one(text)) == (low, high)


@settings(max_examples=200)
@given(st.integers(1, 9999), st.integers(1, 9999), st.integers(0, 2))
def test_a_rightly_rounded_growth_is_no_contradiction(before: int, after: int, places: int) -> None:
    """Whatever two counts there are, the growth between them, rounded to any digit, agrees."""
    growth = round(Fraction(abs(after - before), before) * 100, places)
    verbs = ("增加", "增长") if after >= before else ("减少", "下降")
    text = f"由{before}家{verbs[0]}到{after}家，{verbs[1]}{float(growth):.{places}f}%。"
    (relation,) = auditing.relations(text)
    assert relation.agrees
    assert abs(relation.result - Decimal(abs(after - before)) / before * 100) <= Decimal("0.05")
