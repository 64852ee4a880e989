"""No connection ever goes to an address that must not be visited, however it is written, named or redirected to."""

import asyncio
import socket

import pytest
from aiohttp.abc import AbstractResolver
from tests.web.faultserver import FaultServer
from yarl import URL

from casualties.settings import Settings
from casualties.web import address
from casualties.web.address import is_allowed, why_forbidden
from casualties.web.fetch import Client


class FakeResolver(AbstractResolver):
    """Names with the addresses we give them; a list of lists answers otherwise each time, as a rebinding name does."""

    def __init__(self, names):
        self.names = names
        self.asked = 0

    async def resolve(self, host, port=0, family=socket.AF_INET):
        addresses = self.names[host]
        if isinstance(addresses[0], list):
            addresses = addresses[min(self.asked, len(addresses) - 1)]
        self.asked += 1
        return [{"hostname": host, "host": a, "port": port, "family": 0, "proto": 0, "flags": 0} for a in addresses]

    async def close(self):
        pass


# PORT is the canary's; it listens on the loopback addresses of both families and counts whoever connects.
WRITTEN = [
    "http://127.0.0.1:PORT/",
    "http://127.0.0.2:PORT/",
    "http://127.1:PORT/",
    "http://127.0.1:PORT/",
    "http://2130706433:PORT/",
    "http://017700000001:PORT/",
    "http://0177.0.0.1:PORT/",
    "http://0x7f000001:PORT/",
    "http://0x7f.0.0.1:PORT/",
    "http://0x7f.1:PORT/",
    "http://127.0.0.1.:PORT/",
    "http://0:PORT/",
    "http://0.0.0.0:PORT/",
    "http://①②⑦.⓪.⓪.①:PORT/",
    "http://127。0。0。1:PORT/",
    "http://[::1]:PORT/",
    "http://[::]:PORT/",
    "http://[0:0:0:0:0:0:0:1]:PORT/",
    "http://[::ffff:127.0.0.1]:PORT/",
    "http://[::ffff:7f00:1]:PORT/",
    "http://[::127.0.0.1]:PORT/",
    "http://[64:ff9b::127.0.0.1]:PORT/",
    "http://[2002:7f00:1::]:PORT/",
    "http://[::1%25lo]:PORT/",
    "http://localhost:PORT/",
    "http://LOCALHOST:PORT/",
    "http://localhost.:PORT/",
    "http://user:word@127.0.0.1:PORT/",
    "http://public.example@127.0.0.1:PORT/",
    "http://127.0.0.1:PORT#@public.example/",
    "http://127.0.0.1:PORT\\@public.example/",
    "https://127.0.0.1:PORT/",
    "ftp://127.0.0.1:PORT/",
    "gopher://127.0.0.1:PORT/",
    "file:///etc/passwd",
    "//127.0.0.1:PORT/",
]
NAMED = {
    "loopback.example": ["127.0.0.1"],
    "mapped.example": ["::ffff:127.0.0.1"],
    "six.example": ["::1"],
    "mixed.example": ["127.0.0.1", "::1"],
    "any.example": ["0.0.0.0"],
    "rebinding.example": [["127.0.0.1"], ["127.0.0.1"]],
}
REDIRECTS = [
    "http://127.0.0.1:PORT/",
    "http://localhost:PORT/",
    "http://2130706433:PORT/",
    "http://[::ffff:127.0.0.1]:PORT/",
    "//127.0.0.2:PORT/",
    "http://loopback.example:PORT/",
]


@pytest.fixture
def canary():
    """A listener on every loopback address, and a function that tells how many connections it has had."""
    listener = socket.socket(socket.AF_INET6)
    listener.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, 0)
    listener.bind(("::", 0))
    listener.listen(100)
    listener.setblocking(False)

    def connections():
        count = 0
        while True:
            try:
                listener.accept()[0].close()
            except BlockingIOError:
                return count
            count += 1

    with listener:
        yield listener.getsockname()[1], connections


def get_all(urls, *, allow="", resolver=None):
    async def work():
        settings = Settings(allow_hosts=allow, host_delay=0.01)
        async with Client(settings, resolver=resolver) as client:
            return [await client.get(url, max_bytes=1000, timeout=1) for url in urls]

    return asyncio.run(work())


