"""The reader's language: who decides it, and what happens to a message without a translation."""

from __future__ import annotations

from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo

from speeches_cli import messages

VARIABLES = ("SPEECHES_LANG", "LC_ALL", "LC_MESSAGES", "LANG")


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        (("", "", "", ""), "en"),
        (("zh", "", "", ""), "zh_CN"),
        (("", "zh_CN.UTF-8", "", ""), "zh_CN"),
        (("", "", "zh_TW.Big5", ""), "zh_CN"),
        (("", "", "", "ZH_sg"), "zh_CN"),
        (("en", "zh_CN.UTF-8", "zh_CN.UTF-8", "zh_CN.UTF-8"), "en"),
        (("", "C", "zh_CN.UTF-8", "zh_CN.UTF-8"), "en"),
        (("", "", "de_DE.UTF-8", "zh_CN.UTF-8"), "en"),
        (("zh", "C", "C", "C"), "zh_CN"),
    ],
)
def test_the_first_variable_that_is_set_decides(
    values: tuple[str, ...], expected: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The program's own variable comes before POSIX's, an empty one counts as unset."""
    for name, value in zip(VARIABLES, values, strict=True):
        monkeypatch.setenv(name, value)
    assert messages.language() == expected


def test_who_writes_only_ascii_is_spoken_to_in_english(monkeypatch: pytest.MonkeyPatch) -> None:
    """Escapes for every Hanzi would be no message at all."""
    monkeypatch.setenv("SPEECHES_LANG", "zh")
    monkeypatch.setenv("PYTHONIOENCODING", "ASCII:replace")
    assert messages.language() == "en"


@pytest.mark.parametrize(
    ("language", "found", "hits"),
    [("zh", "没有找到", "2 处"), ("en", "nothing found", "2 hits")],
)
def test_messages_follow_the_language_once_it_is_settled(
    language: str, found: str, hits: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """In the right number; a message without a translation is said in English."""
    catalogue = Catalog(locale="zh_CN")
    catalogue.add("nothing found", "没有找到")
    catalogue.add(("{count} hit", "{count} hits"), ("{count} 处",))
    file = tmp_path / "zh_CN" / "LC_MESSAGES" / "speeches.mo"
    file.parent.mkdir(parents=True)
    with file.open("wb") as stream:
        write_mo(stream, catalogue)
    monkeypatch.setenv("SPEECHES_LANG", language)
    messages.settle(tmp_path)
    assert messages._("nothing found") == found
    assert messages.plural("{count} hit", "{count} hits", 2) == hits
    assert messages.plural("bird", "birds", 2) == "birds"
    assert messages.plural("bird", "birds", 1) == messages._("bird") == "bird"
