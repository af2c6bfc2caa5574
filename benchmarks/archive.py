"""What the commands take on archives of 8 to 8,000 speeches, beside tools that search plain text.

    python benchmarks/archive.py [--sizes N…] [--rounds N] [--keep FOLDER] [--write]

`archive_corpus` makes the archives: of the sentences of the eight speeches, and the largest again
*with words* drawn by frequency from a dictionary, so that its vocabulary is a real one. *Warm* is
the median of the rounds, each of which runs every program once, in turn; *cold* is one run that
finds no compiled corpus and makes it. Times are CPU times of whole processes, start-up included,
their output in a pipe; memory is the highest resident set of any of a program's runs. The peers
read the same paragraphs, one a line, from one file; of RapidFuzz and of FTS5 (the full-text index
of SQLite, by trigrams, made beforehand) only the search counts. What was asked in ms is shown
as a multiple of what a peer takes in the same run, too, because machines differ. It exits with 1, and
says why, where a target isn't met. `--write` puts the tables into RESULTS.md.
"""

from __future__ import annotations

import argparse
import json
import os
import shlex
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from importlib.metadata import version
from itertools import pairwise
from pathlib import Path
from statistics import median
from typing import NamedTuple

import archive_corpus
import results

SIZES = (8, 80, 800, 8000)
TARGET = 8000
MEMORY = 100
"""In MB of 1,000,000 bytes: what a warm command may take."""
MOST_MEMORY = {"figures": 250, "phrases": 250}
"""The same for the commands whose answer is about everything that an archive says."""
NEAR = "search 枫桥精验"
PASTED = (
    "抓组织建设，发挥5个村社党组织战斗堡垒作用，深入开展党员亮身份、亮承诺、亮行动、亮服务、"
    "亮成效活动，打造“党支部+合作社”2个，选优配强村社党组织书记5名、“两委”干部31名，设立党员先锋岗20个。"
)
"""A sentence of the eight speeches, of 99 characters."""
SAME = ("list --district", "show", "compare")
"""The commands that only need a little of an archive, however large it is."""
LARGER = 1.4
"""How many times as long they may take on the large archive as on the smallest."""
SEARCHES = ("search 枫桥经验", NEAR, "search --limit 5", "search, pasted", "search, absent")
"""The commands that are measured also on the archive with words."""
LONG = ("figures",)
"""The commands that write so much that they are run in one round only."""
WITH_WORDS = ", words"
ON_TERMINALS = ("list", "search 枫桥经验")
"""The commands that are measured also as a terminal shows them: in lines and in colour."""
TERMINAL = 1.5
"""How many times as long as in a pipe they may take."""
COMPILING = 2.5
"""How many times as long as libyaml's parsing compiling may take."""
MEASURE = "ugrep -Z1 枫桥精验"
"""The peer whose time in the same run is the measure of a machine."""
ASKED = {
    "search 枫桥经验": 350,
    NEAR: 500,
    "search --limit 5": 250,
    "search, first line": 300,
    "search, absent": 500,
    "search, pasted": 400,
    "figures 网格数": 350,
    "figures": 15_000,
}
"""In ms: what the commands may take on a machine where that peer takes ASKED_MEASURE ms."""
ASKED_MEASURE = 107
PEERS = {"ugrep": 4, "tre-agrep": 1, "fzf": 1}
"""How many times as long as a peer the near search may take."""
ALL_COLD = 800
"""Up to which size all commands are run cold; above, where it takes minutes, only the first."""
LIBYAML = "libyaml"

# A process of its own, small, because a program starts with the highest memory of who started it.
LAUNCHER = """
import json, os, subprocess, sys, time
for line in sys.stdin:
    command, given = json.loads(line)
    with open(given or os.devnull, "rb") as stream:
        process = subprocess.Popen(
            command, stdin=stream, stdout=subprocess.PIPE, stderr=subprocess.PIPE
        )
        count = sum(block.count(b"\\n") for block in iter(lambda: process.stdout.read1(), b""))
        _pid, status, used = os.wait4(process.pid, 0)
        taken = used.ru_utime + used.ru_stime
    said = process.stderr.read().decode(errors="replace")
    code = os.waitstatus_to_exitcode(status)
    print(json.dumps([taken, used.ru_maxrss * 1024 / 1e6, code, count, said]), flush=True)
"""
# Only parsing: the files are read before, and what is made of one is gone before the next.
PARSE = """
import sys, time, pathlib, yaml
taken = 0
for file in sorted(pathlib.Path(sys.argv[1]).iterdir()):
    text = file.read_text("utf-8")
    begin = time.process_time()
    yaml.load(text, Loader=yaml.CSafeLoader)
    taken += time.process_time() - begin
print(taken, file=sys.stderr)
"""


