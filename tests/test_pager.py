"""The pager: who is asked to show a text, what reaches it, and who is left alone."""

from __future__ import annotations

import os
import shlex
import signal
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from speeches_cli import pager

TEXT = "坚持和发展新时代“枫桥经验”\n".encode() * 3
KEEP = """
import os, sys
with open(sys.argv[1], "wb") as kept:
    kept.write(os.environ["LESS"].encode() + sys.stdin.buffer.read())
"""


@pytest.fixture
def keeping(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[], bytes]:
    """Make PAGER a program that keeps what LESS says and what it is given; give what it kept."""
    kept = tmp_path / "kept"
    monkeypatch.setenv("PAGER", shlex.join([sys.executable, "-c", KEEP, str(kept)]))
    monkeypatch.delenv("LESS", raising=False)
    return kept.read_bytes


def test_the_pager_gets_the_text(keeping: Callable[[], bytes]) -> None:
    """PAGER is a shell command, LESS is what git makes it, and its prompt says how to leave."""
    assert pager.show(TEXT)
    assert keeping() == b"FRXPspress q to leave, space for the next page" + TEXT


@pytest.mark.parametrize(
    ("own", "kept"),
    [
        ("-S", "-S -R"),
        ("-FRX", "-FRX"),
        ("FX", "FX -R"),
        ("--RAW-CONTROL-CHARS", "--RAW-CONTROL-CHARS"),
    ],
)
def test_less_keeps_its_own_settings(
    own: str, kept: str, keeping: Callable[[], bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Who has set LESS gets less as it was set, but with colours rather than escape sequences."""
    monkeypatch.setenv("LESS", own)
    assert pager.show(TEXT)
    assert keeping() == kept.encode() + TEXT


@pytest.mark.parametrize("command", ["false", "true", "no-such-pager", "cat >/dev/null; exit 3"])
def test_a_pager_that_shows_nothing_has_not_shown_it(
    command: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One that is not there, fails, or reads nothing is done without."""
    monkeypatch.setenv("PAGER", command)
    assert not pager.show(TEXT)


@pytest.mark.parametrize("command", ["", "cat"])
def test_no_pager_is_wanted(command: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """An empty PAGER, or cat, is the user's way to say: none."""
    monkeypatch.setenv("PAGER", command)
    assert not pager.show(TEXT)


def test_there_is_no_less(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Where nobody named a pager and none is installed, none is started."""
    monkeypatch.delenv("PAGER", raising=False)
    monkeypatch.setenv("PATH", str(tmp_path))
    assert not pager.show(TEXT)


def test_a_pager_that_is_not_there(monkeypatch: pytest.MonkeyPatch) -> None:
    """A PAGER that cannot be found has shown nothing, and whoever asked knows."""
    monkeypatch.setenv("PAGER", "no-such-pager-anywhere 2>/dev/null")
    assert not pager.show(TEXT)


def test_a_reader_may_leave_early(monkeypatch: pytest.MonkeyPatch) -> None:
    """A pager that ends before it has read all ends nothing else, and signals act as before."""
    monkeypatch.setenv("PAGER", "head -n 1 >/dev/null")
    before = signal.getsignal(signal.SIGINT), signal.getsignal(signal.SIGPIPE)
    assert pager.show(TEXT * 100_000)
    assert (signal.getsignal(signal.SIGINT), signal.getsignal(signal.SIGPIPE)) == before


def test_ctrl_c_belongs_to_the_pager(monkeypatch: pytest.MonkeyPatch) -> None:
    """An interrupt while somebody reads is not the end of the program."""
    monkeypatch.setenv("PAGER", f"kill -INT {os.getpid()}; cat >/dev/null")
    assert pager.show(TEXT)


@pytest.mark.parametrize("name", ["INT", "PIPE"])
def test_signals_end_the_pager_as_ever(
    name: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """What the program doesn't heed meanwhile still ends whom it is meant for."""
    survived = tmp_path / "survived"
    monkeypatch.setenv("PAGER", f"kill -{name} $$; touch {survived}")
    assert not pager.show(TEXT)
    assert not survived.exists()
