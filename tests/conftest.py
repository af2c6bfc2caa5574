"""What all tests share: the loaded corpus, a clean environment, and a way to run the program."""

from __future__ import annotations

import io
import os
import signal
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, settings

from speeches_cli import boundary, messages
from speeches_cli.corpus import Corpus, open_corpus, packaged
from tests.material import SMALL

settings.register_profile(
    "speeches",
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
settings.load_profile("speeches")

LANGUAGE_VARIABLES = ("LC_ALL", "LC_MESSAGES", "LANG", "LANGUAGE")
COLOR_VARIABLES = ("NO_COLOR", "FORCE_COLOR", "GITHUB_ACTIONS", "TERM", "COLUMNS", "LINES")
PYTHON_VARIABLES = ("PYTHONIOENCODING", "PYTHONUNBUFFERED", "PYTHONUTF8")
OWN_VARIABLES = ("SPEECHES_CORPUS", "XDG_CACHE_HOME")

# Python before 3.12.4 reads the path of an editable installation in the locale's own encoding, and
# stops before any program begins where that encoding lacks a character of the path.
needs_python_to_start_in_c = pytest.mark.skipif(
    sys.version_info < (3, 12, 4) and not (__file__ + sys.prefix).isascii(),
    reason="this Python does not start under LC_ALL=C from a checkout whose path is not ASCII",
)


def pytest_configure() -> None:
    """Have Ctrl-C end what tests start, also in the background of a shell, where it is ignored."""
    signal.signal(signal.SIGINT, signal.default_int_handler)


@pytest.fixture(autouse=True)
def _clean_environment(
    monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """Run every test in English, without colour, and with a cache that all of them share."""
    for name in (*LANGUAGE_VARIABLES, *COLOR_VARIABLES, *PYTHON_VARIABLES, *OWN_VARIABLES):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("SPEECHES_LANG", "en")
    messages.settle()
    monkeypatch.setenv("SPEECHES_CACHE", str(tmp_path_factory.getbasetemp() / "cache"))


@pytest.fixture(scope="session")
def corpus() -> Corpus:
    """Give the eight speeches, loaded without a cache."""
    return open_corpus(packaged(), cache=None)


@pytest.fixture(scope="session")
def small(tmp_path_factory: pytest.TempPathFactory) -> Corpus:
    """Give the small corpus, so that what a draft learns from it fits on a page."""
    file = tmp_path_factory.mktemp("known") / "small.yaml"
    file.write_text(SMALL, encoding="utf-8")
    return open_corpus(file, cache=None)


@pytest.fixture
def public() -> Iterator[Path]:
    """Give a folder that everybody may enter, so that only what is barred in it is barred."""
    open_corpus(packaged(), cache=None)  # loads all modules while they can be read
    with tempfile.TemporaryDirectory() as name:
        Path(name).chmod(0o777)
        yield Path(name)


@pytest.fixture
def cache(tmp_path: Path) -> Path:
    """Give a place for a cache, where there is nothing yet."""
    return tmp_path / "cache" / "speeches"


@dataclass(frozen=True)
class Run:
    """What a run of the program left behind."""

    code: int
    out: str
    err: str


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch) -> Callable[..., Run]:
    """Run the program in this process, its output piped: `run("list", "--json").out`."""

    def run_program(*arguments: str | Path, encoding: str = "utf-8") -> Run:
        out, err = (io.TextIOWrapper(io.BytesIO(), encoding, each) for each in ("strict", "replace"))
        with monkeypatch.context() as patch:
            patch.setattr(sys, "stdout", out)
            patch.setattr(sys, "stderr", err)
            patch.setattr(sys, "argv", ["speeches", *map(str, arguments)])
            code = boundary.run(sys.argv[1:])
            out.flush()
            err.flush()
        return Run(code, *(each.buffer.getvalue().decode(encoding) for each in (out, err)))

    return run_program


@pytest.fixture
def program() -> Callable[..., subprocess.CompletedProcess[bytes]]:
    """Run the program in a process of its own: `program("list", stdout=stream, LC_ALL="C")`."""

    def run_program(
        *arguments: str | bytes | Path,
        stdout: Any = subprocess.PIPE,
        stderr: Any = subprocess.PIPE,
        **variables: str,
    ) -> subprocess.CompletedProcess[bytes]:
        return subprocess.run(
            [sys.executable, "-m", "speeches_cli", *arguments],
            stdin=subprocess.DEVNULL,
            stdout=stdout,
            stderr=stderr,
            env=os.environ | variables,
            timeout=60,
            check=False,
        )

    return run_program
