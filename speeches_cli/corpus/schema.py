"""The tree of a corpus file → checked values, or an error that names file, line and entry."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from speeches_cli import names
from speeches_cli.corpus import documents
from speeches_cli.corpus.citations import Citations
from speeches_cli.corpus.documents import Mapping, Node
from speeches_cli.corpus.fields import fallback
from speeches_cli.corpus.texts import Paragraph
from speeches_cli.errors import CorpusError
from speeches_cli.messages import _
from speeches_cli.model import Compilation, Figure, Passage, Related, Span, Speech

VERSION = "1"
_TOP = ("schema", "compilation", "meeting", "date", "districts", "topics", "speeches")
_SPEECH = (
    *("id", "slug", "district", "town", "kind", "speaker", "post", "title", "opening", "sections"),
    "figures",
)
_SPEECH_EXTRAS = ("numerals", "unsure", "district", "speaker", "post", "pages")
Taken = dict[tuple[str, ...], tuple[str, Speech]]
"""The speech, with its file, that uses each id, slug and town: they are unique in a compilation."""


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


class Proof(NamedTuple):
    """What could be read of one speech, with the lines on which it stands."""

    entry: str
    """What errors call it."""
    paragraphs: tuple[Paragraph, ...]
    """Those of the sections in which nothing is wrong with the text itself."""
    figures: tuple[tuple[Figure, int], ...]
    unsure: tuple[str, ...]
    """The keys that a draft guessed, and nobody confirmed yet."""
    line: int
    """The one on which they are listed, if there are any."""


class Sheet(NamedTuple):
    """One file, read to its end."""

    file: str
    errors: tuple[CorpusError, ...]
    proofs: tuple[Proof, ...]
    head: Proof | None = None
    """What a draft guessed of the compilation itself: its title, meeting or date."""


def check(tree: Node, *, file: str) -> Document:
    """Check the whole tree and turn it into values; the first thing wrong is raised."""
    reader = Reader(file, {})
    document = reader.whole_document(lambda: tree)
    if document is None or reader.errors:
        raise reader.errors[0]
    return document


def proofread(data: bytes, *, file: str, taken: Taken) -> Sheet:
    """Read one file to its end; `taken` holds the names that earlier files use."""
    reader = Reader(file, taken)
    reader.whole_document(lambda: documents.parse(data, file=file, note=reader.note))
    return Sheet(file, tuple(reader.errors), tuple(reader.proofs), reader.head)


class Reader(Citations):
    """Walks the tree of one file in the order of its keys, and notes all that is wrong.

    `taken` holds the names that earlier files use.
    """

    def __init__(self, file: str, taken: Taken) -> None:
        super().__init__(file)
        self.taken = taken
        self.proofs: list[Proof] = []
        self.head: Proof | None = None

    @fallback(None)
    def whole_document(self, tree: Callable[[], Node]) -> Document | None:
        """Take the whole tree of a file, or None where there is none."""
        return self.document(tree())

    def document(self, tree: Node) -> Document:
        """Take the whole tree of a file."""
        if isinstance(tree, Mapping) and tree.get("schema", VERSION) != VERSION:
            message = _("schema {found} is not known here; this program reads schema {known}")
            found = self.scalar(tree["schema"], "schema")
            raise self.error(message.format(found=found, known=VERSION), found, "schema")
        top = self.mapping(tree, _TOP, ("related", "unsure"))
        compilation = Compilation(
            self.text(top, "compilation"), self.text(top, "meeting"), self.date(top, "date")
        )
        if "unsure" in top:
            self.head = Proof("", (), (), self.unsure(top), top["unsure"].line)
        districts = self.districts(top)
        known = dict(districts)
        topics = tuple(map(str, self.texts(top, "topics")))
        speeches = enumerate(self.sequence(top, "speeches"))
        entries = self.each(
            self.speech, ((node, key, compilation, known, topics) for key, node in speeches)
        )
        self.entry = ""
        return Document(compilation, districts, topics, entries, self.related(top))

    def unsure(self, fields: Mapping) -> tuple[str, ...]:
        """Take the keys that a draft guessed."""
        return tuple(map(str, self.texts(fields, "unsure")))

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
        self.entry = self.text(fields, "town") or self.entry
        self.cited = []
        district = self.district(fields, districts) if "district" in fields else ""
        text = self.passages(fields, key)
        passages = tuple(each.passage for each in text)
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
            figures=sum(1 for each, _line in figures if not each.repeats),
            compilation=compilation,
            unsure=self.unsure(fields) if "unsure" in fields else (),
            pages=self.pages(fields) if "pages" in fields else "",
        )
        self.unique(fields, speech)
        self.proofs.append(self.proof(text, figures, speech.unsure, fields))
        return Entry(speech, passages, tuple(figure for figure, _line in figures))

    def proof(
        self,
        text: list[Paragraph],
        figures: tuple[tuple[Figure, int], ...],
        unsure: tuple[str, ...],
        fields: Mapping,
    ) -> Proof:
        """Sum up what could be read of a speech."""
        cited: dict[tuple[int, int], list[Span]] = {}
        for section, span in self.cited:
            cited.setdefault((section, span.paragraph), []).append(span)
        sound = (each for each in text if each.passage.section not in self.damaged)
        paragraphs = (
            each._replace(cited=tuple(cited.get((each.passage.section, each.passage.paragraph), ())))
            for each in sound
        )
        line = fields["unsure"].line if unsure else 0
        return Proof(self.entry, tuple(paragraphs), figures, unsure, line)

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
        if known and name not in known:
            message = _("district '{name}' is not listed under 'districts'").format(name=name)
            raise self.error(message, name, "district")
        return str(name)

    @fallback(())
    def figures(
        self, fields: Mapping, key: int, passages: tuple[Passage, ...], topics: tuple[str, ...]
    ) -> tuple[tuple[Figure, int], ...]:
        """Take a speech's figures, each with the line on which its entry begins."""
        nodes = self.sequence(fields, "figures")
        return self.each(
            lambda node: (self.figure(node, key, passages, topics), node.line),
            ((each,) for each in nodes),
        )

    @fallback(None)
    def numerals(self, fields: Mapping, passages: tuple[Passage, ...]) -> None:
        """Check what a speech lists as numerals that state no quantity."""
        nodes = self.sequence(fields, "numerals")
        self.each(self.numeral, ((node, passages) for node in nodes))

    @fallback(None)
    def unique(self, fields: Mapping, speech: Speech) -> None:
        """Note a speech's id, which no other may have, and slug and town, none in its district."""
        for key, name in names.claims(speech):
            file, other = self.taken.setdefault(name, (self.file, speech))
            if other is not speech:
                message = _("{key} '{value}' is already used by speech {other}")
                if file != self.file:
                    message = _("{key} '{value}' is already used by speech {other} in {file}")
                text = message.format(key=key, value=fields.get(key), other=other.id, file=file)
                self.refuse(text, fields[key], key)
