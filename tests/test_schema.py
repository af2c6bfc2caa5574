"""The schema: a file becomes values, or everything that is wrong with it is named, one line each."""

from __future__ import annotations

import random
import re
from decimal import Decimal
from pathlib import Path

import pytest

from speeches_cli.corpus import documents, packaged, proofread, schema
from speeches_cli.errors import CorpusError
from speeches_cli.model import Compilation, Figure, Passage, Span, Speech
from tests.material import FUZZ, SMALL, spoil


def check(text: str) -> schema.Document:
    """Check a corpus file called a.yaml."""
    return schema.check(documents.parse(text.encode(), file="a.yaml"), file="a.yaml")


def refusal(text: str) -> str | None:
    """Give the message with which a corpus is refused, or None where it is sound."""
    try:
        check(text)
    except CorpusError as error:
        return str(error)
    return None


def sheet(text: str | bytes) -> schema.Sheet:
    """Proofread one file called a.yaml."""
    data = text.encode() if isinstance(text, str) else text
    return schema.proofread(data, file="a.yaml", taken={})


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


def small(old: str, new: str, which: int = 1) -> str:
    """Alter the small corpus at the first (or `which`) place where it has the old words."""
    parts = SMALL.split(old)
    assert len(parts) > which, old
    return old.join(parts[:which]) + new + old.join(parts[which:])


def figure(cite: str, *more: str, opening: str = "东路街道现有网格员86名！") -> str:
    """Alter the first figure of the small corpus: its citation, further keys, the text it cites."""
    altered = SMALL.replace("东路街道现有网格员86名！", opening)
    keys = "".join(f"        {each}\n" for each in ("section: 0", *more))
    return altered.replace(
        "      - cite: 网格员86名\n        section: 0\n", f"      - cite: {cite}\n{keys}"
    )


def read(text: str) -> Figure:
    """Give the first figure of a corpus."""
    return check(text).entries[0].figures[0]


def test_everything_the_file_says_becomes_values() -> None:
    """The whole small corpus, value by value: nothing lost, nothing guessed, lines in their places."""
    compilation = Compilation("某市发言材料汇编", "某市工作交流会", "2023-09-18")
    opening = "东路街道现有网格员86名！"
    first = "设置网格54个，新增网格9个。办结率达97.4%，覆盖居民3.1万余人次。"
    second = "首批聘请党员3名，次批聘请党员3名。热线12345接诉求约200余件。"
    assert check(SMALL) == schema.Document(
        compilation,
        (("甲区", "jia"), ("乙县", "yi")),
        ("基层治理", "就业增收"),
        (
            schema.Entry(
                Speech(
                    *(0, 1, "donglu", "甲区", "东路街道", "街道", "王一", "甲区东路街道党工委书记"),
                    *("抓网格强治理", len(opening + "一、抓网格" + first + second), 4, compilation),
                ),
                (
                    Passage(0, 0, 0, "抓网格强治理", "抓网格强治理", ""),
                    Passage(0, 0, 1, opening, "东路街道现有网格员86名!", ""),
                    Passage(0, 1, 0, "一、抓网格", "一、抓网格", "一、抓网格"),
                    Passage(0, 1, 1, first, first.replace("，", ","), "一、抓网格"),
                    Passage(0, 1, 2, second, second.replace("，", ","), "一、抓网格"),
                ),
                (
                    Figure(
                        *(0, 0, "网格员数", "基层治理", "86名", Decimal(86), "名", "=", "level"),
                        *("actual", None, None, None, opening, (Span(1, 9, 12),)),
                    ),
                    Figure(
                        *(0, 1, "网格数", "基层治理", "54个+9个", Decimal(63), "个", "=", "level"),
                        *("actual", "上半年", "辖区", "两项相加", "设置网格54个，新增网格9个。"),
                        (Span(1, 4, 7), Span(1, 12, 14)),
                    ),
                    Figure(
                        *(0, 1, "诉求办结率", "基层治理", "97.4%", Decimal("97.4"), "%", "=", "rate"),
                        *("actual", None, None, None, "办结率达97.4%，覆盖居民3.1万余人次。"),
                        (Span(1, 19, 24),),
                    ),
                    Figure(
                        *(0, 1, "党员数", "基层治理", "3名", Decimal(3), "名", "=", "level", "plan"),
                        *(None, None, None, "首批聘请党员3名，次批聘请党员3名。", (Span(2, 15, 17),)),
                    ),
                ),
            ),
            schema.Entry(
                Speech(
                    *(1, 2, "xizhen", "乙县", "西镇", "镇", "李二", "乙县西镇党委书记"),
                    *("兴产业促增收", 10, 0, compilation),
                ),
                (
                    Passage(1, 0, 0, "兴产业促增收", "兴产业促增收", ""),
                    Passage(1, 0, 1, "西镇现有人口2万人。", "西镇现有人口2万人。", ""),
                ),
                (),
            ),
        ),
    )


