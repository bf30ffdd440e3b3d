"""What no test lets pass: a call to the outside while a transaction is open (see `forbid_in_transaction`), an event
that does not fit its schema."""

from __future__ import annotations

import functools
import json

import pytest
import requests
from django.core.mail.backends.locmem import EmailBackend
from jsonschema import Draft202012Validator

from shop.core.db import forbid_in_transaction
from shop.core.outbox import publishing
from shop.core.outbox.schemas import FOLDER, OURS, file_of


@pytest.fixture(autouse=True)
def _refuse_outside_calls_in_transactions(monkeypatch):
    send_request, send_messages = requests.Session.send, EmailBackend.send_messages

    def guarded_request(self, request, **options):
        forbid_in_transaction(f"{request.method} {request.url}")
        return send_request(self, request, **options)

    def guarded_messages(self, messages):
        forbid_in_transaction("mail")
        return send_messages(self, messages)

    monkeypatch.setattr(requests.Session, "send", guarded_request)
    monkeypatch.setattr(EmailBackend, "send_messages", guarded_messages)


@pytest.fixture(autouse=True)
def _hold_events_to_their_schemas(monkeypatch):
    """Every event that any test publishes fits its published schema (docs/events)."""
    plain = publishing.payload_of

    def held(event):
        payload = json.loads(json.dumps(plain(event)))
        if (validator := _validator_of(type(event))) is not None:
            validator.validate(payload)
        return payload

    monkeypatch.setattr(publishing, "payload_of", held)


@functools.cache
def _validator_of(event: type):
    path = FOLDER / file_of(event)
    if not event.__module__.startswith(OURS):
        return None
    return Draft202012Validator(json.loads(path.read_text())["properties"]["data"])
