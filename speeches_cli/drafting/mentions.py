"""One passage → the quantities that it states, and what the words beside each say of it."""

import re
from typing import NamedTuple

from speeches_cli import quantities, units
from speeches_cli.chinese import CLAUSE_END, SENTENCE_END, STATEMENT_END
from speeches_cli.corpus import citations
from speeches_cli.drafting.nouns import any_of
from speeches_cli.quantities import Quantity

_REACH = 60
"""In characters: how far the words beside a quantity may lie from it."""
_SENTENCE_REACH = 300
_COUNTED_BEHIND = re.compile(
    f"的?(?!{any_of('actions', 'verbs')})[\u4e00-\u9fff“”]{{0,12}}(?:不[少多]于)?"
    "[0-9０-９一二三四五六七八九十百两近约]"
)
_COUNTED_REACH = 30
_TIMES = ("years", "months", "days", "time")
_LASTS = re.compile(
    "(?:[限期龄]|平均|[历耗用]时|时间|时长|周期|长达|存在|持续|坚持|缩短|延长|提前|[达为到至了由从住满])$"
)
_POINTS = re.compile("[那这头前后每]$")
_CIRCLE = re.compile("[\u4e00-\u9fff]{0,6}圈")

_PLANNED = re.compile("规划(?!编制|引领|先行)|计划(?!生育)|目标(?!责任|考核)|拟|设计")
_EXPECTED = re.compile(
    "力争|争取(?:实现|达到|完成)|目标[：:]|[今明]年.{0,3}(?:计划|拟|打算)|有望|将达|计划到|(?<!截至)到(?:20[0-9]{2}年底?|年底)|预计到|任务$"
)
_ESTIMATED = re.compile("预计|估计|大约能")
_CLAUSE = re.compile("[，；。]")

_NUMBER = "[0-9０-９一二三四五六七八九十]{1,3}"
_TO = "[至到—–~～－-]"
_MONTHS = rf"(?P<first>{_NUMBER})月?{_TO}(?P<last>{_NUMBER})月"
_YEARS = rf"(?:[0-9]{{4}}年?{_TO}{{1,2}})?[0-9]{{4}}年"
_PART = "[上下]半年|前?[一二三四]季度"
_PERIOD = re.compile(
    rf"{_MONTHS}|前(?P<months>{_NUMBER})个?月"
    rf"|(?P<words>(?:{_YEARS}|今年|去年|上年|前年)(?!的)(?:以来|[底末]|{_PART})?|{_PART}"
    rf"|近[一二三四五六七八九十两0-9]{{1,2}}(?:年|个月)来?|{_NUMBER}年来|全年|年[底末内]|本学期)(?!的?[《“])"
    "|(?P<yearly>每年|年均|(?<![0-9今去上当近多成全老青前])年(?=[均产增实吸收销接计可生创]))"
)
_COMPARED = re.compile(
    rf"(?:[较比同由从与][于之]?|[始创成]?[建立办设]于)(?:去年|上年|{_YEARS})(?:底|末|[上下]半年|前?[一二三四]季度|{_MONTHS})?"
    "(?!以来|底|末|[上下]半年|的$)"
)
"""A period that a quantity is compared with or grew from: its own only right behind (从去年的3家)."""
_HALF_WIDTH = str.maketrans("０１２３４５６７８９", "0123456789")


class Mention(NamedTuple):
    """A quantity in its passage, and the words around it as far as another quantity goes."""

    text: str
    """The whole passage."""
    quantity: Quantity
    before: str
    """What its clause says in front of it; an enumeration with 、 is one clause."""
    behind: str
    """What follows it, to the next mark of punctuation."""
    begin: int
    """Where the words begin that cite it, in the passage."""
    end: int
    """Where they end."""

    def sentence(self, ends: str = STATEMENT_END) -> str:
        """Cut out what its sentence says before the quantity, back to one of the marks."""
        start = self.quantity.start
        return self.text[_after_last(self.text, ends, start - _SENTENCE_REACH, start) : start]


