"""How often Python looks for rings of objects that nobody holds, while a stage makes objects by the million."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager

_SELDOM = 50_000  # objects made between two looks: an article or a library makes thousands, and hardly a ring


@contextmanager
def collecting_seldom() -> Iterator[None]:
    """For a block, or as a decorator for a function: a tenth of what extraction, validation and load cost otherwise."""
    before = gc.get_threshold()
    gc.set_threshold(_SELDOM, *before[1:])
    try:
        yield
    finally:
        gc.set_threshold(*before)
