"""What a machine may ask."""

from __future__ import annotations

import pytest
from django.db import connection

from shop.core.tasks.models import QueuedTask
from tests.core.happenings import fail, happen


def test_alive_asks_nobody(client, django_assert_num_queries, db):
    with django_assert_num_queries(0):
        answer = client.get("/healthz")
    assert (answer.status_code, answer.json()) == (200, {"status": "alive"})
    assert "no-cache" in answer["Cache-Control"]


def test_ready_is_the_database_alone_where_nothing_else_is_configured(client, db):
    assert client.get("/readyz").json() == {"database": True}


def test_not_ready_without_a_database(client, db, monkeypatch):
    def refuse(*_args, **_kwargs):
        raise connection.Database.OperationalError("gone")

    with monkeypatch.context() as patched:
        patched.setattr(connection, "cursor", refuse)
        answer = client.get("/readyz")
    assert (answer.status_code, answer.json()) == (503, {"database": False})


def test_not_ready_without_the_broker(client, db, settings):
    from shop.celery import app

    settings.CELERY_BROKER_URL = "redis://127.0.0.1:1/0"
    before = app.conf.broker_url
    app.conf.broker_url = settings.CELERY_BROKER_URL
    try:
        assert client.get("/readyz").json() == {"database": True, "broker": False}
    finally:
        app.conf.broker_url = before


@pytest.mark.parametrize("header", [None, "", "Bearer ", "Bearer wrong", "Basic right-token", "Bearer right-token2"])
def test_metrics_are_not_there_for_others(client, db, settings, header):
    settings.METRICS_TOKEN = "right-token"
    headers = {} if header is None else {"Authorization": header}
    assert client.get("/metrics", headers=headers).status_code == 404


@pytest.mark.parametrize("header", ["Bearer ", "Bearer", ""])
def test_metrics_are_not_there_without_a_token_in_the_settings(client, db, settings, header):
    settings.METRICS_TOKEN = ""
    assert client.get("/metrics", headers={"Authorization": header}).status_code == 404


def test_metrics_tell_what_waits(client, db, settings):
    settings.METRICS_TOKEN = "right-token"
    happen(1)
    fail.enqueue("x")
    QueuedTask.objects.create(path="x", due_at="2026-01-01T00:00:00Z", status=QueuedTask.Status.PARKED)
    answer = client.get("/metrics", headers={"Authorization": "Bearer right-token"})
    assert answer["Content-Type"].startswith("text/plain; version=0.0.4")
    told = dict(line.split(" ") for line in answer.content.decode().splitlines() if not line.startswith("#"))
    assert told["shop_outbox_waiting"] == "1"
    assert told["shop_tasks_due"] == "1"
    assert told["shop_tasks_parked"] == "1"
    assert float(told["shop_outbox_oldest_seconds"]) >= 0


def test_only_reading_is_possible(client, db):
    for path in ("/healthz", "/readyz", "/metrics"):
        assert client.post(path).status_code == 405
