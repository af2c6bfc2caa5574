"""What the quantities of a text are guessed to be: `mentions` to `precedents`, and `citing`."""

from __future__ import annotations

from pathlib import Path

import pytest

from speeches_cli.corpus import open_corpus
from speeches_cli.drafting import citing, indicator_names, mentions
from speeches_cli.drafting.precedents import Precedents
from speeches_cli.drafting.values import Citation, DraftText, Guess, Section
from tests.material import SMALL


def names(text: str) -> list[tuple[str, str]]:
    """Name every quantity of a text by its own words."""
    found = indicator_names.name_all(mentions.find(text))
    return [(mention.quantity.text, named.indicator) for mention, named in found]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("梳理资源清单89条，项目清单56条。", [("89条", "资源清单数"), ("56条", "项目清单数")]),
        ("吸纳养殖散户259户。", [("259户", "吸纳养殖散户数")]),
        ("设立39个党员先锋岗，", [("39个", "党员先锋岗数")]),
        ("建成“梅园”田园生态园1个", [("1个", "田园生态园数")]),
        ("打造“党支部+合作社”2个", [("2个", "党支部+合作社数")]),
        ("转化小区充电桩设置等协商成果25项", [("25项", "协商成果数")]),
        ("责令整改早餐店等场所各类安全隐患63条", [("63条", "整改安全隐患数")]),
        ("解决企业存在的问题5个", [("5个", "解决问题数")]),
        ("协调解决群众“急难愁盼”问题60余件", [("60余件", "解决群众急难愁盼问题数")]),
        ("依托43名班子成员、749名网格员，", [("43名", "班子成员数"), ("749名", "网格员数")]),
        ("统筹辖区65个小微企业和社会组织，", [("65个", "统筹小微企业和社会组织数")]),
        ("为每个网格配备1名专职网格员", [("1名", "每网格专职网格员数")]),
        ("改造外墙保温约6.2万平方米", [("约6.2万平方米", "外墙保温改造面积")]),
        ("规划10平方公里的核心板块", [("10平方公里", "核心板块面积")]),
        ("实施40万方冷链仓储", [("40万方", "冷链仓储规模")]),
        ("建成生态廊道4公里", [("4公里", "生态廊道长度")]),
        ("年产有机果蔬3.6万吨", [("3.6万吨", "有机果蔬产量")]),
        ("落实政府贴息700万元", [("700万元", "政府贴息额")]),
        ("实现生产总值7亿元，同比增长18%", [("7亿元", "生产总值"), ("18%", "生产总值同比增速")]),
        ("投诉案件数量环比下降30.8%", [("30.8%", "投诉案件降幅")]),
        ("化解矛盾纠纷110件，化解率达100%", [("110件", "化解矛盾纠纷数"), ("100%", "矛盾纠纷化解率")]),
        ("整理土地2亩，占耕地的三成", [("2亩", "整理土地面积"), ("三成", "整理土地面积占耕地比例")]),
        ("结对帮扶62户64人", [("62户", "帮扶户数"), ("64人", "帮扶人数")]),
        ("市场主体由去年的3584家增加到4480家", [("3584家", "市场主体数"), ("4480家", "市场主体数")]),
        ("召开协商会议67场次，开展活动3次", [("67场次", "协商会议场次"), ("3次", "活动次数")]),
        ("年吸引游客20万余人次", [("20万余人次", "吸引游客人次")]),
        ("解决用工78人，现有人口2万人", [("78人", "解决用工人数"), ("2万人", "人口")]),
        ("催缴暖气费204户", [("204户", "催缴暖气费户数")]),
        ("1.开展慰问20次", [("20次", "慰问次数")]),
        ("100%", [("100%", "率")]),
    ],
    ids=lambda value: value[:8] if isinstance(value, str) else "",
)  # fmt: skip
def test_quantities_are_named_after_the_words_beside_them(
    text: str, expected: list[tuple[str, str]]
) -> None:
    """The thing counted, what was done with it where that matters, and the kind of measure."""
    assert names(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "使社区从“两家人”变成“一家亲”",
        "落实“金九条”措施",
        "近60余次",
        "2023年",
        "12345热线",
        "走出了一条路",
    ],
)
def test_names_and_numbers_that_state_nothing_are_no_mentions(text: str) -> None:
    """Chinese numerals in quotation marks are names; contradictory limits can't be cited."""
    assert mentions.find(text) == []


def test_arabic_numerals_in_quotation_marks_are_mentions() -> None:
    """A quoted quantity in digits is one, and so is a Chinese one in marks that don't close."""
    found = [mention.quantity.text for mention in mentions.find("做到“建成54个”和“两家企业入驻")]
    assert found == ["54个", "两家"]


