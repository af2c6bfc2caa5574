"""What byline, title, contents page and a person's options say → who speaks for which unit."""

import re
from collections.abc import Collection
from typing import NamedTuple

from speeches_cli import folding
from speeches_cli.drafting.bylines import Byline
from speeches_cli.drafting.contents import Contents
from speeches_cli.drafting.outline import Block
from speeches_cli.drafting.values import Guess, Head
from speeches_cli.messages import _

NOT_SAID = "不详"
"""Stands where the text says nothing and the corpus file must say something."""
_KIND = re.compile("(?:街道|民族乡|镇|乡|苏木|(?<!新)区|自治县|县|市|旗)$")
_IN_NAMES = {"长": "chang", "都": "du", "厦": "xia", "泊": "po"}


class Known(NamedTuple):
    """What a person knows better than the text; None for what is left to it."""

    districts: tuple[str, ...] = ()
    """Names of districts that the text need not introduce."""
    district: str | None = None
    kind: str | None = None
    date: str | None = None
    meeting: str | None = None


def settle(block: Block, page: Contents, districts: Collection[str], known: Known) -> Head:
    """Settle the head of a speech; where byline and contents page disagree, mark it.

    A byline without a district gets the one that its title, printed beside it, ends with.
    """
    byline = block.byline or Byline()
    entry = page.find(block.title, byline.speaker)
    listed = (entry.byline if entry else None) or Byline()
    place = byline.place if byline.place.unit else listed.place
    district = Guess(known.district or place.district or listed.place.district or "")
    post = _beside(byline.post, listed.post if listed.speaker else None, block.doubt)
    title = block.title
    stray = max((each for each in districts if title.endswith(each)), key=len, default="")
    if stray and stray != title and not district.text and byline.post:
        title = title.removesuffix(stray)
        district = Guess(stray, _("taken from the end of the title"))
        post = post._replace(text=stray + byline.post)
    doubt = block.doubt if place.unit else _("no unit named")
    return Head(
        district=district,
        town=Guess(place.unit or NOT_SAID, doubt),
        kind=Guess(known.kind) if known.kind else Guess(place.kind or NOT_SAID, doubt),
        speaker=_beside(byline.speaker, listed.speaker, block.doubt),
        post=post,
        title=_title(title, entry.title.removesuffix(stray) if entry else None, page),
    )


def _beside(said: str | None, listed: str | None, doubt: str | None) -> Guess:
    """Take what the byline says, and name what the contents page has instead."""
    if said and listed and said != listed:
        doubt = _("the contents page has {text}").format(text=listed)
    return Guess(said or listed or "", doubt)


def _title(title: str, listed: str | None, page: Contents) -> Guess:
    if not title:
        return Guess(listed or NOT_SAID, _("no title found"))
    if page.entries and listed is None:
        return Guess(title, _("not on the contents page"))
    return (
        Guess(title)
        if folding.fold(title) == folding.fold(listed or title)
        else _beside(title, listed, None)
    )


def slug(name: str) -> str:
    """Spell a name in toneless pinyin without its kind of place, which 新区 is not; `x` for none.

    >>> slug("酒泉路街道"), slug("长沙市"), slug("兰州新区"), slug("A1镇")
    ('jiuquanlu', 'changsha', 'lanzhouxinqu', 'a')
    """
    spelled = (
        _IN_NAMES.get(each) or folding.usual_reading(each).lower()
        for each in _KIND.sub("", name) or name
    )
    return "".join(each for each in spelled if each.isascii() and each.isalpha()) or "x"
