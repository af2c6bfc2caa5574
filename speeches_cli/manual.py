"""Help pages, and Typer's complaints, in the reader's language.

Typer's own panels are set by Rich, which cuts Chinese at the first line (rich#2494), and its words
are English; so help is made from the parameters of each command, as a page like all others.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, redirect_stdout
from difflib import get_close_matches
from io import StringIO
from typing import Any, get_args

import typer
from typer.core import TyperCommand, TyperGroup

from speeches_cli import output, typer_inside, values
from speeches_cli.messages import _, mark
from speeches_cli.render import page
from speeches_cli.render.page import Block, Cell, Column, Group, Page, Table, Text

_TYPED = "speeches.typed"
"""Under it in a context's `meta`: the command and what was typed behind it."""
_MAY_LACK_VALUE = ("--cite",)
"""Options that take their first choice where no value is typed."""
_TYPERS_HELP = (
    mark("Show this message and exit."),
    mark("Install completion for the current shell."),
    mark("Show completion for the current shell, to copy it or customize the installation."),
)
_TYPERS_NEWS = (
    mark("{shell} completion installed in {path}"),
    mark("Completion will take effect once you restart the terminal"),
    mark("Shell {shell} is not supported."),
)
"""What Typer prints where completion is installed."""

EXAMPLES = {
    "list": ("list 永登", "list --sort 字数"),
    "show": ("show 酒泉路 2", "show 3 --find 网格"),
    "search": ("search 枫桥经验", "search 网格 --count"),
    "compare": ("compare 酒泉路 先锋路", "compare 西固区 --shared"),
    "figures": ("figures 网格数", "figures --district 永登 --limit 10"),
    "indicators": ("indicators", "indicators --topic 基层治理"),
    "phrases": ("phrases", "phrases --town 酒泉路"),
    "check": ("check", "check corpus.yaml"),
    "draft": ("draft compilation.docx -o corpus.yaml", "draft compilation.txt --district 永登县"),
}
"""Two lines for each command, as they are typed."""


# Typer's own errors have one base class, which it does not export.
TypersError: Any = next(
    each for each in typer.BadParameter.__mro__ if each.__name__ == "ClickException"
)
"""The base class of Typer's errors."""


