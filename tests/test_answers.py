"""A question to a loaded corpus → an answer: who is in it, what it notes, and when there is none."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from speeches_cli import answers, comparing, searching
from speeches_cli.corpus import Corpus
from speeches_cli.errors import NothingFound, UnknownName, UsageError
from speeches_cli.output import Answer
from speeches_cli.render import page, plain


def _speeches(corpus: Corpus, **asked: Any) -> Answer:
    usual: dict[str, Any] = {"districts": (), "kind": None, "sort": "number"}
    return answers.speeches(corpus, **usual | asked)


def _speech(corpus: Corpus, ref: str, **asked: Any) -> Answer:
    usual: dict[str, Any] = {"sections": (), "with_figures": False}
    return answers.speech(corpus, ref, **usual | asked)


def _find(corpus: Corpus, *phrases: str, **asked: Any) -> searching.Finding:
    usual: dict[str, Any] = {"districts": (), "towns": (), "near": False}
    return searching.find(corpus, phrases, **usual | asked)


def _hits(finding: searching.Finding, **asked: Any) -> Answer:
    usual: dict[str, Any] = {"cite": None, "context": None, "sort": "text", "limit": None}
    return searching.hits(finding, **usual | asked)


def _comparison(corpus: Corpus, *refs: str, **asked: Any) -> Answer:
    usual: dict[str, Any] = {"topics": (), "shared_only": False, "quote": False}
    return comparing.comparison(corpus, refs, **usual | asked)


def _figures(corpus: Corpus, indicator: str | None = None, **asked: Any) -> Answer:
    usual: dict[str, Any] = {"towns": (), "topics": (), "sort": "value"}
    return comparing.figures(corpus, indicator, **usual | asked)


def _ids(answer: Answer, key: str = "id") -> list[int]:
    """Name the speeches of an answer's records, each once, in their order."""
    return list(dict.fromkeys(record[key] for record in answer.records()))


NEAR = "--near also looks for slips"
MORE = "there are more hits: raise --limit"


def _page(answer: Answer) -> str:
    return plain.render(answer.page(None))


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ({}, [1, 2, 3, 4, 5, 6, 7, 8]),
        ({"sort": "town"}, [8, 1, 6, 3, 4, 7, 5, 2]),
        ({"kind": "镇"}, [2, 4, 6, 8]),
        ({"kind": "街道"}, [1, 3, 5, 7]),
        ({"districts": ["永登"]}, [4, 8]),
        ({"districts": ["永登", "西固"]}, [1, 4, 7, 8]),
        ({"districts": ["兰州", "永登"], "kind": "镇", "sort": "town"}, [8, 4, 2]),
    ],
)
def test_which_speeches_are_listed(asked: dict[str, Any], expected: list[int], corpus: Corpus) -> None:
    """Districts add up, a kind narrows them, and towns sort by their pinyin."""
    assert _ids(_speeches(corpus, **asked)) == expected


@pytest.mark.parametrize("sort", ["characters", "figures"])
def test_sorting_by_a_number_begins_with_the_largest(sort: str, corpus: Corpus) -> None:
    """Who sorts by a number wants to see its extremes."""
    numbers = [record[sort] for record in _speeches(corpus, sort=sort).records()]
    assert numbers == sorted(numbers, reverse=True)


def test_only_the_corpus_own_order_is_grouped(corpus: Corpus) -> None:
    """The district is a group's title when speeches keep their order, and a column otherwise."""
    heads = [_page(_speeches(corpus, sort=sort)).split("\n")[0].split() for sort in ("number", "town")]
    assert [head.index("District") for head in heads] == [0, len(heads[1]) - 1]


def test_no_speech_of_that_kind(corpus: Corpus) -> None:
    """What leaves no speech is an honest nothing."""
    with pytest.raises(NothingFound, match=r"^no speech answers this description$"):
        _speeches(corpus, districts=["西固"], kind="镇")


