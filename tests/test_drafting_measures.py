"""`measures`, `nouns`, `mentions`, `citing`: what each quantity measures, and where it is cited."""

from __future__ import annotations

import pytest

from speeches_cli.drafting import citing, mentions
from speeches_cli.drafting.bylines import Place

TOWN = Place("西镇", "镇")


def named(text: str, owner: Place = TOWN) -> str:
    """Name every quantity of a text by its own words, with @ scope, and ? where it is not sure."""
    found = citing.name_all(mentions.find(text), owner)
    return " ".join(
        each.name + (f"@{each.scope}" if each.scope else "") + "?" * (not each.sure) for each in found
    )


NAMES = """
我镇去年国民生产总值（GDP）为5亿元。 = 地区生产总值
城关产值9亿元、销售8亿元，分别增长7%和5%。 = 城关产值 销售额? 城关产值增速 销售额增速?
城乡居民人均可支配收入分别达3万元、1万元。 = 城镇居民人均可支配收入 农村居民人均可支配收入
进口、出口分别达5元、6元，同比分别增长4%、9%。 = 进口额 出口总额 进口额增速 出口总额增速
接待游客、旅游收入分别达到2万人次和3亿元。 = 接待游客人次 旅游收入
税收收入9亿元，占比67.2%。 = 税收收入 税收收入占比?
税收收入9亿元，完成全年目标任务的102%。 = 税收收入 税收收入占比?
税收收入增长9%，高于全市平均水平2个百分点。 = 税收收入增速 高于全市平均水平占比?
楼宇入驻率86.4%，比上年提高4.2个百分点。 = 楼宇入驻率 楼宇入驻率提高幅度
用电量5度，用电量下降12%，降幅较一季度收窄3个百分点。 = 用电量增速 降幅下降幅度?
近七成的老旧电梯已经更换。 = 老旧电梯已经更换占比?
辖17个行政村，共8460户2万人。 = 行政村数 总户数 总人口
表彰了4个先进党组织，走访群众80户。 = 表彰先进党组织数 走访群众户数
热线工单21件，办结率97.8%。 = 热线工单数 办结率?
入驻企业97家，其中产值过亿的4家、亿元以上的9家。 = 入驻企业数 产值过亿数? 亿元以上数?
民宿20家，其中去年新增8家。 = 民宿数 民宿增加数
举办活动12场次，演出9场，报道3次，培训9000米。 = 活动场次 演出场次 报道次数 培训长度
户均增收5元。 = 户均增收?
存栏肉鸡3万羽，收购小麦5万担，种植土豆9亩。 = 肉鸡存栏量 小麦收购量 土豆种植面积
清运垃圾5吨，提供就业岗位9个，在职党员报到6名。 = 清运垃圾量 就业岗位数 在职党员报到人数
年产5吨的饲料厂投产，添置农机20台（套）。 = 饲料厂年产能 农机数
社员由46户发展到241户，最少的村有9户，订单9小时内发货。 = 社员户数 社员户数? 最少村户数? 订单时长?
村集体收入90万元，村均6万元。 = 村集体经济收入 村均?
满意率96%，群众满意率96%。 = 满意率? 群众满意率
桃溪村流转土地900亩，全镇流转土地1.8万亩。 = 流转土地面积@桃溪村 流转土地面积
税收9万元，其中桃溪村4万元，增长5%。 = 税收收入 税收收入@桃溪村? 税收收入增速@桃溪村?
改造老旧小区9个，行政村3个，社区工作者5名。 = 改造老旧小区数 行政村数 社区工作者人数
"""


@pytest.mark.parametrize("line", NAMES.strip().splitlines())
def test_measures_are_named_by_their_own_words(line: str) -> None:
    """Head noun, growth, share, amount of change, scope; verbs and times are no part of a name.

    A bare head, a piece of a sentence, and what is taken from far away are guesses.
    """
    text, _equals, names = line.partition(" = ")
    assert named(text) == names


def test_a_larger_unit_and_a_bare_head_are_said_whose() -> None:
    """全镇 is a scope in a village's speech; 产值 of a firm is that firm's, of a park that park's."""
    land = named("桃溪村流转土地900亩，全镇流转土地1.8万亩。", Place("桃溪村", "村"))
    assert land == "流转土地面积 流转土地面积@全镇"
    assert named("去年全市投资9亿元。", Place("某公司", "企业")) == "企业投资@全市"
    assert named("完成产值5亿元，营业收入6亿元。", Place("某园区", "园区")) == "园区产值 营业收入"


