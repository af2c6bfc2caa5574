"""JSON, JSON lines and CSV: valid for every reader, and harmless on a terminal and in a spreadsheet."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Callable
from functools import partial
from typing import Any

import pytest
from hypothesis import given, settings, strategies as st

from speeches_cli import messages
from speeches_cli.render import data
from speeches_cli.visible import clean
from tests.conftest import Run
from tests.shown import HOSTILE

ANY_TEXT = st.text(st.characters(exclude_categories=()), max_size=12)
PLAIN_TEXT = st.text(st.characters(exclude_categories=("C", "Zl", "Zp", "Zs")), max_size=12)
CELLS = st.one_of(st.none(), st.booleans(), st.integers(), st.floats(allow_nan=False), PLAIN_TEXT)
ACTING = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff]")
FORMULAS = ("=1+1", "+8", "-8", "@SUM(A1)", "＝1", "＋1", "－1", "＠1", "\u200b=1+1", "\ufeff=1")

RECORDS = [
    {"id": 3, "town": "东路街道", "share": 97.4, "period": None, "plan": True},
    {"id": 12, "town": "“西镇”,\n乙县", "share": 70, "period": "上半年", "plan": False},
]


LINE = partial(data.json, indent=None)


def _rows(text: str) -> list[list[str]]:
    return list(csv.reader(io.StringIO(text, newline="")))


def test_json_is_one_indented_document_in_readable_chinese() -> None:
    """Chinese is not escaped: who opens the file reads it."""
    assert data.json({"town": "东路街道", "cells": [[], [54, 97.4, None]]}) == (
        "{\n"
        '  "town": "东路街道",\n'
        '  "cells": [\n'
        "    [],\n"
        "    [\n"
        "      54,\n"
        "      97.4,\n"
        "      null\n"
        "    ]\n"
        "  ]\n"
        "}\n"
    )


def test_json_lines_are_one_record_to_a_line() -> None:
    """Every line is JSON by itself."""
    assert "".join(map(LINE, RECORDS)) == (
        '{"id": 3, "town": "东路街道", "share": 97.4, "period": null, "plan": true}\n'
        '{"id": 12, "town": "“西镇”,\\n乙县", "share": 70, "period": "上半年", "plan": false}\n'
    )


def test_csv_has_a_head_and_one_row_for_each_record() -> None:
    """RFC 4180: CRLF, quotes only where they are needed, nothing for what is not said."""
    assert data.csv(RECORDS) == (
        'id,town,share,period,plan\r\n3,东路街道,97.4,,True\r\n12,"“西镇”, 乙县",70,上半年,False\r\n'
    )
    assert data.csv([]) == ""


@pytest.mark.parametrize("text", FORMULAS)
def test_no_text_runs_as_a_formula(text: str) -> None:
    """An apostrophe makes it text, in a column's head too, also where an invisible sign came first."""
    rows = _rows(data.csv([{text: text}]))
    assert rows == [["'" + clean(text)], ["'" + clean(text)]]


@pytest.mark.parametrize("number", [-8, -0.5, 21000])
def test_numbers_stay_numbers(number: float) -> None:
    """A negative difference is a number that a spreadsheet can add up."""
    assert _rows(data.csv([{"difference": number}])) == [["difference"], [str(number)]]


@settings(max_examples=80)
@given(st.lists(st.tuples(CELLS, CELLS, CELLS), min_size=1, max_size=4))
def test_csv_comes_back_as_it_was_written(rows: list[tuple[Any, ...]]) -> None:
    """Commas, quotes and everything else printable survive a reader of CSV."""
    records = [dict(zip(("甲", "乙", "丙"), row, strict=True)) for row in rows]
    expected = [
        ["" if value is None else str(value).removeprefix("'") for value in row] for row in rows
    ]
    read = [[cell.removeprefix("'") for cell in row] for row in _rows(data.csv(records))]
    assert read == [["甲", "乙", "丙"], *expected]


