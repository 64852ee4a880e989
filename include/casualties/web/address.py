"""Which addresses may be visited: public ones, and what the operator has allowed.

Names prove nothing (they resolve to whatever their owner likes, and to something else a moment later), so the judge
stands where the socket is made: :func:`vetted_socket` is the connector's socket factory and sees the final address of
every connection, however it was written.
"""

import errno
import ipaddress
import socket
from typing import Any

from yarl import URL

IPAddress = ipaddress.IPv4Address | ipaddress.IPv6Address

# 2000::/3 is all that IANA has given out as global unicast; the rest of IPv6 is local, reserved or translation.
_GLOBAL_V6 = ipaddress.IPv6Network("2000::/3")
_NAT64 = ipaddress.IPv6Network("64:ff9b::/96")  # RFC 6052: the IPv4 address is the last 32 bits
_REFUSED = tuple(
    ipaddress.ip_network(network)
    for network in (
        "100.64.0.0/10",  # shared by carriers, RFC 6598; also a metadata address of Alibaba Cloud
        "168.63.129.16/32",  # metadata and DNS of Azure, although of a public block
        "192.88.99.0/24",  # 6to4 relays, RFC 7526
        "2001::/23",  # Teredo and other protocol assignments, RFC 2928
        "2001:db8::/32",  # documentation
        "2002::/16",  # 6to4: carries any IPv4 address, RFC 7526
        "3fff::/20",  # documentation, RFC 9637
    )
)


class ForbiddenAddressError(OSError):
    """A connection to an address that must not be visited. An OSError, since that is what a connector expects."""

    NUMBER = errno.EACCES

    def __init__(self, address: str, why: str) -> None:
        super().__init__(self.NUMBER, f"{address} is {why}")


def why_forbidden(address: str) -> str | None:
    """Why an IP address (its text, as the socket will get it) must not be visited; None where it may."""
    try:
        ip: IPAddress = ipaddress.ip_address(address.split("%")[0])
    except ValueError:
        return "not an address"
    if isinstance(ip, ipaddress.IPv6Address):
        embedded = ip.ipv4_mapped or (ipaddress.IPv4Address(int(ip) & 0xFFFFFFFF) if ip in _NAT64 else None)
        if embedded is not None:
            return why_forbidden(str(embedded))
    if ip.is_loopback:
        return "loopback"
    if ip.is_link_local:
        return "link-local"
    if ip.is_unspecified or ip.is_multicast:
        return "no host"
    if not ip.is_global or any(ip.version == net.version and ip in net for net in _REFUSED):
        return "not public"
    if isinstance(ip, ipaddress.IPv6Address) and ip not in _GLOBAL_V6:
        return "not public"
    return None


def vetted_socket(addr_info: tuple[Any, ...]) -> socket.socket:
    """aiohttp's ``socket_factory``: a socket for ``(family, type, proto, name, address)``.

    Raises :class:`ForbiddenAddressError` before anything is sent.
    """
    family, kind, proto, _, address = addr_info
    if why := why_forbidden(address[0]):
        raise ForbiddenAddressError(address[0], why)
    return socket.socket(family=family, type=kind, proto=proto)


def is_allowed(url: URL, allowed: frozenset[str]) -> bool:
    """True where the operator's list holds the URL's ``host`` or ``host:port`` as it is written there."""
    host = (url.host or "").lower()
    names = {host, f"[{host}]"} if ":" in host else {host}
    return any(name in allowed or f"{name}:{url.port}" in allowed for name in names)
