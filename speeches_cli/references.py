"""What was typed → one speech or district of the corpus, or an error with the nearest names."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import NamedTuple

from speeches_cli import folding
from speeches_cli.corpus import Corpus
from speeches_cli.errors import NothingFound, UnknownName
from speeches_cli.messages import _
from speeches_cli.model import Speech

Readings = Mapping[str, frozenset[str]]

LISTED = 10
"""How many candidates an error names at most."""
_LOCATOR = re.compile(r"([0-9]+)(?:\.([0-9]+))?(?:\.([0-9]+))?")
_LETTERS = re.compile("[a-z]+")
_NEAR_ENOUGH = 75.0
"""RapidFuzz's normalised similarity, in percent, from which a name is worth suggesting."""


class Place(NamedTuple):
    """A speech, and in it a section where the locator names one."""

    speech: Speech
    section: int | None = None


def locate(typed: str, corpus: Corpus) -> Place:
    """Resolve a REF or a locator such as `3.2` or `3.2.1`, as search prints them.

    Raises UnknownName as `resolve` does.
    """
    match = _LOCATOR.fullmatch(folding.fold(typed))
    if match and match[2]:
        return Place(resolve(match[1], corpus), int(match[2]))
    return Place(resolve(typed, corpus))


def resolve(typed: str, corpus: Corpus) -> Speech:
    """Find the one speech that a number, town, speaker, pinyin or near spelling names.

    The first of these ways that has a candidate decides: with one it is taken, with several
    UnknownName lists them, and when no way has any UnknownName names the nearest.
    """
    wanted = folding.fold(typed)
    speeches = corpus.speeches
    for way in (_by_number, _by_whole_name, _by_part, _by_pinyin, _by_near_spelling):
        candidates = [speech for speech in speeches if way(wanted, speech, corpus.readings)]
        if len(candidates) == 1:
            return candidates[0]
        if candidates:
            message = _("'{typed}' could be any of: {candidates}")
            raise UnknownName(message.format(typed=typed, candidates=_listed(candidates)))
    raise UnknownName(_unknown_town(typed, wanted, corpus))


def districts(typed: Iterable[str], corpus: Corpus) -> tuple[str, ...]:
    """Resolve names of districts, by whole or part of the name, pinyin or near spelling.

    Raises UnknownName for what is no district, and NothingFound when a district has no speech.
    """
    names = tuple(dict.fromkeys(_district(each, corpus) for each in typed))
    present = dict.fromkeys(speech.district for speech in corpus.speeches)
    for name in names:
        if name not in present:
            message = _("no speech from {district} in this corpus; there are: {present}")
            raise NothingFound(message.format(district=name, present="、".join(present)))
    return names


def choose(typed: str, names: Sequence[str], complaint: str) -> list[str]:
    """Choose from a list of names (topics, indicators) those that were typed whole, in part or nearly.

    Raises UnknownName with `complaint`, in which `{typed}` and `{nearest}` stand.
    """
    wanted = folding.fold(typed)
    folded = [folding.fold(name) for name in names]
    for way in (wanted.__eq__, lambda name: bool(wanted) and wanted in name):
        if found := [name for name, plain in zip(names, folded, strict=True) if way(plain)]:
            return found
    near = _nearest(wanted, folded)
    if near and near[0][1] >= _NEAR_ENOUGH:
        return [names[near[0][0]]]
    nearest = "、".join(names[index] for index, _score in near) or "、".join(names[:LISTED])
    raise UnknownName(complaint.format(typed=typed, nearest=nearest))


def spells(letters: str, name: str, readings: Readings, *, initials: bool) -> bool:
    """Tell whether Latin letters spell the beginning of a name, syllable by syllable.

    With `initials`, a character may be given by the first letter of its reading alone.
    """
    reached = {0}
    for character in name:
        if len(letters) in reached:
            return True
        syllables = readings.get(character, frozenset((character,)))
        reached = {
            position + len(part)
            for position in reached
            for syllable in syllables
            for part in ((syllable, syllable[:1]) if initials else (syllable,))
            if letters.startswith(part, position)
        }
    return len(letters) in reached


