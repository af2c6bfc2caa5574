"""`measures`, `nouns`, `mentions`, `citing`: what each quantity measures, and where it is cited."""

from __future__ import annotations

import pytest

from speeches_cli.drafting import citing, measures, mentions
from speeches_cli.drafting.measures import Measure, Owner
from speeches_cli.drafting.values import DraftText, Guess, Section

TOWN = Owner("西镇", "镇")


def named(text: str, owner: Owner = TOWN) -> list[Measure]:
    """Name every quantity of a text by its own words."""
    return measures.name_all(mentions.find(text), owner)


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("全镇GDP达52830万元，增速9%。", ["地区生产总值", "地区生产总值增速"]),
        ("我镇去年国民生产总值（GDP）为5亿元。", ["地区生产总值"]),
        ("一般公共预算收入实现6.4亿元，增长6.9%。", ["一般公共预算收入", "一般公共预算收入增速"]),
        ("规模以上工业增加值下降6.8%。", ["规上工业增加值增速"]),
        ("完成农业总产值7.3亿元，同期增长4.4%。", ["农业总产值", "农业总产值增速"]),
        (
            "列统企业产值9亿元、销售8.2亿元，分别增长17%和15%。",
            ["列统企业产值", "列统企业销售额", "列统企业产值增速", "列统企业销售增速"],
        ),
        (
            "列统企业完成产值9亿元、销售8.2亿元。",
            ["列统企业产值", "列统企业销售额"],
        ),
        (
            "城乡居民人均可支配收入分别达3万元、1万元，同比分别增长4%、9%。",
            [
                *("城镇居民人均可支配收入", "农村居民人均可支配收入"),
                *("城镇居民人均可支配收入增速", "农村居民人均可支配收入增速"),
            ],
        ),
        ("接待游客、旅游收入分别达到2万人次和3亿元。", ["接待游客人次", "旅游收入"]),
        ("分别增长2%和3%。", ["增速", "增速"]),
        ("工业投资占固定资产投资的40%，占比提高2个百分点。",
         ["工业投资占固定资产投资比重", "工业投资占比提高幅度"]),
        ("税收收入9亿元，占比67.2%。", ["税收收入", "税收收入占比"]),
        ("楼宇入驻率86.4%，比上年提高4.2个百分点。", ["楼宇入驻率", "楼宇入驻率提高幅度"]),
        ("占工业的比重由9%提高到15%。", ["占工业比重", "占工业比重"]),
        ("商品房销售面积142万平方米，下降12%，降幅较一季度收窄3个百分点。",
         ["商品房销售面积", "商品房销售面积增速", "商品房销售面积降幅下降幅度"]),
        ("近七成的老旧电梯已经更换。", ["老旧电梯已经更换占比"]),
        ("高出全市平均水平2个百分点。", ["高出全市平均水平占比"]),
        ("辖17个行政村，共8460户2万人。", ["行政村数", "总户数", "总人口"]),
        ("带动300户600人。", ["带动户数", "带动人数"]),
        ("八十户人家。脱贫户58户214人。", ["总户数", "脱贫户数", "脱贫户人数"]),
        ("表彰了4个先进党组织，走访群众80户。", ["表彰先进党组织数", "走访群众户数"]),
        ("职工5200名，平均年龄34%，人均工资9元。", ["职工数", "平均年龄占比", "职工人均工资"]),
        ("热线工单21件，办结率97.8%。", ["热线工单数", "热线工单办结率"]),
        ("入驻企业97家，其中产值过亿的4家。", ["入驻企业数", "产值过亿入驻企业数"]),
        ("投资5亿元，达到6亿元，净增1亿元，减少3家。",
         ["投资", "投资", "投资增加额", "投资变化数"]),
        ("民宿20家，其中去年新增8家。", ["民宿数", "新增民宿数"]),
        ("举办活动12场次，报道3次，培训9000米。", ["活动场次", "报道次数", "培训长度"]),
        ("户均增收5元。", ["户均增收"]),
    ],
)  # fmt: skip
def test_measures_are_named_by_their_own_words(text: str, names: list[str]) -> None:
    """Head noun, growth, share or amount of change; verbs, times and scopes are no part of a name."""
    assert [each.name for each in named(text)] == names


