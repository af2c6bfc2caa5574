"""`pages`, `sections`: printed lines to paragraphs and sections, which a corpus file may hold."""

from __future__ import annotations

import pytest
from hypothesis import given, settings, strategies as st

from speeches_cli.corpus import documents
from speeches_cli.drafting import outline, pages
from speeches_cli.drafting.values import RawLine


def cleaned(raw: list[str]) -> tuple[list[pages.PrintedLine], list[tuple[int, str]]]:
    """Clean lines as a text file has them."""
    return pages.clean_lines([RawLine(line) for line in raw])


def paragraphs(text: str) -> list[str]:
    """Clean the lines of a text and rejoin its paragraphs."""
    lines, _furniture = cleaned(text.split("\n"))
    return pages.join(lines, pages.width(lines))


@pytest.mark.parametrize(
    "line",
    [
        *("— 1 —", "★  — 13 —", "- 3 -", "- 三 -", "· 7 ·", "— IV —", "第 3 页", "第三页"),
        *("第3页 共16页", "Page 3", "p. 3 of 16"),
        *("★", "————", "* * *", "=====", "某市发言材料   第 2 页", "\f"),
    ],
)
def test_page_furniture_is_left_out_and_told(line: str) -> None:
    """Page numbers in the usual dress, rules and ornaments, with the number of their line."""
    lines, furniture = cleaned(["抓网格", line, "强治理"])
    assert [each.text for each in lines] == ["抓网格", "强治理"]
    assert furniture == ([(2, line)] if line.strip() else [])


@pytest.mark.parametrize("line", ["54个", "2023年", "第3页说得好。", "一", "见第 3 页", "— 完 —", "IV"])
def test_text_is_no_furniture(line: str) -> None:
    """Short lines that say something stay."""
    assert [each.text for each in cleaned([line])[0]] == [pages.tidy(line)]


def test_numbers_that_grow_are_page_numbers() -> None:
    """Bare, in brackets or behind a running head: once it is text, again and larger it is furniture."""
    for page in ("（{}）", "〔{}〕", "[{}]", "{}", "某市发言材料汇编　　{}", "{} 某市发言材料汇编"):
        raw = [line for number in (3, 4, 5) for line in ("正文。", "", page.format(number), "")]
        lines, furniture = cleaned(raw)
        assert [each.text for each in lines] == ["正文。"] * 3
        assert [number for number, _text in furniture] == [3, 7, 11]
        apart, _furniture = cleaned(["正文。", page.format(3), "正文。"])
        assert len(apart) == 3


def test_numbers_without_order_are_text() -> None:
    """A list of values, or of things that happen to end with a number, is no page numbers."""
    raw = [
        "甲区走访居民 30",
        "",
        "甲区走访居民 20",
        "",
        "说得好。 3",
        "",
        "说得好。 4",
        "46",
        "54",
        "好。",
    ]
    assert len(cleaned(raw)[0]) == 7
    rows = [RawLine(f"{number}", is_row=True) for number in (1, 2, 3)]
    assert len(pages.clean_lines(rows)[0]) == 3


def test_a_table_row_is_a_paragraph_of_its_own() -> None:
    """However long it is, and whatever stands around it."""
    long = "指标" * 20
    raw = [RawLine(long, is_row=True), RawLine(long, is_row=True), RawLine("正文。")]
    lines, _furniture = pages.clean_lines(raw)
    assert pages.join(lines, None) == [long, long, "正文。"]


def test_radicals_of_a_pdf_are_hanzi() -> None:
    """Those of Kangxi, and those of Unicode's supplement."""
    assert pages.tidy("服务群众210⼾640⼈，⻄⻔⺠⽣") == "服务群众210户640人，西门民生"


def test_marks_are_taken_out_of_their_line() -> None:
    """`##paidbegin##` goes, and the words in its line stay."""
    lines, furniture = cleaned(["##paidbegin##7．先锋路", "##paidend##"])
    assert [(each.number, each.text) for each in lines] == [(1, "7．先锋路")]
    assert furniture == [(1, "##paidbegin##"), (2, "##paidend##")]


