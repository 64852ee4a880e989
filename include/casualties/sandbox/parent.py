"""Our side of the sandbox: hand bytes over, get a record or the reason why there is none."""

import os
import subprocess
import sys
import threading
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime
from itertools import count
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self, cast

import casualties
from casualties.errors import CasualtiesError
from casualties.model import Feed, Unparsed
from casualties.sandbox.frames import read_frame, write_frame
from casualties.sandbox.kinds import feed_meta, result_type
from casualties.sandbox.records import from_json

if TYPE_CHECKING:  # none of it is needed in the child, which imports this package too
    from casualties.articles.clean import CleanPage
    from casualties.feeds.parse import ParsedFeed
    from casualties.settings import Settings

WINDOW = 32  # jobs under way in one stream, at most: bounds the bodies held
_PATIENCE = 5.0  # seconds the child gets to end
# All of our environment that a parser of hostile bytes gets to see; no secrets, one thread a worker.
_ENVIRONMENT = ("PATH", "LANG", "LC_ALL", "TZ", "TMPDIR", "VIRTUAL_ENV")
_FIXED = {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"}


class SandboxError(CasualtiesError):
    """The sandbox itself ended; says nothing about the bytes in it. Worth another try."""


@dataclass(frozen=True, slots=True)
class Job:
    """Bytes to parse. ``kind`` is ``feed`` or ``page``, ``meta`` what the parser needs beside them, as plain JSON."""

    kind: str
    body: bytes
    meta: dict[str, Any] = field(default_factory=dict)

    @classmethod
    def feed(
        cls,
        body: bytes,
        feed: Feed,
        base_url: str | None = None,
        content_type: str | None = None,
        now: datetime | None = None,
    ) -> "Job":
        return cls("feed", body, feed_meta(feed, base_url, content_type, now))

    @classmethod
    def page(cls, body: bytes, url: str, charset: str | None = None, *, dated: bool = False) -> "Job":
        return cls("page", body, {"url": url, "charset": charset, "dated": dated})


class Sandbox:
    """A child process with ``parse_workers`` parsers, each body bounded by ``parse_timeout`` and ``parse_memory``.

    It starts with the first body, so that feeds that have not changed cost no start.

    Every method gives, for each body, the parser's record or :class:`casualties.model.Unparsed`, and raises
    :class:`SandboxError` only where the child itself is gone. May be called from several threads.
    """

    def __init__(self, settings: "Settings") -> None:
        self._limits = (settings.parse_workers, settings.parse_timeout, settings.parse_memory)
        self._ids = count()
        self._pending: dict[int, tuple[str, Future[Any]]] = {}
        self._lock = threading.Lock()
        self._child: subprocess.Popen[bytes] | None = None
        self.ended = False

    def __enter__(self) -> Self:
        return self

    def _start(self) -> "subprocess.Popen[bytes]":
        library = str(Path(casualties.__file__).resolve().parents[1])
        environment = {name: os.environ[name] for name in _ENVIRONMENT if name in os.environ}
        # -P: the folder that we happen to stand in is no place to import from.
        child = subprocess.Popen(
            [sys.executable, "-P", "-m", "casualties.sandbox", *map(str, self._limits)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            env=environment | _FIXED | {"PYTHONPATH": library},
        )
        self._reader = threading.Thread(target=self._read, args=(child,), name="sandbox", daemon=True)
        self._reader.start()
        return child

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """End the child, and with it whatever it still parses."""
        if self._child is None:
            return
        assert self._child.stdin is not None
        with suppress(BrokenPipeError):
            self._child.stdin.close()
        try:
            self._child.wait(_PATIENCE)
        except subprocess.TimeoutExpired:
            self._child.kill()
            self._child.wait()
        self._reader.join()

    @property
    def pid(self) -> int:
        """Of the child, once it has been given something."""
        assert self._child is not None
        return self._child.pid

    def submit(self, job: Job) -> "Future[Any]":
        """Hand over one body; the future holds a record or Unparsed."""
        future: Future[Any] = Future()
        with self._lock:
            if self.ended:
                raise SandboxError("the sandbox has ended")
            self._child = self._child or self._start()
            assert self._child.stdin is not None
            number = next(self._ids)
            self._pending[number] = job.kind, future
            try:
                write_frame(self._child.stdin, {"id": number, "kind": job.kind, "meta": job.meta}, job.body)  # type: ignore[arg-type]
            except OSError as error:
                raise SandboxError("the sandbox has ended") from error
        return future

    def run(self, jobs: Iterable[Job], window: int = WINDOW) -> Iterator[Any]:
        """The results of many bodies in their order, while at most ``window`` are under way."""
        waiting: deque[Future[Any]] = deque()
        for job in jobs:
            if len(waiting) >= window:
                yield waiting.popleft().result()
            waiting.append(self.submit(job))
        while waiting:
            yield waiting.popleft().result()

    def parse_feed(
        self,
        body: bytes,
        feed: Feed,
        base_url: str | None = None,
        content_type: str | None = None,
        now: datetime | None = None,
    ) -> "ParsedFeed | Unparsed":
        """:func:`casualties.feeds.parse.parse_feed`, waiting for the result."""
        return cast("ParsedFeed | Unparsed", self.submit(Job.feed(body, feed, base_url, content_type, now)).result())

    def clean_page(self, body: bytes, url: str, charset: str | None = None) -> "CleanPage | Unparsed":
        """:func:`casualties.articles.clean.clean_page`, waiting for the result."""
        return cast("CleanPage | Unparsed", self.submit(Job.page(body, url, charset)).result())

    def _read(self, child: "subprocess.Popen[bytes]") -> None:
        assert child.stdout is not None
        try:
            while (frame := read_frame(child.stdout)) is not None:  # type: ignore[arg-type]
                self._settle(*frame)
        finally:  # the child is gone, or no longer to be trusted
            child.kill()
            with self._lock:
                self.ended = True
                for _, future in self._pending.values():
                    future.set_exception(SandboxError("the sandbox ended before it had an answer"))
                self._pending.clear()

    def _settle(self, header: dict[str, Any], body: bytes) -> None:
        kind, future = self._pending[header["id"]]
        result: Any
        if header["status"] == "ok":
            result = from_json(result_type(kind), body)
        else:
            result = Unparsed(reason=header["reason"], killed=header["status"] == "killed")
        del self._pending[header["id"]]
        future.set_result(result)
