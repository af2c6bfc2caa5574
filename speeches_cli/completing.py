"""A corpus and the beginning of a name → the names it could become, as Typer asks for them."""

import os
import re
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from itertools import chain
from pathlib import Path
from typing import Any, NamedTuple

from speeches_cli import folding
from speeches_cli.corpus import Corpus, cache_directory, open_corpus, packaged
from speeches_cli.errors import SpeechesError

_SPECIAL = re.compile(r"^-|[\x00-,:-@\[-^`{-\x7f]")
"""What means something to a shell or begins an option; Typer's scripts do not quote all of it."""


class Name(NamedTuple):
    """What something in a corpus is called."""

    called: str
    described: str
    slug: str = ""  # its pinyin as the corpus gives it; where empty, it is read as usual


Names = Callable[[Corpus], Iterator[list[Name]]]
"""A kind of names: a corpus → for each thing of that kind all its names, the usual one first."""


def offering(*kinds: Names) -> Callable[[Any, str], list[tuple[str, str]]]:
    """Make the completion callback of a parameter that takes names of some kinds.

    Typer's context has the options before the command in its parent. Whatever is wrong with the
    corpus, nothing is offered and nothing said.
    """

    def complete(ctx: Any, incomplete: str) -> list[tuple[str, str]]:
        before = ctx.parent.params
        path = Path(os.path.expandvars(before["corpus"] or packaged())).expanduser()
        if path.is_file() or path.is_dir():  # nobody waits for a pipe
            with suppress(SpeechesError, OSError):
                cache = cache_directory() if before["cache"] else None
                return names(kinds, incomplete, open_corpus(path, cache=cache))
        return []

    return complete


def names(kinds: Iterable[Names], typed: str, corpus: Corpus) -> list[tuple[str, str]]:
    """Name what a value could become, with a description: typed letters become pinyin, Hanzi Hanzi.

    What a shell could take for more than a word is not offered.
    """
    found: dict[str, str] = {}
    in_letters = typed.isascii() and typed != ""
    for called in chain(*(kind(corpus) for kind in kinds)):
        for name in called:
            value = (name.slug or _pinyin(name.called)) if in_letters else name.called
            if value.startswith(typed) and not _SPECIAL.search(value):
                said = name.described if value == name.called else f"{name.called} {name.described}"
                found.setdefault(value, _SPECIAL.sub(" ", said))
                break
    return [*found.items()]


def towns(corpus: Corpus) -> Iterator[list[Name]]:
    """Yield the names of each speech: its town, speaker, number, and district with town."""
    for speech in corpus.speeches:
        place = f"{speech.town} {speech.district}"
        slug = f"{corpus.districts.get(speech.district, '')}/{speech.slug}"
        called = (
            Name(speech.town, speech.district, speech.slug),
            Name(speech.speaker, place),
            Name(str(speech.id), place),
            Name(speech.path, speech.speaker, slug),
        )
        # a slash that belongs to a name would be taken for the one after a district or date
        yield [name for name in called if name.called.count("/") == name.slug.count("/")]


def districts(corpus: Corpus) -> Iterator[list[Name]]:
    """Yield each district from which somebody spoke."""
    for name, slug in corpus.districts.items():
        if here := corpus.within([name]):
            yield [Name(name, "、".join(each.town for each in here), slug)]


def topics(corpus: Corpus) -> Iterator[list[Name]]:
    """Yield each topic."""
    for topic in corpus.topics:
        yield [Name(topic, "")]


def indicators(corpus: Corpus) -> Iterator[list[Name]]:
    """Yield each indicator, described by its topic."""
    for indicator in corpus.indicators.items():
        yield [Name(*indicator)]


def _pinyin(name: str) -> str:
    return "".join(map(folding.usual_reading, folding.fold(name)))
