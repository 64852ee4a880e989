"""The pipeline, stage by stage: plain functions over the staging folder of a run, with no scheduler in them.

    plan -> poll -> targets -> fetch -> read -> validate -> load -> publish

``poll``, ``fetch`` and ``read`` work on one batch and touch nothing but their own staging files (``fetch`` also writes
its WARC file), so that batches can run side by side and be repeated. ``plan``, ``targets`` and ``load`` open the
warehouse.
"""

from collections.abc import Callable, Sequence

from casualties.model import Feed, Load
from casualties.pipeline.committing import (
    brought_something,
    is_held_back,
    load,
    publish,
    validate,
    verdict,
)
from casualties.pipeline.deciding import plan_decisions
from casualties.pipeline.gathering import fetch, poll, targets
from casualties.pipeline.planning import plan, read_feed_list
from casualties.pipeline.reading import read
from casualties.pipeline.replaying import Difference, plan_import, plan_replay, rehearse
from casualties.pipeline.restoring import Restored, restore
from casualties.pipeline.run import Run
from casualties.sandbox import Sandbox

__all__ = [
    "Difference",
    "Restored",
    "Run",
    "brought_something",
    "fetch",
    "ingest",
    "is_held_back",
    "load",
    "plan",
    "plan_decisions",
    "plan_import",
    "plan_replay",
    "poll",
    "publish",
    "read",
    "read_feed_list",
    "rehearse",
    "restore",
    "targets",
    "validate",
    "verdict",
]


def ingest(
    run: Run, feeds: Sequence[Feed], *, force: bool = False, show: Callable[[str], None] = lambda stage: None
) -> Load:
    """The whole line, stage after stage, in this process. ``show`` is told the name of each stage as it begins."""
    show("plan")
    planned = plan(run, feeds, force=force)
    with Sandbox(run.settings) as sandbox:  # one for all batches: its parsers remember what pages have in common
        for batch in planned.batches:
            show(f"poll {batch}")
            poll(run, batch, sandbox)
        for batch in targets(run):
            show(f"fetch {batch}")
            fetch(run, batch)
            show(f"read {batch}")
            read(run, batch, sandbox)
    show("validate")
    validate(run)
    show("load")
    loaded = load(run)
    if brought_something(loaded):
        show("publish")
        publish(run)
    return loaded
