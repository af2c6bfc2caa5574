"""A line that says who speaks → the person, the post, the unit, and what kind of unit that is."""

import re
from collections.abc import Iterator
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

# Kinds of units, from the largest: how their names end, and whether they are above a district, one,
# below one, or not part of the administration.
_KINDS = {
    "省": ("省|自治区", "above"),
    "州": ("自治州|州(?![市区新])|盟", "above"),
    "市": ("市", "district"),
    "县": ("县", "district"),
    "旗": ("旗", "district"),
    "区": ("新区|(?<![社小园])区", "district"),
    "园区": ("(?:园|经开|高新|开发|产业|试验|示范|保税)区|(?:产业|科技|化工|物流|工业|创业)园", "free"),
    "街道": ("街道", "town"),
    "镇": ("镇", "town"),
    "乡": ("乡", "town"),
    "苏木": ("苏木", "town"),
    "社区": ("社区", "village"),
    "村": ("村|嘎查", "village"),
    "学校": ("学校|小学|中学|大学|学院|幼儿园", "free"),
    "企业": ("公司|集团|厂|合作社|银行|商会|农场|林场|矿", "free"),
    "医院": ("医院|卫生院|卫生室", "free"),
    "部门": ("局|厅|办公室|中心|法院|检察院|工会|妇联|团委|联合会|大队|派出所|研究[院所]", "free"),
}
_RANK = {kind: rank for kind, (_ends, rank) in _KINDS.items()}
_END = re.compile(
    "|".join(f"(?P<k{number}>(?:{ends})$)" for number, (ends, _rank) in enumerate(_KINDS.values()))
)
_ORDER = tuple(_KINDS)
_INSIDE = re.compile(".(?!$)(?:[省市县区旗镇乡村]|街道|社区).")
"""Another kind within a name (新乡市), which costs as much as leaving three characters unread."""
_PENALTY = 3
_NO_NAME = re.compile(
    "[的了是让把由、，·]|书记|主任|党委|工委|总支|支部|政府|委员会|打造|建设[^局]|创建|[^\u3400-\U0003ffffA-Za-z0-9（）()]"
)
_LONGEST_UNIT = 26
_DISTRICT_OFFICE = re.compile("[县市区旗][委长人政]")
_PARTY = re.compile("^(?:中共|中国共产党)")
_OFFICE = (
    "(?:党总支部?|党支部|总支|支部|党工委|党委|党组|工委|委员会|县委|区委|市委|州委|省委|旗委|委|人民政府|政府|人大|政协"
    "|人大常委会|纪委|监委|办事处|管委会|管理委员会|村委会|居委会|[村居]?民委员会|合作社|董事会|常委会|班子|组织部|宣传部|统战部)"
)
_POST_END = (
    "(?:书记|主任|主席|委员|常委|代表|干部|经理|总裁|总监|理事|董事|院士|教授|教师|医生|工程师|队员|村官"
    "|(?<![增成生延特专])长)"
)
_OFFICES = re.compile(f"{_OFFICE}*")
_OFFICES_AND_POSTS = re.compile(f"{_OFFICE}*(?:.{{0,30}}?{_POST_END}.*)?")
_ASIDE = r"(?:\s*[(（][^()（）]{1,12}[)）])?"
_NAME = rf"(?:{_HAN}{{2,4}}|{_HAN}\s+{_HAN}|{_HAN}{{1,8}}[·•・]{_HAN}{{1,8}})"
_GLUED_NAME = rf"(?:[{_FAMILY_NAMES}]{_HAN}{{1,2}}|(?:{_TWO_CHARACTER_FAMILY_NAMES}){_HAN}{{1,2}})"
_POST = rf"(?:\S{{1,40}}{_POST_END}\s+)?\S{{1,48}}?{_POST_END}(?:助理)?{_ASIDE}"
_SPACED = re.compile(rf"(?P<post>{_POST})\s+(?P<name>{_NAME})")
_REVERSED = re.compile(rf"(?P<name>{_NAME})(?:\s+|\s*[(（])(?P<post>\S{{2,49}}?{_POST_END})[)）]?")
_GLUED = re.compile(
    rf"(?P<post>.{{2,48}}{_POST_END})(?:[:：]\s*(?P<said>{_NAME})|(?P<name>{_GLUED_NAME}))"
)
_UNIT_AND_NAME = re.compile(
    rf"(?P<unit>\S{{2,40}}(?:\s+\S{{5,40}})?)(?:\s+|[:：]\s*|(?=[(（]))[(（]?(?P<name>{_NAME})[)）]?"
)
_ONLY_POST = re.compile(rf".{{2,48}}{_POST_END}")
_ONLY_NAME = re.compile(_NAME)
_FRAME = re.compile(
    r"^[\s—–(（【〔\[-]*(?:(?:发言|汇报|报告|讲话|单位)(?:人|单位)?[:：]\s*)?|[\s)）】〕\]]*$"
)
_LONGEST = 80
_PROSE = re.compile("[。；！？，,;!?]")


class Place(NamedTuple):
    """Whose speech it is: the last unit that a post or an office names, and what is around it."""

    unit: str | None = None
    kind: str | None = None
    district: str | None = None


