"""`drafting`: a compilation as it arrives becomes a corpus that loads, and nothing of it gets lost."""

from __future__ import annotations

import importlib
import io
import re
import sys
import tempfile
import zipfile
from collections import Counter
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import assume, given, settings, strategies as st

from speeches_cli import auditing, drafting, folding
from speeches_cli.corpus import Corpus, schema
from speeches_cli.errors import CorpusError
from speeches_cli.model import Figure, Passage, Speech
from tests.material import passages
from tests.shown import UPDATE

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE.parent / "benchmarks" / "open_drafts"))
make, layouts = importlib.import_module("make"), importlib.import_module("word")
COMPILATION = (HERE / "compilation.txt").read_bytes()
DRAFTS = HERE / "cases" / "drafts"
SHAPES = sorted(file.stem for file in DRAFTS.glob("*.txt"))

Place = tuple[int, int, int, int, int]


def problems(yaml: str) -> list[str]:
    """Say what `check` calls wrong in a drafted corpus."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder, "drafted.yaml")
        file.write_text(yaml, encoding="utf-8")
        return [each.message for each in auditing.audit(file).problems]


def load(yaml: str) -> schema.Document:
    """Check a drafted corpus as the program checks any."""
    document = schema.read(yaml.encode(), file="drafted.yaml")
    assert document.errors == ()
    return document


@pytest.fixture(scope="module")
def compilation(corpus: Corpus) -> drafting.Draft:
    """Draft the raw compilation, with no hand."""
    known = drafting.Known(districts=tuple(corpus.districts))
    return drafting.draft(COMPILATION, name="compilation.txt", known=known)


def by_place(figures: tuple[Figure, ...]) -> dict[Place, tuple[Figure, int]]:
    """Index figures by speech, section, paragraph, start and end of each of their quantities."""
    return {
        (figure.speech, figure.section, *span): (figure, number)
        for figure in figures
        for number, span in enumerate(figure.spans)
    }


def test_the_raw_compilation_becomes_the_eight_speeches(
    compilation: drafting.Draft, corpus: Corpus
) -> None:
    """Text and metadata are the packaged corpus's, character by character."""
    drafted = load(compilation.yaml)
    assert drafted.compilation == corpus.speeches[0].compilation
    names = ("id", "district", "town", "kind", "speaker", "post", "title", "characters")
    for entry, speech in zip(drafted.entries, corpus.speeches, strict=True):
        assert [str(getattr(entry.speech, name)) for name in names] == [
            str(getattr(speech, name)) for name in names
        ]
        assert [each.text for each in passages(entry)] == [
            each.text for each in corpus.passages([speech])
        ]


def test_the_raw_compilation_gives_every_figure(compilation: drafting.Draft, corpus: Corpus) -> None:
    """Every quantity is read where it stands, with its value, unit and bound, and no other.

    A sum is drafted in parts; measure, status and period are nearly all as a person has them.
    """
    drafted = by_place(tuple(f for entry in load(compilation.yaml).entries for f in entry.figures))
    known = by_place(tuple(corpus.figures(corpus.speeches)))
    assert drafted.keys() == known.keys()
    right = Counter[str]()
    for place, (figure, _part) in known.items():
        made = drafted[place][0]
        assert (made.unit, made.bound) == (figure.unit, figure.bound)
        assert made.value == figure.value or len(figure.spans) > 1
        keys = ("measure", "status", "period")
        right.update(key for key in keys if getattr(made, key) == getattr(figure, key))
    assert min(right.values()) >= 0.9 * len(known)


def test_the_report_on_the_raw_compilation(compilation: drafting.Draft) -> None:
    """It says what was found, the one thing that was mended, and each kind of line left out."""
    first, *others = compilation.report
    assert first.startswith(
        "drafted: speeches 8, figures 221, other numerals 15; to confirm: 1 keys of"
    )
    assert others == [
        "speech 3 (酒泉路街道): district 城关区: taken from the end of the title",
        "contents page: lines 5 to 39, 8 speeches",
        "left out as page furniture: ##paidbegin## (line 33; 1 of the kind)",
        "left out as page furniture: — 2 — ★ (line 62; 9 of the kind)",
        "left out as page furniture: ★  — 1 — (line 86; 8 of the kind)",
        "left out as page furniture: ##paidend## (line 836; 1 of the kind)",
    ]


