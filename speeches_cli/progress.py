"""How far a long compilation has come, in one line on a terminal that goes when it is done."""

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from time import monotonic
from typing import TextIO

from speeches_cli.messages import _
from speeches_cli.visible import cells

_PATIENCE = 0.5
"""In seconds: a shorter compilation shows no progress."""
_EVERY = 0.1
"""In seconds: how often the line is written anew."""


@contextmanager
def shown(stream: TextIO | None) -> Iterator[Callable[[int, int], None] | None]:
    """Give a callback that shows files done and files in all; None without a terminal."""
    if stream is None or not stream.isatty() or os.environ.get("TERM") == "dumb":
        yield None
        return
    begin = monotonic()
    due = begin + _PATIENCE

    def watch(done: int, count: int) -> None:
        nonlocal due
        if monotonic() >= due and done < count:
            message = _("compiling: {done} of {count} files")
            _write(stream, message.format(done=f"{done:,}", count=f"{count:,}"))
            due = monotonic() + _EVERY

    try:
        yield watch
    finally:
        if due > begin + _PATIENCE:
            _write(stream, "")


def _write(stream: TextIO, line: str) -> None:
    """Write a line in place of the one before, where it fits: what wraps could not be erased."""
    with suppress(OSError):  # a terminal that was closed
        if cells(line) < (os.get_terminal_size(stream.fileno()).columns or 80):
            stream.write(f"\r\x1b[K{line}")
            stream.flush()
