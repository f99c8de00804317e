"""Tells the organisation's domain in an address: what it registered, and no mailbox for all.

Addresses are cut by the public suffix list that comes with tldextract; nothing is fetched.
"""

import re
from collections.abc import Callable
from functools import cache
from ipaddress import ip_address
from pathlib import Path

LONGEST = 253  # RFC 1035, 2.3.4
_LIST = Path(__file__).with_name("free_mail.txt")
_LABEL = re.compile(r"(?!-)[a-z0-9_-]{1,63}(?<!-)")
_DOTS = str.maketrans("\u3002\uff0e\uff61", "...")  # what IDNA takes for a dot (RFC 3490, 3.1)

FREE_MAIL: frozenset[str] = frozenset(
    line.strip()
    for line in _LIST.read_text("utf-8").splitlines()
    if line.strip() and not line.startswith("#")
)


def organisation_domain(address_or_host: str) -> str | None:
    """Return the domain that an organisation registered, from an e-mail, a host or a URL.

    None where it is no domain, and where anybody can have an address (`FREE_MAIL`). Letters
    beyond ASCII come out as they stand in the DNS (``xn--…``).

    >>> organisation_domain("Ann.Lee@mail.Acme.co.uk")
    'acme.co.uk'
    >>> organisation_domain("https://www.acme.com:8443/about?x=1")
    'acme.com'
    >>> organisation_domain("ann@gmail.com"), organisation_domain("10.0.0.1")
    (None, None)
    """
    domain = _registered(_host(address_or_host))
    return None if domain is None or domain in FREE_MAIL else domain


def is_free_mail(domain: str) -> bool:
    """Whether anybody can have an address at a domain, or at one above it.

    >>> is_free_mail("GMail.com"), is_free_mail("mx.web.de"), is_free_mail("acme.com")
    (True, True, False)
    """
    host = _host(domain)
    return host in FREE_MAIL or _registered(host) in FREE_MAIL


def _host(told: str) -> str:
    """Return the host in an address as the DNS has it, or nothing."""
    rest = told.strip().strip("<>").partition("://")
    host = re.split(r"[/?#\\]", rest[2] or rest[0], maxsplit=1)[0].rpartition("@")[2]
    host = host.partition(":")[0].translate(_DOTS).strip().rstrip(".").casefold()
    if not host or len(host) > LONGEST or host.isascii():
        return host if len(host) <= LONGEST else ""
    try:
        return host.encode("idna").decode("ascii")
    except UnicodeError:
        return ""


def _registered(host: str) -> str | None:
    if not host or not all(_LABEL.fullmatch(label) for label in host.split(".")):
        return None
    try:
        ip_address(host)
    except ValueError:
        return _cut()(host)
    return None


@cache
def _cut() -> Callable[[str], str | None]:
    """Return what cuts a host by the public suffix list; slow to load, so done once."""
    import tldextract  # noqa: PLC0415

    extract = tldextract.TLDExtract(suffix_list_urls=(), cache_dir=None)

    def cut(host: str) -> str | None:
        # On a host for many (acme.github.io) each has its own; the host itself has its own too.
        private = extract(host, include_psl_private_domains=True)
        public = extract(host, include_psl_private_domains=False)
        return (
            private.top_domain_under_public_suffix
            or public.top_domain_under_public_suffix
            or None
        )

    return cut
