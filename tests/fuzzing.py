"""Hostile corpora, and what must hold whatever stands in them; run as a process of its own.

`python -m tests.fuzzing SEED COUNT` tries so many files. What fails is said with the seed that makes it
again: `python -m tests.fuzzing 1234 1`. Three kinds of files are hostile: a corpus, a compilation for
`draft`, and a cache.
"""

from __future__ import annotations

import io
import os
import random
import re
import resource
import signal
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

from speeches_cli import boundary
from tests.material import SMALL, spoil, word_file, word_part

LONGEST = 20
"""In seconds: what one file may take, on the slowest of machines."""
MEMORY = 512 * 1024 * 1024
"""In bytes: what may be needed beside the program itself."""

_VALUE = re.compile(rb"(?<=: )\S.*")
_HAN = "由从增加到增长下降占的共其中达到比去年，、。；（）和年均同比余约近以上万亿百分之点成倍"
_UNITS = "家个人户%亿元万亩公里平方米套件人次百分点倍"
_SIGNS = [
    "\0",
    "\x1b[31m",
    "\x1b]52;c;eA==\x07",
    "\x85",
    "\u2028",
    "\u202e",
    "\ufeff",
    "\ufffe",
    "\x9b",
    "\r",
]
_TAGS = [
    b"!!python/object/apply:os.system [x]",
    b"!!binary YQ==",
    b"!x y",
    b"!!float .nan",
    b"!<tag:x> y",
]
SPOKEN = """\
某市乡镇党委书记座谈会发言材料

党建引领促发展
——甲镇党委书记 张三

一、抓产业
全镇引进10家企业，投资2亿元，同比增长8%。
二、抓治理
设置网格54个，化解矛盾纠纷220件。

凝心聚力抓治理
——乙街道党工委书记 李四

一、抓服务
新增就业1200人，走访居民8180户。
"""
_DEPTHS = (5, 20, 1_000, 100_000)
_SIZES = (100, 10_000, 300_000)


def _bytes(chance: random.Random) -> bytes:
    """Lose, double and garble bytes and lines."""
    return spoil(SMALL.encode(), chance)


def _encoding(chance: random.Random) -> bytes:
    """Save it as another program would, or cut it off inside a character."""
    text = SMALL.replace("\n", chance.choice(["\n", "\r\n", "\r", "\x85", "\u2028"]))
    name = chance.choice("gb18030 utf-8-sig utf-16 utf-16-le utf-32 big5 utf-7 shift_jis".split())  # noqa: SIM905
    data = text.encode(name, "replace")
    return chance.choice([data, data[:-1], data[: chance.randrange(len(data))], data + b"\xed\xa0\x80"])


def _nesting(chance: random.Random) -> bytes:
    """Open brackets that nobody closes, or that somebody does."""
    depth = chance.choice(_DEPTHS)
    opening, inside, closing = chance.choice(
        [(b"[", b"", b"]"), (b"{a: ", b"", b"}"), (b"- ", b"a", b""), (b"? ", b"", b"")]
    )
    return _instead_of_a_value(chance, opening * depth + inside + closing * chance.choice((0, depth)))


def _aliases(chance: random.Random) -> bytes:
    """Refer to what stands elsewhere, to itself, to nothing, or to a billion of it."""
    bomb = b"".join(
        b"b%d: &b%d [%s]\n" % (n, n, b",".join([b"*b%d" % (n - 1)] * 9)) for n in range(1, 9)
    )
    bomb = b"b0: &b0 x\n" + bomb
    whole = _instead_of_a_value(
        chance, chance.choice([b"*b8", b"&a *a", b"&a [*a]", b"{<<: *b8}", b"*nothing"])
    )
    return chance.choice([bomb + whole, whole + bomb, whole])


def _tags(chance: random.Random) -> bytes:
    """Ask for objects, or for another YAML."""
    head = chance.choice(
        [b"", b"%YAML 9.9\n---\n", b"%TAG ! tag:x,2000:\n---\n", b"---\n---\n", b"...\n"]
    )
    return head + _instead_of_a_value(chance, chance.choice(_TAGS))


