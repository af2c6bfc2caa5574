"""A long text → the reader's pager, which is chosen and started as git does it."""

from __future__ import annotations

import os
import re
import signal
from collections.abc import Iterator
from contextlib import contextmanager

from speeches_cli.messages import _

_SHOWS_COLOURS = re.compile(r"(?:^|\s)(?:-?[A-Za-z]*[rR]|--(?:raw|RAW)-)")
"""Options of LESS with which less shows colours rather than escape sequences."""


def wanted() -> str:
    """Give the shell command of the reader's pager; empty where there is none, or PAGER is `cat`."""
    import shutil

    command = os.environ.get("PAGER", shutil.which("less") or "")
    return "" if command == "cat" else command


def show(text: bytes) -> bool:
    """Show a text in the pager that PAGER names, a shell command, or in less.

    False where no pager is wanted, and where it fails or ends without having read anything: then the
    text has not been shown. A reader may leave early, and Ctrl-C belongs to the pager.
    """
    import subprocess
    import tempfile

    if not (command := wanted()):
        return False
    environment = {**os.environ, "LESS": _less(), "LESSCHARSET": "utf-8"}
    with _unmoved_by("SIGINT", "SIGPIPE"), tempfile.TemporaryFile() as stream:
        stream.write(text)
        stream.seek(0)
        process = subprocess.Popen(  # noqa: S602 - PAGER is a shell command everywhere else, too
            command, shell=True, stdin=stream, env=environment
        )
        failed = process.wait()
        read = os.lseek(stream.fileno(), 0, os.SEEK_CUR)  # the pager reads on from the same place
    return bool(read) and not failed


def _less() -> str:
    """Give the options of less: the reader's own, with colours; else git's, and how to leave."""
    own = os.environ.get("LESS")
    if own is None:
        return "FRXPs" + _("press q to leave, space for the next page")
    return own if _SHOWS_COLOURS.search(own) else f"{own} -R"


@contextmanager
def _unmoved_by(*names: str) -> Iterator[None]:
    """Let this program survive signals; programs started meanwhile still react to them.

    (Signals that are ignored, SIG_IGN, would be ignored by those programs too.)
    """
    numbers = [getattr(signal, name) for name in names if hasattr(signal, name)]
    before = [signal.signal(number, lambda *_signal: None) for number in numbers]
    try:
        yield
    finally:
        for number, handler in zip(numbers, before, strict=True):
            signal.signal(number, handler)
