"""`bylines`, `slugs`, `contents`, `outline` and `ordinals`: who speaks, under which title, and when."""

from __future__ import annotations

import pytest

from speeches_cli.drafting import bylines, contents, ordinals, outline, pages, sections, slugs
from speeches_cli.drafting.bylines import Byline
from speeches_cli.drafting.contents import Contents, ContentsEntry
from speeches_cli.drafting.outline import TitlePage
from speeches_cli.drafting.values import Guess, Speaker


def lines(text: str) -> list[pages.PrintedLine]:
    """Clean the lines of a text."""
    return pages.clean_lines(text.split("\n"))[0]


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        (
            "西固区福利路街道党工委书记 牟辉",
            ("西固区福利路街道党工委书记", "牟辉", "西固区", "福利路街道"),
        ),
        ("兰州新区中川镇党委书记施承岩", ("兰州新区中川镇党委书记", "施承岩", "兰州新区", "中川镇")),
        (
            "中共南陵县桥头镇委员会书记  刘志强",
            ("中共南陵县桥头镇委员会书记", "刘志强", "南陵县", "桥头镇"),
        ),
        ("南陵县许镇镇党委书记 陈杰", ("南陵县许镇镇党委书记", "陈杰", "南陵县", "许镇镇")),
        ("南陵县许镇镇镇长 陈杰", ("南陵县许镇镇镇长", "陈杰", "南陵县", "许镇镇")),
        ("南陵县许镇镇纪委书记 陈杰", ("南陵县许镇镇纪委书记", "陈杰", "南陵县", "许镇镇")),
        ("酒泉路街道党工委书记　马　竞", ("酒泉路街道党工委书记", "马竞", None, "酒泉路街道")),
        (
            "永登县委副书记、树屏镇党委书记 贾锐",
            ("永登县委副书记、树屏镇党委书记", "贾锐", "永登县", "树屏镇"),
        ),
        (
            "永登县委副书记  树屏镇党委书记  贾锐",
            ("永登县委副书记 树屏镇党委书记", "贾锐", "永登县", "树屏镇"),
        ),
        ("甘肃省敦煌市沙州镇镇长 王一", ("甘肃省敦煌市沙州镇镇长", "王一", "敦煌市", "沙州镇")),
        (
            "兰州市城关区酒泉路街道党工委书记 马竞",
            ("兰州市城关区酒泉路街道党工委书记", "马竞", "城关区", "酒泉路街道"),
        ),
        ("和县历阳镇党委书记 钱四", ("和县历阳镇党委书记", "钱四", "和县", "历阳镇")),
        (
            "（发言人：甲区东路街道党工委书记王一）",
            ("甲区东路街道党工委书记", "王一", "甲区", "东路街道"),
        ),
        ("—— 王一 甲区东路街道党工委书记", ("甲区东路街道党工委书记", "王一", "甲区", "东路街道")),
        (
            "伊宁县麻扎乡党委书记 买买提·艾力",
            ("伊宁县麻扎乡党委书记", "买买提·艾力", "伊宁县", "麻扎乡"),
        ),
        (
            "甲区东路街道党工委书记（女） 欧阳娜娜",
            ("甲区东路街道党工委书记（女）", "欧阳娜娜", "甲区", "东路街道"),
        ),
        (
            "发言人：马竞（城关区酒泉路街道党工委书记）",
            ("城关区酒泉路街道党工委书记", "马竞", "城关区", "酒泉路街道"),
        ),
        (
            "城关区酒泉路街道党工委书记：马竞",
            ("城关区酒泉路街道党工委书记", "马竞", "城关区", "酒泉路街道"),
        ),
        (
            "临夏州广河县三甲集镇党委书记 马六",
            ("临夏州广河县三甲集镇党委书记", "马六", "广河县", "三甲集镇"),
        ),
        ("省委组织部副部长 周六", ("省委组织部副部长", "周六", None, None)),
        ("畅家巷社区党委书记 吴七", ("畅家巷社区党委书记", "吴七", None, None)),
    ],
)
def test_bylines_are_read(line: str, expected: tuple[str, str, str | None, str | None]) -> None:
    """A post with a name after it, before it or glued to it, in brackets or not."""
    assert bylines.parse(line) == Byline(*expected)


