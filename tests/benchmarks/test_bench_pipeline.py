"""What the whole line costs, from feed to published file, beside bare Trafilatura on the same pages of the same run."""

import ctypes
import multiprocessing
import os
import resource
import threading
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

import psutil
import pytest
from tests.benchmarks import site

from casualties import pipeline
from casualties.model import Feed, key
from casualties.sandbox import Sandbox
from casualties.settings import Settings

pytestmark = pytest.mark.bench

NOW = datetime.now(UTC).replace(microsecond=0)
PAGES = int(os.environ.get("BENCH_PAGES", "2000"))
IDLE_FEEDS = 1_000
PR_SET_CHILD_SUBREAPER = 36
STAGES = ("plan", "poll", "targets", "fetch", "read", "validate", "load", "publish")


def cpu() -> float:
    """Seconds that this process and all those below it worked, those that have ended and those that live."""
    used = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    living = (process.cpu_times() for process in psutil.Process().children(recursive=True))
    return sum(usage.ru_utime + usage.ru_stime for usage in used) + sum(sum(times[:4]) for times in living)


def reap() -> None:
    """Take leave of what an ended sandbox left to us: only then its work is counted."""
    with suppress(ChildProcessError):
        while os.waitpid(-1, os.WNOHANG)[0]:
            continue


def work(pipe: Connection) -> None:
    """A process that carries out stages: takes a function of the pipeline and its arguments, answers with the result
    and the seconds of CPU. As in :func:`casualties.pipeline.ingest` its batches share a sandbox."""
    ctypes.CDLL(None).prctl(PR_SET_CHILD_SUBREAPER, 1)
    sandbox = None
    while (job := pipe.recv()) is not None:
        stage, arguments, options = job
        started = cpu()
        if stage in ("poll", "read"):
            sandbox = sandbox or Sandbox(arguments[0].settings)
            arguments = *arguments, sandbox
        elif sandbox and stage == "validate":
            sandbox.__exit__(None, None, None)
            sandbox = None
        result = getattr(pipeline, stage)(*arguments, **options)
        reap()
        pipe.send((result, cpu() - started))
    if sandbox:
        sandbox.__exit__(None, None, None)


class Worker:
    """Another process for stages, watched for its memory and that of its sandbox."""

    def __init__(self) -> None:
        self.pipe, there = multiprocessing.Pipe()
        self.process = multiprocessing.get_context("spawn").Process(target=work, args=(there,))
        self.process.start()
        self.peaks: Counter[str] = Counter()
        self.cost: dict[str, float] = defaultdict(float)
        self.over = threading.Event()
        self.watch = threading.Thread(target=self.sample)
        self.watch.start()

    def __call__(self, stage: str, *arguments: Any, **options: Any) -> Any:
        self.pipe.send((stage, arguments, options))
        result, seconds = self.pipe.recv()
        self.cost[stage] += seconds
        return result

    def sample(self) -> None:
        while not self.over.wait(0.2):
            with suppress(psutil.NoSuchProcess):
                one = psutil.Process(self.process.pid)
                own = one.cmdline()
                for process in [one, *one.children(recursive=True)]:
                    with suppress(psutil.Error, OSError):
                        if process is not one and process.cmdline() == own:
                            continue  # about to become another program, and until then in the memory of this one
                        name = "the stages" if process is one else role(process, one)
                        self.peaks[name] = max(self.peaks[name], high_water(process.pid))

    def end(self) -> None:
        self.over.set()
        self.watch.join()
        self.pipe.send(None)
        self.process.join()


def role(process: psutil.Process, stages: psutil.Process) -> str:
    return "the sandbox's own" if process.ppid() == stages.pid else "its largest parser"


