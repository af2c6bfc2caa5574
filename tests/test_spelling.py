"""Names typed otherwise than they are written: in pinyin, with a slip, or hardly at all."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

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
    ("pairs", "whole", "initials"),
    [
        ("jiuquanlu 酒泉路|jiuquan 酒泉路|xian 西安|xian 先|hang 行|xing 行", True, True),
        ("ban 班|jiunnong 酒n农|datong datong", True, True),
        ("jiuquanl 酒泉路|jql 酒泉路|jqlu 酒泉路|jiuql 酒泉路|j 酒泉路", False, True),
        ("jl 酒泉路|jiuquanluu 酒泉路|quan 酒泉路| 酒泉路|酒 酒泉路|jiu quan 酒泉路", False, False),
        ("a |jiunong 酒n农", False, False),
    ],
)
def test_letters_that_spell_a_name(pairs: str, whole: bool, initials: bool) -> None:
    """Syllables stand in their order, each in any of its readings, and only with leave cut short."""
    for letters, _space, name in (each.rpartition(" ") for each in pairs.split("|")):
        assert spelling.spells(letters, name, READINGS, initials=False) is whole, letters
        assert spelling.spells(letters, name, READINGS, initials=True) is initials, letters


@pytest.mark.parametrize(
    ("typed", "name", "syllables"),
    [
        *(("", "酒泉路", ""), ("j", "酒泉路", "jiu"), ("jiuq", "酒泉路", "jiu quan")),
        *(("jiuqu", "酒泉路", "jiu quan"), ("jql", "酒泉路", "jiu quan lu")),
        *(("酒泉l", "酒泉路", "jiu quan lu"), ("酒quan路", "酒泉路", "jiu quan lu")),
        *(("xi", "行", "xing"), ("h", "行", "hang"), ("x", "西安", "xi"), ("xian", "西安", "xi an")),
        *(("xian", "先西", "xian"), ("jiu3", "酒3路", "jiu 3"), ("泉", "酒泉路", None)),
        *(("quan", "酒泉路", None), ("jiuquanlul", "酒泉路", None), ("jiux", "酒泉路", None)),
        ("a", "", None),
    ],
)
def test_what_is_typed_so_far_begins_a_name(typed: str, name: str, syllables: str | None) -> None:
    """Hanzi, syllables and first letters may take turns, and the last syllable may be unfinished."""
    expected = None if syllables is None else syllables.split()
    assert spelling.begun(typed, name, READINGS) == expected


@given(st.text("酒泉路西安先行", min_size=1, max_size=5), st.data())
def test_every_beginning_of_a_spelling_begins_the_name(name: str, data: st.DataObject) -> None:
    """However far somebody has come in spelling a name, it is known, and what comes is its spelling."""
    chosen = [data.draw(st.sampled_from(sorted(READINGS[each]))) for each in name]
    typed = "".join(chosen)[: data.draw(st.integers(0, sum(map(len, chosen))))]
    syllables = spelling.begun(typed, name, READINGS)
    assert syllables is not None
    assert all(one in READINGS[each] for one, each in zip(syllables, name, strict=False))


class _Noted(dict[str, frozenset[str]]):
    """Readings that note for which characters they were asked."""

    def __missing__(self, character: str) -> frozenset[str]:
        raise AssertionError(character)

    def get(self, character: str, default: Any = None) -> Any:  # noqa: ARG002 - as dict has it
        return self[character]


def test_nobody_asks_further_than_the_letters_lead() -> None:
    """The dictionary, which is slow to load, is not asked about names that begin otherwise."""
    readings = _Noted({"酒": READINGS["酒"]})
    assert not spelling.spells("xi", "酒额", readings, initials=True)
    assert spelling.spells("jiu", "酒额", readings, initials=False)


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
