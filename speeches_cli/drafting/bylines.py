"""A line that names a post and a person → who spoke, for which district and town."""

import re
from collections.abc import Iterable
from typing import NamedTuple

# The family names of more than 99 of 100 people: a name glued to its post must begin with one.
_FAMILY_NAMES = (
    "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧肖程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁"
    "魏薛叶阎闫余潘杜戴夏钟汪田任姜范方石姚谭廖邹熊金陆郝孔白崔康毛邱丘秦江史顾侯邵孟龙万段雷钱汤尹"
    "黎易常武乔贺赖龚文庞樊兰殷施陶洪翟安颜倪严牛温芦季俞章鲁葛伍韦申尤毕聂丛焦向柳邢路岳齐沿梅莫庄"
    "辛管祝左涂谷祁时舒耿牟卜路詹关苗凌费纪靳盛童欧甄项曲成游阳裴席卫查屈鲍位覃霍翁隋植甘景薄单包司"
    "柏宁柯阮桂闵解强柴华车冉房边辜吉饶刁瞿戚丘古米池滕晋苑邬臧畅宫来嵺苟全褚廉简娄盖符奚木穆党燕郎"
    "邸冀谈姬屠连郜晏栾郁商蒙计喻揭窦迟宇敖糜鄢冷卓花仇艾蓝都巩稽井练仲乐虞卞封竺冼原官衣楚佟栗匡宗"
    "应台巫鞠僧桑荆谌银扬明沙薄伏岑习胥保和蔺"
)
_TWO_CHARACTER_FAMILY_NAMES = "欧阳|司马|上官|诸葛|东方|皇甫|尉迟|公孙|慕容|令狐|夏侯|端木"
_HAN = "[\u3400-\u9fff\U00020000-\U0003ffff]"
_POST = r"(?:书记|主任|主席|委员|常委|代表|干部|[镇乡区县市局部院校会科处站所队厅组州旗行社村]长)"
_NAME = rf"(?:{_HAN}{{2,4}}|{_HAN}\s+{_HAN}|{_HAN}{{1,8}}[·•・]{_HAN}{{1,8}})"
_ASIDE = r"(?:\s*[(（][^()（）]{1,12}[)）])?"
_SPACED = re.compile(
    rf"(?P<post>(?:\S{{1,40}}{_POST}\s+)?\S{{1,48}}?{_POST}{_ASIDE})\s+(?P<name>{_NAME})"
)
_REVERSED = re.compile(rf"(?P<name>{_NAME})(?:\s+|\s*[(（])(?P<post>\S{{2,49}}?{_POST})")
_GLUED = re.compile(
    rf"(?P<post>.{{2,48}}{_POST})[:：]?"
    rf"(?P<name>[{_FAMILY_NAMES}]{_HAN}{{1,2}}|(?:{_TWO_CHARACTER_FAMILY_NAMES}){_HAN}{{1,2}})"
)
_ONLY_POST = re.compile(rf".{{2,48}}{_POST}")
_ONLY_NAME = re.compile(_NAME)
_FRAME = re.compile(r"^[\s—–(（【〔\[]*(?:(?:发言|汇报|报告|讲话)人[:：]?)?\s*|[\s)）】〕\]]*$")
_LONGEST = 80
_PROSE = re.compile("[。；！？，,;!?]")

_DISTRICT = rf"""
(?: {_HAN}{{2,7}}?
    (?: 自治[区州县旗] | 新区 | 省 | 州 (?! [市区新] ) | 市 | 盟 | 县 | 旗 | (?<! [社小] ) 区 )
  | {_HAN} [县区] )
"""
_PLACES = re.compile(_DISTRICT, re.VERBOSE)
_PARTY = re.compile("^(?:中共|中国共产党)")
_OFFICE = "党|工委|委员会|人大|人民政府|[镇乡]长"
_TOWN = re.compile(
    rf"{_HAN}{{1,12}}?(?:街道|镇|乡|苏木)(?={_OFFICE})|{_HAN}{{1,12}}?(?:街道|镇|乡|苏木)(?![村镇乡])"
)
_BETWEEN = re.compile(r"[、，,\s/／兼]+")
_NO_DISTRICT = ("省", "自治区", "州", "盟")


class Byline(NamedTuple):
    """Who spoke: a post as written, and what it says of the place; None where it says nothing."""

    post: str
    speaker: str
    district: str | None
    town: str | None


def parse(line: str, districts: Iterable[str] = ()) -> Byline | None:
    """Read a line as a byline; None where it is none.

    `districts` are names known beforehand, which settle where a district's name ends.
    """
    inner = _unframed(line)
    for pattern in (_SPACED, _REVERSED, _GLUED):
        if match := pattern.fullmatch(inner):
            post = re.sub(r"\s+", " ", match["post"])
            district, town = place(post, districts)
            if pattern is _SPACED or district or town:
                return Byline(post, re.sub(r"\s+", "", match["name"]), district, town)
    return None


def is_half(line: str, following: str) -> bool:
    """Tell whether a post stands on one line and the name alone on the next."""
    return bool(_ONLY_POST.fullmatch(_unframed(line)) and _ONLY_NAME.fullmatch(following))


def is_framed(line: str) -> bool:
    """Tell whether brackets or words such as 发言人 single a line out."""
    return _unframed(line) not in ("", line.strip())


def _unframed(line: str) -> str:
    """Take a byline out of its brackets; empty for what is prose, or too long for a byline."""
    inner = _FRAME.sub("", line) if len(line) <= _LONGEST else ""
    return "" if _PROSE.search(inner) else inner


def place(post: str, districts: Iterable[str]) -> tuple[str | None, str | None]:
    """Read the district and the town out of a post; None for what it does not name."""
    known = max((each for each in districts if each in post), key=len, default=None)
    if known is not None:
        return known, _town(post[post.index(known) + len(known) :])
    post = _PARTY.sub("", post)
    district, end = None, 0
    while match := _PLACES.match(post, end):
        if not match[0].endswith(_NO_DISTRICT):
            district = match[0]
        end = match.end()
    return district, _town(post[end:])


def _town(rest: str) -> str | None:
    """Find the town in what follows the district, at the beginning of one of several posts."""
    matches = (_TOWN.match(part) for part in _BETWEEN.split(rest))
    return next((match[0] for match in matches if match), None)
