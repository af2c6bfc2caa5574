"""Towns side by side, and one measure across towns, as pages in every format."""

from __future__ import annotations

from fractions import Fraction
from itertools import chain, combinations
from math import inf
from operator import attrgetter

import pytest

from speeches_cli import figures
from speeches_cli.corpus import Corpus
from speeches_cli.figures import Comparison, Row
from speeches_cli.model import Related
from speeches_cli.ranges import Range
from speeches_cli.render import comparing, page, terminal
from speeches_cli.render.page import Table
from speeches_cli.visible import clean
from tests.shown import (
    EAST,
    HOSTILE,
    TOWNS,
    WEST,
    agreed,
    columns,
    figure,
    in_every_format,
    in_plain,
    on_terminal,
    squeezed,
    widest,
)

HALF = Fraction(1, 2)
TOPICS = ("基层治理", "民生服务", "城乡建设")
NORTH = EAST._replace(key=2, id=4, district="乙县", town="北河镇", kind="镇")
GRID = "将13个社区划为39个楼院网格和7个专属网格，配备网格员13名、楼栋长3名。"
EAST_FIGURES = (
    figure(EAST, "54个", sentence="设置“红黄绿”网格54个。"),
    figure(EAST, "8180户", "入户走访居民数"),
    figure(EAST, "130余场次", "志愿服务场次", topic="民生服务"),
    figure(EAST, "4.1万平方米", "外墙保温面积", topic="城乡建设"),
    figure(EAST, "2.1公里", "管网改造长度", topic="城乡建设"),
    figure(EAST, "97.4%", "群众满意率", topic="民生服务", measure="rate"),
    figure(EAST, "50家", "入驻企业数", topic="城乡建设", period="2021年以来"),
    figure(EAST, "100家", "入驻企业数", topic="城乡建设", period="年底", status="plan"),
    figure(EAST, "30.8%", "投诉降幅", measure="change", period="5至8月", note="“环比”的对比期未说明"),
    figure(EAST, "18家", "便民店数", topic="民生服务"),
    figure(EAST, "60余件", "实事数", topic="民生服务"),
)
WEST_FIGURES = (
    figure(WEST, "39个+7个", sentence=GRID),
    figure(WEST, "800人次", "入户走访居民数", period="今年以来"),
    figure(WEST, "60余场次", "志愿服务场次", topic="民生服务"),
    figure(WEST, "约6.2万平方米", "外墙保温面积", topic="城乡建设"),
    figure(WEST, "约1700米", "管网改造长度", topic="城乡建设"),
    figure(WEST, "95.4%", "群众满意率", topic="民生服务", measure="rate"),
    figure(WEST, "18家", "便民店数", topic="民生服务"),
    figure(WEST, "50余件", "实事数", topic="民生服务", scope="“大走访”活动", note="原文称“近百件”"),
    figure(WEST, "3名", "楼栋长数", sentence=GRID),
)
RELATED = (Related("满意和诉求", {"投诉降幅": "投诉下降的比例", "便民店数": "店", "楼栋长数": "人"}),)
NORTH_FIGURES = (figure(NORTH, "20个"), figure(NORTH, "22个", scope="含新村"))


def _compared(*, shared_only: bool = False) -> Comparison:
    stated = (*EAST_FIGURES, *WEST_FIGURES)
    return figures.compare((EAST, WEST), stated, TOPICS, shared_only=shared_only, related=RELATED)


def test_two_towns() -> None:
    """What both report, with the difference, what is near, then the rest by topic, left and right."""
    made = in_every_format(lambda _width: comparing.comparison(_compared()))
    assert made == agreed("comparison", made)


def test_two_towns_with_the_sentences() -> None:
    """Beneath each town's numbers the sentences they stand in, each once."""
    made = in_every_format(lambda _width: comparing.comparison(_compared(), quote=True))
    assert made == agreed("comparison-quoted", made)


def test_three_towns() -> None:
    """More than two towns are columns while there is room, then a list; the silent stand in a line."""
    stated = (*EAST_FIGURES[:1], *WEST_FIGURES[:1], *NORTH_FIGURES, *WEST_FIGURES[-1:])
    silent = NORTH._replace(key=3, id=5, town="南山镇")
    compared = figures.compare((EAST, WEST, NORTH, silent), stated, TOPICS, related=RELATED)
    made = in_every_format(lambda _width: comparing.comparison(compared))
    assert made == agreed("comparison-three", made)


@pytest.mark.parametrize(("measure", "said"), [("level", False), ("increase", True)])
def test_growth_of_unsaid_periods_is_told_with_that(measure: str, *, said: bool) -> None:
    """Of what has grown, as of events, the period is missed; of what there is, it is not."""
    stated = [figure(EAST, "54个", measure=measure), figure(WEST, "46个", measure=measure)]
    made = in_plain(comparing.comparison(figures.compare((EAST, WEST), stated, TOPICS)))
    assert ("periods not stated" in made) is said