# What RapidFuzz takes for the lines, and FTS5 for its index; loading them is not counted.
SCAN = """
import sys, time, rapidfuzz
lines = open(sys.argv[1], encoding="utf-8").read().splitlines()
begin = time.process_time()
found = rapidfuzz.process.extract(
    "枫桥精验", lines, scorer=rapidfuzz.fuzz.partial_ratio, score_cutoff=75, limit=None
)
print(time.process_time() - begin, file=sys.stderr)
print("\\n" * len(found), end="")
"""
INDEX = """
import sqlite3, sys
base = sqlite3.connect(sys.argv[2])
base.execute("create virtual table text using fts5(line, tokenize='trigram')")
lines = open(sys.argv[1], encoding="utf-8").read().splitlines()
base.executemany("insert into text values (?)", ((each,) for each in lines))
base.commit()
"""
QUERY = """
import sqlite3, sys, time
base = sqlite3.connect(sys.argv[1])
begin = time.process_time()
found = base.execute("select line from text where text match ?", ("枫桥经验",)).fetchall()
print(time.process_time() - begin, file=sys.stderr)
print("\\n" * len(found), end="")
"""


class Run(NamedTuple):
    """What one run of a program took."""

    seconds: float
    megabytes: float
    code: int
    lines: int
    """How many lines it wrote."""
    said: str


class Program(NamedTuple):
    """A program and what it is given on standard input, if anything."""

    command: Sequence[str]
    given: str = ""
    times_itself: bool = False
    """Whether the seconds that count are those that it writes to standard error."""


class Bench:
    """Runs programs through the launcher and keeps what they took."""

    def __init__(self, cache: Path) -> None:
        environment = {name: value for name, value in os.environ.items() if name in ("PATH", "HOME")}
        environment |= {"SPEECHES_CACHE": str(cache), "LC_ALL": "C.UTF-8", "SPEECHES_LANG": "en"}
        self._launcher = subprocess.Popen(
            [sys.executable, "-S", "-c", LAUNCHER],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            env=environment,
            text=True,
        )
        self.runs: dict[tuple[str, int], list[Run]] = {}

    def run(self, program: Program) -> Run:
        """Run a program once; it must have an answer."""
        if self._launcher.stdin is None or self._launcher.stdout is None:
            raise SystemExit("no launcher")
        self._launcher.stdin.write(json.dumps([program.command, program.given]) + "\n")
        self._launcher.stdin.flush()
        run = Run(*json.loads(self._launcher.stdout.readline()))
        if run.code not in (0, 1):
            raise SystemExit(f"{program.command} ended with {run.code}: {run.said}")
        return run._replace(seconds=float(run.said)) if program.times_itself else run

    def keep(self, name: str, size: int, program: Program) -> None:
        """Run a program once and keep what it took under a name and a number of speeches."""
        self.runs.setdefault((name, size), []).append(self.run(program))

    def seconds(self, name: str, size: int) -> float:
        """Give the median time."""
        return median(each.seconds for each in self.runs[name, size])

    def megabytes(self, name: str, size: int) -> float:
        """Give the highest memory."""
        return max(each.megabytes for each in self.runs[name, size])