def test_values_are_plain_texts() -> None:
    """No value drags the tree of the file along: every text is a plain one."""
    (entry, _other) = check(SMALL).entries
    texts = [entry.speech.town, entry.speech.title, *(each.text for each in entry.passages)]
    texts += [entry.figures[1].indicator, str(entry.figures[1].scope), entry.figures[1].as_written]
    assert {type(each) for each in (*texts, *check(SMALL).topics)} == {str}


REFUSED = {
    "no corpus at all": ("- a\n", "a.yaml:1: expected an entry with keys such as 'schema'"),
    "a text": ("兰州\n", "a.yaml:1: expected an entry with keys such as 'schema'"),
    "another schema": (
        small("schema: 1", "schema: 2\nmore: x"),
        "a.yaml:1: schema 2 is not known here; this program reads schema 1",
    ),
    "a schema that is no word": (
        small("schema: 1", "schema: [1]"),
        "a.yaml:1: 'schema' must be a text; put quotes around one that contains ': '",
    ),
    **{
        f"pages {text}": (
            small("    title: 抓网格强治理\n", f"    title: 抓网格强治理\n    pages: {text}\n"),
            "a.yaml:20: 东路街道: 'pages' must be a page or two such as 5-6, not " + f"'{text}'",
        )
        for text in ("6-5", "5—6", "0", "iv")
    },
    "no schema": (small("schema: 1\n", ""), "a.yaml:1: the key 'schema' is missing"),
    "an unknown key at the top": (
        small("topics:", "tropics:"),
        (
            "a.yaml:8: did you mean 'topics'? unknown key 'tropics'; known here: "
            "schema, compilation, meeting, date, districts, topics, speeches, related, unsure"
        ),
    ),
    "a missing key at the top": (
        small("meeting: 某市工作交流会\n", ""),
        "a.yaml:1: the key 'meeting' is missing",
    ),
    "an empty text": (small("某市工作交流会", "' '"), "a.yaml:3: 'meeting' is empty"),
    "no value": (small(": 某市工作交流会", ":"), "a.yaml:3: 'meeting' is empty"),
    "an impossible date": (
        small("2023-09-18", "2023-13-45"),
        "a.yaml:4: 'date' must be a date such as 2023-09-18, not '2023-13-45'",
    ),
    "a date written otherwise": (
        small("2023-09-18", "20230918"),
        "a.yaml:4: 'date' must be a date such as 2023-09-18, not '20230918'",
    ),
    "a date in words": (
        small("2023-09-18", "2023年9月18日"),
        "a.yaml:4: 'date' must be a date such as 2023-09-18, not '2023年9月18日'",
    ),
    "districts as a list": (
        small("  甲区: jia\n  乙县: yi\n", "  - 甲区\n"),
        "a.yaml:6: 'districts' must list each district with its slug",
    ),
    "a district without name": (small("甲区: jia", "'': jia"), "a.yaml:6: 'districts' is empty"),
    "a district's slug": (
        small("jia", "Jiǎ"),
        "a.yaml:6: a slug is pinyin without tones, such as jiuquanlu, not 'Jiǎ'",
    ),
    "topics as a text": (
        small("topics:\n  - 基层治理\n  - 就业增收\n", "topics: 基层治理\n"),
        "a.yaml:8: 'topics' must be a list",
    ),
    "no topics": (
        small("topics:\n  - 基层治理\n  - 就业增收\n", "topics: []\n"),
        "a.yaml:8: 'topics' is empty",
    ),
    "a speech that is a text": (
        SMALL[: SMALL.index("  - id: 1")] + "  - 东路\n",
        "a.yaml:12: speech 1: expected an entry with keys such as 'id'",
    ),
    "an unknown key of a speech": (
        small("    speaker: 王一", "    spaeker: 王一"),
        (
            "a.yaml:17: speech 1: did you mean 'speaker'? unknown key 'spaeker'; known here: id, slug, "
            "district, town, kind, speaker, post, title, opening, sections, figures, numerals, unsure, "
            "pages"
        ),
    ),
    "an unknown key near one that is there": (
        small("        topic: 基层治理\n", "        topic: 基层治理\n        topics: 基层治理\n"),
        (
            "a.yaml:31: 东路街道: unknown key 'topics'; known here: cite, section, indicator, topic, "
            "occurrence, measure, status, period, scope, note, sure, setting, repeats"
        ),
    ),
    "a missing key of a speech": (
        small("    opening: 西镇现有人口2万人。\n", ""),
        "a.yaml:55: speech 2: the key 'opening' is missing",
    ),
    "a town that is no text": (
        small("东路街道\n", "[东路街道]\n"),
        "a.yaml:15: speech 1: 'town' must be a text; put quotes around one that contains ': '",
    ),
    "an unlisted district": (
        small("district: 乙县", "district: 丙县"),
        "a.yaml:57: 西镇: district '丙县' is not listed under 'districts'",
    ),
    "an id that is no number": (
        small("id: 2", "id: 1_0"),
        "a.yaml:55: 西镇: 'id' must be a whole number such as 3, not '1_0'",
    ),
    "an id with a leading zero": (
        small("id: 2", "id: 02"),
        "a.yaml:55: 西镇: 'id' must be a whole number such as 3, not '02'",
    ),
    "an id in full-width digits": (
        small("id: 2", "id: ２"),
        "a.yaml:55: 西镇: 'id' must be a whole number such as 3, not '２'",
    ),
    "an id too large": (
        small("id: 2", "id: 1234567890"),
        "a.yaml:55: 西镇: 'id' must be a whole number such as 3, not '1234567890'",
    ),
    "the same id twice": (
        small("id: 2", "id: 1"),
        "a.yaml:55: 西镇: id '1' is already used by speech 1",
    ),
    "the same town twice": (
        small("    district: 乙县\n    town: 西镇", "    district: 甲区\n    town: 东路街道"),
        "a.yaml:58: 东路街道: town '东路街道' is already used by speech 1",
    ),
    "the same slug twice": (
        small("slug: xizhen\n    district: 乙县", "slug: donglu\n    district: 甲区"),
        "a.yaml:56: 西镇: slug 'donglu' is already used by speech 1",
    ),
    "a speech's slug": (
        small("donglu", "dong-lu"),
        "a.yaml:13: 东路街道: a slug is pinyin without tones, such as jiuquanlu, not 'dong-lu'",
    ),
    "a kind": (
        small("kind: 镇", "kind: []"),
        "a.yaml:59: 西镇: 'kind' must be a text; put quotes around one that contains ': '",
    ),
    "sections as a text": (
        small("sections: []", "sections: 无"),
        "a.yaml:64: 西镇: 'sections' must be a list",
    ),
    "an unknown key of a section": (
        small("- heading: 一、抓网格", "- title: 一、抓网格"),
        "a.yaml:22: 东路街道: unknown key 'title'; known here: heading, paragraphs",
    ),
    "a section without paragraphs": (
        small("sections: []", "sections: [{heading: 一, paragraphs: []}]"),
        "a.yaml:64: 西镇: 'paragraphs' is empty",
    ),
    "a paragraph with a colon": (
        small("- 首批聘请", "- 注意: 首批聘请"),
        "a.yaml:25: 东路街道: 'paragraphs' must be a text; put quotes around one that contains ': '",
    ),
    "a paragraph of two lines": (
        small("- 首批聘请", "- |-\n            首批\n            聘请"),
        "a.yaml:25: 东路街道: 'paragraphs' must be one line of text",
    ),
    "a paragraph with a line end": (
        small("- 首批聘请", "- |\n            首批聘请"),
        "a.yaml:25: 东路街道: 'paragraphs' must be one line of text",
    ),
    "an empty paragraph": (
        small("- 首批聘请", "-\n          - 首批聘请"),
        "a.yaml:25: 东路街道: 'paragraphs' is empty",
    ),
    "figures as a text": (
        small("figures: []", "figures: 无"),
        "a.yaml:65: 西镇: 'figures' must be a list",
    ),
    "a figure that is a text": (
        small("figures: []", "figures: [无]"),
        "a.yaml:65: 西镇: expected an entry with keys such as 'cite'",
    ),
    "an unknown key of a figure": (
        small("        scope: 辖区", "        place: 辖区"),
        (
            "a.yaml:38: 东路街道: unknown key 'place'; known here: cite, section, indicator, topic, "
            "occurrence, measure, status, period, scope, note, sure, setting, repeats"
        ),
    ),
    "a missing key of a figure": (
        small("        indicator: 网格数\n", ""),
        "a.yaml:31: 东路街道: the key 'indicator' is missing",
    ),
    "a section that isn't there": (
        small("        section: 1", "        section: 2"),
        "a.yaml:34: 东路街道: there is no section 2; the last is 1",
    ),
    "a section that is no number": (
        small("        section: 1", "        section: 一"),
        "a.yaml:34: 东路街道: 'section' must be a whole number such as 3, not '一'",
    ),
    "an unknown topic": (
        small("        topic: 基层治理", "        topic: 基层党建"),
        "a.yaml:30: 东路街道: unknown topic '基层党建'; known: 基层治理, 就业增收",
    ),
    "an unknown measure": (
        small("measure: rate", "measure: ratio"),
        "a.yaml:44: 东路街道: unknown measure 'ratio'; known: level, increase, change, share, rate",
    ),
    "an unknown status": (
        small("status: plan", "status: planned"),
        "a.yaml:50: 东路街道: unknown status 'planned'; known: actual, plan",
    ),
    "an empty note": (small("note: 两项相加", "note:"), "a.yaml:39: 东路街道: 'note' is empty"),
    "a percentage without measure": (
        small("        measure: rate\n", ""),
        "a.yaml:40: 东路街道: a figure in % needs a measure: change, share, rate or increase",
    ),
    "a percentage as a level": (
        small("measure: rate", "measure: level"),
        "a.yaml:40: 东路街道: a figure in % needs a measure: change, share, rate or increase",
    ),
    "no citation": (figure("''"), "a.yaml:27: 东路街道: 'cite' is empty"),
    "an empty list of citations": (figure("[]"), "a.yaml:27: 东路街道: 'cite' is empty"),
    "an entry as citation": (
        figure("[{a: b}]"),
        "a.yaml:27: 东路街道: 'cite' must be a text; put quotes around one that contains ': '",
    ),
    "a citation that isn't in the text": (
        figure("网格员87名"),
        "a.yaml:27: 东路街道: the citation '网格员87名' does not stand in section 0",
    ),
    "a citation of another section": (
        small("cite: 办结率达97.4%\n        section: 1", "cite: 办结率达97.4%\n        section: 0"),
        "a.yaml:40: 东路街道: the citation '办结率达97.4%' does not stand in section 0",
    ),
    "an ambiguous citation": (
        small("        occurrence: 2\n", ""),
        (
            "a.yaml:45: 东路街道: the citation '聘请党员3名' stands 2 times in section 1; "
            "cite more words, or add 'occurrence'"
        ),
    ),
    "an ambiguous citation that overlaps itself": (
        figure("1个1个", opening="1个1个1个！"),
        (
            "a.yaml:27: 东路街道: the citation '1个1个' stands 2 times in section 0; "
            "cite more words, or add 'occurrence'"
        ),
    ),
    "an occurrence too far": (
        small("occurrence: 2", "occurrence: 3"),
        "a.yaml:45: 东路街道: there is no occurrence 3 of '聘请党员3名' in section 1",
    ),
    "an occurrence zero": (
        small("occurrence: 2", "occurrence: 0"),
        "a.yaml:45: 东路街道: there is no occurrence 0 of '聘请党员3名' in section 1",
    ),
    "an occurrence in words": (
        small("occurrence: 2", "occurrence: 第二"),
        "a.yaml:46: 东路街道: 'occurrence' must be a whole number such as 3, not '第二'",
    ),
    "a citation without quantity": (
        figure("现有网格员"),
        "a.yaml:27: 东路街道: no quantity with a known unit stands in '现有网格员'",
    ),
    "a unit that isn't known": (
        figure("现有86瓩", opening="现有86瓩。"),
        "a.yaml:27: 东路街道: no quantity with a known unit stands in '现有86瓩'",
    ),
    "two quantities": (
        small("cite: 办结率达97.4%\n", "cite: 97.4%，覆盖居民3.1万余人次\n"),
        (
            "a.yaml:40: 东路街道: '97.4%，覆盖居民3.1万余人次' states 2 quantities "
            "(97.4%、3.1万余人次); cite one at a time"
        ),
    ),
    "two bounds": (
        small("cite: 办结率达97.4%\n", "cite: 约200余件\n"),
        "a.yaml:40: 东路街道: '约200余件' limits its number in two ways; cite only one",
    ),
    "a sum of unlike parts": (
        small("          - 新增网格9个", "          - 3.1万余人次"),
        "a.yaml:32: 东路街道: the parts of a sum differ in unit or bound",
    ),
    "a sum of exact and rough parts": (
        small("新增网格9个。", "新增网格9个以上。").replace("- 新增网格9个\n", "- 新增网格9个以上\n"),
        "a.yaml:32: 东路街道: the parts of a sum differ in unit or bound",
    ),
    "a sum of one part twice": (
        small("          - 新增网格9个", "          - 网格54个"),
        "a.yaml:32: 东路街道: the sum counts one quantity twice",
    ),
    "an unknown key of a numeral": (
        small("        reason: 热线号码", "        why: 热线号码"),
        "a.yaml:54: 东路街道: unknown key 'why'; known here: cite, section, reason, occurrence",
    ),
    "a numeral without its reason": (
        small("        reason: 热线号码", "        reason:"),
        "a.yaml:54: 东路街道: 'reason' is empty",
    ),
    "a numeral that isn't in the text": (
        small("cite: 热线12345", "cite: 热线12346"),
        "a.yaml:52: 东路街道: the citation '热线12346' does not stand in section 1",
    ),
    "a related group of one": (
        SMALL + "related:\n  - name: 人口\n    indicators: {网格员数: 岗位}\n",
        ("a.yaml:68: 'indicators' must list two or more, each with a few words on what it counts"),
    ),
    "numerals as a text": (
        small("figures: []", "figures: []\n    numerals: 无"),
        "a.yaml:66: 西镇: 'numerals' must be a list",
    ),
}