@pytest.mark.parametrize(
    ("ref", "sections", "expected"),
    [
        ("3", (), [0, 1, 2, 3]),
        ("3", (2,), [2]),
        ("3", (3, 1), [1, 3]),
        ("3.2", (), [2]),
        ("3.2", (1,), [1, 2]),
        ("3.0", (), [0]),
        ("3", (0, 0), [0]),
    ],
)
def test_which_sections_are_shown(
    ref: str, sections: tuple[int, ...], expected: list[int], corpus: Corpus
) -> None:
    """Sections come in their order, whether a locator or an option names them."""
    whole = _speech(corpus, ref, sections=sections).records()[0]
    shown = [0] * (whole["opening"] is not None) + [each["number"] for each in whole["sections"]]
    assert shown == expected
    assert {figure["section"] for figure in whole["figures"]} <= set(expected)


def test_a_speech_as_document_and_as_rows(corpus: Corpus) -> None:
    """JSON is one document, a spreadsheet has a row for each figure."""
    answer = _speech(corpus, "3")
    assert answer.value is not None
    assert answer.rows is not None
    assert answer.value() == answer.records()[0]
    assert answer.rows() == answer.value()["figures"]
    assert len(answer.rows()) == 30


def test_figures_are_tabled_only_when_asked_for(corpus: Corpus) -> None:
    """`--figures` adds a table to the page; without it the page is prose alone."""
    assert "Indicator" not in _page(_speech(corpus, "3"))
    assert "Indicator" in _page(_speech(corpus, "3", with_figures=True))


@pytest.mark.parametrize(("ref", "sections"), [("3.4", ()), ("3", (4,)), ("3.1", (4,)), ("3", (1, 4))])
def test_a_section_that_is_not_there(ref: str, sections: tuple[int, ...], corpus: Corpus) -> None:
    """The error says which is the last one, and how two speeches are asked for, if two were meant."""
    ends = r"; for two speeches: speeches compare 3 4$" if ref == "3" else "$"
    with pytest.raises(UsageError, match=r"^酒泉路街道 has no section 4; the last is 3" + ends):
        _speech(corpus, ref, sections=sections)


def test_a_phrase_is_marked_where_it_stands(corpus: Corpus) -> None:
    """In headings and paragraphs, also in traditional characters; elsewhere search finds it."""
    blocks = _speech(corpus, "3.2", phrase="網格").page(None)
    parts = [part for block in blocks for line in _lines(block) for part in line]
    assert [text for text, role in parts if role == "hit"] == ["网格", "网格"]
    with pytest.raises(NothingFound) as error:
        _speech(corpus, "3.2", phrase="红黄绿")
    assert str(error.value) == "'红黄绿' does not stand here; elsewhere: speeches search 红黄绿"


def _lines(block: page.Block) -> tuple[page.Line, ...]:
    """Give the lines of a heading or a paragraph."""
    return tuple(block.lines) if isinstance(block, page.Text) else ()


@pytest.mark.parametrize(
    ("places", "expected"),
    [
        (("永登",), [4, 8]),
        (("西固区", "大同"), [1, 7, 8]),
        (("路",), [1, 3, 5, 7]),
        (("yongdeng",), [4, 8]),
    ],
)
def test_places_are_districts_or_towns(
    places: tuple[str, ...], expected: list[int], corpus: Corpus
) -> None:
    """A district stands for its towns, and part of a name for all that have it."""
    assert _ids(_speeches(corpus, places=places)) == expected
    with pytest.raises(NothingFound):
        _speeches(corpus, places=places, kind="村")


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ({}, [2, 3, 5]),
        ({"districts": ["城关"]}, [3]),
        ({"towns": ["5", "3"]}, [3, 5]),
        ({"districts": ["安宁", "永登"], "towns": ["3", "5"]}, [5]),
    ],
)
def test_districts_and_towns_narrow(asked: dict[str, Any], expected: list[int], corpus: Corpus) -> None:
    """Each of the two narrows what the other leaves, and hits stay in corpus order."""
    assert _ids(_hits(_find(corpus, "枫桥经验", **asked)), "speech") == expected