@pytest.mark.parametrize("name", make.NAMES)
@pytest.mark.parametrize("layout", [*make.TEXTS, *make.WORDS])
def test_other_compilations_in_every_layout(name: str, layout: str, tmp_path: Path) -> None:
    """Of counties, towns, villages, a bureau, a firm, a school: every speech is whole and its own."""
    made = make.gold(name)
    if layout in make.WORDS:
        layouts.write(made, layout, tmp_path / "a.docx")
        data = (tmp_path / "a.docx").read_bytes()
    else:
        data = "\n".join(make._text(made, layout)).encode()
    yaml = drafting.draft(data, name="a").yaml
    assert problems(yaml) == []
    drafted = load(yaml)
    assert [said(entry.speech) for entry in drafted.entries] == [
        wanted(speech, layout) for speech in made["speeches"]
    ]
    for entry, speech in zip(drafted.entries, made["speeches"], strict=True):
        text = "".join(bare(passage.text) for passage in passages(entry)[1:])
        for thanks in make.THANKS:
            text = text.removesuffix(bare(thanks))
        whole = bare("".join(speech["paragraphs"]))
        assert text == whole or (layout == "rough" and text.startswith(whole))


def said(speech: Speech) -> tuple[str | None, ...]:
    """Give what a draft says of a speech: title, speaker, unit and kind."""
    return bare(speech.title), speech.speaker or None, speech.town, speech.kind


def wanted(speech: dict[str, Any], layout: str) -> tuple[str | None, ...]:
    """Give what is right, as far as the layout says it."""
    unnamed = layout == "unit-only" or (layout == "mixed" and speech["number"] == 2)
    speaker = None if unnamed else speech["speaker"]
    return bare(speech["title"]), speaker, speech["unit"], speech["level"]


def bare(text: str) -> str:
    """Take out of a text what a layout may change, and the draft's own words."""
    return "" if text in ("（无导语）", "正文") else re.sub(r"\s+|。", "", text)


FULL_WIDTH = str.maketrans("0123456789.%", "０１２３４５６７８９．％")
FIRST_NUMBER = re.compile("^[一二三四]、", re.MULTILINE)


def printed(
    corpus: Corpus, *, byline: str = "{post} {speaker}", indent: str = "", wide: int = 99999
) -> str:
    """Print the eight speeches anew, without a contents page, in lines of so many characters."""
    shown = ["兰州市乡镇街道党（工）委书记工作交流会发言材料汇编", "（2023年9月18日）", ""]
    for speech in corpus.speeches:
        shown += [speech.title, byline.format(**speech._asdict()), ""]
        for passage in list(corpus.passages([speech]))[1:]:
            text = indent + passage.text
            shown += [text[start : start + wide] for start in range(0, len(text), wide)]
        shown.append("")
    return "\n".join(shown)


def paged(text: str) -> str:
    """Put a page's number after every thirtieth line."""
    lines = text.split("\n")
    pages = ["\n".join(lines[start : start + 30]) for start in range(0, len(lines), 30)]
    return "".join(f"{page}\n\n第 {number} 页\n" for number, page in enumerate(pages, start=1))


@pytest.mark.parametrize(
    "print_",
    [
        printed,
        lambda corpus: printed(corpus, byline="{post}{speaker}"),
        lambda corpus: printed(corpus, byline="（{post}　{speaker}）"),
        lambda corpus: printed(corpus, byline="发言人：{speaker}（{post}）").replace("\n", "\r\n"),
        lambda corpus: paged(printed(corpus, indent="　　", wide=34)),
        lambda corpus: FIRST_NUMBER.sub(lambda found: f"（{found[0][0]}）", printed(corpus)),
        lambda corpus: printed(corpus).translate(FULL_WIDTH),
    ],
    ids=["plain", "glued", "framed", "name first", "pages", "（一）", "full width"],
)
def test_the_same_speeches_in_another_dress(print_: Callable[[Corpus], str], corpus: Corpus) -> None:
    """However they are printed, the eight speeches and their 221 quantities are found."""
    drafted = load(drafting.draft(print_(corpus).encode(), name="a.txt").yaml)
    figures = tuple(figure for entry in drafted.entries for figure in entry.figures)
    known = by_place(tuple(corpus.figures(corpus.speeches)))
    assert [folded(passages(entry)) for entry in drafted.entries] == [
        folded(corpus.passages([speech])) for speech in corpus.speeches
    ]
    assert len(figures) == len(known)
    assert Counter((each.unit, each.bound) for each in figures) == Counter(
        (each.unit, each.bound) for each, _part in known.values()
    )


