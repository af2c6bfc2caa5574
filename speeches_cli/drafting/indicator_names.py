"""The words beside a quantity → what it is about: its indicator's short name, as a person writes it."""

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from speeches_cli import units
from speeches_cli.drafting.mentions import Mention

# Words that only lead to what is counted.
_LEADING = """
年 年均 每年 年内 上半年 下半年 今年 去年 今年以来 目前 截至目前 累计 先后 共同 分别 逐一
顺利 有效 彻底 妥善 全力 全部 及时 集中 统一 率先 协同 并 已 可 将 在 为 以 由 对 把
使 从 与 其中 又 还 一是 二是 三是 建成 建设 建立 建好 修建 兴建 打造 培育 成立 组建 设置
设立 配备 构建 梳理 征集 达成 签订 召开 开展 组织 组织开展 创建 发挥 充分发挥 依托 实现 完成 实施
落实 做好 推动 推进 推动实施 引导 促进 布局 引进 建有 拥有 现有 设有 配套 达
达到 为了 做到 形成 力争 启动 规划 发展 带动发展 发放 提供 鼓励 支持 帮助 撬动 联结 聚合 整合
遴选 确定 涵盖 辖区 辖区内 全镇 全街 全区 全乡 本街道 街道 所辖 各类 各项 各级
多元 等 比去年 比上年 较去年 较上年
"""
# Words that say what was done, and belong to the measure: 解决问题数 is no 问题数. Some say the same.
_ACTIONS = """
解决 协调解决=解决 发现解决=解决 发现并解决=解决 化解 调处=化解 办结 办理 受理 排查 整改 排查整改
责令整改=整改 查改=整改 整治 查处 走访 入户走访 收集 上报 推送 打通 加装 吸纳
惠及 覆盖 催缴 收购 争取 评定 选配 选优配强=选配 带动 链动=带动 吸引 统筹
帮扶 结对帮扶=帮扶 兑现 整理 流转 拆除 新建 新增 新签约 新入驻 培训 慰问 救助 接待
征收 改造 维修
"""
_ACTION_OF = {word: same or word for word, same in re.findall(r"([^\s=]+)(?:=(\S+))?", _ACTIONS)}


def _beginning(words: set[str]) -> re.Pattern[str]:
    """Match one of the words, longest first, so that 组织开展 isn't 组织 and a noun."""
    return re.compile("|".join(sorted(words, key=len, reverse=True)))


_LED = _beginning(set(_LEADING.split()))
_LED_OR_DONE = _beginning({*_LEADING.split(), *_ACTION_OF})
_PARTICLE = re.compile("^共(?!驻|建|享|产|治)|^[了着]")
_LINKS = re.compile(
    "(?:^[的、，和]+)|(?:^(?:[0-9０-９]{1,2}[．.、]|[（(][一二三四五六七八九十]{1,3}[）)]))|(?:[由从](?:去年|上年|原来)?的?|去年的|上年的|[—+＋]|增加到|减少到)$"
)
# What follows the thing counted, behind the quantity.
_NEXT = re.compile(
    "担任|兼职|参与|全部|成立|组成|落地|入股|入驻|当年|签约|纳入|纳为|划为|降为|增加|减少|下降|增长|逐门逐户"
    "|结对|因需制宜|统筹|解决|提供|建成|建立|开展|实现|获得|享受|完成|达到|为|与(?!会)|等|给|被|由|在|对|到|战斗"
    "|作用|资源|年均|[+＋的]"
)
_CUT = re.compile("(?:等|各类|各项|一系列|的)(?!级|次|待|确)")
_PER = re.compile(
    "每(?:个|名|家|户|座)?([\u4e00-\u9fff]{1,4}?)(?:由|配备|配有|有|设有|设置|设立|安排|选派)"
)
_QUOTED = re.compile("“[^”]*”")
_NAMED = re.compile("^(?:“[^”]*”)+(?=[^“”]{2})")

_SUFFIX = {
    "money": "额",
    "US dollars": "美元额",
    "area": "面积",
    "平方米 or 立方米": "规模",
    "length": "长度",
    "volume": "体积",
    "mass": "产量",
    "power": "装机容量",
    "energy": "电量",
    "years": "年数",
    "months": "月数",
    "days": "天数",
    "time": "时长",
    "thing": "数",
    "visit": "人次",
    "transaction": "数",
    "enterprise visit": "次数",
    "percent": "率",
}
_COMPLETE = {
    "money": re.compile("(?:收入|产值|总值|增加值|利润|税收|总额|价值|成本|额)$"),
    "area": re.compile("面积$"),
    "length": re.compile("(?:长度|里程)$"),
    "mass": re.compile("(?:产量|总量|量)$"),
    "percent": re.compile("(?:率|比例|比重|占比|度)$"),
    "person": re.compile("(?:人数|人口|数)$"),
    "thing": re.compile("(?:数|数量|总数)$"),
}
_PERSON = re.compile("[员人民众者师生手友记兵长户]$|干部$|代表$|[职员民]工$")
_GROWTH = re.compile("(同比|环比|年均)?(增长|提高|提升|上升|增加|下降|降低|减少|缩减)了?$")
_FALLS = ("下降", "降低", "减少", "缩减")
_TAIL = re.compile("(?:数量|总数|总面积|总额|达到|达|约|共|为|有|了|至|到|—|-)+$")
_LAST = ("改造", "维修")
"""These stand behind the thing: 外墙保温改造面积."""
_STEM = re.compile("(?:数|额)$")
_YIELD = re.compile("^产(?!业|值|品)")
_WHOLE = re.compile("占(?:[全本][镇街区县市乡])?(.+?)的?$")
_SHORT = 5
"""In characters: a shorter rate (化解率) doesn't say of what."""


