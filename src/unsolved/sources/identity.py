"""Tells when two names mean one organisation: what is only form is taken away."""

import re
import unicodedata
from collections.abc import Collection
from email.utils import parseaddr

# What the law or habit adds to a name, in the countries our documents come from.
LEGAL_FORMS = frozenset(
    re.findall(
        r"\w+",
        """
        inc incorporated corp corporation co company companies ltd limited llc llp lp plc group
        holding holdings ag se sa sas spa srl gmbh kg kgaa ohg nv bv ab asa as oy oyj kk pty the
        and sarl sagl ltda aps bvba sdn bhd pjsc ojsc pao zao ooo doo
        hldg hldgs aktiengesellschaft
        """,
    )
)
_PLAIN_ADDRESS = re.compile(r"[\w.+-]+@[\w.-]+")  # as nearly all of them are
_WORD = re.compile(r"[^\W_]+")
_INITIALS = re.compile(r"\b(\w)[./](?=\w\b)")  # S.A., N.V., A/S, U.S.


def name_key(name: str) -> str:
    """Return what two spellings of one name share; never empty.

    >>> name_key("Lamb Weston Holdings, Inc.") == name_key("LAMB WESTON")
    True
    >>> name_key("The Company Co.")
    'the company co'
    >>> name_key("Nestlé S.A.") == name_key("Nestle")
    True
    """
    folded = unicodedata.normalize("NFKD", name).casefold()
    plain = "".join(c for c in folded if not unicodedata.combining(c))
    words = _WORD.findall(_INITIALS.sub(r"\1", plain))
    telling = [word for word in words if word not in LEGAL_FORMS]
    return " ".join(telling or words) or name.strip().casefold()


def domain_key(domain: str) -> str:
    """Return a domain without scheme, path and ``www``, in small letters.

    >>> domain_key("https://www.Acme.com/about")
    'acme.com'
    """
    host = domain.strip().casefold().partition("://")[2] or domain.strip().casefold()
    return host.split("/")[0].split(":")[0].removeprefix("www.")


def email_key(address: str) -> str:
    """Return an address as it is compared: small letters, no name and no brackets around it.

    >>> email_key("Ann Lee <Ann.Lee@Acme.COM>")
    'ann.lee@acme.com'
    """
    plain = address.strip().casefold()
    if _PLAIN_ADDRESS.fullmatch(plain):
        return plain
    return parseaddr(address)[1].strip().casefold() or plain


def are_apart(
    domain: str | None, known_domain: str | None, keys: Collection[str], known: Collection[str]
) -> bool:
    """Whether two of one name are two: numbered differently by one counter, or at other sites.

    Sites that differ only in the country (``acme.com``, ``acme.de``) do not part them.

    >>> are_apart("delta.com", "deltafaucet.com", [], [])
    True
    >>> are_apart("acme.de", "acme.com", [], []), are_apart(None, "acme.com", [], [])
    (False, False)
    >>> are_apart(None, None, ["cik:0000000001"], ["cik:0000000002", "ticker:a"])
    True
    """
    for scheme in ("cik:", "lei:"):  # one an organisation; of tickers it may have several
        here = {key for key in keys if key.startswith(scheme)}
        there = {key for key in known if key.startswith(scheme)}
        if here and there and not here & there:
            return True
    return bool(domain and known_domain and domain.split(".")[0] != known_domain.split(".")[0])
