"""`corpus.proofreading`: a file is read to its end, and what the loader refuses is all named."""

from __future__ import annotations

import inspect
import random
import re
from pathlib import Path

import pytest

from speeches_cli.corpus import packaged, proofread, proofreading, schema
from speeches_cli.corpus.documents import parse
from speeches_cli.errors import CorpusError
from tests.material import FUZZ, SMALL, spoil
from tests.test_schema import REFUSED


def sheet(text: str | bytes) -> proofreading.Sheet:
    """Proofread one file called a.yaml."""
    data = text.encode() if isinstance(text, str) else text
    return proofreading.proofread(data, file="a.yaml", taken={})


def errors(text: str) -> list[str]:
    """Give what is wrong with a file."""
    return [str(each) for each in sheet(text).errors]


def alter(*changes: tuple[str, str]) -> str:
    """Alter the small corpus at the first place where it has each of the old words."""
    text = SMALL
    for old, new in changes:
        assert old in text, old
        text = text.replace(old, new, 1)
    return text


@pytest.mark.parametrize(("text", "message"), REFUSED.values(), ids=REFUSED)
def test_one_mistake_is_named_once(text: str, message: str) -> None:
    """What the loader refuses is named in the same words, and nothing that merely follows from it."""
    more = FOLLOWED.get(message, [])
    assert errors(text) == [message, *more]


# Where a case of REFUSED has more wrong with it than the first thing.
FOLLOWED = {
    REFUSED["an unknown key at the top"][1]: ["a.yaml:1: the key 'topics' is missing"],
    REFUSED["an unknown key of a section"][1]: ["a.yaml:22: 东路街道: the key 'heading' is missing"],
    REFUSED["an unknown key of a numeral"][1]: ["a.yaml:52: 东路街道: the key 'reason' is missing"],
}


OUR_WORDS = re.compile("(not YAML): .*")
"""What stands behind them is the parser's."""
KEYS = "id slug town kind title opening sections figures".split()  # noqa: SIM905
SEVERAL = {
    "many keys of one figure": (
        alter(
            ("section: 0\n        indicator: 网格员数\n        topic: 基层治理", "section: 二"),
            ("measure: rate", "measure: ratio\n        status: done\n        note:"),
        ),
        [
            "a.yaml:27: 东路街道: the key 'indicator' is missing",
            "a.yaml:27: 东路街道: the key 'topic' is missing",
            "a.yaml:28: 东路街道: 'section' must be a whole number such as 3, not '二'",
            "a.yaml:42: 东路街道: unknown measure 'ratio'; known: level, increase, change, share, rate",
            "a.yaml:43: 东路街道: unknown status 'done'; known: actual, plan",
            "a.yaml:44: 东路街道: 'note' is empty",
        ],
    ),
    "both parts of a sum": (
        alter(
            ("          - 设置网格54个\n          - 新增网格9个", "          - 54座\n          - 9座")
        ),
        [
            "a.yaml:32: 东路街道: the citation '54座' does not stand in section 1",
            "a.yaml:33: 东路街道: the citation '9座' does not stand in section 1",
        ],
    ),
    "everything at the top": (
        alter(
            ("某市发言材料汇编", "''"),
            ("2023-09-18", "2023年"),
            ("jia", "Jia"),
            ("yi\n", "一\n"),
            ("  - 就业增收", "  - ''"),
        ),
        [
            "a.yaml:2: 'compilation' is empty",
            "a.yaml:4: 'date' must be a date such as 2023-09-18, not '2023年'",
            "a.yaml:6: a slug is pinyin without tones, such as jiuquanlu, not 'Jia'",
            "a.yaml:7: a slug is pinyin without tones, such as jiuquanlu, not '一'",
            "a.yaml:10: 'topics' is empty",
        ],
    ),
    "everything of a speech": (
        alter(
            ("id: 2", "id: 1"),
            ("slug: xizhen", "slug: 西"),
            ("district: 乙县", "district: 丙县"),
            ("town: 西镇", "town: []"),
            ("kind: 镇", "kind: []"),
            ("speaker: 李二", "speaker:"),
            ("sections: []", "sections: 无"),
            ("figures: []", "figures: 无\n    numerals: 无"),
        ),
        [
            "a.yaml:58: speech 2: 'town' must be a text; put quotes around one that contains ': '",
            "a.yaml:57: speech 2: district '丙县' is not listed under 'districts'",
            "a.yaml:64: speech 2: 'sections' must be a list",
            "a.yaml:65: speech 2: 'figures' must be a list",
            "a.yaml:66: speech 2: 'numerals' must be a list",
            "a.yaml:56: speech 2: a slug is pinyin without tones, such as jiuquanlu, not '西'",
            "a.yaml:59: speech 2: 'kind' must be a text; put quotes around one that contains ': '",
            "a.yaml:60: speech 2: 'speaker' is empty",
            "a.yaml:55: speech 2: id '1' is already used by speech 1",
        ],
    ),
    "a speech without keys": (
        SMALL[: SMALL.index("  - id: 2")] + "  - {}\n",
        [f"a.yaml:55: speech 2: the key '{key}' is missing" for key in KEYS],
    ),
    "every citation of a damaged section": (
        alter(
            ("          - 首批聘请党员3名", "          - - 首批聘请党员3名"), ("网格员86名\n", "86人\n")
        ),
        [
            (
                "a.yaml:25: 东路街道: 'paragraphs' must be a text; "
                "put quotes around one that contains ': '"
            ),
            "a.yaml:27: 东路街道: the citation '86人' does not stand in section 0",
        ],
    ),
    "sections of all kinds": (
        alter(("sections: []", "sections: [无, {heading: 一}, {heading: '', paragraphs: [一, '']}]")),
        [
            "a.yaml:64: 西镇: expected an entry with keys such as 'heading'",
            "a.yaml:64: 西镇: the key 'paragraphs' is missing",
            "a.yaml:64: 西镇: 'heading' is empty",
            "a.yaml:64: 西镇: 'paragraphs' is empty",
        ],
    ),
    "keys that stand twice, and more": (
        alter(
            ("    kind: 街道", "    kind: 街道\n    kind: []"),
            ("measure: rate", "measure: rate\n        measure: share"),
        ),
        [
            "a.yaml:17: the key 'kind' stands twice in one entry",
            "a.yaml:46: the key 'measure' stands twice in one entry",
            "a.yaml:17: 东路街道: 'kind' must be a text; put quotes around one that contains ': '",
        ],
    ),
    "characters that are not allowed, and more": (
        alter(
            ("    kind: 街道", "\x0c\n    kind: 街\x0b道\x0b"),
            ("measure: rate", "measure: ra\u2028-te"),
        ),
        [
            "a.yaml:16: the character U+000C is not allowed",
            "a.yaml:17: the character U+000B is not allowed",
            "a.yaml:45: the character U+2028 is not allowed",
            (
                "a.yaml:45: 东路街道: unknown measure 'ra-te';"
                " known: level, increase, change, share, rate"
            ),
        ],
    ),
    "what is no YAML ends the reading": (
        alter(("    kind: 街道", "    kind: 街道\n    kind: []")) + "  - [\n",
        [
            "a.yaml:17: the key 'kind' stands twice in one entry",
            "a.yaml:68: not YAML",
        ],
    ),
}


