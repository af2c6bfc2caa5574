"""What a text looks like on a terminal: harmless, and as wide as is counted."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given, strategies as st
from rich.cells import cell_len

from speeches_cli import visible
from speeches_cli.corpus import Corpus

PRINTABLE = "".join(map(chr, range(0x20, 0x7F)))
TEXTS = st.text(
    st.one_of(
        st.sampled_from("枫桥，“a1 　\t\n\x1b\x9b\x07\u200b\u202e\u2028\ue000\u0301\ud83d😀"),
        st.characters(),
    ),
    max_size=30,
)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("枫桥经验，“N”。", "枫桥经验，“N”。"),
        ("两　格 和\u00a0空格", "两　格 和\u00a0空格"),
        ("一行\n二行\t三\r\n四\x85五\u2028六\u2029", "一行 二行 三  四 五 六 "),
        ("\x1b[31m红\x1b[0m", "\ufffd[31m红\ufffd[0m"),
        ("\x1b]52;c;aGk=\x07", "\ufffd]52;c;aGk=\ufffd"),
        ("\x9b31m\x00\x7f\x0b\x0c", "\ufffd31m\ufffd\ufffd\ufffd\ufffd"),
        ("酒\u202e泉\u2066路\u200b\ufeff\u00ad", "酒泉路"),
        ("\ud83d半个", "\ufffd半个"),
        ("\ufffe\U0001ffff\u0378𠀀\U000323b0", "\ufffd\ufffd\ufffd𠀀\U000323b0"),
        ("\x07" + PRINTABLE, "\ufffd" + PRINTABLE),
        ("[red]:smile:[/x]\\", "[red]:smile:[/x]\\"),
        ("é e\u0301 😀 \ue000", "é e\u0301 😀 \ue000"),
        ("", ""),
    ],
)
def test_nothing_in_it_acts(text: str, shown: str) -> None:
    """Escapes, line breaks, surrogates and hidden directions lose their force; the rest stays."""
    assert visible.clean(text) == shown


@given(TEXTS)
def test_any_text_is_one_harmless_line(text: str) -> None:
    """Whatever comes in, what goes out is a line that any UTF-8 terminal takes as text."""
    shown = visible.clean(text)
    assert not {unicodedata.category(each) for each in shown} & {"Cc", "Cf", "Cs", "Zl", "Zp"}
    assert len(shown.splitlines()) <= 1
    assert shown.encode().decode() == shown
    assert visible.clean(shown) == shown


@pytest.mark.parametrize(
    ("text", "cells"),
    [
        ("", 0),
        ("e\u0301", 1),
        ("枫\ufe00", 2),
        ("3\u20dd", 1),
        ("枫\u200b", 2),
        ("\ufffe\U000323b0", 3),
        ("😀", 2),
        ("█▏▇▁│─≈≥※★", 10),
    ],
)
def test_width(text: str, cells: int) -> None:
    """Hanzi and full-width marks take two cells, letters and ambiguous marks one, accents none."""
    assert visible.cells(text) == cells


def test_width_agrees_with_the_tables(corpus: Corpus) -> None:
    """Every character of the speeches, of GB 2312 and of ASCII is as wide as Rich lays it out."""
    shown = {each for passage in corpus.passages(corpus.speeches) for each in passage.text}
    pairs = (bytes([row, cell]) for row in range(0xA1, 0xF8) for cell in range(0xA1, 0xFF))
    shown |= {each for pair in pairs for each in pair.decode("gb2312", errors="ignore")}
    shown |= {chr(code) for code in range(0x20, 0x7F)}
    assert {each: visible.cells(each) for each in shown} == {each: cell_len(each) for each in shown}


@given(TEXTS, st.integers(0, 80), st.booleans())
def test_padded_texts_align(text: str, width: int, left: bool) -> None:
    """A padded text is exactly as wide as asked for, or as wide as it was."""
    padded = visible.pad(text, width, left=left)
    assert visible.cells(padded) == max(width, visible.cells(text))
    assert padded.endswith(text) if left else padded.startswith(text)
