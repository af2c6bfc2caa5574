"""Towns' figures → comparison rows: what is set side by side, what is subtracted, what is not."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from itertools import combinations
from math import inf, isfinite
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given, settings, strategies as st

from speeches_cli import figures, quantities, ranges, units
from speeches_cli.corpus import Corpus
from speeches_cli.figures import Group, Row
from speeches_cli.model import Figure, Related, Speech
from speeches_cli.ranges import Range
from tests.shown import EAST, WEST, figure

CASES = yaml.safe_load((Path(__file__).parent / "cases" / "rows.yaml").read_text(encoding="utf-8"))
TOPICS = ("基层治理", "民生服务", "集体经济")
SOUTH = WEST._replace(key=2, town="南镇")


def _compared(*stated: Figure) -> Row:
    """Compare the east with the west where both speak of one indicator."""
    (row,) = figures.compare([EAST, WEST], stated, TOPICS).rows
    return row


def _told(found: Range | None) -> str | None:
    """Write a range: `5`, `60 to 80`, `60 to inf`, `about 400`, `between` where the ends are out."""
    if found is None:
        return None
    about = "about " if found.approximate else ""
    if found.exact is not None:
        return f"{about}{found.exact}"
    if found.strict:
        return f"{about}between {found.low} and {found.high}"
    return f"{about}{found.low} to {found.high}"


def _outcome(row: Row) -> tuple[str | None, str | None, str | None]:
    return _told(row.difference), _told(row.ratio), row.obstacle


def _found(corpus: Corpus, town: str, words: str, row: str | None) -> tuple[Speech, Figure]:
    """Find the one figure whose quantity stands in these words of a town's speech, or of its row."""
    (speech,) = (each for each in corpus.speeches if each.town == town)
    places = [
        (passage, passage.text.index(words))
        for passage in corpus.passages([speech])
        if words in passage.text
    ]
    assert len(places) == 1, f"{town}: {words} stands in {len(places)} paragraphs"
    (passage, start) = places[0]
    assert passage.text.count(words) == 1, f"{town}: {words} stands more than once"
    within = [
        figure
        for figure in corpus.figures([speech])
        if figure.section == passage.section
        and row in (None, figure.indicator)
        and all(
            span.paragraph == passage.paragraph
            and start <= span.start
            and span.end <= start + len(words)
            for span in figure.spans
        )
    ]
    assert len(within) == 1, f"{town}: {words} holds {len(within)} figures"
    return speech, within[0]


def _sides(case: dict[str, str], corpus: Corpus) -> tuple[tuple[Speech, Figure], ...]:
    known = {speech.town for speech in corpus.speeches}
    return tuple(
        _found(corpus, town, words, _row_of(case, town))
        for town, words in case.items()
        if town in known
    )


def _row_of(case: dict[str, str], town: str) -> str | None:
    """Name the indicator that is meant, where a town's words state more than one."""
    return case.get("row") or (case.get("figure") if town == "海石湾镇" else None)


def _name(case: dict[str, str]) -> str:
    return " ".join(list(case.values())[: 3 if "row" in case else 2])


# The judgement of the rows: 28 pairs of towns, settled from the text.


@pytest.mark.parametrize("case", CASES["shared"], ids=_name)
def test_figures_that_answer_one_question_stand_on_one_row(
    case: dict[str, str], corpus: Corpus
) -> None:
    """Two figures that a careful reader would set side by side are one row, with what it may claim."""
    (one, left), (other, right) = _sides(case, corpus)
    made = figures.compare([one, other], corpus.figures([one, other]), corpus.topics)
    (row,) = (row for row in made.rows if row.indicator == case["row"])
    assert any(_same_statement(left, figure) for figure in row.cells[0])
    assert any(_same_statement(right, figure) for figure in row.cells[1])

    (alone,) = figures.compare([one, other], [left, right], corpus.topics).rows
    claim = f"{_told(alone.difference)} {left.unit}" if alone.difference else None
    assert (claim, alone.obstacle) == (case.get("difference"), case.get("obstacle"))
    assert case["reason"]


