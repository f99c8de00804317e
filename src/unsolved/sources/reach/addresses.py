"""Which addresses anybody on the internet may be at, and which are somebody's own network."""

import re
from collections.abc import Iterable
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address
from urllib.parse import urlsplit

_UNICAST = IPv6Network("2000::/3")  # all that is given out on the internet so far (RFC 4291)
_NAT64 = IPv6Network("64:ff9b::/96")  # stands for an address of version 4 (RFC 6052)
# Given out, and not reached by anybody: documentation (RFC 9637), the relays of 6to4 that are
# no more (RFC 7526), and what Python lets through of the protocols' own (RFC 6890).
_NOWHERE = tuple(map(IPv6Network, ("3fff::/20",)))
_NOWHERE_4 = tuple(map(IPv4Network, ("192.88.99.0/24", "192.0.0.0/24")))
_ISATAP = 0x5EFE  # stands before an address of version 4 (RFC 5214)
_OF_OUR_OWN = 0xFDFF_FFFF  # an identifier of ISATAP with its bit for "global" taken out
_LAST_32_BITS = 0xFFFF_FFFF
_PORTS = {"http": 80, "https": 443}

UNSAFE_PORTS = frozenset(
    int(port)
    for port in re.findall(
        r"\d+",
        """
    1 7 9 11 13 15 17 19 20 21 22 23 25 37 42 43 53 69 77 79 87 95 101 102 103 104 109 110 111
    113 115 117 119 123 135 137 139 143 161 179 389 427 465 512 513 514 515 526 530 531 532 540
    548 554 556 563 587 601 636 989 990 993 995 1719 1720 1723 2049 3659 4045 4190 5060 5061
    6000 6379 6566 6665 6666 6667 6668 6669 6679 6697 10080 11211
    """,
    )
)
"""Where other protocols listen, who might take a request for one of theirs (after
https://fetch.spec.whatwg.org/#port-blocking, with Redis and memcached)."""


def is_public(address: str) -> bool:
    """Whether an address is out on the internet and not on this machine or a private network.

    >>> is_public("93.184.216.34"), is_public("127.0.0.1"), is_public("169.254.169.254")
    (True, False, False)
    >>> is_public("::ffff:10.0.0.1"), is_public("64:ff9b::7f00:1"), is_public("fe80::1%eth0")
    (False, False, False)
    >>> is_public("2001:4860:4860::8888"), is_public("64:ff9b::8.8.8.8"), is_public("fec0::1")
    (True, True, False)
    """
    try:
        found = ip_address(address.partition("%")[0])
    except ValueError:
        return False
    if isinstance(found, IPv4Address):
        return _is_global(found)
    if found in _NAT64:
        return _is_global(_carried(found))
    in_place = found in _UNICAST and not any(found in network for network in _NOWHERE)
    # Pythons differ on 6to4 itself; an address of it leads where the one that it carries does.
    own = found.sixtofour or found
    told = (own, *(found.teredo or ()), _in_isatap(found))
    return in_place and all(_is_global(one) for one in told if one is not None)


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
    if isinstance(address, IPv4Address) and any(address in network for network in _NOWHERE_4):
        return False
    return address.is_global and not (
        address.is_multicast
        or address.is_private
        or address.is_reserved
        or address.is_loopback
        or address.is_link_local
        or address.is_unspecified
    )


def _carried(address: IPv6Address) -> IPv4Address:
    """Return the address of version 4 in the last bits of one of version 6."""
    return IPv4Address(int(address) & _LAST_32_BITS)


def _in_isatap(address: IPv6Address) -> IPv4Address | None:
    identifier = int(address) >> 32 & _OF_OUR_OWN
    return _carried(address) if identifier == _ISATAP else None
