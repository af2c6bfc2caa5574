"""Hostile corpora, and what must hold whatever stands in them; run as a process of its own.

`python -m tests.fuzzing SEED COUNT` tries so many files. What fails is said with the seed that makes it
again: `python -m tests.fuzzing 1234 1`. Texts for `draft` are spoilt in `test_drafting*`.
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
from tests.material import SMALL, spoil

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
                try_corpus(random.Random(each), Path(folder))  # noqa: S311 - to be made again
            except Exception as error:  # noqa: BLE001 - whatever it is, the seed is what matters
                failed = 1
                sys.stdout.write(f"{each}: {type(error).__name__}: {str(error)[-2000:]}\n")
            signal.alarm(0)
    return failed


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]), int(sys.argv[2])))
