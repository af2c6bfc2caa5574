"""What was typed → speeches, districts, topics or indicators, or an error with the nearest names."""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import TypeVar

from speeches_cli import folding
from speeches_cli.corpus import Corpus
from speeches_cli.errors import NothingFound, SpeechesError
from speeches_cli.folding import Readings
from speeches_cli.messages import _
from speeches_cli.model import Names, Speech, alike

LISTED = 10  # how many candidates an error names at most
MOST_COMPARED = 40  # how many towns stand side by side at most: a county's, but not a province's
ALL = ("all", "全部", "所有")  # Words that stand for all towns, folded
_ALSO = {"gdp": "地区生产总值"}  # other names of indicators, folded
_SHORTEST_NAME, _SHORTEST_SLUG = 3, 5  # in Hanzi or letters: a shorter name has no slips
_LIKE_ENOUGH = 34.0  # RapidFuzz's similarity, in percent, from which a name is worth suggesting
_SUGGESTED = 3
_LOCATOR = re.compile(r"(.+)\.([0-9]{1,9})")
_Named = TypeVar("_Named", str, Speech)


def locate(typed: str, corpus: Corpus) -> tuple[Speech, int | None, list[Speech]]:
    """Resolve a REF or a locator such as `3.2` to a town's newest speech, its section, and the earlier.

    Raises SpeechesError as `of_town` does.
    """
    match = _LOCATOR.fullmatch(folding.fold(typed))
    found = of_town(match[1] if match else typed, corpus)
    *earlier, newest = sorted(found, key=lambda each: (each.compilation.date, each.key))
    return newest, int(match[2]) if match else None, earlier


def of_town(typed: str, corpus: Corpus) -> tuple[Speech, ...]:
    """Find the speeches of the one town that a number, name, speaker, pinyin or near spelling names.

    A district or the beginning of a date may stand before it (`永登/大同`, `2023/3`). SpeechesError
    lists several towns, or names the nearest.
    """
    candidates = _candidates(typed, corpus)
    if len({each.path for each in candidates}) > 1:
        raise _several(typed, candidates, corpus)
    return candidates


def of_places(typed: Iterable[str], corpus: Corpus) -> list[Speech]:
    """Find all speeches from districts, or of towns, that are named."""
    return [each for name in typed for each in _within(name, corpus) or _candidates(name, corpus)]


def to_compare(typed: Iterable[str], corpus: Corpus) -> list[Speech]:
    """Find the speeches to set side by side: of towns, of a district's towns, or of all.

    Of a town with several, a district and `all` have the newest. Raises SpeechesError for fewer than
    two, for too many, and for a speech that is named twice.
    """
    found: list[Speech] = []
    for each in typed:
        every = corpus.speeches if folding.fold(each) in ALL else _within(each, corpus)
        newest = {speech.path: speech for speech in sorted(every, key=lambda one: one.compilation.date)}
        named = sorted(newest.values(), key=lambda one: one.key) or of_town(each, corpus)
        if not newest and len(named) > 1:
            raise _several(each, named, corpus)
        for town in named:
            if town in found:
                message = _("'{typed}' is {town} again; name two different towns")
                raise SpeechesError(message.format(typed=each, town=town.town))
        found += named
    if len(found) < 2:
        raise SpeechesError(_("one town cannot be compared; name two or more"))
    if len(found) > MOST_COMPARED:
        message = _(
            "{count} towns do not fit side by side, {most} do; for one measure of all:"
            " speeches figures INDICATOR"
        )
        raise SpeechesError(message.format(count=len(found), most=MOST_COMPARED))
    return found


def districts(typed: Iterable[str], corpus: Corpus) -> tuple[str, ...]:
    """Resolve names of districts; SpeechesError for none or several, NothingFound without a speech."""
    found: dict[str, None] = {}
    for each in typed:
        name, *others = _called(each, _districts(corpus), corpus, _("no district called '{typed}'"))
        if others:
            message = _("'{typed}' could be any of: {candidates}")
            raise SpeechesError(message.format(typed=each, candidates=joined([name, *others])))
        if not corpus.within([name]):
            message = _("no speech from {district} in this corpus; there are: {present}")
            present = joined([*dict.fromkeys(speech.district for speech in corpus.speeches)])
            raise NothingFound(message.format(district=name, present=present))
        found[name] = None
    return tuple(found)