def test_districts_and_towns_may_exclude_each_other(corpus: Corpus) -> None:
    """A town outside of the district leaves nothing to search."""
    with pytest.raises(NothingFound, match=r"^no speech answers this description$"):
        _find(corpus, "枫桥经验", districts=["永登"], towns=["3"])


@pytest.mark.parametrize(("context", "length"), [(None, searching.JSON_CONTEXT), (0, 0), (5, 5)])
def test_context_is_counted_in_characters(context: int | None, length: int, corpus: Corpus) -> None:
    """Records have as much on each side as was asked for, or as the default says."""
    record = _hits(_find(corpus, "枫桥经验", towns=["5"]), context=context).records()[0]
    assert (len(record["left"]), len(record["right"])) == (length, length)


def test_only_hits_in_their_own_order_are_grouped(corpus: Corpus) -> None:
    """On a terminal the town is a heading, unless another order mixes the towns."""
    pages = [
        plain.render(_hits(_find(corpus, "枫桥经验"), sort=sort).page(80)) for sort in ("text", "right")
    ]
    assert [sum(line.startswith("酒泉路街道") for line in page.splitlines()) for page in pages] == [
        1,
        0,
    ]


def test_hits_can_be_cited(corpus: Corpus) -> None:
    """A citation is the whole sentence with its source."""
    answer = _hits(_find(corpus, "枫桥经验", towns=["3"]), cite="source")
    assert _page(answer).splitlines()[0].startswith("“坚持和发展新时代‘枫桥经验’，抓实网格化管理")
    assert "马竞：《“一网两访三为”探索基层治理新路径》" in _page(answer)


def test_what_is_left_out_is_noted(corpus: Corpus) -> None:
    """A limit says that it hides hits, and exact hits that near ones were not looked for."""
    everything = _hits(_find(corpus, "网格"))
    count = len(everything.records())
    limited = _hits(_find(corpus, "网格"), limit=count - 1)
    assert limited.records() == everything.records()[:-1]
    assert limited.notes == (MORE, NEAR)
    assert _hits(_find(corpus, "网格"), limit=count).notes == everything.notes == (NEAR,)


@pytest.mark.parametrize("sort", ["text", "left"])
def test_json_lines_say_what_json_says(corpus: Corpus, sort: str) -> None:
    """Though they are written before the last hit is read."""
    answer = _hits(_find(corpus, "网格"), sort=sort, limit=5)
    assert answer.one_by_one
    assert [*answer.one_by_one()] == answer.records() != []


def test_near_hits_are_noted_and_shown(corpus: Corpus) -> None:
    """The note is there until `--near` shows all there is."""
    exact, both = (_find(corpus, "网格", near=near) for near in (False, True))
    assert len(both.found.places) > len(exact.found.places) > 0
    assert (_hits(exact).notes, _hits(both).notes) == ((NEAR,), ())


@pytest.mark.parametrize(
    ("phrases", "message"),
    [
        (("火星",), "nothing found for '火星'"),
        (("火星", "[red]"), "nothing found for '火星', '[red]'"),
        (("马竞",), "nothing found for '马竞'; for the speech itself: speeches show 3"),
        (
            ("西固区",),
            "nothing found for '西固区'; for the speeches from there: speeches list --district 西固区",
        ),
        (
            ("火星|木星",),
            (
                "nothing found for '火星|木星';"
                " | and * are no wildcards; for one phrase or the other: --any"
            ),
        ),
        (
            ("老旧小区", "加装电梯"),
            "no paragraph has all of them: '老旧小区' 3 times, '加装电梯' 1 time; --any finds each",
        ),
    ],
)
@pytest.mark.parametrize("count", [False, True])
def test_nothing_found(phrases: tuple[str, ...], message: str, count: bool, corpus: Corpus) -> None:
    """What was looked for is repeated, with the nearest words where there are any."""
    finding = _find(corpus, *phrases)
    if count:
        answer = searching.counts(finding)
        assert {record["count"] for record in answer.records()} == {0}
        assert isinstance(answer.failure, NothingFound)
        assert (str(answer.failure), answer.notes) == (message, ())
    else:
        with pytest.raises(NothingFound) as error:
            _hits(finding)
        assert str(error.value) == message


