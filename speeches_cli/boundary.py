"""A command line → its exit code: the one error boundary."""

import os
import sys
from contextlib import redirect_stderr, suppress
from io import TextIOWrapper
from typing import Any

import typer

from speeches_cli import messages, shells, typer_inside
from speeches_cli.cli import app
from speeches_cli.errors import USER_ERROR, SpeechesError
from speeches_cli.manual import TypersError, translated, usage
from speeches_cli.messages import _, reason
from speeches_cli.output import nowhere, say

BUG = 70
"""EX_SOFTWARE of sysexits.h, which differs from every exit code of an answer."""


def run(arguments: list[str]) -> int:
    """Run the program and give its exit code: 0 answered, 1 nothing found, 2 a user's mistake.

    70 is a bug, which shows its traceback, and 130 Ctrl-C, as Typer has it.
    """
    messages.settle()
    if isinstance(sys.stdout, TextIOWrapper):
        sys.stdout.reconfigure(errors="replace")  # for help, whose frames not every encoding has
    if (shell := os.environ.get(shells.VARIABLE, "").removeprefix("complete_")) in shells.SCRIPTS:
        return _complete(shell, arguments)
    if any("-completion" in str(each) for each in arguments):
        typer_inside.install_with(shells.SCRIPTS)
    try:
        with translated(arguments):
            code = app(
                arguments, prog_name="speeches", standalone_mode=False, windows_expand_args=False
            )
    except SpeechesError as error:
        say(str(error))
        return error.exit_code
    except TypersError as error:
        if message := usage(error, arguments):
            say(message)
        return USER_ERROR
    except Exception as error:  # noqa: BLE001 - a bug must not end with 1, which says "nothing found"
        return _unwritten(error) if _is_about_output(error) else _bug()
    return int(code or 0)


def _complete(shell: str, words: list[str]) -> int:
    """Print candidates for completion; 0, or 1 where a file name is wanted. Errors are not shown."""
    answer: str | None = ""
    with nowhere() as silence, redirect_stderr(silence), suppress(Exception):
        program = typer.main.get_command(app)
        answer = shells.answer(shell, program, words, sys.stdout.encoding)
    if answer:
        try:
            sys.stdout.write(answer)
            sys.stdout.flush()
        except OSError:
            sys.stdout = nowhere()
    return shells.FILE_WANTED if answer is None else 0


def _is_about_output(error: Exception) -> bool:
    """Tell whether writing to standard output failed; an error about a file names the file."""
    return isinstance(error, OSError) and error.filename is None


def _unwritten(error: Any) -> int:
    say(_("cannot write the answer: {reason}").format(reason=reason(error)))
    sys.stdout = nowhere()
    return USER_ERROR


def _bug() -> int:
    from traceback import print_exc

    print_exc()
    return BUG
