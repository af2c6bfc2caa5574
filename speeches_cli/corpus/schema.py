"""The tree of a corpus file → checked values, or an error that names file, line and entry."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from speeches_cli import folding, quantities
from speeches_cli.corpus.documents import Mapping, Node, Scalar, Sequence
from speeches_cli.corpus.fields import Fields
from speeches_cli.errors import QuantityError
from speeches_cli.messages import _
from speeches_cli.model import (
    HEADING,
    KINDS,
    MEASURES,
    OPENING,
    STATUSES,
    Compilation,
    Figure,
    Passage,
    Span,
    Speech,
)

VERSION = "1"
_TOP = ("schema", "compilation", "meeting", "date", "districts", "topics", "speeches")
_SPEECH = (
    *("id", "slug", "district", "town", "kind", "speaker", "post", "title", "opening", "sections"),
    "figures",
)
_FIGURE = ("cite", "section", "indicator", "topic")
_FIGURE_EXTRAS = ("occurrence", "measure", "status", "period", "scope", "note")
_RELATIVE_UNITS = (quantities.PERCENT, quantities.PERCENTAGE_POINT, "倍")


@dataclass(frozen=True, slots=True)
class Numeral:
    """A numeral that states no quantity, with the reason; its spans are half-open."""

    section: int
    spans: tuple[Span, ...]
    reason: str


@dataclass(frozen=True, slots=True)
class Entry:
    """Everything that the file says of one speech."""

    speech: Speech
    passages: tuple[Passage, ...]
    figures: tuple[Figure, ...]
    numerals: tuple[Numeral, ...]


@dataclass(frozen=True, slots=True)
class Document:
    """Everything that one corpus file says."""

    compilation: Compilation
    districts: tuple[tuple[str, str], ...]
    """Name and toneless pinyin slug."""
    topics: tuple[str, ...]
    entries: tuple[Entry, ...]


def check(tree: Node, *, file: str) -> Document:
    """Check the whole tree and turn it into values; the first thing wrong is raised."""
    return _Reader(file).document(tree)


class _Reader(Fields):
    """Walks the tree of one file in the order of its keys."""

    def document(self, tree: Node) -> Document:
        top = self.mapping(tree, _TOP)
        if self.text(top, "schema") != VERSION:
            message = _("schema {found} is not known here; this program reads schema {known}")
            raise self.error(message.format(found=top["schema"], known=VERSION), top["schema"])
        compilation = Compilation(
            self.text(top, "compilation"), self.text(top, "meeting"), self.date(top, "date")
        )
        districts = self.districts(top)
        topics = tuple(self.texts(top, "topics"))
        entries: list[Entry] = []
        for node in self.sequence(top, "speeches"):
            entry = self.speech(node, len(entries), compilation, dict(districts), topics)
            self.unique(entry.speech, [each.speech for each in entries], node)
            entries.append(entry)
            self.entry = ""
        return Document(compilation, districts, topics, tuple(entries))

    def districts(self, top: Mapping) -> tuple[tuple[str, str], ...]:
        node = top["districts"]
        if not isinstance(node, Mapping) or not node:
            raise self.error(_("'districts' must list each district with its slug"), node)
        return tuple((str(name), self.slug(node, name)) for name in node)

    def unique(self, speech: Speech, earlier: list[Speech], node: Mapping) -> None:
        for key in ("id", "slug", "town"):
            value = getattr(speech, key)
            same = [each for each in earlier if getattr(each, key) == value]
            if same and (key == "id" or same[0].district == speech.district):
                message = _("{key} '{value}' is already used by speech {other}")
                raise self.error(message.format(key=key, value=value, other=same[0].id), node[key])

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
        self.entry = str(self.text(fields, "town"))
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
            slug=self.slug(fields, Scalar("slug")),
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
                yield passage(section, paragraph, text, heading)

    def figure(
        self, node: Node, key: int, passages: tuple[Passage, ...], topics: tuple[str, ...]
    ) -> Figure:
        fields = self.mapping(node, _FIGURE, _FIGURE_EXTRAS)
        section = self.section(fields, passages)
        located = [
            self.locate(cite, section, passages, self.occurrence(fields)) for cite in self.cites(fields)
        ]
        read = [self.quantity(cite) for _passage, _start, cite in located]
        if len({(each.unit, each.bound) for each in read}) > 1:
            raise self.error(_("the parts of a sum differ in unit or bound"), fields["cite"])
        spans = tuple(
            Span(passage.paragraph, start + each.start, start + each.end)
            for (passage, start, _cite), each in zip(located, read, strict=True)
        )
        topic = self.choice(fields, "topic", topics)
        sentences = [
            passage.sentence(span.start, span.end)
            for (passage, _start, _cite), span in zip(located, spans, strict=True)
        ]
        return Figure(
            speech=key,
            section=section,
            indicator=self.text(fields, "indicator"),
            topic=topic,
            as_written="+".join(each.text for each in read),
            value=sum((each.value for each in read[1:]), read[0].value),
            unit=read[0].unit,
            bound=read[0].bound,
            measure=self.measure(fields, read[0].unit),
            status=self.choice(fields, "status", STATUSES) if "status" in fields else STATUSES[0],
            period=self.optional(fields, "period"),
            scope=self.optional(fields, "scope"),
            note=self.optional(fields, "note"),
            sentence="".join(dict.fromkeys(sentences)),
            spans=spans,
        )

    def numeral(self, node: Node, passages: tuple[Passage, ...]) -> Numeral:
        fields = self.mapping(node, ("cite", "section", "reason"), ("occurrence",))
        section = self.section(fields, passages)
        located = [
            self.locate(cite, section, passages, self.occurrence(fields)) for cite in self.cites(fields)
        ]
        spans = tuple(
            Span(passage.paragraph, start, start + len(cite)) for passage, start, cite in located
        )
        return Numeral(section, spans, self.text(fields, "reason"))

    def measure(self, fields: Mapping, unit: str) -> str:
        measure = self.choice(fields, "measure", MEASURES) if "measure" in fields else MEASURES[0]
        if unit in _RELATIVE_UNITS and measure == "level":
            message = _("a figure in {unit} needs a measure: change, share, rate or increase")
            raise self.error(message.format(unit=unit), fields["cite"])
        return measure

    def section(self, fields: Mapping, passages: tuple[Passage, ...]) -> int:
        section = self.number(fields, "section")
        if section > passages[-1].section:
            message = _("there is no section {number}; the last is {last}")
            raise self.error(
                message.format(number=section, last=passages[-1].section), fields["section"]
            )
        return section

    def cites(self, fields: Mapping) -> list[Scalar]:
        node = fields["cite"]
        return (
            [self.scalar(each) for each in node] if isinstance(node, Sequence) else [self.scalar(node)]
        )

    def occurrence(self, fields: Mapping) -> int | None:
        return self.number(fields, "occurrence") if "occurrence" in fields else None

    def locate(
        self, cite: Scalar, section: int, passages: tuple[Passage, ...], occurrence: int | None
    ) -> tuple[Passage, int, Scalar]:
        """Find where a citation stands in its section, which must be one place or be named."""
        places = [
            (passage, match.start(), cite)
            for passage in passages
            if passage.section == section
            for match in re.finditer(re.escape(cite), passage.text)
        ]
        if not places:
            message = _("the citation '{cite}' does not stand in section {section}")
            raise self.error(message.format(cite=cite, section=section), cite)
        if occurrence is None and len(places) > 1:
            message = _(
                "the citation '{cite}' stands {count} times in section {section}; "
                "cite more words, or add 'occurrence'"
            )
            raise self.error(message.format(cite=cite, count=len(places), section=section), cite)
        if occurrence is not None and not 1 <= occurrence <= len(places):
            message = _("there is no occurrence {number} of '{cite}'")
            raise self.error(message.format(number=occurrence, cite=cite), cite)
        return places[(occurrence or 1) - 1]

    def quantity(self, cite: Scalar) -> quantities.Quantity:
        try:
            return quantities.read_one(cite)
        except QuantityError as error:
            raise self.error(str(error), cite) from None
