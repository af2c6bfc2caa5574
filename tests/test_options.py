"""How values on the command line are read: strictly, and with a reason when they are refused."""

from __future__ import annotations

import re

import pytest
import typer
from hypothesis import example, given, strategies as st

from speeches_cli import options


@given(st.text(), st.integers(0, 1))
@example("0", 0)
@example("0", 1)
@example("007", 1)
@example("999999999", 1)
@example("1_000", 0)
@example("１２", 0)
@example("1\n", 0)
@example("1" * 10, 0)
def test_only_up_to_nine_digits_are_a_whole_number(text: str, least: int) -> None:
    """What Python would read as a number is still none, and is named; a limit begins at 1."""
    if re.fullmatch("[0-9]{1,9}", text) and int(text) >= least:
        assert options.whole_number(text, least=least) == int(text)
    else:
        with pytest.raises(typer.BadParameter) as error:
            options.whole_number(text, least=least)
        assert error.value.message == f"'{text}' is not a whole number from {least}"


@pytest.mark.parametrize("typed", ["镇 镇", "鎮 镇", "zhen 镇", "街道 街道", "jiedao 街道", "村 村"])
def test_kinds(typed: str) -> None:
    """A kind may be typed without a Chinese keyboard."""
    text, expected = typed.split()
    assert options.kind(text) == expected


@pytest.mark.parametrize("text", ["", "town", "镇1"])
def test_what_is_no_kind(text: str) -> None:
    """Anything else is refused, with what there is."""
    said = f"'{text}' is no kind such as 镇 (zhen), 街道 (jiedao), 乡 (xiang) or 村"
    with pytest.raises(typer.BadParameter, match=re.escape(said)):
        options.kind(text)
