"""Work spread over processes: the one door to multiprocessing.

Processes are forked, which costs milliseconds and hands them all that was loaded; where a system
cannot fork safely (Windows, macOS, a program with threads) the work is done here, one by one.
"""

from __future__ import annotations

import contextlib
import os
import sys
import threading
from itertools import chain, islice
from typing import TYPE_CHECKING, Any, Final, TypeVar, cast

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from multiprocessing.connection import Connection
    from multiprocessing.process import BaseProcess

ENOUGH: Final = 200
"""The pieces of work from which on processes are worth their start."""

_BATCH: Final = 25
_MOST: Final = 8

Piece = TypeVar("Piece")
Result = TypeVar("Result")


def spread(
    work: Callable[[Piece], Result], pieces: Iterable[Piece]
) -> Iterator[tuple[Piece, Result]]:
    """Yield each piece with what `work` makes of it, in any order.

    Pieces are taken as they are needed. Pieces and results must be picklable, `work` need not be;
    what it raises is raised here.
    """
    source = iter(pieces)
    first = list(islice(source, ENOUGH))
    every = chain(first, source)
    if len(first) == ENOUGH and _can_fork() and (cores := _cores()) > 1:
        yield from _forked(work, every, cores)
    for piece in every:
        yield piece, work(piece)


def _can_fork() -> bool:
    return sys.platform == "linux" and threading.active_count() == 1


def _cores() -> int:
    cores = len(os.sched_getaffinity(0)) if sys.platform == "linux" else os.cpu_count() or 1
    return min(cores, _MOST)


def _forked(
    work: Callable[[Piece], Result], pieces: Iterator[Piece], count: int
) -> Iterator[tuple[Piece, Result]]:
    """Spread pieces over processes; leave what is over when none of them is left."""
    from multiprocessing.connection import wait

    workers = _start(work, count)
    free = list(workers)
    busy: dict[Connection, list[Piece]] = {}
    try:
        while True:
            while free and (batch := list(islice(pieces, _BATCH))):
                connection = free.pop()
                busy[connection] = batch
                with contextlib.suppress(OSError):
                    connection.send(batch)
            if not busy:
                return
            for connection in cast("list[Connection]", wait(list(busy))):
                batch = busy.pop(connection)
                try:
                    results = connection.recv()
                    free.append(connection)
                except (EOFError, OSError):  # the process is gone, or `work` raised
                    connection.close()
                    results = [work(piece) for piece in batch]
                yield from zip(batch, results, strict=True)
    finally:
        for connection, process in workers.items():
            connection.close()
            process.join()


def _start(work: Callable[[Any], Any], count: int) -> dict[Connection, BaseProcess]:
    """Fork processes, as many as the system allows; return the connection to each."""
    import multiprocessing

    context = multiprocessing.get_context("fork")
    workers: dict[Connection, BaseProcess] = {}
    for _ in range(count):
        here, there = context.Pipe()
        arguments = (work, there, (*workers, here))
        process = context.Process(target=_serve, args=arguments, daemon=True)
        try:
            process.start()
            workers[here] = process
        except OSError:
            here.close()
        there.close()
    return workers


def _serve(work: Callable[[Any], Any], there: Connection, others: Iterable[Connection]) -> None:
    """Do the work of batches until the other end is closed, be it by the end of its process.

    The ends of the process that asks, which a fork inherits, are closed here: it is their last
    closing that ends this process.
    """
    import signal

    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the process that asks answers Ctrl-C
    for connection in others:
        connection.close()
    with contextlib.suppress(Exception):  # what `work` raises, the other side will see too
        while True:
            there.send([work(piece) for piece in there.recv()])
