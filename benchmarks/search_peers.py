"""Each tool in the comparison behind one call: a typed phrase → the places it names.

The peers read the same text, one sentence a line, which suits them: they can neither run across
a sentence end nor lose a second sentence of a paragraph by showing the first. Each may make as
many errors as `speeches` allows a phrase of that length, and at least one. They are called as
their manuals say for fixed strings, and nothing is folded for them.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from collections.abc import Callable, Iterable, Mapping, Sequence
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import rapidfuzz
from search_queries import Place

from speeches_cli import __version__, folding, search
from speeches_cli.model import Passage, Speech

Line = tuple[int, int, str]
"""A sentence: index of its passage, where it begins there, and its text."""
Finder = Callable[[str], Iterable[Place]]
"""A typed phrase → places. A tool that names only a line names all of it."""

ONE_PLACE_A_LINE = ("tre-agrep", "RapidFuzz")
ONLY_LINES = ("fzf",)


def lines(passages: Sequence[Passage]) -> list[Line]:
    """Cut the passages into sentences."""
    return [
        (index, match.start(), match.group())
        for index, passage in enumerate(passages)
        for match in re.finditer("[^。！？；]+[。！？；]?", passage.text)
    ]


def finders(
    passages: Sequence[Passage], readings: Mapping[str, frozenset[str]], folder: Path
) -> tuple[dict[str, Finder], dict[str, str]]:
    """Make a finder for every tool that is installed, and give each tool's version or `missing`."""
    sentences = lines(passages)
    file = folder / "sentences.txt"
    file.write_text("".join(f"{text}\n" for *_place, text in sentences), encoding="utf-8")
    peers = {"ugrep": _ugrep, "tre-agrep": _tre_agrep, "fzf": _fzf}
    found: dict[str, Finder] = {"speeches": _speeches(passages, readings)}
    versions = {"speeches": __version__, "RapidFuzz": rapidfuzz.__version__}
    for name, make in peers.items():
        versions[name] = _version(name) if shutil.which(name) else "missing"
        if versions[name] != "missing":
            found[name] = make(sentences, file)
    found["RapidFuzz"] = _rapidfuzz(sentences)
    versions["regex"] = "missing"
    if find_spec("regex"):
        regex = import_module("regex")
        versions["regex"] = regex.__version__
        found["regex"] = _regex(sentences, regex)
    return found, versions


def _version(name: str) -> str:
    first = _lines_of(name, "--version")[0]
    number = re.search(r"\d+\.\d+(\.\d+)?", first)
    return number.group() if number else first


def _lines_of(*command: str, given: str | None = None) -> list[str]:
    """Run a tool; 0 and 1 are its answers, anything else is a mistake of this program."""
    done = subprocess.run(
        command,
        input=given,
        capture_output=True,
        encoding="utf-8",
        env={"LC_ALL": "C.UTF-8", "PATH": os.environ["PATH"]},  # and nobody's own options
        check=False,
    )
    if done.returncode not in (0, 1):
        raise SystemExit(f"{command}: {done.stderr}")
    return done.stdout.splitlines()


def errors(typed: str) -> int:
    """Give how many errors a peer may make: what `speeches` allows, and at least one."""
    return 1 if len(typed) < 9 else 2


class Text:
    """Passages as a corpus has them, each by itself."""

    def __init__(self, passages: Sequence[Passage], readings: Mapping[str, frozenset[str]]) -> None:
        self._passages = passages
        self.readings = readings
        self._folded = [folding.fold(each.text) for each in passages]

    def folded(self, _speeches: Iterable[Speech] | None = None) -> Iterable[tuple[int, str]]:
        """Yield each passage's number and folded text."""
        return enumerate(self._folded)

    def passages_at(self, places: Iterable[int]) -> Iterable[Passage]:
        """Yield passages by their numbers."""
        return (self._passages[number] for number in places)


def _speeches(passages: Sequence[Passage], readings: Mapping[str, frozenset[str]]) -> Finder:
    text: Any = Text(passages, readings)  # as much of a corpus as is searched

    def find(typed: str) -> Iterable[Place]:
        found = search.search([typed], text)
        hits = zip(found.places, search.hits(found.places, text), strict=True)
        return [(place.speech, hit.start, hit.end) for place, hit in hits]

    return find


def _ugrep(sentences: list[Line], file: Path) -> Finder:
    def find(typed: str) -> Iterable[Place]:
        fuzzy, form = f"-Z{errors(typed)}", "--format=%n:%k:%o%~"
        for row in _lines_of("ugrep", fuzzy, "-F", form, "-e", typed, str(file)):
            number, column, match = row.split(":", 2)
            passage, begin, _text = sentences[int(number) - 1]
            start = begin + int(column) - 1
            yield passage, start, start + len(match)

    return find


def _tre_agrep(sentences: list[Line], file: Path) -> Finder:
    def find(typed: str) -> Iterable[Place]:
        options = ("-k", "-n", "--show-position", "-E", str(errors(typed)))
        for row in _lines_of("tre-agrep", *options, "-e", typed, str(file)):
            number, span, _text = row.split(":", 2)
            passage, begin, text = sentences[int(number) - 1]
            start, end = (len(text.encode()[: int(at)].decode()) for at in span.split("-"))
            yield passage, begin + start, begin + end

    return find


def _fzf(sentences: list[Line], file: Path) -> Finder:
    given = file.read_text(encoding="utf-8")

    def find(typed: str) -> Iterable[Place]:
        shown = set(_lines_of("fzf", f"--filter={typed}", given=given))
        for passage, begin, text in sentences:
            if text in shown:
                yield passage, begin, begin + len(text)

    return find


def _rapidfuzz(sentences: list[Line]) -> Finder:
    def find(typed: str) -> Iterable[Place]:
        for passage, begin, text in sentences:
            cut_off = 100 * (1 - errors(typed) / len(typed))  # a wrong character is two edits of 2n
            match = rapidfuzz.fuzz.partial_ratio_alignment(typed, text, score_cutoff=cut_off)
            if match:
                yield passage, begin + match.dest_start, begin + match.dest_end

    return find


def _regex(sentences: list[Line], regex: Any) -> Finder:
    def find(typed: str) -> Iterable[Place]:
        pattern = regex.compile(f"(?b)(?:{regex.escape(typed)}){{e<={errors(typed)}}}")
        for passage, begin, text in sentences:
            for match in pattern.finditer(text):
                yield passage, begin + match.start(), begin + match.end()

    return find
