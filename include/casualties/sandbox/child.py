"""The sandbox's own process: takes jobs from stdin, hands them to workers that it kills when they overstep, answers.

Airflow's tasks cannot do this themselves: under Celery they may not have children, and spawned ones trip over Airflow's
``__main__``. This process is started afresh, so its workers come from a fork server that has nothing but the parser.
"""

import multiprocessing
import os
import sys
import threading
import time
import traceback
from concurrent.futures import Future, TimeoutError
from functools import partial
from typing import Any, BinaryIO, NoReturn

from pebble import ProcessExpired, ProcessPool

from casualties.sandbox import worker
from casualties.sandbox.frames import read_frame, write_frame


def serve(workers: int, timeout: float, memory: int) -> NoReturn:
    """Answer jobs until stdin ends or whoever started us is gone; then leave nothing running."""
    source, out = sys.stdin.buffer, os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())  # what a parser prints must not get between the frames
    threading.Thread(target=_end_with_parent, args=(os.getppid(),), daemon=True).start()
    answer = _Answers(out, timeout)
    pool = _pool(workers, memory)
    while (frame := read_frame(source)) is not None:
        header, body = frame
        future = pool.schedule(worker.parse, args=(header["kind"], header["meta"], body), timeout=timeout)
        future.add_done_callback(partial(answer, header["id"]))
    _end()


def _pool(workers: int, memory: int) -> ProcessPool:
    context = multiprocessing.get_context("forkserver")
    # The server imports the parsers once: a worker, also one in the place of a killed one, is a fork away.
    context.set_forkserver_preload(["casualties.sandbox.worker", "casualties.sandbox.warm"])
    pool = ProcessPool(max_workers=workers, initializer=worker.prepare, initargs=(memory,), context=context)
    pool.schedule(int)  # workers start with the first job; this one does not wait for a body
    return pool


class _Answers:
    def __init__(self, out: BinaryIO, timeout: float) -> None:
        self._out = out
        self._timeout = timeout
        self._lock = threading.Lock()

    def __call__(self, job: int, future: "Future[tuple[dict[str, Any], bytes]]") -> None:
        try:
            header, body = future.result()
        except TimeoutError:
            header, body = {"status": "killed", "reason": f"takes longer than {self._timeout:g} s to parse"}, b""
        except ProcessExpired as error:
            header, body = {"status": "killed", "reason": f"its parser died (exit code {error.exitcode})"}, b""
        except BaseException:  # noqa: BLE001 - a worker answers in every case; this is the pool that is broken
            traceback.print_exc()
            _end()
        try:
            with self._lock:
                write_frame(self._out, header | {"id": job}, body)
        except OSError:  # nobody listens any more
            _end()


def _end_with_parent(parent: int) -> None:
    """For the case that another child of our parent keeps the pipe open."""
    while os.getppid() == parent:
        time.sleep(1)
    _end()


def _end() -> NoReturn:
    for process in multiprocessing.active_children():
        process.kill()
    os._exit(0)
