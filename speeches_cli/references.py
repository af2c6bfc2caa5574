"""What was typed → a speech, district, topic or indicator, or an error with the nearest names."""

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from speeches_cli import folding, names, spelling
from speeches_cli.corpus import Corpus
from speeches_cli.errors import NothingFound, UnknownName
from speeches_cli.messages import _
from speeches_cli.model import Speech
from speeches_cli.names import Names

LISTED = 10
"""How many candidates an error names at most."""
_LOCATOR = re.compile(r"(.+)\.([0-9]{1,9})")


class Place(NamedTuple):
    """A speech, and in it a section where the locator names one."""

    speech: Speech
    section: int | None = None


def locate(typed: str, corpus: Corpus) -> Place:
    """Resolve a REF or a locator such as `3.2`, as search prints them.

    Raises UnknownName as `resolve` does.
    """
    if match := _LOCATOR.fullmatch(folding.fold(typed)):
        return Place(resolve(match[1], corpus), int(match[2]))
    return Place(resolve(typed, corpus))


def resolve(typed: str, corpus: Corpus) -> Speech:
    """Find the one speech that a number, town, speaker, pinyin or near spelling names.

    A district or the beginning of a date may stand before it (`永登/大同`, `2023/3`). The first
    of these ways that has a candidate decides: with one it is taken, with several UnknownName
    lists them, and when no way has any UnknownName names the nearest.
    """
    before, _slash, wanted = folding.fold(typed).rpartition("/")
    within = _wholly_called(before, corpus)
    for ways in (_WHOLE, _OTHER):
        if ways is _WHOLE:
            speeches = corpus.called(wanted, within)
        else:
            speeches = corpus.within(within) if within else corpus.speeches
        named = [(speech, names.of(speech)) for speech in speeches]
        if before and not within:
            named = [each for each in named if _stands_before(before, each[1], corpus)]
        for way in ways:
            candidates = [speech for speech, called in named if way(wanted, called, corpus)]
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
    found = tuple(dict.fromkeys(_district(each, corpus) for each in typed))
    present = {speech.district for speech in corpus.within(found)}
    for name in found:
        if name not in present:
            message = _("no speech from {district} in this corpus; there are: {present}")
            every = tuple(dict.fromkeys(speech.district for speech in corpus.speeches))
            raise NothingFound(message.format(district=name, present=_joined(every)))
    return found


def topics(typed: Iterable[str], corpus: Corpus) -> tuple[str, ...]:
    """Resolve names of topics as `districts` does, but a part may stand for several; none for all.

    Raises UnknownName for what is no topic.
    """
    unknown = _("no topic called '{typed}'")
    calls = {name: (folding.fold(name),) for name in corpus.topics}
    found = tuple(name for each in typed for name in _called(each, calls, corpus, unknown))
    return found or corpus.topics


def indicators(typed: str, corpus: Corpus) -> tuple[str, ...]:
    """Resolve the name of an indicator as `topics` does."""
    unknown = _("no indicator called '{typed}'")
    calls = {name: (folding.fold(name),) for name in corpus.indicators}
    return _called(typed, calls, corpus, unknown)


def _district(typed: str, corpus: Corpus) -> str:
    unknown = _("no district called '{typed}'")
    found = _called(typed, _calls(corpus), corpus, unknown)
    if len(found) > 1:
        message = _("'{typed}' could be any of: {candidates}")
        raise UnknownName(message.format(typed=typed, candidates=_joined(found)))
    return found[0]


def _calls(corpus: Corpus) -> dict[str, tuple[str, ...]]:
    """Give for each district what it may be called in full."""
    folded = {name: folding.fold(name) for name in corpus.districts}
    return {name: (folded[name], folded[name][:-1], slug) for name, slug in corpus.districts.items()}


def _wholly_called(wanted: str, corpus: Corpus) -> tuple[str, ...]:
    """Give the districts that are called so in full."""
    return tuple(name for name, calls in _calls(corpus).items() if wanted in calls) if wanted else ()


