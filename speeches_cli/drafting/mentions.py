"""One passage → the quantities that it states, and what the words beside each say of it."""

import re
from typing import NamedTuple

from speeches_cli import quantities, units
from speeches_cli.chinese import CLAUSE_END, SENTENCE_END, STATEMENT_END
from speeches_cli.drafting.nouns import NOT_BEHIND, any_of
from speeches_cli.quantities import Quantity

TIMES = ("年", "个月", "天", "工作日", "小时")  # dimensions of units that say how long something lasts
_REACH, _SENTENCE_REACH = 60, 300  # characters beside a quantity that are read
_MARK = re.compile(f"[{CLAUSE_END}、]")
_COUNTED_BEHIND = re.compile(
    f"的?(?!{any_of('actions', 'verbs')})[\u4e00-\u9fff“”]{{0,12}}(?:不[少多]于)?"
    "[0-9０-９一二三四五六七八九十百两近约]"
)
_LASTS = re.compile(
    "(?:[限期龄]|平均|[历耗用]时|时间|时长|周期|长达|存在|持续|坚持|缩短|延长|提前|[达为到至了由从住满])$"
)
_PLANNED = re.compile("规划(?!编制|引领|先行)|计划(?!生育)|目标(?!责任|考核)|拟|设计")
_EXPECTED = re.compile(
    "力争|预期|争取(?:实现|达到|完成)|目标[：:]|[今明]年.{0,3}(?:计划|拟|打算)|有望|将达|计划到|(?<!截至)到(?:20[0-9]{2}年底?|年底)|预计到|任务$"
)
_ESTIMATED = re.compile("预计|估计|大约能")
_NUMBER = "[0-9０-９一二三四五六七八九十]{1,3}"
_TO = "[至到—–~～－-]"
_PART = f"[上下]半年|前?[一二三四]季度|{_NUMBER}月?{_TO}{_NUMBER}月"
_YEAR = (
    rf"(?>(?:(?:[0-9]{{4}}年?{_TO}{{1,2}})?[0-9]{{4}}年|今年|去年|上年|前年)(?:{_PART}|{_NUMBER}月份?)?"
    "(?:以来|[底末])?)"
)
_PERIOD = re.compile(
    rf"前(?P<months>{_NUMBER})个?月"
    rf"|(?P<words>{_YEAR}(?!的)|{_PART}|{_NUMBER}月[底末]"
    rf"|近[一二三四五六七八九十两0-9]{{1,2}}(?:年|个月)来?|{_NUMBER}年来|全年|年[底末内]|本学期)(?!的?[《“])"
    "|(?P<yearly>每年|年均|(?<![0-9今去上当近多成全老青前])年(?=[均产增实吸收销接计可生创补租]))"
)
_COMPARED = re.compile(
    rf"(?:[较比同由从与][于之]?|[始创成]?[建立办设]于)(?:{_YEAR}(?<!以来)|{_PART})(?!的$)"
)  # A period that a quantity is compared with or grew from: its own only right behind (从去年的3家)
_HEAD = re.compile(rf"(?:^|[{SENTENCE_END}：])(?:刚刚|刚)?(?:过去的)?(?P<year>{_YEAR}(?<!以来))，")
"""A year at the head of a sentence, which governs also the sentences that follow."""
_PRESENT = re.compile("目前|现[有共在]|截至|累计|建校|成立|始建")
_HALF_WIDTH = str.maketrans("０１２３４５６７８９", "0123456789")


class Mention(NamedTuple):
    """A quantity in its passage, and the words around it as far as another quantity goes."""

    text: str  # the whole passage
    quantity: Quantity
    between: str  # what stands between it and the figure before
    before: str  # of this what its clause says; an enumeration with 、 is one clause
    thing: str  # what stands behind it, up to a verb, 的 or a mark of punctuation
    begin: int  # where the words that cite it begin in the passage, and end
    end: int
    year: str | None  # which a sentence up to it names at its head

    def sentence(self, ends: str = STATEMENT_END) -> str:
        """Cut out what its sentence says before the quantity, back to one of the marks."""
        start = self.quantity.start
        said = self.text[max(0, start - _SENTENCE_REACH) : start]
        return re.split(f"[{ends}]", said)[-1].translate(_HALF_WIDTH)


