"""The words beside each quantity of a passage → what it measures, and whether that is certain.

What they don't say is that of the quantity before.
"""

import re
from collections.abc import Sequence
from itertools import takewhile
from typing import NamedTuple

from speeches_cli import units
from speeches_cli.chinese import STATEMENT_END
from speeches_cli.drafting import nouns
from speeches_cli.drafting.mentions import TIMES, Mention
from speeches_cli.drafting.nouns import any_of

_AGAINST = (
    rf"[比较与](?:[上去前同][年期]|上半年|前?.?季度|上?学[年期])(?:同期)?(?:相比)?|{any_of('compared')}"
)
_GROWTH = re.compile(
    f"(?P<noun>.*?)(?:{_AGAINST})*(?P<word>{any_of('rises', 'falls')})(?:了|为|达|约|率)*$"
)
_SHARE = re.compile(
    "(?P<noun>.*?)(?:占比|比重|比例"
    "|[仍约又]?占(?:全[市县区镇乡村省国](?!社))?(?P<whole>.*?)的?(?:比重|比例)?)"
    "(?:达|为|由|提高到|达到|约)*$"
)
_RATE = re.compile("(?:率|度|比例|比重|占比)$")
_INCREASE = re.compile("(?:增收|净增|新增|增加|增长|提高)(?!到|至|值)[^，、]{0,8}$")
_ACTION = re.compile(f"(?P<action>{any_of('actions')})[了出]?$")
_SCOPE = re.compile(
    rf"(?:其中)?(?P<scope>(?!{any_of('no place', 'actions', 'verbs')})[^\W的了过和有是到在]{{2,5}}?"
    rf"(?:(?<![下进驻入])村|社区|小区|嘎查))(?!{any_of('of no place')})"
)
_LARGER = re.compile("全(?:[市县区镇乡村省国]|街道|社区)(?!社)")
_OWNED = ("企业", "园区", "学校", "医院")  # whose own 产值 or 收入 is a measure
_MONEY = ("元", "美元")
# Behind these, households or people are all that a unit has: 共8460户2.97万人.
_BEFORE_CENSUS = ("", "行政村数", "总户数", "自然村数", "村民小组数")
_CENSUS = {"户": "总户数", "人": "总人口"}


class Measure(NamedTuple):
    """What a quantity measures."""

    name: str = ""
    stem: str = ""  # the noun, without the words for growth, share or amount of change
    sure: bool = False
    kind: str = "level"  # or increase, change, share, rate
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
        before = mention.before
        if re.search(f"[{STATEMENT_END}]", mention.between):
            begun, queue = index, []
        earlier = named[begun:]
        if "分别" in before:
            head, _said, verb = before.rpartition("分别")
            head = nouns.clean(re.sub(f"(?:{_AGAINST})$", "", head), owner.unit)
            queue = _distributed(head, found[index + 1 :], earlier)
        if queue:
            before = queue.pop(0) + verb
        named.append(_measure(mention, before, earlier[-1] if earlier else Measure(), owner))
    return named


def _distributed(head: str, following: Sequence[Mention], earlier: Sequence[Measure]) -> list[str]:
    """Give each of the quantities of which 分别 speaks its noun: of its clause, or a measure before."""
    count = 1 + len([*takewhile(lambda each: re.fullmatch("[、和与及，]+", each.between), following)])
    if head.startswith("城乡") and count == 2:
        return [f"城镇{head[2:]}", f"农村{head[2:]}"]
    parts = [each for each in re.split("[、和与及]", head) if each]
    levels = [each.stem for each in earlier if each.kind in ("level", "increase")]
    if not parts and len(levels) >= count:
        return levels[-count:]
    return parts if len(parts) == count else [""] * count


def _measure(mention: Mention, before: str, previous: Measure, owner: Owner) -> Measure:
    scope, before = _scope(before, owner)
    if growth := _GROWTH.fullmatch(before):
        made = _change(mention, growth["word"], nouns.clean(growth["noun"], owner.unit), previous)
    elif units.is_relative(mention.quantity.unit):
        made = _part(mention, before, previous, owner)
    else:
        made = _level(mention, before, previous, owner)
    return made._replace(scope=scope or made.scope)