def find(text: str) -> list[Mention]:
    """Find what a passage states and a figure can cite, without what only reads like a quantity."""
    stated = quantities.find(text)
    found = [index for index, each in enumerate(stated) if each.bound and not reason(each, text)]
    return [
        _mention(text, stated, index, stated[earlier].end if earlier is not None else 0)
        for earlier, index in zip([None, *found], found, strict=False)
    ]


def reason(quantity: Quantity, text: str) -> str | None:
    """Say why a quantity is no figure: part of a name, a limit or a stretch of time; else None."""
    before = text[max(0, quantity.start - _REACH) : quantity.start]
    behind = text[quantity.end : quantity.end + _REACH]
    in_quotes = before.rfind("“") > before.rfind("”") and "”" in behind
    if in_quotes and (before.endswith("“") or not re.search("[0-9０-９]", quantity.text)):
        return "名称"
    if re.search("以[上下内]$|^(?:超|过|不|低于|高于)", quantity.text) and _is_threshold(
        quantity, behind
    ):
        return "门槛"
    if units.dimension(quantity.unit) in _TIMES and quantity.bound != "<=":
        years = quantity.unit in ("年", "个月")
        if not _LASTS.search(before) if years else _POINTS.search(before) or _CIRCLE.match(behind):
            return "时段"
    return None


def _is_threshold(quantity: Quantity, behind: str) -> bool:
    """Tell a limit that says which things are counted: 50亩以上的种粮大户640户, 70岁以上老人."""
    if quantity.unit == "岁":
        return True
    suffixed = quantity.text.endswith(("以上", "以下", "以内"))
    thing = _COUNTED_BEHIND.match(behind)
    if not thing or not (suffixed or behind.startswith("的")):
        return False
    return any(units.is_counted(each.unit) for each in quantities.find(behind[:_COUNTED_REACH])[:2])


def _mention(text: str, stated: list[Quantity], index: int, last: int) -> Mention:
    """Gather the words around a quantity; the figure before it ends at `last`."""
    quantity = stated[index]
    nearest = stated[index - 1].end if index else 0
    latest = min(
        stated[index + 1].start if index + 1 < len(stated) else len(text), quantity.end + _REACH
    )
    listed = _after_last(text, CLAUSE_END, max(last, quantity.start - _REACH), quantity.start)
    begin, end = citations.clause(text, quantity.start, quantity.end)
    begin, end = max(nearest, quantity.start - _REACH, begin), min(end, latest)
    begin += text.startswith("的", begin, quantity.start)
    return Mention(text, quantity, text[listed : quantity.start], text[quantity.end : end], begin, end)


def _after_last(text: str, marks: str, start: int, end: int) -> int:
    """Find the place after the last of the marks in `[start, end)`, or its start."""
    start = max(0, start)
    return max(start, *(text.rfind(mark, start, end) + 1 for mark in marks))


def status(mention: Mention) -> tuple[str, bool]:
    """Tell a plan from a fact, and whether that is certain: an estimate of a past year is a fact."""
    clause, sentence = mention.sentence(CLAUSE_END), mention.sentence()
    relative = units.is_relative(mention.quantity.unit)
    if _EXPECTED.search(sentence) or (not relative and _PLANNED.search(clause)):
        return "plan", True
    return "actual", not _ESTIMATED.search(sentence)


def period(mention: Mention) -> str | None:
    """Take the last period that the sentence names before the quantity as its own."""
    sentence = _COMPARED.sub("", mention.sentence(SENTENCE_END).translate(_HALF_WIDTH))
    matches = list(_PERIOD.finditer(sentence))
    if not matches:
        return None
    last = matches[-1]
    if last["yearly"]:
        return "年" if not _CLAUSE.search(sentence, last.end()) else None
    return last["words"] or f"{last['first'] or 1}至{last['last'] or last['months']}月"