def high_water(pid: int) -> int:
    """VmHWM in MB; 0 for a process that has ended."""
    lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    return next((int(line.split()[1]) // 1024 for line in lines if line.startswith("VmHWM")), 0)


@contextmanager
def workers(count: int) -> Iterator[list[Worker]]:
    made = [Worker() for _ in range(count)]
    try:
        yield made
    finally:
        for worker in made:
            worker.end()


def side_by_side(works: list[Callable[[], None]]) -> None:
    threads = [threading.Thread(target=each) for each in works]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def feeds(host: str, kind: str, count: int) -> list[Feed]:
    urls = [f"http://{host}/{kind}/{n}" for n in range(count)]
    return [Feed(feed_id=key(url), url=url, title=f"Paper {n}", publisher=f"Paper {n}") for n, url in enumerate(urls)]


def ingest(run: pipeline.Run, listed: list[Feed], hands: list[Worker]) -> dict[str, float]:
    """The line as :func:`casualties.pipeline.ingest` has it, batches shared out; returns the wall time of its parts."""
    first, wall = hands[0], {}
    begun = time.perf_counter()
    for batch in first("plan", run, listed).batches:
        first("poll", run, batch)
    batches = first("targets", run)
    wall["plan to targets"] = time.perf_counter() - begun

    def share(worker: Worker, mine: list[str]) -> None:
        for batch in mine:
            worker("fetch", run, batch)
            worker("read", run, batch)

    side_by_side([lambda w=w, n=n: share(w, batches[n :: len(hands)]) for n, w in enumerate(hands)])  # type: ignore[misc]
    wall["fetch and read"] = time.perf_counter() - begun - wall["plan to targets"]
    first("validate", run)
    loaded = first("load", run)
    assert loaded.new_articles > 0.95 * PAGES
    print(f"\nloaded: {loaded.new_articles:,} articles, {loaded.copies} copies, {loaded.reports:,} reports", end="")
    first("publish", run)
    wall["all"] = time.perf_counter() - begun
    return wall


def bytes_below(path: Path) -> int:
    return sum(file.stat().st_size for file in ([path] if path.is_file() else path.rglob("*")) if file.is_file())


def sizes(settings: Settings) -> str:
    folders = (settings.archive_dir, settings.staging_dir, settings.warehouse, settings.published)
    return ", ".join(f"{path.stem} {bytes_below(path) / PAGES / 1e3:.1f}" for path in folders)


def bare_trafilatura(numbers: range) -> float:
    """Seconds of CPU that Trafilatura alone takes for these pages."""
    import trafilatura

    trafilatura.extract(site.page(0))  # loads what is loaded once
    total = 0.0
    for number in numbers:
        page = site.page(number)
        started = time.process_time()
        trafilatura.extract(page)
        total += time.process_time() - started
    return total


def told(hands: list[Worker], wall: dict[str, float], bare: float) -> None:
    """Print what each stage and all of them took; ``bare`` is Trafilatura's CPU for the same pages."""
    cost = {stage: sum(worker.cost[stage] for worker in hands) for stage in STAGES}
    all_of_it = sum(cost.values())
    print(f"\n{len(hands)} process(es), {PAGES:,} pages; bare trafilatura {PAGES / bare:.1f} pages/s a core")
    for stage, seconds in cost.items():
        speed = PAGES / max(seconds, 1e-6)
        print(f"  {stage:9}{1e3 * seconds / PAGES:8.2f} ms a page {speed:9,.0f} pages/s a core {seconds / bare:6.3f}")
    print(f"  overall  {1e3 * all_of_it / PAGES:8.2f} ms a page {PAGES / all_of_it:9,.1f} pages/s a core")
    print(f"  ratio to bare trafilatura: {bare / all_of_it:.2f}, reach 0.6, aim 0.75")
    print(f"  wall: {', '.join(f'{part} {seconds:.0f} s' for part, seconds in wall.items())}")
    for number, worker in enumerate(hands):
        print(f"  peak MB, process {number}: {', '.join(f'{name} {mb}' for name, mb in worker.peaks.items())}")


def test_feed_to_published_file_beside_bare_trafilatura(tmp_path, capsys):
    with capsys.disabled(), site.serving(NOW) as host:
        bare = bare_trafilatura(range(0, PAGES, 2))
        for processes in (1, 2):
            settings = Settings(data_dir=tmp_path / str(processes), allow_hosts=host)
            run = pipeline.Run.begin("bench", NOW, settings)
            with workers(processes) as hands:
                wall = ingest(run, feeds(host, "feed", PAGES // site.ITEMS), hands)
            if processes == 1:  # one half before and one after, so that both suffer alike from what else runs
                bare += bare_trafilatura(range(1, PAGES, 2))
            told(hands, wall, bare)
            print(f"  KB an article: {sizes(settings)}")


def test_an_idle_run_of_feeds_that_have_not_changed(tmp_path, capsys):
    with capsys.disabled(), site.serving(NOW) as host, workers(1) as (worker,):
        settings = Settings(data_dir=tmp_path, allow_hosts=host)
        listed = feeds(host, "idle", IDLE_FEEDS)
        for name in ("first", "idle"):
            run = pipeline.Run.begin(name, NOW, settings)
            before, begun = sum(worker.cost.values()), time.perf_counter()
            for batch in worker("plan", run, listed, force=True).batches:
                worker("poll", run, batch)
            assert worker("targets", run) == []
            worker("validate", run)
            loaded = worker("load", run)
            took, used = time.perf_counter() - begun, sum(worker.cost.values()) - before
        assert loaded.feeds_polled == IDLE_FEEDS
        assert loaded.feeds_failed == 0
        print(f"\nidle run of {IDLE_FEEDS:,} feeds: {took:.1f} s, {used:.1f} s of CPU, reach 30 s")
        print(f"  peak MB: {', '.join(f'{name} {mb}' for name, mb in worker.peaks.items())}")
