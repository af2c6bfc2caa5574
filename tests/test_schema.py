"""The schema: a file becomes values, or everything that is wrong with it is named, one line each."""

from __future__ import annotations

import random
import re
from decimal import Decimal
from pathlib import Path

import pytest
import yaml

from speeches_cli.corpus import open_corpus, packaged, schema
from speeches_cli.corpus.schema import proofread
from speeches_cli.errors import CorpusError
from speeches_cli.model import Compilation, Figure, Passage, Span, Speech
from tests.material import FUZZ, NO_KIND, SMALL, passages, refusal, spoil


def read(text: str | bytes) -> schema.Document:
    """Read a corpus file called a.yaml to its end."""
    data = text.encode() if isinstance(text, str) else text
    return schema.read(data, file="a.yaml")


def errors(text: str | bytes) -> list[str]:
    """Give what is wrong with a file, where a parser is quoted without its own words."""
    said = [str(each).removeprefix("a.yaml:") for each in read(text).errors]
    return [re.sub("(?<=not YAML).*", "", each) for each in said]


def alter(*changes: tuple[str, str]) -> str:
    """Alter the small corpus at the first place where it has each of the old words."""
    text = SMALL
    for old, new in changes:
        assert old in text, old
        text = text.replace(old, new, 1)
    return text


def figure(cite: str, opening: str) -> str:
    """Alter the opening of the small corpus and what its first figure cites of it."""
    return alter(("东路街道现有网格员86名！", opening), ("cite: 网格员86名", f"cite: {cite}"))


def first(text: str) -> Figure:
    """Give the first figure of a sound corpus."""
    return schema.read(text.encode(), file="a.yaml").entries[0].figures[0]


def test_everything_the_file_says_becomes_values() -> None:
    """The whole small corpus, value by value: nothing lost, nothing guessed, lines in their places."""
    compilation = Compilation("某市发言材料汇编", "某市工作交流会", "2023-09-18")
    opening = "东路街道现有网格员86名！"
    one = "设置网格54个，新增网格9个。办结率达97.4%，覆盖居民3.1万余人次。"
    two = "首批聘请党员3名，次批聘请党员3名。热线12345接诉求约200余件。"
    document = read(SMALL)
    assert document[:3] == (compilation, (("甲区", "jia"), ("乙县", "yi")), ("基层治理", "就业增收"))
    east, west = document.entries
    assert east.speech == Speech(
        *(0, 1, "donglu", "甲区", "东路街道", "街道", "王一", "甲区东路街道党工委书记"),
        *("抓网格强治理", len(opening + "一、抓网格" + one + two), 4, compilation),
    )
    assert passages(east) == (
        Passage(0, 0, 0, "抓网格强治理", ""),
        Passage(0, 0, 1, opening, ""),
        Passage(0, 1, 0, "一、抓网格", "一、抓网格"),
        Passage(0, 1, 1, one, "一、抓网格"),
        Passage(0, 1, 2, two, "一、抓网格"),
    )
    assert east.figures == (
        Figure(
            *(0, 0, "网格员数", "基层治理", "86名", Decimal(86), "名", "=", "level"),
            *("actual", None, None, None, "", (Span(1, 9, 12),)),
            line=27,
        ),
        Figure(
            *(0, 1, "网格数", "基层治理", "54个+9个", Decimal(63), "个", "=", "level"),
            *("actual", "上半年", "辖区", "两项相加", ""),
            (Span(1, 4, 7), Span(1, 12, 14)),
            line=31,
        ),
        Figure(
            *(0, 1, "诉求办结率", "基层治理", "97.4%", Decimal("97.4"), "%", "=", "rate"),
            *("actual", None, None, None, ""),
            (Span(1, 19, 24),),
            line=40,
        ),
        Figure(
            *(0, 1, "党员数", "基层治理", "3名", Decimal(3), "名", "=", "level", "plan"),
            *(None, None, None, "", (Span(2, 15, 17),)),
            line=45,
        ),
    )
    assert [(each.line, each.key) for each in east.paragraphs] == [
        *((19, "title"), (20, "opening"), (22, "heading"), (24, "paragraphs"), (25, "paragraphs")),
    ]
    assert [
        [each.passage.text[span.start : span.stop] for span in each.cited] for each in east.paragraphs
    ] == [
        *([], ["86名"], []),
        ["54个", "9个", "97.4%"],
        ["3名", "热线12345"],
    ]
    assert west.speech == Speech(
        *(1, 2, "xizhen", "乙县", "西镇", "镇", "李二", "乙县西镇党委书记", "兴产业促增收", 10, 0),
        compilation,
    )