def _scope(before: str, owner: Owner) -> tuple[str | None, str]:
    """Take off the part of the unit, or the larger one, of which a clause speaks."""
    lead = nouns.TIME.match(before)
    start = lead.end() if lead else 0
    part, larger = _SCOPE.match(before, start), _LARGER.match(before, start)
    if part and part["scope"] not in owner.unit:
        return part["scope"], before[part.end() :]
    if larger and larger[0][1:] not in owner.kind:
        return larger[0], before[larger.end() :]
    return None, before


def _change(mention: Mention, word: str, noun: str, previous: Measure) -> Measure:
    """Name a growth in percent, or an amount by which something grew or fell."""
    if previous.kind in ("rate", "share") and not noun:
        stem = previous.name
    else:
        stem = nouns.named(noun) or previous.stem
    sure = nouns.is_clear(stem) if noun else bool(stem) and previous.sure
    scope = None if noun else previous.scope
    unit = mention.quantity.unit
    falling = word in nouns.WORDS["falls"]
    signed = mention.quantity.value < 0  # a decrease of -2 would be an increase
    if not units.is_relative(unit):
        way = "变化" if signed else "减少" if falling else "增加"
        ending = "额" if units.dimension(unit) in _MONEY else "数"
        return Measure(f"{stem}{way}{ending}", stem, sure, "increase", scope)
    way = "变化" if signed else "下降" if falling else "提高"
    name = f"{stem}{way}幅度" if unit == units.PERCENTAGE_POINT else f"{stem}增速"
    # A fall that is read as if it were growth is not sure.
    return Measure(name, stem, sure and (signed or not falling), "change", scope)


def _part(mention: Mention, before: str, previous: Measure, owner: Owner) -> Measure:
    if share := _SHARE.fullmatch(before):
        noun, whole = (nouns.clean(share[each] or "", owner.unit) for each in ("noun", "whole"))
        stem = noun or previous.stem
        name = f"{stem}占{nouns.named(whole)}比重" if whole else f"{stem}占比"
        sure = bool(noun and whole) and nouns.is_clear(stem)
        return Measure(name, stem, sure, "share", None if noun else previous.scope)
    noun = nouns.clean(before, owner.unit)
    if _RATE.search(noun):
        sure = len(noun) > 3 and nouns.is_clear(noun)
        return Measure(nouns.named(noun), noun, sure, "rate")
    stem = noun or nouns.behind(mention.behind) or previous.stem
    return Measure(f"{stem}占比", stem, sure=False, kind="rate")


def _level(mention: Mention, before: str, previous: Measure, owner: Owner) -> Measure:
    """Name a level by its noun, or by what was counted or measured before it."""
    unit = mention.quantity.unit
    dimension = units.dimension(unit)
    noun = nouns.clean(before, owner.unit)
    behind = "" if dimension in _MONEY else nouns.behind(mention.behind).removeprefix("人家")
    if behind and before.endswith("年产"):
        return Measure(f"{behind}年产能", behind, nouns.is_clear(behind))
    if behind and units.is_counted(unit):
        action = _ACTION.search(noun)
        noun = (action["action"] if action else "") + behind
    is_part = bool(noun) and before.endswith("的")  # 产值过亿的4家
    noun = noun or behind
    census = _CENSUS.get(dimension) if previous.name in _BEFORE_CENSUS else None
    if not noun and census and not re.search("[带惠吸]", mention.before):
        return Measure(census, census, sure=True)
    if not noun:
        name = nouns.named(previous.stem, unit)
        return previous._replace(name=name, sure=False, kind="level")
    if noun in nouns.WORDS["heads"] and owner.kind in _OWNED:
        noun = owner.kind + noun
    name = nouns.named(noun, unit)
    stem = name if name in nouns.TERMS.values() or dimension in _MONEY else noun
    kind = "increase" if _INCREASE.search(mention.before) else "level"
    said = dimension not in TIMES or name == noun  # 客商订单24小时内 says not what lasts so long
    return Measure(name, stem, said and not is_part and nouns.is_clear(noun), kind)
