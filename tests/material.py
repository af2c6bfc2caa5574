"""What several tests work on: a small corpus to alter, and a way to spoil a file as accidents do."""

from __future__ import annotations

import hashlib
import io
import os
import random
import zipfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NamedTuple

from speeches_cli import folding, search
from speeches_cli.corpus import Corpus, open_corpus, packaged
from speeches_cli.corpus.schema import Entry
from speeches_cli.errors import CorpusError
from speeches_cli.folding import Readings
from speeches_cli.model import Passage, Speech
from speeches_cli.search import Hit

ROOT = Path(__file__).parents[1]

FUZZ = int(os.environ.get("SPEECHES_FUZZ", "1"))
"""How many times as many spoilt files to try as the suite affords."""

SMALL = """\
schema: 1
compilation: 某市发言材料汇编
meeting: 某市工作交流会
date: 2023-09-18
districts:
  甲区: jia
  乙县: yi
topics:
  - 基层治理
  - 就业增收
speeches:
  - id: 1
    slug: donglu
    district: 甲区
    town: 东路街道
    kind: 街道
    speaker: 王一
    post: 甲区东路街道党工委书记
    title: 抓网格强治理
    opening: 东路街道现有网格员86名！
    sections:
      - heading: 一、抓网格
        paragraphs:
          - 设置网格54个，新增网格9个。办结率达97.4%，覆盖居民3.1万余人次。
          - 首批聘请党员3名，次批聘请党员3名。热线12345接诉求约200余件。
    figures:
      - cite: 网格员86名
        section: 0
        indicator: 网格员数
        topic: 基层治理
      - cite:
          - 设置网格54个
          - 新增网格9个
        section: 1
        indicator: 网格数
        topic: 基层治理
        period: 上半年
        scope: 辖区
        note: 两项相加
      - cite: 办结率达97.4%
        section: 1
        indicator: 诉求办结率
        topic: 基层治理
        measure: rate
      - cite: 聘请党员3名
        occurrence: 2
        section: 1
        indicator: 党员数
        topic: 基层治理
        status: plan
    numerals:
      - cite: 热线12345
        section: 1
        reason: 热线号码
  - id: 2
    slug: xizhen
    district: 乙县
    town: 西镇
    kind: 镇
    speaker: 李二
    post: 乙县西镇党委书记
    title: 兴产业促增收
    opening: 西镇现有人口2万人。
    sections: []
    figures: []
"""


OTHER = SMALL.replace("54个", "55个").replace("东路", "同路").replace("donglu", "tonglu")
BROKEN = SMALL.replace("kind: 镇", "kind: []")
NO_KIND = "'kind' must be a text of one line; put quotes around one that contains ': '"
LATER = SMALL.replace("2023-09-18", "2024-09-18")


def write(file: Path, text: str = SMALL) -> Path:
    """Write a file, in folders that may have to be made."""
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, "utf-8")
    return file


def fresh(path: Path) -> Any:
    """Give all that a corpus says, compiled without a cache."""
    return everything(open_corpus(path, cache=None))


def refusal(path: Path, cache: Path | None = None) -> str | None:
    """Give the message with which a corpus is refused, or None where it loads."""
    try:
        open_corpus(path, cache=cache)
    except CorpusError as error:
        return str(error)
    return None


def unmeasured(**more: str) -> dict[str, str]:
    """Give an environment in which a program's coverage isn't measured, nor bytecode written."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("COV")}
    return kept | {"PYTHONDONTWRITEBYTECODE": "1"} | more


@contextmanager
def barred(path: Path) -> Iterator[None]:
    """Bar the way to a file or folder, from root as well."""
    mode = path.stat().st_mode
    path.chmod(0)
    root = os.geteuid() == 0
    if root:
        os.seteuid(65534)
    try:
        yield
    finally:
        if root:
            os.seteuid(0)
        path.chmod(mode)


def everything(corpus: Corpus) -> Any:
    """Ask a corpus for all it has; of the readings, for those of its text, as others do no harm."""
    speeches, passages = corpus.speeches, tuple(corpus.passages(corpus.speeches))
    text = {
        *"".join(folding.fold(each.text) for each in passages),
        *"".join(each.town for each in speeches),
    }
    readings = {each: known for each, known in corpus.readings.items() if each in text}
    return (
        *(speeches, passages, tuple(corpus.figures(speeches))),
        *(tuple(corpus.districts.items()), corpus.topics, readings),
    )


def passages(entry: Entry) -> tuple[Passage, ...]:
    """Give a checked speech's title and opening, then each section's heading and paragraphs."""
    return tuple(each.passage for each in entry.paragraphs)


def fingerprint(corpus: Corpus) -> str:
    """Give a digest of all that a corpus says, the same in every process."""
    *said, readings = everything(corpus)
    ordered = sorted((each, sorted(known)) for each, known in readings.items())
    return hashlib.sha256(repr((said, ordered)).encode()).hexdigest()


class Paper:
    """Passages that can be searched as a corpus can."""

    def __init__(self, passages: Iterable[Passage], readings: Readings) -> None:
        self.readings = readings
        self._passages: dict[int, list[Passage]] = {}
        for each in passages:
            self._passages.setdefault(each.speech, []).append(each)

    def folded(self, _speeches: Iterable[Speech] | None = None) -> Iterator[tuple[int, str]]:
        """Yield every speech's folded text, a passage a line."""
        for key, members in self._passages.items():
            yield key, "\n".join(folding.fold(each.text) for each in members)

    def passages_at(self, places: Mapping[int, Iterable[int]]) -> Iterator[Passage]:
        """Yield some of the passages."""
        for key, numbers in places.items():
            yield from (self._passages[key][number] for number in numbers)


