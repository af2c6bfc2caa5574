"""Parts and their sum as a sentence lists them: 甲39个、乙7个，共46个; 54个，其中红10个、黄44个."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from functools import reduce
from itertools import accumulate

from speeches_cli.auditing.relations import Ends, Relation, ends, overlap
from speeches_cli.auditing.sentences import LONGEST_LIST, QUANTITY, WORD, Sentence
from speeches_cli.quantities import Quantity

_LONGEST_GAP = 40
"""In characters, between two parts of a list."""
_TOTAL = re.compile(
    rf"""[，,、] (?: 共计? | 合计 | 总计 | [总一]?共有 | [总一]共 ) (?: 为 | 达到? )?
        (?P<total> {QUANTITY} ) (?P<name> {WORD}* )""",
    re.VERBOSE,
)
_AMONG = re.compile(rf"(?P<total> {QUANTITY} ) {WORD}{{0,8}} [，,：:（(] 其中 [，,：:]?", re.VERBOSE)
_LISTED = re.compile(rf"{WORD}* (?: 、 | [和及与] ) {WORD}*", re.VERBOSE)
_ADDED = re.compile(rf"{WORD}* [，,、和及与] {WORD}*", re.VERBOSE)
_MARK = re.compile("[、，,和及与]")
_QUANTITY = re.compile(QUANTITY, re.VERBOSE)
_WORDS = re.compile(f"{WORD}*", re.VERBOSE)


def find(sentence: Sentence) -> Iterator[Relation]:
    """Find the sums that a sentence states beside their parts.

    Parts after 其中 need not be all there are, nor apart from each other (35岁以下60名、女性50名): only
    a list of one kind of thing that comes to more than the whole contradicts it.
    """
    for match in _TOTAL.finditer(sentence.masked):
        yield from _before(sentence, match)
    for match in _AMONG.finditer(sentence.masked):
        yield from _after(sentence, match)


def _before(sentence: Sentence, match: re.Match[str]) -> Iterator[Relation]:
    """Add up the list that ends where its total is stated; what stands before it may be a part."""
    total = sentence.at(match.start("total"))
    earlier = sentence.before(total.start)[::-1]
    parts = _run(sentence, earlier, total.unit, _ADDED)[::-1]
    if not 2 <= len(parts) <= LONGEST_LIST:
        return
    if not _WORDS.fullmatch(sentence.masked, parts[-1].end, match.start()):
        return
    basis = sentence.text[parts[0].start : match.start()]
    if match["name"][:2] not in basis:  # of something else: 甲5个、乙3个，共有10个社区参加
        return
    stated = sentence.text[match.start() + 1 : total.end]
    listed = _run(sentence, parts[::-1], total.unit, _LISTED)[::-1]
    said = _ends(total)
    for count, added in enumerate(accumulate(map(_ends, reversed(parts)), _plus), start=1):
        if count > 1 and overlap(added, said):
            yield _relation(parts[-count:], basis, stated, agrees=True)
            return
    if len(listed) > 1:
        yield _relation(listed, sentence.text[listed[0].start : match.start()], stated, agrees=False)


def _after(sentence: Sentence, match: re.Match[str]) -> Iterator[Relation]:
    """Add up the list that follows 其中."""
    total = sentence.at(match.start("total"))
    later = sentence.after(total.start)
    if not later or not _WORDS.fullmatch(sentence.masked, match.end(), later[0].start):
        return
    parts = _run(sentence, later, total.unit, _ADDED)
    if not 2 <= len(parts) <= LONGEST_LIST:
        return
    end = next(_WORDS.finditer(sentence.masked, parts[-1].end)).end()
    basis = sentence.text[match.end() : end]
    whole, found = _ends(total), reduce(_plus, map(_ends, parts))
    exceeds = found[0] > whole[1] and _are_of_one_kind(sentence.masked[match.end() : end])
    if exceeds or overlap(found, whole):
        yield _relation(parts, basis, total.text, agrees=not exceeds)


def _run(
    sentence: Sentence, stated: Sequence[Quantity], unit: str, between: re.Pattern[str]
) -> list[Quantity]:
    """Take quantities of a unit from the first on, as long as only a list's marks are between them."""
    found: list[Quantity] = []
    for each in stated:
        if each.unit != unit:
            break
        if found:
            first, second = sorted((found[-1], each), key=lambda quantity: quantity.start)
            gap = sentence.masked[first.end : second.start]
            if len(gap) > _LONGEST_GAP or not between.fullmatch(gap):
                break
        found.append(each)
    return found


def _are_of_one_kind(listed: str) -> bool:
    """Tell from the ends of their names whether parts are alike: 红色10个、黄色44个, not 党员、女性.

    The names stand before the numbers or behind them, in all of the list alike.
    """
    names = [_QUANTITY.split(each) for each in _MARK.split(listed)]
    if any(len(each) != 2 for each in names):
        return False
    before, after = ({each[side][-1:] for each in names} for side in (0, 1))
    return any(len(side) == 1 and "" not in side for side in (before, after))


def _ends(quantity: Quantity) -> Ends:
    return ends(quantity, quantity.unit)


def _plus(one: Ends, other: Ends) -> Ends:
    return one[0] + other[0], one[1] + other[1]


def _relation(parts: Sequence[Quantity], basis: str, stated: str, *, agrees: bool) -> Relation:
    result = sum((each.value for each in parts), Decimal(0))
    return Relation("sum", basis, stated, result, parts[0].unit, agrees)
