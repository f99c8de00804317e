from datetime import datetime, timedelta
from threading import Event

from tests import make
from tests.deals.worlds import ME, NOON, TODAY, opened
from unsolved.db import Sessions, transaction
from unsolved.deals.model import Cause, Outcome, Step, StepKind, Trigger, TriggerKind
from unsolved.deals.queries.attention import attending
from unsolved.deals.service import conclude
from unsolved.deals.today import ItemKind, Whose
from unsolved.jobs.deals import Kept, keep_up, keep_up_daily, told


def deal(sessions: Sessions, name: str = "Acme") -> int:
    call = Step(kind=StepKind.CALL, due=TODAY)
    return opened(sessions, call, name=name, worth=90_000.0, opened_on=TODAY, staged_on=TODAY)


def foremost(sessions: Sessions) -> list[ItemKind]:
    with transaction(sessions) as tx:
        return [one.item.kind for one in attending(tx, Whose.SELLER)]


def test_what_deserves_attention_is_worked_out_and_how_far_is_told(sessions: Sessions):
    deal(sessions)

    steps = list(keep_up(sessions, make.LIBRARY, NOON))

    assert steps == [Kept(done=0, left=1), Kept(done=1, left=0)]
    assert foremost(sessions) == [ItemKind.STEP]


def test_a_deal_returns_on_the_day_its_trigger_fires(sessions: Sessions):
    number = deal(sessions)
    back = Trigger(kind=TriggerKind.DATE, on=TODAY + timedelta(days=90))
    with transaction(sessions) as tx:
        conclude(tx, number, Outcome.NO_DECISION, ME, cause=Cause.BUDGET, triggers=(back,))

    *_, early = keep_up(sessions, make.LIBRARY, NOON + timedelta(days=89))
    *_, then = keep_up(sessions, make.LIBRARY, NOON + timedelta(days=90))
    *_, after = keep_up(sessions, make.LIBRARY, NOON + timedelta(days=91))

    assert (early.returned, then.returned, after.returned) == (0, 1, 0)
    assert foremost(sessions) == [ItemKind.RETURNED]


def test_it_goes_on_from_where_it_was_stopped(sessions: Sessions):
    for number in range(3):
        deal(sessions, f"Firm {number}")

    next(keep_up(sessions, make.LIBRARY, NOON))  # stopped before the first was worked out
    *_, last = keep_up(sessions, make.LIBRARY, NOON)

    assert last.done == 3
    assert list(keep_up(sessions, make.LIBRARY, NOON)) == [Kept()]


def test_every_new_day_all_is_worked_out_again(sessions: Sessions):
    deal(sessions)
    stop = Event()
    days = iter([NOON, NOON, NOON + timedelta(days=1)])
    asked = []

    def clock() -> datetime:
        asked.append(now := next(days, NOON + timedelta(days=2)))
        if len(asked) > 3:
            stop.set()
        return now

    keep_up_daily(sessions, make.LIBRARY, clock=clock, stop=stop, every=0.01)

    with transaction(sessions) as tx:
        assert len(attending(tx, Whose.SELLER)) == 1
    assert len(asked) == 4


def test_what_came_of_it_is_told_in_a_line_and_nothing_where_nothing_came():
    assert told(Kept(returned=1, done=2000)) == "deals: 1 returned, 2,000 worked out for today"
    assert told(Kept()) == ""
