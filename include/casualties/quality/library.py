"""Great Expectations, loaded when it is first needed and without what none of our checks makes use of."""

import importlib.util
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import cache
from importlib.machinery import ModuleSpec, PathFinder
from types import ModuleType
from typing import Any

# For checks of distributions, and for drawing them: two fifths of the time that the import takes.
_NEVER_TOUCHED = ("scipy.stats", "altair")


class _PutOff:
    """Finds modules that are executed when something of them is first asked for."""

    def __init__(self, names: Sequence[str]) -> None:
        self._names = names

    def find_spec(
        self, name: str, path: Sequence[str] | None = None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        spec = PathFinder.find_spec(name, path, target) if name in self._names else None
        if spec is not None and spec.loader is not None:
            spec.loader = importlib.util.LazyLoader(spec.loader)
        return spec


@contextmanager
def _put_off(*names: str) -> Iterator[None]:
    finder = _PutOff(names)
    sys.meta_path.insert(0, finder)
    try:
        yield
    finally:
        sys.meta_path.remove(finder)


@cache
def great_expectations() -> tuple[Any, Any]:
    """An in-memory context that sends and draws nothing, and the batch definition through which it takes any frame.

    Importing Great Expectations takes seconds, so it waits for the first use. The settings go in with the context,
    since one made without them sends an event at once.
    """
    with _put_off(*_NEVER_TOUCHED):
        import great_expectations as gx
    from great_expectations.data_context.types.base import (
        DataContextConfig,
        InMemoryStoreBackendDefaults,
        ProgressBarsConfig,
    )

    context = gx.get_context(
        mode="ephemeral",
        project_config=DataContextConfig(
            analytics_enabled=False,
            progress_bars=ProgressBarsConfig(globally=False, metric_calculations=False),
            store_backend_defaults=InMemoryStoreBackendDefaults(),
        ),
    )
    asset = context.data_sources.add_pandas("staging").add_dataframe_asset("records")
    return context, asset.add_batch_definition_whole_dataframe("run")