class Byline(NamedTuple):
    """Who speaks, as one line says it; None for what it does not say."""

    post: str | None
    speaker: str | None
    place: Place


def parse(line: str) -> Byline | None:
    """Read a line as a byline that names a post and a person; None where it is none."""
    inner = _unframed(line)
    for pattern in (_SPACED, _REVERSED, _GLUED):
        if match := pattern.fullmatch(inner):
            found = match.groupdict()
            name = re.sub(r"\s+", "", found["name"] or found["said"])
            post = re.sub(r"\s+", " ", match["post"])
            where = place(post)
            if (pattern is _SPACED or where.unit) and not _is_office(name):
                return Byline(post, name, where)
    return None


def parse_unit(line: str) -> Byline | None:
    """Read a line that names an office and no post, with a person or without; else None."""
    inner = _unframed(line)
    if match := _UNIT_AND_NAME.fullmatch(inner):
        where = place(match["unit"], whole=True)  # of several, the first is the speaker's
        name = re.sub(r"\s+", "", match["name"])
        if where.unit and not _is_office(name):
            return Byline(match["unit"], name, where)
    parts = inner.split()
    places = [place(part, whole=True) for part in parts]
    if places and all(each.unit for each in places):
        return Byline(" ".join(parts), None, places[-1])
    if _ONLY_POST.fullmatch(inner) and (where := place(inner)).unit:
        return Byline(inner, None, where)
    return None


def _is_office(text: str) -> bool:
    return bool(re.search(f"{_OFFICE}$", text) or place(text, whole=True).unit)


def is_half(line: str, following: str) -> bool:
    """Tell whether a post stands on one line and the name alone on the next."""
    return bool(_ONLY_POST.fullmatch(_unframed(line)) and _ONLY_NAME.fullmatch(following))


def is_framed(line: str) -> bool:
    """Tell whether brackets, a dash or words such as 发言人 single a line out."""
    return _unframed(line) not in ("", line.strip())


def _unframed(line: str) -> str:
    """Take a byline out of its brackets; empty for what is prose, or too long for a byline."""
    inner = _FRAME.sub("", line) if len(line) <= _LONGEST else ""
    if inner.count("（") > inner.count("）"):
        inner += "）"
    return "" if _PROSE.search(inner) else inner


def place(post: str, *, whole: bool = False) -> Place:
    """Read the units that a post or an office begins with: 青泽县鹭汀镇梨棠村党总支书记.

    The last is the speaker's: a village is not its town. With `whole`, nothing but units and
    offices may stand there.
    """
    rest = _OFFICES if whole else _OFFICES_AND_POSTS
    found, district = Place(), None
    for part in re.split(r"[\s、兼/／]+", post[:_LONGEST]):
        if chains := list(_chains(_PARTY.sub("", part), 0, rest)):
            found = _place(min(chains, key=_likelihood).units)
            district = found.district or district
    return found._replace(district=district)


def _place(units: list[tuple[str, str]]) -> Place:
    district = next((name for name, kind in reversed(units) if _RANK[kind] == "district"), None)
    name, kind = units[-1]
    if _RANK[kind] == "above":
        return Place()
    return Place(district + name if kind == "部门" and district else name, kind, district)


class _Chain(NamedTuple):
    """One way to read the beginning of a text as units, each part of the one before."""

    units: list[tuple[str, str]]
    end: int


def _likelihood(chain: _Chain) -> tuple[int, int]:
    """Order chains: much is read, few names have another kind within, and units are many."""
    odd = sum(_RANK[kind] != "free" and bool(_INSIDE.search(name)) for name, kind in chain.units)
    return _PENALTY * odd - chain.end, -len(chain.units)


def _chains(text: str, start: int, rest: re.Pattern[str], outer: str = "") -> Iterator[_Chain]:
    """Yield the ways to read a text from `start` on as units within one of the kind `outer`."""
    for end in range(start + 2, min(len(text), start + _LONGEST_UNIT) + 1):
        name = text[start:end]
        match = _END.search(name)
        kind = _ORDER[int((match.lastgroup or "k")[1:])] if match else ""
        if not kind or _NO_NAME.search(name) or not _may_hold(outer, kind):
            continue
        if (kind == "州" and text[end : end + 1] in "市区新县") or text[end : end + 1] == "长":
            continue
        if rest.fullmatch(text, end) and not (
            _RANK[kind] == "town" and _DISTRICT_OFFICE.match(text, end)
        ):
            yield _Chain([(name, kind)], end)
        for chain in _chains(text, end, rest, kind):
            yield chain._replace(units=[(name, kind), *chain.units])


def _may_hold(outer: str, inner: str) -> bool:
    """Tell whether a unit of one kind has ones of the other: a bureau is no part of a town."""
    if not outer or _RANK[outer] in ("above", "district"):
        return not outer or (_ORDER.index(outer) < _ORDER.index(inner) or outer == inner == "市")
    return _RANK[outer] == "town" and (_RANK[inner] == "village" or inner in ("学校", "企业", "医院"))
