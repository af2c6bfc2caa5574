"""What a draft is made of, before it is YAML: the corpus's own parts, each with its doubt."""

from typing import NamedTuple


class Guess(NamedTuple):
    """A text for the corpus, and whether a person should look at it."""

    text: str
    doubt: str | None = None
    """Why it is doubtful, empty where the reason is the usual one; None where it is not."""


class Section(NamedTuple):
    """A heading and the paragraphs under it."""

    heading: Guess
    paragraphs: tuple[str, ...]


class DraftText(NamedTuple):
    """One speech's text, in the order in which it is read."""

    title: Guess
    opening: Guess
    sections: tuple[Section, ...]


class Speaker(NamedTuple):
    """Who spoke for which town."""

    district: Guess
    town: Guess
    speaker: Guess
    post: Guess


class Citation(NamedTuple):
    """Words of one section, and which of the places is meant where they stand several times."""

    section: int
    words: str
    occurrence: int | None


class DraftEntry(NamedTuple):
    """A figure or numeral: its citation, and its other keys in the corpus file's order."""

    citation: Citation
    keys: dict[str, Guess]


class DraftSpeech(NamedTuple):
    """One speech as it will stand in the corpus file."""

    speaker: Speaker
    slug: Guess
    kind: Guess
    text: DraftText
    figures: tuple[DraftEntry, ...]
    numerals: tuple[DraftEntry, ...]
