"""A corpus and the beginning of a name → the names it could become, as a shell offers them."""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from typing import NamedTuple

from speeches_cli import folding, references, spelling
from speeches_cli.corpus import Corpus
from speeches_cli.errors import SpeechesError
from speeches_cli.model import Speech
from speeches_cli.visible import clean

_DATED = re.compile(r"[0-9][-0-9]*/")
_SHOWN = 3
"""How many towns of a district, or indicators of a topic, describe it."""


class Candidate(NamedTuple):
    """What may stand on the command line in place of what was typed."""

    value: str
    description: str = ""


class _Name(NamedTuple):
    called: str
    slug: str = ""
    """Its pinyin where somebody has given it; otherwise it is spelled as it was typed."""
    description: str = ""
    before: str = ""
    """The date and the slash that tell it from another of the same name."""


def names(
    parameter: str, typed: str, corpus: Corpus, *, given: Sequence[str] = (), latin: bool = False
) -> list[Candidate]:
    """Name what the value of a parameter of NAMED could become; what it was `given` is left out.

    It may be typed in Hanzi, in pinyin or its initials, or begun in the one and continued in the
    other. With `latin` the names come in pinyin.
    """
    wanted = folding.fold(typed)
    found: dict[str, str] = {}
    for called in NAMED[parameter](corpus, wanted, given, latin):
        for name in called:
            if _fits(wanted, name, corpus) and not name.called.startswith("-"):
                value = _pinyin(wanted, name, corpus) if latin else name.called
                said = (name.called, name.description) if latin else (name.description,)
                found.setdefault(clean(name.before + value), clean(" ".join(filter(None, said))))
                break
    return [Candidate(*each) for each in found.items()]


def _towns(corpus: Corpus, wanted: str, given: Sequence[str], latin: bool) -> Iterator[list[_Name]]:
    """Yield what each speech may be called, with the date before it where that has to be."""

    def counted_as(date: str, name: _Name) -> tuple[str, str]:
        return date, (name.slug if latin and name.slug else folding.fold(name.called))

    taken = _resolved(given, lambda each: [references.resolve(each, corpus).key])
    names = [(each.compilation.date, _called(each, corpus)) for each in corpus.speeches]
    counts = Counter(
        counted_as(scope, name) for date, called in names for name in called for scope in ("", date)
    )
    for speech, (date, called) in zip(corpus.speeches, names, strict=True):
        if speech.key not in taken:
            yield [
                name._replace(before=scope and f"{scope}/")
                for name in called
                for scope in ((date,) if _DATED.match(wanted) else ("", date))
                if counts[counted_as(scope, name)] == 1 and not (scope and "/" in name.called)
            ]


def _called(speech: Speech, corpus: Corpus) -> list[_Name]:
    """Give what a speech may be called, first what is offered before anything is typed."""
    town, district = speech.town, speech.district
    path_slug = f"{corpus.districts[district]}/{speech.slug}"
    names = (
        _Name(town, speech.slug, district),
        _Name(speech.speaker, "", f"{town} {district}"),
        _Name(str(speech.id), "", f"{town} {district}"),
        _Name(speech.path, path_slug, speech.speaker),
    )
    # a slash that belongs to a name would be taken for the one after a district or date
    return [name for name in names if name.called.count("/") == name.slug.count("/")]


def _districts(
    corpus: Corpus, _wanted: str, given: Sequence[str], _latin: bool
) -> Iterator[list[_Name]]:
    taken = _resolved(given, lambda each: references.districts([each], corpus))
    towns: dict[str, list[str]] = {}
    for speech in corpus.speeches:
        towns.setdefault(speech.district, []).append(speech.town)
    for name, slug in corpus.districts.items():
        if name in towns and name not in taken:
            yield [_Name(name, slug, _some(towns[name]))]


def _topics(corpus: Corpus, _wanted: str, given: Sequence[str], _latin: bool) -> Iterator[list[_Name]]:
    taken = _resolved(given, lambda each: references.topics([each], corpus))
    indicators: dict[str, list[str]] = {}
    for indicator, topic in corpus.indicators.items():
        indicators.setdefault(topic, []).append(indicator)
    for topic in corpus.topics:
        if topic not in taken:
            yield [_Name(topic, "", _some(indicators.get(topic, [])))]


def _indicators(
    corpus: Corpus, _wanted: str, _given: Sequence[str], _latin: bool
) -> Iterator[list[_Name]]:
    for indicator, topic in corpus.indicators.items():
        yield [_Name(indicator, "", topic)]


NAMED: dict[str, Callable[[Corpus, str, Sequence[str], bool], Iterator[list[_Name]]]] = {
    "ref": _towns,
    "refs": _towns,
    "town": _towns,
    "district": _districts,
    "topic": _topics,
    "indicator": _indicators,
}
"""The parameters of the program that take a name, by their own."""


def _resolved(given: Sequence[str], resolve: Callable[[str], Iterable[int | str]]) -> set[int | str]:
    """Resolve what was given already, and pass over what is no name: that is said when it is run."""
    found: set[int | str] = set()
    for each in given:
        with suppress(SpeechesError):
            found.update(resolve(each))
    return found


def _some(names: Sequence[str]) -> str:
    return "、".join(names[:_SHOWN]) + ("…" if len(names) > _SHOWN else "")


def _fits(wanted: str, name: _Name, corpus: Corpus) -> bool:
    """Tell whether what was typed begins a name, or as Hanzi stands in it, district and town each."""
    typed = _DATED.sub("", wanted).split("/") if name.before else wanted.split("/")
    called, slugs = folding.fold(name.called).split("/"), name.slug.split("/")
    return len(typed) <= len(called) and all(
        call.startswith(part)
        or slug.startswith(part)
        or (part in call and not part.isascii())
        or spelling.begun(part, call, corpus.readings) is not None
        for part, call, slug in zip(typed, called, slugs or called, strict=False)
    )


def _pinyin(wanted: str, name: _Name, corpus: Corpus) -> str:
    """Spell a name in pinyin, as it was typed so far."""
    if name.slug:
        return name.slug
    called = folding.fold(name.called)
    begun = spelling.begun(_DATED.sub("", wanted), called, corpus.readings) or ()
    return "".join([*begun, *(_usual(each, corpus) for each in called[len(begun) :])])


def _usual(character: str, corpus: Corpus) -> str:
    """Give the one reading of a character, or of several the usual, which only a dictionary knows."""
    known = corpus.readings.get(character, frozenset())
    return next(iter(known)) if len(known) == 1 else folding.usual_reading(character)
