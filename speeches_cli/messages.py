"""The words the program says: the only module that knows gettext and the reader's language."""

from __future__ import annotations

import gettext
import os
from io import BytesIO
from pathlib import Path

DOMAIN = "speeches"
LOCALE_DIRECTORY = Path(__file__).with_name("locale")
SIMPLIFIED_CHINESE = "zh_CN"
# After the program's own, in POSIX's order of precedence.
LANGUAGE_VARIABLES = ("SPEECHES_LANG", "LC_ALL", "LC_MESSAGES", "LANG")

_catalogue = gettext.NullTranslations()


def language() -> str:
    """Name the language that the environment asks for: `zh_CN` or `en`.

    The first of `SPEECHES_LANG`, `LC_ALL`, `LC_MESSAGES` and `LANG` that is set decides, and
    every Chinese locale gets simplified Chinese, unless Python is told to write nothing but ASCII.
    """
    chosen = next((os.environ[name] for name in LANGUAGE_VARIABLES if os.environ.get(name)), "")
    if "ascii" in os.environ.get("PYTHONIOENCODING", "").lower():
        return "en"
    return SIMPLIFIED_CHINESE if chosen.lower().startswith("zh") else "en"


def settle(folder: Path = LOCALE_DIRECTORY) -> None:
    """Read the catalogue of the language that the environment asks for now: all messages follow it.

    It is done once on import, and again at the begin of every run.
    """
    global _catalogue  # noqa: PLW0603 - one process speaks to one reader at a time
    try:
        data = (folder / language() / "LC_MESSAGES" / f"{DOMAIN}.mo").read_bytes()
        _catalogue = gettext.GNUTranslations(BytesIO(data))
    except OSError:
        _catalogue = gettext.NullTranslations()


def _(message: str) -> str:
    """Translate a message; what the catalogue lacks stays English."""
    return _catalogue.gettext(message)


def plural(one: str, many: str, count: int) -> str:
    """Translate a message whose wording depends on a count."""
    return _catalogue.ngettext(one, many, count)


def mark(message: str) -> str:
    """Mark the text of another program for translation; `_` translates it when it is shown."""
    return message


_REASONS = (
    mark("Disk quota exceeded"),
    mark("File name too long"),
    mark("File too large"),
    mark("Input/output error"),
    mark("Invalid argument"),
    mark("Is a directory"),
    mark("No space left on device"),
    mark("No such file or directory"),
    mark("Not a directory"),
    mark("Operation not permitted"),
    mark("Permission denied"),
    mark("Read-only file system"),
    mark("Too many levels of symbolic links"),
)


def reason(error: OSError) -> str:
    """Translate the reason that the operating system gives for an error."""
    return _(error.strerror or str(error))


settle()