def commands(folder: Path, county: str, towns: Sequence[str], *options: str) -> dict[str, Program]:
    """Name the commands that are measured, on the archive in a folder."""
    short = county.removesuffix("县")
    words = {
        "list --district": ["list", "--district", short],
        "show": ["show", f"{short}/{towns[1]}"],
        "search 枫桥经验": ["search", "枫桥经验"],
        NEAR: ["search", "枫桥精验"],
        "search --limit 5": ["search", "枫桥经验", "--limit", "5"],
        "search, pasted": ["search", PASTED],
        "search, absent": ["search", "量子纠缠计算"],
        "compare": ["compare", f"{short}/{towns[1]}", f"{short}/{towns[2]}"],
        "figures 网格数": ["figures", "网格数"],
        "figures": ["figures"],
        "phrases": ["phrases"],
        "list": ["list"],
    }
    words |= {f"{each}, terminal": [*words[each], "--color", "always"] for each in ON_TERMINALS}
    run = [sys.executable, "-m", "speeches_cli", *options, "--corpus", str(folder)]
    programs = {name: Program([*run, *each]) for name, each in words.items()}
    first = shlex.join([*run, "search", "枫桥经验"]) + " | head -1"
    return programs | {"search, first line": Program(["sh", "-c", first])}


def peers(text: Path) -> dict[str, Program]:
    """Name the tools that search the same text, if they are installed."""
    programs = {
        "rg 枫桥经验": Program(["rg", "枫桥经验", str(text)]),
        # -a, because ugrep takes a large file of Chinese for binary where a buffer cuts a character
        "ugrep -Z1 枫桥精验": Program(["ugrep", "-a", "-Z1", "枫桥精验", str(text)]),
        "tre-agrep -1 枫桥精验": Program(["tre-agrep", "-1", "枫桥精验", str(text)]),
        "fzf --filter=枫桥精验": Program(["fzf", "--filter=枫桥精验"], str(text)),
    }
    python = [sys.executable, "-c"]
    return {name: each for name, each in programs.items() if shutil.which(each.command[0])} | {
        "RapidFuzz 枫桥精验": Program([*python, SCAN, str(text)], times_itself=True),
        "FTS5 枫桥经验": Program([*python, QUERY, str(text.with_suffix(".db"))], times_itself=True),
    }


def made(folder: Path, size: int, *options: str) -> tuple[Path, Path, str, list[str]]:
    """Make an archive, its text for the peers, and name a county and its towns; or find them made."""
    name = f"{size}{''.join(options)}"
    archive, text, names = folder / name, folder / f"{name}.txt", folder / f"{name}.json"
    if not names.exists():  # in a process of its own, so that this one stays small
        make = [sys.executable, archive_corpus.__file__, str(size), str(archive), str(names)]
        subprocess.run([*make, *options], check=True)
        text.write_text("".join(f"{each}\n" for each in archive_corpus.text(archive)), "utf-8")
        index = [sys.executable, "-c", INDEX, str(text), str(text.with_suffix(".db"))]
        subprocess.run(index, check=True)
    county, towns = json.loads(names.read_text("utf-8"))
    return archive, text, county, towns


def measure(bench: Bench, folder: Path, sizes: Sequence[int], rounds: int) -> None:
    """Make the archives in a folder and run everything on them."""
    programs: dict[tuple[str, int], Program] = {}
    for size in sizes:
        archive, text, county, towns = made(folder, size)
        ours = commands(archive, county, towns)
        parse = Program([sys.executable, "-c", PARSE, str(archive)])
        for name, program in ours.items():
            if size <= ALL_COLD or name == SAME[0]:
                with tempfile.TemporaryDirectory() as empty:
                    alone = ["env", f"SPEECHES_CACHE={empty}", *program.command]
                    bench.keep(f"{name} cold", size, Program(alone))
            programs[name, size] = program
        for _time in range(3 if size <= TARGET else 1):
            bench.keep(LIBYAML, size, parse)
        programs |= {(name, size): each for name, each in peers(text).items()}
    archive, _text, county, towns = made(folder, min(sizes))
    without = commands(archive, county, towns, "--no-cache")
    programs |= {(f"{name} --no-cache", min(sizes)): each for name, each in without.items()}
    archive, text, county, towns = made(folder, max(sizes), "--words")
    ours = commands(archive, county, towns)
    others = {name: ours[name] for name in SEARCHES} | peers(text)
    programs |= {(f"{name}{WITH_WORDS}", max(sizes)): each for name, each in others.items()}
    for number in range(-1, rounds):  # the first round fills caches and does not count
        for (name, size), program in programs.items():
            if name in LONG and number:
                continue
            if number < 0:
                bench.run(program)
            else:
                bench.keep(name, size, program)


def parsing(bench: Bench, size: int) -> float:
    """Give the time that libyaml takes for the parsing alone."""
    return median(float(each.said) for each in bench.runs[LIBYAML, size])


