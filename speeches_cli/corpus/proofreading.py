"""A corpus file read to its end: everything that is wrong with it, and everything that is not.

This is the loader's own walk, which goes on after a mistake with a value that nobody gets to see.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import partial
from typing import Any, NamedTuple, TypeVar

from speeches_cli.corpus import documents
from speeches_cli.corpus.citations import Located
from speeches_cli.corpus.documents import Mapping, Node, Scalar
from speeches_cli.corpus.fields import FALLBACKS
from speeches_cli.corpus.schema import Entry, Reader, Taken
from speeches_cli.errors import CorpusError
from speeches_cli.model import HEADING, OPENING, Compilation, Figure, Passage, Span

T = TypeVar("T")
_OPENING = ("title", "opening")


class Paragraph(NamedTuple):
    """A passage that could be read, the line on which it begins, and its key in the file."""

    passage: Passage
    line: int
    key: str
    cited: tuple[Span, ...]
    """What of it figures and numerals cite."""


class Proof(NamedTuple):
    """What could be read of one speech."""

    entry: str
    """What errors call it."""
    paragraphs: tuple[Paragraph, ...]
    """Those of the sections in which nothing is wrong with the text itself."""
    figures: tuple[tuple[Figure, int], ...]
    """Each with the line on which its entry begins."""
    unsure: tuple[str, ...]
    """The keys that a draft guessed, and nobody confirmed yet."""
    line: int
    """The one on which they are listed, if there are any."""


class Sheet(NamedTuple):
    """One file, read to its end."""

    file: str
    errors: tuple[CorpusError, ...]
    proofs: tuple[Proof, ...]


class _AlreadySaid(CorpusError):
    """A value that cannot be had, for a reason that has been noted."""

    def __init__(self) -> None:
        super().__init__("", file="")


class _Partial(Mapping):
    """An entry of which some keys may be missing."""

    def __missing__(self, key: object) -> None:
        raise _AlreadySaid


def proofread(data: bytes, *, file: str, taken: Taken) -> Sheet:
    """Read one file; `taken` is what the files before it have left there."""
    reader = _Proofreader(file, taken)
    try:
        reader.document(documents.parse(data, file=file, note=reader.note))
    except CorpusError as error:
        reader.note(error)
    return Sheet(file, tuple(reader.errors), tuple(reader.proofs))


class _Proofreader(Reader):
    """Notes what the loader would raise.

    Where an entry's key, or one of several entries, cannot be read, it goes on with the next. Whatever
    has a fallback in FALLBACKS may raise here too: it is noted.
    """

    def __init__(self, file: str, taken: Taken) -> None:
        super().__init__(file, taken)
        self.errors: list[CorpusError] = []
        self.gaps = 0  # how often something could not be had, also where an error said so before
        self.proofs: list[Proof] = []
        self.lost = False  # whether the speech's sections could not even be counted
        self.damaged: set[int] = set()  # its sections in whose text something is wrong
        self.texts_read: list[tuple[Passage, int, str]] = []
        self.figures_read: list[tuple[Figure, int]] = []
        self.cited: list[tuple[int, Span]] = []

    def note(self, error: CorpusError) -> None:
        """Note an error, once."""
        self.gaps += 1
        if not isinstance(error, _AlreadySaid):
            self.errors.append(error)

    def attempt(self, read: Callable[..., T], otherwise: T, *arguments: object) -> T:
        """Read something, or note what is wrong with it and give something in its place."""
        try:
            return read(*arguments)
        except CorpusError as error:
            self.note(error)
            return otherwise

    def refuse(self, message: str, node: Node, key: str) -> None:
        self.note(self.error(message, node, key))

    def each(self, read: Callable[..., T], entries: Iterable[tuple[Any, ...]]) -> tuple[T, ...]:
        found = (self.attempt(read, None, *entry) for entry in entries)
        return tuple(each for each in found if each is not None)

    def parts(self, read: Callable[..., T], parts: Iterable[tuple[Any, ...]]) -> tuple[T, ...]:
        before = self.gaps
        found = self.each(read, parts)
        if self.gaps > before or not found:
            raise _AlreadySaid
        return found

    def mapping(self, node: Node, required: tuple[str, ...], extras: tuple[str, ...] = ()) -> Mapping:
        found = super().mapping(node, required, extras)
        fields = _Partial(found)
        fields.line = found.line
        return fields

    def text(self, fields: Mapping, key: str) -> str:
        return self.attempt(super().text, self.entry, fields, key)  # the name, if it is the town

    def choice(self, fields: Mapping, key: str, known: tuple[str, ...]) -> str:
        if not known:  # the list of topics could not be read
            return self.text(fields, key)
        return super().choice(fields, key, known)

    def district(self, fields: Mapping, known: dict[str, str]) -> str:
        if not known:
            return self.text(fields, "district")
        return super().district(fields, known)

    def speech(
        self,
        node: Any,
        key: int,
        compilation: Compilation,
        districts: dict[str, str],
        topics: tuple[str, ...],
    ) -> Entry:
        self.lost, self.damaged = False, set()
        self.texts_read, self.figures_read, self.cited = [], [], []
        entry = super().speech(node, key, compilation, districts, topics)
        unsure = entry.speech.unsure
        self.proofs.append(self.proof(unsure, node["unsure"].line if unsure else 0))
        return entry

    def proof(self, unsure: tuple[str, ...], line: int) -> Proof:
        """Sum up what could be read of the speech that was read last."""
        cited: dict[tuple[int, int], list[Span]] = {}
        for section, span in self.cited:
            cited.setdefault((section, span.paragraph), []).append(span)
        paragraphs = (
            Paragraph(each, line, key, tuple(cited.get((each.section, each.paragraph), ())))
            for each, line, key in self.texts_read
        )
        return Proof(self.entry, tuple(paragraphs), tuple(self.figures_read), unsure, line)

    def passages(self, fields: Mapping, key: int) -> Iterator[Passage]:
        try:
            yield from super().passages(fields, key)
        except CorpusError as error:
            self.note(error)
            self.lost = True

    def opening(self, fields: Mapping, key: int) -> Iterator[Passage]:
        read = super().opening(fields, key)
        return self.text_of(OPENING, key, read, lambda: [(fields[each], each) for each in _OPENING])

    def section(self, node: Any, key: int, number: int) -> Iterator[Passage]:
        def nodes() -> list[tuple[Scalar, str]]:
            paragraphs = [(each, "paragraphs") for each in node["paragraphs"]]
            return [(node["heading"], "heading"), *paragraphs]

        return self.text_of(number, key, super().section(node, key, number), nodes)

    def text_of(
        self,
        number: int,
        key: int,
        passages: Iterator[Passage],
        nodes: Callable[[], list[tuple[Scalar, str]]],
    ) -> Iterator[Passage]:
        """Read the text of a section, and note from which nodes it comes, or that it is damaged."""
        before = self.gaps
        found: list[Passage] = self.attempt(list, [], passages)
        if self.gaps > before:
            self.damaged.add(number)
        else:
            for passage, (node, name) in zip(found, nodes(), strict=True):
                self.texts_read.append((passage, node.line, name))
        return iter(found or [Passage(key, number, HEADING, "", "", "")])

    def figure(
        self, node: Node, key: int, passages: tuple[Passage, ...], topics: tuple[str, ...]
    ) -> Figure:
        before, reached = self.gaps, len(self.cited)
        figure = super().figure(node, key, passages, topics)
        if self.gaps == before:
            self.figures_read.append((figure, node.line))
            self.cited[reached:] = [(figure.section, span) for span in figure.spans]
        return figure

    def located(self, fields: Mapping, passages: tuple[Passage, ...]) -> tuple[int, Located]:
        if self.lost:
            raise _AlreadySaid
        section, located = super().located(fields, passages)
        for passage, start, cite in located:
            self.cited.append((section, Span(passage.paragraph, start, start + len(cite))))
        return section, located

    def locate(
        self, cite: Scalar, section: int, passages: list[Passage], occurrence: int | None
    ) -> tuple[Passage, int, Scalar]:
        try:
            return super().locate(cite, section, passages, occurrence)
        except CorpusError:
            if section in self.damaged:
                raise _AlreadySaid from None
            raise


def _noting(method: Callable[..., Any], otherwise: object) -> Callable[..., Any]:
    def read(self: _Proofreader, *arguments: object) -> object:
        return self.attempt(partial(method, self), otherwise, *arguments)

    return read


for _name, _otherwise in FALLBACKS.items():
    setattr(_Proofreader, _name, _noting(getattr(_Proofreader, _name), _otherwise))
