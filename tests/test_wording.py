"""What is said in words: locators, reasons of near hits, why two figures do not subtract, sources."""

from __future__ import annotations

from typing import Any

import pytest

from speeches_cli import messages
from speeches_cli.render import wording
from speeches_cli.search import Edit
from tests.shown import COMPILATION, EAST, WEST, figure, hit, passage

PARAGRAPH = passage(EAST, 2, 1, "践行新时代“枫桥经验”。", "二、解民忧")


@pytest.mark.parametrize(
    ("edits", "expected"),
    [
        ((), ""),
        ((Edit("homophone", "精", "经"),), "精→经 sound alike"),
        ((Edit("nearly", "今", "经"),), "今→经 nearly alike: in/ing"),
        ((Edit("wrong", "念", "验"),), "念→验"),
        ((Edit("missing", "", "经"),), "'经' not typed"),
        ((Edit("extra", "式", ""),), "'式' not in the text"),
        ((Edit("swapped", "桥枫", "枫桥"),), "桥枫→枫桥 swapped"),
        (
            (Edit("homophone", "丰", "枫"), Edit("extra", "式", "")),
            "丰→枫 sound alike, '式' not in the text",
        ),
    ],
)
def test_a_near_hit_says_in_words_what_differs(edits: tuple[Edit, ...], expected: str) -> None:
    """A reader sees each slip, never a percentage; an exact hit says nothing."""
    assert wording.why(hit(PARAGRAPH, "枫桥经验", *edits)) == expected


def test_a_hit_by_pinyin_says_so() -> None:
    """Who typed Latin letters sees why Hanzi were found."""
    assert wording.why(hit(PARAGRAPH, "枫桥", Edit("pinyin", "fengqiao", "枫桥"))) == "pinyin"


def test_reasons_are_said_in_the_readers_language(monkeypatch: pytest.MonkeyPatch) -> None:
    """精→经 同音 is what a Chinese reader sees."""
    monkeypatch.setenv("SPEECHES_LANG", "zh")
    messages.settle()
    near = hit(PARAGRAPH, "经", Edit("homophone", "精", "经"), Edit("missing", "", "验"))
    assert wording.why(near) == "精→经 同音，缺“验”"


def test_a_town_is_named_by_as_much_as_tells_it_apart() -> None:
    """Its name, with the district where two are called the same, with the date where two years are."""
    other_district = EAST._replace(key=2, district="乙县")
    last_year = EAST._replace(key=3, compilation=COMPILATION._replace(date="2022-09-01"))
    assert wording.name(EAST, [EAST, WEST]) == "东路街道"
    assert wording.name(EAST, [EAST, other_district]) == "甲区东路街道"
    assert wording.name(other_district, [EAST, other_district]) == "乙县东路街道"
    assert wording.name(EAST, [EAST, last_year]) == "甲区东路街道 2023-09-08"
    assert wording.name(last_year, [EAST, last_year]) == "甲区东路街道 2022-09-01"
    assert wording.short(EAST, [EAST, WEST]) == "东路"
    assert wording.short(WEST, [EAST, WEST]) == "西镇"
    assert wording.short(EAST, [EAST, other_district]) == "甲区东路街道"


def test_remarks_say_what_limits_a_figure_and_what_is_known_of_it() -> None:
    """A plan is never shown as a fact; limits on one line, the note on another, and no empty line."""
    assert wording.remarks(figure(EAST, "54个")) == []
    planned = figure(EAST, "54个", status="plan", period="年底", scope="辖区", note="与上文不符")
    assert wording.remarks(planned, "网格", "") == [
        (("网格, plan or under way, 年底, 辖区", "muted"),),
        (("※ 与上文不符", "warning"),),
    ]


@pytest.mark.parametrize(
    ("obstacle", "east", "west", "expected"),
    [
        (None, {}, {}, ""),
        ("unit", {}, {}, "different units"),
        ("measure", {}, {"measure": "increase"}, "level against growth"),
        ("measure", {"measure": "change"}, {}, "level against growth"),
        ("measure", {"measure": "share"}, {"measure": "rate"}, "different measures"),
        ("measure", {"measure": "increase"}, {"measure": "change"}, "different measures"),
        ("status", {}, {"status": "plan"}, "not both done"),
        ("scope", {}, {"scope": "辖区"}, "different scope"),
        ("period", {"period": "上半年"}, {"period": "年底"}, "different period"),
        ("period", {"period": "上半年"}, {}, "period not stated"),
        ("sure", {}, {"sure": False}, "not confirmed"),
        ("several", {}, {}, "several figures"),
    ],
)
def test_a_row_that_does_not_subtract_says_why_in_a_word(
    obstacle: str | None, east: dict[str, Any], west: dict[str, Any], expected: str
) -> None:
    """The word is true of the two figures: a share against a rate is no growth."""
    stated = [figure(EAST, "54个", **east), figure(WEST, "46个", **west)]
    assert wording.reason(obstacle, stated) == expected