@pytest.mark.parametrize(("text", "messages"), SEVERAL.values(), ids=SEVERAL)
def test_every_mistake_is_named_at_once(text: str, messages: list[str]) -> None:
    """Several in one entry, in several entries, at the top: each in the order in which it is met."""
    assert [OUR_WORDS.sub(r"\1", each) for each in errors(text)] == messages


def test_whatever_reads_a_key_can_be_gone_on_after() -> None:
    """A new method that takes an entry's keys has a fallback, or `proofreading` has its own of it."""
    methods = inspect.getmembers(schema.Reader, inspect.isfunction)
    readers = {name for name, each in methods if "Mapping" in [*each.__annotations__.values()][:1]}
    callers_go_on = {"optional", "sequence", "truth"}
    assert readers - vars(proofreading._Proofreader).keys() == callers_go_on
    assert {"slug", "located", "districts", "text", "passages"} < readers


def test_an_error_knows_its_key() -> None:
    """File, line, entry, key and message can each be had on their own."""
    (text, _messages) = SEVERAL["many keys of one figure"]
    found = sheet(text).errors
    keys = ["indicator", "topic", "section", "measure", "status", "note"]
    assert [each.key for each in found] == keys
    last = found[-1]
    assert (last.file, last.line, last.entry, last.message) == (
        *("a.yaml", 44, "东路街道", "'note' is empty"),
    )


def test_what_is_sound_is_read() -> None:
    """Of a speech with a mistake in one figure the text and the other figures remain."""
    text, _message = REFUSED["two quantities"]
    one, other = sheet(text).proofs
    assert (one.entry, other.entry) == ("东路街道", "西镇")
    assert [(figure.indicator, line) for figure, line in one.figures] == [
        ("网格员数", 27),
        ("网格数", 31),
        ("党员数", 45),
    ]
    assert [(each.passage.text, each.line, each.key) for each in other.paragraphs] == [
        ("兴产业促增收", 62, "title"),
        ("西镇现有人口2万人。", 63, "opening"),
    ]
    cited = [
        [text[slice(*span[1:])] for span in cited]
        for text, cited in ((each.passage.text, each.cited) for each in one.paragraphs)
    ]
    assert cited == [
        [],
        ["86名"],
        [],
        ["54个", "9个", "97.4%，覆盖居民3.1万余人次"],
        ["3名", "热线12345"],
    ]


