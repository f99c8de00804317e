"""A draft as the rules see it: the writer's own words, in sentences, and what is around."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from unsolved.conversations.drafts.against import NOBODY, Reader, Verdict, verdicts
from unsolved.conversations.drafts.cutting import Sentence, cut, own_lines
from unsolved.conversations.drafts.ignoring import LINE as IGNORE
from unsolved.conversations.drafts.model import Draft
from unsolved.conversations.drafts.vocabulary import pattern, vocabulary
from unsolved.sources.transcripts.language import guessed

MOST = 20_000
"""Characters of one mail that are checked; nobody reads so far."""

_PLAIN = str.maketrans(
    {"\u2019": "'", "\u2018": "'", "\u201c": '"', "\u201d": '"', "\u00a0": " ", "\u202f": " "}
)
LINK = re.compile(
    r"(?:https?://|www\.)[^\s<>\"')\]]*[^\s<>\"')\].,;:!?]|\b[\w.-]+@[\w-]+\.[\w.]+"
)
_MARKUP = re.compile(r"<!--.*?-->|^#{1,6} |[*_]{2}", re.DOTALL | re.MULTILINE)
_WRAP = re.compile(r"(?<!\n)\n(?!\s*\n)")
_WORD = re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)*")
_ANSWERED = re.compile(r"\b(?:wrote|schrieb|a écrit|escribió)\b[^\n]{0,40}:\s*$", re.MULTILINE)


@dataclass(frozen=True)
class Letter:
    """A draft, read once for all rules; places are characters of the draft's text."""

    draft: Draft
    own: tuple[str, ...] = ()
    """Names of the seller's own company and products, in small letters."""

    reader: Reader = NOBODY
    before: tuple["Letter", ...] = ()
    """The mails of the same sequence that go before, the first one first."""

    @cached_property
    def prose(self) -> str:
        """The text with all that is not the writer's own prose blanked out, place by place."""
        text = self.draft.text[:MOST].translate(_PLAIN)
        start, end = self.draft.body
        shown = [" "] * len(text)
        for first, last in own_lines(text, start, min(end, len(text))):
            shown[first:last] = text[first:last]
        masked = "".join(
            "\n" if known == "\n" else seen for known, seen in zip(text, shown, strict=True)
        )
        masked = IGNORE.sub(lambda found: _blank(found.group(), " "), masked)
        masked = LINK.sub(lambda found: _blank(found.group(), "\u00b7"), masked)
        return _MARKUP.sub(lambda found: _blank(found.group(), " "), masked)

    @cached_property
    def low(self) -> str:
        """The same in small letters, a line that is merely wrapped run on."""
        return _small(_WRAP.sub(" ", self.prose))

    @cached_property
    def said(self) -> str:
        """The same without what is quoted, which is not the writer's own speech."""
        return _QUOTES.sub(lambda found: _blank(found.group(), "\u00b7"), self.low)

    @cached_property
    def subject(self) -> str:
        """The subject in small letters."""
        start, end = self.draft.subject or (0, 0)
        return _small(self.draft.text[start:end].translate(_PLAIN))

    @cached_property
    def greeting(self) -> tuple[int, int]:
        """Where the greeting stands; an empty place at the beginning where there is none."""
        at = len(self.low) - len(self.low.lstrip())
        at = max(at, self.draft.body[0]) if self.low.strip() else self.draft.body[0]
        line = self.prose.find("\n", at)
        line = line if line >= 0 else len(self.prose)
        found = vocabulary().greeting.match(self.low, at, line)
        if found:
            return found.span()
        words = self.prose[at:line].split()
        is_name = self.prose[at:line].rstrip().endswith((",", ":")) and len(words) <= 4  # noqa: PLR2004
        return (at, line) if is_name else (at, at)

    @cached_property
    def sentences(self) -> tuple[Sentence, ...]:
        """The sentences after the greeting."""
        return cut(self.prose, self.low, self.greeting[1])

    @cached_property
    def words(self) -> tuple[str, ...]:
        """The words of the body, in small letters, greeting and all."""
        return tuple(_WORD.findall(self.low))

    @cached_property
    def links(self) -> tuple[tuple[int, int], ...]:
        """Where links stand in the writer's own words."""
        places = []
        for found in LINK.finditer(self.draft.text[:MOST]):
            shown = self.prose[found.start() : found.end()]
            if shown.startswith("\u00b7") and "@" not in found.group():
                places.append((found.start(), found.end()))
        return tuple(places)

    @cached_property
    def theirs(self) -> tuple[str, ...]:
        """What the other side wrote, newest first: quoted in the draft or given beside it."""
        start, end = self.draft.body
        body = self.draft.text[start : min(end, MOST)]
        marked = [line.lstrip() for line in body.split("\n") if line.lstrip().startswith(">")]
        newest = [line[1:].strip() for line in marked if not line[1:].lstrip().startswith(">")]
        found = [" ".join(newest).translate(_PLAIN)] if newest else []
        if not found and (head := _ANSWERED.search(body)):
            found = [body[head.end() :].translate(_PLAIN)]
        return tuple(text for text in (*self.draft.said, *found) if text.strip())

    @cached_property
    def verdicts(self) -> tuple[Verdict, ...] | None:
        """What the organisation's quotes say of each claim; None where none are at hand."""
        if self.reader.quotes is None:
            return None
        about = [
            (one, self.offer(one.start, one.end) is not None or self.is_insight(one))
            for one in self.sentences
        ]
        return verdicts([one for one, not_theirs in about if not not_theirs], self.reader)

    @cached_property
    def language(self) -> str:
        """The language of the mail: ``en`` unless its words or letters say otherwise."""
        letters = [c for c in self.prose if c.isalpha()]
        if sum(c > "\u024f" for c in letters) * 3 > len(letters):
            return "other"
        return guessed([self.prose.replace("\u00b7", " ")]) or "en"

    @property
    def is_first(self) -> bool:
        """Whether nothing went before: no answer, no thread, no earlier mail of a sequence."""
        return not (self.draft.order or self.draft.is_reply or self.theirs or self.before)

    @property
    def answers_unseen(self) -> bool:
        """Whether it answers a mail that is not at hand, so what was asked is not known."""
        return self.draft.is_reply and not self.theirs

    @cached_property
    def offers(self) -> tuple[Sentence, ...]:
        """The sentences that offer something of ours."""
        return tuple(one for one in self.sentences if self.offer(one.start, one.end))

    def offer(self, start: int, end: int) -> tuple[int, int] | None:
        """Return where, in a piece of the text, something of ours is offered.

        What is told of a document, or asked with "what" or "how", is no offer unless it speaks
        of us.
        """
        for name in self.own:
            at = self.said.find(name, start, end)
            if at >= 0 and re.search(r"\w", self.said[at + len(name) : end]):
                return at, at + len(name)
        found = vocabulary().offer.search(self.said, start, end)
        if not found and not _YOURS.search(self.said, start, end):
            found = _OUR_MATTER.match(self.said, start, end)
        if not found or _REFUSES.search(
            self.said[max(start, found.start() - 24) : found.start()]
        ):
            return None
        is_ours = _OURS.search(self.said, start, end)
        told = vocabulary().source.search(self.low, start, end) or _OPEN.search(
            self.said, start, end
        )
        return None if told and not is_ours else found.span()

    def is_sourced(self, sentence: Sentence) -> bool:
        """Whether a sentence, or the one beside it, says where it is known from."""
        near = self.sentences[max(0, sentence.number - 1) : sentence.number + 2]
        return any(self.has_source(one) for one in near)

    def has_source(self, sentence: Sentence) -> bool:
        """Whether a sentence says itself where it is known from: who, where, when, a link."""
        return bool(
            vocabulary().source.search(self.low, sentence.start, sentence.end)
            or vocabulary().heard.search(self.low, sentence.start, sentence.end)
            or _QUOTED.search(self.low, sentence.start, sentence.end)
            or "\u00b7\u00b7" in sentence.text
        )

    def is_insight(self, sentence: Sentence) -> bool:
        """Whether a sentence, or the one before it, shares what is seen with others."""
        near = self.sentences[max(0, sentence.number - 1) : sentence.number + 1]
        insight = vocabulary().insight
        return any(insight.search(self.low, one.start, one.end) for one in near)

    def asks_about_trouble(self) -> bool:
        """Whether it asks something about the reader that is neither a pitch nor a meeting."""
        return any(self.is_problem_question(one) for one in self.sentences)

    def is_problem_question(self, sentence: Sentence) -> bool:
        """Whether a sentence asks about the reader's world: no offer, no meeting, no demo."""
        known = vocabulary()
        span = (sentence.start, sentence.end)
        return (
            sentence.is_question
            and len(sentence.low.split()) > 3  # noqa: PLR2004 - "Any thoughts?"
            and not self.offer(*span)
            and not known.meeting.search(self.said, *span)
            and not known.demo.search(self.said, *span)
        )


_REFUSES = re.compile(
    r"\b(?:not|no|without|never|n't|before|whether|how do|how did|what) (?:\w+ )?$"
)
_QUOTED = re.compile(r"\"[^\"]{12,400}\"")
_QUOTES = re.compile(r"\"[^\"]{1,300}\"")
_OURS = re.compile(r"\b(?:we|our|us|i|my|we're|we've|we'd|we'll|i'd|i'm)\b")
# A sentence about what is ours and does something; what is thought or seen is no matter.
_OUR_MATTER = pattern("letter", "our_matter")
_YOURS = re.compile(r"\byour?\b")
_OPEN = re.compile(r"\b(?:what|where|which|how|who|when|why)\b[^.!?]*\?")


def tokens(text: str) -> Sequence[str]:
    """Return the words of a text in small letters."""
    return _WORD.findall(text.lower())


def _small(text: str) -> str:
    low = text.lower()
    return low if len(low) == len(text) else "".join(c.lower()[:1] or c for c in text)


def _blank(text: str, filler: str) -> str:
    return "".join("\n" if c == "\n" else filler for c in text)