def test_what_is_wrong_with_a_whole_file_has_no_key() -> None:
    """Nor has it a line."""
    (error,) = read(b"").errors
    assert (error.line, error.entry, error.key) == (None, "", "")


WRONG: list[dict[str, str]] = yaml.safe_load(
    Path(__file__).with_name("cases").joinpath("wrong.yaml").read_text("utf-8")
)


@pytest.mark.parametrize("case", WRONG, ids=lambda case: case["said"])
def test_what_is_wrong_is_said_in_one_line(case: dict[str, str], tmp_path: Path) -> None:
    """Each mistake is named with line, entry and what was expected, and nothing that follows from it.

    Loading names the first.
    """
    text = alter((case.get("old", SMALL), case["new"]))
    said = case["said"].split("\n")
    assert errors(text) == said
    assert all(each.key in SMALL or each.key in case["new"] for each in read(text).errors)
    file = tmp_path / "a.yaml"
    file.write_text(text, "utf-8")
    assert str(refusal(file)).replace(str(file), "a.yaml") == f"a.yaml:{said[0]}"


def test_every_mistake_is_named_at_once() -> None:
    """Several at the top, in one speech, in one figure: each by its line, also with its key alone."""
    text = alter(
        *(
            ("某市发言材料汇编", "''"),
            ("2023-09-18", "2023年"),
            ("yi\n", "一\n"),
            ("  - 就业增收", "  - ''"),
        ),
        ("section: 0\n        indicator: 网格员数\n        topic: 基层治理", "section: 二"),
        ("measure: rate", "measure: ratio\n        status: done\n        note:"),
        *(("id: 2", "id: 1"), ("slug: xizhen", "slug: 西"), ("district: 乙县", "district: 丙县")),
        *(("town: 西镇", "town: []"), ("speaker: 李二", "speaker:"), ("sections: []", "sections: 无")),
    )
    found = read(text).errors
    assert [(each.line, each.entry, each.key) for each in found] == [
        *((2, "", "compilation"), (4, "", "date"), (7, "", "乙县"), (10, "", "topics")),
        *((27, "东路街道", "indicator"), (27, "东路街道", "topic"), (28, "东路街道", "section")),
        *((42, "东路街道", "measure"), (43, "东路街道", "status"), (44, "东路街道", "note")),
        *((55, "speech 2", "id"), (56, "speech 2", "slug"), (57, "speech 2", "district")),
        *((58, "speech 2", "town"), (60, "speech 2", "speaker"), (64, "speech 2", "sections")),
    ]
    assert (found[9].file, found[9].message) == ("a.yaml", "'note' is empty")


def test_what_is_no_yaml_ends_the_reading() -> None:
    """What was wrong before it is named, too."""
    text = alter(("    kind: 街道", "    kind: 街道\n    kind: []")) + "  - [\n"
    assert errors(text) == ["17: the key 'kind' stands twice in one entry", "68: not YAML"]


