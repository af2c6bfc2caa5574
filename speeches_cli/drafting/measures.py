"""The words beside each quantity of a passage → what it measures, and whether that is certain.

A measure is a head noun, whether it is a level, an amount of change, a growth or a share, and its
scope; its name is made from these words. What they don't say is that of the quantity before.
"""

import re
from collections.abc import Sequence
from itertools import takewhile
from typing import NamedTuple

from speeches_cli import units
from speeches_cli.chinese import STATEMENT_END
from speeches_cli.drafting import nouns
from speeches_cli.drafting.mentions import Mention
from speeches_cli.drafting.nouns import any_of

_AGAINST = (
    f"[比较与](?:[上去前同][年期]|上半年|前?.?季度|上?学[年期])(?:同期)?(?:相比)?|{any_of('compared')}"
)
_GROWTH = re.compile(
    f"(?P<noun>.*?)(?:{_AGAINST})*(?P<word>{any_of('rises', 'falls')})(?:了|为|达|约|率)*$"
)
_OF_GROWTH = ("降幅", "增幅", "增速", "占比", "比重")
_SHARE = re.compile(
    "(?P<noun>.*?)(?:占比|比重|比例"
    "|[仍约又]?占(?:全[市县区镇乡村省国](?!社))?(?P<whole>.*?)的?(?:比重|比例)?)"
    "(?:达|为|由|提高到|达到|约)*$"
)
_OF_PLAN = re.compile(
    "(?P<noun>.*?)(?:[占为]|完成)了?(?:[全本]?年度?|半年)?(?P<plan>目标|计划|任务)(?:目标|任务)?的$"
)
_GAP = re.compile(
    "(?P<noun>.*?)(?P<way>[高低])[于出](?P<whose>全[国省市州县区]|.{1,3}[省市州县区])(?:平均)?(?:水平)?$"
)
_INCREASE = re.compile("(?:增收|净增|新增|增加|增长|提高)(?!到|至|值)[^，、]{0,8}$")
_RATE = re.compile("(?:率|度|比例|比重|占比)$")
_ACTION = re.compile(f"(?:{any_of('actions')})[了出]?$")
_ACTION_FIRST = re.compile(f"(?:{any_of('actions')})[了出]?")
_HEAD = re.compile("(?:投资|产值|收入|利润|税收|销售|出口|产量|面积)额?$")
_ATTRIBUTE = re.compile("平均年龄|人均.{2,8}|.{1,3}[率度]|年龄|平均工资|.{0,2}均.{1,4}|容量|库容")
_MEAN = re.compile("[人户亩村]均")
_FIRST_OF_NAME = (
    "(?![全各本我邻每整该外两几多老旧新安置行政自然贫困脱贫示范试点重点薄弱先进偏远城中乡农])"
)
_SCOPE = re.compile(
    rf"(?:其中)?(?P<scope>{_FIRST_OF_NAME}(?!{any_of('actions', 'verbs')})[^\W的了过和有是到在]{{2,5}}?"
    r"(?:(?<![下进驻入])村|社区|小区|嘎查)"
    rf"|(?<=其中){_FIRST_OF_NAME}\w{{2,6}}?(?:镇|乡|街道|县|区))"
    "(?!民|级|集体|委|干部|工作|支|里|庄|镇|道|振|域|建|企)"
)
_LARGER = re.compile("全(?:[市县区镇乡村省国校厂]|街道|社区)(?!社)")
_INNER_KINDS = ("村", "社区", "镇", "乡", "街道", "县", "区", "市")
_OWNED = ("企业", "园区", "学校", "医院")  # whose own 产值 or 收入 is a measure
_COUNTED = ("thing", "person", "household")
_MONEY = ("money", "US dollars")
_TIMES = ("years", "months", "days", "working days", "time")


class Measure(NamedTuple):
    """What a quantity measures."""

    name: str = ""
    stem: str = ""
    """The noun, without the words for growth, share or amount of change."""
    thing: str = ""
    """What is counted, of which a rate that follows is: 职工, 热线工单."""
    sure: bool = False
    kind: str = "level"
    """As the corpus file has it: level, increase, change, share or rate."""
    scope: str | None = None
    whole: str = ""
    """The stem of what it is a part of (其中)."""
    unit: str = ""


class Owner(NamedTuple):
    """Whose speech it is."""

    unit: str
    kind: str


