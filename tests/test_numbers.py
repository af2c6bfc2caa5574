"""Figures as a reader sees them: one unit for a row, bounds as signs, bars."""

from __future__ import annotations

import re
from fractions import Fraction
from math import inf

import pytest
from hypothesis import given, settings, strategies as st

from speeches_cli import units
from speeches_cli.ranges import Range
from speeches_cli.render import page, wording
from speeches_cli.render.wording import Scale
from tests.shown import EAST, figure

YUAN, METRES = Scale("元", 10_000, "万元"), Scale("米", 1, "米")


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        (["4.1万平方米", "约6.2万平方米"], ["4.1万平方米", "≈6.2万平方米"]),
        (["2.1公里", "约1700米"], ["2.1公里", "≈1.7公里"]),
        (["1123平方米", "500平方米"], ["1123平方米", "500平方米"]),
        (["15亿元", "900万元"], ["150000万元", "900万元"]),
        (["15亿元", "1000万元"], ["15亿元", "0.1亿元"]),
        (["1.234亿元"], ["12340万元"]),
        (["12亿元", "8000万元"], ["12亿元", "0.8亿元"]),
        (["12345元", "2万元"], ["12345元", "20000元"]),
        (["3.1万余人次", "800人次"], [">31000人次", "800人次"]),
        (["3200余万元", "600余万元"], [">3200万元", ">600万元"]),
        (["4000万元以上", "不足5000万元"], ["≥4000万元", "<5000万元"]),
        (["5天以内"], ["≤5天"]),
        (["3.76万亩", "5万亩"], ["3.76万亩", "5万亩"]),
        (["213亩", "2公顷"], ["213亩", "30亩"]),
        (["410个", "63条"], ["410个", "63条"]),
        (["2吨", "500公斤"], ["2吨", "0.5吨"]),
        (["2吨", "3公斤"], ["2吨", "0.003吨"]),
        (["97.4%", "三分之一"], ["97.4%", "33.33%"]),
        (["20000%"], ["20000%"]),
        (["-5.2%", "3%"], ["-5.2%", "3%"]),
        (["-3亿元", "20亿元"], ["-3亿元", "20亿元"]),
        (["0亩", "3万亩"], ["0万亩", "3万亩"]),
    ],
)
def test_one_unit_for_a_row(written: list[str], shown: list[str]) -> None:
    """All figures of a row stand in the largest unit that suits them, each with its bound's sign."""
    figures = [figure(EAST, each) for each in written]
    scale = wording.scale(figures)
    assert [page.plain(wording.number(each, scale)[0]) for each in figures] == shown


@pytest.mark.parametrize(
    ("value", "written"),
    [
        ("0", "0"),
        ("1000000", "1000000"),
        ("41/10", "4.1"),
        ("-26/10", "-2.6"),
        ("1/3", "0.33"),
        ("1/8", "0.12"),
        ("3/8", "0.38"),
        ("7/3000", "0.002"),
        ("-1/3000", "-0.0003"),
        ("12345678901234567890", "12345678901234567890"),
    ],
)
def test_decimals(value: str, written: str) -> None:
    """Two decimals at most, a final five to the even digit, and nothing is rounded to nothing."""
    assert wording.decimal(Fraction(value)) == written


@settings(max_examples=50)
@given(st.fractions(-(10**9), 10**9))
def test_any_number(value: Fraction) -> None:
    """What is written is within half a hundredth of the number, and zero only for zero."""
    written = wording.decimal(value)
    assert abs(Fraction(written) - value) <= Fraction(1, 200)
    assert (Fraction(written) == 0) == (value == 0)
    assert re.fullmatch(r"-?\d+(\.\d*[1-9])?", written)


@pytest.mark.parametrize(
    ("found", "scale", "written"),
    [
        (Range(Fraction(21), Fraction(21)), METRES, "21米"),
        (Range(Fraction(21_000), Fraction(21_000), approximate=True), YUAN, "≈2.1万元"),
        (Range(Fraction(600_000), Fraction(800_000), strict=True), YUAN, "60–80万元"),
        (Range(Fraction(-800_000), Fraction(-600_000)), YUAN, "60–80万元"),
        (Range(Fraction(0), Fraction(5_000)), YUAN, "0–0.5万元"),
        (Range(Fraction(30_000_000), inf), YUAN, "≥3000万元"),
        (Range(-inf, Fraction(-30_000_000)), YUAN, "≥3000万元"),
        (Range(Fraction(20), inf, strict=True), METRES, ">20米"),
        (Range(Fraction(20), inf, approximate=True), METRES, "≥≈20米"),
        (Range(Fraction(100_001), Fraction(100_002)), YUAN, "≈10万元"),
        (
            Range(Fraction(26, 10), Fraction(26, 10)),
            Scale(units.PERCENTAGE_POINT, 1, units.PERCENTAGE_POINT),
            "2.6个百分点",
        ),
    ],
)
def test_differences(found: Range, scale: Scale, written: str) -> None:
    """A difference is a number, a stretch of numbers or a bound, and says which."""
    assert wording.span(found, scale) == written


@pytest.mark.parametrize(
    ("found", "written"),
    [
        (Range(Fraction(3, 2), Fraction(3, 2)), "1.5×"),
        (Range(Fraction(62, 41), Fraction(62, 41), approximate=True), "≈1.51×"),
        (Range(Fraction(13, 7), Fraction(7, 3), strict=True), "1.86–2.33×"),
        (Range(Fraction(1001, 1000), Fraction(1002, 1000)), "≈1×"),
    ],
)
def test_ratios(found: Range, written: str) -> None:
    """A ratio is a number or a stretch of numbers; what only rounding makes one says so."""
    assert wording.span(found, Scale("", 1, "×")) == written