def test_a_clause_without_end_is_not_cited() -> None:
    """What has no punctuation for thousands of characters is no prose, and states no figure."""
    assert mentions.find("网格54个" + "好" * 2000) == []
    assert len(mentions.find("网格54个" + "好" * 1900)) == 1


def test_words_far_away_are_not_beside() -> None:
    """Of a long clause only what is near is cited, and read for its name."""
    (mention,) = mentions.find("甲" * 100 + "54个" + "乙" * 100)
    assert (mention.before, mention.behind) == ("甲" * 60, "乙" * 60)
    assert mention.text[mention.begin : mention.end] == "甲" * 60 + "54个" + "乙" * 60


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("上半年解决问题2944件，满意率达97.4%", [("上半年", None, None), ("上半年", None, "rate")]),
        ("今年以来，解决813件；化解9件。建5个", [("今年以来", None, None)] * 2 + [(None,) * 3]),
        ("今年前8个月，新签约15个", [("1至8月", None, None)]),
        ("３月至８月，新签约15个", [("3至8月", None, None)]),
        ("2021年以来，吸引50家", [("2021年以来", None, None)]),
        ("年均增收230余万元", [("年", None, "increase")]),
        ("预计到年底，可完成100家", [("年底", "plan", None)]),
        ("占年计划12亿元的79.31%", [("年", "plan", None), ("年", None, "share")]),
        ("今年先后走访9次", [("今年以来", None, None)]),
        ("规划占地1200亩", [(None, "plan", None)]),
        ("规划2个园和3个区，建成4个厂", [(None, "plan", None)] * 2 + [(None,) * 3]),
        ("规划编制5个", [(None, None, None)]),
        ("由去年的3家增加到4家，增长8%", [("去年", None, None), (None,) * 3, (None, None, "change")]),
        ("比去年提高3个百分点", [(None, None, "change")]),
        ("较2021年提高6.2个百分点，满意度达99.01%", [(None, None, "change"), (None, None, "rate")]),
        ("2024年较2021年底提高6个百分点", [("2024年", None, "change")]),
        ("较去年上半年提高6个百分点", [(None, None, "change")]),
        ("从2021年的3家增加到2023年的15家", [("2021年", None, None), ("2023年", None, None)]),
        ("从2021年底的3家增加到15家", [("2021年底", None, None), (None,) * 3]),
        ("从2021年以来，吸引50家", [("2021年以来", None, None)]),
        ("2022-2024年累计化解57件", [("2022-2024年", None, None)]),
        ("2022年至2024年底化解57件", [("2022年至2024年底", None, None)]),
        ("新增耕地3000亩", [(None, None, "increase")]),
        ("效率提高2倍", [(None, None, "change")]),
        ("相当于5%", [(None, None, "rate")]),
    ],
    ids=lambda value: value[:8] if isinstance(value, str) else "",
)  # fmt: skip
def test_period_status_and_measure_come_from_the_sentence(
    text: str, expected: list[tuple[str | None, ...]]
) -> None:
    """What the sentence says before a quantity holds for it; what it doesn't say is left out."""
    found = [mentions.circumstances(mention) for mention in mentions.find(text)]
    assert [
        tuple(each[key].text if key in each else None for key in ("period", "status", "measure"))
        for each in found
    ] == expected


def test_a_percentage_of_no_known_kind_is_doubtful() -> None:
    """A corpus asks for the measure of a percentage, so a guess is written down and marked."""
    (mention,) = mentions.find("相当于5%")
    assert mentions.circumstances(mention) == {"measure": Guess("rate", "change, share or rate?")}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("上世纪70年代末", [("70年代", "年代", None)]),
        ("2021年以来，2023年3月，2024年5月1日", [
            ("2021年以来", "年份", None), ("2023年3月", "月份", None), ("2024年5月1日", "日期", None)
        ]),
        ("5月至8月和前3个月", [("5月至8月", "月份", None), ("前3个月", "月份", None)]),
        ("“1+3+X”体系和１＋２", [("1+3+X", "公式", None), ("１＋２", "公式", None)]),
        ("街道12345投诉", [("12345", "号码", None)]),
        ("1.设置5处", [("1.", "序号", None)]),
        ("（2）好", [("（2）", "序号", None)]),
        ("惠及22街区周边2687户", [("22街区周边", "编号或名称", "why is this no figure?")]),
        ("第3排5个", [("3排", "编号或名称", "why is this no figure?")]),
        ("落实“金九条”", [("九条", "名称", None)]),
        ("近60余次", [
            ("近60余次", "编号或名称", "no figure can cite it: its words limit it in two ways")
        ]),
        ("建成54个", []),
    ],
    ids=lambda value: value[:8] if isinstance(value, str) else "",
)  # fmt: skip
def test_numerals_that_state_nothing_are_listed_with_the_reason(
    text: str, expected: list[tuple[str, str, str | None]]
) -> None:
    """Every Arabic numeral beside the figures, and names in Chinese ones."""
    found = citing.numerals(text, mentions.find(text))
    assert [(text[each.start : each.end], *each.reason) for each in found] == expected