@pytest.mark.parametrize(
    "line",
    [
        "",
        "党建引领强服务基层治理新实践",
        "街道党工委书记担任街道“大工委”委员",
        "吸纳70名辖区企事业单位党组织书记担任兼职委员，着力做好文章。",
        "省委书记王一",
        "王一 主任",
        "由甲区东路街道党工委书记 王一，" * 8,
        "甲区东路街道党工委书记 " + "王" * 90,
    ],
)
def test_what_is_no_byline(line: str) -> None:
    """Titles, prose, and a post glued to words that don't begin with a family name."""
    assert bylines.parse(line) is None


def test_a_known_district_settles_where_its_name_ends() -> None:
    """Of known names the longest counts, wherever in the post it stands."""
    post = "兰州市七里河区西湖街道党工委书记 郑八"
    found = bylines.parse(post, ["河区", "七里河区", "城关区"])
    assert found == Byline("兰州市七里河区西湖街道党工委书记", "郑八", "七里河区", "西湖街道")


def test_a_known_district_ends_where_nothing_else_tells() -> None:
    """新城 is no kind of district, but the corpus may have one that is called so."""
    post = "河口新城东路街道党工委书记"
    assert bylines.place(post, ["河口新城"]) == ("河口新城", "东路街道")
    assert bylines.place(post, []) == (None, "河口新城东路街道")


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
    assert ordinals.find_date(text) == expected


PAGED = """\
目 录

1．甲区东路街道党工委书记王一：
抓网格强治理…………………………1
2．兴产业促增收 乙县西镇党委书记 李二..........3
这一行没有人名·······························5
二、护生态

惠民生：乙县北镇镇长 赵三-----------(7)
会后发言

抓网格强治理
"""


def test_a_contents_page_with_leaders() -> None:
    """Each entry ends with its page; a line that names nobody is kept as unread."""
    found = contents.find(lines(PAGED), ())
    assert found.entries == (
        ContentsEntry("抓网格强治理", Byline("甲区东路街道党工委书记", "王一", "甲区", "东路街道")),
        ContentsEntry("兴产业促增收", Byline("乙县西镇党委书记", "李二", "乙县", "西镇")),
        ContentsEntry("护生态惠民生", Byline("乙县北镇镇长", "赵三", "乙县", "北镇")),
    )
    assert [line.text for group in found.unread for line in group] == [
        "这一行没有人名·······························5"
    ]
    assert [line.number for line in found.lines] == [1, 3, 4, 5, 6, 7, 9]


def test_a_contents_page_without_a_heading() -> None:
    """Two leaders make a contents page, one alone may be anything, and one far away is another's."""
    page = PAGED.removeprefix("目 录\n")
    assert contents.find(lines(page), ()).entries == contents.find(lines(PAGED), ()).entries
    assert contents.find(lines("甲区东路街道党工委书记 王一……1\n正文"), ()) == Contents()
    far = PAGED + "正文。\n" * 9 + "这里也有……12\n"
    assert contents.find(lines(far), ()) == contents.find(lines(PAGED), ())


def test_a_contents_page_without_leaders_is_one_as_far_as_its_lines_come_again() -> None:
    """Without dots the page ends at the last line that the text repeats; else it is no page."""
    page = "目录\n抓网格强治理\t1\n甲区东路街道党工委书记 王一\n\n正文汇编\n\n抓网格强治理\n"
    found = contents.find(lines(page), ())
    assert [each.title for each in found.entries] == ["抓网格强治理"]
    assert [line.number for line in found.lines] == [1, 2, 3]
    assert contents.find(lines("目录\n抓网格\n强治理\n"), ()) == Contents()


def test_a_speaker_who_is_listed_twice_has_no_one_entry() -> None:
    """Where one person speaks twice, the contents page doesn't say which speech is meant."""
    entry = ContentsEntry("抓网格", Byline("甲区东路街道党工委书记", "王一", "甲区", "东路街道"))
    assert Contents((), (entry,)).of("王一") == entry
    assert Contents((), (entry, entry)).of("王一") is None


