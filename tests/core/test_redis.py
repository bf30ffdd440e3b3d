"""E5: with Redis as cache, session cache and throttle store; emptied or gone, nothing that matters is lost."""

from __future__ import annotations

import time

import pytest
from django.contrib.auth import get_user_model
from django.core.cache import cache
from redis import Redis
from rest_framework.throttling import SimpleRateThrottle


def use_redis(settings, url: str) -> None:
    options = {"IGNORE_EXCEPTIONS": True, "SOCKET_CONNECT_TIMEOUT": 20, "SOCKET_TIMEOUT": 20}
    settings.CACHES = {
        "default": {"BACKEND": "django_redis.cache.RedisCache", "LOCATION": url, "OPTIONS": options},
    }
    settings.SESSION_ENGINE = "django.contrib.sessions.backends.cached_db"
    settings.REDIS_URL = url


@pytest.fixture
def on_redis(settings, redis_url) -> Redis:
    use_redis(settings, redis_url)
    return Redis.from_url(redis_url)


@pytest.fixture
def on_no_redis(settings) -> None:
    use_redis(settings, "redis://127.0.0.1:1/0")


def is_signed_in(client) -> bool:
    return client.get("/django-admin/").status_code == 200


def test_the_cache_lives_in_redis(on_redis):
    cache.set("kept", "हिन्दी", 60)
    assert cache.get("kept") == "हिन्दी"
    assert on_redis.dbsize() == 1


def test_emptying_redis_loses_no_session(on_redis, settings, client, db):
    use_redis(settings, settings.REDIS_URL)
    user = get_user_model().objects.create_superuser(username="meera", email="meera@osari.example", password="x" * 12)
    client.force_login(user)
    assert is_signed_in(client)
    assert on_redis.dbsize() > 0
    on_redis.flushall()
    assert is_signed_in(client)


def test_without_the_database_below_it_a_session_would_be_lost(on_redis, settings, client, db):
    """The control: sessions in the cache alone do not survive."""
    settings.SESSION_ENGINE = "django.contrib.sessions.backends.cache"
    user = get_user_model().objects.create_superuser(username="meera", email="meera@osari.example", password="x" * 12)
    client.force_login(user)
    assert is_signed_in(client)
    on_redis.flushall()
    assert not is_signed_in(client)


def test_a_throttle_counts_in_redis(on_redis, rf):
    class ThreeAMinute(SimpleRateThrottle):
        scope, rate = "planted", "3/min"

        def get_cache_key(self, request, view) -> str:
            return "throttle-planted"

    answers = [ThreeAMinute().allow_request(rf.get("/"), None) for _ in range(4)]
    assert answers == [True, True, True, False]
    on_redis.flushall()
    assert ThreeAMinute().allow_request(rf.get("/"), None)


def test_a_redis_that_is_gone_is_an_empty_cache(on_no_redis, client, db):
    began = time.monotonic()
    cache.set("lost", 1)
    assert cache.get("lost") is None
    user = get_user_model().objects.create_superuser(username="meera", email="meera@osari.example", password="x" * 12)
    client.force_login(user)
    assert is_signed_in(client)
    assert time.monotonic() - began < 10


def test_readiness_says_that_redis_is_gone(on_no_redis, client, db):
    answer = client.get("/readyz")
    assert answer.status_code == 503
    assert answer.json() == {"database": True, "cache": False}


def test_readiness_with_redis(on_redis, client, db):
    assert client.get("/readyz").json() == {"database": True, "cache": True}
