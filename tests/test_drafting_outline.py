"""`bylines`, `contents`, `outline`, who speaks, and where a speech begins."""

from __future__ import annotations

import pytest

from speeches_cli import drafting
from speeches_cli.drafting import (
    bylines,
    contents,
    outline,
    pages,
)
from speeches_cli.drafting.bylines import Place
from speeches_cli.drafting.pages import PrintedLine
from speeches_cli.drafting.values import RawLine


def lines(text: str) -> list[PrintedLine]:
    """Clean the lines of a text; a line after # is a heading of Word's first level."""
    raw = [RawLine(line.removeprefix("#"), line.startswith("#")) for line in text.splitlines()]
    return pages.clean_lines(raw)[0]


def drafted(text: str) -> list[tuple[str | None, ...]]:
    """Give title, speaker, unit and number of paragraphs of every speech, and what is unsure of it."""
    every = lines(text)
    page = contents.find(every)
    blocks, _front = outline.divide(every, page)
    found: list[tuple[str | None, ...]] = []
    for block in blocks:
        head = drafting._head(block, page, ["甲区", "乙县"], drafting.Known())
        marks = sorted(name for name, guess in head.items() if guess.doubt)
        body = "".join(line.text for line in block.body)
        found.append((*(head[key].text for key in ("title", "speaker", "town")), body, *marks))
    return found


def test_a_title_counts_once_and_none_before_the_first_section_of_all() -> None:
    """Of two headings of Word with one text, the second is no speech; nor is a line above 一、."""
    heading = "#关于抓网格的做法\n网格54个。\n"
    assert [each[0] for each in drafted(heading + heading)] == ["关于抓网格的做法"]
    assert drafted("前言。\n\n关于抓网格的做法\n\n一、抓网格\n网格54个。") == []


@pytest.mark.parametrize(
    ("line", "speaker", "place"),
    [
        ("泓县县委书记 陆怀远", "陆怀远", Place("泓县", "县", "泓县")),
        ("砚溪县委副书记、县长 沈若川", "沈若川", Place("砚溪县", "县", "砚溪县")),
        ("中共泓县委员会", None, Place("泓县", "县", "泓县")),
        ("中共北芷县委 北芷县人民政府　唐诺", "唐诺", Place("北芷县", "县", "北芷县")),
        ("国家税务总局沅泽市税务局局长 白云峰", "白云峰", Place("沅泽市税务局", "部门", "沅泽市")),
        ("某农业银行公司甲县支行行长 白云峰", "白云峰", Place("某农业银行公司甲县支行", "企业", "")),
        ("云澜市住建局党组书记、局长 白云峰", "白云峰", Place("云澜市住建局", "部门", "云澜市")),
        ("平湄县城乡规划局局长　蒋一鸣", "蒋一鸣", Place("平湄县城乡规划局", "部门", "平湄县")),
        ("澜州公交集团有限公司董事长 邱致远", "邱致远", Place("澜州公交集团有限公司", "企业", "")),
        ("甘南州林业局局长 王五", "王五", Place("林业局", "部门", "")),
        ("澜州市财政局机关党委　贺松年", "贺松年", Place("澜州市财政局", "部门", "澜州市")),
        ("北岸化工园区党工委书记、管委会主任 石敬亭", "石敬亭", Place("北岸化工园区", "园区", "")),
        ("砺原重工集团有限公司董事长：江海涛", "江海涛", Place("砺原重工集团有限公司", "企业", "")),
        ("文静怡（澜江实验学校党总支书记、校长）", "文静怡", Place("澜江实验学校", "学校", "")),
        ("澄湾街道云杉里社区党委　傅雨桐", "傅雨桐", Place("云杉里社区", "社区", "")),
        ("青泽县鹭汀镇梨棠村党总支书记丁小满", "丁小满", Place("梨棠村", "村", "青泽县")),
        ("——鹭汀镇雁窝坪村党支部书记 罗守田", "罗守田", Place("雁窝坪村", "村", "")),
        ("青泽旗乌兰淖苏木党委书记　柯小兰", "柯小兰", Place("乌兰淖苏木", "苏木", "青泽旗")),
        ("永登县委副书记、树屏镇党委书记 贾锐", "贾锐", Place("树屏镇", "镇", "永登县")),
        ("兰州新区中川镇党委书记 施承岩", "施承岩", Place("中川镇", "镇", "兰州新区")),
        ("甘肃省兰州市永登县大同镇镇长 刘万明", "刘万明", Place("大同镇", "镇", "永登县")),
        ("新乡市卫滨区平原镇镇长 王五", "王五", Place("平原镇", "镇", "卫滨区")),
        ("西乡县委书记 王小二", "王小二", Place("西乡县", "县", "西乡县")),
        ("（发言人：甲区东路街道党工委书记王一）", "王一", Place("东路街道", "街道", "甲区")),
        ("（汇报人：阿依·古丽（甲区东路街道主任））", "阿依·古丽", Place("东路街道", "街道", "甲区")),
        ("平湄县松岘乡党委书记", None, Place("松岘乡", "乡", "平湄县")),
        ("省委组织部副部长 周六", "周六", Place()),
        ("甘肃省委书记 周六", "周六", Place()),
    ],
)
def test_bylines_are_read(line: str, speaker: str | None, place: Place) -> None:
    """In every form, for every kind of unit; the last unit that a post names is the speaker's."""
    found = bylines.parse(line)
    assert found is not None
    assert (found.speaker, found.place) == (speaker, place)