def name_all(found: Sequence[Mention], owner: Owner) -> list[Measure]:
    """Name what the quantities of a passage measure."""
    named: list[Measure] = []
    begun = 0  # the first quantity of the sentence
    queue: list[str] = []
    verb = ""
    for index, mention in enumerate(found):
        before = mention.before
        if re.search(f"[{STATEMENT_END}]", mention.between):
            begun, queue = index, []
        earlier = named[begun:]
        is_near = len(re.findall("[，、]", mention.between)) <= 1
        if "分别" in before:
            head, _said, verb = before.rpartition("分别")
            head = nouns.clean(re.sub(f"(?:{_AGAINST})$", "", head), owner.unit)
            queue = _distributed(head, found[index + 1 :], earlier)
        if queue:
            is_near = bool(queue[0])
            before = queue.pop(0) + verb
        made = _measure(mention, before, earlier, owner, is_near=is_near)
        whole = earlier[-1].stem if earlier and "其中" in before else ""
        named.append(made._replace(whole=whole, unit=mention.quantity.unit))
    return named


def _distributed(head: str, following: Sequence[Mention], earlier: Sequence[Measure]) -> list[str]:
    """Give each of the quantities of which 分别 speaks its noun: of its clause, or a measure before.

    They are those with nothing but 、 or 和 between them.
    """
    count = 1 + len([*takewhile(lambda each: re.fullmatch("[、和与及，]+", each.between), following)])
    if head.startswith("城乡") and count == 2:
        return [f"城镇{head[2:]}", f"农村{head[2:]}"]
    parts = [each for each in re.split("[、和与及]", head) if each]
    levels = [each.stem for each in earlier if each.kind in ("level", "increase")]
    if not parts and len(levels) >= count:
        return levels[-count:]
    return parts if len(parts) == count else [""] * count


def _measure(
    mention: Mention, before: str, earlier: Sequence[Measure], owner: Owner, *, is_near: bool
) -> Measure:
    """Name one quantity."""
    previous = earlier[-1] if earlier else Measure()
    scope, before = _scope(before, owner)
    if growth := _GROWTH.fullmatch(before):
        near = previous if is_near else previous._replace(sure=False)
        made = _change(mention, growth, near, owner)
    elif units.is_relative(mention.quantity.unit):
        made = _part(mention, before, previous, owner)
    else:
        made = _level(mention, before, previous, owner)
    return made._replace(scope=scope or made.scope)


def _scope(before: str, owner: Owner) -> tuple[str | None, str]:
    """Take off the part of the unit, or the larger one, of which a clause speaks."""
    lead = nouns.TIME.match(before)
    start = lead.end() if lead else 0
    found = _SCOPE.match(before, start)
    if found and found["scope"] not in owner.unit:
        return found["scope"], before[found.end() :]
    larger = _LARGER.match(before, start)
    if larger and owner.kind in _INNER_KINDS and larger[0][1:] not in owner.kind:
        return larger[0], before[larger.end() :]
    return None, before


def _change(mention: Mention, growth: re.Match[str], previous: Measure, owner: Owner) -> Measure:
    """Name a growth in percent, or an amount by which something grew or fell."""
    noun = nouns.clean(growth["noun"], owner.unit)
    if of_growth := noun in _OF_GROWTH:
        stem = previous.stem + noun
    elif previous.kind in ("rate", "share") and not noun:
        stem = previous.name
    else:
        stem = nouns.named(noun) or previous.stem
    clear = nouns.is_clear(stem) if noun else bool(stem) and previous.sure
    scope = None if noun and not of_growth else previous.scope
    unit, word = mention.quantity.unit, growth["word"]
    falling = word in nouns.WORDS["falls"]
    signed = mention.quantity.value < 0  # a decrease of -2 would be an increase
    if units.is_relative(unit):
        way = "变化" if signed else "收窄" if word == "收窄" else "下降" if falling else "提高"
        by_points = unit == units.PERCENTAGE_POINT or of_growth
        name = f"{stem}{way}幅度" if by_points else f"{stem}增速"
        # A fall that is read as if it were growth is not sure.
        sure = clear and not of_growth and (signed or not falling)
        return Measure(name, stem, previous.thing, sure, "change", scope)
    if units.dimension(unit) in _COUNTED and word in ("新增", "净增", "增加"):
        name = nouns.named(f"新增{stem}", unit)
    else:
        way = "变化" if signed else "减少" if falling else "增加"
        name = f"{stem}{way}{'额' if units.dimension(unit) in _MONEY else '数'}"
    return Measure(name, stem, "", clear, "increase", scope)


