"""Page numbers in drafts: kept where contents page and pages agree, and never guessed."""

from __future__ import annotations

import re

import pytest

from speeches_cli import drafting

CONTENTS = """\
目录

1．抓网格强治理
甲区东路街道党工委书记 王一……………1
2．兴产业促增收
乙县西镇党委书记 李二…………………3

"""
SPEECHES = """\
抓网格强治理
甲区东路街道党工委书记 王一

东路街道狠抓治理，设置网格54个，办结率达97.4%。
{0}
新增网格9个，覆盖居民3.1万余人次。
{1}
兴产业促增收
乙县西镇党委书记 李二

西镇现有人口2万人，兴办产业，带动增收。
{2}
"""
FOOT = [f"— {number} —\n" for number in (1, 2, 3)]


@pytest.mark.parametrize(
    ("text", "pages"),
    [
        (CONTENTS + SPEECHES.format(*FOOT), ["1-2", "3"]),
        (CONTENTS + SPEECHES.format(*FOOT[:2], ""), ["1-2"]),
        (CONTENTS + SPEECHES.format("", "", ""), []),
        (SPEECHES.format(*FOOT), []),
        (CONTENTS.replace("…1", "…7") + SPEECHES.format(*FOOT), ["3"]),
    ],
    ids=["foot", "a last page without number", "none", "no contents page", "at odds"],
)
def test_pages_are_kept_where_the_contents_page_and_the_pages_agree(
    text: str, pages: list[str]
) -> None:
    """A citation names only pages that the print names; where the two are at odds, it names none."""
    drafted = drafting.draft(text.encode(), name="汇编.txt")
    assert re.findall("pages: '?(\\d[^'\n]*)", drafted.yaml) == pages
