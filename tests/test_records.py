"""Results as data: every key of the machine-readable contract, with the right value under it."""

from __future__ import annotations

import json
from collections.abc import Callable
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise
from math import inf
from typing import Any

import pytest

from speeches_cli import figures
from speeches_cli.corpus import Corpus
from speeches_cli.figures import Comparison, Row
from speeches_cli.ranges import Range
from speeches_cli.render import records
from speeches_cli.search import Edit
from tests.material import searched
from tests.shown import EAST, WEST, agreed, figure, hit, passage

TITLE = passage(EAST, 0, 0, EAST.title)
PASSAGES = [
    TITLE,
    passage(EAST, 0, 1, "东路街道狠抓治理。"),
    passage(EAST, 1, 0, "一、抓网格", "一、抓网格"),
    passage(EAST, 1, 1, "设置网格54个。", "一、抓网格"),
    passage(EAST, 1, 2, "践行“枫桥经验”。化解纠纷。", "一、抓网格"),
    passage(EAST, 2, 0, "二、惠民生", "二、惠民生"),
]


STATED = figure(EAST, "约1.5万人", period="年底", scope="辖区", note="存疑", status="plan")
SLIP = Edit("homophone", "精", "经")
PAIR = ((figure(EAST, "54个", note="存疑"),), (figure(WEST, "39个+7个"),))


def _row(difference: Range | None, ratio: Range | None) -> Row:
    """Set 54个 beside 46个, with a difference that is given."""
    return Row("基层治理", "网格数", PAIR, "个", difference, ratio)


COMPARED = Comparison(
    (EAST, WEST),
    (
        _row(None, None),
        _row(Range(Fraction(8), Fraction(8)), Range(Fraction(54, 46), Fraction(54, 46))),
        _row(
            Range(Fraction(60), Fraction(80), strict=True),
            Range(Fraction(13, 7), Fraction(7, 3), strict=True),
        ),
        _row(Range(Fraction(3), inf, approximate=True), None),
        Row("基层治理", "网格数", (PAIR[0], ()), "个", obstacle="scope"),
    ),
)


@pytest.mark.parametrize(
    ("name", "record"),
    [
        ("speech", lambda: records.whole(EAST, PASSAGES, [figure(EAST, "54个"), STATED])),
        (
            "hit",
            lambda: records.hit(hit(PASSAGES[4], "枫桥经验", SLIP), EAST, context=2),
        ),
        ("count", lambda: records.count(WEST, 0)),
        ("comparison", lambda: records.comparison(COMPARED)),
        ("comparison-rows", lambda: records.comparison_rows(COMPARED)),
    ],
)
def test_records_have_every_key_of_the_contract(name: str, record: Callable[[], Any]) -> None:
    """What is not said is null and never zero, and bounds make a range and no number."""
    made = json.dumps(record(), ensure_ascii=False, indent=1)
    assert made == agreed(f"record-{name}", made)


def test_some_sections_of_a_speech_come_without_the_opening() -> None:
    """What was not asked for is null, and not an empty text."""
    made = records.whole(EAST, PASSAGES[2:4], [])
    assert made["opening"] is None
    assert records.whole(EAST, [TITLE], [])["opening"] is None
    assert made["sections"] == [
        {"number": 1, "heading": "一、抓网格", "paragraphs": ["设置网格54个。"]}
    ]


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


def test_a_window_of_no_characters_is_empty() -> None:
    """`--context 0` leaves the match alone, and a window wider than the paragraph takes all of it."""
    found = hit(PASSAGES[4], "枫桥经验")
    alone, whole = (records.hit(found, EAST, context=context) for context in (0, 99))
    assert (alone["left"], alone["right"]) == ("", "")
    assert whole["left"] + whole["match"] + whole["right"] == PASSAGES[4].text


def test_a_cell_of_a_spreadsheet_keeps_what_limits_its_figures() -> None:
    """Period and scope stand with the words, sentences with --quote; two figures are no one number."""
    limited = figure(EAST, "80余件", period="上半年", scope="辖区")
    row = Row("基层治理", "件数", ((limited, limited), (limited._replace(period=None),)), "件")
    (made,) = records.comparison_rows(Comparison((EAST, WEST), (row,)), quote=True)
    assert made["东路街道"] == "80余件 (上半年, 辖区); 80余件 (上半年, 辖区)"
    assert [made[f"东路街道 {key}"] for key in ("value", "bound", "unit")] == [None, None, None]
    assert (made["西镇"], made["西镇 bound"], made["西镇 value"]) == ("80余件 (辖区)", ">", 80)
    assert made["西镇 sentence"] == made["东路街道 sentence"] == "网格数为80余件。"


def test_the_sentences_of_a_cell_follow_each_other() -> None:
    """Nothing stands between them: each ends with its own mark."""
    two = figure(EAST, "54个"), figure(EAST, "46个")
    (made,) = records.comparison_rows(
        Comparison((EAST, WEST), (Row("基层治理", "网格数", (two, ()), "个"),)), quote=True
    )
    assert made["东路街道 sentence"] == "网格数为54个。网格数为46个。"


def test_towns_of_one_name_have_a_column_each() -> None:
    """Two 西镇 of two districts do not overwrite each other."""
    namesake = WEST._replace(key=5, district="丙县")
    row = Row("基层治理", "网格数", ((figure(WEST, "54个"),), (figure(namesake, "46个"),)), "个")
    (made,) = records.comparison_rows(Comparison((WEST, namesake), (row,)))
    assert (made["乙县西镇"], made["丙县西镇"]) == ("54个", "46个")


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
    found = searched(["枫桥经念"], corpus).hits
    assert len(found) == 3
    for each in found:
        made = records.hit(each, towns[each.passage.speech], context=30)
        assert each.passage.text[made["start"] : made["end"]] == made["match"]
        assert made["match"] in made["sentence"]
        assert made["left"] + made["match"] + made["right"] in each.passage.text


def test_the_notes_of_a_row_are_its_obstacle_and_what_is_known_of_its_figures() -> None:
    """Each is said once, under the name of the town that it is said of."""
    doubtful = figure(EAST, "54个", note="与上文不符")
    cells = ((doubtful, doubtful), (figure(WEST, "46个", scope="辖区", note="含代管"),))
    row = Row("基层治理", "网格数", cells, "个", obstacle="scope")
    assert records.row(row, Comparison((EAST, WEST), (row,)))["notes"] == [
        "different scope",
        "东路街道：与上文不符",
        "西镇：含代管",
    ]
