"""``casualties doctor``: is this set-up sound? Each check says what is wrong and what to do about it."""

import json
import os
import re
import socket
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from casualties.errors import CasualtiesError
from casualties.model import WRITER_POOL
from casualties.settings import PROJECT, Settings

UI_PORT = 8080
PINNED = ("apache-airflow", "feedparser", "trafilatura", "duckdb", "great-expectations")


class Health(StrEnum):
    GOOD = "good"
    NOTE = "note"  # works, but should be known
    BAD = "bad"


@dataclass(frozen=True, slots=True)
class Finding:
    """What one check found; ``advice`` is what to do, empty where all is well."""

    health: Health
    what: str
    words: str
    advice: str = ""


def examine(settings: Settings) -> Iterator[Finding]:
    """Run all checks, cheapest first; a check that breaks is itself a bad finding."""
    checks: tuple[Callable[[Settings], Finding], ...] = (
        python,
        packages,
        gazetteer,
        data_folder,
        feed_list,
        contact,
        warehouse,
        sandbox,
        ui_port,
        writer_pool,
    )
    for check in checks:
        try:
            yield check(settings)
        except (CasualtiesError, OSError, subprocess.SubprocessError) as error:
            yield Finding(Health.BAD, check.__name__.replace("_", " "), str(error), "see the message")


def python(settings: Settings) -> Finding:
    found = ".".join(map(str, sys.version_info[:3]))
    if (3, 11) <= sys.version_info < (3, 14):
        return Finding(Health.GOOD, "Python", found)
    return Finding(Health.BAD, "Python", f"{found} is not supported", "use 3.11 to 3.13: make setup PYTHON=python3.11")


def packages(settings: Settings) -> Finding:
    locked = {}
    for line in (PROJECT / "requirements.txt").read_text().splitlines():
        name, separator, rest = line.partition("==")
        if separator and not line.startswith(" "):
            locked[name] = rest.split()[0]
    wrong = []
    for name in PINNED:
        try:
            found = version(name)
        except PackageNotFoundError:
            found = "absent"
        if found != locked[name]:
            wrong.append(f"{name} {found}, locked {locked[name]}")
    if wrong:
        return Finding(Health.BAD, "packages", "; ".join(wrong), "make setup")
    return Finding(Health.GOOD, "packages", "as locked")


def gazetteer(settings: Settings) -> Finding:
    if settings.gazetteer.exists():
        return Finding(Health.GOOD, "gazetteer", str(settings.gazetteer))
    advice = "python -m casualties.events.gazetteer.build (make setup does it)"
    return Finding(Health.BAD, "gazetteer", f"{settings.gazetteer} is absent: no place can be resolved", advice)


def data_folder(settings: Settings) -> Finding:
    settings.data_dir.mkdir(parents=True, exist_ok=True)
    with tempfile.NamedTemporaryFile(dir=settings.data_dir):
        free = os.statvfs(settings.data_dir)
    gigabytes = free.f_bavail * free.f_frsize / 1e9
    if gigabytes < 2:
        return Finding(Health.BAD, "data folder", f"{gigabytes:.1f} GB left in {settings.data_dir}", "free some space")
    return Finding(Health.GOOD, "data folder", f"{settings.data_dir}, {gigabytes:.0f} GB free")


def feed_list(settings: Settings) -> Finding:
    from casualties.pipeline import read_feed_list

    feeds = read_feed_list(settings.feeds, settings)
    if not feeds:
        return Finding(Health.BAD, "feeds", f"{settings.feeds} lists none", "add an outline with an xmlUrl")
    return Finding(Health.GOOD, "feeds", f"{len(feeds)} in {settings.feeds}")


def contact(settings: Settings) -> Finding:
    if settings.contact:
        return Finding(Health.GOOD, "contact", settings.contact)
    advice = "set CASUALTIES_CONTACT to an address, so that a publisher writes before blocking you"
    return Finding(Health.NOTE, "contact", "the User-Agent names no contact", advice)


def warehouse(settings: Settings) -> Finding:
    from casualties.warehouse import open_warehouse

    if not settings.warehouse.exists():
        return Finding(Health.NOTE, "warehouse", f"{settings.warehouse} does not exist yet", "the first run makes it")
    with open_warehouse(settings.warehouse, read_only=True, lock_timeout=1.0):
        return Finding(Health.GOOD, "warehouse", f"{settings.warehouse} opens")


def sandbox(settings: Settings) -> Finding:
    from casualties.model import Feed, Unparsed, key
    from casualties.sandbox import Sandbox

    url = "http://127.0.0.1/doctor.xml"
    item = "<item><title>A title</title><link>http://127.0.0.1/story</link></item>"
    body = f"<rss version='2.0'><channel><title>A feed</title>{item}</channel></rss>".encode()
    with Sandbox(settings) as running:
        parsed = running.parse_feed(body, Feed(feed_id=key(url), url=url, title="", publisher=""))
    if isinstance(parsed, Unparsed):
        advice = "see CASUALTIES_PARSE_MEMORY and CASUALTIES_PARSE_TIMEOUT"
        return Finding(Health.BAD, "sandbox", f"cannot parse a feed of one entry: {parsed.reason}", advice)
    return Finding(Health.GOOD, "sandbox", "parses, in processes that can be killed")


def ui_port(settings: Settings) -> Finding:
    with socket.socket() as probe:
        if probe.connect_ex(("127.0.0.1", UI_PORT)):
            return Finding(Health.GOOD, "port", f"{UI_PORT} is free for the Airflow UI")
    return Finding(Health.NOTE, "port", f"something listens on {UI_PORT}", "fine if it is `make up`; else stop it")


def writer_pool(settings: Settings) -> Finding:
    home = Path(os.environ.get("AIRFLOW_HOME", settings.data_dir / "airflow"))
    if not (home / "airflow.db").exists() and "AIRFLOW__DATABASE__SQL_ALCHEMY_CONN" not in os.environ:
        return Finding(Health.NOTE, "pool", f"no Airflow database in {home} yet", "make up (or make run) makes it")
    airflow = [str(Path(sys.executable).with_name("airflow")), "pools", "list", "--output", "json"]
    done = subprocess.run(
        airflow, env={**os.environ, "AIRFLOW_HOME": str(home)}, capture_output=True, text=True, timeout=120, check=False
    )
    printed = re.search(r"^\[\{.*\}\]$", done.stdout, re.MULTILINE)  # among what Airflow logs
    if done.returncode or printed is None:
        return Finding(
            Health.BAD, "pool", f"airflow pools list failed: {done.stderr.strip()[-200:]}", "see the message"
        )
    slots = {pool["pool"]: int(pool["slots"]) for pool in json.loads(printed[0])}
    if slots.get(WRITER_POOL) == 1:
        return Finding(Health.GOOD, "pool", f"{WRITER_POOL} has 1 slot")
    advice = f"airflow pools set {WRITER_POOL} 1 'the one writer': tasks that name a missing pool wait for ever"
    return Finding(Health.BAD, "pool", f"{WRITER_POOL} has {slots.get(WRITER_POOL, 'no')} slots, needs 1", advice)
