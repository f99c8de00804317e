import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings

from tests import make
from unsolved.db import Sessions, connect, engine_of
from unsolved.db.migrate import upgrade
from unsolved.evidence import Method

DATABASES = {
    "sqlite": "sqlite:///{tmp_path}/test.sqlite",
    "postgres": os.environ.get("UNSOLVED_TEST_POSTGRES", ""),
}

# A busy machine is no fault of the code: nothing is timed in tests.
settings.register_profile("untimed", deadline=None)
settings.load_profile("untimed")


@pytest.fixture(params=DATABASES)
def sessions(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Sessions]:
    """Every test that touches the database runs on each database we promise."""
    url = DATABASES[request.param].format(tmp_path=tmp_path)
    if not url:
        pytest.skip("set UNSOLVED_TEST_POSTGRES to run this on PostgreSQL too")
    sessions = connect(url)
    engine = engine_of(sessions)
    make.empty(engine)
    upgrade(engine)
    yield sessions
    engine.dispose()


@pytest.fixture(scope="session")
def method() -> Method:
    """A way of reading that knows a few words; see `make.WordReader`."""
    return make.method()
