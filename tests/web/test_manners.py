"""robots.txt, spacing, and hosts that ask to be left alone."""

import asyncio
import os
import time
from datetime import UTC, datetime

import pytest
from tests.web.faultserver import FaultServer
from yarl import URL

from casualties.settings import Settings
from casualties.web import address
from casualties.web.fetch import Client
from casualties.web.hosts import HostBusyError, HostGate
from casualties.web.response import FetchStatus, Response
from casualties.web.robots import read_rules

NOW = datetime(2025, 11, 10, 12, tzinfo=UTC)


def answer(body=b"", status=FetchStatus.OK, http_status=200, headers=()):
    return Response(url="u", final_url="u", status=status, http_status=http_status, body=body, headers=headers)


def get_all(urls, *, timeout=2.0, **more):
    async def work():
        async with Client(Settings(**more)) as client:
            return await asyncio.gather(*(client.get(url, max_bytes=10_000, timeout=timeout) for url in urls))

    return asyncio.run(work())


@pytest.fixture
def loopback_is_public(monkeypatch):
    """So that the manners for strangers can be seen on loopback."""
    monkeypatch.setattr(address, "why_forbidden", lambda _: None)


def test_robots_txt_is_obeyed_and_asked_for_once():
    with FaultServer(robots=b"User-agent: *\nDisallow: /archive/\nAllow: /archive/open\n") as server:
        paths = ["/news", "/archive/1", "/archive/open", "/archive/2?x=1"]
        responses = get_all([server.url(path) for path in paths], allow_hosts=server.host)
        assert [r.status for r in responses] == ["ok", "robots", "ok", "robots"]
        assert server.requests["/robots.txt"] == 1
        assert server.requests["/archive/1"] == 0
    assert responses[1].error == "robots.txt forbids /archive/1"


def test_a_rule_for_us_goes_before_the_rule_for_all():
    with FaultServer(robots=b"User-agent: *\nDisallow: /\n\nUser-agent: casualties\nDisallow: /private\n") as server:
        responses = get_all([server.url("/news"), server.url("/private")], allow_hosts=server.host)
    assert [r.status for r in responses] == ["ok", "robots"]


def test_a_redirect_to_a_page_that_robots_txt_forbids_is_not_followed():
    with FaultServer(robots=b"User-agent: *\nDisallow: /hidden\n") as server:
        server.redirect("/open", "/hidden")
        [response] = get_all([server.url("/open")], allow_hosts=server.host)
        assert (response.status, server.requests["/hidden"]) == ("robots", 0)


def test_a_server_that_fails_on_robots_txt_is_not_asked_for_more():
    with FaultServer(robots=b"HTTP/1.1 503 Busy\r\nContent-Length: 0\r\nConnection: close\r\n\r\n") as server:
        [response] = get_all([server.url("/news")], allow_hosts=server.host)
        assert (response.status, server.requests["/news"]) == ("robots", 0)


def test_robots_txt_of_strangers_is_kept_for_a_day(loopback_is_public, tmp_path):
    with FaultServer(robots=b"User-agent: *\nDisallow: /closed\n") as server:
        for _ in range(3):
            [response] = get_all([server.url("/closed")])
            assert response.status == "robots"
        assert server.requests["/robots.txt"] == 1
        [kept] = tmp_path.glob("robots/*.txt")
        os.utime(kept, (0, 0))
        get_all([server.url("/closed")])
        assert server.requests["/robots.txt"] == 2


def test_the_lack_of_a_robots_txt_is_kept_and_its_failure_is_not(loopback_is_public):
    for robots, requests in ((None, 1), (b"HTTP/1.1 500 Oops\r\nContent-Length: 0\r\nConnection: close\r\n\r\n", 2)):
        with FaultServer(robots=robots) as server:
            for _ in range(2):
                get_all([server.url("/good")], host_delay=0.01)
            assert server.requests["/robots.txt"] == requests


@pytest.mark.parametrize("status", [401, 403, 404, 410, 429])
def test_a_client_error_on_robots_txt_means_no_rules(status):
    assert read_rules(answer(status=FetchStatus.HTTP_ERROR, http_status=status)).allows(URL("http://a.example/x"), "us")


def test_a_host_that_cannot_be_had_is_unreachable_and_not_said_to_forbid():
    [response] = get_all(["http://127.0.0.1:1/news"], allow_hosts="127.0.0.1")
    assert response.status == "unreachable"