@pytest.mark.parametrize(
    ("text", "sure"),
    [
        ("地区生产总值5亿元，增长6%。", [True, True]),
        ("地区生产总值5亿元，这让大家都很高兴，都说好，增长6%。", [True, False]),
        ("产值5亿元，增长6%。", [False, False]),
        ("满意率96%。", [False]),
        ("群众满意率96%。", [True]),
        ("职工5200名，平均工资9元。", [True, False]),
        ("工业投资占固定资产投资的40%。", [True]),
        ("工业投资占比40%。", [False]),
    ],
)
def test_what_is_not_said_is_not_sure(text: str, sure: list[bool]) -> None:
    """A bare head, a piece of a sentence, and what is taken from far away are guesses."""
    assert [each.sure for each in named(text)] == sure


def test_a_fall_that_is_read_as_growth_is_not_sure() -> None:
    """Only one whose value is negative may be subtracted from growth."""
    text = "地区生产总值下降8.3%。"
    assert named(text)[0].sure == (mentions.find(text)[0].quantity.value < 0)


@pytest.mark.parametrize(
    ("text", "owner", "scopes"),
    [
        ("桃溪村流转土地900亩，全镇流转土地1.8万亩。", TOWN, ["桃溪村", None]),
        ("村集体收入9万元，其中桃溪村4万元，增长5%。", TOWN, [None, "桃溪村", "桃溪村"]),
        ("桃溪村流转土地900亩，全镇流转土地1.8万亩。", Owner("桃溪村", "村"), [None, "全镇"]),
        ("老旧小区9个，行政村3个，社区工作者5名。", TOWN, [None, None, None]),
        ("去年全市投资9亿元。", Owner("某公司", "企业"), [None]),
    ],
)
def test_a_part_of_the_unit_is_a_scope(text: str, owner: Owner, scopes: list[str | None]) -> None:
    """And so is what is larger than it; the unit itself is none."""
    assert [each.scope for each in named(text, owner)] == scopes


def test_a_bare_head_is_a_firms_own() -> None:
    """产值 of a firm is that firm's, of a park that park's: two measures."""
    assert named("完成产值5亿元。", Owner("某公司", "企业"))[0].name == "企业产值"
    assert named("完成产值5亿元。", Owner("某园区", "园区"))[0].name == "园区产值"


@pytest.mark.parametrize(
    ("text", "period", "status"),
    [
        ("去年完成投资5亿元。", "去年", ("actual", True)),
        ("今年计划投资5亿元。", "今年", ("plan", True)),
        ("２０２３年，投资5亿元。", "2023年", ("actual", True)),
        ("2022—2023年投资5亿元。", "2022—2023年", ("actual", True)),
        ("前5个月投资5亿元。", "1至5月", ("actual", True)),
        ("3月至6月投资5亿元。", "3至6月", ("actual", True)),
        ("今年一季度预计投资5亿元。", "今年一季度", ("actual", False)),
        ("近三年累计投资5亿元。", "近三年", ("actual", True)),
        ("三年来投资5亿元。", "三年来", ("actual", True)),
        ("年产5吨。", "年", ("actual", True)),
        ("年产饲料的工厂投产，提供岗位70个。", None, ("actual", True)),
        ("始建于1958年，有职工5人。", None, ("actual", True)),
        ("到2026年，建成学院6个。", "2026年", ("plan", True)),
        ("今年计划引进8人，新增床位3个。", "今年", ("plan", True)),
        ("比去年投资5亿元。", None, ("actual", True)),
        ("力争全年投资5亿元。", "全年", ("plan", True)),
        ("财政收入任务160元。", None, ("plan", True)),
        ("力争增长5%。", None, ("plan", True)),
        ("完成年度计划的61%。", None, ("actual", True)),
        ("投资5亿元。", None, ("actual", True)),
    ],
)
def test_period_and_status_come_from_the_sentence(
    text: str, period: str | None, status: tuple[str, bool]
) -> None:
    """What governs a quantity stands before it; an estimate of what is over is no plan."""
    mention = mentions.find(text)[-1]
    assert (mentions.period(mention), mentions.status(mention)) == (period, status)


