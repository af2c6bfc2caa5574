"""The tree of a corpus file → checked values, or an error that names file, line and entry."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from speeches_cli import folding
from speeches_cli.corpus.citations import Citations
from speeches_cli.corpus.documents import Mapping, Node
from speeches_cli.corpus.fields import fallback
from speeches_cli.messages import _
from speeches_cli.model import HEADING, OPENING, Compilation, Figure, Passage, Related, Speech

VERSION = "1"
_TOP = ("schema", "compilation", "meeting", "date", "districts", "topics", "speeches")
_SPEECH = (
    *("id", "slug", "district", "town", "kind", "speaker", "post", "title", "opening", "sections"),
    "figures",
)
_SPEECH_EXTRAS = ("numerals", "unsure", "district", "speaker", "post", "pages")
Taken = dict[tuple[str, ...], tuple[str, Speech]]
"""Which speech of which file has an id, slug or town, for no other of one compilation may."""


class Entry(NamedTuple):
    """Everything that the file says of one speech."""

    speech: Speech
    passages: tuple[Passage, ...]
    figures: tuple[Figure, ...]


class Document(NamedTuple):
    """Everything that one corpus file says."""

    compilation: Compilation
    districts: tuple[tuple[str, str], ...]
    """Name and toneless pinyin slug."""
    topics: tuple[str, ...]
    entries: tuple[Entry, ...]
    related: tuple[Related, ...] = ()


def check(tree: Node, *, file: str) -> Document:
    """Check the whole tree and turn it into values; the first thing wrong is raised."""
    return Reader(file, {}).document(tree)


class Reader(Citations):
    """Walks the tree of one file in the order of its keys; `taken` is what earlier files left."""

    def __init__(self, file: str, taken: Taken) -> None:
        super().__init__(file)
        self.taken = taken

    def document(self, tree: Node) -> Document:
        """Take the whole tree of a file."""
        if isinstance(tree, Mapping) and tree.get("schema", VERSION) != VERSION:
            message = _("schema {found} is not known here; this program reads schema {known}")
            found = self.scalar(tree["schema"], "schema")
            raise self.error(message.format(found=found, known=VERSION), found, "schema")
        top = self.mapping(tree, _TOP, ("related",))
        compilation = Compilation(
            self.text(top, "compilation"), self.text(top, "meeting"), self.date(top, "date")
        )
        districts = self.districts(top)
        known = dict(districts)
        topics = tuple(map(str, self.texts(top, "topics")))
        speeches = enumerate(self.sequence(top, "speeches"))
        entries = self.each(
            self.speech, ((node, key, compilation, known, topics) for key, node in speeches)
        )
        return Document(compilation, districts, topics, entries, self.related(top))

    @fallback(())
    def districts(self, top: Mapping) -> tuple[tuple[str, str], ...]:
        """Take each district with its slug."""
        node = top["districts"]
        if not isinstance(node, Mapping):
            message = _("'districts' must list each district with its slug")
            raise self.error(message, node, "districts")
        return tuple((str(self.scalar(name, "districts")), self.slug(node, name)) for name in node)

    def speech(
        self,
        node: Node,
        key: int,
        compilation: Compilation,
        districts: dict[str, str],
        topics: tuple[str, ...],
    ) -> Entry:
        """Take everything that is said of one speech."""
        self.entry = _("speech {number}").format(number=key + 1)
        fields = self.mapping(node, _SPEECH, _SPEECH_EXTRAS)
        self.entry = self.text(fields, "town")
        district = self.district(fields, districts) if "district" in fields else ""
        passages = tuple(self.passages(fields, key))
        figures = self.figures(fields, key, passages, topics)
        if "numerals" in fields:
            self.numerals(fields, passages)
        speech = Speech(
            key=key,
            id=self.number(fields, "id"),
            slug=self.slug(fields, "slug"),
            district=district,
            town=self.entry,
            kind=self.text(fields, "kind"),
            speaker=self.optional(fields, "speaker") or "",
            post=self.optional(fields, "post") or "",
            title=self.text(fields, "title"),
            characters=sum(len(each.text) for each in passages[1:]),
            figures=sum(1 for each in figures if not each.repeats),
            compilation=compilation,
            unsure=tuple(map(str, self.texts(fields, "unsure"))) if "unsure" in fields else (),
            pages=self.pages(fields) if "pages" in fields else "",
        )
        self.unique(fields, speech)
        return Entry(speech, passages, figures)

    @fallback(())
    def related(self, top: Mapping) -> tuple[Related, ...]:
        """Take the groups of indicators that are near but defined differently, where there are any."""
        nodes = self.sequence(top, "related") if "related" in top else ()
        return self.each(self.group, ((node,) for node in nodes))

    def group(self, node: Node) -> Related:
        """Take one group: its name, and what each of its indicators counts."""
        fields = self.mapping(node, ("name", "indicators"))
        counted = fields["indicators"]
        if not isinstance(counted, Mapping) or len(counted) < 2:
            message = _("'indicators' must list two or more, each with a few words on what it counts")
            raise self.error(message, counted, "indicators")
        words = {str(each): self.text(counted, each) for each in counted}
        return Related(self.text(fields, "name"), words)

    @fallback("")
    def district(self, fields: Mapping, known: dict[str, str]) -> str:
        """Take a speech's district, which must be one of the known ones."""
        name = self.scalar(fields["district"], "district")
        if name not in known:
            message = _("district '{name}' is not listed under 'districts'").format(name=name)
            raise self.error(message, name, "district")
        return str(name)

    @fallback(())
    def figures(
        self, fields: Mapping, key: int, passages: tuple[Passage, ...], topics: tuple[str, ...]
    ) -> tuple[Figure, ...]:
        """Take a speech's figures."""
        nodes = self.sequence(fields, "figures")
        return self.each(self.figure, ((node, key, passages, topics) for node in nodes))

    @fallback(None)
    def numerals(self, fields: Mapping, passages: tuple[Passage, ...]) -> None:
        """Check what a speech lists as numerals that state no quantity."""
        nodes = self.sequence(fields, "numerals")
        self.each(self.numeral, ((node, passages) for node in nodes))

    def passages(self, fields: Mapping, key: int) -> Iterator[Passage]:
        """Yield title, opening, then each section's heading and paragraphs."""
        yield from self.opening(fields, key)
        for number, node in enumerate(self.sequence(fields, "sections"), start=1):
            yield from self.section(node, key, number)

    def opening(self, fields: Mapping, key: int) -> Iterator[Passage]:
        """Yield the title and the opening."""
        yield _passage(key, OPENING, HEADING, self.text(fields, "title"), "")
        yield _passage(key, OPENING, 1, self.text(fields, "opening"), "")

    def section(self, node: Node, key: int, number: int) -> Iterator[Passage]:
        """Yield a section's heading and paragraphs."""
        fields = self.mapping(node, ("heading", "paragraphs"))
        heading = self.text(fields, "heading")
        yield _passage(key, number, HEADING, heading, heading)
        for paragraph, text in enumerate(self.texts(fields, "paragraphs"), start=1):
            yield _passage(key, number, paragraph, str(text), heading)

    @fallback(None)
    def unique(self, fields: Mapping, speech: Speech) -> None:
        """Note a speech's id, which no other may have, and slug and town, none in its district."""
        for key, name in claims(speech):
            file, other = self.taken.setdefault(name, (self.file, speech))
            if other is not speech:
                message = _("{key} '{value}' is already used by speech {other}")
                if file != self.file:
                    message = _("{key} '{value}' is already used by speech {other} in {file}")
                text = message.format(key=key, value=fields.get(key), other=other.id, file=file)
                self.refuse(text, fields[key], key)


def claims(speech: Speech) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Yield by their keys what no other speech of a compilation has: its id; in its district, names."""
    for key, within in (("id", ""), ("slug", speech.district), ("town", speech.district)):
        yield key, (*speech.compilation, key, within, str(getattr(speech, key)))


def _passage(speech: int, section: int, paragraph: int, text: str, heading: str) -> Passage:
    return Passage(speech, section, paragraph, text, folding.fold(text), heading)