def compiling(bench: Bench, size: int) -> float:
    """Give the time by which a run takes longer that has to compile: the median of the commands."""
    cold = [each for each in bench.runs if each[0].endswith(" cold") and each[1] == size]
    return median(
        bench.seconds(*each) - bench.seconds(each[0].removesuffix(" cold"), size) for each in cold
    )


def missed(bench: Bench, sizes: Sequence[int]) -> Iterator[str]:
    """Name the targets that are not met."""
    least = min(sizes)
    ours = list(commands(Path(), "", ("", "", "")))
    for name in ours:
        warm, without = bench.seconds(name, least), bench.seconds(f"{name} --no-cache", least)
        if warm > without:
            yield f"{name} at {least}: {warm * 1000:.0f} ms, without the cache {without * 1000:.0f}"
    if TARGET in sizes:
        for name in ours:
            most = MOST_MEMORY.get(name, MEMORY)
            if (megabytes := bench.megabytes(name, TARGET)) > most:
                yield f"{name} at {TARGET}: {megabytes:.0f} MB, to reach {most}"
        yield from (f"{what}: {taken:.2f} times" for what, taken in _too_slow(bench, least))


def _too_slow(bench: Bench, least: int) -> Iterator[tuple[str, float]]:
    """Name what takes longer than it should, and how many times as long as what it is held against."""
    near = bench.seconds(NEAR, TARGET)
    held: list[tuple[str, float, float]] = [
        (f"{NEAR} by {peer}, to reach {times}", near / bench.seconds(peer, TARGET), times)
        for peer in peers(Path("-"))
        for times in [PEERS.get(peer.split()[0])]
        if times
    ]
    held += [
        (f"{name} by itself at {least}, to reach {LARGER}", taken, LARGER)
        for name in SAME
        for taken in [bench.seconds(name, TARGET) / bench.seconds(name, least)]
    ]
    held += [
        (f"{name} by a pipe, to reach {TERMINAL}", taken, TERMINAL)
        for name in ON_TERMINALS
        for taken in [bench.seconds(f"{name}, terminal", TARGET) / bench.seconds(name, TARGET)]
    ]
    held.append(
        (
            f"compiling by libyaml, to reach {COMPILING}",
            *(compiling(bench, TARGET) / parsing(bench, TARGET), COMPILING),
        )
    )
    yield from ((f"{what}, at {TARGET}", taken) for what, taken, times in held if taken > times)


def _by_measure(bench: Bench) -> Iterator[tuple[str, str, float, float]]:
    """Give a command, its archive, and how many times the measure's time is asked and taken."""
    for name, milliseconds in ASKED.items():
        for archive in ("", WITH_WORDS):
            measure = f"{MEASURE}{archive}", TARGET
            if (f"{name}{archive}", TARGET) in bench.runs and measure in bench.runs:
                taken = bench.seconds(f"{name}{archive}", TARGET) / bench.seconds(*measure)
                yield name, archive, milliseconds / ASKED_MEASURE, taken


