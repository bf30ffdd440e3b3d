"""Endpoints are edited, and deliveries looked at, by administrators alone."""

from __future__ import annotations

import pytest
from django.urls import reverse

from shop.core.tasks.models import QueuedTask
from shop.webhooks.models import WebhookDelivery, WebhookEndpoint
from tests.factories.staff import ROLES, browser_of, outcome
from tests.webhooks.receiver import make_endpoint
from tests.webhooks.telling import happen

pytestmark = pytest.mark.django_db
Status = WebhookDelivery.Status


@pytest.fixture
def admin():
    return browser_of("admin")


def url(model: str, name: str, *args) -> str:
    return reverse(f"wagtailsnippets_webhooks_webhook{model}:{name}", args=args)


def form(**changes) -> dict:
    typed = {
        "name": "Ledger",
        "url": "https://ledger.example/hook",
        "events": ["order.placed", "stock.low"],
        "active": "on",
    }
    return {key: value for key, value in (typed | changes).items() if value is not None}


def test_one_is_made_shown_and_changed(admin):
    response = admin.post(url("endpoint", "add"), form())
    assert response.status_code == 302, response.context["form"].errors
    endpoint = WebhookEndpoint.objects.get()
    assert (endpoint.name, endpoint.events, endpoint.active) == ("Ledger", ["order.placed", "stock.low"], True)
    assert response.url == url("endpoint", "inspect", endpoint.pk)
    assert response.url in admin.get(url("endpoint", "list")).content.decode()
    page = admin.get(response.url).content.decode()
    assert endpoint.secret in page and "order.placed, stock.low" in page
    assert admin.post(url("endpoint", "edit", endpoint.pk), form(events=["order.paid"], active=None)).status_code == 302
    endpoint.refresh_from_db()
    assert (endpoint.events, endpoint.active) == (["order.paid"], False)


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"url": "http://ledger.example/"}, "url"),
        ({"url": "https://me:secret@ledger.example/"}, "url"),
        ({"url": "javascript:alert(1)"}, "url"),
        ({"url": ""}, "url"),
        ({"events": None}, "events"),
        ({"events": ["account.opened"]}, "events"),
        ({"events": ["order.refund_due"]}, "events"),
        ({"name": ""}, "name"),
    ],
)
def test_a_refusal_names_the_field_and_changes_nothing(admin, changes, field):
    response = admin.post(url("endpoint", "add"), form(**changes))
    assert response.status_code == 200
    assert list(response.context["form"].errors) == [field]
    assert WebhookEndpoint.objects.count() == 0


def test_switching_on_again_gives_a_new_day(admin):
    facts = {"active": False, "failing_since": "2026-01-01T00:00:00Z", "switched_off_because": "500"}
    endpoint = make_endpoint("https://ledger.example/hook", **facts)
    assert "Off: 500" in admin.get(url("endpoint", "list")).content.decode()
    assert admin.post(url("endpoint", "edit", endpoint.pk), form()).status_code == 302
    endpoint.refresh_from_db()
    assert (endpoint.active, endpoint.failing_since, endpoint.switched_off_because) == (True, None, "")


def test_the_secret_is_changed_when_confirmed(admin):
    endpoint = make_endpoint("https://ledger.example/hook")
    before = endpoint.secret
    address = url("endpoint", "secret", endpoint.pk)
    assert "for a day" in admin.get(address).content.decode()
    assert WebhookEndpoint.objects.get().secret == before
    assert admin.post(address).status_code == 302
    assert WebhookEndpoint.objects.get().secret != before


def test_a_delivery_is_sent_again_by_the_button(admin):
    make_endpoint("https://ledger.example/hook")
    happen()
    delivery = WebhookDelivery.objects.get()
    WebhookDelivery.objects.update(status=Status.PARKED, attempts=9, error="<b>refused</b>")
    QueuedTask.objects.all().delete()
    page = admin.get(url("delivery", "inspect", delivery.pk)).content.decode()
    address = url("delivery", "replay", delivery.pk)
    assert address in page and "&lt;b&gt;refused" in page
    assert admin.get(address).status_code == 200 and QueuedTask.objects.count() == 0
    assert admin.post(address).url == url("delivery", "inspect", delivery.pk)
    delivery.refresh_from_db()
    assert (delivery.status, delivery.attempts, QueuedTask.objects.count()) == (Status.WAITING, 0, 1)


def test_the_log_is_narrowed(admin):
    one, two = make_endpoint("https://one.example/"), make_endpoint("https://two.example/")
    happen()
    WebhookDelivery.objects.filter(endpoint=two).update(status=Status.PARKED)

    def listed(query: str) -> set[int]:
        return {delivery.endpoint_id for delivery in admin.get(url("delivery", "list") + query).context["object_list"]}

    assert listed("") == {one.pk, two.pk}
    assert listed("?status=parked") == {two.pk}
    assert listed(f"?endpoint={one.pk}") == {one.pk}
    assert listed("?event_name=stock.low") == set()


def test_the_log_asks_the_database_as_often_for_many(admin, django_assert_max_num_queries):
    make_endpoint("https://one.example/")
    for _ in range(12):
        happen()
    admin.get(url("delivery", "list"))
    with django_assert_max_num_queries(12):
        assert len(admin.get(url("delivery", "list")).context["object_list"]) == 12


@pytest.mark.parametrize("role", ROLES)
def test_nobody_else_comes_in(role):
    endpoint = make_endpoint("https://ledger.example/hook")
    happen()
    delivery = WebhookDelivery.objects.get()
    QueuedTask.objects.all().delete()
    client = browser_of(role)
    screens = [url("endpoint", "list"), url("endpoint", "add"), url("delivery", "list")]
    screens += [url("endpoint", name, endpoint.pk) for name in ("edit", "inspect", "secret", "history", "delete")]
    screens += [url("delivery", name, delivery.pk) for name in ("inspect", "replay")]
    assert {outcome(client.get(screen)) == "ok" for screen in screens} == {role == "admin"}
    if role != "admin":
        assert "ok" not in {outcome(client.post(screen)) for screen in screens}
        assert WebhookEndpoint.objects.get().secret == endpoint.secret
        assert QueuedTask.objects.count() == 0


def test_not_even_an_administrator_makes_or_edits_a_delivery(admin):
    make_endpoint("https://ledger.example/hook")
    happen()
    delivery = WebhookDelivery.objects.get()
    for screen in (
        url("delivery", "add"),
        url("delivery", "edit", delivery.pk),
        url("delivery", "delete", delivery.pk),
    ):
        assert outcome(admin.post(screen, {})) in ("refused", "403", "404")
    assert WebhookDelivery.objects.get() == delivery
