"""Readings of Hanzi: those of today, all of them, and no others."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest

from speeches_cli import folding
from speeches_cli.model import Passage
from tests.conftest import Run
from tests.material import Paper, searched

HETERONYMS = """
朝阳 chaoyang zhaoyang|重庆 chongqing|重要 zhongyao|会计 kuaiji
会议 huiyi|银行 yinhang|行动 xingdong|参与 canyu|人参 renshen|参差 cenci
都江堰 dujiangyan|首都 shoudu|都是 doushi|单县 shanxian|单位 danwei
长江 changjiang|成长 chengzhang|音乐 yinyue|快乐 kuaile|牟平 muping
牟辉 mouhui muhui|六安 luan|六盘水 liupanshui|调研 diaoyan|调解 tiaojie
解放 jiefang|解州 xiezhou|率先 shuaixian|效率 xiaolv xiaolu|处理 chuli
相处 xiangchu|传统 chuantong|自传 zizhuan|还要 haiyao|归还 guihuan
降低 jiangdi|投降 touxiang|教育 jiaoyu|校对 jiaodui|学校 xuexiao
数字 shuzi|省委 shengwei|反省 fanxing|石油 shiyou|车站 chezhan|厦门 xiamen
大厦 dasha|提防 difang|提高 tigao|得到 dedao|觉得 juede|血液 xueye
模样 muyang|模范 mofan|番禺 panyu|蔚县 yuxian|女性 nvxing nuxing nyuxing
旅游 lvyou luyou lyuyou|绿色 lvse luse|战略 zhanlve zhanlue zhanlyue
剥削 boxue|角色 juese|弹性 tanxing|子弹 zidan|曾经 cengjing|曾姓 zengxing
仇家 qiujia choujia|尽管 jinguan|落实 luoshi
"""


def spelt(word: str, pinyin: str) -> bool:
    """Tell whether a search for the pinyin finds the word."""
    passage = Passage(0, 1, 1, word, "")
    known = {each: folding.readings(each) for each in word}
    return bool(searched([pinyin], Paper([passage], known)).hits)


@pytest.mark.parametrize("entry", HETERONYMS.replace("\n", "|").strip("|").split("|"))
def test_a_character_of_several_readings(entry: str) -> None:
    """A word is found by each reading that its characters have in words of today."""
    word, *pinyin = entry.split()
    assert [each for each in pinyin if not spelt(word, each)] == []


@pytest.mark.parametrize(
    ("phrase", "other"),
    [
        *(("空前", "空间"), ("对立", "对于"), ("有限", "有温"), ("目前", "目建")),
        *(("市级", "提级"), ("星期", "星级"), ("jiufen", "愁盼")),
    ],
)
def test_what_sounded_alike_long_ago_does_not(phrase: str, other: str, run: Callable[..., Run]) -> None:
    """空间 is no slip for 空前: 前 was last read jiān in old books."""
    hits = json.loads(run("search", phrase, "--json").out or "[]")
    assert other not in {hit["match"] for hit in hits}


def test_the_table_is_whole() -> None:
    """Each of the 8,105 characters of 2013 has a reading, and no syllable stands twice."""
    lines = folding.READINGS.read_text(encoding="utf-8").splitlines()
    entries = [line.split(" ") for line in lines if not line.startswith("#")]
    assert len({syllable for syllable, _characters in entries}) == len(entries) == 408
    assert len({each for _syllable, characters in entries for each in characters}) == 8105
    assert all(len(set(characters)) == len(characters) for _syllable, characters in entries)