def report(bench: Bench, sizes: Sequence[int], rounds: int) -> str:
    """Write the tables."""
    ours = list(commands(Path(), "", ("", "", "")))
    warm = [*ours, *peers(Path("-"))]
    head = [f"{size:,}" for size in sizes]

    def times(name: str) -> list[str]:
        taken = [bench.seconds(name, size) for size in sizes if (name, size) in bench.runs]
        growth = [f"{late / early:.2f}" for early, late in pairwise(taken)]
        shown = [f"{each * 1000:.0f}" for each in taken] + ["·"] * (len(sizes) - len(taken))
        return [f"`{name}`", *shown, " · ".join(growth)]

    def memory(name: str) -> list[str]:
        taken = [bench.megabytes(name, size) for size in sizes if (name, size) in bench.runs]
        return [f"`{name}`", *(f"{each:.0f}" for each in taken), *["·"] * (len(sizes) - len(taken))]

    compiled = [(compiling(bench, size), parsing(bench, size)) for size in sizes]
    least = min(sizes)
    missing = sorted(
        {"rg", "ugrep", "tre-agrep", "fzf"} - {each.split()[0] for each in peers(Path("-"))}
    )
    most = max(sizes)
    there = [*SEARCHES, *peers(Path("-"))]
    written = [f"{bench.runs[name, sizes[-1]][0].lines:,} for `{name}`" for name in warm]
    return "\n\n".join(
        (
            "## Archives: from eight speeches to thousands",
            f"Typer {version('typer')}, Rich {version('rich')}, Python {sys.version.split()[0]},"
            f" {rounds} rounds, {os.cpu_count()} processors, seed 1."
            " `python benchmarks/archive.py --write` makes this section, and says at its head what"
            " the words mean."
            + (f" Not installed, so left out: {', '.join(missing)}." if missing else ""),
            "### Warm, in ms, and growth for each tenfold",
            _table(["", *head, "growth"], map(times, warm)),
            f"Lines written at {head[-1]}: {', '.join(written)}.",
            f"### At {head[-1]}, in ms, on both archives, and `{NEAR}` by each peer",
            _table(
                ["", "of the eight", "with words", "times", "times, with words"],
                (
                    [
                        f"`{name}`",
                        *(f"{each * 1000:.0f}" for each in taken),
                        *_by_near(bench, name, taken, most),
                    ]
                    for name in there
                    for taken in [
                        [bench.seconds(name, most), bench.seconds(f"{name}{WITH_WORDS}", most)]
                    ]
                ),
            ),
            f"### At {TARGET:,}, in times of `{MEASURE}`",
            _table(
                ["", "archive", "asked", "taken"],
                (
                    [f"`{name}`", archive.strip(", ") or "of the eight", f"{asked:.2f}", f"{taken:.2f}"]
                    for name, archive, asked, taken in _by_measure(bench)
                ),
            ),
            "### Cold, in ms",
            _table(["", *head, "growth"], (times(f"{name} cold") for name in ours)),
            f"### At {least}, in ms, with the cache and without",
            _table(
                ["", "warm", "--no-cache"],
                (
                    [f"`{each}`", *(f"{bench.seconds(way, least) * 1000:.0f}" for way in ways)]
                    for each in ours
                    for ways in [(each, f"{each} --no-cache")]
                ),
            ),
            "### Compiling, in s, beside libyaml's parsing of the same files",
            _table(
                ["", *head],
                (
                    ["compiling", *(f"{ours:.2f}" for ours, _libyaml in compiled)],
                    ["libyaml", *(f"{libyaml:.2f}" for _ours, libyaml in compiled)],
                    ["times", *(f"{ours / libyaml:.2f}" for ours, libyaml in compiled)],
                ),
            ),
            "### Memory, in MB",
            _table(["", *head], map(memory, [*warm, *(f"{name} cold" for name in ours)])),
        )
    )


def _by_near(bench: Bench, name: str, taken: Sequence[float], size: int) -> list[str]:
    """Say how many times a peer's time the near search takes, on both archives."""
    if name in SEARCHES:
        return ["", ""]
    near = [bench.seconds(NEAR, size), bench.seconds(f"{NEAR}{WITH_WORDS}", size)]
    return [f"{ours / peer:.2f}" for ours, peer in zip(near, taken, strict=True)]


def _table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    lines = [head, ["---", *("---:" for _column in head[1:])], *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def main() -> None:
    """Measure, print, and write the tables into RESULTS.md."""
    arguments = _arguments()
    with tempfile.TemporaryDirectory() as temporary:
        folder = arguments.keep or Path(temporary)
        folder.mkdir(parents=True, exist_ok=True)
        bench = Bench(Path(temporary, "cache"))
        measure(bench, folder, arguments.sizes, arguments.rounds)
    tables = report(bench, arguments.sizes, arguments.rounds)
    print(tables)
    if arguments.write:
        results.write("archive", tables)
    if failures := list(missed(bench, arguments.sizes)):
        raise SystemExit("not reached:\n" + "\n".join(failures))


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="Measure the commands on large archives.")
    parser.add_argument("--sizes", type=int, nargs="+", default=SIZES, metavar="N")
    parser.add_argument("--rounds", type=int, default=11)
    parser.add_argument("--keep", type=Path, help="make the archives here, and use them again")
    parser.add_argument("--write", action="store_true", help=f"put the tables into {results.FILE.name}")
    return parser.parse_args()


if __name__ == "__main__":
    main()
