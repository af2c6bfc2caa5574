"""A command line that is still being typed → what its last word can be: a command, option or value."""

from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from speeches_cli.completing import Candidate

FILES = frozenset(("corpus", "file", "output", "path"))
"""The parameters that take a file, which every shell completes best itself."""
_LONGEST_HELP = 60
"""In characters: of what describes a command."""


class Typing(NamedTuple):
    """What is being typed: the value of a parameter, or where there is none a command or an option."""

    command: Any
    context: Any
    parameter: Any
    typed: str
    before: str
    """What stands before the value in the same word: `--town=`."""
    given: dict[str, list[str]]
    """What each parameter, by its name, was given in the words before."""


def read(program: Any, words: Sequence[str]) -> Typing | None:
    """Read the words after the program's name; the last one is being typed, and may be empty.

    None where the command is not known.
    """
    reader = _Reader(program)
    for word in words[:-1]:
        if not reader.goes_past(word):
            return None
    return reader.typing(words[-1])


def offers(typing: Typing) -> Iterator[Candidate]:
    """Give what Typer itself knows could stand there: commands, options and choices."""
    commands = getattr(typing.command, "commands", {})
    if typing.parameter is not None:
        for item in typing.parameter.shell_complete(typing.context, typing.typed):
            yield Candidate(item.value)
    elif commands and not typing.typed.startswith("-"):
        for name, command in commands.items():
            if name.startswith(typing.typed):
                yield Candidate(name, command.get_short_help_str(_LONGEST_HELP))
    else:
        for option in _options(typing.command, typing.context):
            if option.multiple or option.name not in typing.given:
                for name in (*option.opts, *option.secondary_opts):
                    if name.startswith(typing.typed or "--"):
                        yield Candidate(name, option.help or "")


class _Reader:
    """Goes along the words of a command line as Typer does when all of them are there."""

    def __init__(self, program: Any) -> None:
        self.given: dict[str, list[str]] = {}
        self.waiting: Any = None
        self.only_arguments = False
        self._enter(program, None)

    def goes_past(self, word: str) -> bool:
        """Go past a whole word; False where it should be a command and is none."""
        if self.waiting is not None:
            if word != "=":  # where Bash divides words
                self._give(self.waiting, word)
                self.waiting = None
        elif self._is_option(word):
            self._go_past_option(word)
        elif commands := getattr(self.command, "commands", {}):
            if word not in commands:
                return False
            self._enter(commands[word], self.context)
        elif (argument := self._argument()) is not None:
            self._give(argument, word)
        return True

    def typing(self, word: str) -> Typing:
        """Tell what the word that comes next can be."""
        parameter, before = self.waiting, ""
        if parameter is None and self._is_option(word):
            name, equals, value = word.partition("=")
            if equals and name in self.options:
                parameter, before, word = self.options[name], name + equals, value
        elif parameter is None:
            parameter = self._argument()
        return Typing(self.command, self.context, parameter, word, before, self.given)

    def _enter(self, command: Any, parent: Any) -> None:
        self.command = command
        self.context = command.make_context(command.name, [], parent=parent, resilient_parsing=True)
        self.arguments = [each for each in command.params if each.param_type_name == "argument"]
        self.options = {
            name: option
            for option in _options(command, self.context)
            for name in (*option.opts, *option.secondary_opts)
        }

    def _go_past_option(self, word: str) -> None:
        name, equals, value = word.partition("=")
        option = self.options.get(name)
        if word == "--":
            self.only_arguments = True
        elif option is None:
            return
        elif option.is_flag or equals:
            self._give(option, value or name)
        else:
            self.waiting = option

    def _is_option(self, word: str) -> bool:
        return word.startswith("-") and not self.only_arguments

    def _argument(self) -> Any:
        """Find the argument that the next word belongs to; None when all have theirs."""
        return next(
            (each for each in self.arguments if each.nargs < 0 or each.name not in self.given), None
        )

    def _give(self, parameter: Any, value: str) -> None:
        self.given.setdefault(parameter.name, []).append(value)


def _options(command: Any, context: Any) -> list[Any]:
    return [
        each
        for each in command.get_params(context)
        if each.param_type_name == "option" and not each.hidden
    ]
