"""A long text → the reader's pager, which is chosen and started as git does it."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator
from contextlib import contextmanager

_NOT_FOUND = 127
"""What a shell ends with that knows no such command."""


def show(text: bytes) -> bool:
    """Show a text in the pager that PAGER names, a shell command, or in less.

    False where there is none, or PAGER is empty or `cat`: then the text has not been shown. A
    reader may leave early, and Ctrl-C belongs to the pager.
    """
    import shutil
    import subprocess

    command = os.environ.get("PAGER", shutil.which("less") or "")
    if command in ("", "cat"):
        return False
    environment = {"LESS": "FRX", "LESSCHARSET": "utf-8", **os.environ}
    with _unmoved_by("SIGINT", "SIGPIPE"):
        process = subprocess.Popen(  # noqa: S602 - PAGER is a shell command everywhere else, too
            command, shell=True, stdin=subprocess.PIPE, env=environment
        )
        process.communicate(text)
    return process.returncode != _NOT_FOUND


@contextmanager
def _unmoved_by(*names: str) -> Iterator[None]:
    """Do nothing on signals, as far as the system has them; a program that is started meanwhile may.

    It would not, if they were ignored.
    """
    numbers = [getattr(signal, name) for name in names if hasattr(signal, name)]
    before = [signal.signal(number, lambda *_signal: None) for number in numbers]
    try:
        yield
    finally:
        for number, handler in zip(numbers, before, strict=True):
            signal.signal(number, handler)
