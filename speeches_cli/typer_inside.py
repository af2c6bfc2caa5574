"""All that the program knows of Typer's private parts; without them it is slower or completes nothing.

Nothing private is imported before it is needed, and nothing else may know any of it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import suppress
from typing import Any


def candidates(program: Any, given: Sequence[str], word: str, *, latin: bool, variable: str) -> Any:
    """Give what Typer says may stand in a word's place, behind the words given; nothing without it."""
    try:
        from typer._completion_classes import BashComplete
    except ImportError:
        return ()
    return BashComplete(program, {"obj": latin}, "speeches", variable).get_completions(
        list(given), word
    )


def install_with(scripts: Mapping[str, str]) -> None:
    """Have Typer's installer of completion install these scripts, or its own where it has moved."""
    with suppress(ImportError, AttributeError):
        from typer import _completion_shared

        _completion_shared._completion_scripts.update(scripts)  # noqa: SLF001


# Typer builds a Pydantic validator for every parameter of a command, whatever was typed, and to load
# Pydantic takes as long as all else a short command does.


def put_off(parameters: list[Any]) -> None:
    """Have Typer build the validators of these parameters only for values that need one.

    A Typer that keeps its validators elsewhere takes no notice, and builds them all.
    """
    for each in parameters:
        each._runtime_param = _Validator()  # noqa: SLF001 - Typer has no other way


class _Validator:
    """Stands where Typer keeps the validator of a parameter, which it builds where there is none."""

    def coerce(self, value: Any, param: Any, ctx: Any) -> Any:
        """Give the value of a parameter; what is wrong with it is Typer's to say."""
        several = param.multiple or param.nargs == -1
        if value is None:
            return () if several else None
        values = list(value) if several else [value]
        parser = param.type_descriptor.parameter_info.parser
        if (several and isinstance(value, str)) or not (
            parser or all(_is_ready(each, param.type_descriptor) for each in values)
        ):
            param._runtime_param = None  # noqa: SLF001 - then Typer builds it
            return param.get_runtime_param().coerce(value, param=param, ctx=ctx)
        read = [parser(each) for each in values] if parser else values
        return read if several else read[0]


def _is_ready(value: Any, descriptor: Any) -> bool:
    """Tell a value that is what it should be: a word out of those to choose from, or a sound text."""
    if descriptor.is_choice:
        return value in descriptor.choices
    return descriptor.annotation in (str, list[str]) and isinstance(value, str) and value.isprintable()
