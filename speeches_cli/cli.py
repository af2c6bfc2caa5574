"""The program and its commands, each with what it is for."""

from pathlib import Path

import typer

from speeches_cli import answers, asked, comparing, options, output, searching
from speeches_cli.manual import Command, Commands
from speeches_cli.messages import _

app = typer.Typer(
    name="speeches",
    cls=Commands,
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
    context.obj = asked.Settings(corpus, color, cache)


for _function, _help in (
    (answers.list_, _("List the speeches by district.")),
    (answers.show, _("Read one speech, or some sections of it.")),
    (
        searching.search,
        _("Find a phrase, also slightly wrong, in traditional characters, or in pinyin."),
    ),
    (comparing.compare, _("Set the figures of two or more towns side by side.")),
    (comparing.figures, _("List every figure, or one measure across all towns.")),
    (
        comparing.indicators,
        _("List what is measured: by topic, with its units and how many towns report it."),
    ),
    (
        answers.phrases,
        _("List the phrases that recur, or with --town and --district what only those say."),
    ),
    (answers.check, _("Name everything that is wrong with a corpus, by file, line and entry.")),
):
    asked.register(app, _function, _help)
_help = _("Draft a corpus from a compilation: plain text, or Word (.docx).")
app.command(cls=Command, help=_help, short_help=_help)(options.declared(answers.draft))
