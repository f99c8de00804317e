"""Parts what somebody wrote from what the mail carries along: quotations and signatures.

mail-parser-reply knows how mail programs begin a quotation in thirteen languages, how people
sign and what phones add; it is shown the shape of the text only (no line longer than a head
needs), so that no text can make it slow. What it does not know is added here: what was
forwarded, the heads that Lotus Notes and Outlook write, and the sign-off that is one.
"""

import re
from collections.abc import Iterator, Sequence
from functools import cache

from mailparser_reply import EmailMessage

LONGEST_LINE = 240  # no head of a quotation is longer
MOST_LINES = 3_000  # nobody writes more before the first quotation
LONGEST_DATE = 25
LONGEST_SIGNATURE = 12  # lines
LONGEST_SIGN_OFF = 6  # words
LONGEST_SIGNED = 90  # characters of a line in a signature

# Which languages of the library are worth asking: those one of whose words occurs.
_LANGUAGES = (
    (re.compile(r"schrieb|gesendet:", re.IGNORECASE), "de"),
    (re.compile(r"a écrit|envoyé", re.IGNORECASE), "fr"),
    (re.compile(r"escribió|enviado:", re.IGNORECASE), "es"),
    (re.compile(r"ha scritto|inviato:", re.IGNORECASE), "it"),
    (re.compile(r"schreef|verzonden:", re.IGNORECASE), "nl"),
    (re.compile(r"skrev|sendt:", re.IGNORECASE), "da"),
    (re.compile(r"skrev|skickat:", re.IGNORECASE), "sv"),
    (re.compile(r"napisał|wysłano:", re.IGNORECASE), "pl"),
    (re.compile(r"napsal|odesláno:", re.IGNORECASE), "cs"),
    (re.compile("写道|发件人"), "zh"),
    (re.compile("보낸"), "ko"),
    (re.compile(r"年\d{1,2}月"), "ja"),
)
_SIGNING = ("en", "de", "fr", "es", "it", "nl", "cs", "pl")  # whose sign-offs are whole words

_FORWARDED = re.compile(
    r"[-_=* ]{2,}\s*(?:forwarded\b.*|original (?:message|appointment)|reply separator|fwd:.*"
    r"|(?:ursprüngliche|original-?|weitergeleitete) ?nachricht|message (?:d'origine|transféré)"
    r"|mensaje (?:original|reenviado)|messaggio (?:originale|inoltrato)"
    r"|oorspronkelijk bericht|doorgestuurd bericht|oprindelig meddelelse"
    r"|ursprungligt meddelande|mensagem original|wiadomość oryginalna)\b.*"
    r"|begin forwarded message:?|anfang der weitergeleiteten nachricht:?"
    r"|>?-{5,}\s*start of forwarded message.*",
    re.IGNORECASE,
)
_HEAD = re.compile(r"[*> ]*(?:from|to|cc|bcc|sent|date|subject|sent by)\s?:", re.IGNORECASE)
# "10/18/99 07:08 AM" alone or after a name: Notes writes who and when above its To: and cc:.
_NOTES_DATE = re.compile(
    r"(?:.{0,120}\s)?\d{1,2}[/.]\d{1,2}[/.]\d{2,4}\s+\d{1,2}:\d{2}(?::\d{2})?\s*(?:[AP]M)?"
    r"(?: [A-Z]{3,4})?",
    re.IGNORECASE,
)
_ASIDE = re.compile(r"(?:please respond to|sent by:|bitte antwort an).*", re.IGNORECASE)
_RULE = re.compile(r"[_=*-]{10,}")
_DELIMITER = re.compile(r"--\s?|__")
_PHONE = re.compile(
    r"(?:sent|send) (?:from|via|with|by) (?:my |a |the )?\w.{0,60}|get outlook for .{0,60}"
    r"|(?:von meinem|diese nachricht wurde von|gesendet (?:mit|von)) .{0,80}"
    r"|envoyé (?:de|depuis) mon .{0,60}|enviado desde mi .{0,60}|inviato da(?:l mio)? .{0,60}"
    r"|verzonden vanaf mijn .{0,60}",
    re.IGNORECASE,
)
_DISCLAIMER = re.compile(
    r"[*_\s\"']*(?:this|the information (?:contained )?in this|the content of this|diese) "
    r"(?:e-?mail|message|communication|transmission|nachricht)\b.{0,200}"
    r"\b(?:confidential|privileged|intended|property of|vertraulich)\b"
    r"|[*_\s]*(?:confidentiality notice|disclaimer|confidential(?:ity)?:|legal notice)\b.*",
    re.IGNORECASE,
)
_DAY = re.compile(r"\d|@|<|^(?:on|am|le|el|il|op|den|dne)\b", re.IGNORECASE)
_VERB = re.compile(
    r"\b(?:wrote|writes|said|schrieb|a écrit|escribió|ha scritto|schreef|skrev|napisał"
    r"|napsal)\b",
    re.IGNORECASE,
)
_WORD = re.compile(r"[^\W_]")