def folded(passages: Iterable[Passage]) -> list[str]:
    """Give the text of passages, whatever the width of digits and the form of section numbers."""
    texts = (folding.fold(each.text) for each in passages)
    return [re.sub("^[(]([一二三四])[)]", r"\1、", each).replace("、", ",") for each in texts]


def test_a_district_that_is_not_known_stays_in_the_title() -> None:
    """Where no list of districts tells where one ends, nothing is cut, and none is said."""
    speech = load(drafting.draft(COMPILATION, name="compilation.txt").yaml).entries[2].speech
    assert (speech.district or None, speech.title) == (None, "“一网两访三为”探索基层治理新路径城关区")


@pytest.mark.parametrize("shape", SHAPES)
def test_compilations_of_other_shapes(shape: str) -> None:
    """Whole drafts and reports: no contents page, wrapped lines, sections （一）, and odd ones."""
    drafted = drafting.draft((DRAFTS / f"{shape}.txt").read_bytes(), name=f"{shape}.txt")
    for ending, text in (("yaml", drafted.yaml), ("report", "\n".join(drafted.report) + "\n")):
        file = DRAFTS / f"{shape}.{ending}"
        if UPDATE:
            file.write_text(text, encoding="utf-8")
        assert text == file.read_text(encoding="utf-8")


@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize(
    "alter",
    [
        lambda text: text.replace("\n", "\r\n").encode(),
        lambda text: text.replace("\n", "\r").encode(),
        lambda text: text.encode("utf-8-sig"),
        lambda text: text.encode("gb18030"),
        lambda text: text.encode("utf-16"),
    ],
    ids=["windows", "old macintosh", "byte-order mark", "GB18030", "UTF-16"],
)
def test_line_ends_and_encodings_change_nothing(shape: str, alter: Callable[[str], bytes]) -> None:
    """The same text gives the same draft, however its file was saved."""
    data = (DRAFTS / f"{shape}.txt").read_bytes()
    altered = alter(data.decode())
    assert altered != data
    drafted = drafting.draft(altered, name=f"{shape}.txt")
    assert drafted == drafting.draft(data, name=f"{shape}.txt")


PICTURE = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + bytes(range(256)) * 8
_ARCHIVE = io.BytesIO()
with zipfile.ZipFile(_ARCHIVE, "w") as _zip:
    _zip.writestr("notes.txt", "no document")


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"", "the file is empty"),
        (b" \r\n\t", "the file is empty"),
        (b"\xef\xbb\xbf\n", "the file is empty"),
        (PICTURE, "not a text; save it as .docx, or as plain text in UTF-8"),
        (b"\xff\xd8\xff\xe0\0\x10JFIF", "not a text; save it as .docx, or as plain text in UTF-8"),
        (b"%PDF-1.7\n", "a PDF file; open it, copy its text, and save that as .docx or as plain text"),
        (b"{\\rtf1\\ansi}", "a rich text file (RTF); open it in Word or WPS and save it as .docx"),
        (b"\xd0\xcf\x11\xe0", "an old Word or WPS file; open it there and save it as .docx"),
        *(
            (page, "a web page; open it, copy its text, and save that as plain text")
            for page in (b"\xef\xbb\xbf <!DOCTYPE html>", b"MIME-Version: 1.0\r\n")
        ),
        ("我們在這個會議上的發言是為了人民".encode("big5") * 9, "a text in Big5; save it in UTF-8"),
        (b"\xff\xfe\x00", "not a text; save it as .docx, or as plain text in UTF-8"),
        (bytes(10**7), "not a text; save it as .docx, or as plain text in UTF-8"),
        (b"\n" * 10**7, "longer than 800000 characters; draft its parts one by one"),
        ("字".encode() * 10**7, "longer than 800000 characters; draft its parts one by one"),
        (
            _ARCHIVE.getvalue(),
            "a zip file, but no Word file (.docx); unpack it, and draft what it holds",
        ),
        (b"PK\x03\x04", "a damaged Word file (.docx); open it in Word and save it anew"),
        (
            "桃花源记\n晋太元中，武陵人捕鱼为业。\n".encode(),
            "no speech found: no line says who speaks, such as 甲县乙镇党委书记 张三",
        ),
    ],
    ids=lambda value: value[:24] if isinstance(value, str) else "",
)
def test_a_file_that_is_no_compilation_is_refused_in_one_line(data: bytes, message: str) -> None:
    """An empty file, a picture renamed .txt, another archive, a novel: never a traceback."""
    with pytest.raises(CorpusError) as caught:
        drafting.draft(data, name="a.txt")
    assert str(caught.value) == f"a.txt: {message}"


