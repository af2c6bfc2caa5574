"""One speech's passages → its figures, with what each measures, and its other numerals, all cited."""

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import takewhile
from typing import Any, NamedTuple

from speeches_cli import quantities, units
from speeches_cli.chinese import SENTENCE_END, STATEMENT_END, starts
from speeches_cli.drafting import mentions, nouns
from speeches_cli.drafting.bylines import Place
from speeches_cli.drafting.mentions import TIMES, Mention
from speeches_cli.drafting.nouns import any_of

Entry = dict[str, Any]  # as the corpus file has it
NO_TOPIC = "未分类"  # topics are left to a person: none rather than a wrong one
UNNAMED = "未命名"  # where the words beside a quantity don't say what it measures
_USUAL = ("level", "actual", None, True)  # goes without saying
_AHEAD = re.compile("下一?步|打算|今后|明年|计划|目标|展望")  # headings of what is to come
_TAKEN = "\0"
_D = "[0-9０-９]"
_NO_WORD = f"，、。；：！？“”0-9０-９{_TAKEN}"
_NUMERAL = re.compile(
    rf"""(?P<时段> (?:最?近|过去|未来|今后|连续){_D}{{1,2}}(?:年|个月|天) )
    | (?P<日期> (?:{_D}{{4}}年)? (?:{_D}{{1,2}}月?[至到~～—–-] | 前)?
                {_D}{{1,2}}个?月份? (?:{_D}{{1,2}}[日号])?
              | {_D}{{2,4}}年代 | {_D}{{4}}年(?:以来)? )
    | (?P<公式> [0-9０-９A-Za-z]+ (?: [+＋×] [0-9０-９A-Za-z]+ )+ )
    | (?P<序号> (?: ^ | (?<= [{SENTENCE_END}；] ) ) [(（]? {_D}{{1,2}}[．.、)）] (?! {_D} ) )
    | (?P<号码> {_D}{{5,11}} (?! [.．,，:：/／~～—–-]?{_D} ) )
    | (?P<编号或名称> {_D}+ (?: [.．,，:：/／~～—–-] {_D}+ )* [^{_NO_WORD}]{{0,4}} )""",
    re.VERBOSE,
)  # what a numeral is that states no quantity, by the reason with which it is listed

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
_INCREASE = re.compile("(?:增收|净增|新增|增加|增长|提高)(?!到|至|值)[^，、]{0,8}$")
_ACTION = re.compile(f"(?P<action>{any_of('actions')})[了出]?$")
_SCOPE = re.compile(
    rf"(?:其中)?(?P<scope>(?!{any_of('no place', 'actions', 'verbs')})[^\W的了过和有是到在]{{2,5}}?"
    rf"(?:(?<![下进驻入])村|社区|小区|嘎查))(?!{any_of('of no place')})"
)
_LARGER = re.compile("全(?:[市县区镇乡村省国]|街道|社区)(?!社)")
_MONEY = ("元", "美元")
_OWNED = ("企业", "园区", "学校", "医院")  # whose own 产值 or 收入 is a measure
# Behind these, households or people are all that a unit has: 共8460户2.97万人.
_BEFORE_CENSUS = ("", "行政村数", "总户数", "自然村数", "村民小组数")
_CENSUS = {"户": "总户数", "人": "总人口"}


class Measure(NamedTuple):
    """What a quantity measures."""

    name: str = ""
    stem: str = ""  # the name that growth and parts of it go by
    sure: bool = False
    kind: str = "level"  # or increase, change, share, rate
    scope: str | None = None


def name_all(found: Sequence[Mention], owner: Place) -> list[Measure]:
    """Name what the quantities of a passage measure, of which `owner` speaks."""
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


def _measure(mention: Mention, before: str, previous: Measure, owner: Place) -> Measure:
    """Name a measure; what its clause doesn't say is that of the quantity before.

    Its scope is the part of the unit, or the larger one, of which the clause speaks first.
    """
    lead = nouns.TIME.match(before)
    start = lead.end() if lead else 0
    scope, part, larger = None, _SCOPE.match(before, start), _LARGER.match(before, start)
    if part and part["scope"] not in owner.unit:
        scope, before = part["scope"], before[part.end() :]
    elif larger and larger[0][1:] not in owner.kind:
        scope, before = larger[0], before[larger.end() :]
    growth, relative = _GROWTH.fullmatch(before), units.is_relative(mention.quantity.unit)
    share = _SHARE.fullmatch(before) if relative else None
    noun = nouns.clean((growth or share or {"noun": before})["noun"], owner.unit)
    if growth:
        made = _change(mention, growth["word"], noun, previous)
    elif relative:
        whole = nouns.clean(share["whole"] or "", owner.unit) if share else None
        made = _part(noun or mention.thing, whole, previous)
    else:
        made = _level(mention, before, noun, previous, owner)
    if not noun and previous.stem in made.name:
        scope = scope or previous.scope
    return made._replace(scope=scope)


