"""A compilation as it arrives, text or Word → a corpus file for a person to finish.

Lines are read, freed of page furniture and parted into speeches; speeches into sections; and every
quantity gets a figure. What is not sure is marked `# ?`, and what finds no place is listed.
"""

from collections.abc import Callable, Collection, Mapping, Sequence
from pathlib import PurePath
from typing import NamedTuple

from speeches_cli.corpus import Corpus
from speeches_cli.drafting import citing, contents, decoding, outline, pages, sections, slugs, writing
from speeches_cli.drafting.contents import Contents
from speeches_cli.drafting.outline import Block
from speeches_cli.drafting.precedents import Precedents
from speeches_cli.drafting.values import DraftSpeech, Guess
from speeches_cli.errors import CorpusError
from speeches_cli.messages import _
from speeches_cli.model import KINDS


class Draft(NamedTuple):
    """A corpus file, and what a person should know before finishing it."""

    yaml: str
    report: tuple[str, ...]
    """One line each: what was found, what is unsure, what has no place and what was left out."""


def draft(data: bytes, *, name: str, known: Corpus) -> Draft:
    """Draft a corpus from the bytes of a compilation; `name` is its file's, for errors and its title.

    Districts, topics and indicators follow the known corpus where they are like its own. Raises
    CorpusError for a file that is empty, no text, or holds no speech, and SpeechesError for a
    Word file when python-docx is not installed.
    """
    read = decoding.decode(data, file=name)
    lines, furniture = pages.clean_lines(read.lines)
    districts = known.districts
    page = contents.find(lines, districts)
    blocks, front = outline.divide(lines, page, districts)
    if not blocks:
        message = _("no speech found: no line names a post and a person, such as 甲县乙镇党委书记 张三")
        raise CorpusError(message, file=name)
    precedents = Precedents(known)
    speeches = _compose(blocks, page, districts, precedents)
    texts = (passage.text for each in speeches for passage in citing.passages(each.text))
    head, left_over = outline.title_page(front, texts, name=pages.tidy(PurePath(name).stem) or name)
    unplaced = writing.without_place(left_over, read.beside, page, speeches)
    drafted = _("Drafted from {name}. '# ?' marks a guess: look at it, mend it, and remove the mark.")
    text = writing.write(
        head,
        comments=[drafted.format(name=pages.tidy(PurePath(name).name)), *unplaced],
        districts=_districts(speeches, districts),
        topics=precedents.topics,
        speeches=speeches,
    )
    return Draft(text, tuple(writing.report(head, speeches, unplaced, furniture, page)))


def _compose(
    blocks: Sequence[Block], page: Contents, districts: Collection[str], precedents: Precedents
) -> list[DraftSpeech]:
    """Compose the speeches; a town named twice in its district gets a suffix to be told apart by."""
    named = {*districts, *(block.byline.district for block in blocks if block.byline.district)}
    full = pages.width([line for block in blocks for line in block.body], sections.STARTS)
    speeches: list[DraftSpeech] = []
    taken: dict[tuple[str, str], int] = {}
    for block in blocks:
        title, speaker = outline.settle(block, page, named)
        text = sections.divide(title, pages.join(block.body, full, sections.STARTS))
        district, town = speaker.district.text, speaker.town
        slug = _distinct(Guess(slugs.spell(town.text)), district, taken, _letters)
        speaker = speaker._replace(town=_distinct(town, district, taken, "（{}）".format))
        kind = next((Guess(kind) for kind in KINDS if town.text.endswith(kind)), None)
        kind = kind or Guess(KINDS[0], _("the town's name doesn't say"))
        found = citing.entries(text, precedents)
        speeches.append(DraftSpeech(speaker, slug, kind, text, *found))
    return speeches


def _distinct(
    name: Guess, district: str, taken: dict[tuple[str, str], int], suffix: Callable[[int], str]
) -> Guess:
    """Give a name that its district doesn't have yet, and take it."""
    text = name.text
    while (district, text) in taken:
        taken[district, name.text] += 1
        text = name.text + suffix(taken[district, name.text])
    taken[district, text] = 1
    return name if text == name.text else Guess(text, _("stands twice in this district"))


def _letters(count: int) -> str:
    """Count with letters, because a slug has no digits: 2 is b, 27 aa."""
    count, rest = divmod(count - 1, 26)
    return (_letters(count) if count else "") + chr(ord("a") + rest)


def _districts(speeches: Sequence[DraftSpeech], known: Mapping[str, str]) -> dict[str, Guess]:
    """List the districts with their slugs: all that are known, where the speeches have no other."""
    named = dict.fromkeys(each.speaker.district.text for each in speeches)
    every = known if named.keys() <= known.keys() else named
    return {name: Guess(known.get(name) or slugs.spell(name)) for name in every}
