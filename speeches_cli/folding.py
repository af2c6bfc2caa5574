"""Text → folded text, in which different spellings of the same text are equal; readings of Hanzi.

Folding forgets width, case, spaces, invisible characters, quotation and book-title marks and
traditional forms, one character at a time, so that every folded character knows its source.
"""

import os
import re
import unicodedata
from collections.abc import Mapping
from functools import cache
from itertools import islice
from pathlib import Path
from typing import Any

Readings = Mapping[str, frozenset[str]]  # Hanzi → its toneless pinyin readings
READINGS = Path(__file__).with_name("readings.txt")  # a syllable a line; its head names the source

# What leaves no trace beside the categories below: quotation marks, book-title marks (GB/T 15834),
# dashes (not hyphens, which stand in numbers and dates), variation selectors and blanks of Hangul.
_DROPPED = re.compile(
    "[\"'`´＂＇｀„‚「」『』﹁﹂﹃﹄《》〈〉〝〞〟｢｣‹›«»′″‒–—―⸺⸻﹘─━"
    "\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u2800\ufe00-\ufe0f\U000e0100-\U000e01ef]"
)
_DROPPED_CATEGORIES = ("Cc", "Cf", "Zs", "Zl", "Zp", "Pi", "Pf")
# Radicals in text copied from PDF, and the Hanzi that are meant, where NFKC gives none or 戶.
RADICALS = str.maketrans(
    "⺁⺄⺈⺊⺎⺒⺓⺔⺝⺟⺠⺧⺩⺫⺬⺮⺴⺶⺼⺾⻁⻄⻅⻆⻉⻊⻋⻌"
    "⻑⻒⻓⻔⻘⻙⻚⻛⻜⻝⻟⻠⻡⻢⻣⻤⻥⻦⻧⻨⻩⻪⻬⻮⻰⻳⼾",
    "厂乙刀卜兀巳幺彑月母民牛王目示竹网羊月艹虎西见角贝足车辶"
    "長镸长门青韦页风飞食食饣首马骨鬼鱼鸟卤麦黄黾齐齿龙龟户",
)
# GB 2312 is the repertoire of simplified text, but these of its characters are also the
# traditional form of another one.
_TRADITIONAL_IN_GB2312 = frozenset("乾吒夥後徵拚捱摺於榘菸薹袷醣麴麽")


class _Folds(dict[int, str]):
    """Code point → its fold, worked out when first met, until nothing more changes."""

    def __missing__(self, code: int) -> str:
        folded = chr(code)
        while (again := "".join(map(_fold_once, folded))) != folded:
            folded = again
        self[code] = folded
        return folded


_folds = _Folds()


def fold(text: str) -> str:
    """Fold a text; folding twice changes nothing more.

    >>> fold("「楓橋 經驗」，Ａ＋B")
    '枫桥经验,a+b'
    """
    return text.translate(_folds)


def unfold(text: str, folded: str, start: int, end: int) -> tuple[int, int]:
    """Give the stretch of a text that the stretch `[start, end)` of its fold comes from."""
    words = folded[start:end]
    at = text.find(words)  # folding changes nothing in what is folded
    if at >= 0 and folded.find(words) == folded.rfind(words):
        return at, at + len(words)
    sources = [*islice((at for at, each in enumerate(text) for _folded in _folds[ord(each)]), end)]
    return sources[start], sources[-1] + 1


@cache
def readings(character: str) -> frozenset[str]:
    """Give the toneless pinyin readings that a Hanzi has today, ü as `v`; empty for anything else.

    Beyond the 8,105 characters of readings.txt, only the first counts that pypinyin has of all times.
    """
    if not _is_hanzi(character):
        return frozenset()
    return _standard_readings().get(character) or frozenset((usual_reading(character),)) - {character}


def usual_reading(character: str) -> str:
    """Give the toneless pinyin that pypinyin lists first, or the character itself if it has none."""
    os.environ.setdefault("PYPINYIN_NO_PHRASES", "true")  # phrases cost 90 ms and are not used
    from pypinyin.pinyin_dict import pinyin_dict

    reading = pinyin_dict.get(ord(character), "").partition(",")[0]
    plain = unicodedata.normalize("NFD", reading).replace("u\u0308", "v")  # lǜ → lv
    return "".join(filter(str.isascii, plain)) or character


def spellings(syllable: str) -> frozenset[str]:
    """Give the ways in which a syllable is typed: its ü may be v, u or yu (lve, lue, lyue)."""
    return frozenset(syllable.replace("v", way) for way in ("v", "u", "yu"))


@cache
def _standard_readings() -> dict[str, frozenset[str]]:
    read: dict[str, frozenset[str]] = {}
    for line in READINGS.read_text(encoding="utf-8").splitlines():
        syllable, _space, characters = line.partition(" ")
        for character in characters if syllable != "#" else ():
            read[character] = read.get(character, frozenset()) | {syllable}
    return read


def _is_hanzi(character: str) -> bool:
    # Compatibility ideographs, which fold, count as none.
    return "\u3400" <= character <= "\u9fff" or "\U00020000" <= character <= "\U0003ffff"


def _fold_once(character: str) -> str:
    if _DROPPED.match(character) or unicodedata.category(character) in _DROPPED_CATEGORIES:
        return ""
    plain = unicodedata.normalize("NFKC", character.translate(RADICALS)).casefold()
    is_simplified = plain.encode("gb2312", "ignore") and plain not in _TRADITIONAL_IN_GB2312
    if plain != character or is_simplified or not _is_hanzi(plain):
        return plain
    return str(_opencc().convert(plain))


@cache
def _opencc() -> Any:
    import opencc

    return opencc.OpenCC("t2s")
