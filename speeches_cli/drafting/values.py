"""What a draft is made of, before it is YAML: the corpus's own parts, each with its doubt."""

from typing import Any, NamedTuple


class RawLine(NamedTuple):
    """A line as the file has it."""

    text: str  # a form feed ends a page
    is_title: bool = False  # a heading of Word's first level
    is_row: bool = False  # a table's row, its cells one after the other


Decoded = tuple[list[RawLine], tuple[str, ...]]  # the lines, and what a Word file has beside them


class Guess(NamedTuple):
    """A text for the corpus, and whether a person should look at it."""

    text: str  # empty where the text says nothing; the key is then left out
    doubt: str | None = None


Guesses = dict[str, Guess]  # the texts of a speech or of the compilation, by their keys


class Section(NamedTuple):
    """A heading and the paragraphs under it."""

    heading: Guess
    paragraphs: tuple[str, ...]


class DraftSpeech(NamedTuple):
    """One speech as it will stand in the corpus file."""

    slug: str
    head: Guesses
    sections: tuple[Section, ...]
    figures: list[dict[str, Any]]  # as the file has them
    numerals: list[dict[str, Any]]
