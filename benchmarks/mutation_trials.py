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
from pathlib import Path

import pytest
from _pytest.runner import runtestprotocol
from hypothesis import Phase, settings
from mutation_mutants import Mutant
from mutmut.mutation.trampoline import set_mutant_under_test
from mutmut.state import state

NOT_RUN = (  # they look at the source itself, which in the copy is full of mutants
    "--ignore=tests/test_imports.py",
    "--deselect=tests/test_cli.py::test_no_command_loads_what_it_does_not_use",
    "--deselect=tests/test_locale.py::test_every_message_is_translated_and_none_is_left_over",
)
MEMORY = 4 << 30
"""Bytes that a mutant may take before it counts as killed."""
LOADING = 600
"""Seconds that tests may take in a fresh Python."""


class Trials:
    """Pytest's plugin: instead of running every test once, it tries every mutant."""

    def __init__(self, mutants: Sequence[Mutant], folder: Path, given: argparse.Namespace) -> None:
        self.mutants = mutants
        self.folder = folder
        self.given = given
        self.verdicts: dict[Mutant, str] = {}
        self.seconds: defaultdict[str, float] = defaultdict(float)
        self._running: dict[int, tuple[Mutant, float]] = {}

    def pytest_configure(self) -> None:
        """Have Hypothesis stop at the first failure: nobody will read the smallest one."""
        settings.register_profile("mutation", settings(), phases=(Phase.explicit, Phase.generate))
        settings.load_profile("mutation")

    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        """Record what every test calls and how long it takes, then try every mutant."""
        recorded = self._recorded(session.items)
        for mutant in {each.module: each for each in self.mutants}.values():
            tests = self._asked(mutant, session.items, recorded)
            if os.waitpid(self._start(mutant, tests, name=""), 0)[1]:
                pytest.exit(f"without any mutant, the tests of {mutant.module} fail in this order")
        for number, mutant in enumerate(self.mutants):
            while len(self._running) >= self.given.jobs:
                self._wait()
            print(f"\r{number} of {len(self.mutants)}", end="", file=sys.stderr, flush=True)
            tests = self._asked(mutant, session.items, recorded)
            child = self._start(mutant, tests, name=mutant.name)
            self._running[child] = mutant, time.monotonic()
        while self._running:
            self._wait()
        return True

    def _asked(
        self, mutant: Mutant, items: Sequence[pytest.Item], recorded: Sequence[tuple[set[str], float]]
    ) -> list[tuple[pytest.Item, float]]:
        """Choose tests for a mutant, the likeliest to find it first; none if nothing calls it."""
        function, own = mutant.name.partition("__mutmut_")[0], own_tests(mutant)
        ranked = sorted(
            (function not in called, item.path.name not in own, seconds, index)
            for index, (item, (called, seconds)) in enumerate(zip(items, recorded, strict=True))
            if function in called or item.path.name in own
        )
        if not any(function in called for called, _ in recorded):
            return []
        asked, others = [], 0.0
        for _, elsewhere, seconds, index in ranked:
            others += seconds if elsewhere else 0
            if not elsewhere or others <= self.given.patience:
                asked.append((items[index], seconds))
        return asked

    def _recorded(self, items: Sequence[pytest.Item]) -> list[tuple[set[str], float]]:
        """Give the functions that each test calls, and its seconds; every test must pass."""
        file = self.folder / "recorded"

        def record() -> bool:
            del os.environ["MUTANT_UNDER_TEST"]  # programs that tests start need not record
            recorded, calls = [], state()._stats  # noqa: SLF001
            for item, after in zip(items, [*items[1:], None], strict=True):
                calls.clear()
                begin = time.perf_counter()
                if not passes(item, after):
                    file.write_text(json.dumps(item.nodeid))
                    return False
                recorded.append((sorted(calls), time.perf_counter() - begin))
            file.write_text(json.dumps(recorded))
            return True

        status = os.waitpid(self._fork("stats", record), 0)[1]
        read = json.loads(file.read_text())
        if status:
            pytest.exit(f"this test fails without any mutant: {read}")
        return [(set(called), seconds) for called, seconds in read]

    def _start(self, mutant: Mutant, tests: Sequence[tuple[pytest.Item, float]], *, name: str) -> int:
        """Run tests on a mutant; what only runs while its module is loaded needs a fresh Python."""

        def survives() -> bool:
            resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
            items = [item for item, _ in tests]
            for (item, seconds), after in zip(tests, [*items[1:], None], strict=True):
                signal.alarm(round(10 + 10 * seconds))
                if not passes(item, after):
                    return False
            return True

        def survives_loading() -> bool:
            own = [f"tests/{name}" for name in own_tests(mutant)] or ["tests"]
            signal.alarm(LOADING)
            python = [sys.executable, "-m", "pytest", "-x", "-q", "-p", "no:cacheprovider", *NOT_RUN]
            os.execv(sys.executable, [*python, *own])  # noqa: S606

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
    parts = reversed(mutant.module.split("."))
    return [file.name for part in parts for file in sorted(Path("tests").glob(f"test_{part}*.py"))]


def passes(item: pytest.Item, after: pytest.Item | None) -> bool:
    """Run a test, and tear down what the test after it does not need."""
    return all(
        report.outcome != "failed" for report in runtestprotocol(item, log=False, nextitem=after)
    )
