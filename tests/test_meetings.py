"""Two years of the same towns: whose speech is meant, and what has changed from one to the next."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from speeches_cli import answers, figures, references
from speeches_cli.corpus import Corpus, open_corpus
from speeches_cli.errors import SpeechesError
from speeches_cli.model import Figure
from speeches_cli.render import comparing as rendering
from tests.conftest import Run
from tests.shown import EAST, TOWNS, WEST, figure, in_plain

FOLDER = Path(__file__).parent / "cases" / "meetings"
LATER = EAST._replace(key=5, compilation=EAST.compilation._replace(date="2024-09-20"))


@pytest.fixture(scope="module")
def years() -> Corpus:
    """Two meetings: 东路街道 and 西镇 spoke at both, 南镇 only at the second."""
    return open_corpus(FOLDER, cache=None)


def test_one_speech_is_named_by_its_year(years: Corpus) -> None:
    """Where a town alone names two speeches, the error offers what names one."""
    with pytest.raises(SpeechesError) as error:
        references.to_compare(["东路"], years)
    assert str(error.value) == "'东路' could be any of: 2023/东路街道、2024/东路街道"
    (later,) = references.of_town("2024/东路街道", years)
    assert later.compilation.date == "2024-09-20"


def test_two_meetings_of_a_year_are_named_by_their_dates() -> None:
    """The year alone would name both."""
    again = EAST._replace(compilation=EAST.compilation._replace(date="2023-12-01"))
    assert references.meetings([EAST, again]) == ["2023-09-08/东路街道", "2023-12-01/东路街道"]


def test_a_filter_takes_all_speeches_of_a_town(years: Corpus) -> None:
    """And none of another."""
    found = answers.described(years, towns=["东路"])
    assert [each.number for each in found or ()] == ["2023-09-18/1", "2024-09-20/2"]
    with pytest.raises(SpeechesError):
        answers.described(years, towns=["1"])  # the numbers begin anew at every meeting


def test_show_takes_the_newest_and_names_the_others(run: Callable[..., Run]) -> None:
    """Whoever wants last year's is told how to ask for it."""
    shown = run("--corpus", str(FOLDER), "show", "东路", "1")
    assert "2023年产值达到3.2亿元" in shown.out
    assert shown.err == "speeches: 东路街道 spoke at other meetings, too: 2023/东路街道\n"
    assert "2022年产值达到2.5亿元" in run("--corpus", str(FOLDER), "show", "2023/东路", "1").out


def test_the_list_is_grouped_by_meeting(run: Callable[..., Run]) -> None:
    """The newest first."""
    assert run("--corpus", str(FOLDER), "list", "乙县").out == (
        "District          Town  #             Speaker  Title             Chars  Figures\n"
        "2024-09-20　乙县  西镇  2024-09-20/1  李二     西镇抓治理促发展     35        2\n"
        "2024-09-20　乙县  南镇  2024-09-20/3  赵三     南镇抓治理促发展     24        1\n"
        "2023-09-18　乙县  西镇  2023-09-18/2  李二     西镇抓治理促发展     35        2\n"
    )


def test_districts_and_all_are_compared_as_they_are_now(years: Corpus) -> None:
    """No town stands beside itself a year before, unless it is asked for; a date asks for a year."""
    found = references.to_compare(["all"], years)
    assert [each.number for each in found] == ["2024-09-20/1", "2024-09-20/2", "2024-09-20/3"]
    assert [each.number for each in references.to_compare(["2023/乙县", "2024/乙县"], years)] == [
        "2023-09-18/2",
        "2024-09-20/1",
        "2024-09-20/3",
    ]


