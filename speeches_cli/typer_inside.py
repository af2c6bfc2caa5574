"""The only module that uses private names of Typer; without them nothing is completed at Tab.

Private names are imported only when they are needed.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import suppress
from typing import Any


def candidates(program: Any, given: Sequence[str], word: str, *, latin: bool, variable: str) -> Any:
    """Give Typer's completions of a word behind the words given; none where Typer has moved them."""
    try:
        from typer._completion_classes import BashComplete
    except ImportError:
        return ()
    return BashComplete(program, {"obj": latin}, "speeches", variable).get_completions(
        list(given), word
    )


def install_with(scripts: Mapping[str, str]) -> None:
    """Give Typer's installer of completion these scripts; where it has moved, it installs its own."""
    with suppress(ImportError, AttributeError):
        from typer import _completion_shared

        _completion_shared._completion_scripts.update(scripts)  # noqa: SLF001


# Typer builds a Pydantic validator for every parameter of a command, whatever was typed, and to load
# Pydantic takes as long as all else a short command does.


def put_off(parameters: list[Any]) -> None:
    """Have Typer build the validators of these parameters only for values that need one.

    A Typer that keeps its validators elsewhere ignores this and builds them all.
    """
    for each in parameters:
        each._runtime_param = _Validator()  # noqa: SLF001 - Typer has no other way


class _Validator:
    """Takes the place of a parameter's validator, which Typer otherwise builds at once."""

    def coerce(self, value: Any, param: Any, ctx: Any) -> Any:
        """Give the value of a parameter; for a wrong one, let Typer's own validator raise its error."""
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
    """Tell whether a value needs no validator: one of the choices, or a printable text."""
    if descriptor.is_choice:
        return value in descriptor.choices
    return descriptor.annotation in (str, list[str]) and isinstance(value, str) and value.isprintable()
