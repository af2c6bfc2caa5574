"""The entry of a figure or numeral → the place of its cited words, and the quantity in them."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import takewhile

from speeches_cli import chinese, quantities, units
from speeches_cli.corpus.documents import Items, Node, Scalar
from speeches_cli.corpus.fields import Fields, Schema, Values, one_of, truth
from speeches_cli.errors import QuantityError
from speeches_cli.messages import _
from speeches_cli.model import MEASURES, STATUSES, Figure, Passage, Span
from speeches_cli.quantities import Quantity

Place = tuple[Passage, int, Scalar]
"""The passage in which a citation stands, where it begins, and its words."""
_PUNCTUATION = re.compile(f"[{chinese.CLAUSE_END}、]")


def _cites(read: Fields, node: Node | None, key: str) -> tuple[Scalar, ...]:
    """Take one citation or a list of them; none where one is wrong."""
    if isinstance(node, Items):
        return read.texts(node, key)
    cite = read.scalar(node, key)
    return (cite,) if cite else ()


_PLACE: Schema = {"cite": _cites, "section": Fields.number}
_FIGURE = _PLACE | {"indicator": Fields.text}
_FIGURE_EXTRAS: Schema = {
    "occurrence": Fields.number,
    "measure": one_of(MEASURES, default="level"),
    "status": one_of(STATUSES, default="actual"),
    **dict.fromkeys(("period", "scope", "note", "setting"), Fields.remark),
    "sure": truth(default=True),
    "repeats": truth(default=False),
}


class Citations:
    """Reads the figures and numerals of one speech, which cite its text.

    `last` is the number of the last section, None where they could not be counted. Citations of a
    section that has no passages are passed over: its text is wrong, which has to be mended first.
    """

    def __init__(self, read: Fields, passages: Iterable[Passage], last: int | None) -> None:
        self._read = read
        self._sections: defaultdict[int, list[Passage]] = defaultdict(list)
        for each in passages:
            self._sections[each.section].append(each)
        self._last = last
        self._cited: defaultdict[tuple[int, int], list[Span]] = defaultdict(list)

    def of(self, passage: Passage) -> tuple[Span, ...]:
        """Give the stretches of a passage that have been cited."""
        return tuple(self._cited[passage.section, passage.paragraph])

    def figure(self, node: Node, speech: int, topics: Sequence[str]) -> Figure | None:
        """Read a figure; None where it has no name or no quantity that can be read."""
        said = self._read.take(node, _FIGURE | {"topic": one_of(topics)}, _FIGURE_EXTRAS)
        places = self._places(said)
        read = [(passage, self._quantity(passage, start, cite)) for passage, start, cite in places]
        parts = [(passage, stated) for passage, stated in read if stated]
        if not parts or len(parts) < len(read):
            return None
        if len({(stated.unit, stated.bound) for _passage, stated in parts}) > 1:
            self._read.refuse(
                _("the parts of a sum differ in unit or bound"), said.nodes["cite"], "cite"
            )
        if len({(passage.paragraph, stated.start) for passage, stated in parts}) < len(parts):
            self._read.refuse(_("the sum counts one quantity twice"), said.nodes["cite"], "cite")
        first = parts[0][1]
        if units.is_relative(first.unit) and said.nodes.get("measure", "level") == "level":
            message = _("a figure in {unit} needs a measure: change, share, rate or increase")
            self._read.refuse(message, said.nodes["cite"], "measure", unit=first.unit)
        sentences = [passage.sentence(each.start, each.end) for passage, each in parts]
        return Figure(
            speech=speech,
            as_written="+".join(each.fall + each.text for _passage, each in parts),
            value=sum((each.value for _passage, each in parts[1:]), first.value),
            unit=first.unit,
            bound=first.bound,
            sentence="".join(dict.fromkeys(sentences)),
            spans=tuple(Span(passage.paragraph, each.start, each.end) for passage, each in parts),
            **{name: said[name] for name in Figure._fields if name in said},
        )

    def numeral(self, node: Node) -> None:
        """Check a numeral that is no quantity: its citation, and that it has a reason."""
        said = self._read.take(node, _PLACE | {"reason": Fields.text}, {"occurrence": Fields.number})
        for passage, start, cite in self._places(said):
            self._note(passage, start, start + len(cite))

    def _places(self, said: Values) -> list[Place]:
        """Find where each of an entry's citations stands; none where one cannot be found."""
        section, occurrence = said["section"], said["occurrence"]
        if section is None or (occurrence is None and "occurrence" in said.nodes):
            return []
        if self._last is not None and section > self._last:
            message = _("there is no section {number}; the last is {last}")
            self._read.refuse(
                message, said.nodes["section"], "section", number=section, last=self._last
            )
        passages = self._sections[section]
        found = [self._place(cite, passages, occurrence) for cite in said["cite"] if passages]
        places = [place for place in found if place]
        return places if len(places) == len(found) else []

    def _place(self, cite: Scalar, passages: list[Passage], occurrence: int | None) -> Place | None:
        """Find the one place where a citation stands, which the occurrence names if there are more."""
        places = [
            (passage, start, cite)
            for passage in passages
            if cite in passage.text
            for start in starts(cite, passage.text)
        ]
        key, message = "cite", ""
        if not places:
            message = _("the citation '{text}' does not stand in section {section}")
        elif occurrence is None and len(places) > 1:
            message = _(
                "the citation '{text}' stands {count} times in section {section}; "
                "cite more words, or add 'occurrence'"
            )
        elif occurrence is not None and not 1 <= occurrence <= len(places):
            key = "occurrence"
            message = _("there is no occurrence {number} of '{text}' in section {section}")
        if not message:
            return places[(occurrence or 1) - 1]
        words = {"count": len(places), "section": passages[0].section, "number": occurrence}
        self._read.refuse(message, cite, key, **words)
        return None

    def _quantity(self, passage: Passage, start: int, cite: Scalar) -> Quantity | None:
        """Read the one quantity that the text states where a citation stands, and where exactly.

        It is read from the whole passage, so that a citation can't make 39个 a 9个.
        """
        stop = start + len(cite)
        found, ends = _quantities(passage.text)
        first = bisect_right(ends, start)
        stated = list(takewhile(lambda each: each.start < stop, found[first : first + 2]))
        if len(stated) == 1 and stated[0].bound and start <= stated[0].start and stated[0].end <= stop:
            self._note(passage, stated[0].start, stated[0].end)
            return stated[0]
        self._note(passage, start, stop)
        message = _("the citation '{text}' cuts a quantity of the text short; cite more words")
        try:
            quantities.read_one(cite)
        except QuantityError as error:
            message = str(error).replace("{", "{{").replace("}", "}}")
        self._read.refuse(message, cite, "cite")
        return None

    def _note(self, passage: Passage, start: int, end: int) -> None:
        self._cited[passage.section, passage.paragraph].append(Span(passage.paragraph, start, end))


def clause(text: str, start: int, end: int) -> tuple[int, int]:
    """Widen `[start, end)` to the punctuation on either side, beyond which no quantity goes on."""
    marks = _marks(text)
    return marks[bisect_left(marks, start) - 1] + 1, marks[bisect_left(marks, end)]


@lru_cache(maxsize=8)  # a paragraph's figures come in a row
def _marks(text: str) -> tuple[int, ...]:
    """Give the offsets of the punctuation in a text, with -1 and the length as sentinels."""
    return (-1, *(match.start() for match in _PUNCTUATION.finditer(text)), len(text))


@lru_cache(maxsize=8)
def _quantities(text: str) -> tuple[list[Quantity], list[int]]:
    """Give the quantities of a passage in order, and where each of them ends."""
    found = quantities.find(text)
    return found, [each.end for each in found]


def starts(cite: str, text: str) -> Iterator[int]:
    """Yield where a citation begins in a text, places that overlap included."""
    start = text.find(cite)
    while start >= 0:
        yield start
        start = text.find(cite, start + 1)
