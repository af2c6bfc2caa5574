"""What byline, title, contents page and a person's options say → who speaks for which unit."""

import re
from collections.abc import Collection
from typing import NamedTuple

from speeches_cli import folding
from speeches_cli.drafting import contents
from speeches_cli.drafting.bylines import Byline
from speeches_cli.drafting.contents import Contents
from speeches_cli.drafting.outline import Block
from speeches_cli.drafting.values import Guess, Speaker
from speeches_cli.messages import _

NOT_SAID = "不详"
"""Stands where the text says nothing and the corpus file must say something."""
_KIND = re.compile("(?:街道|民族乡|镇|乡|苏木|(?<!新)区|自治县|县|市|旗)$")
_IN_NAMES = {"长": "chang", "都": "du", "厦": "xia", "泊": "po"}


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


class Known(NamedTuple):
    """What a person knows better than the text; None for what is left to it."""

    districts: tuple[str, ...] = ()
    """Names of districts that the text need not introduce."""
    district: str | None = None
    kind: str | None = None
    date: str | None = None
    meeting: str | None = None


def settle(
    block: Block, page: Contents, districts: Collection[str], known: Known
) -> tuple[Guess, Speaker]:
    """Settle title and speaker of a speech; where byline and contents page disagree, mark it.

    A byline without a district gets the one that its title, printed beside it, ends with.
    """
    byline = block.byline or Byline()
    entry = page.find(block.title, byline.speaker)
    listed = (entry.byline if entry else None) or Byline()
    speaker = Guess(byline.speaker or listed.speaker or "", block.doubt)
    if byline.speaker and listed.speaker not in (None, byline.speaker):
        message = _("the contents page has {text}").format(text=listed.speaker)
        speaker = Guess(byline.speaker, message)
    elif not byline.post:
        speaker = Guess(speaker.text, block.doubt or _("no byline found"))
    post = Guess(byline.post or listed.post or "", block.doubt)
    if entry and byline.post and listed.speaker and listed.post != byline.post:
        post = Guess(byline.post, _("the contents page has {text}").format(text=listed.post))
    place = byline.place if byline.place.unit else listed.place
    title, district = block.title, known.district or place.district or listed.place.district or ""
    stray = max((each for each in districts if title.endswith(each)), key=len, default="")
    where = Guess(district, None)
    if stray and stray != title and not district and byline.post:
        title = title.removesuffix(stray)
        where = Guess(stray, _("taken from the end of the title"))
        post = post._replace(text=stray + byline.post)
    doubt = _("no unit named") if not place.unit else block.doubt
    unit = Guess(place.unit or NOT_SAID, doubt)
    kind = Guess(known.kind) if known.kind else Guess(place.kind or NOT_SAID, doubt)
    listed_title = entry.title.removesuffix(stray) if entry else None
    return _title(title, listed_title, page), Speaker(where, unit, kind, speaker, post)


def _title(title: str, listed: str | None, page: Contents) -> Guess:
    if not title:
        return Guess(listed or NOT_SAID, _("no title found"))
    if listed and not contents.same(title, listed):
        return Guess(title, _("the contents page has {text}").format(text=listed))
    if page.entries and listed is None:
        return Guess(title, _("not on the contents page"))
    return Guess(title)