def _same_statement(one: Figure, other: Figure) -> bool:
    """Say whether two figures are one statement, made perhaps in two places of a speech."""
    return one._replace(section=0, sentence="", spans=()) == other._replace(
        section=0, sentence="", spans=()
    )


@pytest.mark.parametrize("case", CASES["apart"], ids=_name)
def test_figures_that_only_look_alike_stay_on_two_rows(case: dict[str, str], corpus: Corpus) -> None:
    """Two figures that answer different questions never share a row."""
    (one, left), (other, right) = _sides(case, corpus)
    made = figures.compare([one, other], corpus.figures([one, other]), corpus.topics)
    rows = {row.indicator: row for row in made.rows}
    assert left.indicator != right.indicator
    assert any(_same_statement(left, figure) for figure in rows[left.indicator].cells[0])
    assert any(_same_statement(right, figure) for figure in rows[right.indicator].cells[1])
    assert case["reason"]


def test_the_towns_share_no_row_that_was_not_judged(corpus: Corpus) -> None:
    """Every pair of figures that shares a row in the packaged speeches is a case with its reason."""
    judged = {
        (
            case["row"],
            *(f"{speech.town} {figure.as_written}" for speech, figure in _sides(case, corpus)),
        )
        for case in CASES["shared"]
    }
    shared = {
        (row.indicator, f"{one.town} {left.as_written}", f"{other.town} {right.as_written}")
        for one, other in combinations(corpus.speeches, 2)
        for row in figures.compare([one, other], corpus.figures([one, other]), corpus.topics).rows
        for left in row.cells[0]
        for right in row.cells[1]
    }
    assert shared == judged


def test_a_sum_stands_beside_a_single_number(corpus: Corpus) -> None:
    """Two kinds of grid in one speech are one number of grids beside 54, 49 and 20."""
    stated = [figure for figure in corpus.figures(corpus.speeches) if figure.indicator == "网格数"]
    towns = {speech.key: speech.town for speech in corpus.speeches}
    assert [(towns[each.speech], each.as_written, each.value) for each in stated] == [
        ("酒泉路街道", "54个", Decimal(54)),
        ("银滩路街道", "49个", Decimal(49)),
        ("海石湾镇", "20个", Decimal(20)),
        ("先锋路街道", "39个+7个", Decimal(46)),
    ]


# What two figures let one say of each other.


@pytest.mark.parametrize(
    ("east", "west", "difference", "ratio"),
    [
        ("54个", "49个", "5", "54/49"),
        ("49个", "54个", "-5", "49/54"),
        ("20个", "20个", "0", "1"),
        ("39个+7个", "54个", "-8", "23/27"),
        ("410个", "385条", "25", "82/77"),
        ("130余场次", "60余次", "between 60 and 80", "between 13/7 and 7/3"),
        ("130余件", "130余件", None, "between 13/14 and 14/13"),
        ("30余件+40余件", "100件", "between -30 and -10", "between 7/10 and 9/10"),
        ("140件", "130余件", "between 0 and 10", "between 1 and 14/13"),
        ("4000万元以上", "3000万元", "10000000 to inf", None),
        ("3000万元", "4000万元以上", "-inf to -10000000", None),
        ("4000万元以上", "4000万元", None, None),
        ("超4000万元", "4000万元", "between 0 and inf", None),
        ("4000万元以上", "5000万元", None, None),
        ("近200户", "300户", "between -inf and -100", None),
        ("近200户", "200户", "between -inf and 0", None),
        ("300户", "近200户", "between 100 and inf", None),
        ("近200户", "150户", None, None),
        ("200户以内", "200户", None, None),
        ("近200户", "近100户", None, None),
        ("4.1万平方米", "约6.2万平方米", "about -21000", "about 41/62"),
        ("约100户", "100户", "about 0", "about 1"),
        ("约130户", "130余户", None, "about between 13/14 and 1"),
        ("130余户", "约130户", None, "about between 1 and 14/13"),
        ("约120户", "130余户", "about between -20 and -10", "about between 6/7 and 12/13"),
        ("2.1公里", "1700米", "400", "21/17"),
        ("15亩", "5000平方米", "15/2", "2"),
        ("5000平方米", "15亩", "-5000", "1/2"),
        ("1个", "4个", "-3", "1/4"),
        ("4个", "1个", "3", "4"),
        ("0个", "5个", "-5", None),
        ("5个", "0个", "5", None),
    ],
)
def test_a_difference_claims_no_more_than_both_numbers_carry(
    east: str, west: str, difference: str | None, ratio: str | None
) -> None:
    """Bounds stay bounds, units convert, and nothing is said where it is open who has more."""
    row = _compared(figure(EAST, east), figure(WEST, west))
    assert _outcome(row) == (difference, ratio, None)
    assert row.unit == quantities.read_one(east.partition("+")[0]).unit


