"""Figures of towns that spoke at several meetings → each town's course, and how much has changed."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from speeches_cli import figures
from speeches_cli.figures import Group, Row
from speeches_cli.model import Figure, Speech


class Course(NamedTuple):
    """What one town says of an indicator at each meeting."""

    town: str
    cells: Sequence[Sequence[Figure] | None]
    """For each date its figures; empty where its speech gives no such figure, None where there is no
    speech, or where its figures are left out."""
    change: Row | None  # the last of the cells against the one before that has figures, if one has


def dates(towns: Iterable[Speech]) -> tuple[str, ...]:
    """Give the dates of the meetings at which towns spoke, the oldest first."""
    return tuple(sorted({town.compilation.date for town in towns}))


def courses(group: Group, towns: Mapping[int, Speech]) -> Iterator[Course]:
    """Set the figures of one indicator town by town, in the order in which towns are first met."""
    when = dates(towns.values())
    place = {key: (town.path, town.compilation.date) for key, town in towns.items()}
    said = figures.grouped(group.figures, lambda each: place[each.speech])
    names = {towns[each.speech].path: towns[each.speech].town for each in group.figures}
    said |= {at: [] for key, at in place.items() if key not in group.speaking}
    for path, name in names.items():
        cells = [said.get((path, date)) for date in when]
        told = [
            tuple(each._replace(period=aligned(each.period, date)) for each in cell)
            for date, cell in zip(when, cells, strict=True)
            if cell
        ]
        yield Course(name, cells, figures.row((told[-1], told[-2])) if len(told) > 1 else None)


def aligned(period: str | None, date: str) -> str | None:
    """Name a period by its distance from a meeting's year: 2022年 in 2023 agrees with 2023年 in 2024.

    A period that lasts until the meeting agrees with one that lasts until the same month.

    >>> aligned("2022年", "2023-09-18"), aligned("去年", "2024-09-20")
    ('-1年', '-1年')
    >>> aligned("今年以来", "2024-09-20")
    '0年以来 09'
    """
    if period is None:
        return None
    this = int(date[:4])
    said = period.replace("今年", f"{this}年").replace("去年", f"{this - 1}年")
    open_ended = f" {date[5:7]}" if said.endswith(("以来", f"{this}年", "累计", "目前")) else ""
    return re.sub("(20[0-9]{2})年", lambda found: f"{int(found[1]) - this}年", said) + open_ended
