"""A compilation as it arrives, text or Word → a corpus file for a person to finish.

Lines are read, freed of page furniture and parted into speeches; speeches into sections; and every
quantity gets a figure. A guess is marked in the data (`unsure`, `sure: false`), and what finds no
place is listed.
"""

from collections.abc import Callable, Sequence
from pathlib import PurePath
from typing import NamedTuple

from speeches_cli.drafting import (
    citing,
    contents,
    decoding,
    outline,
    pages,
    sections,
    speakers,
    titlepage,
    writing,
)
from speeches_cli.drafting.contents import Contents
from speeches_cli.drafting.measures import Owner
from speeches_cli.drafting.outline import Block
from speeches_cli.drafting.speakers import Known
from speeches_cli.drafting.values import DraftSpeech, Guess
from speeches_cli.errors import CorpusError
from speeches_cli.messages import _

__all__ = ["Draft", "Known", "draft"]

_LETTERS = str.maketrans("1234567890", "abcdefghij")


class Draft(NamedTuple):
    """A corpus file, and what a person should know before finishing it."""

    yaml: str
    report: tuple[str, ...]
    """One line each: what was found, what is unsure, what has no place and what was left out."""


def draft(data: bytes, *, name: str, known: Known | None = None) -> Draft:
    """Draft a corpus from the bytes of a compilation; `name` is its file's, for errors and its title.

    Raises CorpusError for a file that is empty, too large, no text, or holds no speech.
    """
    known = known or Known()
    read = decoding.decode(data, file=name)
    lines, furniture = pages.clean_lines(read.lines)
    page = contents.find(lines)
    blocks, front = outline.divide(lines, page)
    if not blocks:  # what seemed a contents page may be all that there is
        page = Contents()
        blocks, front = outline.divide(lines, page)
    if not blocks:
        message = _("no speech found: no line says who speaks, such as 甲县乙镇党委书记 张三")
        raise CorpusError(message, file=name)
    speeches = _compose(blocks, page, known)
    path = PurePath(name)
    head, left_over = titlepage.read(front, name=pages.tidy(path.stem) or name)
    if known.meeting:
        head = head._replace(meeting=Guess(known.meeting))
    if known.date:
        head = head._replace(date=Guess(known.date))
    unplaced = list(writing.without_place(left_over, read.beside, page, speeches))
    drafted = _(
        "Drafted from {name}. What is unsure is marked: look at it, mend it, and delete the mark."
    )
    comments = [drafted.format(name=pages.tidy(path.name)), *unplaced]
    text = writing.write(head, comments=comments, speeches=speeches)
    return Draft(text, tuple(writing.report(head, speeches, unplaced, furniture, page)))


def _compose(blocks: Sequence[Block], page: Contents, known: Known) -> list[DraftSpeech]:
    """Compose the speeches; a unit named twice in its district gets a suffix to be told apart by."""
    named = {block.byline.place.district for block in blocks if block.byline}
    districts = {*known.districts, *filter(None, named)}
    full = pages.width([line for block in blocks for line in block.body], sections.STARTS)
    speeches: list[DraftSpeech] = []
    taken: dict[tuple[str, str], int] = {}
    for block in blocks:
        head = speakers.settle(block, page, districts, known)
        opening, parts = sections.divide(pages.join(block.body, full, sections.STARTS))
        district, town = head.district.text, head.town.text
        slug = _distinct(speakers.slug(town), district, taken, lambda n: str(n).translate(_LETTERS))
        distinct = _distinct(town, district, taken, "（{}）".format)
        if distinct != town:
            head = head._replace(town=Guess(distinct, _("stands twice in this district")))
        speech = DraftSpeech(slug, head, opening, parts)
        figures, numerals = citing.entries(speech, Owner(town, head.kind.text))
        speeches.append(speech._replace(figures=figures, numerals=numerals))
    return speeches


def _distinct(
    name: str, district: str, taken: dict[tuple[str, str], int], suffix: Callable[[int], str]
) -> str:
    """Give a name that its district doesn't have yet, and take it."""
    text = name
    while (district, text) in taken:
        taken[district, name] += 1
        text = name + suffix(taken[district, name])
    taken[district, text] = 1
    return text
