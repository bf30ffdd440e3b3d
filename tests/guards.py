"""No test lets a call to the outside pass that is made while a transaction is open (see `forbid_in_transaction`)."""

from __future__ import annotations

import pytest
import requests
from django.core.mail.backends.locmem import EmailBackend

from shop.core.db import forbid_in_transaction


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
