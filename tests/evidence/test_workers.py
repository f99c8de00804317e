import multiprocessing
import os
import signal
import subprocess
import sys
import time

import pytest

from unsolved.evidence.workers import threads, workers

BEGUN = "UNSOLVED_TEST_BEGUN"


def begin(word: str) -> None:
    os.environ[BEGUN] = word


def begun() -> tuple[str, int]:
    return os.environ[BEGUN], threads()


def test_a_worker_has_begun_before_it_works_and_uses_one_thread():
    with workers(1, begin, "yes") as crew:
        assert crew.give(begun).result() == ("yes", 1)

    assert threads() == os.cpu_count()
    assert not multiprocessing.active_children()


def test_nobody_waits_for_workers_that_are_left_in_the_middle():
    with pytest.raises(KeyboardInterrupt):
        _leave_in_the_middle()

    assert not multiprocessing.active_children()


def _leave_in_the_middle() -> None:
    with workers(1, begin, "yes") as crew:
        crew.give(begun).result()
        crew.give(time.sleep, 3600)
        raise KeyboardInterrupt


def work_for_long() -> None:
    with workers(1, begin, "yes") as crew:
        sys.stdout.write(f"{crew.give(os.getpid).result()}\n")
        sys.stdout.flush()
        crew.give(time.sleep, 600).result()


@pytest.mark.parametrize("how", [signal.SIGKILL, signal.SIGINT])
def test_workers_end_with_whom_they_work_for(how: signal.Signals):
    work = "from tests.evidence import test_workers; test_workers.work_for_long()"
    with subprocess.Popen(
        [sys.executable, "-c", work],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        start_new_session=True,
        text=True,
    ) as boss:
        assert boss.stdout
        assert boss.stderr
        worker = int(boss.stdout.readline())
        if how == signal.SIGINT:  # the terminal sends it to all of them
            os.killpg(boss.pid, how)
        else:
            boss.kill()
        told = boss.stderr.read()

    while is_running(worker):
        time.sleep(0.1)
    assert told.count("KeyboardInterrupt") == (how == signal.SIGINT), told


def is_running(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    return True
