"""The pager: who is asked to show a text, what reaches it, and who is left alone."""

from __future__ import annotations

import shlex
import signal
import sys
from pathlib import Path

import pytest

from speeches_cli import pager

TEXT = "坚持和发展新时代“枫桥经验”\n".encode() * 3
KEEP = """
import os, sys
with open(sys.argv[1], "wb") as kept:
    kept.write(os.environ["LESS"].encode() + sys.stdin.buffer.read())
"""


@pytest.mark.parametrize(
    ("own", "kept"),
    [
        (None, b"FRXPspress q to leave, space for the next page"),
        ("-S", b"-R -S"),
        ("FX", b"-R FX"),
    ],
)
def test_the_pager_gets_the_text(
    own: str | None, kept: bytes, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """PAGER is a shell command; LESS is what git makes it, or the reader's own, always with colours."""
    file = tmp_path / "kept"
    monkeypatch.setenv("PAGER", shlex.join([sys.executable, "-c", KEEP, str(file)]))
    monkeypatch.delenv("LESS", raising=False)
    if own:
        monkeypatch.setenv("LESS", own)
    assert pager.show(TEXT)
    assert file.read_bytes() == kept + TEXT


@pytest.mark.parametrize(
    "command", ["", "cat", "false", "no-such-pager 2>/dev/null", "cat >/dev/null; exit 3"]
)
def test_a_pager_that_shows_nothing_has_not_shown_it(
    command: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One that is not wanted, is not there, or fails is done without."""
    monkeypatch.setenv("PAGER", command)
    assert not pager.show(TEXT)


def test_there_is_no_less(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Where PAGER names none and less is not installed, no pager is started."""
    monkeypatch.delenv("PAGER", raising=False)
    monkeypatch.setenv("PATH", str(tmp_path))
    assert not pager.show(TEXT)


@pytest.mark.parametrize("command", ["head -n 1 >/dev/null", "kill -INT $PPID; cat >/dev/null"])
def test_a_reader_may_leave_early_and_ctrl_c_is_the_pagers(
    command: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Neither ends the program, and signals act as before afterwards."""
    monkeypatch.setenv("PAGER", command)
    before = signal.getsignal(signal.SIGINT), signal.getsignal(signal.SIGPIPE)
    assert pager.show(TEXT * 100_000)
    assert (signal.getsignal(signal.SIGINT), signal.getsignal(signal.SIGPIPE)) == before


@pytest.mark.parametrize("name", ["INT", "PIPE"])
def test_signals_end_the_pager_as_ever(
    name: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """What the program doesn't heed meanwhile still ends whom it is meant for."""
    survived = tmp_path / "survived"
    monkeypatch.setenv("PAGER", f"kill -{name} $$; touch {survived}")
    assert not pager.show(TEXT)
    assert not survived.exists()