def test_one_measure_across_towns() -> None:
    """One unit within a group, the largest first, bars, and below who says nothing."""
    stated = [each for each in (*EAST_FIGURES, *WEST_FIGURES) if each.topic == "城乡建设"]
    by_indicator = figures.grouped([*stated, *NORTH_FIGURES], attrgetter("indicator"))
    groups = tuple(figures.across(chain(*by_indicator.values())))
    towns = TOWNS | {NORTH.key: NORTH}
    made = in_every_format(lambda _width: comparing.figures(groups, towns, ()))
    assert made == agreed("figures", made)


def test_all_figures_name_no_silent_town() -> None:
    """Who asks for everything is not told of every silence."""
    groups = figures.across(EAST_FIGURES[:1])
    shown = in_plain(comparing.figures(groups, TOWNS))
    assert shown == (
        "Indicator         Town      #    Figure  Remarks\n网格数　基层治理  东路街道  3.1  54个\n"
    )


def test_a_measure_that_every_town_states_has_no_legend() -> None:
    """Where nobody is silent, nothing is said of silence; two units of one indicator say it once."""
    both = figures.across((EAST_FIGURES[0], WEST_FIGURES[0]))
    assert len([*comparing.figures(both, TOWNS, ())]) == 1
    three = (EAST, WEST, NORTH)
    compared = figures.compare(three, [figure(town, "54个") for town in three], TOPICS)
    assert len([*comparing.comparison(compared)]) == 2
    units = (figure(EAST, "54个"), figure(EAST, "3%"))
    shown = in_plain(comparing.figures(figures.across(units), TOWNS, ()))
    assert shown.count("no figure under this name from") == 1


@pytest.mark.parametrize(
    ("written", "blocks"), [(["54个"], 0), (["54个", "27个"], 18), (["0起", "0起"], 0)]
)
def test_bars_are_drawn_on_terminals_and_beside_each_other(written: list[str], blocks: int) -> None:
    """One bar alone compares nothing, zero has none, and in a pipe they are noise."""
    stated = [figure(town, each) for town, each in zip((EAST, WEST), written, strict=False)]
    made = comparing.figures(figures.across(stated), TOWNS)
    assert on_terminal(made, width=80, emphasis="none").count("█") == blocks
    assert "█" not in in_plain(made)


def test_a_figure_without_a_bar_says_why() -> None:
    """An increase beside two levels, whose bars are compared."""
    stated = [figure(EAST, "54个"), figure(WEST, "27个"), figure(WEST, "9个", measure="increase")]
    shown = in_plain(comparing.figures(figures.across(stated), TOWNS))
    assert shown.splitlines()[-1].endswith("9个     not beside the others: level against growth")


def test_what_is_measured_stands_by_topic() -> None:
    """Each indicator with its units, how many towns report it, and what is near it."""
    mentions = [(each.indicator, each.topic, each.unit, each.speech) for each in WEST_FIGURES[1:3]]
    measures = figures.measured(mentions, {WEST.key: WEST}, TOPICS, RELATED).values()
    assert in_plain(comparing.indicators(measures)) == (
        "Topic     Indicator       Units  Towns  Near, but defined differently\n"
        "基层治理  入户走访居民数  人次       1\n"
        "民生服务  志愿服务场次    场次       1\n"
    )


@pytest.mark.parametrize(
    ("difference", "ratio", "expected"),
    [
        (None, None, "too vague to tell"),
        (Range(Fraction(0), Fraction(0)), None, "equal"),
        (Range(Fraction(0), Fraction(0), approximate=True), None, "about equal"),
        (Range(Fraction(8), Fraction(8)), None, "东路 +8个"),
        (Range(Fraction(-8), Fraction(-8)), None, "西镇 +8个"),
        (Range(Fraction(8), Fraction(8)), Range(Fraction(2), Fraction(2)), "东路 +8个 (2×)"),
        (Range(Fraction(-8), Fraction(-8)), Range(HALF, HALF), "西镇 +8个 (2×)"),
        (Range(Fraction(60), Fraction(80), strict=True), None, "东路 +60–80个"),
        (Range(-inf, Fraction(-3)), None, "西镇 +≥3个"),
        (Range(Fraction(3), inf, strict=True), None, "东路 +>3个"),
        (Range(Fraction(0), Fraction(10), strict=True), None, "东路 +0–10个"),
        (Range(Fraction(-10), Fraction(0), strict=True), None, "西镇 +0–10个"),
    ],
)
def test_the_difference_says_who_has_more_and_by_how_much(
    difference: Range | None, ratio: Range | None, expected: str
) -> None:
    """Never more than the two speeches say: a bound stays a bound, and 约 stays about."""
    cells = ((figure(EAST, "54个"),), (figure(WEST, "46个"),))
    row = Row("基层治理", "网格数", cells, "个", difference, ratio)
    made = in_plain(comparing.comparison(Comparison((EAST, WEST), (row,))))
    assert made.splitlines()[-1].rpartition("  ")[2] == expected