@pytest.mark.parametrize(
    ("cite", "opening"),
    [
        ("6名", "现有网格员86名！"),
        ("86名", "现有网格员1,086名！"),
        ("86名", "现有网格员约86名！"),
        ("网格员86名", "现有网格员86名以上！"),
        ("3.1万余人", "覆盖居民3.1万余人次。"),
        ("5个", "建成3至5个。"),
        ("3个", "位列第3个。"),
    ],
)
def test_a_citation_that_cuts_a_quantity_is_refused(cite: str, opening: str) -> None:
    """A citation can't make 86 a 6, lose a bound, or turn 人次 into 人: the text decides."""
    said = f"27: 东路街道: the citation '{cite}' cuts a quantity of the text short; cite more words"
    assert errors(figure(cite, opening)) == [said]


def test_a_citation_may_be_long_or_short() -> None:
    """Words beside a quantity, punctuation among them, change nothing in what is read."""
    opening = "全街道（办事处）现有网格员，共86名、楼长9名！"
    for cite in ("86名", "共86名", "现有网格员，共86名、楼长"):
        assert first(figure(cite, opening)) == Figure(
            *(0, 0, "网格员数", "基层治理", "86名", Decimal(86), "名", "=", "level", "actual"),
            *(None, None, None, "", (Span(1, 15, 18),)),
            line=27,
        )


def test_citations_are_looked_for_everywhere() -> None:
    """Places that overlap count, and braces in a citation are only braces."""
    said = "27: 东路街道: the citation '1个1个' stands 2 times in section 0; "
    assert errors(figure("1个1个", "1个1个1个！")) == [
        said + "cite more words, or say which by 'occurrence'"
    ]
    said = "27: 东路街道: no quantity with a known unit stands in '现有{cite}'"
    assert errors(figure("现有{cite}", "现有{cite}。")) == [said]


def test_the_title_can_be_cited_and_sentences_add_up(tmp_path: Path) -> None:
    """Section 0 is the title and the opening; a sum quotes every sentence that it cites, once."""
    text = SMALL.replace("抓网格强治理", "抓86个网格").replace("cite: 网格员86名", "cite: 抓86个")
    assert (first(text).section, first(text).as_written, first(text).spans) == (
        0,
        "86个",
        (Span(0, 1, 4),),
    )
    file = tmp_path / "a.yaml"
    opening = "网格54个。另有党员3名，新增网格9个。"
    file.write_text(figure("[网格54个, 新增网格9个]", opening), "utf-8")
    corpus = open_corpus(file, cache=None)
    found = next(corpus.figures(corpus.speeches))
    assert (found.sentence, found.value) == (opening, Decimal(63))


def test_towns_of_two_districts_may_share_their_names() -> None:
    """A 城关镇 in every county is no mistake, nor is its slug."""
    text = alter(("town: 西镇", "town: 东路街道"), ("slug: xizhen", "slug: donglu"))
    document = schema.read(text.encode(), file="a.yaml")
    assert [each.speech.path for each in document.entries] == ["甲区/东路街道", "乙县/东路街道"]


def test_what_is_sound_is_read() -> None:
    """Of a speech with a mistake in one figure the text and the other figures remain."""
    text = alter(("cite: 办结率达97.4%\n", "cite: 97.4%，覆盖居民3.1万余人次\n"))
    one, other = read(text).entries
    assert [each.indicator for each in one.figures] == ["网格员数", "网格数", "党员数"]
    assert [each.line for each in one.figures] == [27, 31, 45]
    cited = one.paragraphs[3].cited[-1]
    assert one.paragraphs[3].passage.text[cited.start : cited.stop] == "97.4%，覆盖居民3.1万余人次"
    assert [each.passage.text for each in other.paragraphs] == ["兴产业促增收", "西镇现有人口2万人。"]


