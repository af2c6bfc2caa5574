"""`model` and `errors`: what the values say of themselves, and what an error tells the program."""

from typing import Any

import pytest

from speeches_cli import errors, model
from speeches_cli.corpus import Corpus


def test_a_town_is_named_with_its_district(corpus: Corpus) -> None:
    """District and town together name one speech, as a path does."""
    assert corpus.speeches[0].path == "西固区/福利路街道"


@pytest.mark.parametrize(
    "value",
    [model.Compilation, model.Speech, model.Passage, model.Span, model.Figure],
    ids=lambda each: each.__name__,
)
def test_values_never_change(value: Any) -> None:
    """No value can be changed, nor given anything that isn't declared."""
    made = value(*value._fields)
    for name in (value._fields[0], "undeclared"):
        with pytest.raises(AttributeError):
            setattr(made, name, "changed")


def test_a_corpus_error_names_its_place() -> None:
    """File, line and entry stand before the message, as far as they are known."""
    assert [
        str(errors.CorpusError("wrong", file="a.yaml", line=3, entry="西镇")),
        str(errors.CorpusError("wrong", file="a.yaml", line=3)),
        str(errors.CorpusError("wrong", file="a.yaml")),
    ] == ["a.yaml:3: 西镇: wrong", "a.yaml:3: wrong", "a.yaml: wrong"]
