from tests import make
from tests.deals.worlds import NOON, opened
from unsolved.db import Sessions, transaction
from unsolved.deals.queries.attention import stale
from unsolved.deals.service.refreshing import Hands, refresh


def test_several_processes_work_out_what_one_would(sessions: Sessions):
    for number in range(4):
        opened(sessions, name=f"Firm {number}")
    hands = Hands(processes=2, at_once=2, enough=1)

    steps = list(refresh(sessions, make.LIBRARY, NOON, hands))

    with transaction(sessions) as tx:
        assert stale(tx, NOON) == []
    assert [(one.done, one.left) for one in steps] == [(0, 4), (2, 2), (4, 0)]
