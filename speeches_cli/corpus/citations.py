"""The entry of a figure or numeral → the place of its cited words, and the quantity in them."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from decimal import Decimal
from functools import lru_cache
from itertools import takewhile
from typing import NamedTuple

from speeches_cli import chinese, quantities, units
from speeches_cli.corpus.documents import Items, Mapping, Node, Scalar, Unread
from speeches_cli.corpus.fields import fallback
from speeches_cli.corpus.texts import Texts
from speeches_cli.errors import QuantityError
from speeches_cli.messages import _
from speeches_cli.model import MEASURES, OPENING, STATUSES, Figure, Passage, Span

_FIGURE = ("cite", "section", "indicator", "topic")
_FIGURE_EXTRAS = (
    "occurrence",
    "measure",
    "status",
    "period",
    "scope",
    "note",
    "sure",
    "setting",
    "repeats",
)
Located = tuple[tuple[Passage, int, Scalar], ...]
"""For each citation the passage in which it stands, where it begins, and its words."""
Part = tuple[Span, quantities.Quantity]
"""A quantity, and where it stands."""
_PUNCTUATION = re.compile(f"[{chinese.CLAUSE_END}、]")


class Stated(NamedTuple):
    """What a figure's citations state, as `Figure` has it."""

    as_written: str
    value: Decimal
    unit: str
    bound: str
    sentence: str
    spans: tuple[Span, ...]


