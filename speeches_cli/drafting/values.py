"""What a draft is made of, before it is YAML: the corpus's own parts, each with its doubt."""

from typing import NamedTuple


class RawLine(NamedTuple):
    """A line as the file has it."""

    text: str
    is_title: bool = False
    """Whether Word calls it a heading of the first level."""
    is_row: bool = False
    """Whether it is a table's row, its cells one after the other."""


class Decoded(NamedTuple):
    """What a file holds: its lines as they stand, and what stands beside its text."""

    lines: list[RawLine]
    """A line that is only a form feed ends a page."""
    beside: tuple[str, ...] = ()
    """Headers, notes, hidden and crossed-out words of a Word file: no part of its text."""


class Guess(NamedTuple):
    """A text for the corpus, and whether a person should look at it."""

    text: str
    """Empty where the text says nothing; the key is then left out."""
    doubt: str | None = None
    """Why it is doubtful; None where it is not."""


class Head(NamedTuple):
    """Who spoke for which unit, and under which title."""

    district: Guess
    town: Guess
    kind: Guess
    speaker: Guess
    post: Guess
    title: Guess


class Section(NamedTuple):
    """A heading and the paragraphs under it."""

    heading: Guess
    paragraphs: tuple[str, ...]


class DraftEntry(NamedTuple):
    """A figure or another numeral: the words of a section that cite it, and its other keys."""

    section: int
    cite: str
    occurrence: int | None
    """Which of several places in the section is meant; None where the words stand but once."""
    keys: dict[str, str]
    sure: bool = True


class DraftSpeech(NamedTuple):
    """One speech as it will stand in the corpus file."""

    slug: str
    head: Head
    opening: Guess
    sections: tuple[Section, ...]
    figures: tuple[DraftEntry, ...] = ()
    numerals: tuple[DraftEntry, ...] = ()