def test_running_heads_are_left_out_where_they_head_or_end_a_page() -> None:
    """On three pages it is furniture; the title page's own, prose and long lines stay."""
    page = ["某市汇编", "正文{}。", "很好。", "长" * 50, "\f"]
    raw = ["某市汇编", "引言。"] + ["\f", *page] * 3
    lines, furniture = cleaned([each.format(number) for number, each in enumerate(raw)])
    assert [each.text for each in lines] == [
        *("某市汇编", "引言。"),
        *[text for number in (4, 10, 16) for text in (f"正文{number}。", "很好。", "长" * 50)],
    ]
    assert furniture == [(number, "某市汇编") for number in (4, 10, 16)]
    lines, furniture = cleaned(["正文。", "内部资料", "— 1 —"] * 3)
    assert [each.text for each in lines] == ["正文。"] * 3


def test_a_line_that_few_of_many_pages_have_is_text() -> None:
    """Three of forty pages are no running head: prose may repeat itself."""
    raw = [line for number in range(40) for line in (f"第{number}段", f"— {number} —")]
    raw[20] = raw[40] = raw[60] = "又是一年"
    assert [each.text for each in cleaned(raw)[0]].count("又是一年") == 3


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("建成剪\n纸长廊。", ["建成剪", "纸长廊。"]),
        ("建成剪纸长廊，\n很好。", ["建成剪纸长廊，很好。"]),
        ("建成剪纸长廊\n，很好。", ["建成剪纸长廊，很好。"]),
        ("党建（街道\n社区）好。", ["党建（街道", "社区）好。"]),
        (
            "引导居民把口袋公园和文化街区都用起来，党史剪\n\n— 3 —\n\n纸长廊好。",
            ["引导居民把口袋公园和文化街区都用起来，党史剪纸长廊好。"],
        ),
        (
            "一、聚焦乡村美，打造最美航道和美镇，努力强村\n建成农田。",
            ["一、聚焦乡村美，打造最美航道和美镇，努力强村", "建成农田。"],
        ),
        ("走访商户12\n34户", ["走访商户12", "34户"]),
        ("第一段。\n第二段。", ["第一段。", "第二段。"]),
        ("", []),
    ],
    ids=lambda value: value[:6] if isinstance(value, str) else "",
)
def test_broken_lines_are_rejoined(text: str, expected: list[str]) -> None:
    """A line goes on after a comma, before punctuation, and where only the page's width ended it."""
    assert paragraphs(text) == expected


def test_indents_tell_paragraphs_apart() -> None:
    """In a text with indents a full line goes on below, whatever it ends with, and a heading too."""
    full = "　　东路街道坚持问题导向强化基层治理取得了明显成效很好。"
    text = f"{full}\n接着说。\n{full}\n再接着说。\n　　一、抓网格抓治理\n强服务\n{full}"
    line = full.strip()
    assert paragraphs(text) == [
        *(f"{line}接着说。", f"{line}再接着说。", "一、抓网格抓治理强服务", line),
    ]


def test_a_heading_as_wide_as_the_page_goes_on() -> None:
    """Where the width of lines is known, a heading that fills one is not yet complete."""
    prose = "东路街道坚持问题导向强化基层治理取得了明显成效得到群众好评很"
    text = "\n".join([prose, prose, prose, "好。", "一、" + prose, "好" * 9, "抓网格。"])
    assert paragraphs(text) == [prose * 3 + "好。", f"一、{prose}{'好' * 9}", "抓网格。"]


@pytest.mark.parametrize(
    ("parts", "expected"),
    [
        ([], ""),
        (["剪", "纸"], "剪纸"),
        (["New", "York", "街区"], "New York街区"),
        (["12", "34"], "1234"),
    ],
)
def test_only_latin_words_are_kept_apart(parts: list[str], expected: str) -> None:
    """Between two of them the line break was a space; nowhere else."""
    assert pages.glue(parts) == expected


