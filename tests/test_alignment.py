"""Alignment: what each slip costs and is called, and that no cheaper way is overlooked."""

from __future__ import annotations

import re
from functools import cache
from typing import Any

import pytest
from hypothesis import given, settings, strategies as st

from speeches_cli.search.alignment import (
    COMPLETE,
    EXTRA,
    HOMOPHONE,
    MISSING,
    SLIP,
    SOUND,
    SWAPPED,
    WRONG,
    Edit,
    Stretch,
    align,
    cost,
)

ALIKE = {"经": "经精", "精": "经精", "甲": "甲贾", "贾": "甲贾"}
NEVER = 1_000_000
PHRASES = st.text("甲贾乙丙1a，%.", min_size=1, max_size=5).filter(lambda each: each[0].isalnum())
TEXTS = st.text("甲甲贾乙丙1a，%.", max_size=9)


def run(phrase: str, text: str, **options: Any) -> list[Stretch]:
    """Align with a whole text."""
    alike = [dict.fromkeys(ALIKE.get(each, each), HOMOPHONE) for each in phrase]
    return list(align(phrase, text, 0, len(text), **{"budget": SLIP, **options}, alike=alike))


def best(phrase: str, text: str) -> tuple[int, int, float, tuple[Edit, ...]]:
    """Give the cheapest alignment, of equals the longest, with its cost."""
    found = min(run(phrase, text), key=lambda each: (cost(each.edits), each.start - each.end))
    return found.start, found.end, cost(found.edits), found.edits


@pytest.mark.parametrize(
    ("typed", "text", "expected"),
    [
        ("枫桥经验", "枫桥经验", (0, 4, 0, ())),
        ("枫桥精验", "新枫桥经验", (1, 5, SOUND, (Edit(HOMOPHONE, "精", "经"),))),
        ("枫桥大验", "枫桥经验", (0, 4, SLIP, (Edit(WRONG, "大", "经"),))),
        ("枫桥验", "枫桥经验", (0, 4, SLIP, (Edit(MISSING, "", "经"),))),
        ("枫桥式经验", "枫桥经验", (0, 4, SLIP, (Edit(EXTRA, "式", ""),))),
        ("枫经桥验", "枫桥经验", (0, 4, SLIP, (Edit(SWAPPED, "经桥", "桥经"),))),
        ("增涨18%", "增长18%", (0, 5, SLIP, (Edit(WRONG, "涨", "长"),))),
        ("甲乙丙丁", "甲1乙丙丁", (2, 5, SLIP, (Edit(EXTRA, "甲", ""),))),  # 1 must agree
        ("枫桥经验经验", "枫桥精验经验", (0, 6, SOUND, (Edit(HOMOPHONE, "经", "精"),))),
        ("枫桥经验", "新枫桥式经验", (1, 6, SLIP, (Edit(MISSING, "", "式"),))),  # not 枫桥式经
        ("枫桥经念", "枫桥经验", (0, 4, SLIP, (Edit(WRONG, "念", "验"),))),
    ],
)
def test_each_slip_has_its_name_and_its_price(typed: str, text: str, expected: object) -> None:
    """A homophone costs one half, every other slip one whole; of equally cheap the longest wins."""
    assert best(typed, text) == expected


@pytest.mark.parametrize(
    ("typed", "text"),
    [
        *(("增长16%", "增长18%"), ("增长8%", "增长18%"), ("增长18", "增长18%"), ("1+3+x", "1+3+n")),
        *(("网格54", "网格45"), ("共200户", "共2000户"), ("5月3日", "53日"), ("53日", "5月3日")),
        *(("网个4", "网格54"), ("00户居", "200户居")),  # half a number
    ],
)
def test_figures_and_letters_must_agree(typed: str, text: str) -> None:
    """No slip is forgiven in digits, Latin letters and the signs of numbers."""
    assert run(typed, text) == []


def may_begin(text: str, at: int) -> bool:
    """Say again, in one pattern, where a stretch may begin."""
    inside_number = re.compile(r"(?<=[0-9a-z.%])(?=[0-9a-z.%])")
    return bool(re.compile(r"[^\W_]").match(text, at)) and not inside_number.match(text, at)


