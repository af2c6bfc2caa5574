"""What a speech may be called, folded as what is typed is."""

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
        """Give the names that stand for the speech when they are typed in full, but for its number."""
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