def test_the_canary_sings_when_it_is_visited(canary):
    port, connections = canary
    get_all([f"http://127.0.0.1:{port}/"], allow="127.0.0.1")
    assert connections() > 0


def test_no_way_of_writing_a_loopback_address_reaches_it(canary):
    port, connections = canary
    responses = get_all([url.replace("PORT", str(port)) for url in WRITTEN])
    assert connections() == 0
    assert {(r.url, r.status) for r in responses if r.status not in ("forbidden_address", "unreachable")} == set()


def test_no_name_that_resolves_to_loopback_reaches_it(canary):
    port, connections = canary
    responses = get_all([f"http://{name}:{port}/" for name in NAMED], resolver=FakeResolver(NAMED))
    assert connections() == 0
    assert {r.status for r in responses} == {"forbidden_address"}


def test_a_name_that_turns_to_loopback_after_it_was_looked_up_reaches_nothing(canary, monkeypatch):
    """Rebinding: the name is public (here 127.0.0.2 plays that part) until its owner answers otherwise."""
    port, connections = canary
    monkeypatch.setattr(address, "why_forbidden", lambda a: None if a == "127.0.0.2" else why_forbidden(a))
    resolver = FakeResolver({"turns.example": [["127.0.0.2"], ["127.0.0.1"]]})
    with FaultServer(address="127.0.0.2") as server:
        urls = [server.url("/good").replace("127.0.0.2", "turns.example"), f"http://turns.example:{port}/"]
        responses = get_all(urls, resolver=resolver)
    assert [r.status for r in responses] == ["ok", "forbidden_address"]
    assert connections() == 0


def test_no_redirect_reaches_loopback(canary):
    port, connections = canary
    with FaultServer() as server:
        for target in REDIRECTS:
            server.redirect(f"/to{len(server.redirects)}", target.replace("PORT", str(port)))
        urls = [server.url(path) for path in server.redirects]
        names = FakeResolver(NAMED | {"localhost": ["127.0.0.1"]})
        responses = get_all(urls, allow=server.host, resolver=names)
        assert all(server.requests[path] == 1 for path in server.redirects)
    assert connections() == 0
    assert {r.status for r in responses} == {"forbidden_address"}


FORBIDDEN = """
    0.0.0.0 10.1.2.3 100.64.0.1 100.100.100.200 127.0.0.1 127.255.255.254 168.63.129.16 169.254.169.254
    172.16.0.1 172.31.255.255 192.0.0.1 192.0.2.1 192.168.1.1 192.88.99.1 198.18.0.1 198.51.100.1 203.0.113.1
    224.0.0.1 240.0.0.1 255.255.255.255 :: ::1 ::10.0.0.1 ::ffff:10.0.0.1 ::ffff:169.254.169.254
    64:ff9b::10.0.0.1 64:ff9b:1::1 100::1 2001::1 2001:db8::1 2002:a00:1:: 3fff::1 5f00::1 fc00::1
    fd00:ec2::254 fe80::1 fe80::1%eth0 fec0::1 ff02::1 nonsense
"""


@pytest.mark.parametrize("written", FORBIDDEN.split())
def test_addresses_that_must_not_be_visited(written):
    assert why_forbidden(written)


@pytest.mark.parametrize(
    "written",
    ["1.1.1.1", "8.8.8.8", "151.101.0.81", "2606:4700::1111", "2a04:4e42::81", "::ffff:8.8.8.8", "64:ff9b::808:808"],
)
def test_addresses_that_may_be_visited(written):
    assert why_forbidden(written) is None


@pytest.mark.parametrize(
    ("url", "allowed"),
    [
        ("http://127.0.0.1:8099/feed", True),
        ("http://127.0.0.1:8098/feed", False),
        ("http://Intranet.example/feed", True),
        ("http://intranet.example:81/feed", True),
        ("http://[::1]:8099/", True),
        ("http://127.0.0.1.public.example:8099/", False),
        ("http://127.0.0.1:80990/", None),
    ],
)
def test_the_operators_own_hosts_are_told_by_name_and_port(url, allowed):
    names = frozenset({"127.0.0.1:8099", "intranet.example", "[::1]:8099"})
    if allowed is None:
        with pytest.raises(ValueError, match=r"[Pp]ort"):
            URL(url)
    else:
        assert is_allowed(URL(url), names) is allowed