class _Ours:
    """A command that starts quickly, and prints its help as a page of this program."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """Read what was typed."""
        ctx.meta[_TYPED] = [*ctx.command_path.split()[1:], *args]
        parameters = ctx.command.get_params(ctx)
        typer_inside.put_off(parameters)
        is_command = not hasattr(ctx.command, "commands")
        ctx.allow_extra_args = True  # which are refused here, in the reader's words
        if ctx.parent and not ctx.resilient_parsing:
            args = _heard(args, ctx)
        rest: list[str] = super().parse_args(ctx, _completed(args, parameters))  # type: ignore[misc]
        if is_command and rest and not ctx.resilient_parsing:
            message = _("Got unexpected extra argument(s) ({names})")
            raise typer.BadParameter(message.format(names=" ".join(rest)), ctx=ctx)
        return rest

    def get_help(self, ctx: Any) -> str:
        """Write the page to standard output; Typer is left to end it with an empty line."""
        answer = output.Answer(page=lambda _width: help_page(ctx), records=tuple)
        output.write(answer, output.Output("table", None, _color(ctx)))
        return ""


class Command(_Ours, TyperCommand):
    """One command."""

    def get_short_help_str(self, limit: int = 0) -> str:  # noqa: ARG002 - Typer cuts at 45 characters
        """Give the description of the command for completion: its whole help."""
        return str(self.help)


class Commands(_Ours, TyperGroup):
    """The program, which has commands."""

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:
        """Find the command that was typed, or name those that it may be a slip of."""
        if args[0] not in self.commands and not ctx.resilient_parsing:
            near = ", ".join(map(repr, get_close_matches(args[0], self.commands)))
            message = _("No such command '{name}'.")
            if near:
                message = _("No such command '{name}'. Did you mean {names}?")
            raise typer.BadParameter(message.format(name=args[0], names=near), ctx=ctx)
        return super().resolve_command(ctx, args)


def made(context: Any) -> str:
    """Say when and by which command line an answer was made."""
    import shlex
    from datetime import date

    typed = shlex.join(["speeches", *context.meta[_TYPED]])
    today = date.today().isoformat()  # noqa: DTZ011 - the reader's day
    return _("made on {date} with: {typed}").format(date=today, typed=typed)


def _completed(arguments: Sequence[str], parameters: Iterable[Any]) -> list[str]:
    """Insert the first choice as the value of an option that was typed without one."""
    forms = {
        each.opts[0]: each.metavar.split("|") for each in parameters if each.opts[0] in _MAY_LACK_VALUE
    }
    made = list(arguments)
    for index, argument in enumerate(made[: made.index("--") if "--" in made else None]):
        if argument in forms and (index + 1 == len(made) or made[index + 1] not in forms[argument]):
            made[index] = f"{argument}={forms[argument][0]}"
    return made


def _heard(arguments: Sequence[str], context: Any) -> list[str]:
    """Give --sort its value for a Chinese word, and take out --color, which is set for the program."""
    end = arguments.index("--") if "--" in arguments else len(arguments)
    made: list[str] = []
    words = iter(arguments[:end])
    for word in words:
        name, equals, value = word.partition("=")
        if name == "--color":
            value = value if equals else next(words, "")
            if value not in get_args(output.Color):
                names = _(", ").join(get_args(output.Color))
                message = _("Invalid value for {name}: '{text}' is not one of {names}.")
                message = message.format(name="--color", text=value, names=names)
                raise typer.BadParameter(message, context)
            context.obj = context.obj._replace(color=value)
        elif name == "--sort" and equals:
            made.append(f"--sort={values.ORDERS.get(value, value)}")
        else:
            made.append(values.ORDERS.get(word, word) if made[-1:] == ["--sort"] else word)
    return [*made, *arguments[end:]]


def help_page(context: Any) -> Page:
    """Say how a command is used: its line, its purpose, its arguments, options and commands."""
    command = context.command
    options = [each for each in command.get_params(context) if not each.hidden]
    arguments = [each for each in options if each.param_type_name == "argument"]
    commands = getattr(command, "commands", {})
    line = [context.command_path, _("[OPTIONS]"), *map(_argument, arguments)]
    if commands:
        line.append(_("COMMAND …"))
    usage = page.line((_("Usage: "), "strong"), " ".join(line))
    blocks: list[Block] = [Text("lines", [usage, (), page.line(command.help)])]
    for head, rows in (
        (_("Arguments"), [(_argument(each), _said(each)) for each in arguments]),
        (_("Options"), [(_option(each), _said(each)) for each in options if each not in arguments]),
        (_("Commands"), [(name, page.cell(each.help)) for name, each in commands.items()]),
        (
            _("Examples"),
            [(f"speeches {each}", page.cell("")) for each in EXAMPLES.get(command.name, ())],
        ),
    ):
        if rows:
            blocks += [Text("h2", [page.line(head)]), _terms(rows)]
    return blocks


@contextmanager
def translated(arguments: Sequence[str]) -> Iterator[None]:
    """Translate the lines that Typer prints when it installs completion."""
    if not any(each.startswith("--install-completion") for each in arguments):
        yield
        return
    said = StringIO()
    try:
        with redirect_stdout(said):
            yield
    finally:
        for line in said.getvalue().splitlines():
            typer.echo(_news(line))


def usage(error: Any, arguments: Sequence[str]) -> str:
    """Say what Typer has against a command line; nothing where it has shown help instead."""
    if not (said := complaint(error, arguments).rstrip(".。")):
        return ""
    context = getattr(error, "ctx", None)
    command = context.command_path if context else "speeches"
    option = getattr(error, "option_name", "")
    if context and context.parent and option in _names(context.parent.command.params):
        message = _("{option} stands before the command: speeches {option} … {command}")
        return message.format(option=option, command=context.info_name)
    return _("{message} (see {command} --help)").format(message=said, command=command)


def complaint(error: Any, arguments: Sequence[str]) -> str:
    """Say what is wrong by the kind of Typer's error and what it holds; else in Typer's own words."""
    kind = type(error).__name__
    parameter: Any = getattr(error, "param", None)
    if kind == "NoSuchOption":
        name = error.option_name
        near = ", ".join(each for each in sorted(error.possibilities or ()) if each.startswith(name))
        message = (
            _("No such option: {name} Did you mean {names}?") if near else _("No such option: {name}")
        )
        return message.format(name=name, names=near)
    if kind == "BadOptionUsage":
        has_value = any(each.startswith(f"{error.option_name}=") for each in arguments)
        message = _("Option {name} requires an argument.")
        if has_value:
            message = _("Option {name} does not take a value.")
        return message.format(name=error.option_name)
    if kind == "MissingParameter":
        return _("Missing argument {name}.").format(name=parameter.metavar)
    if kind == "BadParameter" and parameter is not None:
        return _invalid(error, parameter)
    if kind == "UsageError" and hasattr(error.cmd, "commands"):
        return _("Missing command.")
    said: str = error.message if kind == "BadParameter" else error.format_message()
    return said


def _invalid(error: Any, parameter: Any) -> str:
    """Say what is wrong with a value; for a choice, Typer's error has Pydantic's as its cause."""
    is_option = parameter.param_type_name == "option"
    name = " / ".join(parameter.opts) if is_option else parameter.metavar
    if hasattr(error.__cause__, "errors"):
        names = _(", ").join(parameter.metavar.split("|"))
        message = _("Invalid value for {name}: '{text}' is not one of {names}.")
        return message.format(name=name, text=error.__cause__.errors()[0]["input"], names=names)
    message = _("Invalid value for {name}: {text}")
    if parameter.envvar:
        message = _("Invalid value for {name} (env var: {variable}): {text}")
    return message.format(name=name, text=error.message, variable=parameter.envvar)


def _news(line: str) -> str:
    for form in _TYPERS_NEWS:
        pattern = re.sub(r"\\{(\w+)\\}", r"(?P<\1>.+?)", re.escape(form))
        if match := re.fullmatch(pattern, line):
            return _(form).format(**match.groupdict())
    return line


def _names(parameters: Iterable[Any]) -> list[str]:
    return [name for each in parameters for name in (*each.opts, *each.secondary_opts)]


def _terms(rows: Iterable[tuple[str, Cell]]) -> Table:
    set_in = tuple((page.cell(f"  {term}"), said) for term, said in rows)
    return Table((Column("", keep=True), Column("")), (Group((), set_in),))


def _argument(parameter: Any) -> str:
    name = f"{parameter.metavar}{'…' * (parameter.nargs != 1)}"
    return name if parameter.required else f"[{name}]"


def _option(parameter: Any) -> str:
    names = sorted((*parameter.opts, *parameter.secondary_opts), key=lambda each: each.startswith("--"))
    takes = parameter.metavar or ""
    return ", ".join(names) + (f" {takes}" if takes and "|" not in takes else "")


def _said(parameter: Any) -> Cell:
    """Give what a parameter is for, and under it what it may be."""
    lines = (page.line(_(parameter.help)), page.line((_("; ").join(_choices(parameter)), "muted")))
    return tuple(each for each in lines if each)


def _choices(parameter: Any) -> Iterator[str]:
    if "|" in (parameter.metavar or ""):
        yield parameter.metavar.replace("|", _(", "))
    if isinstance(parameter.default, str):
        yield _("default: {default}").format(default=parameter.default)
    if getattr(parameter, "envvar", None):
        yield _("also as {variable}").format(variable=parameter.envvar)


def _color(context: Any) -> output.Color:
    """Give the value of --color; the program's own help is printed before it is known."""
    color: output.Color = getattr(context.obj, "color", "auto")
    return color