@settings(max_examples=100)
@given(st.text(st.characters(categories=["L", "N", "P", "Z", "C", "S"], max_codepoint=0x30FF)))
def test_tidy_text_can_stand_in_a_corpus(text: str) -> None:
    """Whatever a line holds, what is left of it is one line that a corpus file may hold."""
    tidied = pages.tidy(text)
    assert tidied == pages.tidy(tidied)
    if tidied:
        written = documents.write({tidied: tidied, "rare": ["𠮷", tidied]})
        assert documents.parse(written.encode(), file="", errors=[]) == {
            tidied: tidied,
            "rare": ["𠮷", tidied],
        }
        assert "𠮷" in written


MISSING = "a section before this one may be missing"
ANEW = "the numbers begin anew below; does another speech begin there?"
BARE = "nothing stands under this heading"


@pytest.mark.parametrize(
    ("text", "opening", "expected"),
    [
        (
            "开头。|一、抓网格。设置网格54个。|还有。二、抓服务|走访。",
            "开头。",
            ["一、抓网格|设置网格54个。|还有。", "二、抓服务|走访。"],
        ),
        (
            "同志们：|开头。一、抓网格！设置网格54个。三、|五、抓服务？走访。",
            "同志们：开头。",
            ["一、抓网格！|设置网格54个。三、", f"五、抓服务？|走访。|{MISSING}"],
        ),
        (
            "第一部分：抓网格。设置。|（一）小节。|第二部分 抓服务。走访。",
            "（无导语）",
            ["第一部分：抓网格|设置。|（一）小节。", "第二部分 抓服务|走访。"],
        ),
        (
            "开头。|１．抓网格。设置3.5万个。|1.5万户。|２．抓服务。走访。",
            "开头。",
            ["１．抓网格|设置3.5万个。|1.5万户。", "２．抓服务|走访。"],
        ),
        (
            "一、抓网格|设置。|二、抓服务|走访。|一、兴产业|种植。|三、抓增收|增收。",
            "（无导语）",
            ["一、抓网格|设置。", f"二、抓服务|走访。|一、兴产业|种植。|{ANEW}", "三、抓增收|增收。"],
        ),
        (
            "“一站式”服务好。|又一段。|“三个一”好。",
            "“一站式”服务好。",
            ["正文|又一段。|“三个一”好。"],
        ),
        ("", "（无导语）no text under this title", []),
        ("只有一段。", "只有一段。", []),
        ("一、|二、抓服务", "（无导语）", [f"一、|正文|{BARE}", f"二、|抓服务|{BARE}"]),
    ],
    ids=["run-in", "gap", "parts", "digits", "anew", "quoted", "empty", "one", "bare"],
)
def test_sections_are_found_by_their_numbers(text: str, opening: str, expected: list[str]) -> None:
    """Headings that count upwards divide a speech; what counts nothing stays a paragraph."""
    opened, divided = outline.sections(text.split("|") if text else [])
    assert opened.text + (opened.doubt or "") == opening
    assert [
        "|".join(filter(None, (heading.text, *said, heading.doubt))) for heading, said in divided
    ] == expected


@settings(max_examples=100)
@given(
    st.lists(
        st.text(st.sampled_from("一二三十、（）第部分1２．。！“”两网格 x"), min_size=1).filter(
            str.strip
        ),
        max_size=8,
    )
)
def test_dividing_keeps_every_character(texts: list[str]) -> None:
    """But for the full stop of a heading that runs into its paragraph."""
    opening, divided = outline.sections(texts)
    said = [opening.text, *(part for each in divided for part in (each.heading.text, *each.paragraphs))]
    kept = "".join(said).replace("（无导语）", "").replace("正文", "")
    assert kept.replace("。", "") == "".join(texts).replace("。", "")
