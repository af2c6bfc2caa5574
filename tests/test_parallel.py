"""`parallel`: several processes answer what one would have answered, in the same order."""

from __future__ import annotations

import fcntl
import itertools
import multiprocessing
import os
import resource
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import pytest

from speeches_cli.corpus import parallel

ROOT = Path(__file__).parents[1]
HERE = os.getpid()

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="processes are forked on Linux only")


@pytest.fixture(autouse=True)
def _three(monkeypatch: pytest.MonkeyPatch) -> None:
    """Ask three processes, on however many processors."""
    monkeypatch.setattr(parallel, "processes", lambda: 3)


def who(number: int) -> tuple[int, int]:
    """Give a number back, and who was asked for it."""
    return number, os.getpid()


def test_answers_come_in_order_from_all_processes() -> None:
    """Each process answers every third thing, and the answers come in the order of the things."""
    answers = list(parallel.answers(who, range(20)))
    assert [number for number, _process in answers] == list(range(20))
    asked = [process for _number, process in answers]
    assert len({*asked, HERE}) == 4
    assert asked == (asked[:3] * 7)[:20]
    assert multiprocessing.active_children() == []


@pytest.mark.parametrize("count", [0, 1, 2, 3, 4])
def test_few_things_are_answered_as_many_are(count: int) -> None:
    """There may be fewer things than processes, and nothing at all."""
    assert [number for number, _process in parallel.answers(who, range(count))] == list(range(count))


def test_what_is_raised_is_raised_at_its_turn(capfd: pytest.CaptureFixture[str]) -> None:
    """The first mistake in the order of the things is raised, and nothing is printed."""

    def wrong(number: int) -> int:
        if number == 5:
            time.sleep(0.1)
        if number >= 5:
            raise ValueError(number)
        return number

    answers = parallel.answers(wrong, range(9))
    assert list(itertools.islice(answers, 5)) == [0, 1, 2, 3, 4]
    with pytest.raises(ValueError, match="5"):
        next(answers)
    assert multiprocessing.active_children() == []
    assert capfd.readouterr() == ("", "")


def test_a_process_that_is_killed_is_done_without() -> None:
    """What a process could not answer any more is asked here."""

    def deadly(number: int) -> tuple[int, int]:
        if number == 4 and os.getpid() != HERE:
            os.kill(os.getpid(), signal.SIGKILL)
        return who(number)

    answers = list(parallel.answers(deadly, range(12)))
    assert [number for number, _process in answers] == list(range(12))
    assert [number for number, process in answers if process == HERE] == [4, 7, 10]


def opened() -> list[int]:
    """Give the numbers of the files that this process has open."""
    return [int(each.name) for each in Path("/proc/self/fd").iterdir()]


@contextmanager
def room_for(files: int) -> Iterator[None]:
    """Leave this process so many files that it may still open, also between those it has open."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    taken = {*opened()}
    free = (number for number in itertools.count() if number not in taken)
    resource.setrlimit(resource.RLIMIT_NOFILE, (next(itertools.islice(free, files, None)), hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))


@pytest.mark.parametrize("files", range(16))
def test_where_no_more_processes_can_be_started(files: int) -> None:
    """Whichever step of starting one fails, the answers are the same, and nothing of ours stays open.

    Python itself leaves its first pipe to a process open where it gets no second.
    """
    list(parallel.answers(who, range(3)))  # loads all modules while they can be opened
    before = len(opened())
    with room_for(files):
        assert [number for number, _who in parallel.answers(who, range(12))] == list(range(12))
    assert len(opened()) - before in (0, 2)


def test_a_pipe_may_hold_only_a_little(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where a user's pipes hold all they may, all processes answer through smaller ones."""

    def full(*_arguments: object) -> None:
        raise PermissionError

    monkeypatch.setattr(fcntl, "fcntl", full)
    answers = list(parallel.answers(who, range(9)))
    assert [number for number, _process in answers] == list(range(9))
    assert len({process for _number, process in answers} - {HERE}) == 3


@pytest.mark.parametrize(("size", "least", "most"), [(100_000, 12, 40), (2_000_000, 1, 4)])
def test_nobody_works_far_ahead_of_who_takes_the_answers(
    size: int, least: int, most: int, tmp_path: Path
) -> None:
    """Each process answers until its pipe is full, or it waits with one large answer in hand."""

    def large(number: int) -> bytes:
        (tmp_path / str(number)).touch()
        return bytes(size)

    with closing(parallel.answers(large, range(60))) as answers:  # type: ignore[type-var]
        next(answers)
        until = time.monotonic() + 20
        while len(list(tmp_path.iterdir())) < least and time.monotonic() < until:
            time.sleep(0.01)
        time.sleep(0.2)
        assert least <= len(list(tmp_path.iterdir())) <= most
    assert multiprocessing.active_children() == []


@pytest.mark.parametrize(("share", "sent"), [([3, 2, 0, 1], [2, 3]), ([6, 1], [1, 6])])
def test_a_process_answers_until_something_goes_wrong(share: list[int], sent: list[int]) -> None:
    """It closes what it does not need, sends its answers, and stops where it has none."""
    out, into = multiprocessing.Pipe(duplex=False)
    other, into_other = multiprocessing.Pipe(duplex=False)
    with out, into_other:
        with into:
            parallel._answer(lambda number: 6 // number, share, into, [other])
        assert ([out.recv() for _answer in sent], other.closed) == (sent, True)
        with pytest.raises(EOFError):
            out.recv()


_ENDLESS = """
import sys, time
from speeches_cli.corpus import parallel
def slow(number):
    time.sleep(0.01)
    return number
parallel.processes = lambda: 3
for number in parallel.answers(slow, range(10**6)):
    if number == 3:
        print("started", flush=True)
"""


@pytest.mark.parametrize("end", [signal.SIGKILL, signal.SIGTERM, signal.SIGINT])
@pytest.mark.parametrize("whole_group", [False, True], ids=["parent", "group"])
def test_no_process_outlives_its_parent(
    end: signal.Signals, whole_group: bool, start: Callable[..., subprocess.Popen[str]]
) -> None:
    """However a run ends, its processes end with it, and say nothing of it."""
    running = start(_ENDLESS)
    assert running.stdout
    assert running.stdout.readline() == "started\n"
    (os.killpg if whole_group else os.kill)(running.pid, end)
    said = running.communicate(timeout=20)[1]  # waits until nobody has its standard output open
    assert running.returncode == -end
    assert said.count("Traceback") == (end == signal.SIGINT)


@pytest.fixture
def start() -> Iterator[Callable[..., subprocess.Popen[str]]]:
    """Start a program in a group of its own, as a terminal does."""
    started: list[subprocess.Popen[str]] = []

    def start_program(code: str) -> subprocess.Popen[str]:
        pipes: dict[str, Any] = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
        arguments = [sys.executable, "-c", code]
        program = subprocess.Popen(arguments, text=True, cwd=ROOT, start_new_session=True, **pipes)
        started.append(program)
        return program

    yield start_program
    for each in started:
        each.kill()
        each.communicate()
