"""A finished draft → the text of a corpus file, as a person writes one, and a report on it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

from speeches_cli.corpus import documents, schema
from speeches_cli.drafting import citing, contents, slugs
from speeches_cli.drafting.contents import Contents
from speeches_cli.drafting.pages import PrintedLine
from speeches_cli.drafting.titlepage import TitlePage
from speeches_cli.drafting.values import DraftEntry, DraftSpeech, Guess
from speeches_cli.errors import CorpusError
from speeches_cli.messages import _

_SIMPLE = re.compile(r"[\w“《（][^:#\s]*")
_QUOTED = 40
"""In characters: longer texts are not repeated in the report."""
_NUMBER = re.compile("[0-9]+")
_RISK = ("town", "speaker", "district", "kind", "title", "post", "opening", "sections")
"""The keys of a speech, those first whose error would put figures under another unit's name."""


def write(head: TitlePage, *, comments: Iterable[str], speeches: Sequence[DraftSpeech]) -> str:
    """Write the whole file; the comments come first, one to a line."""
    districts = dict.fromkeys(each.speaker.district.text for each in speeches)
    districts.pop("", None)
    lines = [f"# {comment}".rstrip() for comment in comments]
    lines.append(f"schema: {schema.VERSION}")
    lines += _keys("", {key: guess.text for key, guess in head._asdict().items()})
    if unsure := [key for key, guess in head._asdict().items() if guess.doubt is not None]:
        lines.append(f"unsure: [{', '.join(unsure)}]")
    lines.append("districts:" if districts else "districts: {}")
    lines += _keys("  ", {name: slugs.spell(name) for name in districts})
    lines += ["topics:", f"  - {citing.NO_TOPIC}", "", "speeches:"]
    for number, speech in enumerate(speeches, start=1):
        lines += _speech(number, speech)
    return "\n".join(lines) + "\n"


def scalar(text: str) -> str:
    """Write a text as a plain scalar where YAML reads that back unchanged, else in quotes.

    >>> scalar("网格54个"), scalar("注: 党建"), scalar("党的'三为'# ")
    ('网格54个', "'注: 党建'", "'党的''三为''# '")
    """
    if _SIMPLE.fullmatch(text) or _reads_back(text):
        return text
    return "'" + text.replace("'", "''") + "'"


def without_place(
    lines: Iterable[PrintedLine], beside: Iterable[str], page: Contents, speeches: Sequence[DraftSpeech]
) -> Iterator[str]:
    """Quote each text that stands in no speech, and each entry of the contents page without one.

    Where that page names more speeches than were found, this comes first.
    """
    if len(page.entries) > len(speeches):
        message = _("the contents page names {listed} speeches, {found} were found")
        yield message.format(listed=len(page.entries), found=len(speeches))
    for line in lines:
        yield _("line {number} has no place: {text}").format(number=line.number, text=line.printed)
    for text in dict.fromkeys(beside):
        yield _("beside the text stands: {text}").format(text=text)
    people = {each.speaker.speaker.text for each in speeches}
    for each in page.entries:
        found = any(contents.same(each.title, speech.text.title.text) for speech in speeches)
        if not found and (each.byline is None or each.byline.speaker not in people):
            text = " ".join(line.printed for line in each.lines)
            yield _("only the contents page has {title}").format(title=text)