def own_words(text: str) -> str:
    r"""Return what the writer of a mail wrote, without quotations and signature.

    >>> own_words("It failed again.\n\nAnn\n\nOn Monday, Bob wrote:\n> Well?")
    'It failed again.\n\nAnn'
    >>> own_words("-----Original Message-----\nFrom: Bob\n\nWell?")
    ''
    """
    lines = text.split("\n")
    lines = lines[: _first_quotation(lines)]
    kept = list(_unquoted(lines))
    kept = kept[: _signature(kept)]
    return "\n".join(_trimmed(kept)).strip()


def words(text: str) -> int:
    """Return how many words a text has.

    >>> words("It failed - again.")
    3
    """
    return sum(1 for word in text.split() if _WORD.search(word))


def _first_quotation(lines: Sequence[str]) -> int:
    """Return the line from which on all is quoted or forwarded."""
    shape = [_shape(line) for line in lines[:MOST_LINES]]
    end = min(_forwarded(shape), _noted(shape), _headed(shape))
    if end == len(shape):
        return len(lines)
    return _before_head(shape, end)


def _forwarded(shape: Sequence[str]) -> int:
    """Return the first line that says that what follows is another mail."""
    for number, line in enumerate(shape):
        if _FORWARDED.fullmatch(line):
            return number
        # Notes breaks its line where it likes: "--- Forwarded by … on 10/18/99 08:46 / AM ---".
        if line[:3] == "---" and "forwarded by" in line.casefold():
            return number
    return len(shape)


def _noted(shape: Sequence[str]) -> int:
    """Return the first line of a head as Notes writes it: who and when, below it ``To:``."""
    for number, line in enumerate(shape):
        if line and _NOTES_DATE.fullmatch(line):
            below = [one for one in shape[number + 1 : number + 6] if one]
            while below and _ASIDE.match(below[0]):
                del below[0]
            if below and below[0][:3].casefold() == "to:":
                return number
    return len(shape)


def _headed(shape: Sequence[str]) -> int:
    """Return the first line of the head of a quotation that is not marked with ``>``."""
    whole = "\n".join(
        line if _may_be_head(line, after) else "x" * bool(line)
        for line, after in zip(shape, (*shape[1:], ""), strict=True)
    )
    languages = tuple(name for words_of, name in _LANGUAGES if words_of.search(whole))
    for found in _heads(languages).finditer(whole):
        number = whole.count("\n", 0, found.end() - len(found.group().lstrip()))
        below = shape[whole.count("\n", 0, found.end()) + 1 :]
        follows = next((line for line in below if line), "")
        if shape[number].startswith(">") or follows.startswith(">"):
            continue  # marked lines are taken away one by one
        if _is_head(shape, number):
            return number
    return len(shape)


def _is_head(shape: Sequence[str], number: int) -> bool:
    """Whether this is not merely a list of two: ``To:`` and ``Date:`` may be what is said."""
    if not _HEAD.match(shape[number]):
        return True
    names = set()
    for line in shape[number : number + 15]:
        if found := _HEAD.match(line):
            names.add(found.group().strip("*> :").casefold())
    if not names & {"from", "subject"}:
        return False
    if len(names & {"from", "sent", "date", "subject", "to"}) >= 3:  # noqa: PLR2004
        return True
    return bool(names & {"from", "to"} and names & {"sent", "date", "subject"})


