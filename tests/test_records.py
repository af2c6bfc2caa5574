"""Results as data: every key of the machine-readable contract, with the right value under it."""

from __future__ import annotations

import json
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise
from typing import Any

import pytest

from speeches_cli import figures
from speeches_cli.corpus import Corpus
from speeches_cli.figures import Comparison, Row
from speeches_cli.ranges import Range
from speeches_cli.render import records
from speeches_cli.search import Edit
from tests.material import searched
from tests.shown import COMPILATION, EAST, WEST, figure, hit, passage

SPEECH = {
    "id": 3,
    "slug": "donglu",
    "district": "甲区",
    "town": "东路街道",
    "kind": "街道",
    "speaker": "王一",
    "post": "甲区东路街道党工委书记",
    "title": "“一网统管”抓治理、惠民生的探索与实践",
    "characters": 1234,
    "figures": 5,
    "compilation": COMPILATION.title,
    "meeting": COMPILATION.meeting,
    "date": "2023-09-08",
    "pages": "5-6",
    "unsure": [],
}
TITLE = passage(EAST, 0, 0, EAST.title)
OPENING = passage(EAST, 0, 1, "东路街道狠抓治理。")
PASSAGES = [
    TITLE,
    OPENING,
    passage(EAST, 1, 0, "一、抓网格", "一、抓网格"),
    passage(EAST, 1, 1, "设置网格54个。", "一、抓网格"),
    passage(EAST, 1, 2, "践行“枫桥经验”。化解纠纷。", "一、抓网格"),
    passage(EAST, 2, 0, "二、惠民生", "二、惠民生"),
]


def _record(written: str, **given: Any) -> dict[str, Any]:
    """Give the record of a figure that EAST states, with what is not said left None."""
    return records.figure(figure(EAST, written, **given), EAST)


def _comparison(
    difference: Range | None = None, ratio: Range | None = None, **given: Any
) -> Comparison:
    """Set 54个 beside 46个, with a difference that is given."""
    cells = ((figure(EAST, "54个", note="存疑"),), (figure(WEST, "39个+7个"),))
    row = Row("基层治理", "网格数", cells, "个", difference, ratio, **given)
    return Comparison((EAST, WEST), (row,))


def test_a_speech_is_described_as_list_promises() -> None:
    """Every key of the contract, and the compilation that it is from."""
    assert records.speech(EAST) == SPEECH


def test_a_whole_speech_has_its_opening_sections_and_figures() -> None:
    """The text stands once: the opening apart, each section with its heading and its paragraphs."""
    stated = figure(EAST, "54个")
    assert records.whole(EAST, PASSAGES, [stated]) == SPEECH | {
        "opening": "东路街道狠抓治理。",
        "sections": [
            {
                "number": 1,
                "heading": "一、抓网格",
                "paragraphs": ["设置网格54个。", "践行“枫桥经验”。化解纠纷。"],
            },
            {"number": 2, "heading": "二、惠民生", "paragraphs": []},
        ],
        "figures": [records.figure(stated, EAST)],
    }


def test_some_sections_of_a_speech_come_without_the_opening() -> None:
    """What was not asked for is null, and not an empty text."""
    made = records.whole(EAST, PASSAGES[2:4], [])
    assert made["opening"] is None
    assert records.whole(EAST, [TITLE], [])["opening"] is None
    assert made["sections"] == [
        {"number": 1, "heading": "一、抓网格", "paragraphs": ["设置网格54个。"]}
    ]


def test_a_figure_is_described_with_all_that_limits_it() -> None:
    """Value, unit and bound as read; what the speech does not say is null."""
    assert _record("约1.5万人", sentence="约1.5万人。") == {
        "speech": 3,
        "town": "东路街道",
        "section": 1,
        "indicator": "网格数",
        "topic": "基层治理",
        "as_written": "约1.5万人",
        "value": 15000,
        "unit": "人",
        "bound": "~",
        "measure": "level",
        "status": "actual",
        "period": None,
        "scope": None,
        "setting": None,
        "note": None,
        "repeats": False,
        "sure": True,
        "sentence": "约1.5万人。",
        "date": "2023-09-08",
    }
    limited = _record("70%", measure="share", status="plan", period="年底", scope="辖区", note="存疑")
    assert [limited[key] for key in ("value", "unit", "measure", "status")] == [
        70,
        "%",
        "share",
        "plan",
    ]
    assert [limited[key] for key in ("period", "scope", "note")] == ["年底", "辖区", "存疑"]


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (Decimal(54), 54),
        (Decimal("5E+8"), 500_000_000),
        (Decimal("97.4"), 97.4),
        (Decimal("9.50"), 9.5),
    ],
)
def test_whole_numbers_are_written_whole(value: Decimal, expected: float) -> None:
    """A count is 54 and never 54.0, nor 5E+8."""
    made = records.figure(figure(EAST, "54个", value=value), EAST)["value"]
    assert (type(made), made) == (type(expected), expected)