@pytest.mark.parametrize(("asked", "delay"), [(b"2.5", 2.5), (b"86400", 60.0), (b"-3", 0.0), (b"soon", 0.0)])
def test_a_crawl_delay_is_taken_up_to_a_minute(asked, delay):
    rules = read_rules(answer(b"User-agent: *\nCrawl-delay: " + asked + b"\n"))
    assert rules.crawl_delay("casualties/1") == delay


def test_a_hostile_robots_txt_costs_little():
    storm = b"User-agent: *\n" + b"Disallow: /" + b"*a" * 200 + b"$\n"
    rules = read_rules(answer(storm * 100))
    start = time.monotonic()
    rules.allows(URL("http://a.example/" + "a" * 200), "casualties/1")
    assert time.monotonic() - start < 1


def test_requests_to_one_host_are_spaced_by_its_crawl_delay(loopback_is_public):
    with FaultServer(robots=b"User-agent: *\nCrawl-delay: 0.2\n") as server:
        get_all([server.url(f"/good?{n}") for n in range(4)], host_delay=0.05, allow_hosts="")
        gaps = [b - a for a, b in zip(server.times, server.times[1:], strict=False)]
    assert len(gaps) == 4
    assert min(gaps[1:]) > 0.15


def test_hosts_of_the_operator_are_not_spaced():
    with FaultServer() as server:
        start = time.monotonic()
        get_all([server.url(f"/good?{n}") for n in range(10)], host_delay=5, allow_hosts=server.host)
        assert time.monotonic() - start < 2


def test_a_host_that_says_too_many_requests_gets_no_more(loopback_is_public):
    """Its Retry-After is longer than a request may wait for its turn."""
    with FaultServer() as server:

        async def work():
            async with Client(Settings(host_delay=0.01, host_concurrency=1), patience=1) as client:
                return [
                    await client.get(server.url(path), max_bytes=1000, timeout=2)
                    for path in ("/good", "/is-busy", "/good?1", "/good?2")
                ]

        responses = asyncio.run(work())
        assert [r.status for r in responses] == ["ok", "http_error", "timeout", "timeout"]
        assert server.requests["/good?1"] == 0
    assert "its turn would come after" in responses[2].error


def test_waiting_for_a_turn_does_not_count_as_the_servers_time(loopback_is_public):
    with FaultServer() as server:
        responses = get_all([server.url(f"/good?{n}") for n in range(4)], host_delay=0.2, timeout=0.3)
    assert {r.status for r in responses} == {"ok"}


def test_a_host_spread_over_batches_is_spaced_by_all_of_them(loopback_is_public):
    with FaultServer() as server:

        async def work():
            async with Client(Settings(host_delay=0.05)) as client:
                client.share("127.0.0.1", 4)
                for n in range(3):
                    await client.get(server.url(f"/good?{n}"), max_bytes=1000, timeout=2)

        asyncio.run(work())
        assert min(b - a for a, b in zip(server.times, server.times[1:], strict=False)) > 0.15


def test_only_so_many_requests_are_at_one_host_at_a_time():
    async def work():
        gate, inside, most = HostGate(2, 0.0), 0, 0

        async def visit():
            nonlocal inside, most
            async with gate.turn():
                inside += 1
                most = max(most, inside)
                await asyncio.sleep(0.01)
                inside -= 1

        await asyncio.gather(*(visit() for _ in range(8)))
        return most

    assert asyncio.run(work()) == 2


def test_a_turn_that_would_come_too_late_is_refused_at_once():
    async def work():
        gate = HostGate(1, 100.0, patience=1.0)
        async with gate.turn():
            pass
        start = time.monotonic()
        with pytest.raises(HostBusyError):
            async with gate.turn():
                pass
        return time.monotonic() - start

    assert asyncio.run(work()) < 0.5


@pytest.mark.parametrize(
    ("value", "seconds"),
    [
        ("120", 120),
        ("0", 0),
        ("Mon, 10 Nov 2025 12:30:00 GMT", 1800),
        ("Mon, 10 Nov 2025 11:30:00 GMT", 0),
        ("99999999999999999999", 999_999_999),
        ("-5", None),
        ("soon", None),
        ("", None),
        ("٣", None),
    ],
)
def test_retry_after_is_a_number_or_a_date(value, seconds):
    assert answer(headers=(("Retry-After", value),)).retry_after(NOW) == seconds


@pytest.mark.parametrize(
    ("value", "seconds"),
    [("max-age=300", 300), ("Public, Max-Age=60", 60), ('max-age="5"', 5), ("no-store", None), ("max-age=x", None)],
)
def test_max_age_is_read_from_cache_control(value, seconds):
    assert answer(headers=(("cache-control", value),)).max_age() == seconds