@settings(max_examples=80)
@given(st.dictionaries(ANY_TEXT, st.one_of(CELLS, st.lists(ANY_TEXT, max_size=3)), max_size=4))
def test_json_comes_back_as_it_was_written(value: dict[str, Any]) -> None:
    """Any text survives, but for what is no character: half a surrogate pair becomes U+FFFD."""
    expected = json.loads(re.sub("[\ud800-\udfff]", "\ufffd", json.dumps(value, ensure_ascii=False)))
    assert json.loads(data.json(value)) == expected
    assert json.loads(LINE(value)) == expected


@pytest.mark.parametrize("text", HOSTILE)
@pytest.mark.parametrize("write", [data.json, LINE, data.csv])
def test_nothing_in_a_text_acts_on_a_terminal_or_splits_a_line(
    write: Callable[[Any], str], text: str
) -> None:
    """No escape sequence, C1 control, bidirectional mark, line separator or lone surrogate is left."""
    written = write([{text: text}])
    written.encode("utf-8")
    assert ACTING.findall(written.replace("\r\n", "\n")) == []


def test_lists_are_written_as_cells_of_a_table() -> None:
    """A spreadsheet has their parts with spaces between; slips stand in words under another key."""
    nested = {"town": "西镇", "count": 0, "why": None, "edits": [], "speeches": [3, "2024/1"]}
    assert data.csv([nested]) == "town,count,why,speeches\r\n西镇,0,,3 2024/1\r\n"


def test_json_escapes_what_acts_and_loses_nothing() -> None:
    """A program that reads the file gets the very text back, a terminal sees only letters."""
    assert LINE("甲\x1b[1m\x9b\u202e\u2028乙") == '"甲\\u001b[1m\\u009b\\u202e\\u2028乙"\n'


def test_pages_are_no_date_in_a_spreadsheet() -> None:
    """Excel would make 5 June of 5-6; JSON has the hyphen that the corpus has."""
    record = {"pages": "5-6", "date": "2023-09-18"}
    assert data.csv([record]) == "pages,date\r\n5–6,2023-09-18\r\n"
    assert data.csv([{"pages": None, "id": 1}]) == "pages,id\r\n,1\r\n"
    assert LINE(record) == '{"pages": "5-6", "date": "2023-09-18"}\n'


def test_a_reader_of_chinese_reads_chinese(monkeypatch: pytest.MonkeyPatch) -> None:
    """Heads and the program's own words are his; the text's words, and JSON, stay as they are."""
    record = {"town": "level", "measure": "level", "status": None, "sure": False}
    assert data.csv([record]) == "town,measure,status,sure\r\nlevel,level,,False\r\n"
    monkeypatch.setenv("SPEECHES_LANG", "zh")
    messages.settle()
    assert data.csv([record]) == "镇街,数据性质,状态,是否确认\r\nlevel,总量,,否\r\n"
    assert LINE(record).startswith('{"town": "level", "measure": "level"')


@pytest.mark.parametrize(
    "command",
    [
        "list",
        "search 枫桥经念",
        "search fengqiao --count",
        "search 登记难 --cite",
        "compare 3 7",
        "figures 网格数",
        "indicators",
        "phrases",
        "check",
    ],
)
def test_a_reader_of_chinese_finds_no_english(
    command: str, run: Callable[..., Run], monkeypatch: pytest.MonkeyPatch
) -> None:
    """No head of a column, and no word of the program's own in it."""
    monkeypatch.setenv("SPEECHES_LANG", "zh")
    rows = list(csv.DictReader(io.StringIO(run(*command.split(), "-f", "csv").out)))
    assert [head for head in rows[0] if head.isascii()] == []
    words = {row.get(head, "") for row in rows for head in map(messages._, data._WORDED)}
    assert {word for word in words if word.isascii()} <= {""}
