"""A compilation as it arrives, text or Word → a corpus file for a person to finish.

A guess is marked in the data (`unsure`, `sure: false`), and what finds no place is listed.
"""

import re
from collections import Counter
from collections.abc import Collection, Sequence
from pathlib import PurePath
from typing import NamedTuple

from speeches_cli import folding
from speeches_cli.drafting import bylines, citing, contents, outline, pages, writing
from speeches_cli.drafting.contents import Contents
from speeches_cli.drafting.values import DraftSpeech, Guess, Guesses
from speeches_cli.errors import CorpusError
from speeches_cli.messages import _

NOT_SAID = "不详"  # stands where the text says nothing and the corpus file must say something


class Known(NamedTuple):
    """What a person knows better than the text; None for what is left to it."""

    districts: tuple[str, ...] = ()  # which the text need not introduce
    district: str | None = None
    kind: str | None = None
    date: str | None = None
    meeting: str | None = None


class Draft(NamedTuple):
    """A corpus file, and what a person should know before finishing it."""

    yaml: str
    report: tuple[str, ...]  # what was found, is unsure, has no place, and was left out


def draft(data: bytes, *, name: str, known: Known | None = None) -> Draft:
    """Draft a corpus from the bytes of a compilation; `name` is its file's, for errors and its title.

    Raises CorpusError for a file that is empty, too large, no text, or holds no speech.
    """
    known = known or Known()
    raw, aside = pages.decode(data, file=name)
    lines, furniture = pages.clean_lines(raw)
    for page in (contents.find(lines), Contents()):  # what seemed its page may be all that there is
        blocks, front = outline.divide(lines, page)
        if blocks:
            break
    else:
        message = _("no speech found: no line says who speaks, such as 甲县乙镇党委书记 张三")
        raise CorpusError(message, file=name)
    speeches = _compose(blocks, page, known, furniture)
    path = PurePath(name)
    head, left_over = contents.title_page(front, name=pages.tidy(path.stem) or name)
    given = {"meeting": known.meeting, "date": known.date}
    head |= {key: Guess(said) for key, said in given.items() if said}
    unplaced = list(writing.without_place(left_over, aside, page, speeches))
    drafted = _(
        "Drafted from {name}. What is unsure is marked: look at it, mend it, and delete the mark.",
        name=pages.tidy(path.name),
    )
    text = writing.write(head, comments=[drafted, *unplaced], speeches=speeches)
    return Draft(text, tuple(writing.report(head, speeches, unplaced, furniture, page)))


def _compose(
    blocks: Sequence[outline.Block], page: Contents, known: Known, furniture: Sequence[tuple[int, str]]
) -> list[DraftSpeech]:
    """Compose the speeches; a unit named twice in its district gets a suffix to be told apart by."""
    districts = {*known.districts, *filter(None, (each.byline.place.district for each in blocks))}
    digits = [(at, re.findall("[0-9]+", text)) for at, text in furniture]
    numbers = [(at, int(each[0])) for at, each in digits if len(each) == 1]
    full = pages.width([line for block in blocks for line in block.body])
    speeches: list[DraftSpeech] = []
    taken = Counter[tuple[str, str]]()
    for block in blocks:
        head = _head(block, page, districts, known)
        head["pages"] = Guess(contents.printed_pages(block.entry, block.body, numbers))
        head["opening"], parts = outline.sections(pages.join(block.body, full))
        district, town = head["district"].text, head["town"].text
        slug = bylines.slug(town)
        taken.update({(district, town), (district, slug)})
        if (count := taken[district, slug]) > 1:
            letters = str.maketrans("1234567890", "abcdefghij")
            slug += "v" + str(count).translate(letters)  # no syllable has v in its midst
        if (count := taken[district, town]) > 1:
            head["town"] = Guess(f"{town}（{count}）", _("stands twice in this district"))
        passages: list[tuple[str, ...]] = [(head["title"].text, head["opening"].text)]
        passages += [(each.heading.text, *each.paragraphs) for each in parts]
        cited = citing.cite(passages, bylines.Place(town, head["kind"].text))
        speeches.append(DraftSpeech(slug, head, parts, *cited))
    return speeches


def _head(block: outline.Block, page: Contents, districts: Collection[str], known: Known) -> Guesses:
    """Settle the head of a speech; where byline and contents page disagree, mark it."""
    byline, listed = block.byline, block.entry.byline
    place = byline.place if byline.place.unit else listed.place
    district = Guess(known.district or place.district or listed.place.district or "")
    post = _beside(byline.post, listed.post if listed.speaker else None, block.doubt)
    title = block.title
    # A district before the post may be printed beside the title, and read as its end.
    stray = max((each for each in districts if title.endswith(each)), key=len, default="")
    if stray and stray != title and not district.text and byline.post:
        title = title.removesuffix(stray)
        district = Guess(stray, _("taken from the end of the title"))
        post = post._replace(text=stray + byline.post)
    doubt = None
    if not title:
        doubt = _("no title found")
    elif page.entries and not block.entry.printed:
        doubt = _("not on the contents page")
    listed_title = block.entry.title.removesuffix(stray)
    unsure = block.doubt if place.unit else _("no unit named")
    return {
        "district": district,
        "town": Guess(place.unit or NOT_SAID, unsure),
        "kind": Guess(known.kind) if known.kind else Guess(place.kind or NOT_SAID, unsure),
        "speaker": _beside(byline.speaker, listed.speaker, block.doubt),
        "post": post,
        "title": _beside(title or listed_title or NOT_SAID, listed_title, doubt),
    }


def _beside(said: str | None, listed: str | None, doubt: str | None) -> Guess:
    """Take what the byline says, and name what the contents page has instead."""
    if said and listed and folding.fold(said) != folding.fold(listed):
        doubt = _("the contents page has {text}", text=listed)
    return Guess(said or listed or "", doubt)
