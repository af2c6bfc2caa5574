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


@pytest.fixture
def chinese(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Put a catalogue of two messages in the place of the program's."""
    catalogue = Catalog(locale="zh_CN")
    catalogue.add("nothing found", "没有找到")
    catalogue.add(("{count} hit", "{count} hits"), ("{count} 处",))
    folder = tmp_path / "zh_CN" / "LC_MESSAGES"
    folder.mkdir(parents=True)
    with (folder / f"{messages.DOMAIN}.mo").open("wb") as stream:
        write_mo(stream, catalogue)
    monkeypatch.setattr(messages, "LOCALE_DIRECTORY", tmp_path)
    monkeypatch.setattr(messages, "_catalogues", {})


@pytest.mark.usefixtures("chinese")
def test_messages_follow_the_language_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """One process can speak both languages, one after the other."""
    said = []
    for language in ("zh", "en", "zh"):
        monkeypatch.setenv("SPEECHES_LANG", language)
        said.append((messages._("nothing found"), messages.plural("{count} hit", "{count} hits", 1)))
    assert said == [
        ("没有找到", "{count} 处"),
        ("nothing found", "{count} hit"),
        ("没有找到", "{count} 处"),
    ]


@pytest.mark.usefixtures("chinese")
def test_what_the_catalogue_lacks_stays_english(monkeypatch: pytest.MonkeyPatch) -> None:
    """A message without a translation is said in English, in the right number."""
    monkeypatch.setenv("SPEECHES_LANG", "zh")
    assert messages._("a bird") == "a bird"
    assert messages.plural("{count} bird", "{count} birds", 1) == "{count} bird"
    assert messages.plural("{count} bird", "{count} birds", 2) == "{count} birds"
