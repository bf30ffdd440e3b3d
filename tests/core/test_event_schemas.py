"""docs/events/ says what the code sends, and a version keeps what it has promised."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import dataclass, make_dataclass
from importlib import import_module

import pytest
from django.db import transaction
from jsonschema import Draft202012Validator, ValidationError

from checkout.order.events import OrderPlaced
from shop.core.outbox import Event, publish, schemas
from shop.core.outbox.kafka.envelope import envelope_of
from shop.core.outbox.models import OutboxEvent
from shop.core.outbox.publishing import defaults_of, known_events
from shop.core.outbox.subscriptions import all_consumers, group_of
from tests.architecture.tree import ROOT, sources

PLACED = OrderPlaced(order_id=1, number="OS-1", total=100, currency="INR", payment_method="cod")


def version_of(**fields) -> dict:
    """The schema of an event of those fields, each a type or (type, default)."""
    parts = [(name, *kind) if isinstance(kind, tuple) else (name, kind) for name, kind in fields.items()]
    made = make_dataclass("Tried", parts, namespace={"name": "tests.tried", "version": 1}, frozen=True, kw_only=True)
    return schemas.schema_of(made)


BEFORE = version_of(a=int, b=(str, ""))


def test_the_files_say_what_the_code_says():
    """Where this fails: `make events`."""
    wanted = {schemas.file_of(event): schemas.schema_of(event) for event in schemas.published_events()}
    for name, schema in wanted.items():
        assert json.loads((schemas.FOLDER / name).read_text()) == schema, name
    assert (schemas.FOLDER / "README.md").read_text() == schemas.readme()


def test_no_event_is_left_out():
    for path in sources("shop", "catalog", "checkout", "cms_pages"):
        if path.name == "events.py":
            import_module(".".join(path.relative_to(ROOT).with_suffix("").parts))
    ours = {name for name, event in known_events.items() if event.__module__.startswith(schemas.OURS)}
    assert {event.name for event in schemas.published_events()} == ours
    assert len(ours) >= 26


def test_every_file_is_a_valid_schema_of_an_event_that_is_or_was():
    for path in schemas.FOLDER.glob("*.json"):
        schema = json.loads(path.read_text())
        Draft202012Validator.check_schema(schema)
        assert schema["properties"]["version"]["const"] <= known_events[schema["title"]].version


def test_a_whole_message_fits_its_schema(db):
    with transaction.atomic():
        publish(PLACED, aggregate="order:1")
    check = Draft202012Validator(json.loads((schemas.FOLDER / "order.placed.v1.json").read_text()))
    message = envelope_of(OutboxEvent.objects.get(name="order.placed"))
    check.validate(message)
    check.validate(message | {"added": 1})  # readers bear what they do not know
    with pytest.raises(ValidationError):
        check.validate(message | {"data": {"order_id": "1"}})


def test_an_event_that_does_not_fit_is_seen_by_every_test(db):
    wrong = OrderPlaced(order_id="one", number="OS-1", total=100, currency="INR", payment_method="cod")  # type: ignore[arg-type]
    with pytest.raises(ValidationError), transaction.atomic():
        publish(wrong, aggregate="order:1")


@pytest.mark.parametrize(
    ("after", "what"),
    [
        (version_of(b=(str, "")), "a is gone"),
        (version_of(a=str, b=(str, "")), "a has another type"),
        (version_of(a=int | None, b=(str, "")), "a has another type"),
        (version_of(a=(int, 0), b=(str, "")), "another type"),
        (version_of(a=int, b=(str, ""), c=int), "c has no default"),
        (version_of(a=int, b=str), "another type"),
    ],
)
def test_what_would_break_readers_needs_a_new_version(after, what):
    assert what in schemas.breach_of(BEFORE, after)


def test_a_field_with_a_default_may_be_added():
    assert schemas.breach_of(BEFORE, version_of(a=int, b=(str, ""), c=(int, 0))) == ""


def test_a_breach_writes_nothing(tmp_path, monkeypatch):
    assert "order.placed.v1.json" in schemas.write_schemas(tmp_path)
    assert schemas.write_schemas(tmp_path) == []
    before = {path.name: path.read_text() for path in tmp_path.iterdir()}
    without = {"properties": {}, "type": "object"}
    monkeypatch.setattr(schemas, "data_schema_of", lambda _event: without)
    with pytest.raises(schemas.Breach, match="is gone"):
        schemas.write_schemas(tmp_path)
    assert {path.name: path.read_text() for path in tmp_path.iterdir()} == before


def test_two_events_never_have_one_name():
    with pytest.raises(TypeError, match=r"order\.placed is the name of"):

        @dataclass(frozen=True)
        class Another(Event):
            name = "order.placed"

    assert known_events["order.placed"] is OrderPlaced


def test_defaults_are_those_of_the_fields():
    assert defaults_of("order.placed") == {}
    assert defaults_of("nobody.knows") == {}


def test_every_subscriber_is_in_one_group():
    groups = {consumer: group_of(consumer) for consumer in all_consumers()}
    assert groups["checkout.order.subscribers.pay_the_order"] == "order"
    assert groups["checkout.payment.subscribers.give_back"] == "payment"
    assert set(groups.values()) <= {"notifications", "inventory", "payment", "order", "catalog", "webhooks"}
    with pytest.raises(LookupError):
        group_of("strangers.subscribers.listen")


def test_a_process_without_addresses_knows_every_event():
    """A consumer parks what it does not know; it must not depend on who has loaded the views."""
    told = "import django; django.setup()\nfrom shop.core.outbox.publishing import known_events\nprint(*known_events)"
    environment = os.environ | {"DJANGO_SETTINGS_MODULE": "shop.settings.test"}
    done = subprocess.run([sys.executable, "-c", told], env=environment, capture_output=True, text=True, timeout=60)
    assert {path.name.rsplit(".v", 1)[0] for path in schemas.FOLDER.glob("*.json")} <= set(done.stdout.split()), (
        done.stderr
    )
