"""A corpus and the beginning of a name → the names it could become, as Typer asks for them."""

import os
import re
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from itertools import chain
from pathlib import Path
from typing import Any

from speeches_cli import folding
from speeches_cli.corpus import Corpus, cache_directory, open_corpus, packaged
from speeches_cli.errors import SpeechesError

_SPECIAL = re.compile(r"^-|[\x00-,:-@\[-^`{-\x7f]")
"""What means something to a shell or begins an option; Typer's scripts do not quote all of it."""

Name = tuple[str, str, str]  # with its pinyin, if the corpus gives it, and a description
Names = Callable[[Corpus], Iterable[Sequence[Name]]]  # all names of each thing, the usual one first


def offering(*kinds: Names) -> Callable[[Any, str], list[tuple[str, str]]]:
    """Make a parameter's completion callback, which offers nothing where the corpus is wrong."""

    def complete(ctx: Any, incomplete: str) -> list[tuple[str, str]]:
        before = ctx.parent.params  # the options before the command
        path = Path(os.path.expandvars(before["corpus"] or packaged())).expanduser()
        cache = cache_directory() if before["cache"] else None
        if path.is_file() or path.is_dir():  # nobody waits for a pipe
            with suppress(SpeechesError, OSError):
                return names(kinds, incomplete, open_corpus(path, cache=cache))
        return []

    return complete


def names(kinds: Iterable[Names], typed: str, corpus: Corpus) -> list[tuple[str, str]]:
    """Name what a value could become, with a description: typed letters become pinyin, Hanzi Hanzi."""
    found: dict[str, str] = {}
    in_letters = typed.isascii() and typed != ""
    for called in chain(*(kind(corpus) for kind in kinds)):
        for name, slug, described in called:
            value = slug if in_letters else name
            value = value or "".join(map(folding.usual_reading, folding.fold(name)))
            if value.startswith(typed) and not _SPECIAL.search(value):
                said = described if value == name else f"{name} {described}"
                found.setdefault(value, _SPECIAL.sub(" ", said))
                break
    return [*found.items()]


def towns(corpus: Corpus) -> Iterable[Sequence[Name]]:
    """Yield the names of each speech: its town, speaker, number, and district with town."""
    for speech in corpus.speeches:
        place = f"{speech.town} {speech.district}"
        called = (
            (speech.town, speech.slug, speech.district),
            (speech.speaker, "", place),
            (str(speech.id), "", place),
            (speech.path, f"{corpus.districts[speech.district]}/{speech.slug}", speech.speaker),
        )
        # a slash that belongs to a name would be taken for the one behind a district or date
        yield [each for each in called if each[0].count("/") == each[1].count("/")]


def districts(corpus: Corpus) -> Iterable[Sequence[Name]]:
    """Yield each district from which somebody spoke."""
    for name, slug in corpus.districts.items():
        if here := corpus.within([name]):
            yield [(name, slug, "、".join(each.town for each in here))]


def topics(corpus: Corpus) -> Iterable[Sequence[Name]]:
    """Give each topic."""
    return [[(topic, "", "")] for topic in corpus.topics]


def indicators(corpus: Corpus) -> Iterable[Sequence[Name]]:
    """Give each indicator, described by its topic."""
    return [[(indicator, "", topic)] for indicator, topic in corpus.indicators.items()]
