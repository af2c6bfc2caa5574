"""Clues: a quick look loses nothing that a search would find, and search answers the same with it."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from speeches_cli import clues, folding, search
from speeches_cli.clues import Clue
from speeches_cli.corpus import Corpus, documents, open_corpus, packaged, recording, schema, store
from speeches_cli.model import Passage
from tests.material import SMALL
from tests.test_search import HANZI, _excerpt, _mistyped

EIGHT = packaged().read_text("utf-8")


def clue(*characters: str | None) -> Clue:
    """Make a clue of the characters that may stand in each place."""
    return tuple(None if each is None else frozenset(each) for each in characters)


def look(text: str, *wanted: Clue) -> list[int]:
    """Look for clues in a text, of which every pair of neighbours is known; give passages by number."""
    following = {each: "".join(b for a, b in pairwise(text) if a == each) for each in text}
    found = clues.Search(wanted, lambda character: following.get(character, "")).passages(text)
    every = clues.passages(text)
    assert [text[start:end] for _number, start, end in every] == text.split("\n")
    assert [every[each.number] for each in found] == found
    return [each.number for each in found]


@pytest.mark.parametrize(
    ("wanted", "numbers"),
    [
        ([clue("甲")], [0, 2, 3]),
        ([clue("甲", "乙")], [0, 3]),
        ([clue("甲丙", "乙丁")], [0, 1, 2, 3]),
        ([clue("乙", "丙")], []),  # not across passages
        ([clue("甲", None, "丙")], [2]),
        ([clue("乙", None, "丁")], []),
        ([clue("甲", None, "丙"), clue("丙", "丁")], [1, 2]),
        ([clue("戊")], []),
        ([clue("戊", "甲")], []),
        ([clue("")], []),
        ([], []),
    ],
)
def test_clues_name_the_passages_that_hold_one(wanted: list[Clue], numbers: list[int]) -> None:
    """Whichever of several clues stands in a passage, and however often, it is named once, in order."""
    assert look("甲乙\n丙丁\n甲丁丙甲\n甲乙甲乙", *wanted) == numbers


@given(st.lists(st.lists(st.text("甲乙丙丁戊", max_size=5), max_size=5), max_size=4), st.data())
@settings(max_examples=200)
def test_clues_of_many_strings_lose_none(wanted: list[list[str]], data: st.DataObject) -> None:
    """However many strings clues stand for, a passage that holds one of them is named."""
    text = data.draw(st.text("甲乙丙丁\n", max_size=40))
    given_ = [clue(*(each or None for each in characters)) for characters in wanted if characters]

    def stands(characters: Clue, passage: str, at: int) -> bool:
        return len(passage) - at >= len(characters) and all(
            each is None or passage[at + place] in each for place, each in enumerate(characters)
        )

    expected = [
        number
        for number, passage in enumerate(text.split("\n"))
        if any(stands(each, passage, at) for each in given_ for at in range(len(passage)))
    ]
    assert look(text, *given_) == expected


def test_a_clue_that_stands_for_too_many_strings_is_cut_short() -> None:
    """A clue of thousands of strings is looked for by its beginning, and finds more, never less."""
    characters = "".join(map(chr, range(0x4E00, 0x4E20)))
    text = "".join(one + other for one in characters for other in characters)
    assert look(f"{text}\n{characters[:2]}\n天", clue(*[characters] * 4)) == [0, 1]


def compiled(text: str, monkeypatch: pytest.MonkeyPatch, *, block: int) -> Corpus:
    """Compile a corpus whose blocks are full after so many characters."""
    monkeypatch.setattr(recording, "_BLOCK", block)
    database = store.open_draft()
    document = schema.check(documents.parse(text.encode(), file=""), file="")
    recording.add(database, b"", store.Known("", b""), recording.prepare(document), path="")
    store.finish(database)
    return Corpus(database)


@pytest.mark.parametrize("block", [1, 1500, 10**6])
def test_blocks_of_any_size_say_the_same(
    corpus: Corpus, block: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each speech alone, some together, or all in one: the same passages, of all and of some."""
    other = compiled(EIGHT, monkeypatch, block=block)
    assert list(other.passages()) == list(corpus.passages())
    for chosen in (corpus.speeches[2:5], corpus.speeches[::7], corpus.speeches[-1:], ()):
        assert list(other.passages(chosen)) == list(corpus.passages(chosen))
        assert [each.speech for each in other.passages(chosen, [clue("网", "格")])] == [
            each.speech for each in corpus.passages(chosen) if "网格" in each.folded
        ]


