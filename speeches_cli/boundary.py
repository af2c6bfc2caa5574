"""The program and its commands; a command line → its exit code: the one error boundary."""

import os
import sys
from io import TextIOWrapper
from pathlib import Path
from traceback import print_exc

import typer

from speeches_cli import answers, asked, comparing, manual, messages, options, output, searching
from speeches_cli.corpus import packaged
from speeches_cli.errors import USER_ERROR, SpeechesError
from speeches_cli.messages import _, reason

BUG = 70  # EX_SOFTWARE of sysexits.h, which differs from every exit code of an answer
COMMANDS = (
    answers.list_,
    answers.show,
    searching.search,
    comparing.compare,
    comparing.figures,
    comparing.indicators,
    answers.phrases,
    answers.check,
    answers.draft,
)

app = typer.Typer(
    name="speeches",
    cls=manual.Commands,
    help=_("Read, search and compare a compilation of official Chinese speeches."),
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)


@app.callback()
@options.declared
def settings(
    context: typer.Context,
    corpus: Path | None = None,
    color: output.Color = "auto",
    cache: bool = True,
    _version: bool = False,
) -> None:
    """Remember what every command needs."""
    context.obj = asked.Settings(corpus or packaged(), color, cache)


for _each in COMMANDS:
    _help = _(str(_each.__doc__))
    _command = _each if _each is answers.draft else asked.answering(_each)
    app.command(_each.__name__.rstrip("_"), cls=manual.Command, help=_help, short_help=_help)(_command)


def run(arguments: list[str]) -> int:
    """Run the program and give its exit code: 0 answered, 1 nothing found, 2 a mistake, 70 a bug."""
    messages.settle()
    if isinstance(sys.stdout, TextIOWrapper):
        sys.stdout.reconfigure(errors="replace")  # for what not every encoding has
    if "_SPEECHES_COMPLETE" in os.environ:  # a shell asks at Tab
        os.environ["TERMINAL_WIDTH"] = "1000"  # or Typer breaks descriptions into lines
    try:
        return int(app(arguments, prog_name="speeches", standalone_mode=False) or 0)
    except SpeechesError as error:
        output.say(str(error))
        return error.exit_code
    except typer.TyperException as error:
        if complaint := manual.complaint(error, arguments):
            output.say(complaint)
        return USER_ERROR
    except SystemExit as end:  # as completion ends
        return int(end.code or 0)
    except Exception as error:  # noqa: BLE001 - a bug must not end with 1, which says "nothing found"
        if isinstance(error, OSError) and error.filename is None:  # an error about a file names it
            output.say(_("cannot write the answer: {reason}", reason=reason(error)))
            sys.stdout = None  # or Python writes to it once more at the end
            return USER_ERROR
        print_exc()
        return BUG
