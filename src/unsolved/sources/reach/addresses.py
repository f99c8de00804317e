"""Which addresses anybody on the internet may be at, and which are somebody's own network."""

from collections.abc import Iterable
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address
from urllib.parse import urlsplit

# Addresses that carry an IPv4 address in their last bits, and so lead wherever that leads:
# NAT64 (RFC 6052, RFC 8215), IPv4-compatible (RFC 4291) and IPv4-translated (RFC 2765).
_CARRIERS = tuple(
    IPv6Network(network)
    for network in ("64:ff9b::/96", "64:ff9b:1::/48", "::/96", "::ffff:0:0:0/96")
)
_LAST_32_BITS = 0xFFFF_FFFF
_PORTS = {"http": 80, "https": 443}


def is_public(address: str) -> bool:
    """Whether an address is out on the internet and not on this machine or a private network.

    >>> is_public("93.184.216.34"), is_public("127.0.0.1"), is_public("169.254.169.254")
    (True, False, False)
    >>> is_public("::ffff:10.0.0.1"), is_public("64:ff9b::7f00:1"), is_public("fe80::1%eth0")
    (False, False, False)
    """
    try:
        found = ip_address(address.partition("%")[0])
    except ValueError:
        return False
    return all(_is_global(one) for one in (found, *_carried(found)))


def named_in(texts: Iterable[str]) -> frozenset[str]:
    """Return the ``host:port`` that texts name, as addresses of the web or bare.

    >>> sorted(named_in(["http://localhost:8080/x", "imap.corp.example:993", "a word"]))
    ['imap.corp.example:993', 'localhost:8080']
    """
    found = set()
    for text in texts:
        for word in text.split(","):
            told = word.strip()
            try:
                parts = urlsplit(told if "://" in told else f"//{told}")
                port = parts.port or _PORTS.get(parts.scheme)
            except ValueError:
                continue
            if parts.hostname and port:
                found.add(f"{parts.hostname.casefold()}:{port}")
    return frozenset(found)


def _is_global(address: IPv4Address | IPv6Address) -> bool:
    return address.is_global and not (
        address.is_multicast
        or address.is_private
        or address.is_reserved
        or address.is_loopback
        or address.is_link_local
        or address.is_unspecified
    )


def _carried(address: IPv4Address | IPv6Address) -> tuple[IPv4Address, ...]:
    """Return the addresses of version 4 that one of version 6 stands for."""
    if isinstance(address, IPv4Address):
        return ()
    told = [address.ipv4_mapped, address.sixtofour, *(address.teredo or ())]
    if any(address in network for network in _CARRIERS):
        told.append(IPv4Address(int(address) & _LAST_32_BITS))
    return tuple(one for one in told if one is not None)
