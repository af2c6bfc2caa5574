"""What the tests make of each mutant, in a process of its own, forked from one that has them loaded."""

from __future__ import annotations

import argparse
import json
import os
import resource
import shutil
import signal
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable, Sequence
from contextlib import suppress
from itertools import accumulate
from pathlib import Path
from typing import NamedTuple

import pytest
from _pytest.runner import runtestprotocol
from hypothesis import Phase, settings
from mutation_mutants import Mutant
from mutmut.mutation.trampoline import set_mutant_under_test
from mutmut.state import state

MEMORY = 4 << 30
"""Bytes that a process may take before its test fails."""
LOADING = 600
"""Seconds that the tests of a module may take in a fresh Python."""
ALSO = {
    "options": "cli manual completing",
    "boundary": "cli completing main",
    "corpus.entries": "schema",
    "corpus.sources": "store drafting_command",
    "corpus.tables": "store",
}
"""Tests that are a module's own, although they have other names."""


class Test(NamedTuple):
    """A test, the functions that it calls, and how long it takes, in seconds."""

    item: pytest.Item
    calls: set[str]
    seconds: float


class Trials:
    """Pytest's plugin: instead of running every test once, it tries every mutant."""

    def __init__(self, mutants: Sequence[Mutant], folder: Path, given: argparse.Namespace) -> None:
        self.mutants = mutants
        self.folder = folder
        self.given = given
        self.verdicts: dict[Mutant, str] = {}
        self.seconds: defaultdict[str, float] = defaultdict(float)
        self.left_out: list[str] = []
        """Tests that fail without any mutant: they look at the source, or mind being forked."""
        self._tests: list[Test] = []
        self._running: dict[int, tuple[Mutant, float]] = {}

    def pytest_configure(self) -> None:
        """Have Hypothesis stop at the first failure: nobody will read the smallest one."""
        settings.register_profile("mutation", settings(), phases=(Phase.explicit, Phase.generate))
        settings.load_profile("mutation")

    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        """Record what every test calls and how long it takes, then try every mutant."""
        self._record(session.items)
        for mutant in {each.module: each for each in self.mutants}.values():
            if os.waitpid(self._start(mutant, name=""), 0)[1]:
                pytest.exit(
                    f"without any mutant, the first tests of {mutant.module} fail in another order"
                )
        for number, mutant in enumerate(self.mutants, start=1):
            while len(self._running) >= self.given.jobs:
                self._wait()
            self._running[self._start(mutant, name=mutant.name)] = mutant, time.monotonic()
            print(f"\r{number} of {len(self.mutants)}", end="", file=sys.stderr, flush=True)
        while self._running:
            self._wait()
        return True

    def _record(self, items: Sequence[pytest.Item]) -> None:
        """Run every test once without a mutant, in a new process where one has ended the last."""
        file = self.folder / "recorded"
        file.touch()

        def record(items: Sequence[pytest.Item]) -> bool:
            del os.environ["MUTANT_UNDER_TEST"]  # programs that tests start need not record
            calls = state()._stats  # noqa: SLF001
            with file.open("a", encoding="utf-8") as stream:
                for item, after in zip(items, [*items[1:], None], strict=True):
                    calls.clear()
                    begin = time.perf_counter()
                    passed = passes(item, after)
                    seconds = time.perf_counter() - begin
                    print(json.dumps([passed, sorted(calls), seconds]), file=stream, flush=True)
            return True

        done = 0
        while done < len(items):
            left = items[done:]
            os.waitpid(self._fork("stats", lambda left=left: record(left)), 0)  # type: ignore[misc]
            lines = file.read_text(encoding="utf-8").splitlines()
            if len(lines) < len(items):
                with file.open("a", encoding="utf-8") as stream:
                    print(json.dumps([False, [], 0]), file=stream)
            done = len(lines) + 1
        for item, line in zip(items, file.read_text(encoding="utf-8").splitlines(), strict=True):
            passed, calls, seconds = json.loads(line)
            if passed:
                self._tests.append(Test(item, set(calls), seconds))
            else:
                self.left_out.append(item.nodeid)

    def _asked(self, mutant: Mutant) -> list[Test]:
        """Choose tests for a mutant, the likeliest to find it first; none if nothing calls it."""
        function, own = mutant.name.partition("__mutmut_")[0], own_tests(mutant)
        if not any(function in each.calls for each in self._tests):
            return []
        ranked = sorted(
            (function not in each.calls, each.item.path.name not in own, each.seconds, index)
            for index, each in enumerate(self._tests)
            if function in each.calls or each.item.path.name in own
        )
        asked, others = [], 0.0
        for _, elsewhere, seconds, index in ranked:
            others += seconds if elsewhere else 0
            if not elsewhere or others <= self.given.patience:
                asked.append(self._tests[index])
        return asked

    def _start(self, mutant: Mutant, *, name: str) -> int:
        """Test a mutant; what is not noticed is tried once more in a fresh Python."""
        tests = self._asked(mutant)
        if not name:  # only the first seconds: all of them take as long as the suite, for each module
            tests = [
                each
                for each, spent in zip(tests, accumulate(each.seconds for each in tests), strict=True)
                if spent <= self.given.patience
            ] or tests[:1]

        def survives() -> bool:
            items = [each.item for each in tests]
            for each, after in zip(tests, [*items[1:], None], strict=True):
                signal.alarm(round(10 + 10 * each.seconds))
                if not passes(each.item, after):
                    return False
            return not name or survives_loading()

        def survives_loading() -> bool:
            own = [f"tests/{each}" for each in own_tests(mutant)] or ["tests"]
            not_run = [f"--deselect={each}" for each in self.left_out]
            python = [sys.executable, "-m", "pytest", "-x", "-q", "-p", "no:cacheprovider"]
            signal.alarm(LOADING)
            os.execv(sys.executable, [*python, *own, *not_run])  # noqa: S606

        return self._fork(name, survives if tests else survives_loading)

    def _fork(self, name: str, work: Callable[[], bool]) -> int:
        """Do work in a process with a mutant switched on, silently; it ends with 0 if it gave True."""
        child = os.fork()
        if child:
            return child
        os.setsid()  # so that what it starts can be ended with it
        code = 1
        try:
            os.dup2(os.open(os.devnull, os.O_RDWR), 1)
            os.dup2(1, 2)
            room = self.folder / str(os.getpid())
            room.mkdir()
            os.environ["TMPDIR"] = os.environ["PYTEST_DEBUG_TEMPROOT"] = str(room)
            tempfile.tempdir = None
            resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
            set_mutant_under_test(name)
            code = 0 if work() else 1
        finally:
            os._exit(code)

    def _wait(self) -> None:
        """Take down the verdict on a mutant whose process has ended."""
        child, status = os.wait()
        mutant, begin = self._running.pop(child)
        with suppress(ProcessLookupError):
            os.killpg(child, signal.SIGKILL)
        shutil.rmtree(self.folder / str(child), ignore_errors=True)
        timeout = os.WIFSIGNALED(status) and os.WTERMSIG(status) == signal.SIGALRM
        self.seconds[mutant.module] += time.monotonic() - begin
        self._judge(mutant, "timeout" if timeout else "killed" if status else "survived")

    def _judge(self, mutant: Mutant, verdict: str) -> None:
        self.verdicts[mutant] = verdict
        if self.given.survivors and verdict == "survived":
            with self.given.survivors.open("a", encoding="utf-8") as file:
                file.write(f"## {mutant.name}\n{mutant.diff}\n\n")


def own_tests(mutant: Mutant) -> list[str]:
    """Name the files of tests that a module, or the package it lies in, has to itself."""
    parts = [*reversed(mutant.module.split(".")), *ALSO.get(mutant.module, "").split()]
    return [file.name for part in parts for file in sorted(Path("tests").glob(f"test_{part}*.py"))]


def passes(item: pytest.Item, after: pytest.Item | None) -> bool:
    """Run a test, and tear down what the test after it does not need."""
    return all(
        report.outcome != "failed" for report in runtestprotocol(item, log=False, nextitem=after)
    )