def _before_head(shape: Sequence[str], number: int) -> int:
    """Return where a head begins that has lines above: a rule, a name, a date as Notes does."""
    start = number
    is_dated = _NOTES_DATE.fullmatch(shape[number]) is not None
    if is_dated and len(shape[number]) <= LONGEST_DATE:  # and so no name before it
        start = _up(shape, number)
        if start >= 0 and _ASIDE.match(shape[start]):
            start = _up(shape, start)
        start = start if number - 2 <= start >= 0 and _is_name(shape[start]) else number
    above = _up(shape, start)
    if above < 0:
        return start
    # Notes also sets a letterhead above "From: Ann Lee      07/20/2000 09:04 AM".
    is_from = is_dated and shape[number].startswith("From:")
    is_letterhead = is_from and start - above > 1 and _is_name(shape[above])
    return above if _RULE.fullmatch(shape[above]) or is_letterhead else start


def _up(shape: Sequence[str], number: int) -> int:
    """Return the next line above that says something, at most two lines away; else -1."""
    for above in range(number - 1, max(number - 4, -1), -1):
        if shape[above]:
            return above
    return -1


def _is_name(line: str) -> bool:
    return len(line) <= 80 and not line.endswith((".", "?", "!", ":", ";"))  # noqa: PLR2004


def _unquoted(lines: Sequence[str]) -> Iterator[str]:
    """Yield the lines not marked as quoted, without the head just before those that are."""
    kept: list[str] = []
    for line in lines:
        if not line.lstrip().startswith(">"):
            kept.append(line)
            continue
        while kept and not kept[-1].strip():
            kept.pop()
        for size in (1, 2, 3):
            head = " ".join(part.strip() for part in kept[-size:])
            if len(kept) >= size and _introduces(head):
                del kept[-size:]
                break
        kept.append("")
    yield from kept


def _introduces(line: str) -> bool:
    """Whether a line says that somebody wrote what follows, marked with ``>``."""
    return (
        len(line) <= LONGEST_LINE
        and line.endswith(":")
        and _VERB.search(line) is not None
        and _DAY.search(line) is not None
    )


def _signature(lines: Sequence[str]) -> int:
    """Return the line from which on there is only a signature or a disclaimer."""
    for number, line in enumerate(lines):
        bare = line.strip()[:LONGEST_LINE]
        if number and _DELIMITER.fullmatch(line.rstrip("\r")) and _ends(lines, number):
            return number
        if _PHONE.fullmatch(bare) and _ends(lines, number):
            return number
        if _DISCLAIMER.match(" ".join(one.strip() for one in lines[number : number + 3])[:400]):
            before = lines[number - 1].strip() if number else ""
            if not before or _RULE.fullmatch(before):
                return number - bool(before)
        if number and _is_sign_off(bare) and _ends(lines, number):
            return number
    return len(lines)


def _is_sign_off(line: str) -> bool:
    """Whether a line only says goodbye, in words that the library knows."""
    if not line or len(line.split()) > LONGEST_SIGN_OFF or line.endswith(("?", ":", ".")):
        return False
    found = _sign_offs().match("\n" + line, 1)
    return found is not None and len(line.partition(",")[2].split()) <= 2  # noqa: PLR2004


def _ends(lines: Sequence[str], number: int) -> bool:
    """Whether what follows a line is short enough to be a name, a title, a number."""
    after = [line.strip() for line in lines[number + 1 :] if line.strip()]
    for count, line in enumerate(after):
        if _DISCLAIMER.match(line[:400]):
            return count <= LONGEST_SIGNATURE
    return len(after) <= LONGEST_SIGNATURE and all(len(x) <= LONGEST_SIGNED for x in after)


def _trimmed(lines: Sequence[str]) -> Iterator[str]:
    """Yield lines without what stood behind them, and at most one blank in a row."""
    blank = False
    for line in lines:
        shown = line.rstrip()
        if shown or not blank:
            yield shown
        blank = not shown


def _shape(line: str) -> str:
    return line.strip()[:LONGEST_LINE]


def _may_be_head(line: str, after: str) -> bool:
    """Whether the library should see a line: it is costly on what only begins like a head."""
    if len(_VERB.findall(line)) > 1:
        return False
    if line[:3].casefold() == "on ":
        return "wrote:" in line or "wrote:" in after
    return True


@cache
def _heads(languages: tuple[str, ...]) -> re.Pattern[str]:
    told = EmailMessage("", languages=[*languages, "en", "david"])
    pattern: re.Pattern[str] = told.HEADER_REGEX
    return pattern


@cache
def _sign_offs() -> re.Pattern[str]:
    told = EmailMessage("", languages=list(_SIGNING), keep_hyphen_lists=True)
    pattern: re.Pattern[str] = told.SIGNATURE_REGEX
    return pattern