def test_the_nearest_words_are_shown_where_they_stand(corpus: Corpus) -> None:
    """A phrase one slip too far is answered with the place that is meant, marked as near."""
    finding = _find(corpus, "枫林经谈")
    shown = _hits(finding)
    assert {(each["match"], each["how"], each["cost"]) for each in shown.records()} == {
        ("枫桥经验", "near", 2.0)
    }
    assert shown.notes == ("nothing found for '枫林经谈'; the nearest words are '枫桥经验'",)
    counted = searching.counts(finding)
    assert {each["count"] for each in counted.records()} == {0}
    assert str(counted.failure) == shown.notes[0]


def test_counts_have_every_town(corpus: Corpus) -> None:
    """Absence is a finding: towns without a hit are counted as zero."""
    answer = searching.counts(_find(corpus, "枫桥经验"))
    assert [record["count"] for record in answer.records()] == [0, 1, 1, 0, 1, 0, 0, 0]
    assert (answer.failure, answer.notes) == (None, (NEAR,))
    within = searching.counts(_find(corpus, "枫桥经验", districts=["西固", "城关"]))
    assert [(each["speech"], each["count"]) for each in within.records()] == [(1, 0), (3, 1), (7, 0)]


def test_counts_can_be_sorted_and_limited(corpus: Corpus) -> None:
    """The most first; a limit names how many towns it leaves out, and the total stays that of all."""
    finding = _find(corpus, "网格")
    every = searching.counts(finding).records()
    first = searching.counts(finding, sort="count", limit=7)
    assert [each["count"] for each in first.records()] == sorted(
        (each["count"] for each in every), reverse=True
    )[:7]
    assert first.notes == ("1 more town: raise --limit", NEAR)
    assert _page(first).splitlines()[-1].split() == ["Total", str(sum(each["count"] for each in every))]
    assert searching.counts(finding, limit=5).notes[0] == "3 more towns: raise --limit"


def test_hits_cannot_be_sorted_by_count(corpus: Corpus) -> None:
    """A hit has no count: what `--sort count` needs is said."""
    with pytest.raises(UsageError) as error:
        _hits(_find(corpus, "网格"), sort="count")
    assert str(error.value) == "--sort count needs --count"


def test_search_within_a_kind(corpus: Corpus) -> None:
    """Only the towns of that kind are looked through and counted."""
    counted = searching.counts(_find(corpus, "枫桥经验", kind="镇"))
    assert {each["town"][-1] for each in counted.records()} == {"镇"}


@pytest.mark.parametrize(
    ("phrase", "note"),
    [
        ("枫桥精验", "3 hits differ from what was typed"),
        ("fengqiao", "3 hits differ from what was typed"),
        ("浦江精验", "2 hits differ from what was typed"),
    ],
)
def test_counts_say_what_they_count(phrase: str, note: str, corpus: Corpus) -> None:
    """A number does not show that its hits are near ones, so it is said."""
    assert searching.counts(_find(corpus, phrase)).notes == (note,)


def test_counts_mention_near_hits_too(corpus: Corpus) -> None:
    """As the hits themselves do."""
    finding = _find(corpus, "网格")
    assert searching.counts(finding).notes == _hits(finding).notes


def test_a_comparison_in_every_form(corpus: Corpus) -> None:
    """One row for each indicator, whatever the form, shared ones first."""
    answer = _comparison(corpus, "3", "7")
    assert answer.value is not None
    assert answer.rows is not None
    rows = answer.value()["rows"]
    assert rows == answer.records()
    assert [row["indicator"] for row in rows] == [row["indicator"] for row in answer.rows()]
    assert [town["id"] for town in answer.value()["towns"]] == [3, 7]
    shared = [all(row["cells"]) for row in rows]
    assert shared == sorted(shared, reverse=True)
    assert _comparison(corpus, "3", "7", shared_only=True).records() == rows[: sum(shared)]


