"""The words beside a quantity → a noun phrase without what only leads to it, and its standard term.

The only module that reads `terms.txt` and `words.txt`.
"""

import re
from pathlib import Path

from speeches_cli import units


def _lists(name: str, mark: str) -> dict[str, list[str]]:
    """Read a file of lists: on each line a name, a mark, and words."""
    text = Path(__file__).with_name(name).read_text(encoding="utf-8")
    lines = (line.partition(mark) for line in text.splitlines() if line and not line.startswith("#"))
    return {head.strip(): words.split() for head, _mark, words in lines}


WORDS = _lists("words.txt", ":")  # lists of words, by what they do
TERMS = {
    spelling: name for name, others in _lists("terms.txt", "=").items() for spelling in (name, *others)
}  # each spelling of a standard term, and the name that all of them have


def any_of(*names: str) -> str:
    """Match one of the words of some lists, longest first."""
    return units.any_of({word for name in names for word in WORDS[name]})


_N = "[0-9０-９〇零一二三四五六七八九十两]"
_MONTHS = f"(?:{_N}{{1,2}}[至到—-])?{_N}{{1,2}}月份?"
_PART = "[上下]半年|前?[一二三四]季度"
TIME = re.compile(
    rf"""^(?: 截[至止] | [到至自从] )? (?: 刚刚过去的 )?
    (?: 目前 | [今去上前当明本]年度? | [本上]学期 | {_N}{{4}}年 | 近?{_N}{{1,2}}(?:年|个月) | 近年
      | {_MONTHS} | [前第]?[一二三四]季度? | [上下]?半年 | 全年 | 年[末底初内] | 年(?![龄轻货级会度]) )
    (?: 以来 | {_PART} | 年底 | {_MONTHS} | [底末初份来间] | 多来 )*[，,]?""",
    re.VERBOSE,
)
_UNIT = "[市县区镇乡村街局校厂园省州旗]|街道|社区|园区|学校|公司|集团"
_LEAD = re.compile(
    rf"^(?:(?!{any_of('whole')})(?:{any_of('leading')}|争取(?={any_of('verbs')}))"
    rf"|[(（]{_N}{{1,3}}[)）]|{_N}{{1,2}}[．.、]|[全本我该](?:{_UNIT})|{any_of('own')})"
)
_VERB = re.compile(f"^(?:{any_of('verbs')})(?=.)")
_TRAILING = re.compile(rf"(?:{any_of('trailing')}|(?<=..)(?:每年|全年|{_N}年))+$")
_TURNED = re.compile(f"({any_of('turned')})(.+)")
_ASIDE = re.compile(
    "[(（][A-Za-z]+[)）]|“[^”]*”(?=行动|活动|工程|专项)|.*：|[“”《》]|(?<=..)(?:累计|年均|平均每年|完成|实现|共有|拥有)(?=..)"
)
NOT_BEHIND = re.compile(rf"^[“”]?的?(?:[(（][^)）]*[)）])?|[“”]|(?:{any_of('stops')}|与(?!会)).*")
_NOISE = re.compile(any_of("noise"))
_BARE = re.compile(rf"(?:{any_of('heads')})$|平均|[人户亩村]均")  # doesn't say of what
_LONGEST = 16  # characters; what is longer is a piece of a sentence


def clean(text: str, unit: str) -> str:
    """Take verbs, times, scopes and the name of the unit that speaks off both ends of a noun."""
    text, left = _ASIDE.sub("", text), ""
    while text not in TERMS and text != left:
        left = text
        text = _VERB.sub("", _LEAD.sub("", TIME.sub("", text)).removeprefix(unit))
        if not re.search(f"(?:{any_of('whole')})$", text):
            text = _TRAILING.sub("", text)
    return text.replace("的", "")


def named(noun: str, unit: str) -> str:
    """Name a measure after its noun: by its standard term, or with the word that the unit asks for."""
    dimension = units.dimension(unit)
    turned = _TURNED.fullmatch(noun) if dimension in ("个", "吨", "平方米") else None
    name = turned[2] + turned[1] if turned else noun  # 存栏肉鸡 is 肉鸡存栏量
    counted = [f"{unit}数"] if units.is_counted(unit) else [""]
    ending, _slash, *complete = WORDS.get(unit) or WORDS.get(dimension) or [*counted, "/"]
    if dimension in ("个", "吨") and name.endswith(tuple(WORDS["turned"])):
        ending = "量"
    elif name.endswith(tuple(complete)) or (dimension == "元" and "均" in name):
        ending = ""
    name += ending[name.endswith(ending[:1]) :]  # 脱贫户数
    return TERMS.get(noun) or TERMS.get(name) or name


def is_clear(noun: str) -> bool:
    """Tell a noun phrase from a piece of a sentence, and from a head that says too little."""
    if noun in TERMS or noun in TERMS.values():
        return True
    is_whole = not _NOISE.search(re.sub(any_of("whole"), "", noun))
    return 1 < len(noun) <= _LONGEST and is_whole and not _BARE.match(noun)
