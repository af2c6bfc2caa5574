"""What was typed → speeches, or an error with the nearest names."""

import re
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from speeches_cli import folding, names, spelling, vocabulary
from speeches_cli.corpus import Corpus
from speeches_cli.errors import UnknownName, UsageError
from speeches_cli.messages import _
from speeches_cli.model import Speech
from speeches_cli.names import Names

_LOCATOR = re.compile(r"(.+)\.([0-9]{1,9})")


MOST_COMPARED = 40
"""How many towns stand side by side at most: a county's, but not a province's."""
ALL = ("all", "全部", "所有")
"""Words that stand for all towns, folded."""


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
    UsageError for fewer than two, for too many, and for a speech that is named twice.
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
    if len(found) > MOST_COMPARED:
        message = _(
            "{count} towns do not fit side by side, {most} do; for one measure of all:"
            " speeches figures INDICATOR"
        )
        raise UsageError(message.format(count=len(found), most=MOST_COMPARED))
    return found


def _within(typed: str, corpus: Corpus) -> tuple[Speech, ...]:
    """Give the speeches from a district that is called so in full, behind the beginning of a date."""
    date, _slash, wanted = folding.fold(typed).rpartition("/")
    if not (names_ := vocabulary.wholly_called(wanted, corpus)) or corpus.called(wanted):
        return ()
    return tuple(each for each in corpus.within(names_) if each.compilation.date.startswith(date))


def _candidates(typed: str, corpus: Corpus) -> tuple[Speech, ...]:
    """Find the speeches by the first way of naming that finds any; else raise UnknownName."""
    before, _slash, wanted = folding.fold(typed).rpartition("/")
    within = vocabulary.wholly_called(before, corpus)
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
"""Ways of naming that `Corpus.called` looks up, without reading other speeches."""
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
    return vocabulary.suggest(
        unknown, tuple(near), [f"{each.town} ({each.number})" for each in corpus.speeches]
    )


def _listed(candidates: Sequence[Speech]) -> str:
    """Name speeches with what tells them apart, as it may be typed: a meeting, number or district."""
    if len({each.path for each in candidates}) == 1:
        return vocabulary.joined(meetings(candidates))
    apart = len({each.number for each in candidates}) == len(candidates)
    return vocabulary.joined(
        [f"{each.town if apart else each.path} ({each.number})" for each in candidates]
    )


def meetings(speeches: Sequence[Speech]) -> list[str]:
    """Name each speech of one town as it is asked for: `2024/酒泉路街道`, or by the whole date."""
    meetings_ = names.of_meetings([each.compilation.date for each in speeches])
    return [f"{meeting}/{each.town}" for meeting, each in zip(meetings_, speeches, strict=True)]
