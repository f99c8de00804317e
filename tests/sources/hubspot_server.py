"""A HubSpot on this machine: tables in memory behind the API's own shapes and limits.

Written from HubSpot's public documentation. Filters, orders and pages are really worked out on
the tables; faults are those that the tests ask for.
"""

import json
import re
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

Told = dict[str, Any]
TOKEN = "pat-eu1-00000000-secret"
START = datetime(2026, 3, 1, 9, 0, tzinfo=UTC)
TABLES = ("companies", "contacts", "deals", "calls", "emails", "meetings", "notes", "tasks")
CAP = 10_000


def iso(moment: datetime) -> str:
    return moment.isoformat(timespec="milliseconds").replace("+00:00", "Z")


class Account:
    """The tables, what the server was asked, and which faults it shows next."""

    def __init__(self, *, skew: timedelta = timedelta(0), page: int = 200) -> None:
        self.now = START + skew
        self.page = page
        self.tables: dict[str, dict[str, Told]] = {name: {} for name in TABLES}
        self.links: dict[tuple[str, str], list[tuple[str, str, str]]] = {}
        self.history: dict[str, list[Told]] = {}
        self.properties: dict[str, dict[str, Told]] = {
            "companies": {"name": {"name": "name", "hubspotDefined": True}},
            "contacts": {},
            "deals": {},
        }
        self.groups: set[str] = set()
        self.denied: set[str] = set()
        self.asked: list[tuple[str, str, Told]] = []
        self.faults: list[Callable[[str, str], int | str | None]] = []
        self.created = 0
        self.between: Callable[[], None] | None = None
        self._next = 100

    def add(self, table: str, at: datetime | None = None, key: str = "", **properties) -> str:
        if not key:
            self._next += 1
            key = str(self._next)
        self.tables[table][key] = {
            "properties": {},
            "createdAt": iso(self.now),
            "archived": False,
        }
        self.change(table, key, at, createdate=iso(self.now), hs_createdate=iso(self.now))
        return self.change(table, key, at, **properties)

    def change(self, table: str, key: str, at: datetime | None = None, **properties) -> str:
        if at is None:
            self.now += timedelta(seconds=1)
            at = self.now
        changed = "lastmodifieddate" if table == "contacts" else "hs_lastmodifieddate"
        row = self.tables[table][key]
        row["properties"] |= {**properties, changed: iso(at), "hs_object_id": key}
        row["updatedAt"] = iso(at)
        if table == "deals" and "dealstage" in properties:
            entry = {
                "value": properties["dealstage"],
                "timestamp": iso(at),
                "sourceType": "CRM_UI",
            }
            self.history.setdefault(key, []).insert(0, entry)
        return key

    def link(self, one: str, key: str, other: str, to: str, label: str = "") -> None:
        self.links.setdefault((one, other), []).append((key, to, label))
        self.links.setdefault((other, one), []).append((to, key, label))

    def archive(self, table: str, key: str) -> None:
        self.now += timedelta(seconds=1)
        self.tables[table][key] |= {"archived": True, "archivedAt": iso(self.now)}

    def told(self, table: str, key: str, wanted: list[str]) -> Told:
        row = self.tables[table][key]
        properties = {name: row["properties"].get(name) for name in sorted(wanted)}
        return {**row, "id": key, "properties": properties}

    def live(self, table: str) -> list[str]:
        return [key for key, row in self.tables[table].items() if not row["archived"]]

    def searched(self, table: str) -> int:
        return sum(path == f"/crm/v3/objects/{table}/search" for _, path, _ in self.asked)


def _number(value: object) -> int:
    text = str(value)
    if re.fullmatch(r"-?\d+", text):
        return int(text)
    moment = datetime.fromisoformat(text) - datetime(1970, 1, 1, tzinfo=UTC)
    return moment // timedelta(milliseconds=1)


