"""The words beside a quantity → a noun phrase without what only leads to it, and its standard term.

The only module that reads `terms.txt` and `words.txt`.
"""

import re
from pathlib import Path

from speeches_cli import units

_FOLDER = Path(__file__).parent
WORDS = {
    name: words.split()
    for line in (_FOLDER / "words.txt").read_text(encoding="utf-8").splitlines()
    if line and not line.startswith("#")
    for name, _colon, words in [line.partition(":")]
}
"""Lists of words, by what they do."""
TERMS = {
    spelling: name.strip()
    for line in (_FOLDER / "terms.txt").read_text(encoding="utf-8").splitlines()
    if not line.startswith("#")
    for name, _equals, others in [line.partition("=")]
    for spelling in (name.strip(), *others.split())
}
"""Each spelling of a standard term, and the name that all of them have."""


def any_of(*names: str) -> str:
    """Match one of the words of some lists, longest first."""
    words = {word for name in names for word in WORDS[name]}
    return "|".join(map(re.escape, sorted(words, key=len, reverse=True)))


_N = "[0-9０-９〇零一二三四五六七八九十两]"
_MONTHS = f"(?:{_N}{{1,2}}[至到—-])?{_N}{{1,2}}月份?"
_PART = "[上下]半年|前?[一二三四]季度"
TIME = re.compile(
    rf"""(?: 截[至止] | [到至自从] )? (?: 刚刚过去的 )?
    (?: 目前 | [今去上前当明本]年度? | [本上]学期 | {_N}{{4}}年 | 近?{_N}{{1,2}}(?:年|个月) | 近年
      | {_MONTHS} | [前第]?[一二三四]季度? | [上下]?半年 | 全年 | 年[末底初内] | 年(?![龄轻货级会度]) )
    (?: 以来 | {_PART} | 年底 | {_MONTHS} | [底末初份来间] | 多来 )*[，,]?""",
    re.VERBOSE,
)
_UNIT = "[市县区镇乡村街局校厂园省州旗]|街道|社区|园区|学校|公司|集团"
_LEADING = re.compile(rf"{any_of('leading')}|[(（]{_N}{{1,3}}[)）]|{_N}{{1,2}}[．.、]")
_OWN = re.compile(f"[全本我该](?:{_UNIT})|{any_of('own')}")
_VERBS = re.compile(f"(?:{any_of('verbs')})(?=.)")
_TRAILING = re.compile(f"(?:{any_of('trailing')})+$")
_ASIDE = re.compile("[(（][A-Za-z]+[)）]|“[^”]*”(?=行动|活动|工程|专项)|.*：|[“”《》]")
_STOPS = re.compile(f"{any_of('stops')}|与(?!会)")
_NOISE = re.compile(any_of("noise"))
_PERSON = re.compile("[员民众者师生手友记兵长工商]$|干部$|代表$|(?<!口)人$")
_LONGEST = 16
"""In characters: what is longer is a piece of a sentence, no name."""


def clean(text: str, unit: str) -> str:
    """Take verbs, times, scopes and the name of the unit that speaks off both ends of a noun."""
    text = _ASIDE.sub("", text)
    while text not in TERMS:
        short = text
        for lead in (TIME, _LEADING, _OWN):
            found = lead.match(short)
            short = short[found.end() :] if found else short
        for name in (unit, unit[:-1] if len(unit) > 2 else unit):
            short = short.removeprefix(name)
        verb = _VERBS.match(short)
        short = _TRAILING.sub("", short[verb.end() :] if verb else short)
        if short == text:
            break
        text = short
    return text.replace("的", "")


def behind(text: str) -> str:
    """Take the thing from what stands behind a quantity, up to a verb or 的."""
    text = re.sub("[“”]", "", text.removeprefix("的"))
    following = _STOPS.search(text)
    return text[: following.start()] if following else text


def named(noun: str, unit: str | None = None) -> str:
    """Name a measure after its noun: by its standard term, or with the word that the unit asks for."""
    name = noun if unit is None else noun + _ending(units.dimension(unit), unit, noun)
    return TERMS.get(noun) or TERMS.get(name) or name


def _ending(dimension: str, unit: str, noun: str) -> str:
    """Give the word that says what kind of measure it is, where the noun doesn't."""
    ending, _slash, *complete = WORDS.get(dimension, ["", "/"])
    if noun.endswith(tuple(complete)) or (dimension == "money" and re.search("[人户亩村]均", noun)):
        return ""
    if (dimension == "person" and _PERSON.search(noun)) or (
        dimension == "household" and noun.endswith("户")
    ):
        return "数"
    if dimension == "occasion" or unit in ("期", "届"):
        return f"{unit}数" if unit in ("次", "期", "届") else unit
    return ending


def is_clear(noun: str) -> bool:
    """Tell a noun phrase from a piece of a sentence, and from a head that says too little."""
    if noun in TERMS or noun in TERMS.values():
        return True
    return 1 < len(noun) <= _LONGEST and not _NOISE.search(noun) and noun not in WORDS["heads"]