def _called(
    typed: str, calls: Mapping[str, tuple[str, ...]], corpus: Corpus, unknown: str
) -> tuple[str, ...]:
    """Give the names that are called what was typed: wholly, in part, in pinyin, or nearly.

    The first of these ways that has a name decides. UnknownName begins with `unknown`.
    """
    wanted, readings = folding.fold(typed), corpus.readings
    for way in (
        lambda call: wanted == call,
        lambda call: bool(wanted) and wanted in call,
        lambda call: spelling.spells(wanted, call, readings, initials=True),
        lambda call: spelling.is_near(wanted, call, readings),
    ):
        if found := tuple(name for name, each in calls.items() if any(map(way, each))):
            return found
    known = tuple(calls)
    near = [known[index] for index in spelling.nearest(wanted, [each[0] for each in calls.values()])]
    raise UnknownName(_suggest(unknown.format(typed=typed), near, known))


def _stands_before(before: str, names: Names, corpus: Corpus) -> bool:
    return (
        before in names.district
        or names.date.startswith(before)
        or spelling.spells(before, names.district, corpus.readings, initials=True)
    )


def _by_number(wanted: str, names: Names, _corpus: Corpus) -> bool:
    return wanted == names.number


def _by_whole_name(wanted: str, names: Names, _corpus: Corpus) -> bool:
    return wanted in names.whole


def _by_part(wanted: str, names: Names, _corpus: Corpus) -> bool:
    return bool(wanted) and any(wanted in name for name in (names.town, names.speaker, names.district))


def _by_pinyin(wanted: str, names: Names, corpus: Corpus) -> bool:
    return (
        spelling.spells(wanted, names.slug, corpus.readings, initials=False)
        or spelling.spells(wanted, names.town, corpus.readings, initials=True)
        or spelling.spells(wanted, names.speaker, corpus.readings, initials=False)
        or spelling.spells(wanted, names.district, corpus.readings, initials=False)
    )


def _by_near_spelling(wanted: str, names: Names, corpus: Corpus) -> bool:
    called = (names.town, names.short, names.speaker, names.slug)
    return any(spelling.is_near(wanted, call, corpus.readings) for call in called)


_WHOLE = (_by_number, _by_whole_name)
"""What `Corpus.called` finds, so that nobody else is asked for."""
_OTHER = (_by_part, _by_pinyin, _by_near_spelling)


def _unknown_town(typed: str, wanted: str, corpus: Corpus) -> str:
    numbers = [speech.id for speech in corpus.speeches]
    if numbers and folding.fold(typed).isdigit():
        message = _("no speech has the number {typed}; the corpus has {count} ({first}-{last})")
        return message.format(typed=typed, count=len(numbers), first=min(numbers), last=max(numbers))
    known: list[tuple[str, str]] = []
    for speech in corpus.speeches:
        called, town = names.of(speech), f"{speech.town} ({speech.number})"
        speaker = f"{speech.speaker} ({speech.number})"
        known += [(called.short, town), (called.slug, town), (called.speaker, speaker)]
    nearest = spelling.nearest(wanted, [name for name, _shown in known])
    near = dict.fromkeys(known[index][1] for index in nearest)
    unknown = _("no town or speaker called '{typed}'").format(typed=typed)
    return _suggest(unknown, tuple(near), [f"{each.town} ({each.number})" for each in corpus.speeches])


def _suggest(unknown: str, near: Sequence[str], known: Sequence[str]) -> str:
    """Say what could have been meant: the nearest names, or what names there are."""
    if near:
        return _("{unknown}. Did you mean {names}?").format(unknown=unknown, names=_joined(near))
    if known:
        return _("{unknown}. There are: {names}").format(unknown=unknown, names=_joined(known))
    return unknown


def _listed(candidates: Sequence[Speech]) -> str:
    """Name speeches with what tells them apart: the number, and the district where that doesn't."""
    apart = len({each.number for each in candidates}) == len(candidates)
    return _joined([f"{each.town if apart else each.path} ({each.number})" for each in candidates])


def _joined(listed: Sequence[str]) -> str:
    shown, left = "、".join(listed[:LISTED]), len(listed) - LISTED
    return shown if left <= 0 else _("{shown} and {left} more").format(shown=shown, left=left)
