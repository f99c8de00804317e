"""The Items that the SEC's forms have, in their order, as they were called over the years."""

import re
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Slot:
    """The place of an Item in a form: its part where numbers repeat, and its names."""

    part: str
    number: str
    names: tuple[tuple[re.Pattern[str], str], ...]

    @property
    def key(self) -> str:
        """How it is called in the key of a document."""
        item = f"item-{self.number.lower()}"
        return f"part-{self.part}-{item}" if self.part else item

    @property
    def label(self) -> str:
        """How it is called in a title."""
        item = f"Item {self.number}"
        return f"Part {self.part.upper()}, {item}" if self.part else item

    def named(self, title: str) -> str | None:
        """Return the name that a heading gives it, or None when it is another's."""
        return next((name for pattern, name in self.names if pattern.match(title)), None)


def _slot(number: str, *names: str, part: str = "") -> Slot:
    """Return a slot; of each name, what a heading must begin with stands before the bar."""
    told = []
    for name in names:
        begins, _, rest = name.partition("|")
        pattern = re.sub(r"\W+", r"[\\W_]+", begins.strip())
        told.append((re.compile(rf"\W*{pattern}", re.IGNORECASE), f"{begins}{rest}".strip()))
    return Slot(part, number, tuple(told))


_MARKET_RISK = "Quantitative and Qualitative| Disclosures about Market Risk"
_DISCUSSION = "Management|'s Discussion and Analysis"
_STATEMENTS = ("Financial Statements", "Consolidated Financial Statements", "Condensed|")
_VOTE = (
    "Mine Safety| Disclosures",
    "Submission of Matters| to a Vote of Security Holders",
    "Reserved",
    "Removed| and Reserved",
)

ANNUAL = (
    _slot("1", "Business", "Description of Business", "Description of the Business"),
    _slot("1A", "Risk Factors"),
    _slot("1B", "Unresolved Staff| Comments"),
    _slot("1C", "Cybersecurity", "Cyber Security"),
    _slot("2", "Properties", "Description of Propert|ies", "Property"),
    _slot("3", "Legal Proceedings", "Legal Matters"),
    _slot("4", *_VOTE),
    _slot("5", "Market for| Registrant's Common Equity", "Market Price|", "Markets for|"),
    _slot("6", "Selected| Financial Data", "Reserved", "Removed| and Reserved"),
    _slot("7", _DISCUSSION),
    _slot("7A", _MARKET_RISK, "Qualitative and Quantitative| Disclosures about Market Risk"),
    _slot("8", *_STATEMENTS),
    _slot(
        "9", "Changes in and Disagreements| with Accountants", "Disagreements|", "Changes in|"
    ),
    _slot("9A", "Controls and Procedures", "Control and Procedures"),
    _slot("9B", "Other Information"),
    _slot("9C", "Disclosure Regarding| Foreign Jurisdictions", "Disclosures Regarding|"),
    _slot("10", "Directors| and Executive Officers", "Executive Officers"),
    _slot("11", "Executive Compensation", "Compensation|", "Management Remuneration"),
    _slot("12", "Security Ownership| of Certain Owners and Management"),
    _slot("13", "Certain Relationships| and Related Transactions", "Certain Transactions"),
    _slot(
        "14", "Principal Account|ing Fees and Services", "Exhibits|", "Controls and Procedures"
    ),
    _slot(
        "15", "Exhibit|s", "Principal Account|ing Fees and Services", "Financial Statement|s"
    ),
    _slot("16", "Form 10-K Summary", "Exhibit|s", "Summary"),
)

QUARTERLY = (
    _slot("1", *_STATEMENTS, "Interim|", "Unaudited|", part="i"),
    _slot("2", _DISCUSSION, part="i"),
    _slot("3", _MARKET_RISK, "Qualitative and Quantitative|", part="i"),
    _slot("4", "Controls and Procedures", "Control and Procedures", part="i"),
    _slot("1", "Legal Proceedings", "Legal Matters", part="ii"),
    _slot("1A", "Risk Factors", part="ii"),
    _slot(
        "2",
        "Unregistered Sales| of Equity Securities",
        "Changes in Securities",
        "Issuer Purchases|",
        "Purchases of|",
        "Market for|",
        part="ii",
    ),
    _slot("3", "Defaults upon| Senior Securities", part="ii"),
    _slot("4", *_VOTE, part="ii"),
    _slot("5", "Other Information", part="ii"),
    _slot("6", "Exhibit|s", part="ii"),
)