@pytest.mark.parametrize(
    ("text", "listed"),
    [
        ("1.压实责任。去年9月份到乡里工作。", [("1.", "序号"), ("9月份", "月份")]),
        ("拨打12345热线，推出1+3+N模式。", [("12345", "号码"), ("1+3+N", "公式")]),
        ("80年代，2023年以来，5月3日。",
         [("80年代", "年代"), ("2023年以来", "年份"), ("5月3日", "日期")]),
        ("在22街区设点。", [("22街区设点", "编号或名称")]),
        ("打造“三个清单”，近60余次。", [("三个", "名称"), ("近60余次", "上下限说法不一")]),
        ("惠及上千户，过亿元，半数以上党员，伍仟户。",
         [("上千户", "概数"),
          ("过亿元", "概数"), ("半数以上", "概数"), ("伍仟户", "概数")]),
        ("陆书记说得对。", []),
        ("１２．5，7", [("１２．5，7", "编号或名称")]),
        ("（12）网格54个。", [("（12）", "序号")]),
        ("5，000，000，0", [("5，000，000，0", "编号或名称")]),
    ],
)  # fmt: skip
def test_numerals_that_state_nothing_are_listed_with_the_reason(
    text: str, listed: list[tuple[str, str]]
) -> None:
    """Every Arabic numeral beside the figures, names in Chinese ones, and amounts without a number."""
    found = citing.numerals(text, mentions.find(text))
    assert sorted((text[start:end], reason) for start, end, reason in found) == sorted(listed)


@pytest.mark.parametrize(
    ("text", "figures"),
    [
        ("近60余次", []),
        ("打造“10分钟服务圈”，“三个清单”，“建成10个网格”", ["10个"]),
        ("15分钟便民圈建成，用时15分钟", ["15分钟"]),
        ("50亩以上的种粮大户640户，亿元以上项目不少于30个", ["640户", "不少于30个"]),
        ("产值过10亿元的4家，超5000万元的楼宇12栋", ["4家", "12栋"]),
        ("70岁以上老人助餐，平均年龄41岁", ["41岁"]),
        ("提供岗位500个以上、培训80人，完成产值2亿元以上，投资2亿元以上建设项目5个",
         ["500个以上", "80人", "2亿元以上", "2亿元以上", "5个"]),
        ("三年新修村道，建校6年，头两个月不收租，那十分钟", []),
        ("平均年限15年，历时8个月，24小时内发货，每天8小时，驻村200天",
         ["15年", "8个月", "24小时内", "8小时", "200天"]),
    ],
)  # fmt: skip
def test_what_reads_like_a_quantity_and_is_no_figure(text: str, figures: list[str]) -> None:
    """Names, limits that say which things are counted, stretches of time, and disagreeing bounds."""
    assert [each.quantity.text for each in mentions.find(text)] == figures


def test_words_that_come_again_are_cited_by_number() -> None:
    """Counted through the section's heading and paragraphs, places that overlap included."""
    section = Section(Guess("网格5个"), ("网格5个，网格5个。",))
    text = DraftText(Guess("题"), Guess("开头5月。"), (section,))
    figures, others = citing.entries(text, TOWN)
    assert [each.occurrence for each in figures] == [1, 2, 3]
    assert [(each.cite, each.keys) for each in others] == [("5月", {"reason": "月份"})]
    assert figures[0].keys == {"indicator": "网格数", "topic": "未分类"}
