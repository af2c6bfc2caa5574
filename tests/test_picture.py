"""Pictures: what a terminal shows, with every run of characters in its place and of its width."""

from __future__ import annotations

from itertools import pairwise
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st

from speeches_cli.render import page, picture, terminal
from speeches_cli.render.page import Lines, Page
from speeches_cli.visible import cells
from tests.shown import HOSTILE

SVG = "{http://www.w3.org/2000/svg}"
Drawn = tuple[str, int, int, int, str]
"""Text, first cell, line, cells, and how it is emphasised."""


def _drawn(shown: str) -> list[Drawn]:
    """Read a picture back: where each text stands, in cells and lines."""
    root = ET.fromstring(picture.render(shown, width=40))  # noqa: S314 - made here
    return [
        (
            each.text or "",
            (int(each.attrib["x"]) - 18) // 9,
            (int(each.attrib["y"]) - 36) // 26,
            int(each.attrib["textLength"]) // 9,
            each.attrib.get("class", ""),
        )
        for each in root.iter(f"{SVG}text")
    ]


def test_every_run_stands_where_a_terminal_has_it() -> None:
    """Hanzi take two cells and Latin one, in the colours and weights of the terminal."""
    assert _drawn("网格  \x1b[1m54个\x1b[0m\n\n“\x1b[1;31m枫桥\x1b[0m” \x1b[2;35m<b>&\x1b[0m\n") == [
        ("网格", 0, 0, 4, ""),
        ("54", 6, 0, 2, "b n"),
        ("个", 8, 0, 2, "b"),
        ("“", 0, 2, 1, "n"),
        ("枫桥", 1, 2, 4, "b r"),
        ("”", 5, 2, 1, "n"),
        ("<b>&", 7, 2, 4, "d m n"),
    ]


def test_a_picture_is_as_large_as_what_it_shows() -> None:
    """Width by the terminal's cells, height by the lines; nothing is fetched from anywhere."""
    made = picture.render("甲\n乙\n", width=40)
    root = ET.fromstring(made)  # noqa: S314 - made here
    assert (root.attrib["width"], root.attrib["height"]) == ("396", "88")
    assert root.attrib["viewBox"] == "0 0 396 88"
    assert made.count("http") == 1  # the namespace


@pytest.mark.parametrize("text", HOSTILE)
def test_nothing_in_a_text_is_markup(text: str) -> None:
    """Whatever stands in a speech, the picture is well-formed and shows it."""
    made = terminal.render(Page((Lines((page.line(text + "<script>"),)),)), width=40, emphasis="color")
    assert "<script>" in "".join(each[0] for each in _drawn(made))


@given(st.lists(st.text(st.sampled_from("网格个“”5a+ ·—█"), max_size=12), max_size=4))
def test_nothing_is_lost_and_nothing_overlaps(lines: list[str]) -> None:
    """Every character is drawn, in order, each run behind the one before."""
    shown = "".join(f"{line}\n" for line in lines)
    drawn = _drawn(shown)
    assert "".join(each[0] for each in drawn) == "".join(shown.split())
    for text, column, row, width, _class in drawn:
        assert width == cells(text)
        assert cells(lines[row][: lines[row].index(text)]) <= column
    for before, after in pairwise(drawn):
        assert (before[2], before[1] + before[3]) <= (after[2], after[1])