def search(account: Account, table: str, asked: Told) -> tuple[int, Told]:
    tests = {
        "GTE": lambda a, b: a >= b,
        "GT": lambda a, b: a > b,
        "LT": lambda a, b: a < b,
        "EQ": lambda a, b: a == b,
    }
    rows = account.live(table)
    for group in asked["filterGroups"]:
        for one in group["filters"]:
            name, test = one["propertyName"], tests[one["operator"]]
            held = account.tables[table]
            rows = [
                key
                for key in rows
                if test(_number(held[key]["properties"][name]), _number(one["value"]))
            ]
    (sort,) = asked["sorts"]  # HubSpot takes one and refuses two
    assert asked["limit"] <= 200
    by = sort["propertyName"]
    rows.sort(key=lambda key: _number(account.tables[table][key]["properties"][by]))
    begin, size = int(asked.get("after", 0)), min(asked["limit"], account.page)
    if begin + size > CAP:
        return 400, {
            "status": "error",
            "message": "paging beyond 10000",
            "category": "VALIDATION",
        }
    page = rows[begin : begin + size]
    told = {
        "total": len(rows),
        "results": [account.told(table, key, asked["properties"]) for key in page],
    }
    if begin + size < len(rows):
        told["paging"] = {"next": {"after": str(begin + size)}}
    return 200, told


def answer(  # noqa: C901, PLR0911, PLR0912
    account: Account, method: str, path: str, query: Told, asked: Told
) -> tuple[int, Told]:
    parts = path.strip("/").split("/")
    match [method, *parts]:
        case ["POST", "crm", "v3", "objects", table, "search"]:
            if account.between:
                account.between()
            return search(account, table, asked)
        case ["POST", "crm", "v3", "objects", table, "batch", "read"]:
            return _batch(account, table, asked)
        case ["POST", "crm", "v4", "associations", one, other, "batch", "read"]:
            return _associations(account, one, other, asked)
        case ["GET", "crm", "v4", "objects", one, key, "associations", other]:
            if key not in account.live(one):
                return 404, {"message": "resource not found"}
            found = [to for a, to, _ in account.links.get((one, other), []) if a == key]
            return 200, {"results": [{"toObjectId": int(to)} for to in found]}
        case ["GET", "crm", "v3", "owners"]:
            if query.get("archived") == "true":
                return 200, {"results": []}
            owner = {
                "id": "7",
                "email": "ann@us.example",
                "firstName": "Ann",
                "lastName": "Lee",
            }
            return 200, {"results": [owner]}
        case ["GET", "crm", "v3", "pipelines", "deals"]:
            return 200, PIPELINES
        case ["GET", "account-info", "v3", "details"]:
            return 200, {"portalId": 1, "companyCurrency": "EUR"}
        case ["GET", "crm", "v3", "objects", table]:
            return _archived(account, table, query)
        case ["GET", "crm", "v3", "objects", table, key]:
            if key not in account.live(table):
                return 404, {"message": "Object not found"}
            return 200, account.told(table, key, query.get("properties", "").split(","))
        case ["PATCH", "crm", "v3", "objects", table, key]:
            for name in asked["properties"]:
                if name not in account.properties[table]:
                    return 400, {"message": f"Property {name} does not exist"}
            account.change(table, key, **asked["properties"])
            return 200, account.told(table, key, list(asked["properties"]))
        case ["POST", "crm", "v3", "objects", table]:
            return _create(account, table, asked)
        case ["GET", "crm", "v3", "properties", table, "groups", name]:
            return (200, {"name": name}) if name in account.groups else (404, {"message": "no"})
        case ["POST", "crm", "v3", "properties", table, "groups"]:
            account.groups.add(asked["name"])
            return 201, asked
        case ["GET", "crm", "v3", "properties", table, name]:
            held = account.properties[table].get(name)
            return (200, held) if held else (404, {"message": f"no property {name}"})
        case ["POST", "crm", "v3", "properties", table]:
            assert asked["groupName"] in account.groups
            account.properties[table][asked["name"]] = asked
            return 201, asked
    return 404, {"message": "no such endpoint"}


def _batch(account: Account, table: str, asked: Told) -> tuple[int, Told]:
    ids = [one["id"] for one in asked["inputs"]]
    assert len(ids) <= (50 if "propertiesWithHistory" in asked else 100)
    found = []
    for key in ids:
        if key in account.live(table):
            told = account.told(table, key, asked["properties"])
            if "propertiesWithHistory" in asked:
                told["propertiesWithHistory"] = {"dealstage": account.history.get(key, [])}
            found.append(told)
    return (200 if len(found) == len(ids) else 207), {"status": "COMPLETE", "results": found}


