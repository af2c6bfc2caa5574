"""`progress`: one line on a terminal while a long compilation lasts, and nothing of it afterwards."""

from __future__ import annotations

import io
import os
import pty
import re
import select
import sys
import termios
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TextIO

import pytest

from speeches_cli import boundary, progress
from tests.material import SMALL

ERASE = "\r\x1b[K"


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """Show progress from the first file on, and each step of it."""
    monkeypatch.setattr(progress, "_PATIENCE", 0)
    monkeypatch.setattr(progress, "_EVERY", 1e-9)


@contextmanager
def terminal(columns: int = 80) -> Iterator[tuple[TextIO, Callable[[], str]]]:
    """Open a terminal of a width; give its stream, and what reads all that was written to it."""
    master, slave = pty.openpty()
    termios.tcsetwinsize(slave, (24, columns))  # type: ignore[attr-defined,unused-ignore]

    def written() -> str:
        found = b""
        while select.select([master], [], [], 0.05)[0]:  # what was written comes a little later
            found += os.read(master, 100_000)
        return found.decode()

    try:
        with os.fdopen(slave, "w", encoding="utf-8") as stream:
            yield stream, written
    finally:
        os.close(master)


def archive(folder: Path, count: int) -> Path:
    """Make a corpus of so many small files."""
    folder.mkdir()
    for number in range(count):
        text = SMALL.replace("2023", str(2000 + number))
        (folder / f"{number:02}.yaml").write_text(text, "utf-8")
    return folder


@pytest.mark.usefixtures("impatient")
def test_each_step_takes_the_place_of_the_one_before() -> None:
    """Files, rate and time left stand in one line, which is written anew and goes in the end."""
    with terminal() as (stream, written):
        with progress.shown(stream) as watch:
            assert watch
            for done in (1, 2, 4):
                time.sleep(0.001)
                watch(done, 4)
            steps = written().split(ERASE)
        shape = r"compiling: [12] of 4 files, \d+ a second, 1 s left"
        assert [bool(re.fullmatch(shape, step)) for step in steps] == [False, True, True]
        assert written() == ERASE


def test_what_is_quick_shows_nothing() -> None:
    """Before half a second has passed nothing is written, nor anything to erase it."""
    with terminal() as (stream, written):
        with progress.shown(stream) as watch:
            assert watch
            watch(1, 2)
        assert written() == ""


def test_half_a_second_is_waited_for() -> None:
    """What takes longer is shown then, and at most every tenth of a second."""
    with terminal() as (stream, written):
        with progress.shown(stream) as watch:
            assert watch
            time.sleep(0.5)
            for done in range(1, 50):
                watch(done, 8_000)
            shown = written()
        assert re.fullmatch(ERASE.replace("[", r"\[") + r"compiling: 1 of 8,000 files, .+", shown)


@pytest.mark.usefixtures("impatient")
def test_what_goes_on_afterwards_is_not_shown() -> None:
    """A database made anew while the answer is being written leaves no trace in it."""
    with terminal() as (stream, written):
        with progress.shown(stream) as watch:
            assert watch
        watch(1, 2)
        assert written() == ""


@pytest.mark.parametrize(
    ("done", "count", "seconds", "expected"),
    [
        (312, 8_000, 4.0, "compiling: 312 of 8,000 files, 78 a second, 2 min left"),
        (9, 10, 1.0, "compiling: 9 of 10 files, 9.0 a second, 1 s left"),
        (50, 1_050, 50.0, "compiling: 50 of 1,050 files, 1.0 a second, 17 min left"),
        (1, 61, 1.0, "compiling: 1 of 61 files, 1.0 a second, 1 min left"),
    ],
)
def test_rate_and_time_left(done: int, count: int, seconds: float, expected: str) -> None:
    """The rate is the one so far; the time left is rounded up, in seconds or minutes."""
    assert progress._line(done, count, seconds) == expected


def test_it_speaks_chinese(monkeypatch: pytest.MonkeyPatch) -> None:
    """The line is in the reader's language."""
    monkeypatch.setenv("SPEECHES_LANG", "zh_CN")
    assert [progress._line(5, 10, 1.0), progress._line(5, 10_000, 1.0)] == [
        "正在编译语料：5/10 个文件，每秒 5.0 个，还需 1 秒",
        "正在编译语料：5/10,000 个文件，每秒 5.0 个，还需 34 分钟",
    ]


@pytest.mark.usefixtures("impatient")
@pytest.mark.parametrize(("columns", "expected"), [(20, "compiling: 1 of 2 f"), (0, None), (1, "")])
def test_a_narrow_terminal_gets_as_much_as_fits(columns: int, expected: str | None) -> None:
    """The line never fills the last cell, where it would wrap; a width of 0 is none known."""
    with terminal(columns) as (stream, written):
        with progress.shown(stream) as watch:
            assert watch
            watch(1, 2)
            shown = written().removeprefix(ERASE)
        assert shown == expected or (expected is None and shown.endswith("1 s left"))


@pytest.mark.usefixtures("impatient")
def test_nobody_looks(monkeypatch: pytest.MonkeyPatch) -> None:
    """A pipe, a closed stream and a terminal that can't erase are not written to."""
    with progress.shown(None) as none, progress.shown(io.StringIO()) as pipe:
        assert (none, pipe) == (None, None)
    monkeypatch.setenv("TERM", "dumb")
    with terminal() as (stream, _written), progress.shown(stream) as dumb:
        assert dumb is None


@pytest.mark.usefixtures("impatient")
def test_a_terminal_that_was_closed_is_no_matter() -> None:
    """Compiling goes on when whoever looked has gone."""
    master, slave = pty.openpty()
    with os.fdopen(slave, "w", encoding="utf-8") as stream, progress.shown(stream) as watch:
        os.close(master)
        assert watch
        watch(1, 2)
        with Path(os.devnull).open("w") as nowhere:
            os.dup2(nowhere.fileno(), slave)  # for what the stream still holds


@pytest.mark.usefixtures("impatient")
@pytest.mark.parametrize(
    ("command", "files", "shows"),
    [("list", 3, True), ("list", 1, False)],
)
def test_commands_show_it(
    command: str, files: int, shows: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, run: Any
) -> None:
    """Whatever compiles several files shows how far it is; one, as the eight are in, shows nothing."""
    folder = archive(tmp_path / "corpus", files)
    with terminal() as (stream, written):
        with monkeypatch.context() as patch:
            patch.setattr(sys, "stdout", io.TextIOWrapper(io.BytesIO(), encoding="utf-8"))
            patch.setattr(sys, "stderr", stream)
            assert boundary.run(["--no-cache", "--corpus", str(folder), command]) == 0
        shown = written()
    assert shown.endswith(ERASE) is shows
    assert ("compiling: 2 of 3 files" in shown) is shows
    assert run("--no-cache", "--corpus", folder, command).err == ""
