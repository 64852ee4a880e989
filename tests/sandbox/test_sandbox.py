"""Hostile bytes are parsed where they can be killed, and their neighbours do not notice."""

import os
import signal
import subprocess
import sys
import threading
import time
from contextlib import contextmanager
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path

import pytest

from casualties.articles.clean import CleanPage
from casualties.errors import FeedError
from casualties.feeds.parse import ParsedFeed, parse_feed
from casualties.model import Feed, Unparsed
from casualties.sandbox import Job, Sandbox, SandboxError
from casualties.sandbox.frames import read_frame, write_frame
from casualties.settings import Settings

NOW = datetime(2025, 11, 10, 12, tzinfo=UTC)
FEED = Feed(feed_id="f", url="https://paper.example/rss", title="Paper", publisher="The Paper")
PAGE = b"<html><body><article><h1>Ferry</h1>" + b"<p>The ferry sailed again on Tuesday.</p>" * 20 + b"</article></body>"


def rss(title="Ferry sails", more=""):
    return (
        '<rss version="2.0"><channel><title>Paper</title>'
        f"<item><title>{title}</title><link>https://paper.example/{len(title)}</link>"
        f"<pubDate>Mon, 10 Nov 2025 10:00:00 GMT</pubDate>{more}</item></channel></rss>"
    ).encode()


# An author that the look at the bytes lets through (markup stands in it), and feedparser searches for minutes.
POISON = rss(more="<author>a<b/>" + "a." * 50_000 + "@</author>")


@pytest.fixture(scope="module")
def sandbox():
    with Sandbox(Settings(parse_timeout=2.0)) as sandbox:
        sandbox.parse_feed(rss(), FEED)  # started
        yield sandbox


def processes_of(parent):
    """The pids of all living descendants."""
    children = {}
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                stat = (entry / "stat").read_text().rpartition(")")[2].split()
            except OSError:
                continue
            if stat[0] != "Z":
                children.setdefault(int(stat[1]), []).append(int(entry.name))
    found, new = [], [parent]
    while new:
        new = [child for pid in new for child in children.get(pid, [])]
        found += new
    return found


def wait_until(condition, seconds=10):
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end
        time.sleep(0.02)


@contextmanager
def elsewhere(folder):
    before = Path.cwd()
    os.chdir(folder)
    try:
        yield
    finally:
        os.chdir(before)


def test_a_feed_comes_out_as_it_would_here(sandbox):
    body = rss("Fähre \U0001f6a2 fährt", "<description>Again.</description>")
    there = sandbox.parse_feed(body, FEED, "https://paper.example/rss", "text/xml", NOW)
    assert there == parse_feed(body, FEED, "https://paper.example/rss", "text/xml", NOW)
    assert isinstance(there, ParsedFeed)
    assert there.entries[0].published.tzinfo is not None


def test_a_page_comes_out_clean(sandbox):
    page = sandbox.clean_page(PAGE, "https://paper.example/1", "utf-8")
    assert isinstance(page, CleanPage)
    assert "The ferry sailed again" in page.text


def test_what_cannot_be_parsed_is_a_value_with_the_parsers_reason(sandbox):
    with pytest.raises(FeedError) as here:
        parse_feed(b"hello", FEED)
    assert sandbox.parse_feed(b"hello", FEED) == Unparsed(reason=here.value.why)
    assert sandbox.clean_page(b"", "https://paper.example/1").killed is False


def test_poison_is_killed_and_its_neighbours_go_on_in_order(sandbox):
    jobs = [Job.feed(rss(f"Story {n}"), FEED) for n in range(10)]
    jobs[3] = jobs[7] = Job.feed(POISON, FEED)
    start = time.monotonic()
    results = list(sandbox.run(jobs))
    assert time.monotonic() - start < 12
    assert [n for n, result in enumerate(results) if isinstance(result, Unparsed)] == [3, 7]
    assert results[3] == Unparsed(reason="takes longer than 2 s to parse", killed=True)
    assert [r.entries[0].title for r in results if isinstance(r, ParsedFeed)] == [
        f"Story {n}" for n in range(10) if n not in (3, 7)
    ]


