"""The name of a district or town → its slug, in pinyin."""

import re

from speeches_cli import folding

# The kind of a place is no part of its slug, but 新区 is; and some Hanzi are read otherwise in names.
_KIND = re.compile("(?:街道|民族乡|镇|乡|苏木|(?<!新)区|自治县|县|市|旗)$")
_IN_NAMES = {"长": "chang", "都": "du", "厦": "xia", "泊": "po"}


def spell(name: str) -> str:
    """Spell a name in toneless pinyin without its kind: 酒泉路街道 is `jiuquanlu`; `x` for none.

    >>> spell("长沙市"), spell("兰州新区"), spell("A1镇")
    ('changsha', 'lanzhouxinqu', 'a')
    """
    spelled = (
        _IN_NAMES.get(each) or folding.usual_reading(each).lower()
        for each in _KIND.sub("", name) or name
    )
    return "".join(each for each in spelled if each.isascii() and each.isalpha()) or "x"