def test_percentages_differ_in_percentage_points_and_have_no_ratio() -> None:
    """97.4% and 95% are 2.4 percentage points apart, and nobody has 1.03 times the other's rate."""
    row = _compared(figure(EAST, "97.4%", measure="rate"), figure(WEST, "95%", measure="rate"))
    assert (_outcome(row), row.unit) == (("12/5", None, None), "百分点")


@pytest.mark.parametrize(
    ("changed", "obstacle"),
    [
        ({"measure": "increase"}, "measure"),
        ({"status": "plan"}, "status"),
        ({"scope": "一期"}, "scope"),
        ({"period": "上半年"}, "period"),
        ({"note": "原文称“全区第一”"}, None),
        ({"period": "上半年", "scope": "一期"}, "scope"),
        ({"scope": "一期", "status": "plan"}, "status"),
        ({"status": "plan", "measure": "increase"}, "measure"),
        ({"measure": "increase", "unit": "亩"}, "unit"),
        ({"unit": "人次"}, "unit"),
        ({"sure": False}, "sure"),
        ({"sure": False, "period": "上半年"}, "period"),
    ],
)
def test_figures_that_disagree_stand_side_by_side_without_a_difference(
    changed: dict[str, Any], obstacle: str | None
) -> None:
    """Level and increase, plan and fact, part and whole, two periods: never subtracted."""
    east, west = figure(EAST, "45万元"), figure(WEST, "15万元")
    row = _compared(east, west._replace(**changed))
    assert row.cells == ((east,), (west._replace(**changed),))
    assert row.obstacle == obstacle
    assert row.shared
    assert (row.difference is None, row.ratio is None) == (obstacle is not None,) * 2


def test_the_same_period_or_scope_on_both_sides_is_no_obstacle() -> None:
    """What both speeches limit alike is subtracted."""
    limits = {"period": "上半年", "scope": "一期", "status": "plan", "measure": "increase"}
    row = _compared(figure(EAST, "9亿元", **limits), figure(WEST, "7亿元", **limits))
    assert _outcome(row) == ("200000000", "9/7", None)


# Several figures of one town under one indicator.


def test_of_several_figures_the_one_pair_that_agrees_is_subtracted() -> None:
    """A plan beside a fact doesn't keep two facts from being set against each other."""
    fact, plan = figure(EAST, "9亿元"), figure(EAST, "12亿元", status="plan", period="年")
    other = figure(WEST, "8亿元")
    row = _compared(fact, plan, other)
    assert row.cells == ((fact, plan), (other,))
    assert _outcome(row) == ("100000000", "9/8", None)