def settled(text: str, page: Contents, districts: tuple[str, ...] = ()) -> list[tuple[Guess, Speaker]]:
    """Give title and speaker of every speech in a text."""
    blocks, _front = outline.divide(lines(text), page, districts)
    return [outline.settle(block, page, districts) for block in blocks]


UNSIGNED = """\
目录
1．甲区东路街道党工委书记王一：抓网格……………………1
2．乙县西镇党委书记李二：
兴产业
促增收……………………3
3．丙县南镇党委书记孙五：兴产业……………………5

"""


def bodies(text: str) -> list[list[str]]:
    """Give the lines of the speeches that stand behind UNSIGNED."""
    every = lines(UNSIGNED + text)
    blocks, _front = outline.divide(every, contents.find(every, ()), ())
    return [[line.text for line in each.body] for each in blocks]


def test_a_speech_without_a_byline_is_found_by_its_title() -> None:
    """What only the contents page names is a speech of its own, not the end of the one before."""
    text = """\
抓网格
甲区东路街道党工委书记 王一
兴产业促增收。
兴产业促增收

兴产业
促增收
（2023年9月18日）
开头一段，很长很长。

兴产业
开头一段，很长很长。
"""
    assert bodies(text) == [
        ["兴产业促增收。", "兴产业促增收"],
        ["开头一段，很长很长。"],
        ["开头一段，很长很长。"],
    ]
    listed = "only the contents page names the speaker"
    every = lines(UNSIGNED + text)
    assert settled(UNSIGNED + text, contents.find(every, ()))[1] == (
        Guess("兴产业促增收"),
        Speaker(Guess("乙县"), Guess("西镇"), Guess("李二", listed), Guess("乙县西镇党委书记", listed)),
    )


@pytest.mark.parametrize(
    "text",
    [
        "\n兴产业促增收\n开头一段。\n\n兴产业促增收\n开头一段。\n",  # which of the two?
        "\n兴产业促增收\n兴产业\n抓网格\n开头一段。\n",  # a list
        "\n兴产业促增收\n乙县西镇党委书记 李贰\n开头一段。\n",  # signed, if by another name
        "\n兴产业促增收\n\n在会上的发言\n乙县西镇党委书记 李贰\n开头一段。\n",
        "开头一段。\n兴产业促增收\n开头一段。\n",  # not apart
        "\n兴产业促增收\n",  # with nothing behind it
        "\n开头一段。\n\n兴产业\n",
    ],
)
def test_what_may_be_no_title_begins_no_speech(text: str) -> None:
    """Where a title of the contents page is a list's, a signed speech's, or nobody's, none begins."""
    signed = text.count("书记 李贰")
    assert len(bodies(f"抓网格\n甲区东路街道党工委书记 王一\n开头一段。\n{text}")) == 1 + signed


def test_a_title_that_two_share_names_neither() -> None:
    """And one that is empty on the contents page names nobody."""
    page = UNSIGNED.replace("孙五：兴产业", "孙五：兴产业促增收").replace("王一：抓网格", "王一")
    every = lines(f"{page}《》\n开头一段。\n\n兴产业促增收\n开头一段。\n")
    assert outline.divide(every, contents.find(every, ()), ())[0] == []


def test_title_and_byline() -> None:
    """A title above its byline, with a subtitle; one below it; one on the contents page only."""
    listed = ContentsEntry("讲文明", Byline("丙县南镇党委书记", "孙五", "丙县", "南镇"))
    page = Contents((), (listed,))
    text = """\
抓网格
强治理

——东路街道的实践
甲区东路街道党工委书记
王 一
开头一段。
乙县西镇党委书记 李二
兴产业促增收
开头一段。
南镇党委书记孙五
开头一段，很长很长。
"""
    assert settled(text, page) == [
        (
            Guess("抓网格强治理——东路街道的实践", "not on the contents page"),
            Speaker(Guess("甲区"), Guess("东路街道"), Guess("王一"), Guess("甲区东路街道党工委书记")),
        ),
        (
            Guess("兴产业促增收", "not on the contents page"),
            Speaker(Guess("乙县"), Guess("西镇"), Guess("李二"), Guess("乙县西镇党委书记")),
        ),
        (
            Guess("讲文明", "no title found"),
            Speaker(
                Guess("丙县", "only the contents page names the district"),
                Guess("南镇"),
                Guess("孙五"),
                Guess("南镇党委书记", "the contents page has 丙县南镇党委书记"),
            ),
        ),
    ]


