"""Figures of towns that spoke at several meetings → each town's course, and how much has changed."""

import re
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from speeches_cli import figures
from speeches_cli.figures import Group, Row
from speeches_cli.model import Figure, Speech

_YEAR = re.compile("(20[0-9]{2})年")


class Course(NamedTuple):
    """What one town says of an indicator at each meeting."""

    town: Speech  # the newest of the speeches
    cells: tuple[tuple[Figure, ...] | None, ...]
    """For each date its figures; empty where its speech gives no such figure, None where there is no
    speech, or where its figures are left out."""
    change: Row | None
    """The last of the cells against the one before that has figures; None where only one has."""


def dates(towns: Iterable[Speech]) -> tuple[str, ...]:
    """Give the dates of the meetings at which towns spoke, the oldest first."""
    return tuple(sorted({town.compilation.date for town in towns}))


def courses(group: Group, towns: Sequence[Speech]) -> tuple[Course, ...]:
    """Set the figures of one indicator town by town, in the order in which towns are first met."""
    when = dates(towns)
    newest = {town.path: town for town in sorted(towns, key=lambda each: each.compilation.date)}
    place = {town.key: (town.path, town.compilation.date) for town in towns}
    silent = {at for key, at in place.items() if key not in group.speaking}
    stated = figures.grouped(group.figures, lambda each: place[each.speech])
    made = []
    for path in dict.fromkeys(path for path, _date in stated):
        cells = [(date, tuple(stated.get((path, date), ()))) for date in when]
        shown = tuple(cell or (() if (path, date) in silent else None) for date, cell in cells)
        told = [
            tuple(each._replace(period=aligned(each.period, date)) for each in cell)
            for date, cell in cells
            if cell
        ]
        change = figures.row((told[-1], told[-2])) if len(told) > 1 else None
        made.append(Course(newest[path], shown, change))
    return tuple(made)


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
    return _YEAR.sub(lambda found: f"{int(found[1]) - this}年", said) + open_ended