def _district(typed: str, corpus: Corpus) -> str:
    wanted = folding.fold(typed)
    names = corpus.districts
    ways: tuple[Callable[[str], bool], ...] = (
        lambda name: wanted == name,
        lambda name: bool(wanted) and wanted in name,
        lambda name: wanted == names[name],
        lambda name: _is_pinyin(wanted) and spells(wanted, name, corpus.readings, initials=False),
        lambda name: _is_pinyin(wanted) and spells(wanted, name, corpus.readings, initials=True),
        lambda name: _is_near(wanted, (name, name[:-1]), corpus.readings),
    )
    for way in ways:
        candidates = [name for name in names if way(name)]
        if len(candidates) == 1:
            return candidates[0]
        if candidates:
            message = _("'{typed}' could be any of these districts: {candidates}")
            raise UnknownName(message.format(typed=typed, candidates="、".join(candidates)))
    message = _("no district called '{typed}'. The corpus knows: {known}")
    raise UnknownName(message.format(typed=typed, known="、".join(names)))


def _by_number(wanted: str, speech: Speech, _readings: Readings) -> bool:
    return wanted == str(speech.id)


def _by_whole_name(wanted: str, speech: Speech, _readings: Readings) -> bool:
    return wanted in (
        *(speech.town, speech.path, speech.speaker, speech.slug),
        *(speech.district + speech.town, _short(speech)),
    )


def _by_part(wanted: str, speech: Speech, _readings: Readings) -> bool:
    if "/" in wanted:
        district, _slash, town = wanted.partition("/")
        return bool(district and town) and district in speech.district and town in speech.town
    names = (speech.town, speech.speaker, speech.district)
    return bool(wanted) and any(wanted in name for name in names)


def _by_pinyin(wanted: str, speech: Speech, readings: Readings) -> bool:
    return _is_pinyin(wanted) and (
        speech.slug.startswith(wanted)
        or spells(wanted, speech.town, readings, initials=True)
        or any(
            spells(wanted, name, readings, initials=False) for name in (speech.speaker, speech.district)
        )
    )


def _by_near_spelling(wanted: str, speech: Speech, readings: Readings) -> bool:
    if _is_pinyin(wanted):
        return len(wanted) >= 5 and _distance(wanted, speech.slug) <= 1
    return _is_near(wanted, (speech.town, _short(speech), speech.speaker), readings)


def _is_pinyin(wanted: str) -> bool:
    return bool(_LETTERS.fullmatch(wanted))


def _is_near(wanted: str, names: Iterable[str], readings: Readings) -> bool:
    """Tell one slip from another name: one character wrong, missing, extra or swapped in three."""
    return any(len(name) >= 3 and _distance(wanted, name) <= 1 for name in names) or any(
        len(name) == len(wanted) >= 2
        and all(a == b or _sound_alike(a, b, readings) for a, b in zip(wanted, name, strict=True))
        for name in names
    )


def _sound_alike(one: str, other: str, readings: Readings) -> bool:
    return bool(
        (readings.get(one) or folding.readings(one)) & (readings.get(other) or folding.readings(other))
    )


def _distance(one: str, other: str) -> int:
    from rapidfuzz.distance import OSA

    return int(OSA.distance(one, other, score_cutoff=1))


def _nearest(wanted: str, names: Sequence[str]) -> list[tuple[int, float]]:
    """Rank the three names most like the wanted one, as (index, similarity in percent)."""
    from rapidfuzz import fuzz, process

    ranked = process.extract(wanted, names, scorer=fuzz.ratio, limit=3, score_cutoff=34)
    return [(index, score) for _name, score, index in ranked]


def _unknown_town(typed: str, wanted: str, corpus: Corpus) -> str:
    speeches = corpus.speeches
    if wanted.isdigit():
        message = _("no speech has the number {typed}; the corpus has {count} ({first}-{last})")
        numbers = [speech.id for speech in speeches]
        return message.format(typed=typed, count=len(numbers), first=min(numbers), last=max(numbers))
    names = [name for speech in speeches for name in (_short(speech), speech.speaker, speech.slug)]
    near = dict.fromkeys(speeches[index // 3] for index, _score in _nearest(wanted, names))
    if near:
        message = _("no town or speaker called '{typed}'. Did you mean {candidates}?")
        return message.format(typed=typed, candidates=_listed(list(near)))
    message = _("no town or speaker called '{typed}'. There are: {candidates}")
    return message.format(typed=typed, candidates=_listed(speeches))


def _listed(speeches: Sequence[Speech]) -> str:
    shown = "、".join(f"{speech.town} ({speech.id})" for speech in speeches[:LISTED])
    left = len(speeches) - LISTED
    return shown if left <= 0 else _("{shown} and {left} more").format(shown=shown, left=left)


def _short(speech: Speech) -> str:
    return speech.town.removesuffix(speech.kind)
