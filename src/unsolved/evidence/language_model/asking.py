"""Asks question after question, until all are answered or asking has to stop.

A request that the endpoint is too busy or too broken for is tried again, a little later each
time. Asking stops for good when the budget might be passed, when the endpoint is down or
refuses us, and when nothing it says is of use several times in a row.
"""

import time
from collections.abc import Callable, Mapping, Sequence

from unsolved.evidence.language_model.answers import Judged, Refusal, judged
from unsolved.evidence.language_model.client import Client, Failure, Outcome, Reply, Then
from unsolved.evidence.language_model.doubt import Answer
from unsolved.evidence.language_model.kept import Kept
from unsolved.evidence.language_model.ledger import Ledger, batches, worst
from unsolved.evidence.language_model.prompt import Question, forms, names, request
from unsolved.evidence.language_model.terms import Terms

TRIES = 4
IN_A_ROW = 3
FIRST_WAIT, LONGEST_WAIT = 1.0, 60.0

SPENT = "the next request might pass the budget"
USELESS = f"{IN_A_ROW} replies in a row were of no use"


class Asking:
    """Asks on terms that somebody has agreed to, and keeps what it is told."""

    def __init__(
        self, terms: Terms, kept: Kept, *, sleep: Callable[[float], None] = time.sleep
    ) -> None:
        self.ledger = Ledger(terms)
        self.stopped: str | None = None
        """Why nothing more is asked; None while it may be."""

        self._terms, self._kept, self._sleep = terms, kept, sleep
        self._client = Client(terms)
        self._form, self._form_works = 0, False
        self._useless = 0

    def ask(self, questions: Sequence[Question]) -> None:
        """Ask until each question has an answer or a refusal that is kept, or asking stops."""
        for batch in batches(questions):
            if self.stopped:
                return
            asked = names(batch)
            outcome = self._insist(asked)
            if isinstance(outcome, Failure):
                self.stopped = outcome.why
                return
            said = judged(outcome.text, asked) if isinstance(outcome, Reply) else outcome.why
            self._take(asked, said)

    def _insist(self, asked: Mapping[str, Question]) -> Outcome:
        """Return the first outcome that trying again would not mend, or the last of all."""
        outcome = self._shaped(asked)
        for attempt in range(1, TRIES):
            if not isinstance(outcome, Failure) or outcome.then is Then.STOP:
                break
            wait = FIRST_WAIT * 2 ** (attempt - 1) if outcome.wait is None else outcome.wait
            if wait > LONGEST_WAIT:
                break
            self._sleep(wait)
            outcome = self._shaped(asked)
        return outcome

    def _shaped(self, asked: Mapping[str, Question]) -> Outcome:
        """Post in the strictest form that the endpoint takes; find it out the first time."""
        ways = forms(len(asked))
        outcome = self._post(asked, ways[self._form])
        while not self._form_works and _is_untaken(outcome) and self._form + 1 < len(ways):
            self._form += 1
            outcome = self._post(asked, ways[self._form])
        if not isinstance(outcome, Failure):
            self._form_works = self._form_works or not _is_untaken(outcome)
            self._form = self._form if self._form_works else 0
        return outcome

    def _post(self, asked: Mapping[str, Question], form: Mapping[str, object]) -> Outcome:
        body = request(self._terms.model, asked, form)
        most = worst(body, len(asked))
        if not self.ledger.affords(most):
            return Failure(SPENT, Then.STOP)
        outcome = self._client.post(body)
        self.ledger.note(outcome.tokens or (most if outcome.is_charged else None))
        return outcome

    def _take(self, asked: Mapping[str, Question], said: Judged | Refusal) -> None:
        if isinstance(said, Refusal):
            said = Judged(dict.fromkeys(asked, said))
        self._kept.keep(
            {
                asked[name].digest(self._terms.model): answer
                for name, answer in said.answers.items()
            }
        )
        self.ledger.count(said)
        is_useful = any(isinstance(answer, Answer) for answer in said.answers.values())
        self._useless = 0 if is_useful else self._useless + 1
        if self._useless == IN_A_ROW:
            self.stopped = USELESS


def _is_untaken(outcome: Outcome) -> bool:
    return not isinstance(outcome, Reply) and outcome.why is Refusal.NOT_TAKEN
