"""A command line → its exit code: the one error boundary."""

import os
import sys
from io import TextIOWrapper
from traceback import print_exc

import typer

from speeches_cli import manual, messages
from speeches_cli.cli import app
from speeches_cli.errors import USER_ERROR, SpeechesError
from speeches_cli.messages import _, reason
from speeches_cli.output import nowhere, say

BUG = 70  # EX_SOFTWARE of sysexits.h, which differs from every exit code of an answer


def run(arguments: list[str]) -> int:
    """Run the program and give its exit code: 0 answered, 1 nothing found, 2 a user's mistake.

    70 is a bug, which shows its traceback, and 130 Ctrl-C, as Typer has it.
    """
    messages.settle()
    if isinstance(sys.stdout, TextIOWrapper):
        sys.stdout.reconfigure(errors="replace")  # for what not every encoding has
    if "_SPEECHES_COMPLETE" in os.environ:  # a shell asks at Tab
        os.environ["TERMINAL_WIDTH"] = "1000"  # or Typer breaks descriptions into lines
    try:
        code = app(arguments, prog_name="speeches", standalone_mode=False)
    except SpeechesError as error:
        say(str(error))
        return error.exit_code
    except typer.TyperException as error:
        if complaint := manual.complaint(error, arguments):
            say(complaint)
        return USER_ERROR
    except SystemExit as end:  # as completion ends
        return int(end.code or 0)
    except Exception as error:  # noqa: BLE001 - a bug must not end with 1, which says "nothing found"
        if isinstance(error, OSError) and error.filename is None:  # an error about a file names it
            say(_("cannot write the answer: {reason}", reason=reason(error)))
            sys.stdout = nowhere()
            return USER_ERROR
        print_exc()
        return BUG
    return int(code or 0)
