"""The tree of a corpus file → checked values, or an error that names file, line and entry."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from speeches_cli import folding
from speeches_cli.corpus.citations import Citations, Numeral
from speeches_cli.corpus.documents import Mapping, Node
from speeches_cli.messages import _
from speeches_cli.model import HEADING, KINDS, OPENING, Compilation, Figure, Passage, Speech

VERSION = "1"
_TOP = ("schema", "compilation", "meeting", "date", "districts", "topics", "speeches")
_SPEECH = (
    *("id", "slug", "district", "town", "kind", "speaker", "post", "title", "opening", "sections"),
    "figures",
)


class Entry(NamedTuple):
    """Everything that the file says of one speech."""

    speech: Speech
    passages: tuple[Passage, ...]
    figures: tuple[Figure, ...]
    numerals: tuple[Numeral, ...]


class Document(NamedTuple):
    """Everything that one corpus file says."""

    compilation: Compilation
    districts: tuple[tuple[str, str], ...]
    """Name and toneless pinyin slug."""
    topics: tuple[str, ...]
    entries: tuple[Entry, ...]


def check(tree: Node, *, file: str) -> Document:
    """Check the whole tree and turn it into values; the first thing wrong is raised."""
    return _Reader(file).document(tree)


class _Reader(Citations):
    """Walks the tree of one file in the order of its keys."""

    def document(self, tree: Node) -> Document:
        if isinstance(tree, Mapping) and tree.get("schema", VERSION) != VERSION:
            message = _("schema {found} is not known here; this program reads schema {known}")
            found = self.text(tree, "schema")
            raise self.error(message.format(found=found, known=VERSION), tree["schema"])
        top = self.mapping(tree, _TOP)
        compilation = Compilation(
            self.text(top, "compilation"), self.text(top, "meeting"), self.date(top, "date")
        )
        districts = self.districts(top)
        known = dict(districts)
        topics = tuple(map(str, self.texts(top, "topics")))
        entries: list[Entry] = []
        taken: dict[tuple[str, ...], int] = {}
        for node in self.sequence(top, "speeches"):
            entry = self.speech(node, len(entries), compilation, known, topics)
            self.unique(entry.speech, taken, node)
            entries.append(entry)
        return Document(compilation, districts, topics, tuple(entries))

    def districts(self, top: Mapping) -> tuple[tuple[str, str], ...]:
        node = top["districts"]
        if not isinstance(node, Mapping) or not node:
            raise self.error(_("'districts' must list each district with its slug"), node)
        return tuple((str(self.scalar(name, "districts")), self.slug(node, name)) for name in node)

    def unique(self, speech: Speech, taken: dict[tuple[str, ...], int], node: Mapping) -> None:
        """Note a speech's id, which no other may have, and slug and town, none in its district."""
        for key, within in (("id", ""), ("slug", speech.district), ("town", speech.district)):
            name = (key, within, str(node[key]))
            if name in taken:
                message = _("{key} '{value}' is already used by speech {other}")
                text = message.format(key=key, value=node[key], other=taken[name])
                raise self.error(text, node[key])
            taken[name] = speech.id

    def speech(
        self,
        node: Node,
        key: int,
        compilation: Compilation,
        districts: dict[str, str],
        topics: tuple[str, ...],
    ) -> Entry:
        self.entry = _("speech {number}").format(number=key + 1)
        fields = self.mapping(node, _SPEECH, ("numerals",))
        self.entry = self.text(fields, "town")
        district = self.text(fields, "district")
        if district not in districts:
            raise self.error(
                _("district '{name}' is not listed under 'districts'").format(name=district),
                fields["district"],
            )
        passages = tuple(self.passages(fields, key))
        figures = tuple(
            self.figure(each, key, passages, topics) for each in self.sequence(fields, "figures")
        )
        numerals = tuple(
            self.numeral(each, passages)
            for each in (self.sequence(fields, "numerals") if "numerals" in fields else ())
        )
        speech = Speech(
            key=key,
            id=self.number(fields, "id"),
            slug=self.slug(fields, "slug"),
            district=district,
            town=self.entry,
            kind=self.choice(fields, "kind", KINDS),
            speaker=self.text(fields, "speaker"),
            post=self.text(fields, "post"),
            title=self.text(fields, "title"),
            characters=sum(len(each.text) for each in passages[1:]),
            figures=len(figures),
            compilation=compilation,
        )
        return Entry(speech, passages, figures, numerals)

    def passages(self, fields: Mapping, key: int) -> Iterator[Passage]:
        """Yield title, opening, then each section's heading and paragraphs."""

        def passage(section: int, paragraph: int, text: str, heading: str) -> Passage:
            return Passage(key, section, paragraph, text, folding.fold(text), heading)

        yield passage(OPENING, HEADING, self.text(fields, "title"), "")
        yield passage(OPENING, 1, self.text(fields, "opening"), "")
        for section, node in enumerate(self.sequence(fields, "sections"), start=1):
            parts = self.mapping(node, ("heading", "paragraphs"))
            heading = self.text(parts, "heading")
            yield passage(section, HEADING, heading, heading)
            for paragraph, text in enumerate(self.texts(parts, "paragraphs"), start=1):
                yield passage(section, paragraph, str(text), heading)