def _part(mention: Mention, before: str, previous: Measure, owner: Owner) -> Measure:
    """Name a share, a rate, or how far something is above somebody else's."""
    for pattern in (_OF_PLAN, _GAP, _SHARE):
        if match := pattern.fullmatch(before):
            return _beside(match.groupdict(""), before, previous, owner)
    noun = nouns.clean(before, owner.unit)
    if noun and _RATE.search(noun):
        attribute = _ATTRIBUTE.fullmatch(noun) and previous.thing
        noun = previous.thing + noun if attribute else noun
        clear = not attribute and len(noun) > 3 and nouns.is_clear(noun)
        return Measure(nouns.named(noun), noun, previous.thing, clear, "rate")
    if not noun and previous.kind in ("rate", "share") and re.search("[到至]$", before):
        return previous
    stem = noun or nouns.behind(mention.behind) or previous.stem
    return Measure(f"{stem}占比", stem, previous.thing, False, "rate")


def _beside(said: dict[str, str], before: str, previous: Measure, owner: Owner) -> Measure:
    """Name what is set against a plan, a whole, or the average of a larger unit."""
    noun = nouns.clean(said["noun"], owner.unit)
    stem, kind = noun or previous.stem, "share"
    clear = nouns.is_clear(stem) if noun else bool(stem) and previous.sure
    if "plan" in said:
        name, kind = f"{stem}{said['plan']}完成率", "rate"
    elif "way" in said:
        name, kind = f"{noun or previous.name}{said['way']}于{said['whose']}幅度", "change"
    else:
        stated = nouns.clean(said["whole"], owner.unit)
        whole = stated or (previous.stem if "其中" in before else previous.whole)
        name = f"{stem}占{nouns.named(whole)}比重" if whole else f"{stem}占比"
        clear = clear and bool(noun and stated)
    return Measure(name, stem, previous.thing, clear, kind, None if noun else previous.scope)


def _level(mention: Mention, before: str, previous: Measure, owner: Owner) -> Measure:
    """Name a level by its noun, or by what was counted or measured before it."""
    unit = mention.quantity.unit
    dimension = units.dimension(unit)
    noun = nouns.clean(before, owner.unit)
    behind = "" if dimension in _MONEY else nouns.behind(mention.behind).removeprefix("人家")
    if behind and before.endswith("年产"):
        return Measure(f"{behind}年产能", behind, sure=nouns.is_clear(behind))
    is_attribute = bool(noun) and before.endswith("的")
    if behind and units.is_counted(unit):
        action = _ACTION.search(noun)
        noun = (action[0].rstrip("了出") if action else "") + behind
    elif is_attribute:
        noun += previous.thing
    noun = noun or behind
    if mention.between.startswith("、") and noun in nouns.WORDS["heads"]:
        subject = _HEAD.sub("", previous.stem)  # 列统企业产值9亿元、销售8亿元
        noun = noun if subject == previous.stem else subject + noun
    if not noun and dimension in ("household", "person") and _is_census(mention, previous):
        name = "总户数" if dimension == "household" else "总人口"
        return Measure(name, name, sure=True)
    if not noun:
        same = previous.kind == "level" and previous.unit == unit
        name = previous.name if same else nouns.named(previous.thing or previous.stem, unit)
        return previous._replace(name=name, sure=False, kind="level")
    kind = "increase" if _INCREASE.search(mention.before) else "level"
    of_thing = _ATTRIBUTE.fullmatch(noun) and previous.thing
    if of_thing or _MEAN.fullmatch(noun):
        noun = previous.thing + noun if of_thing else noun + previous.stem.removeprefix(noun[0])
        return Measure(nouns.named(noun, unit), noun, previous.thing, False, kind)
    if noun in nouns.WORDS["heads"] and owner.kind in _OWNED:
        noun = owner.kind + noun
    name = nouns.named(noun, unit)
    stem = name if name in nouns.TERMS.values() or dimension in _MONEY else noun
    thing = _ACTION_FIRST.sub("", noun, count=1) if dimension in _COUNTED else ""
    thing = previous.thing if is_attribute and previous.thing else thing
    said = dimension not in _TIMES or name == noun  # 客商订单24小时内 says not what lasts so long
    return Measure(name, stem, thing, said and nouns.is_clear(noun), kind)


def _is_census(mention: Mention, previous: Measure) -> bool:
    """Tell whether households or people are all that a unit has: 共8460户2.97万人."""
    alone = previous.name in ("", "行政村数", "总户数", "自然村数", "村民小组数")
    return alone and not re.search("[带惠吸]", mention.before)
