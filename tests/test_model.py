"""`model` and `errors`: what the values say of themselves, and what an error tells the program."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from speeches_cli import errors, model
from speeches_cli.corpus import Corpus
from speeches_cli.model import Passage


def passage(text: str) -> Passage:
    """Make a passage of a text."""
    return Passage(0, 1, 1, text, text, "一、抓网格")


@pytest.mark.parametrize(
    ("text", "words", "sentence"),
    [
        ("设网格54个。设9个。", "54个", "设网格54个。"),
        ("设网格54个。设9个。", "9个", "设9个。"),
        ("设网格54个。设9个。", "个。", "设网格54个。"),
        ("设网格54个。设9个。", "54个。设9", "设网格54个。设9个。"),
        ("设网格54个，增9个；还增3个。", "9个", "设网格54个，增9个；还增3个。"),
        ("他说：“设54个。”又说：“设9个！”好。", "54个", "他说：“设54个。”"),
        ("他说：“设54个。”又说：“设9个！”好。", "9个", "又说：“设9个！”"),
        ("（设54个。）设9个。", "9个", "设9个。"),
        ("设54个？！设9个？设3个!", "9个", "设9个？"),
        ("设54个？！设9个？设3个!", "54个", "设54个？！"),
        ("一、抓网格", "网格", "一、抓网格"),
        ("达97.4%，好", "97.4%", "达97.4%，好"),
        ("设9个。没有句号的尾巴", "尾巴", "没有句号的尾巴"),
    ],
)
def test_the_sentence_around_a_stretch(text: str, words: str, sentence: str) -> None:
    """A figure is quoted with its whole sentence, its closing mark and quotation mark included."""
    start = text.index(words)
    assert passage(text).sentence(start, start + len(words)) == sentence


@settings(max_examples=200)
@given(st.text("网格9个，。！？”（", min_size=1, max_size=14))
def test_sentences_cover_a_text_once(text: str) -> None:
    """Every character lies in one sentence, and a stretch gets exactly the sentences it touches."""
    sentences: list[str] = []
    while (begin := len("".join(sentences))) < len(text):
        sentences.append(passage(text).sentence(begin, begin + 1))
    assert "".join(sentences) == text
    owner = [number for number, sentence in enumerate(sentences) for _character in sentence]
    for start in range(len(text)):
        for end in range(start + 1, len(text) + 1):
            touched = sentences[owner[start] : owner[end - 1] + 1]
            assert passage(text).sentence(start, end) == "".join(touched)


def test_a_town_is_named_with_its_district(corpus: Corpus) -> None:
    """District and town together name one speech, as a path does."""
    assert [each.path for each in corpus.speeches] == [
        *("西固区/福利路街道", "兰州新区/中川镇", "城关区/酒泉路街道", "永登县/树屏镇"),
        *("安宁区/银滩路街道", "红古区/海石湾镇", "西固区/先锋路街道", "永登县/大同镇"),
    ]


@pytest.mark.parametrize(
    "value",
    [model.Compilation, model.Speech, model.Passage, model.Span, model.Figure],
    ids=lambda each: each.__name__,
)
def test_values_never_change(value: Any) -> None:
    """No value can be changed, nor given anything that isn't declared."""
    made = value(*value._fields)
    for name in (value._fields[0], "undeclared"):
        with pytest.raises(AttributeError):
            setattr(made, name, "changed")


@pytest.mark.parametrize(
    ("error", "code"),
    [
        (errors.UsageError("x"), 2),
        (errors.UnknownName("x"), 2),
        (errors.QuantityError("x"), 2),
        (errors.CorpusError("x", file="a.yaml"), 2),
        (errors.NothingFound("x"), 1),
    ],
    ids=lambda each: type(each).__name__,
)
def test_every_error_knows_how_the_program_ends(error: errors.SpeechesError, code: int) -> None:
    """Exit code 1 is an honest nothing, 2 is something that the user can mend."""
    assert error.exit_code == code


def test_a_corpus_error_names_its_place() -> None:
    """File, line and entry stand before the message, as far as they are known."""
    assert [
        str(errors.CorpusError("wrong", file="a.yaml", line=3, entry="西镇")),
        str(errors.CorpusError("wrong", file="a.yaml", line=3)),
        str(errors.CorpusError("wrong", file="a.yaml")),
    ] == ["a.yaml:3: 西镇: wrong", "a.yaml:3: wrong", "a.yaml: wrong"]