@pytest.mark.parametrize(
    "line",
    [
        *("办一所孩子喜欢的学校", "打造美丽乡村", "穷山坳里办起了合作社", "小网格托起大民生", "王一"),
        *("甲区东路街道党工委书记王一，", "全区经济同比增长 王一", "", "一" * 81, "书记提质增效"),
        "发言材料 某某公司",
    ],
)
def test_what_is_no_byline(line: str) -> None:
    """Titles, prose, and what is too long for one."""
    found = bylines.parse(line)
    assert found is None or not found.place.unit


UNKNOWN = ("kind", "post", "speaker", "town")
UNSIGNED = " ".join(UNKNOWN)
SPEECH = "抓网格\n甲区东路街道党工委书记 王一\n\n开头。\n一、网格。\n二、治理。\n"


SECOND = {
    "\n兴产业\n乙县西镇党委书记 李二\n正文。": "兴产业 李二 西镇 正文。",
    "\n兴产业\n——西镇的实践\n西镇党委书记\n李 二\n正文。": "兴产业——西镇的实践 李二 西镇 正文。",
    "\n兴产业\n（2024年3月5日）\n西镇党委书记：李二\n正文。": "兴产业 李二 西镇 正文。",
    "谢谢大家！\n兴产业\n李二（西镇党委书记）\n（2024年3月5日）\n正文。": "兴产业 李二 西镇 正文。",
    "\n兴产业\n西镇党委　李二\n正文。": "兴产业 李二 西镇 正文。",
    "\n西镇党委书记 李二\n兴产业\n正文。": "兴产业 李二 西镇 正文。",
    "\n兴产业\n中共西镇委员会\n正文。": "兴产业  西镇 正文。",
    "\n兴产业\n2024年3月\n中共西镇委员会\n\n正文没有句号": "兴产业  西镇 正文没有句号",
    "汇报完毕，请批评指正！\n兴产业\n正文。": f"兴产业  不详 正文。 {UNSIGNED}",
    "\n兴产业\n各位领导，同志们：\n正文。": f"兴产业  不详 各位领导，同志们：正文。 {UNSIGNED}",
    "#兴产业\n正文。": f"兴产业  不详 正文。 {UNSIGNED}",
    "#兴产业\n某某\n正文。": f"兴产业  不详 某某正文。 {UNSIGNED}",
    "\n兴产业\n正文。\n一、做强。\n二、做优。": f"兴产业  不详 正文。一、做强。二、做优。 {UNSIGNED}",
}


