"""The people of the shared mails: one person under several addresses, told by the directory.

The mails of Enron's directory name the user behind an address ("CN=RSHAPIRO" beside
richard.shapiro@), which is also the local part of another address (rshapiro@). Only addresses
of which a user is known are measured; the product sees the name and the address alone.
"""

import gzip
import json
import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from email import message_from_string
from email.message import Message
from email.utils import getaddresses

from bench.identity.corpus import SHARED
from bench.identity.scores import Score, scored
from bench.identity.through import resolved
from unsolved.sources import OrganisationDraft, PersonDraft, RecordDraft, RecordKind

MAILS = SHARED / "data" / "mail" / "enron.jsonl.gz"
HEADERS = (("From", "X-From"), ("To", "X-To"), ("Cc", "X-cc"))
USER = re.compile(r"/CN=([a-z]\w+)>", re.IGNORECASE)
NAME = re.compile(r"^\"?([^<@\"]+?)\"?\s*(?:<|$)")
LONGEST_USER = 12


def measured() -> list[tuple[str, Score]]:
    """Return how well people are recognised under several addresses, if the mails are here."""
    if not MAILS.is_file():
        return []
    names, users = _seen()
    truth = _truth(names, users)
    chosen = sorted(truth)
    numbers = {address: number for number, address in enumerate(chosen)}
    finds = {numbers[address]: _record(numbers[address], address, names) for address in chosen}
    whole = {numbers[address]: truth[address] for address in chosen}
    return [("people, by mail", scored(whole, *resolved("people", finds)))]


def _truth(names: dict[str, Counter[str]], users: dict[str, set[str]]) -> dict[str, str]:
    """Return the user behind each address: by the directory, or because it is one's own."""
    known = {user for found in users.values() for user in found}
    truth = {address: min(found) for address, found in users.items() if len(found) == 1}
    for address in names:
        local, _, host = address.partition("@")
        if host == "enron.com" and local in known:
            truth.setdefault(address, local)
    return truth


def _seen() -> tuple[dict[str, Counter[str]], dict[str, set[str]]]:
    """Return the names that stand beside each address, and the users."""
    names: dict[str, Counter[str]] = defaultdict(Counter)
    users: dict[str, set[str]] = defaultdict(set)
    with gzip.open(MAILS, "rt", encoding="utf-8") as lines:
        for line in lines:
            mail = message_from_string(json.loads(line)["text"])
            for address in _addresses(mail):
                names[address][""] += 1
            for address, beside in _beside(mail):
                told = NAME.match(beside)
                names[address][told.group(1).strip() if told else ""] += 1
                for user in USER.findall(beside):
                    if len(user) <= LONGEST_USER:  # longer ones are numbers of the directory
                        users[address].add(user.casefold())
    return names, users


def _addresses(mail: Message) -> list[str]:
    told = getaddresses([str(mail.get(header, "")) for header, _ in HEADERS])
    return [one.casefold() for _, one in told if "@" in one]


def _beside(mail: Message) -> Iterator[tuple[str, str]]:
    for header, named in HEADERS:
        addresses = [one for _, one in getaddresses([str(mail.get(header, ""))]) if "@" in one]
        beside = str(mail.get(named, ""))
        if len(addresses) == 1 and beside.count("CN=RECIPIENTS") <= 1 and ">, " not in beside:
            yield addresses[0].casefold(), beside


def _record(number: int, address: str, names: dict[str, Counter[str]]) -> RecordDraft:
    name = next((one for one, _ in names[address].most_common() if one), "")
    return RecordDraft(
        kind=RecordKind.PERSON,
        key=str(number),
        title=name or address,
        organisation=OrganisationDraft(name="Enron", domain="enron.com"),
        person=PersonDraft(name=name, email=address),
    )