def test_a_stray_control_character_is_shown_and_nothing_else_suffers() -> None:
    """One byte gone wrong in a long text does not make it a picture."""
    text = (DRAFTS / "plain.txt").read_text(encoding="utf-8")
    drafted = drafting.draft(text.replace("问题导向", "问题\a导向").encode(), name="plain.txt")
    assert drafted.yaml == (DRAFTS / "plain.yaml").read_text(encoding="utf-8").replace(
        "问题导向", "问题\ufffd导向"
    )


def han(text: str) -> Counter[str]:
    """Count the Hanzi of a text."""
    return Counter(re.findall("[\u4e00-\u9fff]", text))


WORDS = st.sampled_from(
    re.split(
        r"\|",
        "网格|东路街道|设置|群众|５4个|两百余万元|97.4%|近60余次|2023年|1+3+N|过亿元|5元8角|１２．5"
        "|一、|（二）|3．|……12|1.|9月份|其中|分别|\n\n|\n\n\n|　　|: |New York|目录\n|谢谢大家！\n"
        "|— 3 —\n|第 4 页\n|★\n|题目二\n|乙县西镇党委\n|1．题目二………3\n"
        "|\n甲区东路街道党工委书记 王一\n|\n乙县西镇党委书记李二\n",
    )
    + list("，。、；“”（）：的和等#-[{&*%@'\n\f \t\u200b\ufffe\x85\u2028𠮷")
)


@settings(max_examples=150)
@given(st.lists(WORDS, max_size=60).map("".join))
def test_whatever_is_drafted_loads_and_loses_no_hanzi(body: str) -> None:
    """Any text with a byline becomes a corpus that check finds sound; all of it is there, or reported.

    Only a contents page gives its words to what it lists, and a byline at the edge of three pages
    is taken for a running head.
    """
    assume(body.count("王一") < 2 and body.count("李二") < 3)
    text = f"题目\n甲区东路街道党工委书记 王一\n{body}"
    drafted = drafting.draft(text.encode(), name="a.txt")
    assert problems(drafted.yaml) == []
    if "contents page" not in "".join(drafted.report):
        assert han(text) <= han(drafted.yaml + "".join(drafted.report))


def test_a_contents_page_that_is_all_there_is_is_read_as_text() -> None:
    """A speech is not refused because it stands under 目录, and comes again below."""
    text = "目录\n题目\n甲区东路街道党工委书记 王一\n正文。\n题目\n甲区东路街道党工委书记 王一\n"
    assert load(drafting.draft(text.encode(), name="a").yaml).entries[0].speech.speaker == "王一"


@pytest.mark.parametrize(
    "body",
    [
        "建成网格54个" * 4000,
        "12 " * 4000,
        "…" * 15_000 + "。",
        "—" * 15_000 + "3x",
        ")" * 15_000 + "x",
        "“两家" * 2500,
        "1、" * 4000,
        "甲县乙镇党委书记 张三\n" * 500,
        "建设红色物业做优为民服务走出了一条党建引领城市基层治理的新路子\n" * 1500,
    ],
    ids=["figures", "numbers", "dots", "dashes", "brackets", "quotes", "marks", "bylines", "lines"],
)
def test_no_text_takes_long(body: str) -> None:
    """Text without the punctuation of prose costs no more than its size; the suite would not end."""
    text = f"题目\n甲县乙镇党委书记 张三\n{body}"
    assert drafting.draft(text.encode(), name="a.txt").report
