"""What was typed → a speech, district, topic or indicator, or an error with the nearest names."""

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from speeches_cli import folding, names, spelling
from speeches_cli.corpus import Corpus
from speeches_cli.errors import NothingFound, UnknownName, UsageError
from speeches_cli.messages import _
from speeches_cli.model import Speech
from speeches_cli.names import Names

LISTED = 10
"""How many candidates an error names at most."""
_LOCATOR = re.compile(r"(.+)\.([0-9]{1,9})")


ALL = ("all", "全部", "所有")
"""What may stand for every town, folded."""
_ALSO = {"gdp": "地区生产总值"}
"""What an indicator may be called besides, folded."""


class Place(NamedTuple):
    """A speech, and in it a section where the locator names one."""

    speech: Speech
    section: int | None = None
    earlier: tuple[Speech, ...] = ()
    """The speeches of the same town at earlier meetings."""


def locate(typed: str, corpus: Corpus) -> Place:
    """Resolve a REF or a locator such as `3.2`, as search prints them; of meetings, to the newest.

    Raises UnknownName as `resolve` does.
    """
    match = _LOCATOR.fullmatch(folding.fold(typed))
    found = of_town(match[1] if match else typed, corpus)
    *earlier, newest = sorted(found, key=lambda each: (each.compilation.date, each.key))
    return Place(newest, int(match[2]) if match else None, tuple(earlier))


def resolve(typed: str, corpus: Corpus) -> Speech:
    """Find the one speech that a number, town, speaker, pinyin or near spelling names.

    A district or the beginning of a date may stand before it (`永登/大同`, `2023/3`). The first
    of these ways that has a candidate decides: with one it is taken, with several UnknownName
    lists them, and when no way has any UnknownName names the nearest.
    """
    candidates = _candidates(typed, corpus)
    if len(candidates) > 1:
        raise _several(typed, candidates, corpus)
    return candidates[0]


def of_town(typed: str, corpus: Corpus) -> tuple[Speech, ...]:
    """Find the speeches of one town, which may have spoken at several meetings.

    Raises UnknownName as `resolve` does where several towns are named.
    """
    candidates = _candidates(typed, corpus)
    if len({each.path for each in candidates}) > 1:
        raise _several(typed, candidates, corpus)
    return candidates


def of_places(typed: Iterable[str], corpus: Corpus) -> tuple[Speech, ...]:
    """Find all speeches from districts, or of towns, that are named."""
    found = {
        speech.key: speech
        for each in typed
        for speech in _within(each, corpus) or _candidates(each, corpus)
    }
    return tuple(found[key] for key in sorted(found))


def to_compare(typed: Iterable[str], corpus: Corpus) -> list[Speech]:
    """Find the speeches to set side by side: of towns, of a district's towns, or of all.

    Of a town that spoke at several meetings a district and `all` have the newest speech. Raises
    UsageError for fewer than two, and for a speech that is named twice.
    """
    found: list[Speech] = []
    for each in typed:
        every = corpus.speeches if folding.fold(each) in ALL else _within(each, corpus)
        newest = {speech.path: speech for speech in sorted(every, key=lambda one: one.compilation.date)}
        named = sorted(newest.values(), key=lambda one: one.key) or [resolve(each, corpus)]
        for town in named:
            if town in found:
                message = _("'{typed}' is {town} again; name two different towns")
                raise UsageError(message.format(typed=each, town=town.town))
        found += named
    if len(found) < 2:
        raise UsageError(_("one town cannot be compared; name two or more"))
    return found


def _within(typed: str, corpus: Corpus) -> tuple[Speech, ...]:
    """Give the speeches from a district that is called so in full, behind the beginning of a date."""
    date, _slash, wanted = folding.fold(typed).rpartition("/")
    if not (names_ := _wholly_called(wanted, corpus)) or corpus.called(wanted):
        return ()
    return tuple(each for each in corpus.within(names_) if each.compilation.date.startswith(date))


def _candidates(typed: str, corpus: Corpus) -> tuple[Speech, ...]:
    """Find the speeches that the first way which names any names; UnknownName where none does."""
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
            candidates = tuple(speech for speech, called in named if way(wanted, called, corpus))
            if candidates:
                return candidates
    raise UnknownName(_unknown_town(typed, wanted, corpus))


def _several(typed: str, candidates: Sequence[Speech], corpus: Corpus) -> UnknownName:
    """Say which speeches could be meant, and where a whole district may stand."""
    message = _("'{typed}' could be any of: {candidates}")
    if _within(typed, corpus):
        message = _("'{typed}' is a district: {candidates}; list, compare and --district take it whole")
    return UnknownName(message.format(typed=typed, candidates=_listed(candidates)))


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
    """Find the indicators that a name names as `topics` does; none where there are none."""
    calls = {name: (folding.fold(name),) for name in corpus.indicators}
    known = _ALSO.get(folding.fold(typed), typed)
    return _named(known, calls, corpus)


def no_indicator(typed: str, corpus: Corpus) -> UnknownName:
    """Say that no indicator is called so, and which are called nearly so, or where all are listed."""
    unknown = _("no indicator called '{typed}'").format(typed=typed)
    known = tuple(corpus.indicators)
    near = [
        known[at]
        for at in spelling.nearest(folding.fold(typed), [folding.fold(each) for each in known])
    ]
    if near:
        return UnknownName(_suggest(unknown, near, ()))
    return UnknownName(_("{unknown}; what there is: speeches indicators").format(unknown=unknown))


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
    """Give the names that are called what was typed; UnknownName begins with `unknown`."""
    if found := _named(typed, calls, corpus):
        return found
    known = tuple(calls)
    nearest = spelling.nearest(folding.fold(typed), [each[0] for each in calls.values()])
    raise UnknownName(_suggest(unknown.format(typed=typed), [known[at] for at in nearest], known))


def _named(typed: str, calls: Mapping[str, tuple[str, ...]], corpus: Corpus) -> tuple[str, ...]:
    """Give the names that are called what was typed: wholly, in part, in pinyin, or nearly.

    The first of these ways that has a name decides.
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
    return ()


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
    """Name speeches with what tells them apart, as it may be typed: a meeting, number or district."""
    if len({each.path for each in candidates}) == 1:
        return _joined(meetings(candidates))
    apart = len({each.number for each in candidates}) == len(candidates)
    return _joined([f"{each.town if apart else each.path} ({each.number})" for each in candidates])


def meetings(speeches: Sequence[Speech]) -> list[str]:
    """Name each speech of one town as it is asked for: `2024/酒泉路街道`, or by the whole date."""
    dates = [each.compilation.date for each in speeches]
    years = [date[:4] for date in dates]
    return [
        f"{date if years.count(date[:4]) > 1 else date[:4]}/{each.town}"
        for date, each in zip(dates, speeches, strict=True)
    ]


def _joined(listed: Sequence[str]) -> str:
    shown, left = "、".join(listed[:LISTED]), len(listed) - LISTED
    return shown if left <= 0 else _("{shown} and {left} more").format(shown=shown, left=left)