def test_a_comparison_within_topics(corpus: Corpus) -> None:
    """Topics narrow, several add up, and a quotation is on the page when asked for."""
    answer = _comparison(corpus, "3", "7", topics=["城乡", "安全"], shared_only=True)
    assert {row["topic"] for row in answer.records()} == {"城乡建设"}
    sentence = "实施外墙保温节能改造4.1万平方米，完成老旧管网维修2.1公里"
    assert sentence not in _page(answer)
    assert sentence in _page(_comparison(corpus, "3", "7", topics=["城乡"], quote=True))


@pytest.mark.parametrize(
    ("refs", "message"),
    [
        (("3",), "one town cannot be compared; name two or more"),
        (("3", "酒泉路"), "'酒泉路' is 酒泉路街道 again; name two different towns"),
        (("3", "7", "3"), "'3' is 酒泉路街道 again; name two different towns"),
    ],
)
def test_what_cannot_be_compared(refs: tuple[str, ...], message: str, corpus: Corpus) -> None:
    """A comparison needs different towns."""
    with pytest.raises(UsageError) as error:
        _comparison(corpus, *refs)
    assert str(error.value) == message


@pytest.mark.parametrize(
    ("refs", "asked", "message"),
    [
        (("1", "8"), {"topics": ["住房登记"]}, "these speeches state no such figure"),
        (
            ("1", "4"),
            {"shared_only": True},
            (
                "these speeches have no such figures in common; measures that only one reports: "
                "福利路街道 10, 树屏镇 21; without --shared they are shown"
            ),
        ),
    ],
)
def test_nothing_to_compare(
    refs: tuple[str, ...], asked: dict[str, Any], message: str, corpus: Corpus
) -> None:
    """Nothing in common is said otherwise than nothing at all, and with how much else there is."""
    with pytest.raises(NothingFound) as error:
        _comparison(corpus, *refs, **asked)
    assert str(error.value) == message


def test_all_figures_are_listed_once(corpus: Corpus) -> None:
    """Without an indicator, the list has every figure of the corpus."""
    records = _figures(corpus).records()
    assert len(records) == sum(speech.figures for speech in corpus.speeches)
    assert {record["speech"] for record in records} == {speech.id for speech in corpus.speeches}


@pytest.mark.parametrize(
    ("indicator", "asked", "expected"),
    [
        ("网格数", {}, [3, 5, 7, 6]),
        ("网格数", {"sort": "text"}, [3, 5, 6, 7]),
        ("网格数", {"towns": ["6", "3"]}, [3, 6]),
        ("wanggeshu", {"topics": ["基层治理"]}, [3, 5, 7, 6]),
    ],
)
def test_one_measure_across_towns(
    indicator: str, asked: dict[str, Any], expected: list[int], corpus: Corpus
) -> None:
    """The largest comes first, or the order of the text, from the towns that were asked for."""
    assert _ids(_figures(corpus, indicator, **asked), "speech") == expected


def test_silence_is_noted_for_an_indicator_that_was_asked_for(corpus: Corpus) -> None:
    """The towns that do not mention it are named, but not below every group of a long list."""
    assert "大同镇" in _page(_figures(corpus, "网格数"))
    assert "大同镇" not in _page(_figures(corpus, topics=["基层治理"]))


@pytest.mark.parametrize(
    ("indicator", "asked"),
    [
        ("网格数", {"towns": ["8"]}),
        ("网格数", {"topics": ["安全生产"]}),
        (None, {"towns": ["1"], "topics": ["住房登记"]}),
    ],
)
def test_no_such_figure(indicator: str | None, asked: dict[str, Any], corpus: Corpus) -> None:
    """An indicator that exists, but not here, is an honest nothing."""
    with pytest.raises(NothingFound, match=r"^these speeches state no such figure$"):
        _figures(corpus, indicator, **asked)


