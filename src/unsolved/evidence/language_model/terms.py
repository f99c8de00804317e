"""On which terms a language model is asked: where, which, for how much, and when to ask."""

from dataclasses import dataclass, field
from ipaddress import ip_address
from urllib.parse import SplitResult, urlsplit

from unsolved.errors import Invalid

PATH = "/chat/completions"
MILLION = 1_000_000


@dataclass(frozen=True, slots=True)
class Tokens:
    """What a request took and what its answer gave, as language models count and charge."""

    sent: int = 0
    got: int = 0

    def __add__(self, other: "Tokens") -> "Tokens":
        return Tokens(self.sent + other.sent, self.got + other.got)


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """An endpoint as settings name it, and how far we go with it.

    Prices are per million tokens, in whatever currency the budget is in. A facet is in doubt
    when its probability lies within ``band`` of even. Messages never hold the key.

    Raises:
        Invalid: it cannot be used like this; it says which setting to mend.
    """

    url: str
    model: str
    key: str = field(default="", repr=False)
    budget: float = 1.0
    price_in: float | None = None
    price_out: float | None = None
    seconds: float = 60.0
    band: float = 0.2

    def __post_init__(self) -> None:
        """Refuse what cannot work, and what would send the key to where others can read it."""
        parts = _parts(self.url)
        if not self.model.strip() or not self.model.isprintable():
            raise Invalid(setting="llm_model", mend="Name the model to ask.")
        if not all("!" <= letter <= "~" for letter in self.key):
            raise Invalid(setting="llm_key", mend="A key has no spaces and no odd letters.")
        if self.key and parts.scheme == "http" and not self.is_here:
            raise Invalid(setting="llm_url", mend="Use https: http would show the key.")
        if not self.is_here and None in (self.price_in, self.price_out):
            mend = "Say what a million tokens cost there; 0 when nothing."
            raise Invalid(setting="llm_price_in, llm_price_out", mend=mend)

    @property
    def is_here(self) -> bool:
        """Whether the endpoint is on this machine."""
        host = _parts(self.url).hostname or ""
        try:
            return host == "localhost" or ip_address(host).is_loopback
        except ValueError:
            return False

    @property
    def address(self) -> str:
        """Where requests go."""
        base = self.url.rstrip("/")
        return base if base.endswith(PATH) else base + PATH

    def cost(self, tokens: Tokens) -> float:
        """Return what so many tokens cost."""
        spent = tokens.sent * (self.price_in or 0) + tokens.got * (self.price_out or 0)
        return spent / MILLION


def _parts(url: str) -> SplitResult:
    mend = "Give http(s)://host[:port]/v1, without a user, a password or a question mark."
    refusal = Invalid(setting="llm_url", mend=mend)
    if not url.isascii() or not url.isprintable() or " " in url:
        raise refusal
    try:
        parts = urlsplit(url)
        odd = parts.query or parts.fragment or "@" in parts.netloc or parts.port == 0
    except ValueError as error:
        raise refusal from error
    if parts.scheme not in {"http", "https"} or not parts.hostname or odd:
        raise refusal
    return parts