def topics(typed: Iterable[str], corpus: Corpus) -> tuple[str, ...]:
    """Resolve names of topics as `districts` does, but a part may stand for several; none for all."""
    known, unknown = _alone(corpus.topics), _("no topic called '{typed}'")
    return (
        tuple(name for each in typed for name in _called(each, known, corpus, unknown)) or corpus.topics
    )


def indicators(typed: str, corpus: Corpus) -> tuple[str, ...]:
    """Find the indicators that a name names as `topics` does; none where there are none."""
    wanted = folding.fold(typed)
    return _named(folding.fold(_ALSO.get(wanted, wanted)), _alone(corpus.indicators), corpus)


def no_indicator(typed: str, corpus: Corpus) -> SpeechesError:
    """Say that no indicator is called so, and which are called nearly so, or where all are listed."""
    unknown = _("no indicator called '{typed}'", typed=typed)
    towns = corpus.called(folding.fold(typed))
    if towns or _within(typed, corpus):
        option = "--town" if towns else "--district"
        message = _("{unknown}; the figures from there: speeches figures {option} {typed}")
        return SpeechesError(message.format(unknown=unknown, option=option, typed=typed))
    hint = _("{unknown}; what there is: speeches indicators", unknown=unknown)
    return _unknown(unknown, typed, _alone(corpus.indicators), otherwise=hint)


def joined(listed: Sequence[str]) -> str:
    """Name so many that a message stays readable, and how many more there are."""
    shown, left = "、".join(listed[:LISTED]), len(listed) - LISTED
    return shown if left <= 0 else _("{shown} and {left} more", shown=shown, left=left)


def meetings(speeches: Sequence[Speech]) -> list[str]:
    """Name each speech of one town as it is asked for: `2024/酒泉路街道`, or by the whole date."""
    named = of_meetings([each.compilation.date for each in speeches])
    return [f"{meeting}/{each.town}" for meeting, each in zip(named, speeches, strict=True)]


def of_meetings(dates: Sequence[str]) -> list[str]:
    """Name meetings by their years, and by their dates where there are several in a year."""
    years = [date[:4] for date in dates]
    return [date if years.count(date[:4]) > 1 else date[:4] for date in dates]


def _candidates(typed: str, corpus: Corpus) -> tuple[Speech, ...]:
    before, _slash, wanted = folding.fold(typed).rpartition("/")
    within = _named(before, _districts(corpus), corpus)
    date = "" if within else before

    def there(speeches: Iterable[Speech]) -> tuple[Speech, ...]:
        return tuple(each for each in speeches if each.compilation.date.startswith(date))

    if whole := there(corpus.called(wanted, within)):
        return whole
    others = there(corpus.within(within) if within else corpus.speeches)
    if found := _named(wanted, {each: each.names for each in others}, corpus):
        return found
    towns: dict[str, Names] = {}
    speakers: dict[str, Names] = {}
    for speech in corpus.speeches:
        _town, short, speaker, slug = speech.names.near
        towns[f"{speech.town} ({speech.number})"] = alike(short, slug)
        speakers[f"{speech.speaker} ({speech.number})"] = alike(speaker)
    unknown = _("no town or speaker called '{typed}'", typed=typed)
    raise _unknown(unknown, wanted, towns | speakers, listed=[*towns])


def _within(typed: str, corpus: Corpus) -> tuple[Speech, ...]:
    """Give the speeches from a district that is called so in full, behind the beginning of a date."""
    date, _slash, wanted = folding.fold(typed).rpartition("/")
    called = [name for name, each in _districts(corpus).items() if wanted in each.whole]
    if not wanted or not called or corpus.called(wanted):
        return ()
    return tuple(each for each in corpus.within(called) if each.compilation.date.startswith(date))


