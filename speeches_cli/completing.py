"""A corpus and the beginning of a name → the names it could become, as Typer asks for them."""

import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any, NamedTuple, NoReturn

from speeches_cli import folding, references, spelling
from speeches_cli.corpus import Corpus, cache_directory, open_corpus, packaged
from speeches_cli.errors import SpeechesError
from speeches_cli.visible import clean

_SHOWN = 3
"""How many towns (or indicators, or namesakes) are listed in a description."""


class FileWanted(Exception):
    """Raised where a file name is wanted, which the shell completes itself."""


class _Name(NamedTuple):
    called: str
    slug: str = ""
    """Its pinyin as the corpus gives it; where empty, the spelling is derived from what was typed."""
    description: str = ""


Names = Callable[[Corpus, Sequence[str]], Iterator[list[_Name]]]
"""A kind of names: a corpus and the values given before → what each of the rest may be called."""


class _Chosen(str):
    """A candidate that claims to begin with any word: Typer drops those that do not."""

    __slots__ = ()

    def startswith(self, *_typed: Any) -> bool:
        """Answer that it does."""
        return True


def file() -> NoReturn:
    """Complete a parameter that takes a file."""
    raise FileWanted


def offering(kind: Names, parameter: str) -> Callable[[Any, str], list[tuple[str, str]]]:
    """Make the completion callback of the parameter of that name, for a kind of names.

    Typer's context has the options before the command in its parent, and in `obj` whether the names
    are wanted in pinyin.
    """

    def complete(ctx: Any, incomplete: str) -> list[tuple[str, str]]:
        before = ctx.parent.params
        corpus = _open(before["corpus"], cache=before["cache"])
        given = ctx.params.get(parameter) or ()
        return names(kind, incomplete, corpus, given=given, latin=ctx.obj)

    return complete


def names(
    kind: Names, typed: str, corpus: Corpus, *, given: Sequence[str] = (), latin: bool = False
) -> list[tuple[str, str]]:
    """Name what a value could become, with a description; what was `given` before is left out.

    It may be typed in Hanzi, in pinyin or its initials, or begun in the one and continued in the
    other. With `latin` the names come in pinyin. One that several have is described by all of them.
    """
    wanted = folding.fold(typed)
    found: dict[str, list[str]] = {}
    for called in kind(corpus, given):
        fitting = (each for each in called if _fits(wanted, each, corpus))
        if name := next(fitting, None):
            value = _pinyin(wanted, name, corpus) if latin else name.called
            said = f"{name.called} {name.description}" if latin else name.description
            found.setdefault(clean(value), []).append(clean(said))
    return [(_Chosen(value), _some([*dict.fromkeys(said)])) for value, said in found.items()]


def towns(corpus: Corpus, given: Sequence[str]) -> Iterator[list[_Name]]:
    """Yield the names of each speech, first the one that is offered before anything is typed."""
    taken = _resolved(given, lambda each: [references.resolve(each, corpus).key])
    for speech in corpus.speeches:
        if speech.key not in taken:
            place = f"{speech.town} {speech.district}"
            path_slug = f"{corpus.districts[speech.district]}/{speech.slug}"
            called = (
                _Name(speech.town, speech.slug, speech.district),
                _Name(speech.speaker, "", place),
                _Name(str(speech.id), "", place),
                _Name(speech.path, path_slug, speech.speaker),
            )
            # a slash that belongs to a name would be taken for the one after a district or date
            yield [name for name in called if name.called.count("/") == name.slug.count("/")]


def districts(corpus: Corpus, given: Sequence[str]) -> Iterator[list[_Name]]:
    """Yield each district from which somebody spoke, described by its towns."""
    taken = _resolved(given, lambda each: references.districts([each], corpus))
    towns: dict[str, list[str]] = {}
    for speech in corpus.speeches:
        towns.setdefault(speech.district, []).append(speech.town)
    for name, slug in corpus.districts.items():
        if name in towns and name not in taken:
            yield [_Name(name, slug, _some(towns[name]))]


def places(corpus: Corpus, given: Sequence[str]) -> Iterator[list[_Name]]:
    """Yield each town and each district."""
    yield from towns(corpus, given)
    yield from districts(corpus, given)


def topics(corpus: Corpus, given: Sequence[str]) -> Iterator[list[_Name]]:
    """Yield each topic, described by its indicators."""
    taken = _resolved(given, lambda each: references.topics([each], corpus))
    for topic in corpus.topics:
        if topic not in taken:
            measures = [each for each, its_topic in corpus.indicators.items() if its_topic == topic]
            yield [_Name(topic, "", _some(measures))]


def indicators(corpus: Corpus, _given: Sequence[str]) -> Iterator[list[_Name]]:
    """Yield each indicator, described by its topic."""
    for indicator, topic in corpus.indicators.items():
        yield [_Name(indicator, "", topic)]


def _resolved(given: Sequence[str], resolve: Callable[[str], Iterable[int | str]]) -> set[int | str]:
    """Resolve the values given before; unknown names are passed over, to be reported when it is run."""
    found: set[int | str] = set()
    for each in given:
        with suppress(SpeechesError):
            found.update(resolve(each))
    return found


def _some(names: Sequence[str]) -> str:
    return "、".join(names[:_SHOWN]) + ("…" if len(names) > _SHOWN else "")


def _fits(wanted: str, name: _Name, corpus: Corpus) -> bool:
    """Tell whether typed text begins a name or, being Hanzi, stands in it; part by part around `/`."""
    typed = wanted.split("/")
    called, slugs = folding.fold(name.called).split("/"), name.slug.split("/")
    if name.called.startswith("-") or len(typed) > len(called):
        return False
    return all(
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
    begun = spelling.begun(wanted, called, corpus.readings) or ()
    return "".join([*begun, *(_usual(each, corpus) for each in called[len(begun) :])])


def _usual(character: str, corpus: Corpus) -> str:
    """Give the only reading of a character, or the most usual of several."""
    known = corpus.readings.get(character, frozenset())
    return next(iter(known)) if len(known) == 1 else folding.usual_reading(character)


def _open(path: Path | None, *, cache: bool) -> Corpus:
    """Open the corpus that a command line names; never wait for a pipe."""
    named = Path(os.path.expandvars(path)).expanduser() if path else packaged()
    if path and not (named.is_file() or named.is_dir()):
        raise FileNotFoundError
    return open_corpus(named, cache=cache_directory() if cache else None)
