"""Phrases of the corpus with one error each, and phrases that it does not have: all from one seed.

A phrase is cut from one clause, so no punctuation stands in it except where the kind is about
punctuation, and never through a number. What is put in or changed is a Hanzi of GB 2312 level 1,
the 3,755 in common use. An error that turns a phrase into another string of the corpus is no
error of its kind: it is dropped and counted.
"""

from __future__ import annotations

import random
import re
import string
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache

import opencc
import pypinyin

from speeches_cli import folding
from speeches_cli.model import Passage

LENGTHS = range(2, 11)
SLIPS = ("homophone", "wrong", "missing", "extra", "swapped")
FORMS = ("traditional", "quotes", "space", "width", "pinyin")
ABSENT = ("made up", "other phrase")
KINDS = SLIPS + FORMS + ABSENT

Place = tuple[int, int, int]
"""Index of the passage, start and end: a half-open stretch of the text as shown."""

_TRIES = 40
"""How often a phrase is drawn for each query wanted, before a cell of the table stays short."""
_RIGID = frozenset(string.ascii_letters + string.digits + ".%")
_QUOTES = "“”‘’《》"
_ASCII_QUOTES = str.maketrans("“”‘’《》", '""\'\'""')
_FULL_WIDTH = {code: code + 0xFEE0 for code in range(0x21, 0x7F)}
_BACK_TO_ASCII = {wide: code for code, wide in _FULL_WIDTH.items()}
_WIDTHS = "".join(map(chr, (*_FULL_WIDTH, *_BACK_TO_ASCII)))

# Words of official Chinese. Those that the corpus has are left out when the program runs.
_OTHER_PHRASES = """
关税 汇率 海运 芯片 卫星 航母 核电 期货 保险 选举 赛事 煤炭 钢铁 冰雪 考古 烟草 疫苗 奥运 边境 侨胞
碳中和 大湾区 长三角 自贸区 进博会 反垄断 养老金 公积金 双循环 航天局 高考生 货运量 公务员 检察院
招投标 宪法日
乡村振兴 共同富裕 依法治国 从严治党 改革开放 科技强国 海洋强国 国家安全 数字经济 实体经济 一带一路
产能过剩 货币政策 财政政策 金融监管 税收优惠 外汇储备 反腐倡廉 司法改革 扫黑除恶 粮食安全 军民融合
对外开放 医疗保险
新能源汽车 数字人民币 供给侧改革 进出口贸易 老龄化社会 碳排放交易 最高检察院 职业教育法 国家安全法
公务员考试 反腐败斗争 中西部地区 高质量发展 住房公积金 义务教育法 生态保护区
全面深化改革 社会主要矛盾 人民代表大会 知识产权保护 宏观经济调控 南水北调工程 碳排放权交易
医疗保险基金 高铁网络建设 对外开放格局 民族区域自治 政治协商会议 节能减排目标 就业优先政策
人类命运共同体 战略性新兴产业 自由贸易试验区 新型城镇化战略 科技成果转化率 普惠性学前教育
个人所得税改革 国家公园管理局 生态环境监测网 人民币汇率稳定 高等教育普及化
社会主义市场经济 供给侧结构性改革 中国特色大国外交 金融服务实体经济 国家创新驱动战略
长期护理保险制度 义务教育均衡发展 区域协调发展战略 国家重大科技项目 军队现代化的建设
社会主义核心价值观 全面依法治国新局面 国有资产监督管理局 生物多样性保护公约 构建人类命运共同体
京津冀协同发展战略 海南自由贸易港建设 粤港澳大湾区的建设 全国碳排放交易市场
实现中华民族伟大复兴 长江三角洲区域一体化 打好污染防治的攻坚战 深化供给侧结构性改革
建设更高水平平安中国 全国人大常委会的决议 坚决维护国家主权安全
国家治理的体系和能力
"""


@dataclass(frozen=True, slots=True)
class Query:
    """What is typed, what was meant, and every place where that stands."""

    kind: str
    length: int
    typed: str
    phrase: str
    places: tuple[Place, ...]


