"""Help pages, and Typer's complaints, in the reader's language.

Typer's own panels are set by Rich, which cuts Chinese at the first line (rich#2494), and are English.
"""

from collections.abc import Sequence
from difflib import get_close_matches
from itertools import pairwise
from typing import Any, get_args

import typer
from typer.core import TyperCommand, TyperGroup

from speeches_cli import options, output, typer_inside
from speeches_cli.messages import _, mark
from speeches_cli.render import page
from speeches_cli.render.page import Block, Cell, Column, Group, Page, Table, Text

_TYPERS_HELP = (
    mark("Show this message and exit."),
    mark("Install completion for the current shell."),
    mark("Show completion for the current shell, to copy it or customize the installation."),
)

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
}  # two lines for each command, as they are typed


class _Ours:
    """A command that starts quickly, and prints its help as a page of this program."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """Read what was typed."""
        parameters = ctx.command.get_params(ctx)
        typer_inside.put_off(parameters)
        end = args.index("--") if "--" in args else len(args)
        if ctx.parent:
            usual, *others = get_args(options.Form)  # --cite may be typed without one
            words = [
                f"--cite={usual}" if word == "--cite" and after not in (usual, *others) else word
                for word, after in pairwise([*args[:end], ""])
            ]
        else:  # the program's options stand before the command, wherever they were typed
            takes_value = {
                name: not each.is_flag
                for each in parameters
                if each.expose_value
                for name in (*each.opts, *each.secondary_opts)
            }
            typed = iter(args[:end])
            words, behind = list[str](), list[str]()
            for word in typed:
                name, equals, _value = word.partition("=")
                value = f"={next(typed, '')}" if takes_value.get(name) and not equals else ""
                (words if name in takes_value else behind).append(word + value)
            words += behind
        ctx.allow_extra_args = True  # which are refused here, in the reader's words
        rest: list[str] = super().parse_args(ctx, words + args[end:])  # type: ignore[misc]
        if rest and ctx.parent and not ctx.resilient_parsing:
            message = _("Got unexpected extra argument(s) ({names})", names=" ".join(rest))
            raise typer.BadParameter(message, ctx=ctx)
        return rest

    def get_help(self, ctx: Any) -> str:
        """Write the page to standard output; Typer is left to end it with an empty line."""
        answer = output.Answer(page=lambda _width: help_page(ctx))
        output.write(answer, color=ctx.obj.color if ctx.obj else "auto")
        return ""


class Command(_Ours, TyperCommand):
    """One command."""


class Commands(_Ours, TyperGroup):
    """The program, which has commands."""

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:
        """Find the command that was typed, or name those that it may be a slip of."""
        if args[0] not in self.commands and not ctx.resilient_parsing:
            near = ", ".join(map(repr, get_close_matches(args[0], self.commands)))
            message = _("No such command '{name}'.", name=args[0])
            if near:
                message = _("No such command '{name}'. Did you mean {names}?", name=args[0], names=near)
            raise typer.BadParameter(message, ctx=ctx)
        return super().resolve_command(ctx, args)


def complaint(error: Any, arguments: Sequence[str]) -> str:
    """Say what Typer has against a command line; nothing where it has shown help instead."""
    kind = type(error).__name__
    name = getattr(error, "option_name", "")
    parameter: Any = getattr(error, "param", None)
    said: str = error.message if kind == "BadParameter" else error.format_message()
    if kind == "NoSuchOption":
        said = _("No such option: {name}", name=name)
        near = ", ".join(each for each in sorted(error.possibilities or ()) if each.startswith(name))
        if near:
            said = _("No such option: {name} Did you mean {names}?", name=name, names=near)
    elif kind == "BadOptionUsage":
        said = _("Option {name} requires an argument.", name=name)
        if any(each.startswith(f"{name}=") for each in arguments):
            said = _("Option {name} does not take a value.", name=name)
    elif kind == "MissingParameter":
        said = _("Missing argument {name}.", name=parameter.metavar)
    elif kind == "BadParameter" and parameter is not None:
        is_option = parameter.param_type_name == "option"
        names = (*parameter.opts, parameter.envvar) if is_option else (parameter.metavar,)
        name = " / ".join(filter(None, names))
        said = _("Invalid value for {name}: {text}", name=name, text=said)
    elif kind == "UsageError" and hasattr(error.cmd, "commands"):
        said = _("Missing command.")
    if not said:
        return ""
    context = getattr(error, "ctx", None)
    command = context.command_path if context else "speeches"
    return _("{message} (see {command} --help)", message=said.rstrip(".。"), command=command)


def help_page(context: Any) -> Page:
    """Say how a command is used: its line, its purpose, its arguments, options and commands."""
    command = context.command
    parameters = command.get_params(context)
    arguments = [each for each in parameters if each.param_type_name == "argument"]
    commands = getattr(command, "commands", {})
    line = [context.command_path, _("[OPTIONS]"), *map(_argument, arguments)]
    if commands:
        line.append(_("COMMAND …"))
    usage = page.line((_("Usage: "), "strong"), " ".join(line))
    blocks: list[Block] = [Text("lines", [usage, (), page.line(command.help)])]
    examples = EXAMPLES.get(command.name, ())
    for head, rows in (
        (_("Arguments"), [(_argument(each), _said(each)) for each in arguments]),
        (_("Options"), [(_option(each), _said(each)) for each in parameters if each not in arguments]),
        (_("Commands"), [(name, page.cell(each.help)) for name, each in commands.items()]),
        (_("Examples"), [(f"speeches {each}", page.cell("")) for each in examples]),
    ):
        if rows:
            terms = tuple((page.cell(f"  {term}"), said) for term, said in rows)
            table = Table((Column(""), Column("")), (Group((), terms),))
            blocks += [Text("h2", [page.line(head)]), table]
    return blocks


def _argument(parameter: Any) -> str:
    name = f"{parameter.metavar}{'…' * (parameter.nargs != 1)}"
    return name if parameter.required else f"[{name}]"


def _option(parameter: Any) -> str:
    names = sorted((*parameter.opts, *parameter.secondary_opts), key=lambda each: each.startswith("--"))
    takes = parameter.metavar or ""
    return ", ".join(names) + (f" {takes}" if takes and "|" not in takes else "")


def _said(parameter: Any) -> Cell:
    """Give what a parameter is for, and under it what it may be."""
    choices = []
    if "|" in (parameter.metavar or ""):
        choices.append(parameter.metavar.replace("|", _(", ")))
    if isinstance(parameter.default, str):
        choices.append(_("default: {default}", default=parameter.default))
    if parameter.envvar:
        choices.append(_("also as {variable}", variable=parameter.envvar))
    lines = (page.line(_(parameter.help)), page.line((_("; ").join(choices), "muted")))
    return tuple(filter(None, lines))