def test_a_damaged_section_is_left_out() -> None:
    """Of a section in whose text something is wrong nothing is given on, nor of what it hides."""
    text, _messages = SEVERAL["every citation of a damaged section"]
    one, _other = sheet(text).proofs
    assert {each.passage.section for each in one.paragraphs} == {0}
    assert one.figures == ()


def test_where_the_sections_are_lost_their_figures_are_too() -> None:
    """A figure whose section nobody could read is neither wrong nor given on."""
    found = sheet(alter(("    sections:", "    section:")))
    assert [each.key for each in found.errors] == ["section", "sections"]
    assert [each.figures for each in found.proofs] == [(), ()]


def test_one_speech_does_not_excuse_another() -> None:
    """What cannot be said of one speech, because its text is damaged, is said of the next."""
    figure = "    figures: [{cite: 3人, section: 0, indicator: 人口, topic: 就业增收}]\n"
    text = alter(("    figures: []\n", figure))
    said = "the citation '3人' does not stand in section 0"
    assert [each.message for each in sheet(text).errors] == [said]
    for damaged in (
        ("title: 抓网格强治理", "title: ''"),
        ("    sections:", "    sections: 无\n    section:"),
    ):
        found = sheet(text.replace(*damaged, 1)).errors
        assert (found[-1].entry, found[-1].message) == ("西镇", said)


def test_ids_are_unique_across_the_files_of_a_compilation(tmp_path: Path) -> None:
    """A copy in the folder is named; next year's compilation may use the same ids and towns."""
    for name, text in (
        ("a.yaml", SMALL),
        ("b.yaml", SMALL.replace("id: 1", "id: 3")),
        ("c.yaml", SMALL.replace("2023-09-18", "2024-09-18")),
    ):
        (tmp_path / name).write_text(text, "utf-8")
    a, b, c = proofread(tmp_path)
    assert (a.errors, c.errors) == ((), ())
    first = tmp_path / "a.yaml"
    assert [(each.line, each.message) for each in b.errors] == [
        (13, f"slug 'donglu' is already used by speech 1 in {first}"),
        (15, f"town '东路街道' is already used by speech 1 in {first}"),
        (55, f"id '2' is already used by speech 2 in {first}"),
        (56, f"slug 'xizhen' is already used by speech 2 in {first}"),
        (58, f"town '西镇' is already used by speech 2 in {first}"),
    ]


def test_a_file_that_cannot_be_read_does_not_end_the_reading(tmp_path: Path) -> None:
    """In a folder it is one mistake among others; on its own there is nothing to read."""
    (tmp_path / "a.yaml").mkdir()
    (tmp_path / "a.yaml" / "inside.yaml").write_text("[", "utf-8")
    (tmp_path / "b.yaml").symlink_to("nowhere")
    (tmp_path / "c.yaml").write_text(SMALL, "utf-8")
    found = list(proofread(tmp_path))
    said = [[OUR_WORDS.sub(r"\1", each.message) for each in sheet.errors] for sheet in found]
    assert said == [
        ["not YAML"],
        ["cannot be read: No such file or directory"],
        [],
    ]
    with pytest.raises(CorpusError, match=r"nowhere\.yaml: cannot be read"):
        list(proofread(tmp_path / "nowhere.yaml"))


def test_the_loader_and_the_proofreader_agree() -> None:
    """Of any spoilt file: sound for one is sound for the other, and what is raised is noted first."""
    chance = random.Random(7)  # noqa: S311 - the same every time is what is wanted
    whole = packaged().read_bytes()
    outcomes: set[int] = set()
    for count in range(100 * FUZZ):
        data = spoil(whole if count % 20 == 0 else SMALL.encode(), chance)
        found = [str(each) for each in sheet(data).errors]
        try:
            schema.check(parse(data, file="a.yaml"), file="a.yaml")
            first = None
        except CorpusError as error:
            first = str(error)
        assert found[:1] == [first] if first else found == [], data
        outcomes.add(min(len(found), 3))
    assert outcomes == {0, 1, 2, 3}


def test_an_escaped_control_character_does_not_end_the_reading() -> None:
    """It is named, and so is what is wrong further down."""
    text = SMALL.replace("title: ", 'title: "\\a" # ', 1).replace("topic: 基层治理", "topic: 无", 1)
    sheet = proofreading.proofread(text.encode(), file="a.yaml", taken={})
    assert "U+0007" in sheet.errors[0].message
    assert {each.key for each in sheet.errors[1:]} >= {"title", "topic"}