def test_the_contents_page_tells_where_a_title_begins() -> None:
    """A heading of the whole compilation right above a title doesn't become part of it."""
    listed = ContentsEntry("抓网格强治理", Byline("甲区东路街道党工委书记", "王一", "甲区", "东路街道"))
    text = "某市发言材料汇编\n抓网格\n强治理\n甲区东路街道党工委书记王一\n开头。"
    blocks, front = outline.divide(lines(text), Contents((), (listed,)), ())
    assert [block.title for block in blocks] == ["抓网格强治理"]
    assert [line.text for line in front] == ["某市发言材料汇编"]


def test_a_district_at_the_end_of_a_title_belongs_to_the_byline_below() -> None:
    """Only where the byline has none, and not where the title is nothing else."""
    text = "抓网格强治理甲区\n东路街道党工委书记 王一\n开头。\n乙县\n西镇党委书记 李二\n开头。"
    first, second = settled(text, Contents(), ("甲区", "乙县"))
    assert first == (
        Guess("抓网格强治理"),
        Speaker(
            Guess("甲区", "taken from the end of the title"),
            Guess("东路街道"),
            Guess("王一"),
            Guess("甲区东路街道党工委书记"),
        ),
    )
    assert second == (
        Guess("乙县"),
        Speaker(
            Guess("不详", "no district in the byline"),
            Guess("西镇"),
            Guess("李二"),
            Guess("西镇党委书记"),
        ),
    )


def test_a_post_in_the_middle_of_prose_is_no_byline() -> None:
    """A line that a narrow page breaks after a name that could be a person's begins no speech."""
    text = "题目\n甲区东路街道党工委书记 王一\n工作专班由乙县西镇党委书记马竞\n担任组长。"
    blocks, _front = outline.divide(lines(text), Contents(), ())
    assert [block.byline.speaker for block in blocks] == ["王一"]


@pytest.mark.parametrize(
    ("front", "texts", "head", "left_over"),
    [
        (
            "兰州市工作交流会发言材料汇编\n\n（2023 年 9 月 18 日）",
            [],
            TitlePage(
                Guess("兰州市工作交流会发言材料汇编"), Guess("兰州市工作交流会"), Guess("2023-09-18")
            ),
            [],
        ),
        (
            "内部资料\n\n某市\n座谈会发言\n\n2024年3月\n编者的话",
            ["2024年3月5日召开。"],
            TitlePage(
                Guess("某市座谈会发言"),
                Guess("某市座谈会"),
                Guess("2024-03-01", "the day is not named"),
            ),
            ["内部资料", "编者的话"],
        ),
        (
            "春天的话\n于2024年3月2日编成",
            [],
            TitlePage(
                Guess("春天的话", "is this the compilation's title?"),
                Guess("春天的话", "no meeting named"),
                Guess("2024-03-02"),
            ),
            ["于2024年3月2日编成"],
        ),
        (
            "",
            ["没有日期", "2024年3月5日召开。"],
            TitlePage(
                Guess("file", "no title of the compilation found"),
                Guess("file", "no meeting named"),
                Guess("2024-03-05", "found in a speech, not on the title page"),
            ),
            [],
        ),
        (
            "",
            [],
            TitlePage(
                Guess("file", "no title of the compilation found"),
                Guess("file", "no meeting named"),
                Guess("1900-01-01", "no date found"),
            ),
            [],
        ),
    ],
)
def test_the_title_page(front: str, texts: list[str], head: TitlePage, left_over: list[str]) -> None:
    """Compilation, meeting and date are found where they stand, and what is left is given back."""
    found, others = outline.title_page(lines(front), texts, name="file")
    assert (found, [line.text for line in others]) == (head, left_over)


