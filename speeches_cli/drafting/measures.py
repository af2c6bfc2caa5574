"""The words beside each quantity of a passage → what it measures, and whether that is certain.

A measure is a head noun, whether it is a level, an amount of change, a growth or a share, and its
scope; its name is made from these words. What they don't say is that of the quantity before.
"""

import re
from collections.abc import Sequence
from typing import NamedTuple

from speeches_cli import units
from speeches_cli.chinese import STATEMENT_END
from speeches_cli.drafting import nouns
from speeches_cli.drafting.mentions import Mention
from speeches_cli.drafting.nouns import any_of

_AGAINST = (
    f"[比较与](?:[上去前同][年期]|上半年|.?季度|上?学[年期])(?:同期)?(?:相比)?|{any_of('compared')}"
)
_GROWTH = re.compile(
    f"(?P<noun>.*?)(?:{_AGAINST})*(?P<word>{any_of('rises', 'falls')})(?:了|为|达|约|率)*$"
)
_SHARE = re.compile(
    "(?P<noun>.*?)(?:占比|比重|比例"
    "|[仍约又]?占(?:全[市县区镇乡村省国](?!社))?(?P<whole>.*?)的?(?:比重|比例)?)"
    "(?:达|为|由|提高到|达到|约)*$"
)
_INCREASE = re.compile("(?:增收|净增|新增|增加|增长|提高)(?!到|至|值)[^，、]{0,8}$")
_RATE = re.compile("(?:率|度|比例|比重|占比)$")
_INNER = re.compile("(?<=..)(?:完成|实现|共有|拥有)(?=..)")
_ACTION = re.compile(f"(?:{any_of('actions')})[了出]?$")
_ACTION_FIRST = re.compile(f"(?:{any_of('actions')})[了出]?")
_HEAD = re.compile("(?:投资|产值|收入|利润|销售|产量|面积)额?$")
_ATTRIBUTE = re.compile("平均年龄|人均.{2,8}|.{1,3}[率度]|年龄|平均工资|.{0,2}均.{1,4}")
_GENERIC = "全各本我邻每整该外两几多老旧新安置行政自然贫困脱贫示范试点重点薄弱先进偏远城中乡农"
_NAME = f"(?![{_GENERIC}])[\u4e00-\u9fff]"
_SCOPE = re.compile(
    rf"(?:其中)?(?P<scope>{_NAME}{{2,5}}?(?:村|社区|小区|嘎查)"
    rf"|(?<=其中){_NAME}{{2,6}}?(?:镇|乡|街道|县|区))"
    "(?!民|级|集体|委|干部|工作|支|里|庄|镇|道|振|域|建|企)"
)
_LARGER = re.compile("全(?:[市县区镇乡村省国校厂]|街道|社区)(?!社)")
_INNER_KINDS = ("村", "社区", "镇", "乡", "街道", "县", "区", "市")
_OWNED = ("企业", "园区", "学校", "医院")
"""Kinds of units whose own 产值 or 收入 is a measure."""
_COUNTED = ("thing", "person", "household")
_MONEY = ("money", "US dollars")


class Measure(NamedTuple):
    """What a quantity measures."""

    name: str = ""
    stem: str = ""
    """The noun, without the words for growth, share or amount of change."""
    subject: str = ""
    """What the noun is said of where a verb parts the two: 列统企业(完成)产值."""
    thing: str = ""
    """What is counted, of which a rate that follows is: 职工, 热线工单."""
    sure: bool = False
    kind: str = "level"
    """As the corpus file has it: level, increase, change, share or rate."""
    scope: str | None = None


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
        between = _between(found, index)
        if re.search(f"[{STATEMENT_END}]", between):
            begun, queue = index, []
        earlier, before = named[begun:], mention.before
        if "分别" in before:
            head, _said, verb = before.rpartition("分别")
            head = nouns.clean(re.sub(f"(?:{_AGAINST})$", "", head), owner.unit)
            count = _group(found, index)
            queue = _distributed(head, count, earlier) or [""] * count
        if queue:
            between = "" if queue[0] else "，，"
            before = queue.pop(0) + verb
        named.append(_measure(mention, before, between, earlier, owner))
    return named


def _between(found: Sequence[Mention], index: int) -> str:
    """Give the words between a quantity and the one before it."""
    start = found[index - 1].quantity.end if index else 0
    return found[index].text[start : found[index].quantity.start]


def _group(found: Sequence[Mention], index: int) -> int:
    """Count the quantities that 分别 speaks of: those with nothing but 、 or 和 between them."""
    count = 1
    while index + count < len(found) and re.fullmatch("[、和与及，]+", _between(found, index + count)):
        count += 1
    return count


def _distributed(head: str, count: int, earlier: Sequence[Measure]) -> list[str]:
    """Give each of so many quantities its noun: those of its clause, else of the measures before."""
    if head.startswith("城乡") and count == 2:
        return [f"城镇{head[2:]}", f"农村{head[2:]}"]
    parts = [each for each in re.split("[、和与及]", head) if each]
    levels = [each.stem for each in earlier if each.kind in ("level", "increase")]
    if len(parts) == count:
        return parts
    return levels[-count:] if not parts and len(levels) >= count else []