class Searched(NamedTuple):
    """What a search found, with the passages that its hits lie in."""

    hits: tuple[Hit, ...]
    more: bool
    nearest: tuple[Hit, ...]
    apart: tuple[tuple[str, int], ...]


def searched(phrases: Sequence[str], source: Any, **options: Any) -> Searched:
    """Search a corpus, or passages, and read the hits."""
    found = search.search(phrases, source, **options)
    places, more, nearest, apart = found
    return Searched((*search.hits(places, source),), more, (*search.hits(nearest, source),), apart)


_SIGNS = [
    *b"[ { ] } &a *a !!x --- ... ? : - ' \" | >- # %".split(),
    *(b"\\", b"\n", b"\t", b" ", b"\0", b"\xff", b"\xe2\x80\xa8", b"\xef\xbb\xbf"),
]


_WORD_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml."
_WORD_TYPES = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/>'
    f'<Override PartName="/word/document.xml" ContentType="{_WORD_TYPE}document.main+xml"/>'
    f'<Override PartName="/word/styles.xml" ContentType="{_WORD_TYPE}styles+xml"/></Types>'
)


def word_part(name: str, body: str) -> str:
    """Write a part of a Word file with one element around it."""
    space = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    return f'<w:{name} xmlns:w="{space}">{body}</w:{name}>'


def word_relations(**targets: str) -> str:
    """Write what a part of a Word file is related to, by the kind of relation."""
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
    links = (
        f'<Relationship Id="r{at}" Type="{kind}{name}" Target="{target}"/>'
        for at, (name, target) in enumerate(targets.items())
    )
    space = "http://schemas.openxmlformats.org/package/2006/relationships"
    return f'<Relationships xmlns="{space}">{"".join(links)}</Relationships>'


def word_file(body: str, parts: Mapping[str, str | bytes] | None = None) -> bytes:
    """Pack a Word file with this body and these other parts, related by their names."""
    names = [name for name in parts or {} if name.count("/") == 1 and name.startswith("word/")]
    related = {name[5:].split(".")[0]: name[5:] for name in names}
    every: dict[str, str | bytes] = {
        "[Content_Types].xml": _WORD_TYPES,
        "_rels/.rels": word_relations(officeDocument="word/document.xml"),
        "word/_rels/document.xml.rels": word_relations(**related),
        "word/document.xml": word_part("document", f"<w:body>{body}</w:body>"),
    }
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in (every | dict(parts or {})).items():
            archive.writestr(name, text)
    return stream.getvalue()


def spoil(data: bytes, chance: random.Random) -> bytes:
    """Change a file as accidents do: some bytes of it, or some lines."""
    for _change in range(chance.randint(1, 3)):
        data = chance.choice((_spoil_bytes, _spoil_lines, _spoil_lines))(data, chance)
    return data


def _spoil_bytes(data: bytes, chance: random.Random) -> bytes:
    """Lose, double, turn round or garble a stretch, or put one of YAML's signs in its place."""
    start = chance.randrange(len(data) + 1)
    piece = data[start : start + chance.choice((0, 1, 1, 2, 7, 40, 400))]
    spoilt = chance.choice(
        [b"", piece * 2, piece[::-1], chance.randbytes(len(piece)), chance.choice(_SIGNS)]
    )
    return data[:start] + spoilt + data[start + len(piece) :]


def _spoil_lines(data: bytes, chance: random.Random) -> bytes:
    """Lose or double a line, change two, or give one the value of another."""
    lines = data.splitlines(keepends=True)
    one, other = (chance.randrange(len(lines)) for _each in range(2))
    key, _colon, _value = lines[one].partition(b": ")
    value = lines[other].rpartition(b": ")[2]
    changed = chance.choice(
        [(b"", lines[other]), (lines[one] * 2, lines[other]), (lines[other], lines[one])]
        + [(key + b": " + value, lines[other])] * 3
    )
    lines[one], lines[other] = changed
    return b"".join(lines)


def line_of(words: str) -> int:
    """Give the number of the one line of the packaged speeches in which these words stand."""
    lines = packaged().read_text("utf-8").splitlines()
    (found,) = (number for number, line in enumerate(lines, 1) if words in line)
    return found