class Corpus:
    """The passages, and every way to cut a phrase of some length from a clause of them."""

    def __init__(self, passages: Sequence[Passage]) -> None:
        self.passages = passages
        self.folded = [folding.fold(passage.text) for passage in passages]
        self.text = "\n".join(self.folded)

    def has(self, phrase: str) -> bool:
        """Tell whether a phrase stands in the text, whatever its form."""
        return folding.fold(phrase) in self.text

    def places(self, phrase: str) -> tuple[Place, ...]:
        """Find every place of a phrase, by its folded form; a part of a number is none."""
        folded = folding.fold(phrase)
        found = re.compile(f"(?={re.escape(folded)})")
        return tuple(
            (
                index,
                *folding.unfold(passage.text, text, match.start(), match.start() + len(folded)),
            )
            for index, (passage, text) in enumerate(zip(self.passages, self.folded, strict=True))
            for match in found.finditer(text)
            if not _splits_number(text, match.start())
            and not _splits_number(text, match.start() + len(folded))
        )

    @cache  # noqa: B019 - one corpus lives as long as the program
    def excerpts(self, length: int, marks: str = "", having: str = "") -> list[str]:
        """Cut all stretches of so many characters; those in `marks` may stand in them, uncounted.

        Where `having` is given, at least one of its characters stands in each.
        """
        found = [each for passage in self.passages for each in _cut(passage.text, length, marks)]
        return [each for each in found if not having or not set(having).isdisjoint(each)]


def _cut(text: str, length: int, marks: str) -> Iterator[str]:
    for start in range(len(text)):
        if not (text[start].isalnum() or text[start] in marks) or _splits_number(text, start):
            continue
        end = start
        while end < len(text) and (text[end].isalnum() or text[end] in marks or text[end] in _RIGID):
            end += 1
            if sum(each not in marks for each in text[start:end]) == length:
                if not _splits_number(text, end):
                    yield text[start:end]
                break


def _splits_number(text: str, at: int) -> bool:
    return 0 < at < len(text) and text[at - 1] in _RIGID and text[at] in _RIGID


def make(corpus: Corpus, *, each: int, seed: int) -> tuple[list[Query], dict[str, int]]:
    """Make up to `each` queries of every kind and length; also count what was dropped, by kind."""
    dropped: dict[str, set[str]] = {kind: set() for kind in KINDS}
    queries: list[Query] = []
    for kind in KINDS:
        for length in LENGTHS:
            chance = random.Random(f"{seed} {kind} {length}")
            seen: set[str] = set()
            for _try in range(_TRIES * each):
                if len(seen) == each:
                    break
                phrase, typed = _MAKERS[kind](corpus, length, chance)
                if not typed or typed in seen:
                    continue
                meant = kind not in ABSENT
                if corpus.has(typed) and not (meant and folding.fold(typed) == folding.fold(phrase)):
                    dropped[kind].add(typed)
                    continue
                seen.add(typed)
                places = corpus.places(phrase) if meant else ()
                queries.append(Query(kind, length, typed, phrase, places))
    return queries, {kind: len(each) for kind, each in dropped.items()}


# A maker gives (what was meant, what is typed); nothing typed where the phrase does not lend itself.
_Maker = Callable[[Corpus, int, random.Random], tuple[str, str]]


def _slip(change: Callable[[str, int, random.Random], str]) -> _Maker:
    """Make a maker of one error at a Hanzi; figures and Latin letters stay as they are."""

    def maker(corpus: Corpus, length: int, chance: random.Random) -> tuple[str, str]:
        phrase = chance.choice(corpus.excerpts(length))
        at = chance.choice([index for index, each in enumerate(phrase) if _is_hanzi(each)] or [-1])
        return phrase, change(phrase, at, chance) if at >= 0 else ""

    return maker


def _homophone(phrase: str, at: int, chance: random.Random) -> str:
    """Replace by what a pinyin keyboard offers for the same syllable, tones aside."""
    choices = [each for each in _sounding(_spell(phrase)[at]) if each != phrase[at]]
    return phrase[:at] + chance.choice(choices) + phrase[at + 1 :] if choices else ""


def _wrong(phrase: str, at: int, chance: random.Random) -> str:
    """Replace by a character that shares no reading, not even a rare one."""
    other = chance.choice(_common())
    while folding.readings(other) & folding.readings(phrase[at]):
        other = chance.choice(_common())
    return phrase[:at] + other + phrase[at + 1 :]


def _missing(phrase: str, at: int, _chance: random.Random) -> str:
    """Leave out one; between two figures it would make another number of them."""
    return "" if _splits_number(left := phrase[:at] + phrase[at + 1 :], at) else left


