"""RESULTS.md, in which every benchmark has a section of its own between marks that name it."""

from __future__ import annotations

from pathlib import Path

FILE = Path(__file__).with_name("RESULTS.md")


def section(name: str) -> str:
    """Give what stands between the marks of a section; empty where there is none yet."""
    return _parted(name)[1].strip("\n")


def write(name: str, text: str) -> None:
    """Put a section between its marks, in place of an earlier one, or behind all others."""
    before, _old, after = _parted(name)
    written = f"<!-- {name} -->\n{text}\n<!-- /{name} -->"
    parts = (before.strip("\n"), written, after.strip("\n"))
    FILE.write_text("\n\n".join(part for part in parts if part) + "\n", encoding="utf-8")


def _parted(name: str) -> tuple[str, str, str]:
    """Divide the file into what stands before a section, in it, and behind it."""
    whole = FILE.read_text(encoding="utf-8") if FILE.exists() else "# Results\n"
    before, _begin, rest = whole.partition(f"<!-- {name} -->")
    old, _end, after = rest.partition(f"<!-- /{name} -->")
    return before, old, after
