"""Page numbers, of the contents page and of the pages → on which pages each speech stands."""

import re
from collections.abc import Sequence

from speeches_cli.drafting.contents import Contents, ContentsEntry
from speeches_cli.drafting.outline import Block
from speeches_cli.drafting.values import DraftSpeech

_NUMBER = re.compile("[0-9]+")
Furniture = Sequence[tuple[int, str]]
"""What was left out of the text: the number of its line, and what stands there."""


def found(
    speeches: Sequence[DraftSpeech], blocks: Sequence[Block], furniture: Furniture, page: Contents
) -> list[str]:
    """Give the pages of each speech as `5-6`; empty where the text does not tell.

    The number of a page stands at its foot or at its head: whichever puts every speech on the page
    that the contents page names. Where neither does, nothing is known.
    """
    named = [page.find(each.text.title.text, each.speaker.speaker.text) for each in speeches]
    starts = [_start(each) for each in named]
    numbers = [
        (line, int(numbers[0]))
        for line, text in furniture
        for numbers in (_NUMBER.findall(text),)
        if len(numbers) == 1
    ]
    lines = [[line.number for line in block.body] for block in blocks]
    for at_foot in (True, False):
        first = [_page(numbers, min(each, default=0), at_foot=at_foot) for each in lines]
        both = [(a, b) for a, b in zip(starts, first, strict=True) if a and b]
        if both and all(a == b for a, b in both):
            last = [_page(numbers, max(each, default=0), at_foot=at_foot) for each in lines]
            return [_range(*ends) for ends in zip(starts, last, strict=True)]
    return ["" for _each in speeches]


def _start(entry: ContentsEntry | None) -> int | None:
    """Read the page that an entry of the contents page ends with."""
    printed = " ".join(line.printed for line in entry.lines) if entry else ""
    ends = re.search(r"(?:…|[.．·•-]{4}|\s|[(（])([0-9]{1,4})[)）]?$", printed)
    return int(ends[1]) if ends else None


def _page(numbers: Sequence[tuple[int, int]], line: int, *, at_foot: bool) -> int | None:
    """Give the page number below a line, or above it."""
    if at_foot:
        return next((number for at, number in numbers if at > line), None)
    return next((number for at, number in reversed(numbers) if at < line), None)


def _range(first: int | None, last: int | None) -> str:
    if first is None or last is None or last < first:
        return ""
    return str(first) if first == last else f"{first}-{last}"
