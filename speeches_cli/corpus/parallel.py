"""One question put to many things, in several processes at once: the only module that starts any."""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager, suppress
from typing import TYPE_CHECKING, Any, TypeVar

if TYPE_CHECKING:
    from multiprocessing.connection import Connection

_MOST = 4
"""Whoever takes the answers can't keep up with more processes than this."""

_AHEAD = 1 << 20
"""In bytes: the answers that may wait in a pipe, so that a process rarely waits for the others."""

Thing = TypeVar("Thing")
Answer = TypeVar("Answer")


def answers(ask: Callable[[Thing], Answer], things: Sequence[Thing]) -> Iterator[Answer]:
    """Yield what each thing answers, in their order, and raise what it raises at its turn.

    Every process asks its share ahead, until as many answers wait to be taken as a pipe holds. What is
    asked of a process that could not be started, has failed or was killed is asked here: then it takes
    longer, no more.
    """
    count = processes()
    with ExitStack() as stack:
        pipes = _start(ask, things, count, stack)
        for number, thing in enumerate(things):
            try:
                answer: Answer = pipes[number % count].recv()
            except (IndexError, EOFError, OSError):
                answer = ask(thing)
            yield answer


def _start(
    ask: Callable[[Thing], Answer], things: Sequence[Thing], count: int, stack: ExitStack
) -> list[Connection]:
    """Start processes that live no longer than the stack; give the pipes through which they answer."""
    import fcntl
    import multiprocessing

    context: Any = multiprocessing.get_context("fork")
    pipes: list[Connection] = []
    with _uninterrupted(), suppress(OSError):
        for first in range(count):
            out, into = context.Pipe(duplex=False)
            pipes.append(stack.enter_context(out))
            with into:
                with suppress(OSError):  # what one user's pipes may hold is limited
                    fcntl.fcntl(into.fileno(), fcntl.F_SETPIPE_SZ, _AHEAD)
                share = things[first::count]
                process = context.Process(target=_answer, args=(ask, share, into, pipes), daemon=True)
                process.start()
                stack.callback(process.join)
                stack.callback(process.kill)
    return pipes


def processes() -> int:
    """Tell how many processes are of use here: one for each processor, where they can be forked."""
    return min(len(os.sched_getaffinity(0)), _MOST) if sys.platform == "linux" else 1


def _answer(
    ask: Callable[[Thing], Answer], share: Sequence[Thing], into: Connection, others: list[Connection]
) -> None:
    """Ask until something raises: it is asked again by whoever can say so."""
    for each in others:  # held open here, they would hide from the others that nobody reads any more
        each.close()
    with suppress(Exception):
        for thing in share:
            into.send(ask(thing))


@contextmanager
def _uninterrupted() -> Iterator[None]:
    """Put Ctrl-C off, for the processes started meanwhile for ever: whoever started them ends them."""
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)