@pytest.mark.parametrize(
    ("markup", "why"),
    [
        (b"<p>Again.</p>" * 200_000, "more than 250,000 tags"),
        (b"<table>" + b"<tr><td>1</td></tr>" * 100_000 + b"</table>", "more than 250,000 tags"),
        (b"<p " + b" ".join(b'a%d="1"' % n for n in range(200_000)) + b">x</p>", "more than 10,000 attributes"),
        (b"<p\n" + b"\n".join(b"a%d=1" % n for n in range(200_000)) + b">x</p>", "more than 10,000 attributes"),
    ],
)
def test_a_page_that_would_take_minutes_is_refused_at_a_glance(sandbox, markup, why):
    result = sandbox.clean_page(PAGE + markup, "https://paper.example/1")
    assert isinstance(result, Unparsed)
    assert (why in result.reason, result.killed) == (True, False)


def test_a_page_with_data_in_an_attribute_is_no_storm(sandbox):
    data = b"<div data-props='" + b"{&quot;u&quot;: &quot;https://a.example/?a=1&b=2&quot;}," * 20_000 + b"'></div>"
    assert isinstance(sandbox.clean_page(PAGE + data, "https://paper.example/1"), CleanPage)


def test_feeds_and_pages_may_be_mixed(sandbox):
    results = list(sandbox.run([Job.page(PAGE, "https://paper.example/1"), Job.feed(rss(), FEED)] * 5))
    assert [type(result) for result in results] == [CleanPage, ParsedFeed] * 5


def test_results_are_streamed_while_jobs_are_still_made(sandbox):
    made = 0

    def jobs():
        nonlocal made
        for made in range(1, 101):  # noqa: B007 - counts
            yield Job.feed(rss(), FEED)

    next(sandbox.run(jobs(), window=4))
    assert made <= 6