@pytest.mark.parametrize(
    ("east", "west", "obstacle"),
    [
        ([{"period": "去年"}, {}], [{}, {"period": "去年"}], "several"),
        ([{"scope": "一期"}, {"period": "去年"}], [{}], "several"),
        ([{"scope": "一期"}, {"status": "plan"}], [{}], "scope"),
        ([{"scope": "一期"}, {"scope": "二期"}], [{}], "scope"),
        ([{}], [{"period": "去年"}, {"period": "今年以来"}], "period"),
        ([{}, {}], [{}], "several"),
    ],
)
def test_several_figures_are_subtracted_only_where_it_is_plain_which(
    east: list[dict[str, str]], west: list[dict[str, str]], obstacle: str
) -> None:
    """Two pairs that would do are one too many; where all fail alike, plans aside, the row says why."""
    row = _compared(
        *(figure(EAST, f"{9 + index}件", **limits) for index, limits in enumerate(east)),
        *(figure(WEST, f"{5 + index}件", **limits) for index, limits in enumerate(west)),
    )
    assert [len(cell) for cell in row.cells] == [len(east), len(west)]
    assert _outcome(row) == (None, None, obstacle)


def test_a_figure_stated_twice_is_shown_once() -> None:
    """749名 in two sentences is one figure, and it can be subtracted."""
    first, again = figure(EAST, "749名"), figure(EAST, "749名", section=2)
    row = _compared(first, again, figure(WEST, "700名"))
    assert row.cells[0] == (first,)
    assert _outcome(row) == ("49", "107/100", None)
    dated = figure(EAST, "749名", period="去年")
    assert _compared(first, dated, figure(WEST, "700名")).cells[0] == (first, dated)


# Rows.


def test_shared_rows_come_first_and_each_part_goes_by_topic() -> None:
    """Shared rows come first; then, topic by topic, what the first town alone says, then the second."""
    stated = [
        figure(WEST, "1个", "西甲", topic="民生服务"),
        figure(WEST, "2个", "西乙", topic="基层治理"),
        figure(WEST, "3个", "共甲", topic="集体经济"),
        figure(WEST, "4个", "共乙", topic="基层治理"),
        figure(EAST, "5个", "东甲", topic="集体经济"),
        figure(EAST, "6个", "东乙", topic="民生服务"),
        figure(EAST, "7个", "共甲", topic="集体经济"),
        figure(EAST, "8个", "共乙", topic="基层治理"),
    ]
    made = figures.compare([EAST, WEST], stated, TOPICS)
    assert made.towns == (EAST, WEST)
    assert [(row.topic, row.indicator, row.shared) for row in made.rows] == [
        ("基层治理", "共乙", True),
        ("集体经济", "共甲", True),
        ("基层治理", "西乙", False),
        ("民生服务", "东乙", False),
        ("民生服务", "西甲", False),
        ("集体经济", "东甲", False),
    ]


def test_a_town_that_says_nothing_has_an_empty_cell() -> None:
    """Silence is no zero: no figure, no difference, no ratio, and no obstacle either."""
    stated = figure(EAST, "54个")
    assert figures.compare([EAST, WEST], [stated], TOPICS).rows == (
        Row("基层治理", "网格数", ((stated,), ()), "个"),
    )


def test_rows_can_be_kept_to_what_is_shared() -> None:
    """`shared_only` drops what one town says alone, and says of how many measures it does so."""
    stated = [figure(EAST, "1个", "甲"), figure(WEST, "2个", "甲"), figure(EAST, "3个", "乙")]
    made = figures.compare([EAST, WEST], stated, TOPICS, shared_only=True)
    assert ([row.indicator for row in made.rows], made.counts) == (["甲"], (1, 0))


def test_more_than_two_towns_are_columns_without_differences() -> None:
    """Three towns stand side by side; a row is shared as soon as two of them speak."""
    east, west, south = (figure(town, "5个") for town in (EAST, WEST, SOUTH))
    alone = figure(SOUTH, "7个", "社区数")
    made = figures.compare([EAST, WEST, SOUTH], [east, south, alone], TOPICS)
    assert made.rows == (
        Row("基层治理", "网格数", ((east,), (), (south,)), "个"),
        Row("基层治理", "社区数", ((), (), (alone,)), "个"),
    )
    assert [row.shared for row in made.rows] == [True, False]
    whole = figures.compare([EAST, WEST, SOUTH], [east, west, south], TOPICS)
    assert whole.rows == (Row("基层治理", "网格数", ((east,), (west,), (south,)), "个"),)


