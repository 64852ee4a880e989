"""One request with its redirects, and what is told of it."""

import asyncio
import os
import ssl
import subprocess
import sys

import pytest
from tests.web.faultserver import FEED, FaultServer

from casualties.settings import Settings
from casualties.web.fetch import MAX_REDIRECTS, Client


@pytest.fixture
def server():
    with FaultServer() as server:
        yield server


def get(server, path, allow="", **more):
    async def work():
        settings = Settings(allow_hosts=allow or server.host, contact="https://monitor.example/bot")
        async with Client(settings) as client:
            return await client.get(server.url(path), **{"max_bytes": 100_000, "timeout": 2, **more})

    return asyncio.run(work())


def chain(server, length, status="302 Found"):
    for n in range(length):
        server.redirect(f"/{n}", f"/{n + 1}" if n + 1 < length else "/good", status)


def test_the_body_headers_and_place_of_an_answer_are_told(server):
    response = get(server, "/is-gzip")
    assert (response.status, response.http_status, response.body) == ("ok", 200, FEED)
    assert response.header("content-TYPE") == "application/rss+xml"
    assert 0 < response.bytes < len(FEED)
    assert response.final_url == response.url == server.url("/is-gzip")


def test_five_redirects_are_followed_and_a_sixth_is_not(server):
    chain(server, MAX_REDIRECTS)
    assert get(server, "/0").status == "ok"
    chain(server, MAX_REDIRECTS + 1)
    assert get(server, "/0").status == "too_many_redirects"


def test_a_move_is_permanent_as_far_as_every_redirect_is(server):
    server.redirect("/old", "/new", "301 Moved Permanently")
    server.redirect("/new", "/today", "302 Found")
    response = get(server, "/old")
    assert response.moved_to == server.url("/new")
    assert response.final_url == server.url("/today")


def test_a_temporary_redirect_is_no_move(server):
    server.redirect("/now", "/old", "307 Temporary Redirect")
    server.redirect("/old", "/new", "308 Permanent Redirect")
    assert get(server, "/now").moved_to is None


@pytest.mark.parametrize("target", ["/a story", "/a%20story", "a story#part", "./x/../a story"])
def test_a_redirect_may_be_relative_and_badly_written(server, target):
    server.redirect("/from", target)
    assert get(server, "/from").final_url == server.url("/a%20story")


@pytest.mark.parametrize("target", ["http://[::1", "javascript:alert(1)", "data:text/html,x", "http://a:b:c/"])
def test_a_redirect_to_no_web_address_is_forbidden(server, target):
    server.redirect("/from", target)
    assert get(server, "/from").status == "forbidden_address"


def test_a_password_in_a_redirect_is_not_sent(server):
    server.redirect("/from", f"http://user:word@{server.host}/to")
    assert get(server, "/from").status == "ok"
    assert "authorization" not in server.last_request.lower()


def test_a_cookie_comes_back_within_one_exchange_and_to_its_host_alone(server):
    server.redirects["/wall"] = "/good\r\nSet-Cookie: seen=1; Path=/", "302 Found"
    get(server, "/wall")
    assert "Cookie: seen=1" in server.last_request
    get(server, "/good")
    assert "Cookie" not in server.last_request
    with FaultServer(address="127.0.0.2") as other:
        server.redirects["/wall"] = f"{other.url('/good')}\r\nSet-Cookie: seen=1; Path=/", "302 Found"
        get(server, "/wall", allow=f"{server.host},{other.host}")
        assert other.requests["/good"] == 1
        assert "Cookie" not in other.last_request


def test_we_say_who_we_are(server):
    get(server, "/good", etag='"e"', last_modified="Mon, 10 Nov 2025 10:00:00 GMT", accept="text/html")
    assert "User-Agent: casualties/" in server.last_request
    assert "(+https://monitor.example/bot)" in server.last_request
    assert 'If-None-Match: "e"' in server.last_request
    assert "If-Modified-Since: Mon, 10 Nov 2025 10:00:00 GMT" in server.last_request
    assert "Accept: text/html" in server.last_request


@pytest.mark.parametrize("etag", ['"a\r\nX-Evil: 1"', '"\udcff"', "x" * 100_000])
def test_a_validator_that_cannot_be_sent_back_costs_nothing(server, etag):
    assert get(server, "/good", etag=etag).status == "ok"
    assert "X-Evil: 1\r\n" not in server.last_request


def test_stray_bytes_in_headers_are_valid_text(server):
    server.redirect("/good", "", "200 \xff\xfe OK")
    response = get(server, "/good")
    response.reason.encode()
    str(response.headers).encode()


@pytest.mark.parametrize("url", ["", "no address", "http://", "http:///x", "http://a.example:99999/", "//a.example/"])
def test_no_address_at_all_is_forbidden(url):
    async def work():
        async with Client(Settings()) as client:
            return await client.get(url, max_bytes=1, timeout=1)

    assert asyncio.run(work()).status == "forbidden_address"


@pytest.mark.parametrize("host", ["a" * 70 + ".example", "-.example", "xn--a.example", "a..example", "ａ.invalid"])
def test_odd_names_are_statuses_too(host):
    async def work():
        async with Client(Settings(host_delay=0)) as client:
            return await client.get(f"http://{host}/", max_bytes=1, timeout=2)

    assert asyncio.run(work()).status in ("unreachable", "forbidden_address")


def test_a_certificate_is_always_verified(server):
    async def work():
        async with Client(Settings()) as client:
            return [session.connector._ssl for session in (client._public, client._private)]

    # True is aiohttp's context of ssl.create_default_context: certificate and name are checked.
    assert asyncio.run(work()) == [True, True]
    assert ssl.create_default_context().verify_mode == ssl.CERT_REQUIRED


BOMBS = ("/gzip-bomb", "/brotli-bomb", "/double-gzip-bomb", "/bomb-that-is-a-file", "/endless-body")
FETCH = """
import asyncio, re, sys
from pathlib import Path
from casualties.settings import Settings
from casualties.web.fetch import Client

async def work():
    settings = Settings()
    async with Client(settings) as client:
        gets = (client.get(url, max_bytes=settings.page_max_bytes, timeout=60) for url in sys.argv[1:])
        return await asyncio.gather(*gets)

answers = asyncio.run(work())
# Not ru_maxrss, which a child takes over from the process that started it.
(peak,) = re.findall(r"VmHWM:\\s+(\\d+) kB", Path("/proc/self/status").read_text())
print(*{answer.status.value for answer in answers}, int(peak) // 1024)
"""


def test_bombs_fetched_all_at_once_take_less_than_300_mb(server):
    command = [sys.executable, "-c", FETCH, *(server.url(path) for path in BOMBS)]
    env = os.environ | {"CASUALTIES_ALLOW_HOSTS": server.host}
    done = subprocess.run(command, env=env, capture_output=True, text=True, check=True)
    status, megabytes = done.stdout.split()
    assert status == "too_large"
    assert int(megabytes) < 300


def test_a_client_that_is_left_early_leaves_nothing_behind(server):
    async def work():
        async with Client(Settings(allow_hosts=server.host)) as client:
            asyncio.create_task(client.get(server.url("/never-answers"), max_bytes=1, timeout=60))  # noqa: RUF006
            await asyncio.sleep(0.1)

    asyncio.run(asyncio.wait_for(work(), 5))