def both_ways(corpus: Corpus, phrases: list[str], *, near: bool) -> None:
    """Search with the clues, and without: in every passage."""

    def everything(_clues: Iterable[Clue] | None) -> Iterable[Passage]:
        return every

    every = list(corpus.passages())
    found = search.search(phrases, partial(corpus.passages, None), corpus.readings, near=near)
    assert found == search.search(phrases, everything, corpus.readings, near=near)


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Corpus:
    """Give the eight speeches as a second run has them, out of the cache."""
    cache: Path = tmp_path_factory.mktemp("kept")
    open_corpus(packaged(), cache=cache)
    return open_corpus(packaged(), cache=cache)


@given(st.data(), st.booleans(), st.sampled_from((2, 3, 4, 8, 20)))
@settings(max_examples=200)
def test_search_finds_the_same_with_clues_and_without(
    kept: Corpus, data: st.DataObject, near: bool, longest: int
) -> None:
    """Exact, near, swapped, of any length, one phrase or two: hit by hit the same, notes too."""
    every = [each.text for each in kept.passages()]
    phrases = []
    for _phrase in range(data.draw(st.sampled_from((1, 1, 1, 2)))):
        at, start, end = _excerpt(data, every, longest)
        phrase = every[at][start:end]
        phrases.append(_mistyped(data, phrase) if data.draw(st.booleans()) else phrase)
    assume(all(any(map(str.isalnum, folding.fold(each))) for each in phrases))
    both_ways(kept, phrases, near=near)


@given(st.data(), st.booleans())
@settings(max_examples=60)
def test_search_in_pinyin_finds_the_same_with_clues_and_without(
    kept: Corpus, data: st.DataObject, near: bool
) -> None:
    """Spelt wholly or partly, divided or not: hit by hit the same."""
    every = [each.text for each in kept.passages()]
    at, start, end = _excerpt(data, every, 6)
    between = data.draw(st.sampled_from(("", " ", "'")))
    spelt = [
        data.draw(st.sampled_from([each, *sorted(folding.readings(each))]))
        for each in every[at][start:end]
    ]
    phrase = between.join(spelt)
    assume(any(map(str.isalnum, folding.fold(phrase))))
    both_ways(kept, [phrase], near=near)


@pytest.mark.parametrize(
    "phrase",
    [
        *(
            "网",
            "网格",
            "忘格",
            "格网",
            "网大格",
            "承街",
            "登计难",
            "枫桥精验",
            "枫桥大大",
            HANZI,
            HANZI * 3,
        ),
        *("xian", "xi'an", "n", "1+3+Xmoshi", "lve", "an经济"),
        *("枫" * 201, "航天发射基地", "\ud800枫桥", "𠮷𠮷"),
    ],
)
def test_phrases_of_every_kind_find_the_same_with_clues_and_without(kept: Corpus, phrase: str) -> None:
    """One character, two, hundreds, Latin letters, signs, what is nowhere: the same answer."""
    both_ways(kept, [phrase], near=False)
    both_ways(kept, [phrase, "网格"], near=True)


def test_rare_characters_are_found(monkeypatch: pytest.MonkeyPatch) -> None:
    """Characters beyond the basic plane are searched like any others."""
    corpus = compiled(SMALL.replace("抓网格强治理", "抓𠮷网格强治𠮷𠮷理"), monkeypatch, block=1)
    for phrase in ("𠮷网格", "治𠮷𠮷理"):
        hits = search.search([phrase], partial(corpus.passages, None), corpus.readings).hits
        assert [hit.match for hit in hits] == [phrase]
        both_ways(corpus, [phrase], near=True)