def _measure(
    mention: Mention, before: str, between: str, earlier: Sequence[Measure], owner: Owner
) -> Measure:
    """Name one quantity."""
    previous = earlier[-1] if earlier else Measure()
    near = previous if len(re.findall("[，、]", between)) <= 1 else previous._replace(sure=False)
    scope, before = _scope(before, owner)
    if growth := _GROWTH.fullmatch(before):
        made = _change(mention, growth, near, owner)
    elif units.is_relative(mention.quantity.unit):
        made = _part(mention, before, previous, owner)
    else:
        made = _level(mention, before, between.startswith("、"), previous, owner)
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
    noun, subject = _noun(growth["noun"], owner)
    of_growth = noun in ("降幅", "增幅", "增速", "占比", "比重")
    stem = f"{previous.stem}{noun}" if of_growth else nouns.named(noun) or previous.stem
    clear = nouns.is_clear(stem) if noun else bool(stem) and previous.sure
    scope = None if noun and not of_growth else previous.scope
    unit, falling = mention.quantity.unit, growth["word"] in nouns.WORDS["falls"]
    signed = mention.quantity.value < 0  # a decrease of -2 would be an increase
    direction = "变化" if signed else ""
    if units.is_relative(unit):
        ending = "增速"
        if unit == units.PERCENTAGE_POINT or of_growth:
            ending = f"{direction or ('下降' if falling else '提高')}幅度"
        # A fall that is read as if it were growth is not sure.
        sure = clear and not of_growth and (signed or not falling)
        return Measure(stem + ending, stem, subject, previous.thing, sure, "change", scope)
    if units.dimension(unit) in _COUNTED and growth["word"] in ("新增", "净增", "增加"):
        name = nouns.named(f"新增{stem}", unit)
    else:
        amount = "额" if units.dimension(unit) in _MONEY else "数"
        name = f"{stem}{direction or ('减少' if falling else '增加')}{amount}"
    return Measure(name, stem, subject, "", clear, "increase", scope)


def _part(mention: Mention, before: str, previous: Measure, owner: Owner) -> Measure:
    """Name a share or a rate."""
    if (share := _SHARE.fullmatch(before)) and (share["whole"] is not None or "比" in before):
        noun, subject = _noun(share["noun"], owner)
        whole = nouns.clean(share["whole"] or "", owner.unit)
        stem = noun or previous.stem
        name = f"{stem}占{nouns.named(whole)}比重" if whole else f"{stem}占比"
        sure = bool(noun and whole) and nouns.is_clear(stem)
        scope = None if noun else previous.scope
        return Measure(name, stem, subject, previous.thing, sure, "share", scope)
    noun, subject = _noun(before, owner)
    if noun and _RATE.search(noun):
        inferred = _ATTRIBUTE.fullmatch(noun) and previous.thing
        noun = previous.thing + noun if inferred else noun
        clear = not inferred and len(noun) > 3 and nouns.is_clear(noun)
        return Measure(nouns.named(noun), noun, subject, previous.thing, clear, "rate")
    if not noun and previous.kind in ("rate", "share") and re.search("[到至]$", before):
        return previous
    stem = noun or nouns.behind(mention.behind) or previous.stem
    return Measure(f"{stem}占比", stem, subject, previous.thing, False, "rate")


def _level(mention: Mention, before: str, is_listed: bool, previous: Measure, owner: Owner) -> Measure:
    """Name a level by its noun, or by what was counted or measured before it."""
    unit = mention.quantity.unit
    dimension = units.dimension(unit)
    noun, subject = _noun(before, owner)
    behind = "" if dimension in _MONEY else nouns.behind(mention.behind).removeprefix("人家")
    if behind and units.is_counted(unit):
        action = _ACTION.search(noun)
        noun = (action[0].rstrip("了出") if action else "") + behind
    elif noun and before.endswith("的"):
        noun += previous.thing
    noun = noun or behind
    if is_listed and not subject and noun in nouns.WORDS["heads"]:
        subject = previous.subject or _HEAD.sub("", previous.stem)
        noun = subject + noun
    if not noun and dimension in ("household", "person") and _is_census(mention, previous):
        name = "总户数" if dimension == "household" else "总人口"
        return Measure(name, name, sure=True)
    if not noun:
        name = nouns.named(previous.thing or previous.stem, unit)
        return previous._replace(name=name, sure=False, kind="level")
    kind = "increase" if _INCREASE.search(mention.before) else "level"
    if _ATTRIBUTE.fullmatch(noun) and previous.thing:
        noun = previous.thing + noun
        return Measure(nouns.named(noun, unit), noun, subject, previous.thing, False, kind)
    if noun in nouns.WORDS["heads"] and owner.kind in _OWNED:
        noun = owner.kind + noun
    name = nouns.named(noun, unit)
    stem = name if name in nouns.TERMS.values() else noun
    thing = _ACTION_FIRST.sub("", noun, count=1) if dimension in _COUNTED else ""
    return Measure(name, stem, subject, thing, nouns.is_clear(noun), kind)


def _is_census(mention: Mention, previous: Measure) -> bool:
    """Tell whether households or people are all that a unit has: 共8460户2.97万人."""
    alone = previous.name in ("", "行政村数", "总户数", "自然村数", "村民小组数")
    return alone and not re.search("[带惠吸]", mention.before)


def _noun(text: str, owner: Owner) -> tuple[str, str]:
    """Clean a noun, and give with it the subject that a verb parts from it."""
    noun = nouns.clean(text, owner.unit)
    parts = _INNER.split(noun)
    return "".join(parts), parts[0] if len(parts) == 2 else ""
