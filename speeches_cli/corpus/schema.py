"""A corpus file → checked values, and everything that is wrong with it, by line and entry."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from typing import Any, NamedTuple

from speeches_cli.corpus import documents, entries, sources
from speeches_cli.corpus.documents import Node, Scalar
from speeches_cli.corpus.entries import NOTHING, Fields, Paragraph, Schema, named, one_of, whole
from speeches_cli.errors import CorpusError
from speeches_cli.messages import _
from speeches_cli.model import Compilation, Figure, Passage, Related, Speech

VERSION = "1"
Taken = dict[tuple[str, ...], tuple[str, Speech]]  # who uses an id, slug or town, with the file


def _town(read: Fields, node: Node | None, key: str) -> str:
    town = read.text(node, key)
    read.entry = town or read.entry  # by which errors name the speech from here on
    return town


_TOP: Schema = {
    "schema": one_of((VERSION,)),
    "compilation": Fields.text,
    "meeting": Fields.text,
    "date": entries.day,
    "districts": named(entries.slug),
    "topics": Fields.texts,
    "speeches": Fields.items,
}
_TOP_EXTRAS: Schema = {"related": Fields.items, "unsure": Fields.texts}
_GROUP: Schema = {"name": Fields.text, "indicators": named(Fields.text)}
_SECTION: Schema = {"heading": Fields.text, "paragraphs": Fields.texts}
_SPEECH: Schema = {
    "town": _town,
    "id": whole,
    "slug": entries.slug,
    "kind": Fields.text,
    "title": Fields.text,
    "opening": Fields.text,
    "sections": Fields.items,
    "figures": Fields.items,
}
_SPEECH_EXTRAS: Schema = {
    "speaker": Fields.text,
    "post": Fields.text,
    "pages": entries.pages,
    "numerals": Fields.items,
    "unsure": Fields.texts,
}


class Entry(NamedTuple):
    """Everything that could be read of one speech."""

    speech: Speech
    paragraphs: tuple[Paragraph, ...]  # headings among them; none of a section with a mistake
    figures: tuple[Figure, ...]


class Document(NamedTuple):
    """Everything that could be read of one corpus file; all of it, where there are no errors."""

    compilation: Compilation = Compilation("", "", "")
    districts: tuple[tuple[str, str], ...] = ()  # name and toneless pinyin slug
    topics: tuple[str, ...] = ()
    entries: tuple[Entry, ...] = ()
    related: tuple[Related, ...] = ()
    unsure: tuple[Scalar, ...] = ()  # the keys of the compilation itself that a draft guessed
    errors: tuple[CorpusError, ...] = ()


def read(data: bytes, *, file: str, taken: Taken | None = None, first: int = 0) -> Document:
    """Read one file to its end, whatever is wrong with it; its first speech gets the key `first`."""
    errors: list[CorpusError] = []
    document = Document()
    try:
        tree = documents.parse(data, file=file, errors=errors)
        document = _Walk(file, errors, taken={} if taken is None else taken, first=first).document(tree)
    except CorpusError as error:
        errors.append(error)
    return document._replace(errors=tuple(sorted(errors, key=lambda each: each.line or 0)))


def proofread(path: Path) -> Iterator[tuple[str, Document]]:
    """Read every file to its end, whatever is wrong with it; CorpusError only where there is none."""
    taken: Taken = {}
    for name, file in sources.find(path).items():
        try:
            document = read(sources.read(Path(file)), file=file, taken=taken)
        except CorpusError as error:
            if not name:
                raise
            document = Document(errors=(error,))
        yield file, document


def claims(speech: Speech) -> dict[str, tuple[str, ...]]:
    """Give, by key, the values that are unique in a compilation (id) or a district (slug, town)."""
    within = {"id": "", "slug": speech.district, "town": speech.district}
    return {
        key: (*speech.compilation, key, each, str(getattr(speech, key))) for key, each in within.items()
    }


@dataclass(kw_only=True)
class _Walk(Fields):
    """Reads the tree of one file in the order of its keys, and notes all that is wrong."""

    taken: Taken
    first: int

    def document(self, tree: Node) -> Document:
        top = self.take(tree, _TOP, _TOP_EXTRAS)
        self._compilation = Compilation(top["compilation"], top["meeting"], top["date"])
        self._topic = one_of(top["topics"])
        self._extras = _SPEECH_EXTRAS | {"district": one_of(top["districts"])}
        speeches = tuple(self._speech(node, number) for number, node in enumerate(top["speeches"], 1))
        self.entry = ""
        related = tuple(Related(**self.take(node, _GROUP, {})) for node in top["related"])
        districts = tuple(top["districts"].items())
        return Document(self._compilation, districts, top["topics"], speeches, related, top["unsure"])

    def _speech(self, node: Any, number: int) -> Entry:
        self.entry = _("speech {number}", number=number)
        key = self.first + number - 1
        said = self.take(node, _SPEECH, self._extras)
        sections = [*self._sections(said, key)]
        figures: list[Figure] = []
        if said["sections"].line:  # else nothing is known of what could be cited
            read = (entries.figure(self, each, sections, self._topic) for each in said["figures"])
            figures += filter(None, read)
            for each in said["numerals"]:
                entries.numeral(self, each, sections)
        paragraphs = tuple(chain(*sections))
        derived = {
            "key": key,
            "id": said["id"] or 0,
            "town": self.entry,
            "characters": sum(len(each.passage.text) for each in paragraphs[1:]),
            "figures": sum(not figure.repeats for figure in figures),
            "compilation": self._compilation,
        }
        speech = Speech(**{name: said[name] for name in Speech._fields if name in said} | derived)
        for name, claimed in claims(speech).items():
            file, other = self.taken.setdefault(claimed, (self.file, speech))
            if other is not speech and said[name] not in (None, NOTHING):
                message = _("{key} '{text}' is already used by speech {other} in {file}")
                self.refuse(message, node[name], name, other=other.id, file=file)
        return Entry(speech, paragraphs, tuple(figures))

    def _sections(self, said: dict[str, Any], speech: int) -> Iterator[list[Paragraph]]:
        """Yield title and opening, then each section's heading and paragraphs; none if one is wrong."""
        texts = [(said["title"], said["opening"])]
        for each in said["sections"]:
            section = self.take(each, _SECTION, {})
            texts.append((section["heading"], *(section["paragraphs"] or [NOTHING])))
        for number, every in enumerate(texts):
            heading = every[0] if number else ""
            keys = ("heading", "paragraphs") if number else ("title", "opening")
            yield [
                Paragraph(Passage(speech, number, at, text, heading), keys[min(at, 1)], text.line, [])
                for at, text in enumerate(every if all(every) else ())
            ]
