"""A long text → the reader's pager, which is chosen and started as git does it."""

import os
import shutil
import signal
import subprocess

from speeches_cli.messages import _


def command() -> str:
    """Give the shell command that PAGER names, or less; nothing where there is none, or it is `cat`."""
    named = os.environ.get("PAGER", shutil.which("less") or "")
    return "" if named == "cat" else named


def show(text: bytes) -> bool:
    """Show a text in the reader's pager; False where that fails.

    A reader may leave early, and Ctrl-C belongs to the pager. Programs started meanwhile still heed
    the signals that this one does not: those that are ignored (SIG_IGN) would be ignored by them too.
    """
    if not command():
        return False
    own = os.environ.get("LESS")
    less = "FRXPs" + _("press q to leave, space for the next page") if own is None else f"-R {own}"
    environment = {**os.environ, "LESS": less, "LESSCHARSET": "utf-8"}
    numbers = [each for each in (signal.SIGINT, getattr(signal, "SIGPIPE", None)) if each]
    before = [signal.signal(each, lambda *_signal: None) for each in numbers]
    try:
        shown = subprocess.run(  # noqa: S602 - PAGER is a shell command everywhere else, too
            command(), shell=True, input=text, env=environment, check=False
        )
    finally:
        for number, handler in zip(numbers, before, strict=True):
            signal.signal(number, handler)
    return shown.returncode == 0
