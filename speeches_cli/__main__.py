"""`speeches`, and `python -m speeches_cli`: Ctrl-C is handled before anything is imported."""

import gc
import os
import signal
import sys
from typing import Any, NoReturn

CTRL_C = 130  # as shells have it: 128 and the number of the signal


def main() -> NoReturn:
    """Run the program and end it with its exit code."""
    handler = signal.getsignal(signal.SIGINT)
    leave = handler if handler == signal.SIG_IGN else _leave  # jobs in the background ignore it
    signal.signal(signal.SIGINT, leave)
    gc.disable()  # modules live to the end: collecting garbage while importing takes a tenth
    from speeches_cli.boundary import run

    gc.enable()
    gc.freeze()
    if hasattr(signal, "SIGPIPE"):  # pragma: no branch - Windows has none
        signal.signal(signal.SIGPIPE, signal.SIG_DFL)  # a reader that leaves ends it, as it ends grep
    try:
        signal.signal(signal.SIGINT, handler)
        code = run(sys.argv[1:])
    except KeyboardInterrupt:  # pragma: no cover - between two lines, outside of what Typer catches
        code = CTRL_C
    signal.signal(signal.SIGINT, leave)
    sys.exit(code)


def _leave(*_signal: Any) -> NoReturn:
    os._exit(CTRL_C)


if __name__ == "__main__":
    main()
