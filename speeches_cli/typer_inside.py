"""The only module that uses private names of Typer; without them the program works, but starts slower.

Typer builds a Pydantic validator for every parameter of a command, whatever was typed, and to load
Pydantic takes as long as all else a short command does.
"""

from typing import Any


def put_off(parameters: list[Any]) -> None:
    """Have Typer read these parameters by their own parsers, if it keeps its validators here."""
    for each in parameters:
        each._runtime_param = _Parser()  # noqa: SLF001 - Typer has no other way


class _Parser:
    """Takes the place of a parameter's validator."""

    def coerce(self, value: Any, param: Any, ctx: Any) -> Any:
        """Give the value of a parameter; where it has no parser, Typer's own validator gives it."""
        several = param.multiple or param.nargs == -1
        parser = param.type_descriptor.parameter_info.parser
        if value is None:
            return () if several else None
        if parser is None:
            param._runtime_param = None  # noqa: SLF001 - then Typer builds the validator
            return param.get_runtime_param().coerce(value, param=param, ctx=ctx)
        return [parser(each) for each in value] if several else parser(value)
