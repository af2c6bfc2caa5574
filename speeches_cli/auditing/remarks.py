"""The result of an audit, as values."""

from typing import Literal, NamedTuple

from speeches_cli.auditing.relations import Relation

Severity = Literal["problem", "note"]
"""A problem must be mended; a note is for the editor to judge."""


class Remark(NamedTuple):
    """One thing that is wrong, or worth a look, and where."""

    severity: Severity
    file: str
    line: int | None
    """Counted from 1; None where the whole file is meant."""
    entry: str
    """The speech, empty where none in particular is meant."""
    key: str
    message: str


class Recomputed(NamedTuple):
    """A relation and where it stands."""

    file: str
    line: int
    entry: str
    key: str
    relation: Relation


class Report(NamedTuple):
    """Everything there is to say of a corpus."""

    speeches: int
    figures: int
    problems: tuple[Remark, ...]
    notes: tuple[Remark, ...]
    recomputed: tuple[Recomputed, ...]
    """Including those that agree."""