def test_ordinals() -> None:
    """What is written is read back, in Chinese up to 99 and in digits beyond."""
    assert [ordinals.write(number) for number in (1, 10, 12, 20, 35, 99, 100)] == [
        *("一", "十", "十二", "二十", "三十五", "九十九", "100"),
    ]
    assert all(ordinals.read(ordinals.write(number)) == number for number in range(1, 200))
    assert [ordinals.read(text) for text in ("两", "１２", "二〇二三", "十十")] == [2, 12, 2023, 0]


@pytest.mark.parametrize(
    ("name", "slug"),
    [
        ("酒泉路街道", "jiuquanlu"),
        ("海石湾镇", "haishiwan"),
        ("城关区", "chengguan"),
        ("兰州新区", "lanzhouxinqu"),
        ("长沙市", "changsha"),
        ("成都镇", "chengdu"),
        ("东乡族自治县", "dongxiangzu"),
        ("绿洲镇", "lvzhou"),
        ("镇", "zhen"),
        ("A1镇", "a"),
        ("——", "x"),
    ],
)
def test_names_are_spelled_as_they_are_usually_read(name: str, slug: str) -> None:
    """Of several readings the usual one in names, without the kind of place."""
    assert slugs.spell(name) == slug


def test_labels_between_speeches_are_listed_apart() -> None:
    """A label is no part of the speech before it, of the title below it, or of the title page."""
    text = """\
材料一
抓网格
甲区东路街道党工委书记 王一
开头一段。
（材料二）
强治理
乙县西镇党委书记 李二
开头一段。

附件1：

兴产业
丙县南镇党委书记 孙五
结尾一段。
"""
    blocks, front = outline.divide(lines(text), Contents(), ())
    assert [(each.title, [line.text for line in each.body]) for each in blocks] == [
        ("抓网格", ["开头一段。"]),
        ("强治理", ["开头一段。"]),
        ("兴产业", ["结尾一段。"]),
    ]
    assert [line.text for line in front] == ["材料一", "（材料二）", "附件1："]
    head, left = outline.title_page(front, (), name="汇编")
    assert (head.compilation.text, left) == ("汇编", front)


def test_a_label_stays_a_paragraph_of_its_own() -> None:
    """Where paragraphs are indented, a line that isn't goes on with the one before, but no label."""
    long = "党" * 30
    text = f"　　{long}\n{long}。\n之二：\n某乡党委\n　　{long}\n　　{long}。"
    paragraphs = pages.join(lines(text), 50, sections.STARTS)
    assert paragraphs == [f"{long}{long}。", "之二：", "某乡党委", long, f"{long}。"]


def test_running_text_is_no_title() -> None:
    """A post and a name between the halves of a sentence begin no speech, nor are those its title."""
    text = """\
抓网格
甲区东路街道党工委书记 王一
一、抓班子
全镇共有党员12名。选派到
山口村党支部书记  李刚
等12名同志参加培训。
二、带队伍
强治理
乙县西镇党委书记 李二
一段话没有写完。谢谢大家

丙县南镇党委书记 孙五
兴产业
结尾一段。
"""
    blocks, _front = outline.divide(lines(text), Contents(), ())
    assert [(each.title, each.byline.speaker, len(each.body)) for each in blocks] == [
        ("抓网格", "王一", 5),
        ("强治理", "李二", 1),
        ("兴产业", "孙五", 1),
    ]


def test_a_heading_or_date_below_a_byline_is_no_title() -> None:
    """A speech without a title says so."""
    text = (
        "甲区东路街道党工委书记 王一\n一、抓班子\n一段。\n乙县西镇党委书记 李二\n2024年6月18日\n一段。"
    )
    blocks, _front = outline.divide(lines(text), Contents(), ())
    assert [each.title for each in blocks] == ["", ""]


def test_a_numbered_title_is_doubtful() -> None:
    """Speeches are numbered now and then, but what is numbered may be a section as well."""
    ((title, _speaker),) = settled("一、抓网格\n甲区东路街道党工委书记 王一\n开头。", Contents())
    assert title == Guess("一、抓网格", "numbered like a section; is this a speech's title?")