class Citations(Texts):
    """Reads entries that cite a passage of the speech to which they belong."""

    def __init__(self, file: str) -> None:
        super().__init__(file)
        self.cited: list[tuple[int, Span]] = []
        """What figures and numerals of the speech cite, each with its section."""

    def figure(
        self, node: Node, key: int, passages: tuple[Passage, ...], topics: tuple[str, ...]
    ) -> Figure:
        """Read what a figure cites; `key` is its speech's. CorpusError where anything is wrong."""
        before, reached = self.gaps, len(self.cited)
        fields = self.mapping(node, _FIGURE, _FIGURE_EXTRAS)
        section, located = self.located(fields, passages)
        stated = self.stated(fields, located)
        figure = Figure(
            speech=key,
            section=section,
            indicator=self.text(fields, "indicator"),
            topic=self.choice(fields, "topic", topics),
            as_written=stated.as_written,
            value=stated.value,
            unit=stated.unit,
            bound=stated.bound,
            measure=self.measure(fields, stated.unit),
            status=self.choice(fields, "status", STATUSES) if "status" in fields else STATUSES[0],
            period=self.optional(fields, "period"),
            scope=self.optional(fields, "scope"),
            note=self.optional(fields, "note"),
            sentence=stated.sentence,
            spans=stated.spans,
            sure=self.truth(fields, "sure", default=True),
            setting=self.optional(fields, "setting"),
            repeats=self.truth(fields, "repeats", default=False),
        )
        if self.gaps > before:
            raise Unread
        self.cited[reached:] = [(section, span) for span in stated.spans]
        return figure

    def truth(self, fields: Mapping, key: str, *, default: bool) -> bool:
        """Take true or false under a key, or the default where the key is missing."""
        return self.choice(fields, key, ("true", "false")) == "true" if key in fields else default

    def numeral(self, node: Node, passages: tuple[Passage, ...]) -> None:
        """Check a numeral that is no quantity: its citation, and that it has a reason."""
        fields = self.mapping(node, ("cite", "section", "reason"), ("occurrence",))
        self.located(fields, passages)
        self.text(fields, "reason")

    @fallback("")
    def measure(self, fields: Mapping, unit: str) -> str:
        """Take the measure, which a percentage, unlike a count, can't do without."""
        measure = self.choice(fields, "measure", MEASURES) if "measure" in fields else MEASURES[0]
        if units.is_relative(unit) and measure == "level":
            message = _("a figure in {unit} needs a measure: change, share, rate or increase")
            raise self.error(message.format(unit=unit), fields["cite"], "measure")
        return measure

    @fallback(Stated("", Decimal(0), "", "=", "", ()))
    def stated(self, fields: Mapping, located: Located) -> Stated:
        """Read the quantity that located citations state, as a sum where they are several."""
        parts = self.parts(self.quantity, located)
        if len(parts) > 1:
            return self.total(fields["cite"], located, parts)
        [(span, read)], [(passage, _start, _cite)] = parts, located
        sentence = passage.sentence(span.start, span.end)
        return Stated(read.fall + read.text, read.value, read.unit, read.bound, sentence, (span,))

    def total(self, cites: Node, located: Located, parts: tuple[Part, ...]) -> Stated:
        """Add up what located citations state."""
        spans, read = zip(*parts, strict=True)
        if len({(each.unit, each.bound) for each in read}) > 1:
            message = _("the parts of a sum differ in unit or bound")
            raise self.error(message, cites, "cite")
        if len(set(spans)) < len(spans):
            raise self.error(_("the sum counts one quantity twice"), cites, "cite")
        sentences = [
            passage.sentence(span.start, span.end)
            for (passage, _start, _cite), span in zip(located, spans, strict=True)
        ]
        return Stated(
            as_written="+".join(each.fall + each.text for each in read),
            value=sum((each.value for each in read[1:]), read[0].value),
            unit=read[0].unit,
            bound=read[0].bound,
            sentence="".join(dict.fromkeys(sentences)),
            spans=spans,
        )

    @fallback((OPENING, ()))
    def located(self, fields: Mapping, passages: tuple[Passage, ...]) -> tuple[int, Located]:
        """Find an entry's section and where in it each of its citations stands."""
        if self.lost:
            raise Unread
        section = self.whole(fields["section"], "section")
        if section > passages[-1].section:
            message = _("there is no section {number}; the last is {last}").format(
                number=section, last=passages[-1].section
            )
            raise self.error(message, fields["section"], "section")
        within = [each for each in passages if each.section == section]
        occurrence = self.whole(fields["occurrence"], "occurrence") if "occurrence" in fields else None
        node = fields["cite"]
        several = isinstance(node, Items)
        cites = self.texts(fields, "cite") if several else (self.scalar(node, "cite"),)
        found = self.parts(self.locate, ((cite, section, within, occurrence) for cite in cites))
        for passage, start, cite in found:
            self.cited.append((section, Span(passage.paragraph, start, start + len(cite))))
        return section, found

    def locate(
        self, cite: Scalar, section: int, passages: list[Passage], occurrence: int | None
    ) -> tuple[Passage, int, Scalar]:
        """Find the one place where a citation stands, which the occurrence names if there are more."""
        places = [
            (passage, start, cite)
            for passage in passages
            if cite in passage.text
            for start in starts(cite, passage.text)
        ]
        key, message = "cite", ""
        if not places:
            message = _("the citation '{cite}' does not stand in section {section}")
        elif occurrence is None and len(places) > 1:
            message = _(
                "the citation '{cite}' stands {count} times in section {section}; "
                "cite more words, or add 'occurrence'"
            )
        elif occurrence is not None and not 1 <= occurrence <= len(places):
            key = "occurrence"
            message = _("there is no occurrence {number} of '{cite}' in section {section}")
        if message and section in self.damaged:  # the words may stand in what could not be read
            raise Unread
        if message:
            text = message.format(cite=cite, count=len(places), section=section, number=occurrence)
            raise self.error(text, cite, key)
        return places[(occurrence or 1) - 1]

    def quantity(self, passage: Passage, start: int, cite: Scalar) -> Part:
        """Read the one quantity that the text states where a citation stands, and where exactly.

        It is read from the whole passage, so that a citation can't make 39个 a 9个.
        """
        stop = start + len(cite)
        found, behind = _quantities(passage.text)
        first = bisect_right(behind, start)
        stated = list(takewhile(lambda each: each.start < stop, found[first : first + 2]))
        if len(stated) == 1 and stated[0].bound:
            span = Span(passage.paragraph, stated[0].start, stated[0].end)
            if start <= span.start and span.end <= stop:
                return span, stated[0]
        try:
            quantities.read_one(cite)
        except QuantityError as error:
            raise self.error(str(error), cite, "cite") from None
        message = _("the citation '{cite}' cuts a quantity of the text short; cite more words")
        raise self.error(message.format(cite=cite), cite, "cite")


def clause(text: str, start: int, end: int) -> tuple[int, int]:
    """Widen `[start, end)` to the punctuation on either side, beyond which no quantity goes on."""
    marks = _marks(text)
    return marks[bisect_left(marks, start) - 1] + 1, marks[bisect_left(marks, end)]


@lru_cache(maxsize=8)  # a paragraph's figures come in a row
def _marks(text: str) -> tuple[int, ...]:
    """Give the offsets of the punctuation in a text, with -1 and the length as sentinels."""
    return (-1, *(match.start() for match in _PUNCTUATION.finditer(text)), len(text))


@lru_cache(maxsize=8)
def _quantities(text: str) -> tuple[list[quantities.Quantity], list[int]]:
    """Give the quantities of a passage in order, and where each of them ends."""
    found = quantities.find(text)
    return found, [each.end for each in found]


def starts(cite: str, text: str) -> Iterator[int]:
    """Yield where a citation begins in a text, places that overlap included."""
    start = text.find(cite)
    while start >= 0:
        yield start
        start = text.find(cite, start + 1)
