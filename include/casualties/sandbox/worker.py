"""One parser: a process that lives until a body kills it."""

import ctypes
import gc
import resource
import signal
import sys
from typing import Any

from casualties.errors import FeedError, PageError
from casualties.sandbox.kinds import run
from casualties.sandbox.records import to_json

_PR_SET_PDEATHSIG = 1
_SELDOM = 20_000  # objects made between two looks for rings of them: a page's are freed without, and it has thousands


def prepare(memory: int) -> None:
    """Limits of a worker: bytes of address space, no core file, and no life without its parent."""
    signal.signal(signal.SIGTERM, signal.SIG_DFL)  # a parser deep in C code would not get round to a Python handler
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
    gc.set_threshold(_SELDOM, 20, 20)
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))


def parse(kind: str, meta: dict[str, Any], body: bytes) -> tuple[dict[str, Any], bytes]:
    """The answer to one job as a frame: ``{"status": "ok"}`` and the record as JSON, or why there is none."""
    try:
        return {"status": "ok"}, to_json(run(kind, meta, body))
    except (FeedError, PageError, MemoryError) as error:
        if isinstance(error, MemoryError) or isinstance(error.__cause__, MemoryError):
            return {"status": "killed", "reason": "needs more memory than a parser gets"}, b""
        return {"status": "failed", "reason": error.why}, b""
    except RecursionError:
        return {"status": "failed", "reason": "nested too deeply"}, b""
    except Exception as error:  # noqa: BLE001 - parsers fail on hostile bytes in ways of their own; it is one body's
        return {"status": "failed", "reason": f"{type(error).__name__}: {error}"[:500]}, b""