@pytest.mark.parametrize(
    ("indicator", "expected"),
    [
        (
            "网格数",
            (
                "网格数　基层治理  东路街道  54个            50个  -4个\n"
                "网格数　基层治理  西镇      ≈20个 (约20个)  25个  +≈5个\n"
                "网格数　基层治理  南镇                      12个\n"
            ),
        ),
        (
            "化解纠纷数",
            (
                "化解纠纷数　基层治理  东路街道  120件 (上半年)  90件 (上半年)  -30件\n"
                "化解纠纷数　基层治理  西镇      30件 (全年)     18件 (上半年)  different period\n"
                "\n"
                "化解纠纷数: no figure under this name from 南镇\n"
            ),
        ),
        (
            "产值",
            (
                "产值　投资与产业  东路街道  2.5亿元 (2022年)  3.2亿元 (2023年)  +0.7亿元\n"
                "\n"
                "产值: no figure under this name from 西镇、南镇\n"
            ),
        ),
    ],
)
def test_a_measure_has_a_column_for_each_meeting(
    indicator: str, expected: str, run: Callable[..., Run]
) -> None:
    """The change stands where kind of period, scope and measure agree; else why it does not."""
    shown = run("--corpus", str(FOLDER), "figures", indicator, "--sort", "text").out
    head, _newline, rest = shown.partition("\n")
    assert head.split() == ["Indicator", "Town", "2023", "2024", "Change"]
    assert rest == expected


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        (figure(EAST, "54个"), figure(LATER, "54个"), "equal"),
        (figure(EAST, "54个"), figure(LATER, "约54个"), "about equal"),
        (figure(EAST, "50余个"), figure(LATER, "55个"), "too vague to tell"),
        (figure(EAST, "54场次"), figure(LATER, "60场次"), "+6场次 (periods not stated)"),
        (figure(EAST, "54%"), figure(LATER, "60%"), "+6个百分点"),
        (figure(EAST, "54个", scope="全镇"), figure(LATER, "60个"), "different scope"),
    ],
)
def test_a_change_says_no_more_than_both_speeches(before: Figure, after: Figure, expected: str) -> None:
    """As between two towns."""
    groups = figures.across([before, after])
    shown = in_plain(rendering.figures(groups, {EAST.key: EAST, LATER.key: LATER}, ()))
    assert shown.splitlines()[1].endswith(f"  {expected}")


def test_a_change_is_that_of_the_last_two_meetings() -> None:
    """Of three meetings the last is held against the one before it."""
    last = EAST._replace(key=9, compilation=LATER.compilation._replace(date="2025-09-18"))
    towns = {each.key: each for each in (EAST, LATER, last)}
    stated = [
        figure(town, f"{count}个") for town, count in zip(towns.values(), (5, 9, 10), strict=True)
    ]
    groups = figures.across(stated)
    shown = in_plain(rendering.figures(groups, towns, ()))
    assert shown.splitlines()[1].split()[3:] == ["5个", "9个", "10个", "+1个"]


def test_a_town_that_spoke_and_gave_no_figure_has_a_dash() -> None:
    """It is another thing not to have spoken."""
    towns = {EAST.key: EAST, LATER.key: LATER}
    groups = figures.across([figure(LATER, "54个")])
    assert in_plain(rendering.figures(groups, towns, ())) == (
        "Indicator         Town      2023  2024  Change\n"
        "网格数　基层治理  东路街道  —     54个\n"
        "\n"
        "— no figure under this name in this speech\n"
    )


@pytest.mark.parametrize(
    ("period", "date", "expected"),
    [
        ("2022年上半年", "2023-09-18", "-1年上半年"),
        ("上半年", "2024-09-18", "上半年"),
        ("去年", "2024-09-18", "-1年"),
        ("目前", "2024-09-18", "目前 09"),
        ("今年以来", "2024-09-18", "0年以来 09"),
        ("2021年以来", "2024-09-18", "-3年以来 09"),
        ("今年", "2024-01-18", "0年 01"),
    ],
)
def test_periods_are_measured_from_their_meeting(period: str, date: str, expected: str) -> None:
    """The first eight months are not compared with the first ten, although both are this year."""
    assert figures.aligned(period, date) == expected


def test_of_many_towns_it_is_said_how_many_are_silent() -> None:
    """A list of eight hundred names is read by nobody."""
    many = {n: WEST._replace(key=n, town=f"{n}镇", district="丙县") for n in range(2, 402)}
    towns = TOWNS | many
    groups = figures.across([figure(EAST, "54个")])
    shown = in_plain(rendering.figures(groups, towns, ()))
    named = "、".join(["西镇", *(f"{number}镇" for number in range(2, 11))])
    message = f"网格数: no figure under this name from {named} and 391 more"
    assert shown.splitlines()[-1] == message


def test_hits_are_counted_by_meeting(run: Callable[..., Run]) -> None:
    """Each meeting has its towns, zeros too."""
    counted = run("--corpus", str(FOLDER), "search", "产值", "--count").out.splitlines()
    assert [line.split()[-1] for line in counted[1:]] == ["1", "0", "0", "1", "0", "2"]
    assert counted[1].startswith("2023-09-18  东路街道")


def test_what_a_limit_leaves_out_is_not_called_silent(run: Callable[..., Run]) -> None:
    """One figure of five is shown: the other towns have theirs, and so has the other year."""
    assert run("--corpus", str(FOLDER), "figures", "网格数", "--sort", "text", "--limit", "1") == Run(
        0,
        "Indicator         Town      2023  2024  Change\n网格数　基层治理  东路街道  54个\n",
        "speeches: 4 more: raise --limit\n",
    )
