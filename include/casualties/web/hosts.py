"""Manners towards one host: so many requests at a time, so far apart, and none while it has asked us to wait."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

PATIENCE = 600.0  # seconds a request waits for its turn, at most: a batch must end


class HostBusyError(Exception):
    """The turn of this request would come too late."""


class HostGate:
    """The one door to a host. Times are the event loop's clock, in seconds."""

    def __init__(self, concurrency: int, delay: float, patience: float = PATIENCE) -> None:
        self._slots = asyncio.Semaphore(concurrency)
        self._next = 0.0
        self._patience = patience
        self.delay = delay

    @asynccontextmanager
    async def turn(self) -> AsyncIterator[None]:
        """Wait for a slot and for the spacing; raises :class:`HostBusyError` where that takes too long."""
        loop = asyncio.get_running_loop()
        arrived = loop.time()
        async with self._slots:
            start = max(loop.time(), self._next)
            if start - arrived > self._patience:
                raise HostBusyError(f"its turn would come after {start - arrived:.0f} s")
            self._next = start + self.delay
            await asyncio.sleep(start - loop.time())
            yield

    def pause(self, seconds: float) -> None:
        """The host has asked not to be called for so long (429, or 503 with Retry-After)."""
        self._next = max(self._next, asyncio.get_running_loop().time() + seconds)