def find(text: str) -> list[Mention]:
    """Find what a passage states and a figure can cite, without what only reads like a quantity."""
    stated = quantities.find(text)
    ends = [0, *(each.end for each in stated)]
    starts = [*(each.start for each in stated[1:]), len(text)]
    heads = [*_HEAD.finditer(text.translate(_HALF_WIDTH))][::-1]
    found: list[Mention] = []
    for nearest, quantity, following in zip(ends, stated, starts, strict=False):
        if quantity.bound and not reason(quantity, text):
            before = text[max(nearest, quantity.start - _REACH) : quantity.start]
            begin = quantity.start - len(_MARK.split(before)[-1])
            begin += text.startswith("的", begin, quantity.start)
            last = found[-1].quantity.end if found else 0
            between = text[last : quantity.start]
            clause = re.split(f"[{CLAUSE_END}]", between[-_REACH:])[-1]
            behind = _MARK.split(text[quantity.end : min(following, quantity.end + _REACH)])[0]
            thing, end = NOT_BEHIND.sub("", behind), quantity.end + len(behind)
            year = next((head["year"] for head in heads if head.end() <= quantity.start), None)
            found.append(Mention(text, quantity, between, clause, thing, begin, end, year))
    return found


def reason(quantity: Quantity, text: str) -> str | None:
    """Say why a quantity is no figure: part of a name, a limit or a stretch of time; else None."""
    before = text[max(0, quantity.start - _REACH) : quantity.start]
    behind = text[quantity.end : quantity.end + _REACH]
    in_quotes = before.rfind("“") > before.rfind("”") and "”" in behind
    if in_quotes and (before.endswith("“") or not re.search("[0-9０-９]", quantity.text)):
        return "名称"
    # A limit says which things are counted: 50亩以上的种粮大户640户, 70岁以上老人.
    limits = re.search("以[上下内]$|^(?:超|过|不|低于|高于)", quantity.text)
    if limits and (quantity.unit == "岁" or _COUNTED_BEHIND.match(behind)):
        return "门槛"
    lasts = quantity.bound == "<=" or _LASTS.search(before)
    return "时段" if quantity.unit in ("年", "个月") and not lasts else None


def status(mention: Mention) -> tuple[str, bool]:
    """Tell a plan from a fact, and whether that is certain: an estimate of a past year is a fact."""
    clause, sentence = mention.sentence(CLAUSE_END), mention.sentence()
    relative = units.is_relative(mention.quantity.unit)
    if _EXPECTED.search(sentence) or (not relative and _PLANNED.search(clause)):
        return "plan", True
    return "actual", not _ESTIMATED.search(sentence)


def governing(text: str) -> str | None:
    """Find the year that a text names at its head, before which only a salutation may stand."""
    found = _HEAD.search(text.translate(_HALF_WIDTH))
    is_first = found and not re.search(f"[{SENTENCE_END}]", text[: found.start("year")])
    return found["year"] if found and is_first else None


def period(mention: Mention, year: str | None = None) -> str | None:
    """Take the last period before the quantity, or the year that governs all but the present."""
    sentence = _COMPARED.sub("", mention.sentence(SENTENCE_END))
    matches = list(_PERIOD.finditer(sentence))
    if "累计" in mention.before and not _PERIOD.search(mention.between):
        return "累计"
    if matches:
        last = matches[-1]
        if last["yearly"]:
            return None if re.search("[，；。0-9]", sentence[last.end() :]) else "年"
        said = last["words"] or f"1至{last['months']}月"
        return re.sub(f"月?{_TO}(?={_NUMBER}月)", "至", said)
    return None if _PRESENT.search(sentence) else mention.year or year