def test_a_hit_says_where_it_is_what_matched_and_why() -> None:
    """Every key of the contract, with the window in characters on each side."""
    found = hit(
        PASSAGES[4], "枫桥经验", Edit("homophone", "精", "经"), phrase="枫桥精验", how="homophone"
    )
    assert records.hit(found, EAST, context=2) == {
        "speech": 3,
        "district": "甲区",
        "town": "东路街道",
        "speaker": "王一",
        "section": 1,
        "heading": "一、抓网格",
        "paragraph": 2,
        "start": 3,
        "end": 7,
        "match": "枫桥经验",
        "left": "行“",
        "right": "”。",
        "how": "homophone",
        "cost": 0.5,
        "why": "精→经 sound alike",
        "phrase": "枫桥精验",
        "edits": [{"kind": "homophone", "typed": "精", "found": "经"}],
        "locator": "3.1",
        "sentence": "践行“枫桥经验”。",
        "post": "甲区东路街道党工委书记",
        "title": "“一网统管”抓治理、惠民生的探索与实践",
        "compilation": "某市发言材料汇编",
        "date": "2023-09-08",
        "pages": "5-6",
    }


def test_a_window_of_no_characters_is_empty() -> None:
    """`--context 0` leaves the match alone, and a window wider than the paragraph takes all of it."""
    found = hit(PASSAGES[4], "枫桥经验")
    alone, whole = (records.hit(found, EAST, context=context) for context in (0, 99))
    assert (alone["left"], alone["right"]) == ("", "")
    assert whole["left"] + whole["match"] + whole["right"] == PASSAGES[4].text


def test_a_count_names_its_town() -> None:
    """Zeros are counts too."""
    assert records.count(WEST, 0) == {
        "speech": 12,
        "district": "乙县",
        "town": "西镇",
        "count": 0,
        "date": "2023-09-08",
    }


@pytest.mark.parametrize(
    ("difference", "ratio", "expected"),
    [
        (
            None,
            None,
            {
                "difference": None,
                "ratio": None,
                "difference_range": None,
                "ratio_range": None,
            },
        ),
        (
            Range(Fraction(8), Fraction(8)),
            Range(Fraction(54, 46), Fraction(54, 46)),
            {
                "difference": 8,
                "ratio": 1.1739,
                "difference_range": {"low": 8, "high": 8, "approximate": False, "strict": False},
                "ratio_range": {"low": 1.1739, "high": 1.1739, "approximate": False, "strict": False},
            },
        ),
        (
            Range(Fraction(60), Fraction(80), strict=True),
            Range(Fraction(13, 7), Fraction(7, 3), strict=True),
            {
                "difference": None,
                "ratio": None,
                "difference_range": {"low": 60, "high": 80, "approximate": False, "strict": True},
                "ratio_range": {"low": 1.8571, "high": 2.3333, "approximate": False, "strict": True},
            },
        ),
        (
            Range(Fraction(3), None, approximate=True),
            None,
            {
                "difference": None,
                "ratio": None,
                "difference_range": {"low": 3, "high": None, "approximate": True, "strict": False},
                "ratio_range": None,
            },
        ),
    ],
)
def test_a_row_gives_a_number_only_where_there_is_one(
    difference: Range | None, ratio: Range | None, expected: dict[str, Any]
) -> None:
    """Bounds make a range and no number; what is not said is null and never zero."""
    made = _comparison(difference, ratio)
    assert records.row(made.rows[0], made) == expected | {
        "topic": "基层治理",
        "indicator": "网格数",
        "cells": [
            [records.figure(made.rows[0].cells[0][0], EAST)],
            [records.figure(made.rows[0].cells[1][0], WEST)],
        ],
        "notes": ["东路街道：存疑"],
        "unit": "个",
        "obstacle": None,
    }


