"""Quotations with their source: each sentence once, each source once, in the forms of papers."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest

from speeches_cli import chinese
from speeches_cli.corpus import Corpus
from speeches_cli.model import Speech
from speeches_cli.render import citations, page
from speeches_cli.render.citations import Quotation
from speeches_cli.render.page import Text
from speeches_cli.search import Edit, Hit
from tests.conftest import Run
from tests.material import searched
from tests.shown import (
    EAST,
    HOSTILE,
    TOWNS,
    WEST,
    agreed,
    figure,
    hit,
    in_every_format,
    in_plain,
    on_terminal,
    passage,
)

Runs = Callable[..., Run]
ONE = passage(EAST, 1, 1, "践行新时代“枫桥经验”“浦江经验”。家数由3584家增加到4480家，增长8%。")
TWO = passage(WEST, 1, 1, "枫桥经验落地生根。")
MORE = passage(EAST, 2, 1, "做实枫桥经验。")
GROWN = figure(
    EAST,
    "8%",
    note="原文自相矛盾：实为增长25%",
    sentence="家数由3584家增加到4480家，增长8%。",
)
HITS = (hit(ONE, "枫桥经验"), hit(ONE, "浦江经验"), hit(TWO, "枫桥经验"), hit(MORE, "枫桥经验"))


@pytest.mark.parametrize("form", ["source", "gbt7714"])
def test_quotations_with_their_source(form: str) -> None:
    """A sentence with two hits is quoted once, and two sentences of one speech name it once."""
    found = citations.quotations((*HITS, hit(ONE, "8%")), TOWNS, [GROWN])
    made = in_every_format(lambda _width: citations.cited(found, form))
    assert made == agreed(f"citations-{form}", made)


def test_a_sentence_said_twice_is_quoted_once_with_every_hit_in_its_place() -> None:
    """Also where it stands in two paragraphs, or a second time in one."""
    sentence = "做实枫桥经验。"
    one, two = (passage(EAST, 1, number, f"{'首先。' * number}{sentence}") for number in (1, 2))
    twice = passage(EAST, 1, 3, sentence * 2)
    hits = (hit(one, "枫桥经验"), hit(two, "做实"), hit(twice, "枫桥经验"))
    again = Hit(twice, 9, 13, "枫桥经验")
    expected: page.Line
    for found, expected in (
        (hits, (("“", ""), ("做实枫桥经验", "hit"), ("。”", ""))),
        ((again,), (("“做实", ""), ("枫桥经验", "hit"), ("。”", ""))),
    ):
        quotation, _source = citations.cited(citations.quotations(found, TOWNS, ()), "source")
        assert quotation == Text("prose", [expected])


def test_a_page_of_hits_says_where_they_stand_and_how_they_differ() -> None:
    """On paper, too, nobody takes a near hit for an exact one."""
    near = hit(MORE, "枫桥经验", Edit("homophone", "精", "经"), phrase="枫桥精验")
    found = citations.quotations((*HITS[:3], near), TOWNS, ())
    assert in_plain(citations.cited(found, "page")) == (
        "东路街道\n"
        "“践行新时代‘枫桥经验’‘浦江经验’。”\n"
        "3.1\n"
        "\n"
        "“做实枫桥经验。”\n"
        "3.2　精→经 sound alike\n"
        f"{citations.source(EAST)}\n"
        "\n"
        "西镇\n"
        "“枫桥经验落地生根。”\n"
        "12.1\n"
        f"{citations.source(WEST)}\n"
    )


@pytest.mark.parametrize(
    ("sentence", "set_in"),
    [
        ("践行“枫桥经验”。", "“践行‘枫桥经验’。”"),
        ("他说：“要‘一网统管’。”", "“他说：‘要“一网统管”。’”"),
        ("打造‘样板’。", "“打造‘样板’。”"),
        ("一般的话。", "“一般的话。”"),
    ],
)
def test_quotation_marks_inside_a_quotation_change_places(sentence: str, set_in: str) -> None:
    """Double outside, single inside, and double again inside that (GB/T 15834-2011)."""
    assert citations.quoted(sentence) == set_in


@pytest.mark.parametrize(
    ("changed", "expected"),
    [
        ({}, "王一. 抓网格[C]//某市发言材料汇编. 2023: 5-6."),
        ({"pages": ""}, "王一. 抓网格[C]//某市发言材料汇编. 2023."),
        ({"speaker": ""}, "抓网格[C]//某市发言材料汇编. 2023: 5-6."),
    ],
)
def test_a_reference_by_the_standard(changed: dict[str, Any], expected: str) -> None:
    """Every mark is GB/T 7714's, and what is not known is left out with its mark."""
    assert citations.gbt7714(EAST._replace(title="抓网格", **changed)) == expected


@pytest.mark.parametrize(
    ("speaker", "expected"),
    [
        (
            EAST,
            f"——甲区东路街道党工委书记 王一：《{EAST.title}》，《某市发言材料汇编》，2023年9月8日",
        ),
        (WEST, "——乙县西镇党委书记 欧阳二：《兴产业促增收》，《某市发言材料汇编》，2023年9月8日"),
    ],
)
def test_a_source_names_post_speaker_town_title_compilation_and_date(
    speaker: Speech, expected: str
) -> None:
    """The town is named once, whether the post names it or not, and the date as a document does."""
    assert citations.source(speaker) == expected


def test_the_reference_that_a_paper_wants(corpus: Corpus) -> None:
    """The third speech of the packaged compilation, as a reader of the print would cite it."""
    assert citations.gbt7714(corpus.called("3")[0]) == (
        "马竞. “一网两访三为”探索基层治理新路径[C]//"
        "兰州市乡镇街道党（工）委书记工作交流会发言材料汇编. 2023: 5-6."
    )