# Where a case of REFUSED has more wrong with it than the first thing.
FOLLOWED = {
    REFUSED["an unknown key at the top"][1]: ["a.yaml:1: the key 'topics' is missing"],
    REFUSED["an unknown key of a section"][1]: ["a.yaml:22: 东路街道: the key 'heading' is missing"],
    REFUSED["an unknown key of a numeral"][1]: ["a.yaml:52: 东路街道: the key 'reason' is missing"],
}


@pytest.mark.parametrize(("text", "message"), REFUSED.values(), ids=REFUSED)
def test_what_is_wrong_is_said_in_one_line(text: str, message: str) -> None:
    """Each mistake is answered with file, line, entry and what was expected.

    Who wants all of them is told the same, and nothing that merely follows from it.
    """
    assert refusal(text) == message
    assert errors(text) == [message, *FOLLOWED.get(message, [])]


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
    assert refusal(figure(cite, opening=opening)) == (
        f"a.yaml:27: 东路街道: the citation '{cite}' cuts a quantity of the text short; cite more words"
    )


def test_a_citation_may_be_long_or_short() -> None:
    """Words beside a quantity, punctuation among them, change nothing in what is read."""
    opening = "全街道（办事处）现有网格员，共86名、楼长9名！"
    for cite in ("86名", "共86名", "现有网格员，共86名、楼长"):
        assert read(figure(cite, opening=opening)) == Figure(
            *(0, 0, "网格员数", "基层治理", "86名", Decimal(86), "名", "=", "level", "actual"),
            *(None, None, None, opening, (Span(1, 15, 18),)),
        )