def test_a_comparison_names_its_towns_and_its_rows() -> None:
    """A town that says nothing has an empty list in its place, and the obstacle is named."""
    row = Row("基层治理", "网格数", ((figure(EAST, "54个"),), ()), "个", obstacle="scope")
    made = Comparison((EAST, WEST), (row,))
    assert records.comparison(made) == {
        "towns": [records.speech(EAST), records.speech(WEST)],
        "rows": [records.row(row, made)],
        "related": [],
    }
    described = records.row(row, made)
    assert described["cells"][1] == []
    assert (described["obstacle"], described["notes"]) == ("scope", ["different scope"])


def test_a_spreadsheet_gets_one_flat_row_for_each_indicator() -> None:
    """The towns are columns, as written; a range has its ends, and 约 is not forgotten."""
    made = _comparison(Range(Fraction(8), Fraction(8), approximate=True), None, obstacle=None)
    assert records.comparison_rows(made) == [
        {
            "topic": "基层治理",
            "indicator": "网格数",
            "东路街道": "54个",
            "东路街道 bound": "=",
            "东路街道 value": 54,
            "东路街道 unit": "个",
            "西镇": "39个+7个",
            "西镇 bound": "=",
            "西镇 value": 46,
            "西镇 unit": "个",
            "difference": 8,
            "ratio": None,
            "unit": "个",
            "difference_low": 8,
            "difference_high": 8,
            "ratio_low": None,
            "ratio_high": None,
            "approximate": True,
            "notes": "东路街道：存疑",
        }
    ]
    assert records.comparison_rows(_comparison())[0]["approximate"] is None


def test_a_cell_of_a_spreadsheet_keeps_what_limits_its_figures() -> None:
    """Period and scope stand with the words, sentences with --quote; two figures are no one number."""
    limited = figure(EAST, "80余件", period="上半年", scope="辖区")
    row = Row("基层治理", "件数", ((limited, limited), (limited._replace(period=None),)), "件")
    (made,) = records.comparison_rows(Comparison((EAST, WEST), (row,)), quote=True)
    assert made["东路街道"] == "80余件 (上半年, 辖区); 80余件 (上半年, 辖区)"
    assert (made["东路街道 value"], made["东路街道 bound"], made["东路街道 unit"]) == (None, None, None)
    assert (made["西镇"], made["西镇 bound"], made["西镇 value"]) == ("80余件 (辖区)", ">", 80)
    assert made["西镇 sentence"] == made["东路街道 sentence"] == "网格数为80余件。"


def test_towns_of_one_name_have_a_column_each() -> None:
    """Two 西镇 of two districts do not overwrite each other."""
    namesake = WEST._replace(key=5, district="丙县")
    row = Row("基层治理", "网格数", ((figure(WEST, "54个"),), (figure(namesake, "46个"),)), "个")
    (made,) = records.comparison_rows(Comparison((WEST, namesake), (row,)))
    assert (made["乙县西镇"], made["丙县西镇"]) == ("54个", "46个")


def test_lists_are_written_as_cells_of_a_table() -> None:
    """A spreadsheet has their parts with spaces between; slips stand in words under another key."""
    nested = {"town": "西镇", "count": 0, "why": None, "edits": [], "speeches": [3, "2024/1"]}
    assert records.flat([nested]) == [{"town": "西镇", "count": 0, "why": None, "speeches": "3 2024/1"}]


def test_every_pair_of_towns_makes_valid_json_and_rows_of_one_shape(corpus: Corpus) -> None:
    """Whatever is compared, the data can be written, and a spreadsheet's rows have the same columns."""
    for pair in pairwise(corpus.speeches):
        made = figures.compare(pair, corpus.figures(pair), corpus.topics)
        described = records.comparison(made)
        assert json.loads(json.dumps(described, allow_nan=False)) == described
        assert len({tuple(row) for row in records.comparison_rows(made)}) == 1


def test_a_hit_points_into_the_paragraph_as_it_is_shown(corpus: Corpus) -> None:
    """`paragraph_text[start:end]` is the match, and the sentence and the window are around it."""
    towns = {speech.key: speech for speech in corpus.speeches}
    found = searched(["枫桥经念"], corpus, corpus.readings).hits
    assert len(found) == 3
    for each in found:
        made = records.hit(each, towns[each.passage.speech], context=30)
        assert each.passage.text[made["start"] : made["end"]] == made["match"]
        assert made["match"] in made["sentence"]
        assert made["left"] + made["match"] + made["right"] in each.passage.text
