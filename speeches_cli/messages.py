"""The words the program says: the only module that knows gettext and the reader's language."""

import gettext
import os
from pathlib import Path

LOCALE_DIRECTORY = Path(__file__).with_name("locale")

_catalogue = gettext.NullTranslations()


def language() -> str:
    """Name the language that the environment asks for: `zh_CN` for every Chinese locale, or `en`.

    The first variable that is set decides, unless Python is told to write nothing but ASCII.
    """
    names = ("SPEECHES_LANG", "LC_ALL", "LC_MESSAGES", "LANG")
    chosen = next(filter(None, map(os.environ.get, names)), "")
    is_ascii = "ascii" in os.environ.get("PYTHONIOENCODING", "").lower()
    return "zh_CN" if chosen.lower().startswith("zh") and not is_ascii else "en"


def settle(folder: Path = LOCALE_DIRECTORY) -> None:
    """Have all messages follow the language that the environment asks for now."""
    global _catalogue  # noqa: PLW0603 - one process speaks to one reader at a time
    _catalogue = gettext.translation("speeches", folder, [language()], fallback=True)


def _(message: str, /, **words: object) -> str:
    """Translate a message, and put words into its `{places}`; what it lacks stays English."""
    said = _catalogue.gettext(message)
    return said.format(**words) if words else said


def plural(one: str, many: str, count: int, **words: object) -> str:
    """Translate a message whose wording depends on a count, which stands in its `{count}`."""
    return _catalogue.ngettext(one, many, count).format(count=count, **words)


mark = str  # marks a text for translation where it is only kept; `_` translates it when it is shown
_REASONS = (
    mark("File name too long"),
    mark("Input/output error"),
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
