"""A corpus and the beginning of a name → the names it could become, as Typer asks for them."""

import os
import re
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any, NamedTuple

from speeches_cli import folding, spelling
from speeches_cli.corpus import Corpus, cache_directory, open_corpus, packaged
from speeches_cli.errors import SpeechesError

_SHOWN = 3
"""How many towns (or indicators, or namesakes) are listed in a description."""
_SPECIAL = re.compile(r"^-|[\x00-,:-@\[-^`{-\x7f]")
"""What means something to a shell or begins an option; Typer's scripts do not quote all of it."""


class Name(NamedTuple):
    """What something in a corpus is called."""

    called: str
    slug: str = ""
    """Its pinyin as the corpus gives it; where empty, it is spelled as it was typed."""
    description: str = ""


Names = Callable[[Corpus], Iterator[list[Name]]]
"""A kind of names: a corpus → for each thing of that kind all its names, the usual one first."""


def offering(kind: Names) -> Callable[[Any, str], list[tuple[str, str]]]:
    """Make the completion callback of a parameter that takes names of a kind.

    Typer's context has the options before the command in its parent. Whatever is wrong with the
    corpus, nothing is offered and nothing said.
    """

    def complete(ctx: Any, incomplete: str) -> list[tuple[str, str]]:
        before = ctx.parent.params
        with suppress(SpeechesError, OSError):
            return names(kind, incomplete, _open(before["corpus"], cache=before["cache"]))
        return []

    return complete


def names(kind: Names, typed: str, corpus: Corpus) -> list[tuple[str, str]]:
    """Name what a value could become, with a description: typed letters become pinyin, Hanzi Hanzi.

    A name that several have is described by all of them. What a shell could take for more than a
    word is not offered.
    """
    found: dict[str, list[str]] = {}
    in_letters = typed.isascii() and typed != ""
    for called in kind(corpus):
        for name in called:
            value = _spelled(typed, name, corpus) if in_letters else name.called
            if value.startswith(typed) and not _SPECIAL.search(value):
                said = f"{name.called} {name.description}" if value != name.called else name.description
                found.setdefault(value, []).append(_SPECIAL.sub(" ", said))
                break
    return [(value, _some([*dict.fromkeys(said)])) for value, said in found.items()]


def towns(corpus: Corpus) -> Iterator[list[Name]]:
    """Yield the names of each speech: its town, speaker, number, and district with town."""
    for speech in corpus.speeches:
        place = f"{speech.town} {speech.district}"
        called = (
            Name(speech.town, speech.slug, speech.district),
            Name(speech.speaker, "", place),
            Name(str(speech.id), "", place),
            Name(speech.path, f"{corpus.districts[speech.district]}/{speech.slug}", speech.speaker),
        )
        # a slash that belongs to a name would be taken for the one after a district or date
        yield [name for name in called if name.called.count("/") == name.slug.count("/")]


def districts(corpus: Corpus) -> Iterator[list[Name]]:
    """Yield each district from which somebody spoke, described by its towns."""
    for name, slug in corpus.districts.items():
        if here := [each.town for each in corpus.speeches if each.district == name]:
            yield [Name(name, slug, _some(here))]


def places(corpus: Corpus) -> Iterator[list[Name]]:
    """Yield each town and each district."""
    yield from towns(corpus)
    yield from districts(corpus)


def topics(corpus: Corpus) -> Iterator[list[Name]]:
    """Yield each topic, described by its indicators."""
    for topic in corpus.topics:
        measures = [each for each, its_topic in corpus.indicators.items() if its_topic == topic]
        yield [Name(topic, "", _some(measures))]


def indicators(corpus: Corpus) -> Iterator[list[Name]]:
    """Yield each indicator, described by its topic."""
    for indicator, topic in corpus.indicators.items():
        yield [Name(indicator, "", topic)]


def _some(names: Sequence[str]) -> str:
    return "、".join(names[:_SHOWN]) + ("…" if len(names) > _SHOWN else "")


def _spelled(typed: str, name: Name, corpus: Corpus) -> str:
    """Spell a name in pinyin, as it was typed so far; empty where something else was typed."""
    if name.slug:
        return name.slug
    called = folding.fold(name.called)
    begun = spelling.begun(typed, called, corpus.readings)
    rest = called[len(begun or ()) :]
    return "" if begun is None else "".join([*begun, *(_usual(each, corpus) for each in rest)])


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
