"""The names by which a speech can be called, folded like typed text."""

from collections.abc import Sequence
from typing import NamedTuple

from speeches_cli import folding
from speeches_cli.model import Speech


class Names(NamedTuple):
    """The names of a speech, district, topic or indicator, by the ways in which they are typed."""

    whole: tuple[str, ...]  # names that must be typed in full
    parts: tuple[str, ...]  # names of which any part is enough
    spelt: tuple[str, ...]  # names whose beginning may be typed in pinyin or its initials
    near: tuple[str, ...]  # names that may be typed with a slip


def alike(*called: str) -> Names:
    """Make names of which each may be typed in every way."""
    return Names(called, called, called, called)


def of(speech: Speech) -> Names:
    """Name a speech by number, town (also without 镇 or 街道), speaker, pinyin and district."""
    town, speaker, district = map(folding.fold, (speech.town, speech.speaker, speech.district))
    short = town.removesuffix(folding.fold(speech.kind))
    usual = (town, short, speaker, speech.slug)
    return Names(
        whole=(str(speech.id), *usual, district + town, district + short),
        parts=(town, speaker, district),
        spelt=(speech.slug, town, speaker, district),
        near=usual,
    )


def of_meetings(dates: Sequence[str]) -> list[str]:
    """Name meetings by their years, and by their dates where there are several in a year."""
    years = [date[:4] for date in dates]
    return [date if years.count(date[:4]) > 1 else date[:4] for date in dates]