def test_rows_that_towns_share_stand_by_topic_whoever_shares_them() -> None:
    """What only the last two of three towns share stands no lower for it."""
    stated = [
        figure(EAST, "1个", "甲", topic="集体经济"),
        figure(WEST, "2个", "甲", topic="集体经济"),
        figure(WEST, "3个", "乙", topic="基层治理"),
        figure(SOUTH, "4个", "乙", topic="基层治理"),
    ]
    made = figures.compare([EAST, WEST, SOUTH], stated, TOPICS)
    assert [row.indicator for row in made.rows] == ["乙", "甲"]


# One measure across towns.


def test_across_towns_figures_are_sorted_by_size_within_a_dimension() -> None:
    """公里 and 米 are sorted together, visits stay apart from households, the silent are named."""
    short, long = figure(EAST, "1700米", "管网"), figure(WEST, "2.1公里", "管网")
    field, hall = figure(EAST, "15亩", "面积"), figure(WEST, "2万平方米", "面积")
    homes, visits = figure(EAST, "8180户", "走访"), figure(SOUTH, "800人次", "走访")
    stated = [short, long, field, hall, homes, visits]
    first, last = frozenset({EAST.key, WEST.key}), frozenset({EAST.key, SOUTH.key})
    assert tuple(figures.across(stated)) == (
        Group("管网", "基层治理", (long, short), first),
        Group("面积", "基层治理", (hall, field), first),
        Group("走访", "基层治理", (homes,), last),
        Group("走访", "基层治理", (visits,), last),
    )
    assert [len(each.figures) for each in figures.across(stated, limit=5)] == [2, 2, 1]
    unsorted = figures.across(stated, sort="text")
    assert [group.figures for group in unsorted][:2] == [(short, long), (field, hall)]


def test_across_equal_numbers_stay_in_the_order_of_the_speeches() -> None:
    """Where two towns have the same number, the earlier speech stands first."""
    east, west = figure(EAST, "20个"), figure(WEST, "20个")
    assert next(figures.across([east, west])).figures == (east, west)


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("54个", Range(Fraction(54), Fraction(54))),
        ("130余场次", Range(Fraction(130), Fraction(140), strict=True)),
        ("120多条", Range(Fraction(120), Fraction(130), strict=True)),
        ("600余万元", Range(Fraction(6_000_000), Fraction(7_000_000), strict=True)),
        ("3.1万余人次", Range(Fraction(31_000), Fraction(32_000), strict=True)),
        ("30余个+40余个", Range(Fraction(70), Fraction(90), strict=True)),
        ("30余个+200余个", Range(Fraction(230), Fraction(340), strict=True)),
        ("超30个+40余个", Range(Fraction(70), inf, strict=True)),
        ("70%多", Range(Fraction(70), Fraction(80), strict=True)),
        ("超130个", Range(Fraction(130), inf, strict=True)),
        ("4000万元以上", Range(Fraction(40_000_000), inf)),
        ("近200个", Range(-inf, Fraction(200), strict=True)),
        ("200个以内", Range(-inf, Fraction(200))),
        ("约1700米", Range(Fraction(1700), Fraction(1700), approximate=True)),
        ("39个+7个", Range(Fraction(46), Fraction(46))),
    ],
)
def test_bounds_say_between_which_numbers_a_figure_lies(written: str, expected: Range) -> None:
    """余 stays below the next unit of the last digit, part by part of a sum; 超 and 近 are open."""
    assert ranges.bounds(figure(EAST, written), figure(EAST, written).unit) == expected