def test_words_that_come_again_are_cited_by_number() -> None:
    """Counted through the section's heading and paragraphs, places that overlap included."""
    section = Section(Guess("一、建成5个"), ("建成5个。", "老老老建成5个，建成5个"))
    text = DraftText(Guess("题"), Guess("建成5个"), (section,))
    citer = citing.Citer(citing.passages(text))
    assert citer.cite(1, 0, 4) == Citation(0, "建成5个", None)
    assert citer.cite(2, 2, 6) == Citation(1, "建成5个", 1)
    assert citer.cite(3, 0, 4) == Citation(1, "建成5个", 2)
    assert citer.cite(4, 8, 12) == Citation(1, "建成5个", 4)
    assert citer.cite(4, 1, 3) == Citation(1, "老老", 2)


@pytest.fixture(scope="module")
def precedents(tmp_path_factory: pytest.TempPathFactory) -> Precedents:
    """Learn from the small corpus: 网格数, 诉求办结率, 网格员数, 党员数."""
    file = tmp_path_factory.mktemp("known") / "small.yaml"
    text = SMALL.replace("聘请党员3名", "聘请全镇优秀党员3名")
    file.write_text(text, encoding="utf-8")
    return Precedents(open_corpus(file, cache=None))


@pytest.mark.parametrize(
    ("text", "indicator", "topic"),
    [
        ("设置网格20个", Guess("网格数"), Guess("基层治理")),
        ("新增网格20个", Guess("网格数", "or 新增网格数"), Guess("基层治理")),
        ("设置网格20平方米", Guess("网格面积", ""), Guess("基层治理", "")),
        ("诉求及时办结率达5%", Guess("诉求办结率", "or 诉求及时办结率"), Guess("基层治理")),
        ("每个网格配备网格员5名", Guess("每网格网格员数", ""), Guess("基层治理", "")),
        ("发展优秀党员5名", Guess("党员数", "or 优秀党员数"), Guess("基层治理")),
        ("党员5名", Guess("党员数"), Guess("基层治理")),
        ("大棚5座", Guess("大棚数", ""), Guess("基层治理", "")),
    ],
)
def test_a_known_name_is_taken_where_it_is_near(
    precedents: Precedents, text: str, indicator: Guess, topic: Guess
) -> None:
    """The same name is sure, a near one doubtful; another dimension or per-head measure is another."""
    ((mention, named),) = indicator_names.name_all(mentions.find(text))
    assert precedents.name(mention, named, "一、抓网格") == (indicator, topic)


def test_equally_near_names_that_differ_decide_nothing(tmp_path: Path) -> None:
    """Where the known corpus calls the same words two things, the draft keeps its own words."""
    figure = "occurrence: 1\n        section: 1\n        indicator: 党员户数\n        topic: 基层治理\n"
    text = SMALL.replace("聘请党员3名", "走访困难党员3名").replace(
        "    numerals:", f"      - cite: 走访困难党员3名\n        {figure}    numerals:", 1
    )
    file = tmp_path / "small.yaml"
    file.write_text(text, encoding="utf-8")
    ((mention, named),) = indicator_names.name_all(mentions.find("走访困难党员9名"))
    found = Precedents(open_corpus(file, cache=None)).name(mention, named, "")
    assert found == (Guess("走访困难党员数", ""), Guess("基层治理", ""))


def test_of_a_large_corpus_only_the_latest_speeches_are_learnt_from(tmp_path: Path) -> None:
    """An archive of thousands costs no minutes; the last of the small corpus has no figure to teach.

    Then every name is the text's own, and every topic the first.
    """
    file = tmp_path / "small.yaml"
    file.write_text(SMALL, encoding="utf-8")
    corpus = open_corpus(file, cache=None)
    ((mention, named),) = indicator_names.name_all(mentions.find("设置网格20个"))
    sure = (Guess("网格数"), Guess("基层治理"))
    guessed = (Guess("网格数", ""), Guess("基层治理", ""))
    assert Precedents(corpus, most=2).name(mention, named, "") == sure
    assert Precedents(corpus, most=1).name(mention, named, "") == guessed
