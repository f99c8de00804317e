"""``/drafts``: mails checked before they are sent, and the rules they are checked by."""

from datetime import date
from typing import Annotated, Literal, Self

from fastapi import APIRouter, Request
from pydantic import BaseModel, Field

from unsolved import evidence, sources
from unsolved.conversations import drafts
from unsolved.conversations.drafts import (
    Backing,
    Checked,
    Choices,
    Finding,
    Kind,
    Rule,
    Severity,
)
from unsolved.errors import NotFound
from unsolved.http import Tx

router = APIRouter(tags=["drafts"])

KINDS = {"text": Kind.TEXT, "html": Kind.PAGE, "eml": Kind.MAIL, "yaml": Kind.SHEET}


class DraftIn(BaseModel):
    """A mail, or a sequence of them, as it would stand in a file."""

    text: Annotated[str, Field(max_length=1_000_000)]
    format: Literal["text", "html", "eml", "yaml"] = "text"
    to: str | None = None
    """The organisation whose quotes claims are held against, by name or domain."""

    select: list[str] = []
    ignore: list[str] = []
    own: list[str] = []
    """Names of your own company and products."""


class QuoteOut(BaseModel):
    """A quote that bears a claim out, or speaks against it."""

    evidence_id: int
    document_id: int
    quote: str
    title: str
    date: date | None

    @classmethod
    def of(cls, backing: Backing) -> Self:
        """Say it the way version 1 promised to."""
        return cls(
            evidence_id=backing.evidence_id,
            document_id=backing.document_id,
            quote=backing.quote,
            title=backing.title,
            date=backing.said_on,
        )


class FixOut(BaseModel):
    """What may stand in place of characters ``start`` to ``end`` of what was sent."""

    start: int
    end: int
    text: str


class FindingOut(BaseModel):
    """What a rule found. ``start`` and ``end`` are characters of the mail's ``text``."""

    rule: str
    name: str
    severity: Severity
    start: int
    end: int
    words: str
    line: int
    column: int
    message: str
    why: str
    instead: str
    fix: FixOut | None
    quote: QuoteOut | None

    @classmethod
    def of(cls, finding: Finding) -> Self:
        """Say it the way version 1 promised to."""
        edit = finding.edit
        return cls(
            rule=finding.rule,
            name=finding.name,
            severity=finding.severity,
            start=finding.start,
            end=finding.end,
            words=finding.words,
            line=finding.line,
            column=finding.column,
            message=finding.message,
            why=finding.why,
            instead=finding.instead,
            fix=FixOut(start=edit.start, end=edit.end, text=edit.text) if edit else None,
            quote=QuoteOut.of(finding.backing) if finding.backing else None,
        )


class BackedOut(BaseModel):
    """A sentence about the reader that a quote bears out."""

    start: int
    end: int
    words: str
    quote: QuoteOut


class MailOut(BaseModel):
    """One mail of what was sent, and what was found in it."""

    mail: int
    text: str
    findings: list[FindingOut]
    backed: list[BackedOut]

    @classmethod
    def of(cls, checked: Checked) -> Self:
        """Say it the way version 1 promised to."""
        return cls(
            mail=checked.draft.order + 1,
            text=checked.draft.text,
            findings=[FindingOut.of(finding) for finding in checked.findings],
            backed=[
                BackedOut(
                    start=one.start,
                    end=one.end,
                    words=one.words,
                    quote=QuoteOut.of(one.backing),
                )
                for one in checked.backed
            ],
        )


class CheckOut(BaseModel):
    """What was found in all mails; ``passes`` says that it is notes at most."""

    passes: bool
    errors: int
    warnings: int
    notes: int
    mails: list[MailOut]


class RuleOut(BaseModel):
    """A rule, and how it is explained."""

    id: str
    name: str
    severity: Severity
    default: bool
    fixes: bool
    catches: str
    why: str
    source: str
    instead: str
    bad: str
    good: str

    @classmethod
    def of(cls, rule: Rule) -> Self:
        """Say it the way version 1 promised to."""
        return cls(**{name: getattr(rule, name) for name in cls.model_fields})


@router.post("/drafts/check")
def check(request: Request, draft: DraftIn, tx: Tx) -> CheckOut:
    """Check a mail, or a sequence, and keep nothing of it."""
    shipped = getattr(request.app.state, "drafts", Choices())
    chosen = shipped.but(select=draft.select, ignore=draft.ignore, own=draft.own)
    drafts.check_names(chosen, drafts.rules(), "request")
    reader = drafts.NOBODY
    if draft.to:
        found = sources.called(tx, draft.to)
        if found is None:
            raise NotFound(organisation=draft.to, near=sources.names_like(tx, draft.to))
        reader = drafts.reader(found.name, found.names, evidence.of_organisation(tx, found.id))
    file = drafts.parse("draft", draft.text.replace("\r\n", "\n"), KINDS[draft.format])
    checked = drafts.lint_file(file, chosen, reader)
    of = [finding.severity for one in checked for finding in one.findings]
    return CheckOut(
        passes=all(severity is Severity.NOTE for severity in of),
        errors=of.count(Severity.ERROR),
        warnings=of.count(Severity.WARNING),
        notes=of.count(Severity.NOTE),
        mails=[MailOut.of(one) for one in checked],
    )


@router.get("/drafts/rules")
def rules() -> list[RuleOut]:
    """Return every rule."""
    return [RuleOut.of(rule) for rule in drafts.rules().values()]
