"""Undoing HTTP content codings piece by piece, with a cap on what comes out.

A kilobyte can hold a gigabyte: each step of each coding yields at most :data:`STEP` bytes and at most ``cap`` bytes in
all, so that neither gzip, nor brotli, nor one inside the other takes more memory or time than a plain body would.
"""

import zlib
from collections.abc import Iterator

import brotli  # type: ignore[import-untyped]

ACCEPT_ENCODING = "gzip, deflate, br"
STEP = 64 * 1024
MAX_CODINGS = 3  # nobody means more


class TooLargeError(Exception):
    """More bytes than allowed, before or after decoding."""


class UndecodableError(Exception):
    """A coding that we did not ask for, or bytes that are not in it, or that end early."""


class _Deflate:
    """gzip and zlib by their headers; raw deflate, which some servers send for ``deflate``, where there is none."""

    def __init__(self) -> None:
        self._inflate = zlib.decompressobj(47)
        self._started = False
        self.complete = False

    def feed(self, data: bytes) -> Iterator[bytes]:
        while data:
            try:
                out = self._inflate.decompress(data, STEP)
            except zlib.error as error:
                if self._started:
                    raise UndecodableError(str(error)) from error
                self._inflate, self._started = zlib.decompressobj(-15), True
                continue
            self._started = True
            if out:
                yield out
            data = self._inflate.unconsumed_tail
            self.complete = self._inflate.eof
            if self._inflate.eof:
                data = self._inflate.unused_data
                if data[:2] != b"\x1f\x8b":  # padding after the last member is common, and ignored by all clients
                    return
                self._inflate = zlib.decompressobj(47)


class _Brotli:
    def __init__(self) -> None:
        self._brotli = brotli.Decompressor()

    @property
    def complete(self) -> bool:
        return bool(self._brotli.is_finished())

    def feed(self, data: bytes) -> Iterator[bytes]:
        try:
            while out := self._brotli.process(data, output_buffer_limit=STEP):
                yield out
                data = b""
        except brotli.error as error:
            raise UndecodableError(str(error)) from error


def _stage(coding: str) -> _Deflate | _Brotli:
    if coding in ("gzip", "x-gzip", "deflate"):
        return _Deflate()
    if coding == "br":
        return _Brotli()
    raise UndecodableError(f"content coding {coding!r} was not asked for")


class Decoder:
    """A body under construction. ``content_encoding`` is the header's value, codings in the order they were applied.

    A body that is still gzip when its codings are undone (a compressed file, sent compressed) is undone once more.
    Every method raises :class:`TooLargeError` or :class:`UndecodableError`.
    """

    def __init__(self, content_encoding: str, cap: int) -> None:
        codings = [coding.strip().lower() for coding in content_encoding.split(",")]
        self._stages = [_stage(coding) for coding in reversed(codings) if coding not in ("", "identity")]
        if len(self._stages) > MAX_CODINGS:
            raise UndecodableError(f"{len(self._stages)} content codings, one in the other")
        self._cap = cap
        self._counts = [0] * (len(self._stages) + 2)
        self._parts: list[bytes] = []
        self._unpacked = False
        self.received = 0  # bytes as they came

    def feed(self, data: bytes) -> None:
        """Take a piece of the body as it came."""
        self.received += len(data)
        self._run(0, data)

    def _run(self, level: int, data: bytes) -> None:
        self._counts[level] += len(data)
        if self._counts[level] > self._cap:
            raise TooLargeError(f"more than {self._cap:,} bytes")
        if level == len(self._stages):
            if self._parts or self._unpacked or data[:2] != b"\x1f\x8b":
                self._parts.append(data)
                return
            self._unpacked = True
            self._stages.append(_Deflate())
        for piece in self._stages[level].feed(data):
            self._run(level + 1, piece)

    def finish(self) -> bytes:
        """The whole decoded body."""
        if self.received and not all(stage.complete for stage in self._stages):
            raise UndecodableError("compressed body ends early")
        return b"".join(self._parts)
