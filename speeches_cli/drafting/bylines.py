"""A line that says who speaks → the person, the post, the unit, and what kind of unit that is."""

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from speeches_cli import folding
from speeches_cli.drafting.nouns import WORDS, any_of

_KINDS = {
    name.removeprefix("kind "): words for name, words in WORDS.items() if name.startswith("kind ")
}
_RANK = {kind: rank for kind, (rank, *_ends) in _KINDS.items()}
_ORDER = tuple(_KINDS)
_END = re.compile(
    "|".join(f"(?P<{kind}>(?:{'|'.join(ends)})$)" for kind, (_r, *ends) in _KINDS.items())
)
_HAN = "[\u3400-\u9fff\U00020000-\U0003ffff]"
_INSIDE = re.compile(".(?!$)(?:[省市县区旗镇乡村]|街道|社区|公司|银行).")  # 新乡市
_NO_NAME = re.compile(
    "[的了是让把由、，·]|书记|主任|党委|工委|总支|支部|政府|委员会|打造|建设[^局]|创建|[^\u3400-\U0003ffffA-Za-z0-9（）()]"
)
_LONGEST_UNIT = 26
_DISTRICT_OFFICE = re.compile("[县市区旗][委长人政]")
_PARTY = re.compile("^(?:中共|中国共产党)")
_OFFICE = f"(?:{any_of('offices')})"
_POST_END = f"(?:{any_of('posts')}|(?<![增成生延特专])长)"
_OFFICES = re.compile(f"{_OFFICE}*")
_OFFICES_AND_POSTS = re.compile(f"{_OFFICE}*(?:.{{0,30}}?{_POST_END}.*)?")
_ASIDE = r"(?:\s*[(（][^()（）]{1,12}[)）])?"
_NAME = rf"(?:{_HAN}{{2,4}}|{_HAN}\s+{_HAN}|{_HAN}{{1,8}}[·•・]{_HAN}{{1,8}})"
_GLUED_NAME = rf"(?:{any_of('family names')}){_HAN}{{1,2}}"
_POST = rf"(?:\S{{1,40}}{_POST_END}\s+)?\S{{1,48}}?{_POST_END}(?:助理)?{_ASIDE}"
_SPACED = re.compile(rf"(?P<post>{_POST})\s+(?P<name>{_NAME})")
_REVERSED = re.compile(rf"(?P<name>{_NAME})(?:\s+|\s*[(（])(?P<post>\S{{2,49}}?{_POST_END})[)）]?")
_GLUED = re.compile(rf"(?P<post>.{{2,48}}{_POST_END})(?:[:：]\s*|(?={_GLUED_NAME}$))(?P<name>{_NAME})")
_UNIT_AND_NAME = re.compile(
    rf"(?P<post>\S{{2,40}}(?:\s+\S{{5,40}})?)(?:\s+|[:：]\s*|(?=[(（]))[(（]?(?P<name>{_NAME})[)）]?"
)
_ONLY_POST = re.compile(rf".{{2,48}}{_POST_END}")
_FRAME = re.compile(
    r"^[\s—–(（【〔\[-]*(?:(?:发言|汇报|报告|讲话|单位)(?:人|单位)?[:：]\s*)?|[\s)）】〕\]]*$"
)
_LONGEST = 80
_PROSE = re.compile("[。；！？，,;!?]")
_KIND = re.compile("(?:街道|民族乡|镇|乡|苏木|(?<!新)区|自治县|县|市|旗)$")
_IN_NAMES = {"长": "chang", "都": "du", "厦": "xia", "泊": "po"}


class Place(NamedTuple):
    """Whose speech it is: the last unit that a post or an office names, and what is around it."""

    unit: str = ""
    kind: str = ""
    district: str = ""


class Byline(NamedTuple):
    """Who speaks, as one line says it; None for what it does not say."""

    post: str | None = None
    speaker: str | None = None
    place: Place = Place()
    is_full: bool = False  # names a post and a person


