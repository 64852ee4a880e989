"""The last stages of a run, in a process that a soak may kill: it is forked from one that has imported everything."""

import multiprocessing
from multiprocessing.context import ForkServerProcess
from pathlib import Path

import great_expectations  # noqa: F401  # ten seconds, which each run would pay again
import pandas  # noqa: F401

import casualties.quality
import casualties.warehouse.publish  # noqa: F401
from casualties import pipeline
from casualties.pipeline import Run
from casualties.settings import Settings

STAGES = {"validate": pipeline.validate, "load": pipeline.load, "publish": pipeline.publish}


def work(folder: Path, run_id: str, first: str) -> None:
    """The stages from ``first`` on; a file of a stage's name says that it has begun."""
    run = Run.reopen(run_id, Settings(data_dir=folder, lock_timeout=300))
    for name, stage in list(STAGES.items())[list(STAGES).index(first) :]:
        (folder / name).touch()
        stage(run)
    (folder / "done").touch()


def start(folder: Path, run_id: str, first: str = "validate") -> ForkServerProcess:
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload([__name__])
    process = context.Process(target=work, args=(folder, run_id, first))
    process.start()
    return process
