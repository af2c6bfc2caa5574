"""Keywords in context, quotations with their source, and counts, as pages in every format."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from hypothesis import given, settings, strategies as st

from speeches_cli.corpus import Corpus
from speeches_cli.model import Speech
from speeches_cli.render import concordance, page
from speeches_cli.render.page import Page, Text
from speeches_cli.search import Edit, Hit
from speeches_cli.visible import cells, clean
from tests.material import searched
from tests.shown import (
    EAST,
    HOSTILE,
    TOWNS,
    WEST,
    agreed,
    hit,
    in_every_format,
    in_plain,
    on_terminal,
    passage,
    squeezed,
    widest,
)

HEADING = "一、抓“枫桥经验”，搭建“小平台”"
LONG = passage(
    EAST,
    1,
    1,
    "健全“行政村党支部——网格党小组——党员联系户”的村级网格化管理服务体系，践行新时代“枫桥经验”“浦江经验”，"
    "实现矛盾纠纷排查在村、化解在村。设置网格54个，学好枫桥式经验。",
    HEADING,
)
AT = LONG.text.index("枫桥经验")
EXACT = (
    hit(passage(EAST, 0, 0, EAST.title), "治理"),
    hit(passage(EAST, 1, 0, HEADING, HEADING), "枫桥经验"),
    hit(LONG, "枫桥经验"),
    hit(passage(WEST, 2, 1, "枫桥经验落地生根。", "二、重实效"), "枫桥经验"),
)
NEAR = (
    hit(LONG, "枫桥经验", Edit("homophone", "精", "经"), phrase="枫桥精验"),
    hit(LONG, "枫桥式经验", Edit("missing", "", "式"), Edit("wrong", "念", "验")),
    hit(EXACT[3].passage, "枫桥", Edit("pinyin", "fengqiao", "枫桥"), phrase="fengqiao"),
)


def _page(
    hits: Sequence[Hit] = EXACT,
    *,
    width: int | None = None,
    context: int | None = None,
    grouped: bool = True,
) -> Page:
    return concordance.in_context(hits, TOWNS, context=context, width=width, grouped=grouped)


def _starts(made: Page) -> set[int]:
    """Give the cells at which keywords begin on the lines of a page."""
    (block,) = made
    assert isinstance(block, Text)
    roles = [[role for _text, role in line] for line in block.lines]
    return {
        cells(clean(page.plain(line[: each.index("hit")])))
        for line, each in zip(block.lines, roles, strict=True)
        if "hit" in each
    }


def test_exact_hits_under_their_towns() -> None:
    """Grouped by town with speaker and count, by section with its locator, aligned on the keyword."""
    made = in_every_format(lambda width: _page(width=width))
    assert made == agreed("concordance", made)


def test_near_hits_with_their_reasons() -> None:
    """The reason stands in words behind each line, and costs context, never alignment."""
    made = in_every_format(lambda width: _page(NEAR, width=width))
    assert made == agreed("concordance-near", made)


def test_hits_in_another_order() -> None:
    """Sorted by context a hit has no neighbour to share a heading with: each names its place."""
    made = in_every_format(lambda width: _page(width=width, grouped=False))
    assert made == agreed("concordance-sorted", made)


def test_counts_of_every_town() -> None:
    """Zeros, bars that compare, and the total."""
    counted = [(EAST, 16), (WEST, 0), (WEST._replace(town="南镇", id=4), 3)]
    made = in_every_format(lambda _width: concordance.counts(counted, total=19))
    assert made == agreed("counts", made)


@pytest.mark.parametrize("width", [120, 80, 60, 40])
@pytest.mark.parametrize("phrase", ["网格", "枫桥经念", "群众", "12345", "fengqiao", "党员联系户"])
@pytest.mark.parametrize("grouped", [True, False])
def test_every_keyword_begins_at_the_same_cell(
    corpus: Corpus, phrase: str, width: int, grouped: bool
) -> None:
    """Chinese is two cells wide, Latin and … one: the column of keywords is straight all the same."""
    towns = {each.key: each for each in corpus.speeches}
    hits = searched([phrase], corpus).hits
    made = [*concordance.in_context(hits, towns, context=None, width=width, grouped=grouped)]
    shown = on_terminal(made, width=width, emphasis="none")
    assert len(_starts(made)) == 1
    assert widest(shown) <= width
    assert sum(1 for line in shown.splitlines() if line.startswith("    ")) >= len(hits) * grouped


@pytest.mark.parametrize("width", [None, 80])
def test_the_first_of_very_many_hits_are_shown_before_the_last_are_read(width: int | None) -> None:
    """What follows a part of the answer is set as it would be in one piece, each town headed once."""
    towns = {key: EAST._replace(key=key, id=key) for key in range(1200)}
    unread = iter(towns.values())
    every = (hit(passage(town, 1, 1, "网格"), "网格") for town in unread)
    made = concordance.in_context(every, towns, context=None, width=width, grouped=True)
    first = next(iter(made))
    assert next(unread).key < 600
    shown = in_plain([first, *made]).splitlines()
    assert len(shown) == (1199 if width is None else 4 * 1199 - 1)
    assert shown.count("") == (0 if width is None else 1198)


@settings(max_examples=60)
@given(
    st.lists(st.tuples(st.text(max_size=6), st.sampled_from(("网", "ab", "的2")), st.text(max_size=6))),
    st.sampled_from((None, 0, 1, 5)),
    st.integers(30, 90),
)
def test_alignment_survives_any_text(
    parts: list[tuple[str, str, str]], context: int | None, width: int
) -> None:
    """Combining marks, zero-width and bidirectional marks, controls: the keywords stay in line."""
    hits = [
        Hit(passage(EAST, 1, 1, left + match + right), len(left), len(left + match), match)
        for left, match, right in [("前", "网", "后"), *parts]
    ]
    assert len(_starts(_page(hits, width=width, context=context))) == 1


def test_piped_every_hit_is_one_line_that_begins_with_locator_and_town() -> None:
    """`grep`, `sort` and `cut` find what they need; locators and towns stand in columns."""
    hits = (EXACT[1], EXACT[3], NEAR[0])
    assert in_plain(_page(hits, context=4)) == (
        "3.1   东路街道   一、抓“枫桥经验”，搭建…\n"
        "12.2  西镇              枫桥经验落地生根…\n"
        "3.1   东路街道  …新时代“枫桥经验”“浦江…  [精→经 sound alike]\n"
    )


@pytest.mark.parametrize(
    ("context", "expected"),
    [
        (0, "…枫桥经验…"),
        (4, "…新时代“枫桥经验”“浦江…"),
        (99, LONG.text),
        (None, f"…{LONG.text[AT - 30 : AT]}枫桥经验{LONG.text[AT + 4 : AT + 34]}…"),
    ],
)
def test_the_window_is_counted_in_characters_and_cut_with_an_ellipsis(
    context: int | None, expected: str
) -> None:
    """`--context 4` is four characters on each side, and … stands only where the paragraph goes on."""
    (line,) = in_plain(_page([EXACT[2]], context=context)).splitlines()
    assert line == f"3.1  东路街道  {expected}"


@pytest.mark.parametrize("width", [30, 40, 80])
def test_a_context_wider_than_the_terminal_is_shown_whole(width: int) -> None:
    """What was asked for is folded under its heading, not cut, and given up is only the alignment."""
    shown = on_terminal(_page([EXACT[2]], width=width, context=60), width=width, emphasis="none")
    assert squeezed(LONG.text) in squeezed(shown)
    assert widest(shown) <= width
    assert all(line.startswith("  ") for line in shown.splitlines()[1:])


@pytest.mark.parametrize(("width", "characters"), [(20, 2), (40, 6), (60, 11), (80, 16), (200, 30)])
def test_the_context_fills_the_terminal_and_no_more_than_a_glance(width: int, characters: int) -> None:
    """More cells show more, up to thirty characters on a side; on the narrowest two are left."""
    (block,) = _page([EXACT[2]], width=width)
    assert isinstance(block, Text)
    before, after = LONG.text[AT - characters : AT], LONG.text[AT + 4 : AT + 4 + characters]
    assert page.plain(block.lines[-1]).strip() == f"…{before}枫桥经验{after}…"


@pytest.mark.parametrize("text", HOSTILE)
def test_nothing_in_a_speech_acts_on_the_terminal(text: str) -> None:
    """Not in the paragraph, the heading, the town or what was typed; and every line is one line."""
    speaker: Speech = EAST._replace(town=text, district=text, speaker=text, title=text, post=text)
    found = hit(passage(EAST, 1, 1, f"{text}网格{text}", text), "网格", Edit("wrong", text, text))
    towns = {EAST.key: speaker}
    piped = in_plain(concordance.in_context([found], towns, context=30, width=None, grouped=True))
    assert (piped.count("\n"), piped.isascii(), piped[:-1].isprintable()) == (1, False, True)
    for made in (
        concordance.in_context([found], towns, context=None, width=80, grouped=True),
        concordance.counts([(speaker, 1)], total=1),
    ):
        shown = on_terminal(made, width=80, emphasis="none")
        assert shown.replace("\n", "").replace("\u3000", "").isprintable()


def test_a_count_of_nothing_still_names_every_town() -> None:
    """No bar for a zero, no division by it, and a total of zero."""
    assert in_plain(concordance.counts([(EAST, 0), (WEST, 0)], total=0)) == (
        "Town      #   Hits\n东路街道  3      0\n西镇      12     0\nTotal            0\n"
    )


def test_counts_stand_under_their_meeting() -> None:
    """Of two meetings each has its towns, the earlier first; sorted by count they stand together."""
    later = WEST._replace(compilation=WEST.compilation._replace(date="2030-05-01"))
    counted = [(later, 3), (EAST, 1)]
    assert in_plain(concordance.counts(counted, total=4)) == (
        "Meeting     Town      #   Hits\n"
        "2023-09-08  东路街道  3      1\n"
        "2030-05-01  西镇      12     3\n"
        "            Total            4\n"
    )
    assert in_plain(concordance.counts(counted, total=4, by_meeting=False)) == (
        "Town      #   Hits\n西镇      12     3\n东路街道  3      1\nTotal            4\n"
    )