@pytest.mark.parametrize("second", SECOND)
def test_a_speech_is_never_part_of_the_one_before(second: str) -> None:
    """Byline of any form, thanks, greeting, Word's heading, numbers that begin anew: each is enough."""
    first, other = drafted(SPEECH + second)
    assert first[:3] == ("抓网格", "王一", "东路街道")
    assert " ".join(map(str, other)) == SECOND[second]


@pytest.mark.parametrize(
    "text",
    [
        "工作专班由乙县西镇党委书记马竞\n担任组长。",
        "\n他们说得对。我们找到\n乙县西镇党委书记 李二\n担任组长。",
        "\n三、服务\n正文。",
        "#三、服务\n正文。",
        "\n又一段没有句号\n正文。",
        "　　我们\n甲区东路街道\n正文。",
        "谢谢大家！",
    ],
)
def test_prose_begins_no_speech(text: str) -> None:
    """A name that a narrow page broke off, a section, a short line: all of it stays where it is."""
    assert len(drafted(SPEECH + text)) == 1


PAGE = """\
目录
1．甲区东路街道党工委书记王一：抓网格……………………1
2．乙县西镇党委书记李二：
兴产业
促增收……………………3
3．丙县南镇党委书记孙五：护生态……………………5
4．讲文明　北乡……………………7
5．前言……………………9

"""


def test_a_title_of_the_contents_page_is_a_speech_whoever_speaks() -> None:
    """Found apart in the text it begins one, with the speaker that the page names, and a mark."""
    text = "抓网格\n甲区东路街道党工委书记 王一\n开头。\n\n兴产业\n促增收\n（2023年9月18日）\n正文。\n"
    text += "护生态\n正文。\n"
    assert drafted(PAGE + text) == [
        ("抓网格", "王一", "东路街道", "开头。"),
        ("兴产业促增收", "李二", "西镇", "正文。", *UNKNOWN),
        ("护生态", "孙五", "南镇", "正文。", *UNKNOWN),
    ]
    assert drafted(PAGE + "讲文明\n\n正文。") == [("讲文明", "", "北乡", "正文。", *UNKNOWN)]


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("\n兴产业促增收\n正文。\n\n兴产业促增收\n正文。\n", 1),
        ("\n护生态\n讲文明\n抓网格\n正文。\n", 2),
        ("开头一段\n护生态\n正文。\n", 1),
        ("\n护生态\n", 1),
    ],
    ids=["which of two", "a list", "not apart", "nothing behind it"],
)
def test_what_may_be_no_title_begins_no_speech(text: str, count: int) -> None:
    """Where it is not clear that a title of the contents page stands there, none begins."""
    assert len(drafted(f"{PAGE}题目\n甲区东路街道党工委书记 王一\n开头。\n{text}")) == count


def test_where_contents_page_and_text_disagree_the_text_stands_and_is_marked() -> None:
    """Another speaker, post or title; a speech that is not listed, or has no title."""
    text = "抓网格\n甲区东路街道党工委书记 王六\n开头。\n\n兴产业促增收\n乙县西镇镇长 李二\n正文。\n"
    text += "\n另一题\n丙县南镇党委书记 孙五\n正文。\n\n又一题\n戊县东镇党委书记 吴七\n正文。\n"
    text += "\n讲文明。\n己县中镇党委书记 郑八\n二、正文。\n"
    assert [each[:2] + each[4:] for each in drafted(PAGE + text)] == [
        *[("抓网格", "王六", "speaker"), ("兴产业促增收", "李二", "post")],
        *[("另一题", "孙五", "title"), ("又一题", "吴七", "title"), ("不详", "郑八", "title")],
    ]


def test_a_district_at_the_end_of_a_title_belongs_to_the_byline_below() -> None:
    """Only where the byline has none, and not where the title is nothing else."""
    text = "抓网格强治理甲区\n东路街道党工委书记 王一\n开头。\n\n乙县\n西镇党委书记 李二\n开头。"
    assert [each[:3] + each[4:] for each in drafted(text)] == [
        *[("抓网格强治理", "王一", "东路街道", "district"), ("乙县", "李二", "西镇")],
    ]