def test_bounds_of_fractions_and_of_falls_with_a_remainder() -> None:
    """三分之一多 ends nowhere in particular, and a fall by 130余万元 is one of 130 to 140."""
    third = figure(EAST, "三分之一", as_written="三分之一多", bound=">", measure="share")
    assert ranges.bounds(third, third.unit) == Range(Fraction("33.3333"), inf, strict=True)
    fall = figure(EAST, "减少130余万元", measure="increase")
    assert (fall.value, fall.bound, fall.as_written) == (Decimal(-1_300_000), "<", "减少130余万元")
    assert ranges.bounds(fall, fall.unit) == Range(
        Fraction(-1_400_000), Fraction(-1_300_000), strict=True
    )
    much = figure(EAST, "下降超过3%", measure="change")
    assert ranges.bounds(much, much.unit) == Range(-inf, Fraction(-3), strict=True)
    little = figure(EAST, "下降不足3%", measure="change")
    assert ranges.bounds(little, little.unit) == Range(Fraction(-3), inf, strict=True)


def test_a_range_knows_its_inverse() -> None:
    """What a page says of a ratio seen from the other side: one by it."""
    ratio = Range(Fraction(1, 2), Fraction(2), approximate=True, strict=True)
    assert ratio.inverse == ratio
    assert Range(Fraction(2), Fraction(4)).inverse == Range(Fraction(1, 4), Fraction(1, 2))
    assert Range(-inf, Fraction(2)).exact is None


# Laws.

_SHAPES = ("{0}{1}", "{0}余{1}", "约{0}{1}", "超{0}{1}", "近{0}{1}", "{0}{1}以上", "{0}{1}以内")
_UNITS = ("个", "件", "户", "人次", "米", "公里", "亩", "平方米", "万元", "%")


@st.composite
def _stated(draw: st.DrawFn, town: Speech, indicators: tuple[str, ...] = ("网格数",)) -> Figure:
    unit = draw(st.sampled_from(_UNITS))
    written = draw(st.sampled_from(_SHAPES)).format(draw(st.integers(1, 300)), unit)
    measures = ("share", "rate") if unit == "%" else ("level", "increase")
    return figure(
        town,
        written,
        draw(st.sampled_from(indicators)),
        measure=draw(st.sampled_from(measures)),
        status=draw(st.sampled_from(["actual", "actual", "actual", "plan"])),
        scope=draw(st.sampled_from([None, None, None, "一期"])),
        period=draw(st.sampled_from([None, None, None, "上半年"])),
    )


@st.composite
def _pairs(draw: st.DrawFn) -> tuple[Figure, Figure]:
    """Make two figures that often agree, so that differences are drawn too."""
    east, west = draw(_stated(EAST)), draw(_stated(WEST))
    if draw(st.booleans()) and units.dimension(east.unit) == units.dimension(west.unit):
        agreeing = ("measure", "status", "scope", "period")
        west = west._replace(**{name: getattr(east, name) for name in agreeing})
    return east, west


def _negated(found: Range | None, factor: Fraction) -> Range | None:
    if found is None:
        return None
    return found._replace(low=-found.high * factor, high=-found.low * factor)


@settings(max_examples=200)
@given(st.lists(_stated(EAST), max_size=2), st.lists(_stated(WEST), max_size=2))
def test_swapping_the_towns_negates_the_difference_and_inverts_the_ratio(
    east: list[Figure], west: list[Figure]
) -> None:
    """Who is named first changes the sign and the columns, and nothing else."""
    there = figures.compare([EAST, WEST], [*east, *west], TOPICS).rows
    back = figures.compare([WEST, EAST], [*east, *west], TOPICS).rows
    for one, other in zip(there, back, strict=True):
        assert other.cells == one.cells[::-1]
        assert other.obstacle == one.obstacle
        assert other.ratio == (one.ratio and one.ratio.inverse)
        factor = units.convert(Decimal(1), one.unit, other.unit) if one.difference else Fraction(1)
        assert other.difference == _negated(one.difference, factor)


