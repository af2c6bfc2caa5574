"""Hostile files: no traceback, no hang, no flood of memory, whatever they hold (see `fuzzing`)."""

from __future__ import annotations

import subprocess
import sys

import pytest

from tests.fuzzing import LONGEST
from tests.material import FUZZ

COUNT = 120


@pytest.mark.skipif(
    sys.platform != "linux", reason="what a process may have is limited as Linux has it"
)
def test_hostile_files_are_answered() -> None:
    """Each within its time and memory, with an answer or in one line what is wrong."""
    done = subprocess.run(
        [sys.executable, "-m", "tests.fuzzing", "1000", str(COUNT * FUZZ)],
        capture_output=True,
        text=True,
        timeout=LONGEST * (5 + FUZZ),
        check=False,
    )
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
