"""A corpus file → checked values, and everything that is wrong with it, by line and entry."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from speeches_cli import folding, names
from speeches_cli.corpus import documents
from speeches_cli.corpus.citations import Citations
from speeches_cli.corpus.documents import Mapping, Node, Scalar
from speeches_cli.corpus.fields import NOTHING, Fields, Schema, Values, one_of
from speeches_cli.errors import CorpusError
from speeches_cli.messages import _
from speeches_cli.model import OPENING, Compilation, Figure, Passage, Related, Span, Speech

VERSION = "1"
Taken = dict[tuple[str, ...], tuple[str, Speech]]
"""The speech, with its file, that uses each id, slug and town: they are unique in a compilation."""


def _slugs(read: Fields, node: Node | None, key: str) -> dict[str, str]:
    """Take each district with its slug."""
    if node is not None and not isinstance(node, Mapping):
        read.refuse(_("'{key}' must list each district with its slug"), node, key)
    listed = node.items() if isinstance(node, Mapping) else ()
    districts = {read.text(name, key): read.slug(slug, name) for name, slug in listed}
    return districts if all(districts) else {}


def _counted(read: Fields, node: Node | None, key: str) -> dict[str, str]:
    """Take two or more indicators, each with a few words on what it counts."""
    if node is not None and not (isinstance(node, Mapping) and len(node) > 1):
        message = _("'{key}' must list two or more, each with a few words on what it counts")
        read.refuse(message, node, key)
    indicators = node if isinstance(node, Mapping) else {}
    return {str(name): read.text(words, name) for name, words in indicators.items()}


def _town(read: Fields, node: Node | None, key: str) -> str:
    """Take the town, by which errors name the speech from here on."""
    read.entry = read.text(node, key) or read.entry
    return read.entry


_TOP: Schema = {
    "schema": Fields.text,
    "compilation": Fields.text,
    "meeting": Fields.text,
    "date": Fields.date,
    "districts": _slugs,
    "topics": Fields.words,
    "speeches": Fields.items,
}
_TOP_EXTRAS: Schema = {"related": Fields.items, "unsure": Fields.words}
_GROUP: Schema = {"name": Fields.text, "indicators": _counted}
_SECTION: Schema = {"heading": Fields.text, "paragraphs": Fields.texts}
_SPEECH: Schema = {
    "town": _town,
    "id": Fields.number,
    "slug": Fields.slug,
    "kind": Fields.text,
    "title": Fields.text,
    "opening": Fields.text,
    "sections": Fields.items,
    "figures": Fields.items,
}
_SPEECH_EXTRAS: Schema = {
    "speaker": Fields.text,
    "post": Fields.text,
    "pages": Fields.pages,
    "numerals": Fields.items,
    "unsure": Fields.words,
}


class Paragraph(NamedTuple):
    """A passage, and its place in the file."""

    passage: Passage
    line: int
    key: str
    cited: tuple[Span, ...] = ()
    """The stretches that figures and numerals cite."""


class Entry(NamedTuple):
    """Everything that could be read of one speech."""

    speech: Speech
    paragraphs: tuple[Paragraph, ...]
    """Those of the sections whose whole text could be read."""
    figures: tuple[Figure, ...]
    figure_lines: tuple[int, ...]
    unsure_line: int
    """The line of the keys that a draft guessed; 0 where there are none."""

    @property
    def passages(self) -> tuple[Passage, ...]:
        """The title, the opening, then each section's heading and paragraphs."""
        return tuple(each.passage for each in self.paragraphs)


class Document(NamedTuple):
    """Everything that could be read of one corpus file; all of it, where there are no errors."""

    errors: tuple[CorpusError, ...]
    compilation: Compilation = Compilation("", "", "")
    districts: tuple[tuple[str, str], ...] = ()
    """Name and toneless pinyin slug."""
    topics: tuple[str, ...] = ()
    entries: tuple[Entry, ...] = ()
    related: tuple[Related, ...] = ()
    unsure: tuple[str, ...] = ()
    """What a draft guessed of the compilation itself: its title, meeting or date."""
    unsure_line: int = 0


def check(data: bytes, *, file: str) -> Document:
    """Read one file; the first thing that is wrong with it is raised as CorpusError."""
    document = read(data, file=file, taken={})
    if document.errors:
        raise document.errors[0]
    return document


def read(data: bytes, *, file: str, taken: Taken) -> Document:
    """Read one file to its end, whatever is wrong; `taken` holds the names that earlier files use."""
    errors: list[CorpusError] = []
    try:
        tree = documents.parse(data, file=file, errors=errors)
    except CorpusError as error:
        document = Document((*errors, error))
    else:
        document = _Walk(file, errors, taken).document(tree)
    in_order = sorted(document.errors, key=lambda each: each.line or 0)
    return document._replace(errors=tuple(in_order))