def test_an_approximate_difference_of_one_pair_among_several_units_is_shown() -> None:
    """A town that also says a percentage is still compared in what both count."""
    stated = (
        figure(EAST, "54个"),
        figure(EAST, "12%", measure="share"),
        figure(WEST, "46个"),
    )
    made = figures.compare((EAST, WEST), stated, TOPICS)
    shown = in_plain(comparing.comparison(made))
    assert shown.splitlines()[-1] == "基层治理  网格数     54个; 12%  46个  东路 +8个 (1.17×)"


def test_what_one_town_alone_says_is_not_measured_by_periods() -> None:
    """A missing period is named where it hinders a comparison, and nowhere else."""
    stated = (figure(EAST, "50家", period="上半年"), figure(EAST, "100家"))
    made = figures.compare((EAST, WEST), stated, TOPICS)
    shown = in_plain(comparing.comparison(made))
    assert shown.splitlines()[-1] == "基层治理  网格数 50家 (上半年); 网格数 100家"


def test_towns_of_one_name_are_told_apart() -> None:
    """Two 西镇 of two districts have their districts in the heads and in the difference."""
    namesake = WEST._replace(key=5, id=13, district="丙县")
    stated = (figure(WEST, "54个"), figure(namesake, "46个"))
    made = figures.compare((WEST, namesake), stated, TOPICS)
    assert in_plain(comparing.comparison(made)) == (
        "Reported by more than one\n"
        "Topic     Indicator  乙县西镇  丙县西镇  Difference\n"
        "基层治理  网格数     54个      46个      乙县西镇 +8个 (1.17×)\n"
    )


@pytest.mark.parametrize(("width", "step"), [(80, 1), (60, 5), (40, 5)])
def test_no_pair_of_towns_loses_a_character_or_needs_scrolling(
    corpus: Corpus, width: int, step: int
) -> None:
    """Every cell's text is there, whole and under its column's head, and no line is too wide."""
    for pair in list(combinations(corpus.speeches, 2))[::step]:
        made = figures.compare(pair, corpus.figures(pair), corpus.topics)
        for table in comparing.comparison(made):
            if isinstance(table, Table):
                text = on_terminal([table], width=width, emphasis="none")
                assert widest(text) <= width
                widths = terminal._widths(table, width)
                shown = columns(text, widths) if widths else [squeezed(text)] * len(table.columns)
                for row in (row for group in table.groups for row in group.rows):
                    for cell, column in zip(row, shown, strict=True):
                        assert all(squeezed(page.plain(each)) in column for each in cell)


@pytest.mark.parametrize("text", HOSTILE)
@pytest.mark.parametrize("quote", [True, False])
def test_nothing_in_a_corpus_acts_on_the_terminal(text: str, quote: bool) -> None:
    """Not in an indicator, a topic, a scope, a note, a sentence or a town: it is only shown."""
    town = EAST._replace(town=text)
    words = {"topic": text, "scope": text, "note": text, "sentence": f"{text}54个", "period": text}
    stated = (figure(town, "54个", text, **words), figure(WEST, "46个", text, **words))
    made = comparing.comparison(figures.compare((town, WEST), stated, (text,)), quote=quote)
    for width in (80, 40):
        shown = on_terminal(made, width=width, emphasis="none")
        assert shown.replace("\n", "").replace("\u3000", "").isprintable()
        assert squeezed(clean(text)) in squeezed(shown)


def test_eight_towns_need_no_more_than_eighty_lines_of_eighty_cells(corpus: Corpus) -> None:
    """The list stands on three screens at most, and no line of it says only that nothing is known."""
    made = figures.compare(
        corpus.speeches, corpus.figures(corpus.speeches), corpus.topics, related=corpus.related
    )
    lines = on_terminal(comparing.comparison(made), width=80, emphasis="none").splitlines()
    assert len(lines) <= 80
    assert not [each for each in lines if each.strip(" —") == "" and "—" in each]


def test_without_the_rest_a_line_says_how_much_there_is() -> None:
    """What --shared leaves out is counted for each town, and what stands in a group is no rest."""
    shown = in_plain(comparing.comparison(_compared(shared_only=True)))
    assert shown.splitlines()[-1] == (
        "measures that only one reports: 东路街道 1; two towns without --shared show them"
    )


def test_a_measure_ends_with_what_is_near(corpus: Corpus) -> None:
    """Each with what it counts, for a reader who may be looking for it."""
    stated = corpus.figures(corpus.speeches, indicators=["网格数", "网格员数"])
    groups = figures.across(stated)
    towns = {town.key: town for town in corpus.speeches}
    near = (
        Related("甲", {"网格数": "网格", "网格党支部数": "支部"}),
        Related("乙", {"社区数": "社区"}),
    )
    shown = in_plain(comparing.figures(groups, towns, near)).splitlines()
    assert shown[-1] == "near, but defined differently: 网格党支部数 (支部)"