def test_the_title_can_be_cited() -> None:
    """Section 0 is the title and the opening."""
    found = read(
        SMALL.replace("抓网格强治理", "抓86个网格").replace("cite: 网格员86名", "cite: 抓86个")
    )
    assert (found.section, found.as_written, found.spans) == (0, "86个", (Span(0, 1, 4),))


def test_a_sum_across_sentences_quotes_them_all() -> None:
    """A sum's sentence is every sentence it cites, each once."""
    opening = "网格54个。另有党员3名，新增网格9个。"
    text = figure("[网格54个, 新增网格9个]", opening=opening)
    assert read(text).sentence == opening
    assert read(text).value == 63


def test_towns_of_two_districts_may_share_their_names() -> None:
    """A 城关镇 in every county is no mistake, nor is its slug."""
    text = small("town: 西镇", "town: 东路街道").replace("slug: xizhen", "slug: donglu")
    assert [each.speech.path for each in check(text).entries] == ["甲区/东路街道", "乙县/东路街道"]


@pytest.mark.parametrize("value", ["yes", "010", "1_000", "1:30", "2023-09-18", "~"])
def test_what_yaml_would_guess_at_stays_text(value: str) -> None:
    """A speaker called 1:30 is odd, but it is what stands there."""
    assert check(small("speaker: 王一", f"speaker: {value}")).entries[0].speech.speaker == value


def test_the_packaged_corpus_is_sound() -> None:
    """The eight speeches pass."""
    assert len(check(packaged().read_text("utf-8")).entries) == 8


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
            schema.check(documents.parse(data, file="a.yaml"), file="a.yaml")
            first = None
        except CorpusError as error:
            first = str(error)
        assert found[:1] == [first] if first else found == [], data
        outcomes.add(min(len(found), 3))
    assert outcomes == {0, 1, 2, 3}


def test_an_escaped_control_character_does_not_end_the_reading() -> None:
    """It is named, and so is what is wrong further down."""
    text = SMALL.replace("title: ", 'title: "\\a" # ', 1).replace("topic: 基层治理", "topic: 无", 1)
    sheet = schema.proofread(text.encode(), file="a.yaml", taken={})
    assert "U+0007" in sheet.errors[0].message
    assert {each.key for each in sheet.errors[1:]} >= {"title", "topic"}
