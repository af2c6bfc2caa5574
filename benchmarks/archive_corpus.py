"""Make an archive of N speeches out of the eight.

    python benchmarks/archive_corpus.py N FOLDER [FILE] [--words]

Every speech has the shape of one of the eight and sentences drawn from all of them, with the
figures and numerals that the sentences cite. The places are named differently: a county has eight
towns and a file of its own, and the first town of every county is called 城关镇. The same seed gives
the same counties, however many there are. FILE is given, as JSON, the name of the first county and
those of its towns.

Eight speeches have few words. With `--words` all that no figure or numeral cites is drawn anew from
the dictionary of the segmenter jieba (in the extra `benchmarks`), each word as often as it says, so
that the text has the vocabulary of a real archive; sentences with 枫桥经验 stay.
"""

from __future__ import annotations

import json
import random
import re
import sys
from collections.abc import Iterator, Sequence
from importlib import import_module
from itertools import accumulate
from pathlib import Path
from typing import Any, NamedTuple

import yaml

from speeches_cli.corpus import packaged

TOWNS = 8
"""How many towns a county has."""
SEAT = "城关镇", "chengguan"
_SYLLABLES: dict[str, str] = dict(
    re.findall(
        "(.)([a-z]+)",
        "安an平ping和he永yong兴xing泰tai康kang宁ning清qing河he石shi山shan川chuan水shui泉quan林lin"
        "坪ping湾wan塔ta沟gou店dian庄zhuang营ying堡bao寺si阳yang龙long凤feng金jin玉yu柳liu松song"
        "梅mei柏bai云yun丰feng乐le福fu德de仁ren",
    )
)
_SURNAMES = "王李张刘陈杨赵黄周吴徐孙马朱胡郭何高林罗郑梁"
_GIVEN = "伟芳娜敏静丽强磊军洋勇艳杰娟涛明超兰霞平刚桂英华玉萍红玲芬燕彬凤洁梅琳"
_SENTENCE = re.compile("[^。！？]+[。！？]?[”’」』）)]*")
_RUN = re.compile("[\u4e00-\u9fff]+")
_BESIDE = re.compile(r"(?<![0-9%\u4e00-\u9fff])[\u4e00-\u9fff]++(?![0-9])")
"""Characters that no digit touches: other words there could change what a figure says."""
_COUNTING = re.compile("[零一二三四五六七八九十百千万亿两半几数第]")


class Place(NamedTuple):
    """A county or a town, with its pinyin."""

    name: str
    slug: str


class Sentence(NamedTuple):
    """A sentence, and the entries of figures and numerals that cite words of it alone."""

    text: str
    figures: tuple[dict[str, Any], ...]
    numerals: tuple[dict[str, Any], ...]


class Material:
    """The eight speeches, taken to pieces."""

    def __init__(self, *, words: bool = False) -> None:
        self._words = _dictionary() if words else None
        self.file: dict[str, Any] = yaml.safe_load(packaged().read_text("utf-8"))
        self.speeches: list[dict[str, Any]] = self.file["speeches"]
        self.shapes = [
            [[len(_cut(each)) for each in part["paragraphs"]] for part in speech["sections"]]
            for speech in self.speeches
        ]
        self.headings = [part["heading"] for each in self.speeches for part in each["sections"]]
        self.sentences = [
            self._sentence(text, speech, number)
            for speech in self.speeches
            for number, part in enumerate(speech["sections"], start=1)
            for paragraph in part["paragraphs"]
            for text in _cut(paragraph)
        ]
        self._here = re.compile(
            "|".join(re.escape(each["town"].removesuffix(each["kind"])) for each in self.speeches)
        )

    def _sentence(self, text: str, speech: dict[str, Any], number: int) -> Sentence:
        def citing(key: str) -> tuple[dict[str, Any], ...]:
            return tuple(
                {name: value for name, value in entry.items() if name != "occurrence"}
                for entry in speech.get(key, ())
                if entry["section"] == number and all(each in text for each in _cites(entry))
            )

        return Sentence(text, citing("figures"), citing("numerals"))

    def drawn(self, count: int, chance: random.Random) -> list[Sentence]:
        """Draw sentences, and other words for theirs where that is wanted."""
        chosen = chance.sample(self.sentences, count)
        if self._words is None:
            return chosen
        return [each._replace(text=self._reworded(each, chance)) for each in chosen]

    def _reworded(self, sentence: Sentence, chance: random.Random) -> str:
        """Give a sentence other words, but not where its figures and numerals are cited."""
        if "枫桥经验" in sentence.text:
            return sentence.text
        cited = [run for each in (*sentence.figures, *sentence.numerals) for run in _runs(_cites(each))]
        return _BESIDE.sub(
            lambda run: (
                run[0]
                if any(each in run[0] or run[0] in each for each in cited)
                else self._words_of(len(run[0]), chance)
            ),
            sentence.text,
        )

    def _words_of(self, length: int, chance: random.Random) -> str:
        """Draw words until they have so many characters, or a few more."""
        words, weights = self._words or ((), ())
        clause = ""
        while len(clause) < length:
            clause += chance.choices(words, cum_weights=weights, k=1)[0]
        return clause

    def named(self, text: str, town: str) -> str:
        """Give a text the name of another town for its own."""
        return self._here.sub(town, text)


def _dictionary() -> tuple[list[str], list[int]]:
    """Read the Chinese words of jieba's dictionary, with their frequencies summed up."""
    dictionary = import_module("jieba").get_module_res("dict.txt").read().decode("utf-8")
    entries = [line.split(" ") for line in dictionary.splitlines()]
    kept = [
        (word, int(times))
        for word, times, *_kind in entries
        if _RUN.fullmatch(word) and not _COUNTING.search(word)
    ]
    return [word for word, _times in kept], list(accumulate(times for _word, times in kept))


