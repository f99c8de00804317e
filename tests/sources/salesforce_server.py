"""A Salesforce on this machine: tables in memory behind the REST API's own shapes.

Written from Salesforce's public documentation. It reads the little SOQL that we write and works
it out on the tables: fields an org lacks, what cannot be filtered, orders, pages, deleted rows.
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
TOKEN = "00D-first-session"
CLIENT, SECRET = "3MVG9.client", "client-secret"
START = datetime(2026, 3, 1, 9, 0, tzinfo=UTC)
PREFIXES = {
    "Account": "001",
    "Contact": "003",
    "Lead": "00Q",
    "Opportunity": "006",
    "OpportunityHistory": "008",
    "Task": "00T",
    "Event": "00U",
}
RELATIONS = {"Owner": "OwnerId", "Parent": "ParentId", "Account": "AccountId"} | {
    "RecordType": "RecordTypeId",
    "CreatedBy": "CreatedById",
}
FIELDS = {
    "Account": """Name Website Industry BillingCountry NumberOfEmployees AnnualRevenue ParentId
        TickerSymbol Type Phone Description OwnerId""",
    "Contact": """Name FirstName LastName Email Title Phone MobilePhone Department AccountId
        OwnerId""",
    "Lead": """Name FirstName LastName Email Title Phone MobilePhone Company Website Industry
        Country NumberOfEmployees Status LeadSource IsConverted ConvertedAccountId
        ConvertedContactId OwnerId""",
    "Opportunity": """Name AccountId ContactId Amount StageName Probability CloseDate IsWon
        IsClosed Type LeadSource NextStep Description OwnerId RecordTypeId Loss_Reason__c""",
    "OpportunityHistory": "OpportunityId StageName Amount Probability CloseDate CreatedById",
    "Task": """Subject Description Status IsClosed Priority ActivityDate CompletedDateTime
        TaskSubtype CallType CallDurationInSeconds WhoId WhatId AccountId OwnerId""",
    "Event": """Subject Description StartDateTime EndDateTime DurationInMinutes ActivityDate
        Location WhoId WhatId AccountId OwnerId""",
}
SYSTEM = ("Id", "IsDeleted", "CreatedDate", "LastModifiedDate", "SystemModstamp")
SOQL = re.compile(r"SELECT (.+) FROM (\w+)(?: WHERE (.+?))?(?: ORDER BY (.+))?$")


def iso(moment: datetime) -> str:
    return moment.strftime("%Y-%m-%dT%H:%M:%S.000+0000")


class Fault(Exception):
    """What the server answers instead: a status and an error code."""

    def __init__(self, status: int, code: str, message: str = "no") -> None:
        super().__init__(code)
        self.status = status
        self.told: object = [{"errorCode": code, "message": message}]


class Instance:
    """The tables, what the server was asked, and which faults it shows next."""

    def __init__(self, *, skew: timedelta = timedelta(0), page: int = 2000) -> None:
        self.now = START + skew
        self.page = page
        self.tables: dict[str, dict[str, Told]] = {name: {} for name in PREFIXES}
        self.fields = {name: {*SYSTEM, *told.split()} for name, told in FIELDS.items()}
        self.sessions = {TOKEN}
        self.hidden: set[str] = set()
        self.asked: list[tuple[str, str, str]] = []
        self.faults: list[Callable[[str, str], int | str | Fault | None]] = []
        self.created = 0
        self.leads_to: str | None = None
        self.statuses = [
            {"ApiName": "Open", "IsClosed": False, "SortOrder": 1},
            {"ApiName": "Completed", "IsClosed": True, "SortOrder": 2},
        ]
        self._cursors: dict[str, list[Told]] = {}
        self._next = 0

    def add(self, name: str, at: datetime | None = None, **told) -> str:
        self._next += 1
        key = f"{PREFIXES[name]}000000{self._next:09d}"
        self.now += timedelta(seconds=1)
        row = {"Id": key, "IsDeleted": False, "CreatedDate": iso(self.now)}
        self.tables[name][key] = row | {"Owner": {"Name": "Ann Lee"}}
        return self.change(name, key, at, **told)

    def change(self, name: str, key: str, at: datetime | None = None, **told) -> str:
        if at is None:
            self.now += timedelta(seconds=1)
            at = self.now
        row = self.tables[name][key]
        row |= {**told, "SystemModstamp": iso(at), "LastModifiedDate": iso(at)}
        if name == "Opportunity" and {"StageName", "Amount"} & told.keys():
            held = {field: row.get(field) for field in ("StageName", "Amount", "Probability")}
            self.add("OpportunityHistory", at, OpportunityId=key, **held)
        return key

    def remove(self, name: str, key: str) -> None:
        self.change(name, key, IsDeleted=True)

    def describe(self, name: str) -> Told:
        relations = {field: relation for relation, field in RELATIONS.items()}
        return {
            "name": name,
            "fields": [
                {"name": field, "relationshipName": relations.get(field)}
                for field in sorted(self.fields[name])
            ],
        }

    def query(self, soql: str) -> list[Told]:
        parsed = SOQL.fullmatch(soql)
        assert parsed, soql
        wanted, name = parsed[1].split(", "), parsed[2]
        if name == "TaskStatus":
            return [{"attributes": {}, **one} for one in self.statuses]
        if name in self.hidden:
            raise Fault(400, "INVALID_TYPE", f"sObject type '{name}' is not supported")
        for field in wanted:
            self._know(name, field)
        rows = [row for row in self.tables[name].values() if self._passes(name, row, parsed[3])]
        for by in reversed((parsed[4] or "Id").split(", ")):
            field, _, down = by.partition(" ")
            self._know(name, field)
            rows.sort(key=lambda row: str(row.get(field)), reverse=down == "DESC")
        return [self._told(name, row, wanted) for row in rows]

    def _know(self, name: str, field: str) -> None:
        own, _, _ = field.partition(".")
        if RELATIONS.get(own, own) not in self.fields[name]:
            raise Fault(400, "INVALID_FIELD", f"No such column '{field}' on entity '{name}'")

    def _passes(self, name: str, row: Told, where: str | None) -> bool:
        if where is None:
            return True
        if found := re.fullmatch(r"SystemModstamp >= (\S+Z)", where):
            stamp = datetime.fromisoformat(row["SystemModstamp"])
            return stamp >= datetime.fromisoformat(found[1])
        if found := re.fullmatch(r"(\w+) = '(\w+)'", where):
            assert found[1] != "Description", "that cannot be filtered"
            self._know(name, found[1])
            return row.get(found[1]) == found[2]
        found = re.fullmatch(r"(\w+) IN \((.+)\)", where)
        assert found, where
        return row.get(found[1]) in re.findall(r"'(\w+)'", found[2])

    def _told(self, name: str, row: Told, wanted: list[str]) -> Told:
        told: Told = {"attributes": {"type": name, "url": f"/services/{row['Id']}"}}
        for field in wanted:
            own, _, inner = field.partition(".")
            if not inner:
                told[own] = row.get(own)
            elif own in {"Owner", "CreatedBy"}:
                told[own] = {"attributes": {"type": "User"}, "Name": "Ann Lee"}
            else:
                other = self.tables["Account"].get(row.get(RELATIONS[own], ""))
                held = told.get(own) or {"attributes": {}}
                told[own] = held | {inner: other.get(inner)} if other else None
        return told

    def paged(self, rows: list[Told], total: int) -> Told:
        told = {
            "totalSize": total,
            "done": len(rows) <= self.page,
            "records": rows[: self.page],
        }
        if not told["done"]:
            locator = f"01g{len(self._cursors):012d}-{self.page}"
            self._cursors[locator] = rows[self.page :]
            told["nextRecordsUrl"] = f"/services/data/v59.0/query/{locator}"
        if self.leads_to:
            told |= {"done": False, "nextRecordsUrl": self.leads_to}
        return told

    def more(self, locator: str) -> Told:
        if locator not in self._cursors:
            raise Fault(400, "INVALID_QUERY_LOCATOR")
        rows = self._cursors[locator]
        return self.paged(rows, len(rows))

    def forget(self) -> None:
        """Forget every query that is being paged through, as after fifteen minutes."""
        self._cursors.clear()

    def make(self, name: str, told: Told) -> Told:
        for field in told:
            self._know(name, field)
        self.created += 1
        return {"id": self.add(name, **told), "success": True, "errors": []}

    def fill(self, name: str, key: str, told: Told) -> None:
        for field in told:
            self._know(name, field)
        self.change(name, key, **told)


class Handler(BaseHTTPRequestHandler):
    instance: Instance
    protocol_version = "HTTP/1.1"
    wbufsize = -1  # an answer goes out in one piece

    def log_message(self, *_: object) -> None:
        """Say nothing."""

    def handle_one(self) -> None:
        instance, url = self.instance, urlsplit(self.path)
        body = self.rfile.read(int(self.headers.get("content-length", 0))).decode()
        query = {name: values[0] for name, values in parse_qs(url.query).items()}
        instance.asked.append((self.command, url.path, query.get("q", body)))
        fault = instance.faults[0](url.path, query.get("q", "")) if instance.faults else None
        if fault is not None:
            instance.faults.pop(0)
        if fault == "slow":
            time.sleep(0.4)
        if fault == "drop before":
            self.close_connection = True
            return
        try:
            if isinstance(fault, Fault):
                raise fault
            if isinstance(fault, int):
                raise Fault(fault, "UNKNOWN_EXCEPTION")  # noqa: TRY301
            status, found = self.answer(url.path, query, body)
            if fault == "twice" and found.get("records"):
                found["records"] = [*found["records"], found["records"][-1]]
            told: object = found
        except Fault as error:
            status, told = error.status, error.told
        if fault == "drop after":
            self.close_connection = True
            return
        self.send(status, told, cut=fault == "drop")

    do_GET = do_POST = do_PATCH = handle_one  # noqa: N815

    def answer(self, path: str, query: Told, body: str) -> tuple[int, Told]:
        instance = self.instance
        if path == "/services/oauth2/token":
            told = {name: values[0] for name, values in parse_qs(body).items()}
            if (told["client_id"], told["client_secret"]) != (CLIENT, SECRET):
                fault = Fault(400, "")
                fault.told = {"error": "invalid_client", "error_description": f"{SECRET}?"}
                raise fault
            token = f"00D-session-{len(instance.asked)}"
            instance.sessions.add(token)
            return 200, {"access_token": token, "instance_url": "https://elsewhere.example"}
        if (
            self.headers.get("authorization", "").removeprefix("Bearer ")
            not in instance.sessions
        ):
            raise Fault(401, "INVALID_SESSION_ID", "Session expired or invalid")
        match [self.command, *path.removeprefix("/services/data/v59.0").strip("/").split("/")]:
            case ["GET", "query" | "queryAll" as how] if "q" in query:
                rows = instance.query(query["q"])
                if how == "query":
                    rows = [row for row in rows if not row.get("IsDeleted")]
                return 200, instance.paged(rows, len(rows))
            case ["GET", "query", locator]:
                return 200, instance.more(locator)
            case ["GET", "sobjects", name, "describe"]:
                return 200, instance.describe(name)
            case ["POST", "sobjects", name]:
                return 201, instance.make(name, json.loads(body))
            case ["PATCH", "sobjects", name, key]:
                instance.fill(name, key, json.loads(body))
                return 204, {}
        raise Fault(404, "NOT_FOUND")

    def send(self, status: int, told: object, *, cut: bool = False) -> None:
        body = b"" if status == 204 else json.dumps(told).encode()
        self.send_response(status)
        if status == 429:
            self.send_header("Retry-After", "1")
        self.send_header("Content-Type", "application/json;charset=UTF-8")
        self.send_header("Sforce-Limit-Info", "api-usage=18/5000")
        if status != 204:
            self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body[: len(body) // 2] if cut else body)
        self.close_connection = cut or self.close_connection


@contextmanager
def serving(instance: Instance) -> Iterator[str]:
    """Serve an instance and yield ``host:port``."""
    handler = type("Bound", (Handler,), {"instance": instance})
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
