"""Mutation testing: whether the tests notice when the code is changed.

Mutmut makes the mutants; `mutation_mutants.py` says which. Every mutant gets a process of its own
and runs tests until one fails: those that call the changed function, `tests/test_<module>*.py` and
the fastest first (of other files as many as `--patience` allows), then the rest of that file, as a
cache may have hidden a call. What none of them notices runs that file once more in a fresh Python,
which loads the module anew, and has survived if nothing is noticed there either. Tests that fail
without any mutant, because they look at the source or mind being forked, are left out and named.

    pip install -e .[dev,mutation]
    python benchmarks/mutation.py                      every module, a seeded sample of each
    python benchmarks/mutation.py figures search       these modules
    python benchmarks/mutation.py --sample 0 figures   every mutant of a module

`--survivors FILE` appends what survived, as diffs, to be looked at. `--write` puts the rows of the
modules that were run into RESULTS.md beside this file.
"""

from __future__ import annotations

import argparse
import os
import random
import re
import shutil
import sys
import tempfile
from collections import Counter
from collections.abc import Sequence
from importlib.metadata import version
from pathlib import Path

import pytest
import results
from mutation_mutants import ROOT, Mutant, modules, mutate
from mutation_trials import Trials


def main() -> None:
    """Make the mutants in a copy of the checkout, try them, print and write what came of them."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("modules", nargs="*", help="such as figures or search.alignment; else all")
    parser.add_argument("--sample", type=int, default=60, help="mutants of a module; 0 for all")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--jobs", type=int, default=1, help="mutants tried at once")
    parser.add_argument("--patience", type=float, default=10, help="seconds of other files' tests")
    parser.add_argument("--survivors", type=Path, help="a file for the diffs of what survived")
    parser.add_argument("--write", action="store_true", help=f"put the table into {results.FILE.name}")
    given = parser.parse_args()
    files = modules()
    if unknown := set(given.modules) - files.keys():
        raise SystemExit(f"no such module: {', '.join(sorted(unknown))}")
    with tempfile.TemporaryDirectory() as folder:
        Path(folder).chmod(0o755)  # one test looks at its files as somebody else
        enter_copy(Path(folder, "copy"))
        made = {name: mutate(files[name], name) for name in given.modules or files}
        chosen = {name: sample(mutants, given) for name, mutants in made.items() if mutants}
        trials = Trials([each for some in chosen.values() for each in some], Path(folder), given)
        if pytest.main(["-s", "-q", "-p", "no:cacheprovider", "--assert=plain"], [trials]):
            raise SystemExit("the tests did not run")
    rows = {
        name: row(
            len(made[name]), Counter(map(trials.verdicts.__getitem__, some)), trials.seconds[name]
        )
        for name, some in chosen.items()
    }
    print("\n".join(["", *table(rows), *(f"left out: {each}" for each in trials.left_out)]))
    if given.write:
        write(rows, given)


def sample(mutants: Sequence[Mutant], given: argparse.Namespace) -> list[Mutant]:
    """Draw a module's mutants."""
    count = min(given.sample or len(mutants), len(mutants))
    return random.Random(given.seed).sample(mutants, count)


def enter_copy(copy: Path) -> None:
    """Copy the checkout, without what is hidden, and move there."""
    shutil.copytree(ROOT, copy, ignore=shutil.ignore_patterns(".*", "__pycache__"))
    os.chdir(copy)
    sys.path.insert(0, str(copy))


def row(made: int, verdicts: Counter[str], seconds: float) -> str:
    """Sum up a module: what was noticed, and what was not."""
    tried = verdicts.total()
    share = 100 * (verdicts["killed"] + verdicts["timeout"]) / tried
    counts = (verdicts[each] for each in ("killed", "timeout", "survived"))
    return " | ".join(map(str, (made, tried, *counts, f"{share:.1f}", f"{seconds:.0f}")))


def table(rows: dict[str, str]) -> list[str]:
    """Lay out the rows, and a last one for all: what would be noticed of all that can be made."""
    numbers = [[float(cell) for cell in cells.split(" | ")] for cells in rows.values()]
    sums = [sum(column) for column in zip(*numbers, strict=True)]
    share = sum(made * share for made, *_, share, _ in numbers) / sums[0]
    last = " | ".join([*(f"{each:.0f}" for each in sums[:5]), f"{share:.1f}", f"{sums[6]:.0f}"])
    return [
        "| module | mutants | tried | killed | timed out | survived | noticed, % | s |",
        "| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: |",
        *(f"| `{module}` | {cells} |" for module, cells in sorted(rows.items())),
        f"| all | {last} |",
    ]


def write(rows: dict[str, str], given: argparse.Namespace) -> None:
    """Put the rows into RESULTS.md; those of modules that were not run stay."""
    old = dict(re.findall(r"^\| `(.+?)` \| (.+) \|$", results.section("mutation"), re.MULTILINE))
    said = (
        f"Mutmut {version('mutmut')}, Python {sys.version.split()[0]}; of each module a sample, drawn "
        f"by seed {given.seed}, of as many mutants as were tried. `python benchmarks/mutation.py "
        "--write` makes this section, and says at its head how; it keeps the rows of modules that it "
        "does not run. The share of all counts each module by the mutants that it can have."
    )
    kept = {module: cells for module, cells in old.items() if module in modules()}
    title = "## Mutation testing: what the tests notice"
    results.write("mutation", "\n".join([title, "", said, "", *table(kept | rows)]))


if __name__ == "__main__":
    main()