class _Walk(Fields):
    """Reads the tree of one file in the order of its keys, and notes all that is wrong."""

    def __init__(self, file: str, errors: list[CorpusError], taken: Taken) -> None:
        super().__init__(file, errors)
        self._taken = taken

    def document(self, tree: Node) -> Document:
        """Take the whole tree of a file."""
        version = tree.get("schema") if isinstance(tree, Mapping) else None
        if isinstance(version, Scalar) and version not in ("", VERSION):
            message = _("schema {text} is not known here; this program reads schema {known}")
            self.refuse(message, version, "schema", known=VERSION)
            return Document(tuple(self.errors))
        top = self.take(tree, _TOP, _TOP_EXTRAS)
        compilation = Compilation(top["compilation"], top["meeting"], top["date"])
        schema = _SPEECH_EXTRAS | {"district": one_of(top["districts"])}
        entries = tuple(
            self._speech(node, key, compilation, top["topics"], schema)
            for key, node in enumerate(top["speeches"])
        )
        self.entry = ""
        groups = [self.take(node, _GROUP, {}) for node in top["related"]]
        return Document(
            errors=tuple(self.errors),
            compilation=compilation,
            districts=tuple(top["districts"].items()),
            topics=top["topics"],
            entries=entries,
            related=tuple(Related(**each) for each in groups),
            unsure=top["unsure"],
            unsure_line=top.line("unsure"),
        )

    def _speech(
        self, node: Node, key: int, compilation: Compilation, topics: tuple[str, ...], extras: Schema
    ) -> Entry:
        """Take everything that is said of one speech; `key` counts them from 0."""
        self.entry = _("speech {number}").format(number=key + 1)
        before = len(self.errors)
        said = self.take(node, _SPEECH, extras)
        paragraphs = tuple(self._paragraphs(said, key))
        last = len(said["sections"]) if said["sections"].line else None
        citations = Citations(self, [each.passage for each in paragraphs], last)
        read = [(citations.figure(each, key, topics), each.line) for each in said["figures"]]
        figures = [(figure, line) for figure, line in read if figure]
        for each in said["numerals"]:
            citations.numeral(each)
        derived = {
            "key": key,
            "id": said["id"] or 0,
            "characters": sum(len(each.passage.text) for each in paragraphs[1:]),
            "figures": sum(not figure.repeats for figure, _line in figures),
            "compilation": compilation,
        }
        speech = Speech(**{name: said[name] for name in Speech._fields if name in said} | derived)
        self._claim(said, speech, {each.key for each in self.errors[before:]})
        return Entry(
            speech,
            tuple(each._replace(cited=citations.of(each.passage)) for each in paragraphs),
            tuple(figure for figure, _line in figures),
            tuple(line for _figure, line in figures),
            said.line("unsure"),
        )

    def _paragraphs(self, said: Values, speech: int) -> Iterator[Paragraph]:
        """Yield title and opening, then each section's heading and paragraphs."""
        texts = [(name, said[name], said.line(name)) for name in ("title", "opening")]
        yield from _passages(texts, speech, OPENING)
        for number, each in enumerate(said["sections"], start=1):
            section = self.take(each, _SECTION, {})
            texts = [("heading", section["heading"], section.line("heading"))]
            texts += [("paragraphs", text, text.line) for text in section["paragraphs"] or [NOTHING]]
            yield from _passages(texts, speech, number)

    def _claim(self, said: Values, speech: Speech, wrong: set[str]) -> None:
        """Note an id that another speech has, or a slug or town that another has in its district."""
        for key, name in names.claims(speech):
            if key in wrong:
                continue
            file, other = self._taken.setdefault(name, (self.file, speech))
            if other is not speech:
                message = _("{key} '{text}' is already used by speech {other}")
                if file != self.file:
                    message = _("{key} '{text}' is already used by speech {other} in {file}")
                self.refuse(message, said.nodes[key], key, other=other.id, file=file)


def _passages(texts: list[tuple[str, str, int]], speech: int, section: int) -> Iterator[Paragraph]:
    """Make passages of the texts of a section, each with key and line, unless one is missing."""
    heading = "" if section == OPENING else texts[0][1]
    if all(text for _key, text, _line in texts):
        for number, (key, text, line) in enumerate(texts):
            passage = Passage(speech, section, number, str(text), folding.fold(text), heading)
            yield Paragraph(passage, line, key)
