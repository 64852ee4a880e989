"""The sandbox's own process: takes jobs from stdin, hands them to workers that it kills when they overstep, answers.

Airflow's tasks cannot do this themselves: under Celery they may not have children. This process is started afresh,
loads the parsers, and never parses: a worker, also one in the place of a killed one, is a fork of it away. It has one
thread, since a fork takes only one along.
"""

import gc
import os
import selectors
import signal
import socket
import sys
import time
import traceback
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import suppress
from typing import Any, NoReturn

from casualties.sandbox.frames import Frame, Frames, read_frame, write_frame

_AT_ONCE = 1 << 20  # bytes read at once, at most
_LOOK_AROUND = 1.0  # seconds after which we look whether whoever started us is still there


def serve(workers: int, timeout: float, memory: int) -> NoReturn:
    """Answer jobs until stdin ends or whoever started us is gone; then leave nothing running."""
    parent = os.getppid()
    out = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())  # what a parser prints must not get between the frames
    from casualties.sandbox import warm  # noqa: F401 - loads what a parser loads when it is first used

    gc.freeze()  # so that no worker copies what it only looks through
    pool = _Pool(workers, timeout, memory, lambda job, answer: write_frame(out, answer[0] | {"id": job}, answer[1]))
    source, told = sys.stdin.fileno(), Frames()
    pool.selector.register(source, selectors.EVENT_READ)
    while os.getppid() == parent:
        if pool.wait():  # for another child of our parent that keeps the pipe open, we look for the parent as well
            data = os.read(source, _AT_ONCE)
            if not data:
                break
            pool.waiting.extend(told.add(data))
        try:
            pool.step()
        except BrokenPipeError:  # nobody listens any more
            break
    pool.end()


class _Worker:
    """A fork of this process that parses one body at a time."""

    def __init__(self, memory: int) -> None:
        self.pipe, theirs = socket.socketpair()
        self.answers = Frames()
        self.job: int | None = None
        self.deadline = 0.0
        self.pid = os.fork()
        if not self.pid:
            self.pipe.close()
            _work(theirs, memory)
        theirs.close()

    def give(self, frame: Frame, timeout: float) -> None:
        header, body = frame
        self.job, self.deadline = header["id"], time.monotonic() + timeout
        self.pipe.settimeout(timeout)
        with suppress(OSError), self.pipe.makefile("wb") as out:  # one that does not take it is met by its deadline
            write_frame(out, header, body)

    def end(self) -> int:
        """Kill it, if it still lives; the code that it ended with."""
        self.pipe.close()
        os.kill(self.pid, signal.SIGKILL)
        return os.waitstatus_to_exitcode(os.waitpid(self.pid, 0)[1])


def _work(pipe: socket.socket, memory: int) -> NoReturn:
    from casualties.sandbox.worker import parse, prepare

    code = 1
    try:
        kept = pipe.fileno()
        os.closerange(3, kept)  # what leads to our owner and to other workers
        os.closerange(kept + 1, os.sysconf("SC_OPEN_MAX"))
        os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
        prepare(memory)
        with pipe.makefile("rb") as source, pipe.makefile("wb") as out:
            while (frame := read_frame(source)) is not None:
                header, body = frame
                write_frame(out, *parse(header["kind"], header["meta"], body))
        code = 0
    except BaseException:  # noqa: BLE001 - nothing may go on as if it were the process that was forked
        traceback.print_exc()
    finally:
        os._exit(code)


class _Pool:
    """The workers, started when there is a job for them, and the jobs that wait."""

    def __init__(
        self, workers: int, timeout: float, memory: int, answer: Callable[[int, tuple[dict[str, Any], bytes]], None]
    ) -> None:
        self.selector = selectors.DefaultSelector()
        self.waiting: deque[Frame] = deque()
        self._size, self._timeout, self._memory, self._answer = workers, timeout, memory, answer
        self._workers: list[_Worker] = []
        self._ready: list[_Worker] = []

    def wait(self) -> bool:
        """Until something happens; whether there is something to be read from whoever gives the jobs."""
        ends = [worker.deadline for worker in self._workers if worker.job is not None]
        left = max(0.0, min(ends, default=float("inf")) - time.monotonic())
        events = self.selector.select(min(left, _LOOK_AROUND))
        self._ready = [key.data for key, _ in events if key.data is not None]
        return len(self._ready) < len(events)

    def step(self) -> None:
        """Pass on what workers answer, end those that died or overstep, and give the idle ones work."""
        for worker in self._ready:
            self._hear(worker)
        now = time.monotonic()
        for worker in [worker for worker in self._workers if worker.job is not None and worker.deadline <= now]:
            self._lose(worker, f"takes longer than {self._timeout:g} s to parse")
        for worker in self._idle():
            worker.give(self.waiting.popleft(), self._timeout)

    def _idle(self) -> Iterator[_Worker]:
        for worker in self._workers:
            if worker.job is None and self.waiting:
                yield worker
        while self.waiting and len(self._workers) < self._size:
            worker = _Worker(self._memory)
            self._workers.append(worker)
            self.selector.register(worker.pipe, selectors.EVENT_READ, worker)
            yield worker

    def _hear(self, worker: _Worker) -> None:
        try:
            data = worker.pipe.recv(_AT_ONCE)
            answers = list(worker.answers.add(data))
        except (OSError, ValueError):  # reset, or no frames of ours
            data, answers = b"", []
        for answer in answers:
            if worker.job is not None:
                self._answer(worker.job, answer)
            worker.job = None
        if not data:
            self._lose(worker, "its parser died (exit code {code})")

    def _lose(self, worker: _Worker, why: str) -> None:
        self.selector.unregister(worker.pipe)
        self._workers.remove(worker)
        reason = why.format(code=worker.end())
        if worker.job is not None:
            self._answer(worker.job, ({"status": "killed", "reason": reason}, b""))

    def end(self) -> NoReturn:
        for worker in self._workers:
            worker.end()
        os._exit(0)