def may_end(text: str, at: int) -> bool:
    """Say again, in one pattern, where a stretch may end."""
    return bool(re.compile(r"(?<=[^\W_]|%)(?!(?<=[0-9a-z.%])[0-9a-z.%])").match(text, at))


def distance(phrase: str, stretch: str) -> float:
    """Work out the weighted distance of two strings the slow way: try everything."""

    @cache
    def rest(one: int, other: int) -> float:
        typed, found = phrase[one : one + 1], stretch[other : other + 1]
        if not typed and not found:
            return 0
        rigid = [bool(re.match("[0-9a-z.%]", each)) for each in (typed, found)]
        ways: list[float] = []
        if typed and typed == found:
            ways.append(rest(one + 1, other + 1))
        if typed and not rigid[0]:
            ways.append(SLIP + rest(one + 1, other))
        if found and not rigid[1]:
            ways.append(SLIP + rest(one, other + 1))
        if typed and found and not any(rigid):
            price = SOUND if found in ALIKE.get(typed, typed) else SLIP
            ways.append(price + rest(one + 1, other + 1))
            pair = phrase[one : one + 2]
            if pair[::-1] == stretch[other : other + 2] and not re.search("[0-9a-z.%]", pair):
                ways.append(SLIP + rest(one + len(pair), other + len(pair)))
        return min(ways, default=NEVER)

    return rest(0, 0)


@given(PHRASES, TEXTS, st.sampled_from((0, SOUND, SLIP, 1.5, 2, 2.5, 3)))
@settings(max_examples=300)
def test_no_cheaper_way_is_overlooked(phrase: str, text: str, budget: float) -> None:
    """Every end has the alignment that trying all stretches and all slips gives."""
    expected = {}
    for end in range(1, len(text) + 1):
        costs = [
            (distance(phrase, text[start:end]), start)
            for start in range(end + 1)
            if may_begin(text, start)
        ]
        price, start = min(costs, default=(NEVER, 0))
        agree = re.findall("[0-9a-z.%]+", phrase) == re.findall("[0-9a-z.%]+", text[start:end])
        if price <= budget and start < end and may_end(text, end) and agree:
            expected[end] = (start, price)
    found = run(phrase, text, budget=budget)
    assert {each.end: (each.start, cost(each.edits)) for each in found} == expected


def replays(typed: str, found: str, edits: tuple[Edit, ...]) -> bool:
    """Tell whether these slips, in this order, are the whole difference of two strings."""
    if not edits:
        return typed == found
    first, *others = edits
    here = typed.startswith(first.typed) and found.startswith(first.found)
    if here and replays(typed[len(first.typed) :], found[len(first.found) :], tuple(others)):
        return True
    return typed[:1] == found[:1] != "" and replays(typed[1:], found[1:], edits)


@given(PHRASES, TEXTS)
@settings(max_examples=200)
def test_the_edits_are_the_whole_difference(phrase: str, text: str) -> None:
    """The slips that are named turn the phrase into the match."""
    for each in run(phrase, text, budget=2 * SLIP):
        assert replays(phrase, text[each.start : each.end], each.edits)


@pytest.mark.parametrize(
    ("typed", "text", "expected"),
    [
        ("理治", "治理", [(0, 2, (Edit(SWAPPED, "理治", "治理"),))]),
        ("承街", "承接街", [(0, 3, (Edit(MISSING, "", "接"),))]),
        ("实总投", "实施总投", [(0, 4, (Edit(MISSING, "", "施"),))]),
        ("业镇", "产业、镇区", [(1, 4, (Edit(MISSING, "", "、"),))]),
        ("枫桥", "桥验枫", []),
        ("承街", "承接下街", []),  # two more
        ("5月", "5个月5", [(0, 3, (Edit(MISSING, "", "个"),))]),
        ("5月", "个月5", []),
        ("5月", "月5", []),  # figures do not swap
        ("12", "21", []),
        ("12", "1个2", []),  # another number
        ("1户", "12户", []),  # a digit more
        ("2户内", "12户以内", []),  # half a number
        ("户2", "户共21", []),
        ("精验", "经验", []),  # only sounds so
        ("枫大桥", "枫桥", []),
    ],
)
def test_a_complete_stretch_has_all_that_was_typed(typed: str, text: str, expected: object) -> None:
    """One character more inside the phrase, or two neighbours swapped, and nothing else."""
    assert run(typed, text, prices=COMPLETE) == expected