def _sizes(chance: random.Random) -> bytes:
    """Make one thing much larger, or many."""
    size = chance.choice(_SIZES)
    figure = "      - {cite: 网格员86名, section: 0, indicator: 网格%d, topic: 无}\n"
    makers: list[Callable[[], bytes]] = [
        lambda: _instead_of_a_value(chance, "网格".encode() * size),
        lambda: _instead_of_a_value(chance, b"9" * size + "家".encode()),
        lambda: SMALL.replace(
            "    numerals:", "".join(figure % n for n in range(size // 100)) + "    numerals:", 1
        ).encode(),
        lambda: SMALL.encode() + b"".join(b"k%d: v\n" % n for n in range(size // 10)),
        lambda: SMALL.replace(
            "东路街道现有", "由1家增加到2家，增长3%，其中4个、" * (size // 100), 1
        ).encode(),
        lambda: SMALL.encode() + b"x" * size,
    ]
    return chance.choice(makers)()


def _signs(chance: random.Random) -> bytes:
    """Put in what acts on a terminal, as it is or escaped."""
    text = SMALL
    for _sign in range(chance.randint(1, 3)):
        sign, place = chance.choice(_SIGNS), chance.randrange(len(text))
        text = text[:place] + sign + text[place:]
    escaped = chance.choice(
        ['"\\e[31m"', '"\\u202e"', '"\\ud800"', '"\\U00110000"', '"\\x00"', '"\\N"']
    )
    data = text.encode()
    return chance.choice([data, _instead_of_a_value(chance, escaped.encode())])


def _shapes(chance: random.Random) -> bytes:
    """Give some keys values of another kind."""
    data = SMALL.encode()
    for _change in range(chance.randint(1, 6)):
        shape = chance.choice(
            [b"", b"[]", b"{}", b"~", b"[[]]", b"{a: b}", b"|-\n  a\n  b", b"-1", b"''", b"0", b"1"]
        )
        data = _instead_of_a_value(chance, shape, data)
    return data


def _numbers(chance: random.Random) -> bytes:
    """State quantities that make no sense in sentences that almost do."""
    words = [
        *_HAN,
        "增加到",
        "增长",
        "其中",
        "占",
        "百分之",
        *_UNITS,
        "平方米",
        "亿元",
        "人次",
        "办结",
        "办结率",
    ]
    numerals = [
        "0",
        "1",
        "12",
        "0.0",
        "9" * 30,
        "1,000",
        "3.5",
        "-7",
        "１２",
        "三",
        "两千",
        "万万",
        "零",
    ]
    text = "".join(
        chance.choice(chance.choice((words, numerals))) for _word in range(chance.choice((20, 200)))
    )
    return SMALL.replace("西镇现有人口2万人。", f"'{text}'").encode()


def _crowd(chance: random.Random) -> str:
    """Write a paragraph that takes long where each quantity is looked at beside each other one."""
    size = chance.choice((10, 1_000, 8_000))
    return chance.choice(
        [
            "新增3家、" * size,
            "1，" + "000，" * size + "家",
            "1," + "000," * size,
            "由1家增加到2家，增长100%，" * size,
            "（一）" * size,
            "“" * size,
            "同比" * size + "增长",
        ]
    )


def _flat(chance: random.Random) -> str:
    """Repeat one character: a device, or a file of holes."""
    return chance.choice("\0\n \t\u30000１，一") * chance.choice((1, 1_000, 5_000_000))


def _compilation(chance: random.Random) -> bytes:
    """Spoil the text of a compilation, or put what is costly into it."""
    text = chance.choice([SPOKEN, SPOKEN.replace("家企业", chance.choice((_crowd, _flat))(chance))])
    return chance.choice([text.encode(), spoil(text.encode(), chance), _flat(chance).encode()])


def _word(chance: random.Random) -> bytes:
    """Make a small Word file that grows when it is read."""
    size = chance.choice((1, 1_000, 50_000))
    said = "".join(f"<w:p><w:r><w:t>{each}</w:t></w:r></w:p>" for each in SPOKEN.splitlines())
    inside = chance.choice(
        [
            "<w:p><w:r><w:t>甲镇</w:t></w:r></w:p>" * size,
            "<w:p/>" * size * 20,
            "<w:p>" * size + "</w:p>" * size,
            "<w:p><w:r><w:t>" + "1，000，" * size + "</w:t></w:r></w:p>",
            '<w:p><w:pPr><w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr></w:pPr></w:p>' * 9,
        ]
    )
    text = "%1" * size
    level = f'<w:lvl w:ilvl="0"><w:numFmt w:val="decimal"/><w:lvlText w:val="{text}"/></w:lvl>'
    abstract = f'<w:abstractNum w:abstractNumId="0">{level}</w:abstractNum>'
    numbers = abstract + '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'
    made = word_file(said + inside, {"word/numbering.xml": word_part("numbering", numbers)})
    return chance.choice([made, spoil(made, chance)])


def _instead_of_a_value(chance: random.Random, new: bytes, data: bytes = SMALL.encode()) -> bytes:
    values = list(_VALUE.finditer(data))
    start, end = chance.choice(values).span()
    return data[:start] + new + data[end:]


def try_corpus(chance: random.Random, folder: Path) -> None:
    """Check and load a corpus: both end as they say, in whole lines, and do not contradict."""
    makers = (_bytes, _encoding, _nesting, _aliases, _tags, _sizes, _signs, _shapes, _numbers)
    file = folder / "a.yaml"
    file.write_bytes(chance.choice(makers)(chance))
    if chance.random() < 0.2:
        (folder / "b.yaml").write_bytes(_bytes(chance))
    named = folder if chance.random() < 0.5 else file
    code, out, err = _run("check", named)
    listed, _out, why = _run("--corpus", named, "--no-cache", "list")
    assert code in (0, 2), err
    assert listed in (0, 1, 2), why
    assert (listed == 2) <= (code == 2), why
    assert all(line.startswith(str(folder)) for line in out.splitlines()), out
    assert all(line.startswith("speeches: ") for line in (err + why).splitlines()), err + why
    assert (out + err + why).replace("\n", "").isprintable()


def try_draft(chance: random.Random, folder: Path) -> None:
    """Draft from a compilation: a corpus, or in one line why not; what there was stays."""
    file = folder / chance.choice(("a.txt", "a.docx", "a"))
    data = chance.choice((_compilation, _word))(chance)
    file.write_bytes(data)
    code, out, err = _run("draft", file)
    assert code in (0, 2), err
    assert (code == 0) == bool(out), err
    assert all(line.startswith(("speeches: ", str(folder), " ")) for line in err.splitlines()), err
    assert err.replace("\n", "").isprintable()
    assert file.read_bytes() == data


def try_cache(chance: random.Random, folder: Path) -> None:
    """Damage what is kept compiled: the answer is the same, or the cache is made anew."""
    file, cache = folder / "a.yaml", folder / "cache"
    file.write_text(SMALL, encoding="utf-8")
    kept_before = os.environ.get("SPEECHES_CACHE", "")
    os.environ["SPEECHES_CACHE"] = str(cache)
    asked = ("--corpus", file, "search", "网格", "--json")
    right = _run(*asked)
    for kept in [each for each in cache.rglob("*") if each.is_file()]:
        data, times = kept.read_bytes(), kept.stat()
        kept.write_bytes(spoil(data, chance))
        os.utime(kept, ns=(times.st_atime_ns, times.st_mtime_ns))
    assert right[0] == 0, right
    assert [_run(*asked), _run(*asked)] == [right, right]
    os.environ["SPEECHES_CACHE"] = kept_before


def _run(*arguments: str | Path) -> tuple[int, str, str]:
    """Run the program in this process; give its exit code, standard output and standard error."""
    streams = [io.TextIOWrapper(io.BytesIO(), encoding="utf-8") for _stream in range(2)]
    before = sys.stdout, sys.stderr
    sys.stdout, sys.stderr = streams
    try:
        code = boundary.run([str(each) for each in arguments])
    finally:
        sys.stdout, sys.stderr = before
    for stream in streams:
        stream.flush()
    out, err = (each.buffer.getvalue().decode() for each in streams)
    return code, out, err


KINDS = (try_corpus, try_corpus, try_corpus, try_draft, try_draft, try_cache)


def _limit_memory() -> None:
    """Let the process have what it has, and MEMORY more."""
    pages = int(Path("/proc/self/statm").read_text("ascii").split()[0])
    limit = pages * os.sysconf("SC_PAGE_SIZE") + MEMORY
    resource.setrlimit(resource.RLIMIT_AS, (limit, limit))


def _too_long(*_signal: Any) -> None:
    raise TimeoutError


def main(seed: int, count: int) -> int:
    """Try files, each from its own seed; say which seeds fail, and give the exit code."""
    signal.signal(signal.SIGALRM, _too_long)
    os.environ["SPEECHES_LANG"] = "en"
    with tempfile.TemporaryDirectory() as first:
        try_corpus(random.Random(0), Path(first))  # noqa: S311 - loads what is loaded when needed
    _limit_memory()
    failed = 0
    for each in range(seed, seed + count):
        with tempfile.TemporaryDirectory() as folder:
            signal.alarm(LONGEST)
            try:
                chance = random.Random(each)  # noqa: S311 - to be made again
                chance.choice(KINDS)(chance, Path(folder))
            except Exception as error:  # noqa: BLE001 - whatever it is, the seed is what matters
                failed = 1
                sys.stdout.write(f"{each}: {type(error).__name__}: {str(error)[-2000:]}\n")
            signal.alarm(0)
    return failed


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]), int(sys.argv[2])))
