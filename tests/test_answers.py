"""A question to the eight speeches → its answer: the records, the notes, or why there is none."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest
from hypothesis import given, settings, strategies as st

from speeches_cli.corpus import Corpus
from tests.conftest import Run

Runs = Callable[..., Run]

NEAR = "--near also looks for slips"
MORE = "there are more hits: raise --limit"
NO_FIGURE = "these speeches state no such figure"
NO_SPEECH = "no speech answers this description"


@pytest.mark.parametrize(
    ("arguments", "key", "expected"),
    [
        ("list", "id", [1, 2, 3, 4, 5, 6, 7, 8]),
        ("list --sort town", "id", [8, 1, 6, 3, 4, 7, 5, 2]),
        ("list --sort characters -d 永登", "characters", [983, 969]),
        ("list -d 永登 -d 红古 --sort figures", "id", [6, 4, 8]),
        ("list --kind 镇", "id", [2, 4, 6, 8]),
        ("list --kind jiedao", "id", [1, 3, 5, 7]),
        ("list -d 永登 -d 西固", "id", [1, 4, 7, 8]),
        ("list -d 兰州 -d 永登 --kind zhen --sort town", "id", [8, 4, 2]),
        ("list 永登", "id", [4, 8]),
        ("list 西固区 大同", "id", [1, 7, 8]),
        ("list 路", "id", [1, 3, 5, 7]),
        ("list yongdeng", "id", [4, 8]),
        ("list 路 -d 西固", "id", [1, 7]),
        ("search 枫桥经验", "speech", [2, 3, 5]),
        ("search 枫桥 -d 城关", "speech", [3]),
        ("search 枫桥经验 -t 5 -t 3", "speech", [3, 5]),
        ("search 枫桥经验 -d 安宁 -d 永登 -t 3 -t 5", "speech", [5]),
        ("search 枫桥经验 浦江经验", "match", ["枫桥经验", "浦江经验", "枫桥经验", "浦江经验"]),
        ("search 枫桥经验 --any --without 浦江经验", "speech", [3]),
        ("search 老旧小区 加装电梯 --any", "speech", [1, 1, 7, 7]),
        ("search 枫桥经验 --sort right", "speech", [3, 5, 2]),
        ("search 枫桥 --kind 街道 --context 0", "left", ["", ""]),
        ("search 枫桥经验 -t 5 -C 2", "right", ["”和"]),
        ("search 枫桥经验 --count", "count", [0, 1, 1, 0, 1, 0, 0, 0]),
        ("search 枫桥经验 --count --kind 镇", "speech", [2, 4, 6, 8]),
        ("search 浦江经验 --count -t 5 -t 3", "count", [0, 1]),
        ("search 枫桥经验 --count --sort count --limit 4", "count", [1, 1, 1, 0]),
        ("figures 网格数", "value", [54, 49, 46, 20]),
        ("figures 网格数 --sort text", "speech", [3, 5, 6, 7]),
        ("figures 网格数 --town 6 --town 3", "speech", [3, 6]),
        ("figures wanggeshu --topic 基层治理", "speech", [3, 5, 7, 6]),
        ("figures 招商", "as_written", ["15个", "12家", "10万平方米", "700万元"]),
        ("figures -d 永登 --kind 镇 --limit 4", "as_written", ["3个", "4人", "3人", "3人"]),
    ],
)
def test_every_option_reaches_the_answer(
    arguments: str, key: str, expected: list[object], run: Runs
) -> None:
    """What narrows, sorts or limits does what its name says; districts and towns add up."""
    done = run(*arguments.split(), "--json")
    assert (done.code, [each[key] for each in json.loads(done.out)]) == (0, expected)


@pytest.mark.parametrize(
    ("arguments", "sections"),
    [
        ("show 3", [1, 2, 3]),
        ("show 3 2", [2]),
        ("show 3 --section 3 --section 1", [1, 3]),
        ("show 3.2", [2]),
        ("show 3.2 1", [1, 2]),
        ("show 3.0", []),
        ("show 3 0 --section 0", []),
    ],
)
def test_which_sections_are_shown(arguments: str, sections: list[int], run: Runs) -> None:
    """They come in their order, by a locator, behind the town or as an option, with their figures."""
    shown = json.loads(run(*arguments.split(), "--json").out)
    assert [each["number"] for each in shown["sections"]] == sections
    assert {figure["section"] for figure in shown["figures"]} <= {0, *sections}


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        ("list -d 西固 --kind 镇", 1, NO_SPEECH),
        ("list 永登 --kind 村", 1, NO_SPEECH),
        ("search 枫桥经验 -d 永登 -t 3", 1, NO_SPEECH),
        ("phrases -d 永登 -t 3", 1, NO_SPEECH),
        ("show 3.4", 2, "酒泉路街道 has no section 4; the last is 3"),
        ("show 3.1 4", 2, "酒泉路街道 has no section 4; the last is 3"),
        (
            "show 3 4",
            2,
            "酒泉路街道 has no section 4; the last is 3; for two speeches: speeches compare 3 4",
        ),
        (
            "show 3.2 --find 红黄绿",
            1,
            "'红黄绿' does not stand here; elsewhere: speeches search 红黄绿",
        ),
        ("search 火星", 1, "nothing found for '火星'"),
        ("search 火星 [red]", 1, "nothing found for '火星', '[red]'"),
        ("search 马竞", 1, "nothing found for '马竞'; for the speech itself: speeches show 3"),
        (
            "search 西固区",
            1,
            "nothing found for '西固区'; for the speeches from there: speeches list --district 西固区",
        ),
        (
            "search 火星|木星",
            1,
            (
                "nothing found for '火星|木星';"
                " | and * are no wildcards; for one phrase or the other: --any"
            ),
        ),
        (
            "search 老旧小区 加装电梯",
            1,
            "no paragraph has all of them: '老旧小区' 3 times, '加装电梯' 1 time; --any finds each",
        ),
        ("search 网格 --sort count", 2, "--sort count needs --count"),
        ("compare 3", 2, "one town cannot be compared; name two or more"),
        ("compare 3 酒泉路", 2, "'酒泉路' is 酒泉路街道 again; name two different towns"),
        ("compare 3 7 3", 2, "'3' is 酒泉路街道 again; name two different towns"),
        ("compare 1 8 --topic 住房登记", 1, NO_FIGURE),
        (
            "compare 1 4 --shared",
            1,
            (
                "these speeches have no such figures in common; measures that only one reports: "
                "福利路街道 10、树屏镇 21; two towns without --shared show them"
            ),
        ),
        ("figures 网格数 -t 8", 1, NO_FIGURE),
        ("figures 网格数 --topic 安全生产", 1, NO_FIGURE),
        ("figures -t 1 --topic 住房登记", 1, NO_FIGURE),
        ("indicators --topic 火星", 2, None),
        ("list -d 火星", 2, None),
        ("show 火星", 2, None),
        ("search 网格 -t 火星", 2, None),
        ("compare 3 火星", 2, None),
        ("figures 火星", 2, "no indicator called '火星'; what there is: speeches indicators"),
        ("phrases --min 9", 1, "no phrase recurs in so many towns"),
        ("phrases -t 3 --min 9", 1, "these towns have no phrase of their own"),
    ],
)
def test_no_answer_is_one_line(arguments: str, code: int, said: str | None, run: Runs) -> None:
    """An honest nothing ends with 1, a mistake or an unknown name with 2, and says what is known."""
    done = run(*arguments.split())
    assert (done.code, done.out, done.err.count("\n")) == (code, "", 1)
    if said is None:
        assert "called '火星'. There are: " in done.err
    else:
        assert done.err == f"speeches: {said}\n"
    if code == 1 and arguments.startswith("search") and said != NO_SPEECH:
        counted = run(*arguments.split(), "--count", "--json")
        assert (counted.code, counted.err) == (1, done.err)
        assert {each["count"] for each in json.loads(counted.out)} == {0}


@pytest.mark.parametrize(
    ("arguments", "notes"),
    [
        ("search 网格", [NEAR]),
        ("search 网格 --limit 2", [MORE, NEAR]),
        ("search 网格 --near", []),
        ("search 网格 --count", [NEAR]),
        ("search 网格 --count --limit 7", ["1 more: raise --limit", NEAR]),
        ("search 枫桥精验 --count", ["3 hits differ from what was typed"]),
        ("search fengqiao --count", ["3 hits differ from what was typed"]),
        ("search 枫林经谈", ["nothing found for '枫林经谈'; the nearest words are '枫桥经验'"]),
        (
            "figures 招商",
            ["no indicator called '招商'; these figures stand in sentences with the word"],
        ),
        ("figures -d 永登 --kind 镇 --limit 4", ["42 more: raise --limit"]),
    ],
)
def test_what_an_answer_does_not_show_is_noted(arguments: str, notes: list[str], run: Runs) -> None:
    """What a limit hides, that near places were not looked for, that a number counts near ones."""
    done = run(*arguments.split())
    assert (done.code, done.err) == (0, "".join(f"speeches: {each}\n" for each in notes))


def test_the_nearest_words_are_shown_where_they_stand(run: Runs) -> None:
    """A phrase one slip too far is answered with the place that is meant, marked as near."""
    shown = json.loads(run("search", "枫林经谈", "--json").out)
    assert {(each["match"], each["how"], each["cost"]) for each in shown} == {("枫桥经验", "near", 2.0)}
    counted = run("search", "枫林经谈", "--count")
    assert (counted.code, counted.out.split()[-1]) == (1, "0")


@settings(max_examples=30)
@given(
    st.sampled_from(["网格", "党", "12345", "枫桥精验"]),
    st.sampled_from(["text", "left", "right"]),
    st.integers(1, 40),
)
def test_limits_and_orders_lose_no_hit(run: Runs, phrase: str, sort: str, limit: int) -> None:
    """However hits are sorted and cut, it is noted whenever not all are shown; JSON says the same."""
    asked = ("search", phrase, "-d", "城关", "-d", "安宁", "--sort", sort)
    found = json.loads(run(*asked, "--json").out)
    limited = run(*asked, "--limit", str(limit), "-f", "jsonl")
    assert [json.loads(line) for line in limited.out.splitlines()] == found[:limit]
    assert (MORE in limited.err) == (len(found) > limit)


def test_only_the_order_of_the_corpus_is_grouped(run: Runs) -> None:
    """District and town are titles where speeches and hits keep their order, else they are columns."""
    heads = [run("list", "--sort", sort).out.split("\n")[0].split() for sort in ("number", "town")]
    assert [head.index("District") for head in heads] == [0, len(heads[1]) - 1]
    shown = [
        run("--color", "always", "search", "枫桥", "--sort", each).out for each in ("text", "right")
    ]
    assert [
        sum("酒泉路街道" in line.split("3.1")[0] for line in each.splitlines()) for each in shown
    ] == [
        1,
        0,
    ]


def test_a_phrase_is_marked_where_it_stands(run: Runs) -> None:
    """In headings and paragraphs, also in traditional characters."""
    shown = run("--color", "always", "show", "3.2", "--find", "網格").out
    assert shown.count("\x1b[1;31m网格") == 2


def test_what_an_option_adds_to_a_page(run: Runs) -> None:
    """A table of figures, quotations, the towns that say nothing under a name that was asked for."""
    sentence = "实施外墙保温节能改造4.1万平方米，完成老旧管网维修2.1公里"
    for arguments, words in (
        ("show 3.2 --figures", "入户走访居民数"),
        ("compare 3 7 --topic 城乡 --quote", sentence),
        ("figures 网格数", "大同镇"),
    ):
        *less, _option = arguments.split()
        assert words in run(*arguments.split()).out
        assert words not in run(*less).out or less == ["figures"]
    assert "大同镇" not in run("figures", "--topic", "基层治理", "-t", "3").out


def test_a_comparison_in_every_form(run: Runs) -> None:
    """One row for each indicator, whatever the form, shared ones first; topics narrow and add up."""
    document = json.loads(run("compare", "3", "7", "--json").out)
    rows = document["rows"]
    lines = [json.loads(line) for line in run("compare", "3", "7", "-f", "jsonl").out.splitlines()]
    assert rows == lines
    assert [town["id"] for town in document["towns"]] == [3, 7]
    shared = [all(row["cells"]) for row in rows]
    assert shared == sorted(shared, reverse=True)
    assert json.loads(run("compare", "3", "7", "--shared", "--json").out)["rows"] == rows[: sum(shared)]
    topics = json.loads(run("compare", "3", "7", "--topic", "城乡", "--topic", "安全", "--json").out)
    assert {row["topic"] for row in topics["rows"]} == {"城乡建设", "安全生产"}


def test_all_figures_are_listed_once(run: Runs, corpus: Corpus) -> None:
    """Without an indicator, the list has every figure of the corpus."""
    records = json.loads(run("figures", "--json").out)
    assert len(records) == sum(speech.figures for speech in corpus.speeches)
    assert {record["speech"] for record in records} == {speech.id for speech in corpus.speeches}


def test_what_is_measured(corpus: Corpus, run: Runs) -> None:
    """Each indicator once, with its units, how many towns report it, and what is near it."""
    first, *rest = json.loads(run("indicators", "--topic", "基层治理", "--json").out)
    expected = {"indicator": "网格数", "topic": "基层治理", "units": ["个"], "towns": 4}
    assert first == expected | {"related": [], "figures": 4}
    (branches,) = (each for each in rest if each["indicator"] == "网格党支部数")
    assert branches["related"] == ["建立党组织的网格数"]
    every = json.loads(run("indicators", "--json").out)
    assert [each["indicator"] for each in every if each["towns"] > 3] == ["网格数"]
    assert {each["indicator"] for each in every} == set(corpus.indicators)


@pytest.mark.parametrize(
    ("arguments", "title"),
    [
        ("list", "Speeches"),
        ("compare 3 7", "Comparison: 酒泉路街道、先锋路街道"),
        ("compare 3 7 --phrases", "Phrases: 酒泉路街道、先锋路街道"),
        ("search 网格 网格员", "Search: 网格, 网格员"),
        ("search 网格 --count", "Search: 网格"),
        ("search 网格 --cite", "Search: 网格"),
        ("indicators", "Indicators"),
        ("figures", "Figures"),
        ("figures 网格数", "Figures: 网格数"),
        ("phrases", "Phrases"),
    ],
)
def test_a_document_is_headed_by_what_was_asked(arguments: str, title: str, run: Runs) -> None:
    """With the compilation, and how it was made."""
    shown = run(*arguments.split(), "--format", "html").out
    assert f"<h1>{title}</h1>" in shown
    assert "《兰州市乡镇街道党（工）委书记工作交流会发言材料汇编》（2023-09-18）" in shown
    assert f"with: speeches {arguments}" in shown.replace("&#x27;", "").replace("'", "")


def test_hits_can_be_cited(run: Runs) -> None:
    """A citation is the whole sentence with its source."""
    cited = run("search", "枫桥经验", "-t", "3", "--cite").out
    assert cited.startswith("“坚持和发展新时代‘枫桥经验’，抓实网格化管理")
    assert "马竞：《“一网两访三为”探索基层治理新路径》" in cited


def test_a_speech_in_a_spreadsheet_has_a_row_for_each_figure(run: Runs) -> None:
    """JSON is one document."""
    whole = json.loads(run("show", "3", "--json").out)
    rows = run("show", "3", "-f", "csv").out.splitlines()
    assert len(rows) - 1 == len(whole["figures"]) == 30
