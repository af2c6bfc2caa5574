"""How far a long compilation has come, in one line on a terminal that goes when it is done."""

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from time import monotonic
from typing import TextIO

from speeches_cli.messages import _

_PATIENCE = 0.5  # in seconds: a shorter compilation shows no progress


@contextmanager
def shown(stream: TextIO | None) -> Iterator[Callable[[int, int], None] | None]:
    """Give a callback that shows files done and files in all; None without a terminal."""
    if stream is None or not stream.isatty() or os.environ.get("TERM") == "dumb":
        yield None
        return
    due = monotonic() + _PATIENCE

    def watch(done: int, count: int) -> None:
        line = _("compiling: {done} of {count} files", done=f"{done:,}", count=f"{count:,}")
        if monotonic() >= due:
            with suppress(OSError):  # a terminal that was closed
                stream.write(f"\r\x1b[K{line if done < count else ''}")
                stream.flush()

    try:
        yield watch
    finally:
        watch(0, 0)  # erases the line
