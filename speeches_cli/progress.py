"""How far a long compilation has come, in one line on a terminal that goes when it is done."""

import math
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from time import monotonic
from typing import TextIO

from speeches_cli.messages import _
from speeches_cli.visible import cells

_PATIENCE = 0.5
"""In seconds: what takes no longer shows nothing."""
_EVERY = 0.1
"""In seconds: how often the line is written anew."""


@contextmanager
def shown(stream: TextIO | None) -> Iterator[Callable[[int, int], None] | None]:
    """Give what wants to be told how many files are done, of how many; None where nobody looks."""
    if stream is None or not stream.isatty() or os.environ.get("TERM") == "dumb":
        yield None
        return
    begin = monotonic()
    due = begin + _PATIENCE

    def watch(done: int, count: int) -> None:
        nonlocal due
        now = monotonic()
        if now < due or done == count:
            return
        due = now + _EVERY
        _write(stream, _line(done, count, now - begin))

    try:
        yield watch
    finally:
        if due > begin + _PATIENCE:
            _write(stream, "")
        due = math.inf


def _line(done: int, count: int, seconds: float) -> str:
    rate = done / seconds
    left = math.ceil((count - done) / rate)
    if left < 60:
        message = _("compiling: {done} of {count} files, {rate} a second, {left} s left")
    else:
        left = math.ceil(left / 60)
        message = _("compiling: {done} of {count} files, {rate} a second, {left} min left")
    return message.format(
        done=f"{done:,}", count=f"{count:,}", rate=f"{rate:.{0 if rate >= 10 else 1}f}", left=left
    )


def _write(stream: TextIO, line: str) -> None:
    """Write a line in place of the one before; cut, as what wraps could not be erased."""
    with suppress(OSError):  # a terminal that was closed
        width = os.get_terminal_size(stream.fileno()).columns or 80
        while cells(line) >= width:
            line = line[:-1]
        stream.write(f"\r\x1b[K{line}")
        stream.flush()
