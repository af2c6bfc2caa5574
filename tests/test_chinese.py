"""Where a sentence ends and what sounds alike, said once."""

import pytest
from hypothesis import given, settings, strategies as st

from speeches_cli import chinese


def test_what_is_no_syllable_sounds_like_nothing() -> None:
    """A sign or a foreign word in the text is confused with no syllable."""
    assert chinese.nearly_alike("") == {}
    assert chinese.nearly_alike("sen") == {"seng": "en/eng", "shen": "s/sh", "sheng": "s/sh, en/eng"}


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
    assert chinese.sentence(text, start, start + len(words)) == sentence


@settings(max_examples=200)
@given(st.text("网格9个，。！？”（", min_size=1, max_size=14))
def test_sentences_cover_a_text_once(text: str) -> None:
    """Every character lies in one sentence, and a stretch gets exactly the sentences it touches."""
    sentences: list[str] = []
    while (begin := len("".join(sentences))) < len(text):
        sentences.append(chinese.sentence(text, begin, begin + 1))
    assert "".join(sentences) == text
    owner = [number for number, sentence in enumerate(sentences) for _character in sentence]
    for start in range(len(text)):
        for end in range(start + 1, len(text) + 1):
            touched = sentences[owner[start] : owner[end - 1] + 1]
            assert chinese.sentence(text, start, end) == "".join(touched)