def _extra(phrase: str, at: int, chance: random.Random) -> str:
    """Put in one, before or after."""
    at += chance.randrange(2)
    return "" if _splits_number(phrase, at) else phrase[:at] + chance.choice(_common()) + phrase[at:]


def _swapped(phrase: str, at: int, _chance: random.Random) -> str:
    """Swap two neighbours, both of them Hanzi."""
    one, other = phrase[at], phrase[at + 1 : at + 2]
    if one == other or not _is_hanzi(other):
        return ""
    return phrase[:at] + other + one + phrase[at + 2 :]


def _traditional(corpus: Corpus, length: int, chance: random.Random) -> tuple[str, str]:
    """Write as OpenCC's own standard, Taiwan or Hong Kong does."""
    phrase = chance.choice(corpus.excerpts(length))
    typed = str(_converter(chance.choice(("s2t", "s2tw", "s2hk"))).convert(phrase))
    return phrase, "" if typed == phrase else typed


def _quotes(corpus: Corpus, length: int, chance: random.Random) -> tuple[str, str]:
    """Type ASCII quotes for the text's own, or around words that have none."""
    if chance.random() < 0.5:
        phrase = chance.choice(corpus.excerpts(length, _QUOTES, _QUOTES))
        return phrase, phrase.translate(_ASCII_QUOTES)
    phrase = chance.choice(corpus.excerpts(length))
    return phrase, f'"{phrase}"'


def _space(corpus: Corpus, length: int, chance: random.Random) -> tuple[str, str]:
    phrase = chance.choice(corpus.excerpts(length))
    at = chance.randrange(1, length)
    return phrase, f"{phrase[:at]} {phrase[at:]}"


def _width(corpus: Corpus, length: int, chance: random.Random) -> tuple[str, str]:
    """Change what is full width to half width, and what is half width to full width."""
    phrase = chance.choice(corpus.excerpts(length, "＋", _WIDTHS))
    return phrase, phrase.translate(_FULL_WIDTH | _BACK_TO_ASCII)


def _pinyin(corpus: Corpus, length: int, chance: random.Random) -> tuple[str, str]:
    """Spell a phrase of Hanzi only, in one word or syllable by syllable."""
    phrase = chance.choice(corpus.excerpts(length))
    return phrase, chance.choice(("", " ")).join(_spell(phrase)) if all(map(_is_hanzi, phrase)) else ""


def _made_up(corpus: Corpus, length: int, chance: random.Random) -> tuple[str, str]:
    """Join halves of two phrases."""
    one, other = (chance.choice(corpus.excerpts(length)) for _half in range(2))
    made = one[: length // 2] + other[length // 2 :]
    return "", "" if _splits_number(made, length // 2) else made


def _other_phrase(_corpus: Corpus, length: int, chance: random.Random) -> tuple[str, str]:
    return "", chance.choice([each for each in _OTHER_PHRASES.split() if len(each) == length])


_MAKERS: dict[str, _Maker] = {
    "homophone": _slip(_homophone),
    "wrong": _slip(_wrong),
    "missing": _slip(_missing),
    "extra": _slip(_extra),
    "swapped": _slip(_swapped),
    "traditional": _traditional,
    "quotes": _quotes,
    "space": _space,
    "width": _width,
    "pinyin": _pinyin,
    "made up": _made_up,
    "other phrase": _other_phrase,
}


def _is_hanzi(character: str) -> bool:
    return "一" <= character <= "鿿"


@cache
def _common() -> list[str]:
    """List GB 2312 level 1: rows 16 to 55."""
    rows = range(0xB0, 0xD8)
    codes = [bytes((row, cell)) for row in rows for cell in range(0xA1, 0xFF)]
    return [each for code in codes if (each := code.decode("gb2312", "ignore"))]


@cache
def _sounding(syllable: str) -> list[str]:
    """List the common characters whose usual reading is this syllable."""
    return [each for each in _common() if _spell(each) == [syllable]]


@cache
def _spell(phrase: str) -> list[str]:
    """Spell each character as it is read in this phrase, ü as v."""
    return list(pypinyin.lazy_pinyin(phrase, errors=list))  # type: ignore[arg-type]


@cache
def _converter(configuration: str) -> opencc.OpenCC:
    return opencc.OpenCC(configuration)
