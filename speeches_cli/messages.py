"""The words the program says: the only module that knows gettext and the reader's language."""

from __future__ import annotations

import gettext
import os
from pathlib import Path

DOMAIN = "speeches"
LOCALE_DIRECTORY = Path(__file__).with_name("locale")
SIMPLIFIED_CHINESE = "zh_CN"
# After the program's own, in POSIX's order of precedence.
LANGUAGE_VARIABLES = ("SPEECHES_LANG", "LC_ALL", "LC_MESSAGES", "LANG")

_catalogues: dict[str, gettext.NullTranslations] = {}


def language() -> str:
    """Name the language of the messages: `zh_CN` or `en`.

    The first of `SPEECHES_LANG`, `LC_ALL`, `LC_MESSAGES` and `LANG` that is set decides, and
    every Chinese locale gets simplified Chinese.
    """
    chosen = next((os.environ[name] for name in LANGUAGE_VARIABLES if os.environ.get(name)), "")
    return SIMPLIFIED_CHINESE if chosen.lower().startswith("zh") else "en"


def _(message: str) -> str:
    """Translate a message; what the catalogue lacks stays English."""
    return _catalogue().gettext(message)


def plural(one: str, many: str, count: int) -> str:
    """Translate a message whose wording depends on a count."""
    return _catalogue().ngettext(one, many, count)


def _catalogue() -> gettext.NullTranslations:
    name = language()
    if name not in _catalogues:
        _catalogues[name] = gettext.translation(
            DOMAIN, str(LOCALE_DIRECTORY), languages=[name], fallback=True
        )
    return _catalogues[name]
