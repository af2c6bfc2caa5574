"""How values on the command line are read: strictly, and with a reason when they are refused."""

from __future__ import annotations

import re

import pytest
import typer
from hypothesis import given
from hypothesis import strategies as st

from speeches_cli import __version__, options, values


@pytest.mark.parametrize(
    ("text", "expected"), [("0", 0), ("7", 7), ("007", 7), ("999999999", 999_999_999)]
)
def test_whole_numbers(text: str, expected: int) -> None:
    """Up to nine plain digits are a number."""
    assert values.whole_number(text) == expected


@pytest.mark.parametrize(
    "text", ["", "-1", "+1", "1_000", "5.0", "nan", "１２", "二", " 1", "1\n", "1e3", "0x10", "1" * 10]
)
def test_what_is_no_whole_number(text: str) -> None:
    """What Python would read as a number is still none, and is named."""
    with pytest.raises(typer.BadParameter) as error:
        values.whole_number(text)
    assert error.value.message == f"'{text}' is not a whole number from 0"


@given(st.text())
def test_only_digits_are_whole_numbers(text: str) -> None:
    """Any other text is refused as a user's mistake."""
    if re.fullmatch("[0-9]{1,9}", text):
        assert values.whole_number(text) >= 0
    else:
        with pytest.raises(typer.BadParameter):
            values.whole_number(text)


def test_a_limit_is_at_least_one() -> None:
    """Asking for no hits at all is a mistake."""
    assert values.positive_number("1") == 1
    with pytest.raises(typer.BadParameter) as error:
        values.positive_number("0")
    assert error.value.message == "'0' is not a whole number from 1"


@pytest.mark.parametrize(
    ("text", "expected"),
    [("镇", "镇"), ("鎮", "镇"), ("zhen", "镇"), ("街道", "街道"), ("jiedao", "街道"), ("村", "村")],
)
def test_kinds(text: str, expected: str) -> None:
    """A kind may be typed without a Chinese keyboard."""
    assert values.kind(text) == expected


@pytest.mark.parametrize("text", ["", "town", "镇 "])
def test_what_is_no_kind(text: str) -> None:
    """Anything else is refused, with what there is."""
    with pytest.raises(typer.BadParameter) as error:
        values.kind(text)
    assert error.value.message == (
        f"'{text}' is no kind such as 镇 (zhen), 街道 (jiedao), 乡 (xiang) or 村"
    )


def test_the_version_ends_the_program(capsys: pytest.CaptureFixture[str]) -> None:
    """`--version` prints one line and nothing else happens; without it nothing is printed."""
    options.show_version(asked=False)
    assert capsys.readouterr().out == ""
    with pytest.raises(typer.Exit):
        options.show_version(asked=True)
    assert capsys.readouterr().out == f"speeches {__version__}\n"
