"""The entry point: a signal ends the program as a shell expects, whenever it comes."""

from __future__ import annotations

import signal
import subprocess
import sys

import pytest

WAITING = """
import os, signal, sys, threading
from speeches_cli.__main__ import main
sys.argv = ["speeches", "draft", "-"]
threading.Timer(0.5, os.kill, (os.getpid(), signal.SIGINT)).start()
main()
"""
EARLY = """
import signal, sys
from speeches_cli import __main__
class Interrupted:
    def find_spec(*_name):
        signal.raise_signal(signal.SIGINT)
sys.meta_path.insert(0, Interrupted)
sys.argv[1:] = ["--version"]
__main__.main()
"""


@pytest.mark.parametrize("program", [WAITING, EARLY], ids=["reading", "importing"])
@pytest.mark.skipif(sys.platform == "win32", reason="Ctrl-C is another thing there")
def test_ctrl_c_ends_it(program: str) -> None:
    """While it waits for its input, and before it has read a line of ours: 130, without a word."""
    with subprocess.Popen(
        [sys.executable, "-c", program],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    ) as process:
        code = process.wait(timeout=60)
        assert process.stdout is not None
        assert process.stderr is not None
        assert (code, process.stdout.read(), process.stderr.read()) == (130, b"", b"")


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no shell that ignores Ctrl-C")
def test_a_job_in_the_background_hears_no_ctrl_c() -> None:
    """Where the shell has Ctrl-C ignored, it stays so."""
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        done = subprocess.run(
            [sys.executable, "-c", EARLY], capture_output=True, check=False, timeout=60
        )
    finally:
        signal.signal(signal.SIGINT, before)
    assert (done.returncode, done.stdout[:8], done.stderr) == (0, b"speeches", b"")
