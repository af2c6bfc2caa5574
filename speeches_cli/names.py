"""The names by which a speech can be called, folded like typed text."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from speeches_cli import folding
from speeches_cli.model import Speech


class Names(NamedTuple):
    """The names of one speech."""

    number: str
    town: str
    short: str
    """The town without 镇 or 街道."""
    speaker: str
    district: str
    slug: str
    date: str

    @property
    def whole(self) -> tuple[str, ...]:
        """Give the full names that identify the speech, except its number."""
        return (
            *(self.town, self.short, self.speaker, self.slug),
            *(self.district + self.town, self.district + self.short),
        )


def of(speech: Speech) -> Names:
    """Name a speech."""
    town, kind = folding.fold(speech.town), folding.fold(speech.kind)
    return Names(
        number=str(speech.id),
        town=town,
        short=town.removesuffix(kind),
        speaker=folding.fold(speech.speaker),
        district=folding.fold(speech.district),
        slug=speech.slug,
        date=speech.compilation.date,
    )


def claims(speech: Speech) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Yield, by key, the values that are unique in a compilation (id) or a district (slug, town)."""
    for key, within in (("id", ""), ("slug", speech.district), ("town", speech.district)):
        yield key, (*speech.compilation, key, within, str(getattr(speech, key)))


def of_meetings(dates: Sequence[str]) -> list[str]:
    """Name meetings by their years, and by their dates where there are several in a year."""
    years = [date[:4] for date in dates]
    return [date if years.count(date[:4]) > 1 else date[:4] for date in dates]