def _associations(account: Account, one: str, other: str, asked: Told) -> tuple[int, Told]:
    results = []
    for wanted in asked["inputs"]:
        found = [
            {
                "toObjectId": int(to),
                "associationTypes": [{"category": "HUBSPOT_DEFINED", "label": label or None}],
            }
            for key, to, label in account.links.get((one, other), [])
            if key == wanted["id"]
        ]
        begin = int(wanted.get("after", 0))
        if not found:
            continue
        told = {"from": {"id": wanted["id"]}, "to": found[begin : begin + 2]}
        if begin + 2 < len(found):
            told["paging"] = {"next": {"after": str(begin + 2)}}
        results.append(told)
    return (200 if len(results) == len(asked["inputs"]) else 207), {"results": results}


def _archived(account: Account, table: str, query: Told) -> tuple[int, Told]:
    assert query["archived"] == "true"
    rows = [
        {"id": key, "archived": True, "archivedAt": row["archivedAt"], "properties": {}}
        for key, row in account.tables[table].items()
        if row["archived"]
    ]
    begin = int(query.get("after", 0))
    told: Told = {"results": rows[begin : begin + 2]}
    if begin + 2 < len(rows):
        told["paging"] = {"next": {"after": str(begin + 2)}}
    return 200, told


def _create(account: Account, table: str, asked: Told) -> tuple[int, Told]:
    account.created += 1
    key = account.add(table, **asked["properties"])
    kinds = {190: "companies", 192: "companies", 202: "contacts", 204: "contacts"}
    for one in asked["associations"]:
        kind = kinds.get(one["types"][0]["associationTypeId"], "deals")
        account.link(table, key, kind, one["to"]["id"])
    return 201, account.told(table, key, list(asked["properties"]))


PIPELINES = {
    "results": [
        {
            "id": "default",
            "label": "Sales",
            "stages": [
                {
                    "id": "appointment",
                    "label": "Appointment",
                    "metadata": {"isClosed": "false"},
                },
                {
                    "id": "closedwon",
                    "label": "Won",
                    "metadata": {"isClosed": "true", "probability": "1.0"},
                },
                {
                    "id": "closedlost",
                    "label": "Lost",
                    "metadata": {"isClosed": "true", "probability": "0.0"},
                },
            ],
        }
    ]
}
SCOPE_MISSING = {
    "status": "error",
    "message": "This app hasn't been granted all required scopes to make this call.",
    "category": "MISSING_SCOPES",
}


class Handler(BaseHTTPRequestHandler):
    account: Account
    protocol_version = "HTTP/1.1"
    wbufsize = -1  # an answer goes out in one piece

    def log_message(self, *_: object) -> None:
        """Say nothing."""

    def handle_one(self) -> None:
        account, url = self.account, urlsplit(self.path)
        length = int(self.headers.get("content-length", 0))
        asked = json.loads(self.rfile.read(length) or b"{}")
        account.asked.append((self.command, url.path, asked))
        fault = None
        if account.faults:
            fault = account.faults[0](self.command, url.path)
            if fault is not None:
                account.faults.pop(0)
        if fault == "slow":
            time.sleep(0.4)
        if fault == "drop before":
            self.close_connection = True
            return
        if isinstance(fault, int):
            self.send(fault, {"status": "error", "message": f"no, {TOKEN} is none"})
            return
        if self.headers.get("authorization") != f"Bearer {TOKEN}":
            self.send(401, {"message": f"Authentication {self.headers.get('authorization')}"})
            return
        denied = next((name for name in account.denied if f"/{name}" in url.path), None)
        if denied:
            scope = "sales-email-read" if denied == "emails" else f"crm.objects.{denied}.read"
            context = {"requiredGranularScopes": [scope]}
            self.send(403, {**SCOPE_MISSING, "errors": [{"context": context}]})
            return
        query = {name: values[0] for name, values in parse_qs(url.query).items()}
        status, told = answer(account, self.command, url.path, query, asked)
        if fault == "twice" and told.get("results"):
            told["results"] = [*told["results"], told["results"][-1]]
        self.send(status, told, cut=fault == "drop", mute=fault == "drop after")

    do_GET = do_POST = do_PATCH = handle_one  # noqa: N815

    def send(self, status: int, told: Told, *, cut: bool = False, mute: bool = False) -> None:
        body = json.dumps(told).encode()
        if mute:
            self.close_connection = True
            return
        self.send_response(status)
        if status == 429:
            self.send_header("Retry-After", "1")
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body[: len(body) // 2] if cut else body)
        self.close_connection = cut or self.close_connection


@contextmanager
def serving(account: Account) -> Iterator[str]:
    """Serve an account and yield ``host:port``."""
    handler = type("Bound", (Handler,), {"account": account})
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield f"127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
