"""Processes that work beside this one, and how many threads each of them may use.

They end with this one, however it ends: each holds one end of a pipe whose other end is ours,
and leaves when that is closed, by us or by the system that killed us.
"""

import multiprocessing
import os
import signal
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from contextlib import contextmanager, suppress
from multiprocessing.connection import Connection
from threading import Thread
from typing import ParamSpec, TypeVar, TypeVarTuple

P = ParamSpec("P")
T = TypeVar("T")
Arguments = TypeVarTuple("Arguments")
ONE = ("RAYON_NUM_THREADS",)
"""Variables by which libraries are told how many threads to use; they look once, at first.

None of linear algebra: sums come out otherwise in the last bit with another number of
threads, so a worker has as many as its parent, and the command line gives both one.
"""


def threads() -> int:
    """Return how many threads a reader may use here: one in a worker, else one a core."""
    return 1 if multiprocessing.parent_process() else os.cpu_count() or 1


class Workers:
    """Processes that have begun in the same way and do what they are given."""

    def __init__(self, pool: ProcessPoolExecutor) -> None:
        self._pool = pool

    def give(self, work: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> Future[T]:
        """Have one of them do a piece of work; those that are missing are started."""
        with _fit_for_a_worker():
            return self._pool.submit(work, *args, **kwargs)


@contextmanager
def workers(
    processes: int, begin: Callable[[*Arguments], None], *args: *Arguments
) -> Iterator[Workers]:
    """Have processes for a while; each calls ``begin`` with ``args`` before anything else."""
    context = multiprocessing.get_context("spawn")  # a fork would copy the locks of threads
    theirs, ours = context.Pipe(duplex=False)
    start = (theirs, begin, args)
    pool = ProcessPoolExecutor(processes, context, initializer=_start, initargs=start)
    try:
        yield Workers(pool)
        pool.shutdown()
    finally:  # when it was left in the middle, nobody waits for what they are doing
        ours.close()
        pool.shutdown(cancel_futures=True)
        theirs.close()


def _start(
    lifeline: Connection, begin: Callable[[*Arguments], None], args: tuple[*Arguments]
) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the parent, which ends us
    Thread(target=_end_with, args=(lifeline,), daemon=True).start()
    begin(*args)


def _end_with(lifeline: Connection) -> None:
    with suppress(EOFError, OSError):
        lifeline.recv_bytes()  # nothing ever comes: this returns when the other end is closed
    os._exit(1)


@contextmanager
def _fit_for_a_worker() -> Iterator[None]:
    """What is started in here hears no Ctrl-C while it is born, and uses one thread."""
    before = {name: os.environ.get(name) for name in ONE}
    os.environ.update(dict.fromkeys(ONE, "1"))
    blocked = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, blocked)
        for name, value in before.items():
            if value is None:
                del os.environ[name]
            else:
                os.environ[name] = value