class Named(NamedTuple):
    """The name of an indicator, and what it is made of."""

    indicator: str
    thing: str
    """The thing that it counts; empty where it measures or counts people and households."""
    stem: str
    """What was done with it, and the thing: the name without the word for the kind of measure."""


class _Phrase(NamedTuple):
    """What a quantity is about, as far as the words beside it say."""

    action: str
    """解决, 化解 …: what was done, where it belongs to the measure; else empty."""
    noun: str
    """What is counted or measured; empty where the words don't say."""
    per: str = ""
    """网格, where the quantity is that of each 网格."""


def name_all(found: Iterable[Mention]) -> Iterator[tuple[Mention, Named]]:
    """Name the indicators of a passage's quantities, one after the other."""
    previous = None
    for mention in found:
        previous = _name(mention, _read(mention), previous)
        yield mention, previous


def _name(mention: Mention, phrase: _Phrase, previous: Named | None) -> Named:
    """Name the indicator of a quantity; `previous` is that of the quantity before it, if any.

    What the words don't say is taken from the quantity before: 同比增长18% and 62户64人.
    """
    unit = mention.quantity.unit
    dimension = units.dimension(unit)
    before = previous or Named("", "", "")
    if units.is_relative(unit):
        return before._replace(indicator=_relative(mention.before, phrase, before))
    noun = _TAIL.sub("", phrase.noun)
    if dimension == "mass":
        noun = _YIELD.sub("", noun)
    if not noun and not phrase.action and before.indicator:
        return before._replace(indicator=before.stem + _suffix(dimension, unit, before.stem))
    order = (noun, phrase.action) if phrase.action in _LAST else (phrase.action, noun)
    stem = "".join((f"每{phrase.per}" if phrase.per else "", *order))
    counted = noun if dimension in ("thing", "transaction") else ""
    return Named(stem + _suffix(dimension, unit, stem), counted, stem)


def _suffix(dimension: str, unit: str, noun: str) -> str:
    """Give the word that says what kind of measure it is, where the noun doesn't."""
    complete = _COMPLETE.get(dimension)
    if complete and complete.search(noun):
        return ""
    if dimension == "person":
        return "数" if _PERSON.search(noun) else "人数"
    if dimension == "household":
        return "数" if noun.endswith("户") else "户数"
    if dimension == "occasion":
        return "次数" if unit == "次" else unit
    return _SUFFIX.get(dimension, "")


def _relative(before: str, phrase: _Phrase, previous: Named) -> str:
    """Name a change, a share or a rate."""
    stem = _STEM.sub("", previous.indicator)
    if growth := _GROWTH.search(phrase.noun):
        said = _TAIL.sub("", phrase.noun[: growth.start()]) or stem
        return f"{said}降幅" if growth[2] in _FALLS else f"{said}{growth[1] or ''}增速"
    if whole := _WHOLE.search(before):
        return f"{stem}占{_TAIL.sub('', whole[1])}比例"
    noun = _TAIL.sub("", phrase.noun)
    if len(noun) < _SHORT:
        noun = previous.thing + noun
    return noun + _suffix("percent", "%", noun)


def _read(mention: Mention) -> _Phrase:
    """Read what stands beside a quantity: behind it, or, where nothing fits there, before it.

    Of a percentage or a sum of money, only what stands before it is said.
    """
    dimension = units.dimension(mention.quantity.unit)
    if units.is_relative(mention.quantity.unit):
        return _Phrase("", _strip(_LINKS.sub("", mention.before), _LED)[1])
    per = _PER.search(mention.before)
    action, before = _before(mention.before[per.end() :] if per else mention.before)
    behind = "" if dimension == "money" else _behind(mention.behind)
    return _Phrase(action, _plain(behind or before), per[1] if per else "")


def _before(text: str) -> tuple[str, str]:
    """Part what stands before a quantity into the action and the thing."""
    text = _LINKS.sub("", text)
    if "等" not in text:
        text = text.rpartition("、")[2]
    hidden = _QUOTED.sub(lambda quoted: "“" * len(quoted[0]), text)
    cuts = [match.end() for match in _CUT.finditer(hidden)]
    action = ""
    if cuts and len(text) - cuts[-1] > 1:
        action = _strip(text, _LED_OR_DONE)[0]
        text = text[cuts[-1] :]
    said, thing = _strip(text, _LED_OR_DONE)
    return said or action, thing


def _strip(text: str, words: re.Pattern[str]) -> tuple[str, str]:
    """Take leading words off; give the last of the actions among them, and the rest."""
    action = ""
    while word := words.match(text):
        action = _ACTION_OF.get(word[0], action)
        text = _PARTICLE.sub("", text[word.end() :])
    return action, text


def _behind(text: str) -> str:
    """Take the thing from what stands behind a quantity, up to a verb or 的."""
    text = text.removeprefix("的")
    following = _NEXT.search(text)
    return (text[: following.start()] if following else text).rstrip("和及")


def _plain(thing: str) -> str:
    """Take a name in quotation marks off the thing that it names: “梅园”田园生态园."""
    return re.sub("[“”]", "", _NAMED.sub("", thing))
