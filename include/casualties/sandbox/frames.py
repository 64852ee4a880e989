"""What goes through the pipes between us and the sandbox: a JSON header and bytes, each with its length before it.

Nothing is pickled: what comes out of a process that has read hostile bytes must not be able to run here.
"""

import json
import struct
from collections.abc import Iterator
from typing import Any, BinaryIO

MAX_BYTES = 256_000_000  # of a header or a body; more is no frame of ours
_LENGTHS = struct.Struct(">II")

Frame = tuple[dict[str, Any], bytes]


def write_frame(out: BinaryIO, header: dict[str, Any], body: bytes = b"") -> None:
    head = json.dumps(header).encode()
    out.write(_LENGTHS.pack(len(head), len(body)) + head)
    out.write(body)
    out.flush()


def read_frame(source: BinaryIO) -> Frame | None:
    """The next frame; None where the stream ends, in the middle of a frame or between two."""
    lengths = source.read(_LENGTHS.size)
    if len(lengths) < _LENGTHS.size:
        return None
    head_length, body_length = _lengths(lengths)
    head, body = source.read(head_length), source.read(body_length)
    if len(head) < head_length or len(body) < body_length:
        return None
    return json.loads(head), body


def _lengths(data: bytes | bytearray) -> tuple[int, int]:
    head, body = _LENGTHS.unpack_from(data)
    if max(head, body) > MAX_BYTES:
        raise ValueError(f"frame of {head:,} and {body:,} bytes")
    return head, body


class Frames:
    """Frames out of bytes that come piece by piece."""

    def __init__(self) -> None:
        self._held = bytearray()

    def add(self, data: bytes) -> Iterator[Frame]:
        """The frames that are whole with these bytes. Raises ValueError for what is no frame."""
        held = self._held
        held += data
        while len(held) >= _LENGTHS.size:
            head, body = _lengths(held)
            begin = _LENGTHS.size + head
            if len(held) < begin + body:
                return
            frame = json.loads(held[_LENGTHS.size : begin]), bytes(held[begin : begin + body])
            del held[: begin + body]
            yield frame