def _change(mention: Mention, word: str, noun: str, previous: Measure) -> Measure:
    stem = nouns.TERMS.get(noun, noun) or previous.stem
    sure = nouns.is_clear(stem) if noun else bool(stem) and previous.sure
    unit = mention.quantity.unit
    relative, falls = units.is_relative(unit), word in nouns.WORDS["falls"]
    way = (("增加", "减少"), ("提高", "下降"))[relative][falls]
    if mention.quantity.value < 0:  # a decrease of -2 would be an increase
        way, falls = "变化", False
    ending = "幅度" if relative else "额" if units.dimension(unit) in _MONEY else "数"
    name = f"{stem}增速" if unit in (units.PERCENT, "倍") else stem + way + ending
    # A fall that is read as if it were growth is not sure.
    sure = sure and not (relative and falls)
    return Measure(name, stem, sure, "change" if relative else "increase")


def _part(noun: str, whole: str | None, previous: Measure) -> Measure:
    """Name a rate, or the share of a whole, which is empty where no words say of what."""
    if noun.endswith(("率", "度")) and not whole:
        name = nouns.TERMS.get(noun, noun)
        return Measure(name, name, len(noun) > 3 and nouns.is_clear(noun), "rate")
    stem = noun or previous.stem.partition("占")[0]
    name = f"{stem}占{nouns.TERMS.get(whole, whole)}比重" if whole else f"{stem}占比"
    kind = "rate" if whole is None else "share"
    return Measure(name, name, bool(noun and whole) and nouns.is_clear(noun), kind)


def _level(mention: Mention, before: str, noun: str, previous: Measure, owner: Place) -> Measure:
    unit = mention.quantity.unit
    dimension = units.dimension(unit)
    behind = "" if dimension in _MONEY else mention.thing.removeprefix("人家")
    if behind and before.endswith("年产"):
        return Measure(f"{behind}年产能", behind, nouns.is_clear(behind))
    if behind and units.is_counted(unit):
        action = _ACTION.search(noun)
        noun = (action["action"] if action else "") + behind
    noun = noun or behind
    if not noun and previous.name in _BEFORE_CENSUS and not re.search("[带惠吸]", mention.before):
        noun = _CENSUS.get(dimension, "")
    if noun in nouns.WORDS["heads"] and owner.kind in _OWNED:
        noun = owner.kind + noun
    name = nouns.named(noun or previous.stem, unit)
    stem = name if name in nouns.TERMS.values() or dimension in _MONEY else noun or previous.stem
    kind = "increase" if _INCREASE.search(mention.before) else "level"
    is_part = before.endswith("的")  # 产值过亿的4家
    said = dimension not in TIMES or name == noun  # 客商订单24小时内 says not what lasts so long
    return Measure(name, stem, said and not is_part and nouns.is_clear(noun), kind)


def cite(sections: Sequence[tuple[str, ...]], owner: Place) -> tuple[list[Entry], list[Entry]]:
    """Give the figures of a speech and its other numerals; `owner` speaks.

    The title and the opening are the first section, each other one begins with its heading.
    """
    figures: list[Entry] = []
    others: list[Entry] = []
    year = mentions.governing(sections[0][1])
    for number, passages in enumerate(sections):
        governing = None if number and _AHEAD.search(passages[0]) else year
        for index, passage in enumerate(passages):
            found = mentions.find(passage)
            for mention, measure in zip(found, name_all(found, owner), strict=True):
                status, certain = mentions.status(mention)
                keys = {
                    "measure": measure.kind,
                    "status": status,
                    "period": mentions.period(mention, governing if status == "actual" else None),
                    "scope": measure.scope,
                    "sure": measure.sure and certain,
                }
                figure = _entry(number, passages, index, mention.begin, mention.end)
                figure |= {"indicator": measure.name or UNNAMED, "topic": NO_TOPIC}
                figures.append(figure | {key: said for key, said in keys.items() if said not in _USUAL})
            for start, end, reason in numerals(passage, found):
                others.append(_entry(number, passages, index, start, end) | {"reason": reason})
    return figures, others


@lru_cache(maxsize=1024)  # what one section says often is asked for as often
def _places(words: str, passages: tuple[str, ...]) -> dict[tuple[int, int], int]:
    found = ((at, each) for at, text in enumerate(passages) for each in starts(words, text))
    return {place: number for number, place in enumerate(found, start=1)}


def _entry(section: int, passages: tuple[str, ...], at: int, begin: int, end: int) -> Entry:
    """Cite `[begin, end)` of a passage; words that come again have their number among them."""
    words = passages[at][begin:end].strip()
    places = _places(words, passages)
    again = {"occurrence": places[at, passages[at].index(words, begin)]} if len(places) > 1 else {}
    return {"cite": words, **again, "section": section}


def numerals(text: str, figures: Sequence[Mention]) -> Iterator[tuple[int, int, str]]:
    """Find what reads like a figure in a passage, and other Arabic numerals: start, end and reason."""
    left = list(text)
    spans = [(each.quantity.start, each.quantity.end, "") for each in figures]
    spans += [
        (each.start, each.end, mentions.reason(each, text) or "上下限说法不一")
        for each in quantities.find(text)
    ]
    spans += [(start, end, "概数") for start, end in quantities.passed_over(text)]
    for start, end, reason in spans:
        if _TAKEN not in left[start:end]:
            left[start:end] = _TAKEN * (end - start)
            if reason:
                yield start, end, reason
    for match in _NUMERAL.finditer("".join(left)):
        yield *match.span(), match.lastgroup or ""