PERIODS = """
去年完成投资5亿元。 = 去年 actual
今年计划投资5亿元。 = 今年 plan
２０２３年，投资5亿元。 = 2023年 actual
前5个月投资5亿元。 = 1至5月 actual
3月至6月投资5亿元。 = 3至6月 actual
2024年1—6月投资5亿元。 = 2024年1至6月 actual
去年10月以来投资5亿元。 = 去年10月以来 actual
截至6月底，入驻企业5家。 = 6月底 actual
今年一季度预计投资5亿元。 = 今年一季度 actual?
近三年累计投资5亿元。 = 近三年 actual
去年投资5亿元，道路累计建成8公里。 = 累计 actual
年产5吨。 = 年 actual
年产饲料的工厂投产，提供岗位70个。 = None actual
年收入10万元以上的8个。 = None actual
始建于1958年，有职工5人。 = None actual
到2026年，建成学院6个。 = 2026年 plan
今年计划引进8人，新增床位3个。 = 今年 plan
比去年投资5亿元。 = None actual
财政收入任务160元。 = None plan
完成年度计划的61%。 = None actual
2023年，建成网格5个。新建公园3个。 = 2023年 actual
2023年，建成网格5个。目前有公园3个。 = None actual
"""


@pytest.mark.parametrize("line", PERIODS.strip().splitlines())
def test_period_and_status_come_from_the_sentence(line: str) -> None:
    """What governs a quantity stands before it; an estimate of what is over is no plan."""
    text, _equals, expected = line.partition(" = ")
    mention = mentions.find(text)[-1]
    status, sure = mentions.status(mention)
    assert f"{mentions.period(mention)} {status}" + "?" * (not sure) == expected


def test_a_year_at_the_head_of_a_speech_governs_it() -> None:
    """But no plan, nothing that names its own period, and no section on what comes next."""
    sections = (
        ("题", "各位领导：刚刚过去的2023年，很不平凡。"),
        ("一、成绩", "建成网格5个。去年修路3公里。计划修渠9米。"),
        ("二、下一步打算", "新增网格8个。"),
    )
    figures, _numerals = citing.cite(sections, TOWN)
    assert [each.get("period") for each in figures] == ["2023年", "去年", None, None]


@pytest.mark.parametrize(
    ("text", "listed"),
    [
        ("1.压实责任。去年9月份到乡里工作。", "1.序号 9月份日期"),
        ("拨打12345热线，推出1+3+N模式。", "12345号码 1+3+N公式"),
        ("80年代，2023年以来，5月3日，近5年。", "80年代日期 2023年以来日期 5月3日日期 近5年时段"),
        ("在22街区设点。", "22街区设点编号或名称"),
        ("打造“三个清单”，近60余次。", "三个名称 近60余次上下限说法不一"),
        ("惠及上千户，过亿元，半数以上党员，伍仟户。", "上千户概数 过亿元概数 半数以上概数 伍仟户概数"),
        ("陆书记说得对。", ""),
        ("１２．5，7", "１２．5，7编号或名称"),
        ("（12）网格54个。", "（12）序号"),
        ("5，000，000，0", "5，000，000，0编号或名称"),
    ],
)
def test_numerals_that_state_nothing_are_listed_with_the_reason(text: str, listed: str) -> None:
    """Every Arabic numeral beside the figures, names in Chinese ones, and amounts without a number."""
    found = citing.numerals(text, mentions.find(text))
    said = [text[start:end] + reason for start, end, reason in found]
    assert sorted(said) == sorted(listed.split())


@pytest.mark.parametrize(
    ("text", "figures"),
    [
        ("近60余次", ""),
        ("打造“10分钟服务圈”，“三个清单”，“建成10个网格”", "10个"),
        ("50亩以上的种粮大户640户，亿元以上项目不少于30个", "640户 不少于30个"),
        ("产值过10亿元的4家，超5000万元的楼宇12栋", "4家 12栋"),
        ("70岁以上老人助餐，平均年龄41岁", "41岁"),
        ("岗位500个以上、培训80人，投资2亿元以上建设5个", "500个以上 80人 2亿元以上 5个"),
        ("三年新修村道，建校6年，头两个月不收租", ""),
        ("历时8个月，24小时内发货，每天8小时，驻村200天", "8个月 24小时内 8小时 200天"),
    ],
)  # fmt: skip
def test_what_reads_like_a_quantity_and_is_no_figure(text: str, figures: str) -> None:
    """Names, limits that say which things are counted, stretches of time, and disagreeing bounds."""
    assert " ".join(each.quantity.text for each in mentions.find(text)) == figures


def test_words_that_come_again_are_cited_by_number() -> None:
    """Counted through the section's heading and paragraphs, places that overlap included."""
    figures, numerals = citing.cite([("题", "开头5月。"), ("网格5个", "网格5个，网格5个。")], TOWN)
    assert [each["occurrence"] for each in figures] == [1, 2, 3]
    assert numerals == [{"cite": "5月", "section": 0, "reason": "日期"}]
    assert figures[0].keys() == {"cite", "occurrence", "section", "indicator", "topic"}
