"""The values of the program: speeches, their passages and their figures."""

from contextlib import suppress
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from speeches_cli import folding

OPENING = HEADING = 0  # the section of title and opening; the paragraph of a heading or of the title

KINDS = ("镇", "街道", "乡")
MEASURES = ("level", "increase", "change", "share", "rate")
STATUSES = ("actual", "plan")


class Compilation(NamedTuple):
    """One meeting's speeches as published: the source that every quotation names."""

    title: str
    meeting: str
    date: str  # as ISO 8601, `2023-09-18`


def is_date(text: str) -> bool:
    """Tell whether a text is a date as ISO 8601 has it in full."""
    with suppress(ValueError):
        return date.fromisoformat(text).isoformat() == text
    return False


class Names(NamedTuple):
    """The names of a speech, district, topic or indicator, folded, by how they are typed."""

    whole: tuple[str, ...]  # names that must be typed in full
    parts: tuple[str, ...]  # names of which any part is enough
    spelt: tuple[str, ...]  # names whose beginning may be typed in pinyin or its initials
    near: tuple[str, ...]  # names that may be typed with a slip


def alike(*called: str) -> Names:
    """Make names of which each may be typed in every way."""
    return Names(called, called, called, called)


class Speech(NamedTuple):
    """Who spoke for which town, under which title; the text itself stands in passages."""

    key: int  # the speech's place in the loaded corpus, unique across its files, from 0
    id: int
    slug: str
    district: str
    town: str
    kind: str
    speaker: str
    post: str
    title: str
    characters: int  # characters of the opening, the headings and the paragraphs, punctuation included
    figures: int
    compilation: Compilation
    dated: bool = False  # whether its number needs a date: the corpus has compilations of several
    unsure: tuple[str, ...] = ()  # the keys of its entry that a draft guessed, and nobody confirmed yet
    pages: str = ""  # where it stands in the printed compilation, `5-6`; empty where nobody knows

    @property
    def number(self) -> str:
        """Name the speech by its number: `3`, or `2023-09-18/3`."""
        return f"{self.compilation.date}/{self.id}" if self.dated else str(self.id)

    def locator(self, section: int) -> str:
        """Name a section of the speech as `show` takes it: `3.2`."""
        return f"{self.number}.{section}"

    @property
    def path(self) -> str:
        """Name the speech by district and town, which together are unique: `永登县/大同镇`."""
        return f"{self.district}/{self.town}"

    @property
    def names(self) -> Names:
        """Name the speech by number, town (also without 镇 or 街道), speaker, pinyin and district."""
        town, speaker, district = map(folding.fold, (self.town, self.speaker, self.district))
        short = town.removesuffix(folding.fold(self.kind))
        usual = (town, short, speaker, self.slug)
        return Names(
            whole=(str(self.id), *usual, district + town, district + short),
            parts=(town, speaker, district),
            spelt=(self.slug, town, speaker, district),
            near=usual,
        )


class Passage(NamedTuple):
    """One paragraph, heading or title: the unit in which text is searched."""

    speech: int
    section: int
    paragraph: int  # counted from 1 within the section; 0 is the heading, or in section 0 the title
    text: str
    heading: str


class Span(NamedTuple):
    """A half-open stretch `[start, end)` of characters in one paragraph."""

    paragraph: int
    start: int
    end: int


class Figure(NamedTuple):
    """One quantity that a speech states, read out of the words it cites."""

    speech: int
    section: int
    indicator: str
    topic: str
    as_written: str
    value: Decimal  # with 万 and 亿 applied, in `unit`; 70 for 70%
    unit: str
    bound: str
    measure: str
    status: str
    period: str | None
    scope: str | None
    note: str | None
    sentence: str  # the whole sentence it stands in, or several where the figure is a sum across them
    spans: tuple[Span, ...]  # where `as_written` stands, one span for each part of a sum
    sure: bool = True  # false where a draft guessed, and nobody confirmed it yet
    setting: str | None = None  # the campaign or platform it comes from, which limits no comparison
    repeats: bool = False  # whether the speech states the same fact a second time here
    line: int = 0  # where its entry begins in its file


class Related(NamedTuple):
    """Indicators that a reader puts side by side although they are defined differently."""

    name: str
    indicators: dict[str, str]  # each with a few words on what it counts