def make(count: int, folder: Path, *, seed: int = 1, words: bool = False) -> tuple[Place, list[Place]]:
    """Write an archive of `count` speeches; give the first county and its towns."""
    material, taken = Material(words=words), set[str]()
    chance = random.Random(seed)
    folder.mkdir(parents=True)
    first: tuple[Place, list[Place]] | None = None
    for at in range(0, count, TOWNS):
        county = _place(chance, "县", taken)
        within = {SEAT[1]}
        towns = [Place(*SEAT), *(_place(chance, "镇", within) for _town in range(TOWNS - 1))]
        first = first or (county, towns)
        lines = _county(material, county, towns[: count - at], chance)
        (folder / f"{county.slug}.yaml").write_text("\n".join(lines) + "\n", "utf-8")
    if first is None:
        raise SystemExit("an archive has at least one speech")
    return first


def text(folder: Path) -> Iterator[str]:
    """Yield every title, opening, heading and paragraph of an archive, in its order."""
    for file in sorted(folder.iterdir()):
        key = ""
        for line in file.read_text("utf-8").splitlines():
            found = re.match("(?: +(?:- )?([a-z]+):|          -)(?: (.+))?", line)
            if found:
                key = found[1] or key
                if found[2] and key in ("title", "opening", "heading", "paragraphs"):
                    yield found[2]


def _county(
    material: Material, county: Place, towns: Sequence[Place], chance: random.Random
) -> Iterator[str]:
    yield f"schema: {material.file['schema']}"
    for key in ("compilation", "meeting"):
        yield f"{key}: {county.name}{material.file[key]}"
    yield f"date: {material.file['date']}"
    yield from ("districts:", f"  {county.name}: {county.slug}", "topics:")
    yield from (f"  - {each}" for each in material.file["topics"])
    yield "speeches:"
    for number, town in enumerate(towns, start=1):
        yield from _speech(material, county, town, number, chance)


def _speech(
    material: Material, county: Place, town: Place, number: int, chance: random.Random
) -> Iterator[str]:
    short = town.name.removesuffix("镇")
    model = chance.choice(material.speeches)
    yield from (f"  - id: {number}", f"    slug: {town.slug}", f"    district: {county.name}")
    yield from (f"    town: {town.name}", "    kind: 镇")
    yield f"    speaker: {chance.choice(_SURNAMES)}{chance.choice(_GIVEN)}{chance.choice(_GIVEN)}"
    yield f"    post: {county.name}{town.name}党委书记"
    yield f"    title: {material.named(model['title'], short)}"
    yield f"    opening: {material.named(model['opening'], short)}"
    yield "    sections:"
    shape = chance.choice(material.shapes)
    drawn = iter(material.drawn(sum(map(sum, shape)), chance))
    cited: list[tuple[int, str, Sentence]] = []
    for section, paragraphs in enumerate(shape, start=1):
        yield f"      - heading: {material.named(chance.choice(material.headings), short)}"
        yield "        paragraphs:"
        chosen = [[next(drawn) for _sentence in range(length)] for length in paragraphs]
        texts = [material.named("".join(each.text for each in some), short) for some in chosen]
        yield from (f"          - {each}" for each in texts)
        cited += [(section, "\n".join(texts), each) for some in chosen for each in some]
    for key in ("figures", "numerals"):
        entries = [
            line
            for section, words, sentence in cited
            for entry in getattr(sentence, key)
            for line in _entry(material, entry, section, words, short)
        ]
        yield f"    {key}:" if entries else f"    {key}: []"
        yield from entries


def _entry(
    material: Material, entry: dict[str, Any], section: int, words: str, short: str
) -> Iterator[str]:
    """Write an entry, unless its words no longer stand in just one place."""
    cites = [material.named(each, short) for each in _cites(entry)]
    if any(len(re.findall(f"(?={re.escape(each)})", words)) != 1 for each in cites):
        return
    if isinstance(entry["cite"], str):
        yield f"      - cite: {cites[0]}"
    else:
        yield from ("      - cite:", *(f"          - {each}" for each in cites))
    yield f"        section: {section}"
    for key, value in entry.items():
        if key not in ("cite", "section", "repeats"):  # what is repeated may not have been drawn
            yield f"        {key}: {value}"


def _place(chance: random.Random, kind: str, taken: set[str]) -> Place:
    """Make up a name whose pinyin is not taken."""
    while True:
        characters = chance.sample(list(_SYLLABLES), chance.choice((2, 3)))
        slug = "".join(_SYLLABLES[each] for each in characters)
        if slug not in taken:
            taken.add(slug)
            return Place("".join(characters) + kind, slug)


def _cites(entry: dict[str, Any]) -> list[str]:
    return [entry["cite"]] if isinstance(entry["cite"], str) else entry["cite"]


def _runs(cites: Sequence[str]) -> list[str]:
    return [run for each in cites for run in _RUN.findall(each)]


def _cut(paragraph: str) -> list[str]:
    return _SENTENCE.findall(paragraph)


if __name__ == "__main__":
    given = [each for each in sys.argv[1:] if each != "--words"]
    county, towns = make(int(given[0]), Path(given[1]), words="--words" in sys.argv)
    if len(given) > 2:
        names = [county.name, [town.name for town in towns]]
        Path(given[2]).write_text(json.dumps(names, ensure_ascii=False), "utf-8")
