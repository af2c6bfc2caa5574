"""The door to Word and Excel, whose writers are installed only where somebody wants them."""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from typing import Any

from speeches_cli.errors import SpeechesError
from speeches_cli.messages import _
from speeches_cli.render.page import Page

_PACKAGES = {"docx": "python-docx"}
"""Under what name a module is installed, where that is another."""


def word(page: Page) -> bytes:
    """Write a page as a Word document; SpeechesError where python-docx is not installed."""
    try:
        from speeches_cli.render.word import render
    except ImportError as error:
        raise _missing(error) from None
    return render(page)


def excel(records: Sequence[Mapping[str, Any]], about: Sequence[str]) -> bytes:
    """Write records as an Excel workbook; SpeechesError where XlsxWriter is not installed."""
    try:
        from speeches_cli.render.excel import render
    except ImportError as error:
        raise _missing(error) from None
    return render(records, about)


def _missing(error: ImportError) -> SpeechesError:
    """Say how to install what a format needs, for the Python that runs this program."""
    message = _("this format needs {package}; install it with: {python} -m pip install {package}")
    package = _PACKAGES.get(str(error.name), error.name)
    return SpeechesError(message.format(package=package, python=sys.executable))
