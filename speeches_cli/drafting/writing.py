"""A finished draft → the text of a corpus file, and a report on it."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import Any

from speeches_cli import folding
from speeches_cli.corpus import documents, schema
from speeches_cli.drafting import bylines, citing
from speeches_cli.drafting.contents import Contents
from speeches_cli.drafting.pages import PrintedLine
from speeches_cli.drafting.values import DraftSpeech, Guesses
from speeches_cli.messages import _

_QUOTED = 40  # characters of a text that the report repeats
# The keys of a speech, those first whose error would put figures under another unit's name.
_RISK = ("town", "speaker", "district", "kind", "title", "post", "opening", "sections")


def write(head: Guesses, *, comments: Iterable[str], speeches: Sequence[DraftSpeech]) -> str:
    """Write the whole file; the comments come first, one to a line."""
    districts = dict.fromkeys(each.head["district"].text for each in speeches)
    tree: dict[str, Any] = {"schema": int(schema.VERSION)}
    tree |= {key: guess.text for key, guess in head.items()}
    tree["date"] = date.fromisoformat(head["date"].text)
    if unsure := [key for key, guess in head.items() if guess.doubt]:
        tree["unsure"] = unsure
    tree["districts"] = {name: bylines.slug(name) for name in districts if name}
    tree["topics"] = [citing.NO_TOPIC]
    tree["speeches"] = []
    for number, speech in enumerate(speeches, start=1):
        doubtful = {key for key, guess in speech.head.items() if guess.doubt}
        if any(heading.doubt for heading, _under in speech.sections):
            doubtful.add("sections")
        made: dict[str, Any] = {"id": number, "slug": speech.slug}
        made |= {key: guess.text for key, guess in speech.head.items()}
        made["unsure"] = [key for key in _RISK if key in doubtful]
        made["sections"] = [
            {"heading": heading.text, "paragraphs": list(under)} for heading, under in speech.sections
        ]
        made |= {"figures": speech.figures, "numerals": speech.numerals}
        needed = ("sections", "figures")
        tree["speeches"].append({key: said for key, said in made.items() if said or key in needed})
    return "".join(f"# {comment}\n" for comment in comments) + documents.write(tree)


def without_place(
    lines: Iterable[PrintedLine], beside: Iterable[str], page: Contents, speeches: Sequence[DraftSpeech]
) -> Iterator[str]:
    """Quote each text that stands in no speech, and each entry of the contents page without one."""
    for line in lines:
        yield _("line {number} has no place: {text}", number=line.number, text=line.printed)
    for text in dict.fromkeys(beside):
        yield _("beside the text stands: {text}", text=text)
    people = {each.head["speaker"].text for each in speeches}
    titles = {folding.fold(each.head["title"].text) for each in speeches}
    for each in page.entries:
        if each.byline.speaker not in people and folding.fold(each.title) not in titles:
            yield _("only the contents page has {title}", title=each.printed)


def report(
    head: Guesses,
    speeches: Sequence[DraftSpeech],
    unplaced: Sequence[str],
    furniture: Sequence[tuple[int, str]],
    page: Contents,
) -> Iterator[str]:
    """Say how much was found, what of it is unsure, what has no place and what was left out."""
    entries = {_("the compilation"): head}
    for number, speech in enumerate(speeches, start=1):
        entry = _("speech {number} ({town})", number=number, town=speech.head["town"].text)
        headings = enumerate((each.heading for each in speech.sections), start=1)
        entries[entry] = speech.head | {_("heading {number}", number=at): each for at, each in headings}
    doubts = [
        f"{entry}: {f'{key} {text[:_QUOTED]}'.strip()}: {doubt}"
        for entry, keys in entries.items()
        for key, (text, doubt) in keys.items()
        if doubt
    ]
    figures = [entry for each in speeches for entry in each.figures]
    yield _(
        "drafted: speeches {speeches}, figures {figures}, other numerals {others}; "
        "to confirm: {keys} keys of speeches, {marks} figures",
        speeches=len(speeches),
        figures=len(figures),
        others=sum(len(each.numerals) for each in speeches),
        keys=len(doubts),
        marks=sum("sure" in entry for entry in figures),
    )
    yield from (*doubts, *unplaced)
    if page.lines:
        yield _(
            "contents page: lines {first} to {last}, {count} speeches",
            first=page.lines[0].number,
            last=page.lines[-1].number,
            count=len(page.entries),
        )
    alike: dict[str, list[tuple[int, str]]] = defaultdict(list)
    for number, text in furniture:
        alike[re.sub("[0-9]+", "0", text)].append((number, text))
    message = _("left out as page furniture: {text} (line {line}; {count} of the kind)")
    for (number, text), *others in alike.values():
        yield message.format(text=text, line=number, count=1 + len(others))