@settings(max_examples=200)
@given(_pairs(), st.fractions(0, 1), st.fractions(0, 1))
def test_a_claim_holds_for_every_number_that_the_words_allow(
    pair: tuple[Figure, Figure], left: Fraction, right: Fraction
) -> None:
    """Whatever 130余 and 近200 really are, their difference and ratio lie where the row says."""
    east, west = pair
    row = _compared(east, west)
    if row.obstacle:
        return
    here, there = (
        _some_number(ranges.bounds(east, east.unit), left),
        _some_number(ranges.bounds(west, east.unit), right),
    )
    assert row.difference is None or _lies_in(here - there, row.difference)
    assert row.ratio is None or _lies_in(here / there, row.ratio)
    low, high = (row.difference.low, row.difference.high) if row.difference else (-inf, inf)
    if low >= 0 and low != high:
        assert here > there
    if high <= 0 and low != high:
        assert here < there


def _some_number(within: Range, at: Fraction) -> Fraction:
    """Pick a number of a range, its ends only where they belong to it."""
    if within.strict:
        at = (at + 1) / 3
    low = Fraction(within.low if isfinite(within.low) else within.high - 500)
    high = Fraction(within.high if isfinite(within.high) else low + 500)
    return low + (high - low) * at


def _lies_in(number: Fraction, within: Range) -> bool:
    return within.low <= number <= within.high


@settings(max_examples=100)
@given(
    st.lists(_stated(EAST, ("甲", "乙", "丙")), max_size=4),
    st.lists(_stated(WEST, ("甲", "乙", "丙")), max_size=4),
)
def test_every_figure_keeps_its_cell_and_silence_stays_empty(
    east: list[Figure], west: list[Figure]
) -> None:
    """Each indicator is one row; a town's figures stand in its own cell, or it is empty, never zero."""
    rows = figures.compare([EAST, WEST], [*east, *west], TOPICS).rows
    assert {row.indicator for row in rows} == {each.indicator for each in [*east, *west]}
    assert len({row.indicator for row in rows}) == len(rows)
    assert [row.shared for row in rows] == sorted((row.shared for row in rows), reverse=True)
    for row in rows:
        for town, cell in zip((east, west), row.cells, strict=True):
            mentioned = [each for each in town if each.indicator == row.indicator]
            assert set(cell) <= set(mentioned)
            assert {each.value for each in cell} == {each.value for each in mentioned}
        if not row.shared:
            assert (row.difference, row.ratio, row.obstacle) == (None, None, None)


def test_what_is_near_but_defined_differently_stands_side_by_side(corpus: Corpus) -> None:
    """5万亩 of farmland built and 2万亩 levelled are near: shown together, each with what it counts."""
    one, other = corpus.speeches[1], corpus.speeches[7]
    made = figures.compare(
        [one, other], corpus.figures([one, other]), corpus.topics, related=corpus.related
    )
    (fields,) = (each for each in made.related if each.name == "耕地建设")
    assert [[figure.as_written for figure in cell] for cell in fields.cells] == [
        ["5万亩"],
        ["2万亩", "3000亩"],
    ]
    assert fields.differs == {
        "高标准农田建设面积": "建成的高标准农田",
        "高标准整理土地面积": "整理的土地",
        "新增耕地面积": "新增的耕地",
    }


def test_a_group_that_only_repeats_a_row_is_none() -> None:
    """Where both give the same one indicator, its row says it; one town alone is no group."""
    group = Related("网格", {"网格数": "网格", "网格员数": "人"})
    same = [figure(EAST, "54个"), figure(WEST, "46个")]
    assert figures.compare([EAST, WEST], same, TOPICS, related=[group]).related == ()
    alone = [figure(EAST, "54个"), figure(EAST, "749名", "网格员数")]
    assert figures.compare([EAST, WEST], alone, TOPICS, related=[group]).related == ()
    both = [figure(EAST, "54个"), figure(WEST, "749名", "网格员数")]
    ((near),) = figures.compare([EAST, WEST], both, TOPICS, related=[group]).related
    assert [len(cell) for cell in near.cells] == [1, 1]