def test_several_threads_may_ask(sandbox):
    results = []

    def ask(n):
        results.append((n, sandbox.parse_feed(rss("x" * n), FEED).entries[0].title))

    threads = [threading.Thread(target=ask, args=(n,)) for n in range(1, 9)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(results) == [(n, "x" * n) for n in range(1, 9)]


def test_a_body_that_needs_too_much_memory_is_killed():
    with Sandbox(Settings(parse_timeout=20, parse_memory=400_000_000)) as sandbox:
        result = sandbox.parse_feed(rss("long " * 10_000_000), FEED)
        assert result == Unparsed(reason="needs more memory than a parser gets", killed=True)
        assert isinstance(sandbox.parse_feed(rss(), FEED), ParsedFeed)


def test_a_worker_that_dies_costs_its_body_alone():
    with Sandbox(Settings(parse_timeout=10, parse_workers=1)) as sandbox:
        sandbox.parse_feed(rss(), FEED)
        before = set(processes_of(sandbox.pid))
        future = sandbox.submit(Job.feed(POISON, FEED))
        worker = busiest(before)
        os.kill(worker, signal.SIGSEGV)
        assert future.result(10) == Unparsed(reason="its parser died (exit code -11)", killed=True)
        assert isinstance(sandbox.parse_feed(rss(), FEED), ParsedFeed)


def test_a_sandbox_without_a_body_starts_nothing():
    before = processes_of(os.getpid())
    with Sandbox(Settings()):
        assert processes_of(os.getpid()) == before


def busiest(pids):
    """The process that is computing, once one is."""
    spent = {}

    def ticks(pid):
        return int(Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[11])

    start = {pid: ticks(pid) for pid in pids}

    def one_is_busy():
        spent.update({pid: ticks(pid) - start[pid] for pid in pids})
        return max(spent.values()) > 30

    wait_until(one_is_busy)
    return max(spent, key=spent.get)


def test_nothing_is_left_running_even_where_a_body_is_still_parsed():
    sandbox = Sandbox(Settings(parse_timeout=60))
    with sandbox:
        sandbox.submit(Job.feed(POISON, FEED))
        wait_until(lambda: processes_of(sandbox.pid))
        family = [sandbox.pid, *processes_of(sandbox.pid)]
    wait_until(lambda: not any(alive(pid) for pid in family))


def alive(pid):
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


OWNER = """
import sys, time
from casualties.model import Feed
from casualties.sandbox import Job, Sandbox
from casualties.settings import Settings
with Sandbox(Settings(parse_timeout=60)) as sandbox:
    feed = Feed(feed_id="f", url="https://paper.example/rss", title="", publisher="")
    sandbox.submit(Job.feed(sys.stdin.buffer.read(), feed))
    print(sandbox.pid, flush=True)
    time.sleep(60)
"""


def test_the_child_dies_with_an_owner_that_is_killed():
    owner = subprocess.Popen([sys.executable, "-c", OWNER], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    owner.stdin.write(POISON)
    owner.stdin.close()
    child = int(owner.stdout.readline())
    wait_until(lambda: processes_of(child))
    family = [child, *processes_of(child)]
    owner.kill()
    owner.wait()
    owner.stdout.close()
    wait_until(lambda: not any(alive(pid) for pid in family))


def test_a_child_that_is_gone_is_an_error_and_not_a_wait():
    with Sandbox(Settings()) as sandbox:
        future = sandbox.submit(Job.feed(POISON, FEED))
        os.kill(sandbox.pid, signal.SIGKILL)
        with pytest.raises(SandboxError):
            future.result(10)
        wait_until(lambda: sandbox.ended)
        with pytest.raises(SandboxError):
            sandbox.parse_feed(rss(), FEED)


def test_the_parser_sees_no_secrets_and_no_stray_modules(tmp_path, monkeypatch):
    monkeypatch.setenv("AIRFLOW__DATABASE__SQL_ALCHEMY_CONN", "postgresql://user:word@db/airflow")
    (tmp_path / "feedparser.py").write_text("raise SystemExit('a stray module')")
    with elsewhere(tmp_path), Sandbox(Settings()) as sandbox:
        assert isinstance(sandbox.parse_feed(rss(), FEED), ParsedFeed)
        for pid in [sandbox.pid, *processes_of(sandbox.pid)]:
            assert b"user:word" not in Path(f"/proc/{pid}/environ").read_bytes()


def test_it_works_below_a_process_that_may_have_no_children():
    """As a Celery worker's tasks are: multiprocessing refuses children to daemons."""
    script = """
import multiprocessing
from casualties.model import Feed
from casualties.sandbox import Sandbox
from casualties.settings import Settings
def task():
    with Sandbox(Settings()) as sandbox:
        feed = Feed(feed_id="f", url="https://paper.example/rss", title="", publisher="")
        body = b"<rss><channel><item><link>http://a.example/</link></item></channel></rss>"
        print(len(sandbox.parse_feed(body, feed).entries))
if __name__ == "__main__":
    process = multiprocessing.get_context("fork").Process(target=task, daemon=True)
    process.start()
    process.join()
"""
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, timeout=60, check=True)
    assert (done.stdout.strip(), done.stderr) == ("1", "")


@pytest.mark.parametrize(("header", "body"), [({}, b""), ({"id": 1, "x": "ü\n"}, b"\x00\xff" * 1000)])
def test_a_frame_comes_out_as_it_went_in(header, body):
    pipe = BytesIO()
    write_frame(pipe, header, body)
    write_frame(pipe, header, body)
    pipe.seek(0)
    assert [read_frame(pipe) for _ in range(3)] == [(header, body), (header, body), None]


def test_a_frame_that_is_cut_off_is_the_end_and_an_absurd_one_an_error():
    pipe = BytesIO()
    write_frame(pipe, {"id": 1}, b"body")
    assert read_frame(BytesIO(pipe.getvalue()[:-1])) is None
    with pytest.raises(ValueError, match="frame of"):
        read_frame(BytesIO(b"\xff" * 100))