def test_a_damaged_section_is_left_out() -> None:
    """Nothing is said of what cites a section whose text is wrong, but all of what cites others."""
    text = alter(("          - 首批聘请", "          - - 首批聘请"), ("网格员86名\n", "86人\n"))
    assert errors(text) == [
        "25: 东路街道: " + NO_KIND.replace("kind", "paragraphs"),
        "27: 东路街道: the citation '86人' does not stand in section 0",
    ]
    one, _other = read(text).entries
    assert ({each.passage.section for each in one.paragraphs}, one.figures) == ({0}, ())
    lost = read(alter(("    sections:", "    section:")))
    assert [each.key for each in lost.errors] == ["sections", "section"]
    assert [len(each.figures) for each in lost.entries] == [0, 0]


@pytest.mark.parametrize(
    "damage",
    [("title: 抓网格强治理", "title: ''"), ("    sections:", "    sections: 无\n    section:")],
)
def test_one_speech_does_not_excuse_another(damage: tuple[str, str]) -> None:
    """What cannot be said of one speech, because its text is damaged, is said of the next."""
    figure = "    figures: [{cite: 3人, section: 0, indicator: 人口, topic: 就业增收}]\n"
    last = read(alter(damage, ("    figures: []\n", figure))).errors[-1]
    said = "the citation '3人' does not stand in section 0"
    assert (last.entry, last.message) == ("西镇", said)


def test_ids_are_unique_across_the_files_of_a_compilation(tmp_path: Path) -> None:
    """A copy in the folder is named; next year's compilation may use the same ids and towns."""
    for name, text in (
        ("a.yaml", SMALL),
        ("b.yaml", SMALL.replace("id: 1", "id: 3")),
        ("c.yaml", SMALL.replace("2023-09-18", "2024-09-18")),
    ):
        (tmp_path / name).write_text(text, "utf-8")
    (one, a), (_two, b), (_three, c) = proofread(tmp_path)
    assert (one, a.errors, c.errors) == (str(tmp_path / "a.yaml"), (), ())
    assert [(each.line, each.message) for each in b.errors] == [
        (13, f"slug 'donglu' is already used by speech 1 in {one}"),
        (15, f"town '东路街道' is already used by speech 1 in {one}"),
        (55, f"id '2' is already used by speech 2 in {one}"),
        (56, f"slug 'xizhen' is already used by speech 2 in {one}"),
        (58, f"town '西镇' is already used by speech 2 in {one}"),
    ]


def test_what_is_missing_in_two_files_is_used_by_neither(tmp_path: Path) -> None:
    """Nothing is said of what follows from a mistake."""
    text = SMALL[: SMALL.index("  - id: 2")].replace("    town: 东路街道\n", "")
    for name, slug in (("a", "donglu"), ("b", "beilu")):
        altered = text.replace("donglu", slug).replace("id: 1", f"id: {len(slug)}")
        (tmp_path / f"{name}.yaml").write_text(altered, "utf-8")
    found = [[str(each.message) for each in read.errors] for _file, read in proofread(tmp_path)]
    assert found == [["the key 'town' is missing"]] * 2


def test_a_file_that_cannot_be_read_does_not_end_the_reading(tmp_path: Path) -> None:
    """In a folder it is one mistake among others; on its own there is nothing to read."""
    (tmp_path / "b.yaml").symlink_to("nowhere")
    (tmp_path / "c.yaml").write_text(SMALL, "utf-8")
    found = [[each.message for each in document.errors] for _file, document in proofread(tmp_path)]
    assert found == [["cannot be read: No such file or directory"], []]
    with pytest.raises(CorpusError, match=r"nowhere\.yaml: cannot be read"):
        list(proofread(tmp_path / "nowhere.yaml"))


def test_any_file_is_read_to_its_end() -> None:
    """Of a spoilt file everything is read or named, with its line: nothing else happens."""
    chance = random.Random(7)  # noqa: S311 - the same every time is what is wanted
    whole = packaged().read_bytes()
    counts = [
        len(errors(spoil(whole if count % 20 == 0 else SMALL.encode(), chance)))
        for count in range(100 * FUZZ)
    ]
    assert {min(count, 3) for count in counts} == {0, 1, 2, 3}