@pytest.mark.parametrize(
    ("page", "titles"),
    [
        ("1. 甲……………1\n乙……………2\n", ["甲", "乙"]),
        ("目录\n1. 甲\n——副题……………1\n2. 乙……………2\n丙县南镇党委书记 孙五\n", ["甲——副题", "乙"]),
        ("甲……………1\n乙……………2\n\n丙\n丁\n戊\n己\n庚\n辛……………9\n", ["甲", "乙"]),
        ("甲……………1\n", []),
        ("目录\n甲\t1\n乙\t3\n", ["甲", "乙"]),
        ("目录\n甲\n乙\n\n开篇。\n\n甲\n续。\n乙\n", ["甲", "乙"]),
        ("目录\n甲\n1. 乙\n\n2. 丙\n\n开篇。\n乙\n", ["甲", "乙", "丙"]),
    ],
)
def test_contents_pages(page: str, titles: list[str]) -> None:
    """With leaders or page numbers, under a heading or not; else as far as its lines come again."""
    found = contents.find(lines(f"某市汇编\n\n{page}\n正文。\n"))
    assert [each.title for each in found.entries] == titles


def test_labels_between_speeches_are_listed_apart() -> None:
    """A label is no part of the speech before it, of the title below it, or of the title page."""
    text = f"材料之一\n{SPEECH}\n典型材料（2）\n兴产业\n乙县西镇党委书记 李二\n正文。"
    every = lines(text)
    blocks, beside = outline.divide(every, contents.find(every))
    assert [block.title for block in blocks] == ["抓网格", "兴产业"]
    assert [line.text for line in beside] == ["材料之一", "典型材料（2）"]
    assert outline.divide(lines("正文。"), contents.Contents()) == ([], lines("正文。"))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2023年9月18日", ("2023-09-18", True)),
        ("（二〇二三年九月十八日）", ("2023-09-18", True)),
        ("二○二四年十二月二十日", ("2024-12-20", True)),
        ("二零二四年二十月三十一日", None),
        ("会议于2024-3-5召开", ("2024-03-05", True)),
        ("２０２４．３．５", ("2024-03-05", True)),
        ("２０２４年３月", ("2024-03-01", False)),
        ("2023年2月30日和2023年3月1日", ("2023-03-01", True)),
        ("2023年", None),
    ],
)
def test_dates(text: str, expected: tuple[str, bool] | None) -> None:
    """Dates in digits of either width and in Chinese; what is no day of the calendar is none."""
    assert contents.find_date(text) == expected


NO_HEAD = "file: is this the compilation's title?|file: no meeting named|"


@pytest.mark.parametrize(
    ("front", "head", "left_over"),
    [
        (
            "兰州市工作交流会发言材料汇编\n\n（2023 年 9 月 18 日）",
            "兰州市工作交流会发言材料汇编|兰州市工作交流会|2023-09-18",
            [],
        ),
        (
            "内部资料\n\n某市\n座谈会发言\n\n2024年3月\n编者的话",
            "某市座谈会发言|某市座谈会|2024-03-01: the day is not named",
            ["内部资料", "编者的话"],
        ),
        (
            "春天的话\n于2024年3月2日编成",
            "春天的话: is this the compilation's title?|春天的话: no meeting named|2024-03-02",
            ["于2024年3月2日编成"],
        ),
        ("", f"{NO_HEAD}1900-01-01: no date found", []),
    ],
)
def test_the_title_page(front: str, head: str, left_over: list[str]) -> None:
    """Compilation, meeting and date are found where they stand, and what is left is given back."""
    found, others = contents.title_page(lines(front), name="file")
    said = (guess.text + (f": {guess.doubt}" if guess.doubt else "") for guess in found.values())
    assert ("|".join(said), [line.text for line in others]) == (head, left_over)


def test_names_are_spelled_as_they_are_usually_read() -> None:
    """Of several readings the usual one in names, without the kind of place."""
    names = ["海石湾镇", "城关区", "成都镇", "东乡族自治县", "绿洲镇", "镇", "——"]
    slugs = ["haishiwan", "chengguan", "chengdu", "dongxiangzu", "lvzhou", "zhen", "x"]
    assert [bylines.slug(name) for name in names] == slugs