def _districts(corpus: Corpus) -> dict[str, Names]:
    """Name each district, also without 县 or 区."""
    return {
        name: alike(folded, folded[:-1], slug)
        for name, slug in corpus.districts.items()
        for folded in [folding.fold(name)]
    }


def _alone(known: Iterable[str]) -> dict[str, Names]:
    return {name: alike(folding.fold(name)) for name in known}


def _called(typed: str, known: Mapping[str, Names], corpus: Corpus, unknown: str) -> tuple[str, ...]:
    if found := _named(folding.fold(typed), known, corpus):
        return found
    raise _unknown(unknown.format(typed=typed), typed, known, listed=[*known])


def _named(wanted: str, known: Mapping[_Named, Names], corpus: Corpus) -> tuple[_Named, ...]:
    ways: tuple[Callable[[Names], bool], ...] = (
        lambda called: wanted in called.whole,
        lambda called: any(wanted in each for each in called.parts),
        lambda called: any(spells(wanted, each, corpus.readings) for each in called.spelt),
        lambda called: any(is_near(wanted, each, corpus.readings) for each in called.near),
    )
    found = (tuple(one for one, called in known.items() if way(called)) for way in ways)
    return next(filter(None, found), ()) if wanted else ()


def _several(typed: str, candidates: Sequence[Speech], corpus: Corpus) -> SpeechesError:
    message = _("'{typed}' could be any of: {candidates}")
    if _within(typed, corpus):
        message = _("'{typed}' is a district: {candidates}; list, compare and --district take it whole")
    if len({each.path for each in candidates}) == 1:
        listed = meetings(candidates)
    else:
        apart = len({each.number for each in candidates}) == len(candidates)
        listed = [f"{each.town if apart else each.path} ({each.number})" for each in candidates]
    return SpeechesError(message.format(typed=typed, candidates=joined(listed)))


def _unknown(
    said: str, typed: str, known: Mapping[str, Names], listed: Sequence[str] = (), otherwise: str = ""
) -> SpeechesError:
    from rapidfuzz import fuzz, process

    every = {(called, name): called for name, each in known.items() for called in each.near}
    wanted, least = folding.fold(typed), _LIKE_ENOUGH
    found = process.extract(wanted, every, scorer=fuzz.ratio, limit=_SUGGESTED, score_cutoff=least)
    near = [name for _same, _score, (_called, name) in found]
    message = _("{unknown}. Did you mean {names}?") if near else _("{unknown}. There are: {names}")
    if names := [*dict.fromkeys(near)] or listed:
        return SpeechesError(message.format(unknown=said, names=joined(names)))
    return SpeechesError(otherwise or said)


def spells(typed: str, name: str, readings: Readings) -> bool:
    """Tell whether typed text spells the beginning of a name.

    Each character may be typed as itself, by its reading, or by the first letter of that.
    """
    rests = {typed}
    for character in name:
        sounds = _sounds(character, readings)
        ways = {character}.union(*map(folding.spellings, sounds), *(each[0] for each in sounds))
        rests = {rest.removeprefix(way) for rest in rests for way in ways if rest.startswith(way)}
        if not rests or "" in rests:  # no reading is looked up beyond where they part
            return bool(rests)
    return False


def is_near(typed: str, name: str, readings: Readings) -> bool:
    """Tell whether the typed name is a slip of another.

    A slip is one character wrong, missing, extra or swapped, in a name that is not too short, or any
    number of Hanzi that only sound like those of the name.
    """
    if len(name) >= (_SHORTEST_SLUG if name.isascii() else _SHORTEST_NAME):
        from rapidfuzz.distance import OSA

        if OSA.distance(typed, name, score_cutoff=1) <= 1:
            return True
    return len(typed) == len(name) >= 2 and all(
        one == other or _sounds(one, readings) & _sounds(other, readings)
        for one, other in zip(typed, name, strict=True)
    )


def _sounds(character: str, readings: Readings) -> frozenset[str]:
    """Give the readings of a Hanzi, from the dictionary only where the corpus does not give them."""
    return readings.get(character) or folding.readings(character)
