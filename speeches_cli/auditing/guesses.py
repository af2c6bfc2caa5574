"""Lists guesses of a draft that are not confirmed, those first that would do most harm if wrong."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from typing import TYPE_CHECKING

from speeches_cli.auditing.remarks import Remark
from speeches_cli.messages import _

if TYPE_CHECKING:
    from speeches_cli.corpus import Proof

_OWNER = {"town", "speaker", "district", "kind", "date"}
"""The keys that say whose a speech is and of when, and all of its figures."""


class Guesses:
    """Collects them, speech by speech."""

    def __init__(self) -> None:
        self._proofs: list[tuple[str, Proof]] = []
        self._speeches: defaultdict[str, set[int]] = defaultdict(set)
        """The indices of the speeches that have each indicator."""

    def add(self, proof: Proof, *, file: str) -> None:
        """Take what could be read of one speech."""
        for figure, _line in proof.figures:
            self._speeches[figure.indicator].add(len(self._proofs))
        self._proofs.append((file, proof))

    def remarks(self) -> list[Remark]:
        """Note figures that other speeches are compared by, then owners, other figures, other keys."""
        ranked = [each for file, proof in self._proofs for each in self._ranked(file, proof)]
        return [remark for _rank, remark in sorted(ranked, key=lambda each: each[0])]

    def _ranked(self, file: str, proof: Proof) -> Iterator[tuple[int, Remark]]:
        if proof.unsure:
            message = _("not confirmed: {keys}; look at each, and delete it from 'unsure'").format(
                keys=", ".join(proof.unsure)
            )
            rank = 1 if _OWNER.intersection(proof.unsure) else 3
            yield rank, Remark("note", file, proof.line, proof.entry, "unsure", message)
        for figure, line in proof.figures:
            if figure.sure:
                continue
            shared = len(self._speeches[figure.indicator]) > 1
            message = _("not confirmed: '{indicator}' {stated}; look at it, and delete 'sure: false'")
            if shared:
                message = _(
                    "not confirmed: '{indicator}' {stated}, which other speeches state too; "
                    "look at it, and delete 'sure: false'"
                )
            said = message.format(indicator=figure.indicator, stated=figure.as_written)
            yield 0 if shared else 2, Remark("note", file, line, proof.entry, "sure", said)
