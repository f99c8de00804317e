from collections.abc import Iterator

import pytest
from fastapi.testclient import TestClient

from tests import make, make_world
from tests.make_world import World
from unsolved.app import make_app
from unsolved.db import Sessions
from unsolved.evidence import Method


@pytest.fixture
def world(sessions: Sessions) -> World:
    return make_world.world(sessions)


@pytest.fixture
def client(sessions: Sessions, world: World) -> Iterator[TestClient]:  # noqa: ARG001 (made)
    """The door to a small world."""
    with _client(sessions) as client:
        yield client


@pytest.fixture
def reading(
    sessions: Sessions,
    world: World,  # noqa: ARG001 (made)
    method: Method,
) -> Iterator[TestClient]:
    """The same where somebody reads, and so can explain."""
    app = make_app(sessions, make.LIBRARY, method=method)
    with TestClient(app, raise_server_exceptions=False) as client:
        yield client


def _client(sessions: Sessions) -> TestClient:
    app = make_app(sessions, make.LIBRARY, make_world.READING)
    return TestClient(app, raise_server_exceptions=False)
