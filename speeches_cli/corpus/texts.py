"""The text of a speech: title, opening, and each section's heading and paragraphs → passages."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from speeches_cli import folding
from speeches_cli.corpus.documents import Mapping, Node
from speeches_cli.corpus.fields import Fields, fallback
from speeches_cli.errors import CorpusError
from speeches_cli.model import HEADING, OPENING, Passage, Span


class Paragraph(NamedTuple):
    """A passage, the line on which it begins, and its key in the file."""

    passage: Passage
    line: int
    key: str
    cited: tuple[Span, ...]
    """The stretches that figures and numerals cite."""


class Texts(Fields):
    """Reads the text of one speech after the other, and remembers where it is incomplete."""

    def __init__(self, file: str) -> None:
        super().__init__(file)
        self.lost = False
        """Whether the sections of the speech could not even be counted."""
        self.damaged: set[int] = set()
        """Its sections in whose text something is wrong."""

    def passages(self, fields: Mapping, key: int) -> list[Paragraph]:
        """Take title, opening, then each section's heading and paragraphs."""
        self.damaged = set()
        found = self.text_of(OPENING, key, self.opening(fields, key))
        for number, node in enumerate(self.sections(fields), start=1):
            found += self.text_of(number, key, self.section(node, key, number))
        return found

    @fallback(())
    def sections(self, fields: Mapping) -> Sequence[Node]:
        """Take the list of sections."""
        self.lost = True
        found = self.sequence(fields, "sections")
        self.lost = False
        return found

    def text_of(self, number: int, key: int, read: Iterator[Paragraph]) -> list[Paragraph]:
        """Take the text of a section, and remember where something is wrong with it."""
        before = self.gaps
        found: list[Paragraph] = []
        try:
            found += read
        except CorpusError as error:
            self.note(error)
        if self.gaps > before:
            self.damaged.add(number)
        return found or [Paragraph(_passage(key, number, HEADING, "", ""), 0, "", ())]

    def opening(self, fields: Mapping, key: int) -> Iterator[Paragraph]:
        """Yield the title and the opening."""
        for paragraph, name in enumerate(("title", "opening")):
            passage = _passage(key, OPENING, paragraph, self.text(fields, name), "")
            yield Paragraph(passage, _line(fields, name), name, ())

    def section(self, node: Node, key: int, number: int) -> Iterator[Paragraph]:
        """Yield a section's heading and paragraphs."""
        fields = self.mapping(node, ("heading", "paragraphs"))
        heading = self.text(fields, "heading")
        passage = _passage(key, number, HEADING, heading, heading)
        yield Paragraph(passage, _line(fields, "heading"), "heading", ())
        for paragraph, text in enumerate(self.texts(fields, "paragraphs"), start=1):
            passage = _passage(key, number, paragraph, str(text), heading)
            yield Paragraph(passage, text.line, "paragraphs", ())


def _passage(speech: int, section: int, paragraph: int, text: str, heading: str) -> Passage:
    return Passage(speech, section, paragraph, text, folding.fold(text), heading)


def _line(fields: Mapping, key: str) -> int:
    return fields[key].line if key in fields else 0