def report(
    head: TitlePage,
    speeches: Sequence[DraftSpeech],
    unplaced: Sequence[str],
    furniture: Sequence[tuple[int, str]],
    page: Contents,
) -> Iterator[str]:
    """Say how much was found, what of it is unsure, what has no place and what was left out.

    Doubts about figures stand only in the file, at each.
    """
    figures = [entry for each in speeches for entry in each.figures]
    message = _(
        "drafted: speeches {speeches}, figures {figures}, other numerals {others}; "
        "to confirm: {keys} keys of speeches, {marks} figures"
    )
    yield message.format(
        speeches=len(speeches),
        figures=len(figures),
        others=sum(len(each.numerals) for each in speeches),
        keys=sum(guess.doubt is not None for guess in head) + sum(map(len, map(_unsure, speeches))),
        marks=sum(not entry.sure for entry in figures),
    )
    yield from _doubts(_("the compilation") + ": ", head._asdict())
    for number, speech in enumerate(speeches, start=1):
        entry = _("speech {number} ({town})").format(number=number, town=speech.speaker.town.text)
        headings = {
            _("heading {number}").format(number=index): section.heading
            for index, section in enumerate(speech.text.sections, start=1)
        }
        yield from _doubts(f"{entry}: ", _head(speech) | headings)
    yield from unplaced
    if page.lines:
        message = _("contents page: lines {first} to {last}, {count} speeches")
        first, last = page.lines[0].number, page.lines[-1].number
        yield message.format(first=first, last=last, count=len(page.entries))
    alike: dict[str, list[tuple[int, str]]] = {}
    for number, text in furniture:
        alike.setdefault(_NUMBER.sub("0", text), []).append((number, text))
    message = _("left out as page furniture: {text} (line {line}; {count} of the kind)")
    for group in alike.values():
        yield message.format(text=group[0][1], line=group[0][0], count=len(group))


def _doubts(entry: str, keys: Mapping[str, Guess]) -> Iterator[str]:
    for key, (text, doubt) in keys.items():
        if doubt is not None:
            quoted = f" {text}" if text and len(text) <= _QUOTED else ""
            yield f"{entry}{key}{quoted}: {doubt}"


def _unsure(speech: DraftSpeech) -> list[str]:
    """List the keys of a speech that a person should look at, what decides whose it is first."""
    doubts = {key: guess.doubt for key, guess in _head(speech).items()}
    doubts["sections"] = next(
        (each.heading.doubt for each in speech.text.sections if each.heading.doubt), None
    )
    return [key for key in _RISK if doubts[key] is not None]


def _reads_back(text: str) -> bool:
    try:
        tree = documents.parse(f"key: {text}\nlist:\n  - {text}\n".encode(), file="")
    except CorpusError:
        return False
    return tree == {"key": text, "list": [text]}


def _speech(number: int, speech: DraftSpeech) -> Iterator[str]:
    said = {key: guess.text for key, guess in _head(speech).items() if guess.text}
    lines = [*_keys("", {"id": str(number), "slug": speech.slug} | said)]
    if unsure := _unsure(speech):
        lines.append(f"unsure: [{', '.join(unsure)}]")
    yield from _item("  ", lines)
    yield "    sections:" if speech.text.sections else "    sections: []"
    for section in speech.text.sections:
        lines = [*_keys("", {"heading": section.heading.text}), "paragraphs:"]
        lines += [f"  - {scalar(paragraph)}" for paragraph in section.paragraphs]
        yield from _item("      ", lines)
    yield from _entries("figures", speech.figures)
    yield from _entries("numerals", speech.numerals) if speech.numerals else ()


def _head(speech: DraftSpeech) -> dict[str, Guess]:
    """Give what stands before a speech's sections, by its key in the file."""
    who = speech.speaker
    return {
        "district": who.district,
        "town": who.town,
        "kind": who.kind,
        "speaker": who.speaker,
        "post": who.post,
        "title": speech.text.title,
        "pages": Guess(speech.pages),
        "opening": speech.text.opening,
    }


def _entries(name: str, entries: Sequence[DraftEntry]) -> Iterator[str]:
    yield f"    {name}:" if entries else f"    {name}: []"
    for (section, words, occurrence), keys, sure in entries:
        place = {"cite": words, "occurrence": str(occurrence or ""), "section": str(section)}
        every = place | keys | {"sure": "" if sure else "false"}
        yield from _item("      ", _keys("", {key: text for key, text in every.items() if text}))


def _item(indent: str, lines: Iterable[str]) -> Iterator[str]:
    """Put a dash before the first line, and the others under it."""
    for number, line in enumerate(lines):
        yield f"{indent}{'  ' if number else '- '}{line}"


def _keys(indent: str, keys: Mapping[str, str]) -> Iterator[str]:
    for key, text in keys.items():
        yield f"{indent}{scalar(key)}: {scalar(text)}"
