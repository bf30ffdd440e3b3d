"""The admin: a new wording is added and asked from then on; an old one, and the audit, are never changed."""

from __future__ import annotations

import pytest
from django.urls import reverse
from django.utils import timezone

from shop.privacy.models import ConsentText, PrivacyRequest
from shop.privacy.selectors import text_of
from tests.factories.staff import browser_of, outcome

TEXTS, REQUESTS = "wagtailsnippets_privacy_consenttext:{}", "wagtailsnippets_privacy_privacyrequest:{}"


@pytest.fixture
def admin(db):
    return browser_of("admin")


def test_a_new_wording_is_asked_from_then_on(admin):
    typed = {"purpose": "analytics", "locale": "en", "version": "1", "heading": "Shall we count?", "body": "Say so."}
    assert admin.post(reverse(TEXTS.format("add")), typed).status_code == 302
    assert text_of("analytics", "en")["heading"] == "Shall we count?"
    assert text_of("analytics", "hi") == text_of("analytics", "en")
    assert b"take the next number" in admin.post(reverse(TEXTS.format("add")), typed).content
    assert ConsentText.objects.count() == 1


def test_an_old_wording_is_neither_changed_nor_deleted(admin):
    text = ConsentText.objects.create(locale="en", version=1, heading="Old", body="Old")
    for step in ("edit", "delete"):
        assert outcome(admin.post(reverse(TEXTS.format(step), args=[text.pk]), {"heading": "New"})) in (
            "refused",
            "404",
        )
    text.refresh_from_db()
    assert text.heading == "Old"


def test_support_sees_the_requests_and_changes_none(db, django_assert_max_num_queries):
    sam = browser_of("support")
    requests = [PrivacyRequest(kind=kind, account=7, at=timezone.now()) for kind in ("export", "erasure") * 20]
    PrivacyRequest.objects.bulk_create(requests)
    sam.get(reverse(REQUESTS.format("list")))
    with django_assert_max_num_queries(14):
        page = sam.get(reverse(REQUESTS.format("list"))).content.decode()
    assert "Erasure" in page and "Export" in page
    first = PrivacyRequest.objects.first()
    assert outcome(sam.post(reverse(REQUESTS.format("delete"), args=[first.pk]))) in ("refused", "404")
    assert PrivacyRequest.objects.count() == 40
