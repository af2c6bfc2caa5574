"""Names typed otherwise than they are written: in pinyin, with a slip, or hardly at all."""

from __future__ import annotations

import pytest

from speeches_cli import spelling

READINGS = {
    "酒": frozenset(("jiu",)),
    "泉": frozenset(("quan",)),
    "路": frozenset(("lu",)),
    "西": frozenset(("xi",)),
    "安": frozenset(("an",)),
    "先": frozenset(("xian",)),
    "行": frozenset(("hang", "xing")),
}


@pytest.mark.parametrize(
    ("pairs", "expected"),
    [
        (
            "jiuquanlu 酒泉路|jiuquan 酒泉路|xian 西安|xian 先|hang 行|xing 行|ban 班|datong datong",
            True,
        ),
        (
            "jiuquanl 酒泉路|jql 酒泉路|jqlu 酒泉路|jiuql 酒泉路|j 酒泉路|jiunnong 酒n农|酒q路 酒泉路",
            True,
        ),
        ("jl 酒泉路|jiuquanluu 酒泉路|quan 酒泉路| 酒泉路|jiu quan 酒泉路|a |jiunong 酒n农", False),
    ],
)
def test_letters_that_spell_a_name(pairs: str, expected: bool) -> None:
    """Syllables stand in their order, each in any of its readings, whole or by its first letter."""
    for letters, _space, name in (each.rpartition(" ") for each in pairs.split("|")):
        assert spelling.spells(letters, name, READINGS) is expected, letters


@pytest.mark.parametrize(
    ("pairs", "expected"),
    [
        ("酒泉路 酒泉路|酒圈路 酒泉路|酒全路 酒泉路|酒某路 酒泉路|酒路 酒泉路|酒泉大路 酒泉路", True),
        ("泉酒路 酒泉路|九全陆 酒泉路|马静 马竞|datnog datong|daton datong", True),
        ("九某路 酒泉路|马某 马竞|马 马竞|码 马|杭 行|dong tong|abc xyz| ", False),
    ],
)
def test_one_slip_or_the_same_sound(pairs: str, expected: bool) -> None:
    """One slip in three Hanzi or five letters, or nothing but homophones in two and more."""
    for typed, _space, name in (each.partition(" ") for each in pairs.split("|")):
        assert spelling.is_near(typed, name, READINGS) is expected, typed


def test_the_nearest_names_come_first() -> None:
    """At most three are suggested, and none that has next to nothing in common."""
    names = ["泉路", "酒泉路", "大同", "酒泉", "银滩路", "酒路"]
    nearest = [names[index] for index in spelling.nearest("酒泉北路", names)]
    assert nearest == ["酒泉路", "泉路", "酒泉"]
    assert spelling.nearest("火车", names) == []
    assert spelling.nearest("", names) == []
