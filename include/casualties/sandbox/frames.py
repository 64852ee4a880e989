"""What goes through the pipes between us and the sandbox: a JSON header and bytes, each with its length before it.

Nothing is pickled: what comes out of a process that has read hostile bytes must not be able to run here.
"""

import json
import struct
from typing import Any, BinaryIO

MAX_BYTES = 256_000_000  # of a header or a body; more is no frame of ours
_LENGTHS = struct.Struct(">II")


def write_frame(out: BinaryIO, header: dict[str, Any], body: bytes = b"") -> None:
    head = json.dumps(header).encode()
    out.write(_LENGTHS.pack(len(head), len(body)) + head)
    out.write(body)
    out.flush()


def read_frame(source: BinaryIO) -> tuple[dict[str, Any], bytes] | None:
    """The next frame; None where the stream ends, in the middle of a frame or between two."""
    lengths = source.read(_LENGTHS.size)
    if len(lengths) < _LENGTHS.size:
        return None
    head_length, body_length = _LENGTHS.unpack(lengths)
    if max(head_length, body_length) > MAX_BYTES:
        raise ValueError(f"frame of {head_length:,} and {body_length:,} bytes")
    head, body = source.read(head_length), source.read(body_length)
    if len(head) < head_length or len(body) < body_length:
        return None
    return json.loads(head), body
