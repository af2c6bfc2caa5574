"""How long the commands take beside a bare interpreter and an empty two-command Typer app.

Every round runs each program once, in turn, in this environment; the table gives medians, and
ratios to the empty app. `python benchmarks/startup.py [ROUNDS]`; exits with 1 when the median of
a command is above LIMIT times the empty app.
"""

from __future__ import annotations

import os
import pty
import subprocess
import sys
import tempfile
import time
from importlib.metadata import version
from pathlib import Path
from statistics import median

import results

LIMIT = 1.3
ROUNDS = 30
EMPTY_APP = """
import typer
app = typer.Typer()
@app.command()
def one(): pass
@app.command()
def two(): pass
app()
"""
COMMANDS = {
    "list": ["list"],
    "show": ["show", "酒泉路"],
    "search": ["search", "枫桥经验"],
    "compare": ["compare", "酒泉路", "先锋路"],
}


def piped(arguments: list[str], environment: dict[str, str]) -> float:
    """Run a program with its output in a pipe; give the wall time in seconds."""
    begin = time.perf_counter()
    subprocess.run([sys.executable, *arguments], env=environment, capture_output=True, check=True)
    return time.perf_counter() - begin


def on_terminal(arguments: list[str], environment: dict[str, str]) -> float:
    """Run a program on a terminal of its own; give the wall time in seconds."""
    begin = time.perf_counter()
    child, terminal = pty.fork()
    if child == 0:
        os.execve(sys.executable, [sys.executable, *arguments], environment)  # noqa: S606
    try:
        while os.read(terminal, 65536):
            pass
    except OSError:  # the way a terminal says that its last program has ended
        pass
    os.close(terminal)
    if os.waitpid(child, 0)[1]:
        raise SystemExit(f"failed: {arguments}")
    return time.perf_counter() - begin


def main() -> None:
    """Measure, print, and write the table into RESULTS.md."""
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else ROUNDS
    with tempfile.TemporaryDirectory() as folder:
        environment = {
            name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"
        }
        environment |= {
            "SPEECHES_CACHE": folder,
            "TERM": "xterm-256color",
            "COLUMNS": "100",
            "PAGER": "cat",
        }
        app = Path(folder, "empty_app.py")
        app.write_text(EMPTY_APP, encoding="utf-8")
        speeches = {f"`{name}`": ["-m", "speeches_cli", *words] for name, words in COMMANDS.items()}
        programs = {
            "bare interpreter": (piped, ["-c", "pass"]),
            "empty Typer app": (piped, [str(app), "one"]),
            **{name: (piped, words) for name, words in speeches.items()},
            **{f"{name} on a terminal": (on_terminal, words) for name, words in speeches.items()},
        }
        times: dict[str, list[float]] = {name: [] for name in programs}
        for number in range(-1, rounds):  # the first round fills caches and does not count
            for name, (way, words) in programs.items():
                taken = way(words, environment)
                if number >= 0:
                    times[name].append(taken)
    base = median(times["empty Typer app"])
    lines = [
        (
            f"Typer {version('typer')}, Rich {version('rich')}, Python {sys.version.split()[0]}, "
            f"{rounds} rounds, cache warm."
        ),
        "",
        "| program | median, ms | times the empty app |",
        "|---|--:|--:|",
        *(
            f"| {name} | {median(taken) * 1000:.0f} | {median(taken) / base:.2f} |"
            for name, taken in times.items()
        ),
    ]
    print("\n".join(lines))
    slow = [name for name in speeches if median(times[name]) > LIMIT * base]
    typer = version("typer")
    results.write(f"startup typer {typer}", f"## Start-up with Typer {typer}\n\n" + "\n".join(lines))
    if slow:
        raise SystemExit(f"above {LIMIT} times the empty app: {', '.join(slow)}")


if __name__ == "__main__":
    main()