def test_unknown_names_are_errors_everywhere(corpus: Corpus) -> None:
    """No command takes an unknown name for an empty answer."""
    for ask in (
        lambda: _speeches(corpus, districts=["火星"]),
        lambda: _speech(corpus, "火星"),
        lambda: _find(corpus, "网格", towns=["火星"]),
        lambda: _find(corpus, "网格", districts=["火星"]),
        lambda: _comparison(corpus, "3", "火星"),
        lambda: _comparison(corpus, "3", "7", topics=["火星"]),
        lambda: _figures(corpus, towns=["火星"]),
        lambda: _figures(corpus, topics=["火星"]),
    ):
        with pytest.raises(UnknownName, match=r"^no [a-z ]+ called '火星'\."):
            ask()
    with pytest.raises(UnknownName, match=r"^no indicator called '火星'; what"):
        _figures(corpus, "火星")


@settings(max_examples=30)
@given(
    st.sampled_from(["网格", "党", "12345", "枫桥精验"]),
    st.sampled_from(["text", "left", "right"]),
    st.integers(1, 40),
)
def test_limits_and_orders_lose_no_hit(corpus: Corpus, phrase: str, sort: str, limit: int) -> None:
    """However hits are sorted and cut, it is noted whenever not all are shown."""
    finding = _find(corpus, phrase, districts=["城关", "安宁"])
    answer = _hits(finding, sort=sort, limit=limit)
    assert len(answer.records()) == min(limit, len(finding.found.places))
    assert (MORE in answer.notes) == (len(finding.found.places) > limit)


def test_words_that_no_indicator_has_are_looked_for_in_the_sentences(corpus: Corpus) -> None:
    """招商 is no measure's name; the figures beside the word are listed, and it is said why."""
    answer = _figures(corpus, "招商")
    assert [record["as_written"] for record in answer.records()] == [
        "15个",
        "12家",
        "10万平方米",
        "700万元",
    ]
    assert answer.notes == (
        "no indicator called '招商'; these figures stand in sentences with the word",
    )


def test_figures_that_are_left_out_are_counted(corpus: Corpus) -> None:
    """--limit cuts after so many figures, and says how many more there are."""
    answer = _figures(corpus, districts=["永登"], kind="镇", limit=4)
    assert [record["as_written"] for record in answer.records()] == ["3个", "4人", "3人", "3人"]
    assert answer.notes == ("42 more figures: raise --limit",)


def test_what_is_measured(corpus: Corpus) -> None:
    """Each indicator once, with its units, how many towns report it, and what is near it."""
    answer = comparing.indicators(corpus, topics=["基层治理"])
    first, *rest = answer.records()
    expected = {"indicator": "网格数", "topic": "基层治理", "units": ("个",), "towns": 4}
    assert first == expected | {"related": ()}
    (branches,) = (each for each in rest if each["indicator"] == "网格党支部数")
    assert branches["related"] == ("建立党组织的网格数",)
    every = comparing.indicators(corpus, topics=[]).records()
    assert [each["indicator"] for each in every if each["towns"] > 3] == ["网格数"]
    assert {each["indicator"] for each in every} == set(corpus.indicators)


def test_a_document_is_headed_by_what_was_asked(corpus: Corpus) -> None:
    """Title and compilation; of very many towns only the first stand there."""
    source = "《兰州市乡镇街道党（工）委书记工作交流会发言材料汇编》（2023-09-18）"
    assert _speeches(corpus).asked == ("Speeches", source)
    assert _comparison(corpus, "3", "7").asked == ("Comparison: 酒泉路街道、先锋路街道", source)
    assert _comparison(corpus, "3", "7", worded=True).asked[0] == "Phrases: 酒泉路街道、先锋路街道"
    assert _hits(_find(corpus, "网格")).asked == ("Search: 网格", source)
    assert searching.counts(_find(corpus, "网格", "网格员")).asked[0] == "Search: 网格, 网格员"
    assert comparing.indicators(corpus, topics=()).asked[0] == "Indicators"
    for typed, title in ((None, "Figures"), ("网格数", "Figures: 网格数")):
        assert comparing.figures(corpus, typed, topics=(), sort="text").asked[0] == title
    many = comparing._named([corpus.speeches[0]] * 10)
    assert many == "、".join(["福利路街道"] * 8) + " and 2 more"
