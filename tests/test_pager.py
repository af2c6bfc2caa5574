"""The pager: who is asked to show a text, what reaches it, and who is left alone."""

from __future__ import annotations

import shlex
import signal
import sys
from pathlib import Path

import pytest

from speeches_cli.output import show_in_pager

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
    monkeypatch.delenv("LESS", raising=False)
    if own:
        monkeypatch.setenv("LESS", own)
    assert show_in_pager(shlex.join([sys.executable, "-c", KEEP, str(file)]), TEXT)
    assert file.read_bytes() == kept + TEXT


@pytest.mark.parametrize("command", ["false", "no-such-pager 2>/dev/null", "cat >/dev/null; exit 3"])
def test_a_pager_that_shows_nothing_has_not_shown_it(command: str) -> None:
    """One that is not there, or fails, is done without."""
    assert not show_in_pager(command, TEXT)


@pytest.mark.parametrize("command", ["head -n 1 >/dev/null", "kill -INT $PPID; cat >/dev/null"])
def test_a_reader_may_leave_early_and_ctrl_c_is_the_pagers(command: str) -> None:
    """Neither ends the program, and signals act as before afterwards."""
    before = signal.getsignal(signal.SIGINT), signal.getsignal(signal.SIGPIPE)
    assert show_in_pager(command, TEXT * 100_000)
    assert (signal.getsignal(signal.SIGINT), signal.getsignal(signal.SIGPIPE)) == before


@pytest.mark.parametrize("name", ["INT", "PIPE"])
def test_signals_end_the_pager_as_ever(name: str, tmp_path: Path) -> None:
    """What the program doesn't heed meanwhile still ends whom it is meant for."""
    survived = tmp_path / "survived"
    assert not show_in_pager(f"kill -{name} $$; touch {survived}", TEXT)
    assert not survived.exists()
