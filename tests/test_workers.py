"""Work spread over processes: the same results, whatever becomes of a process."""

from __future__ import annotations

import multiprocessing
import os
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from itertools import islice

import pytest

from dutybook import workers

MANY = workers.ENOUGH * 3
forking = pytest.mark.skipif(not workers._can_fork(), reason="this system cannot fork safely")


@pytest.fixture(autouse=True)
def two_cores(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workers, "_cores", lambda: 2)


@pytest.fixture(autouse=True)
def nobody_is_left() -> Iterator[None]:
    yield
    assert multiprocessing.active_children() == []


def double(piece: int) -> tuple[int, int]:
    return 2 * piece, os.getpid()


@pytest.mark.parametrize("count", [0, 1, workers.ENOUGH - 1, workers.ENOUGH, MANY, MANY + 1])
def test_every_piece_comes_back_with_its_result(count: int) -> None:
    results = {piece: result for piece, (result, _) in workers.spread(double, range(count))}
    assert results == {piece: 2 * piece for piece in range(count)}


@forking
def test_many_pieces_are_done_elsewhere() -> None:
    processes = {process for _, (_, process) in workers.spread(double, range(MANY))}
    assert len(processes) == 2
    assert os.getpid() not in processes


def no_fork(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workers, "_can_fork", lambda: False)


def one_core(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workers, "_cores", lambda: 1)


def no_process(monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(self: object) -> None:
        raise BlockingIOError

    monkeypatch.setattr("multiprocessing.context.ForkProcess.start", refused)


@pytest.mark.parametrize("why", [no_fork, one_core, no_process])
def test_many_pieces_are_done_here_where_they_must(
    monkeypatch: pytest.MonkeyPatch, why: Callable[[pytest.MonkeyPatch], None]
) -> None:
    why(monkeypatch)
    assert {process for _, (_, process) in workers.spread(double, range(MANY))} == {os.getpid()}


def test_few_pieces_are_done_here() -> None:
    done = workers.spread(double, range(workers.ENOUGH - 1))
    assert {process for _, (_, process) in done} == {os.getpid()}


def test_a_program_with_threads_is_not_forked() -> None:
    over = threading.Event()
    thread = threading.Thread(target=over.wait)
    thread.start()
    try:
        assert not workers._can_fork()
    finally:
        over.set()
        thread.join()


@forking
@pytest.mark.parametrize("deadly", [{0}, {17, 400}, set(range(0, MANY, 25))])
def test_a_process_that_dies_costs_nothing(deadly: set[int]) -> None:
    here = os.getpid()

    def work(piece: int) -> int:
        if piece in deadly and os.getpid() != here:
            os._exit(9)
        return 2 * piece

    assert dict(workers.spread(work, range(MANY))) == {piece: 2 * piece for piece in range(MANY)}


@forking
def test_what_work_raises_is_raised_here(capfd: pytest.CaptureFixture[str]) -> None:
    def work(piece: int) -> int:
        if piece == 301:
            raise ValueError(piece)
        return piece

    with pytest.raises(ValueError, match="301"):
        list(workers.spread(work, range(MANY)))
    assert capfd.readouterr().err == ""


@forking
def test_pieces_are_taken_as_they_are_needed() -> None:
    pieces = iter(range(100 * MANY))
    done = workers.spread(double, pieces)
    assert len(list(islice(done, 10))) == 10
    assert next(pieces) < 2 * workers.ENOUGH


PARENT = """
import multiprocessing, time
from dutybook import workers
workers._cores = lambda: 3
done = workers.spread(time.sleep, [0.001] * 1_000_000)
next(done)
print(*[child.pid for child in multiprocessing.active_children()], flush=True)
time.sleep(60)
"""


@forking
def test_processes_end_with_the_one_that_asks() -> None:
    """Even where it is killed and can tell them nothing."""
    with subprocess.Popen([sys.executable, "-c", PARENT], stdout=subprocess.PIPE) as parent:
        assert parent.stdout is not None
        children = list(map(int, parent.stdout.readline().split()))
        assert len(children) == 3
        parent.kill()
    deadline = time.monotonic() + 10
    while any(map(is_running, children)) and time.monotonic() < deadline:
        time.sleep(0.02)
    assert not any(map(is_running, children))


def is_running(process: int) -> bool:
    """Tell whether a process runs; one that has ended and waits to be noticed does not."""
    try:
        with open(f"/proc/{process}/stat", encoding="utf-8") as stat:
            return stat.read().rpartition(")")[2].split()[0] != "Z"
    except FileNotFoundError:
        return False