def test_sources_for_zotero_and_pandoc() -> None:
    """CSL-JSON and BibTeX name each speech once, with its warnings; what is not known is left out."""
    warned = Quotation(EAST, "甲。", warnings=("增长8%，实为25%",))
    unnamed: Speech = WEST._replace(speaker="", title="a_b~c^d\\{e}")
    found = [
        warned,
        Quotation(EAST, "乙。", warnings=("再看",)),
        Quotation(unnamed, "丙。"),
    ]
    assert citations.csl(found) == [
        {
            "id": "donglu-2023-09-08-3",
            "type": "paper-conference",
            "title": EAST.title,
            "author": [{"literal": "王一"}],
            "container-title": "某市发言材料汇编",
            "event-title": "某市工作交流会",
            "issued": {"date-parts": [[2023, 9, 8]]},
            "page": "5-6",
            "language": "zh-CN",
            "note": "增长8%，实为25%；再看",
        },
        {
            "id": "xizhen-2023-09-08-12",
            "type": "paper-conference",
            "title": "a_b~c^d\\{e}",
            "container-title": "某市发言材料汇编",
            "event-title": "某市工作交流会",
            "issued": {"date-parts": [[2023, 9, 8]]},
            "language": "zh-CN",
        },
    ]
    assert citations.bibtex(found) == (
        "@inproceedings{donglu-2023-09-08-3,\n"
        "  author = {{王一}},\n"
        "  title = {{“一网统管”抓治理、惠民生的探索与实践}},\n"
        "  booktitle = {某市发言材料汇编},\n"
        "  eventtitle = {某市工作交流会},\n"
        "  year = {2023},\n"
        "  date = {2023-09-08},\n"
        "  pages = {5--6},\n"
        "  langid = {chinese},\n"
        "  note = {增长8\\%，实为25\\%；再看},\n"
        "}\n"
        "\n"
        "@inproceedings{xizhen-2023-09-08-12,\n"
        "  title = {{a\\_b\\~{}c\\^{}d\\textbackslash{}\\{e\\}}},\n"
        "  booktitle = {某市发言材料汇编},\n"
        "  eventtitle = {某市工作交流会},\n"
        "  year = {2023},\n"
        "  date = {2023-09-08},\n"
        "  langid = {chinese},\n"
        "}\n"
    )


def test_the_form_may_be_left_out(run: Runs) -> None:
    """`--cite` alone is the source beneath, and takes no phrase for its form."""
    assert run("search", "--cite", "登记难") == run("search", "登记难", "--cite=source")
    for form in ("table", "csv"):
        assert run("search", "登记难", "--cite", "gbt7714", "-f", form).out.count("[C]//") == 3
    assert run("search", "--cite", "--", "登记难").code == 0


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--cite", "csl", "--json"), "--cite csl and --json do not go together"),
        (("--cite", "bibtex", "-f", "md"), "--cite bibtex and --format do not go together"),
        (("--cite", "bibtex", "-o", "x.docx"), "'.docx'; there are .bib, .txt, or say --format"),
        (("--cite", "csl", "-o", "x.bib"), "'.bib'; there are .json, .txt, or say --format"),
    ],
)
def test_a_form_that_is_a_format_takes_no_other(
    arguments: tuple[str, ...], said: str, run: Runs
) -> None:
    """Nothing is written under the name of something else."""
    done = run("search", "登记难", *arguments)
    assert (done.code, done.out, said in done.err) == (2, "", True)


def test_a_contradiction_in_the_source_is_carried_along(run: Runs) -> None:
    """Who quotes 增长8% is warned in every form that from 3584 to 4480 it is 25 %."""
    warning = "原文自相矛盾：3584家增加到4480家，实为增长25%，不是8%"
    for form in ("source", "gbt7714", "csl"):
        assert warning in run("search", "增长8%", "--cite", form).out
    assert warning.replace("%", "\\%") in run("search", "增长8%", "--cite", "bibtex").out
    (record,) = json.loads(run("search", "增长8%", "--cite", "--json").out)
    assert warning in record["warning"]
    assert record["quotation"] == f"“{record['sentence']}”"
    assert warning in run("search", "增长8%", "--cite", "-f", "csv").out


@pytest.mark.parametrize("text", HOSTILE)
def test_nothing_in_a_speech_acts_on_the_terminal(text: str) -> None:
    """Not in the sentence, and not in whose it is."""
    speaker: Speech = EAST._replace(town=text, district=text, speaker=text, title=text, post=text)
    found = hit(passage(EAST, 1, 1, f"{text}网格{text}", text), "网格")
    made = citations.cited(citations.quotations([found], {EAST.key: speaker}, ()), "source")
    shown = on_terminal(made, width=80, emphasis="none")
    assert shown.replace("\n", "").replace("\u3000", "").isprintable()
    assert in_plain(made).replace("\n", "").isprintable()


def test_every_quotation_of_the_corpus_is_whole(corpus: Corpus) -> None:
    """Each is a sentence of the speech as it stands, with its keyword emphasised."""
    towns = {each.key: each for each in corpus.speeches}
    hits = searched(["网格"], corpus).hits
    found = citations.quotations(hits, towns, ())
    assert len(found) == len(
        {chinese.sentence(each.passage.text, each.start, each.end) for each in hits}
    )
    for block in citations.cited(found, "source"):
        if isinstance(block, Text) and block.style == "prose":
            hit_texts = {text for text, role in block.lines[0] if role == "hit"}
            assert {text.replace("网格", "") for text in hit_texts} == {""}
            quotation = page.plain(block.lines[0])
            assert quotation in {citations.quoted(each.sentence) for each in found}