@lru_cache(maxsize=8)  # a line is read as the one below, and then as a byline of its own
def parse(line: str) -> Byline | None:
    """Read a line that names an office or a post, with a person or without; None for any other."""
    inner = _FRAME.sub("", line)
    if len(line) > _LONGEST or _PROSE.search(inner):
        return None
    for pattern in (_SPACED, _REVERSED, _GLUED, _UNIT_AND_NAME):
        if match := pattern.fullmatch(inner):
            name, post = "".join(match["name"].split()), " ".join(match["post"].split())
            is_full = pattern is not _UNIT_AND_NAME
            where = place(post, whole=not is_full)
            if (pattern is _SPACED or where.unit) and not re.search(f"{_OFFICE}$", name):
                return Byline(post, name, where, is_full)
    if _ONLY_POST.fullmatch(inner):
        where = place(inner)
        return Byline(inner, None, where) if where.unit else None
    places = [place(part, whole=True) for part in inner.split()]
    whole = all(each.unit for each in places)
    return Byline(" ".join(inner.split()), None, places[-1]) if places and whole else None


def place(post: str, *, whole: bool = False) -> Place:
    """Read the last unit that a post or, with `whole`, an office names: a village is not its town."""
    rest = _OFFICES if whole else _OFFICES_AND_POSTS
    found, district = Place(), ""
    for part in re.split(r"[\s、兼/／]+", post[:_LONGEST]):
        if chains := list(_chains(_PARTY.sub("", part), 0, rest)):
            chain = min(chains, key=_likelihood)
            (name, kind) = chain[-1]
            its = next((each for each, of in reversed(chain) if _RANK[of] == "district"), "")
            name = its + name if kind == "部门" else name
            found = Place() if _RANK[kind] == "above" else Place(name, kind)
            district = (found.unit and its) or district
    return found._replace(district=district)


_Chain = list[tuple[str, str]]  # units with their kinds, each part of the one before


def _likelihood(chain: _Chain) -> int:
    """Order chains: much is read, and few names have another kind within."""
    odd = sum(_RANK[kind] != "free" and bool(_INSIDE.search(name)) for name, kind in chain)
    return 3 * odd - sum(len(name) for name, _kind in chain)


def _chains(text: str, start: int, rest: re.Pattern[str], outer: str = "") -> Iterator[_Chain]:
    """Yield the ways to read a text from `start` on as units within one of the kind `outer`."""
    for end in range(start + 2, min(len(text), start + _LONGEST_UNIT) + 1):
        name, following = text[start:end], text[end : end + 1]
        match = _END.search(name)
        kind = match.lastgroup if match else None
        if not kind or _NO_NAME.search(name) or not _may_hold(outer, kind):
            continue
        if following == "长" or (kind == "州" and following in tuple("市区新县")):
            continue
        of_district = _RANK[kind] == "town" and _DISTRICT_OFFICE.match(text, end)
        if rest.fullmatch(text, end) and not of_district:
            yield [(name, kind)]
        for chain in _chains(text, end, rest, kind):
            yield [(name, kind), *chain]


def _may_hold(outer: str, inner: str) -> bool:
    """Tell whether a unit of one kind has ones of the other: a bureau is no part of a town."""
    if not outer:
        return True
    if outer == "州" and _RANK[inner] == "free":
        return inner == "部门"  # 澜州 of 澜州大学 may be a city
    if _RANK[outer] in ("above", "district"):
        return _ORDER.index(outer) < _ORDER.index(inner) or outer == inner == "市"
    return _RANK[outer] == "town" and (_RANK[inner] == "village" or inner in ("学校", "企业", "医院"))


def slug(name: str) -> str:
    """Spell a name in toneless pinyin without its kind of place, which 新区 is not; `x` for none."""
    spelled = (
        _IN_NAMES.get(each) or folding.usual_reading(each).lower()
        for each in _KIND.sub("", name) or name
    )
    return "".join(each for each in spelled if each.isascii() and each.isalpha()) or "x"
