from __future__ import annotations

from datetime import datetime, timedelta

from django.db.models import Q
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _

from shop.accounts.models import User
from shop.core.db import durable
from shop.notifications.services.notify import notify
from shop.webhooks import outside
from shop.webhooks.models import WebhookDelivery, WebhookEndpoint
from shop.webhooks.rules import GIVEN_UP_AFTER, GONE, headers_of, is_success, pause_after
from shop.webhooks.services.queue_deliveries import SEND

Status = WebhookDelivery.Status
LEASE = timedelta(minutes=1)  # longer than one attempt may take


def send_delivery(*, delivery_id: int, at: datetime) -> None:
    """Make one attempt, if one is due. The request stands between two short transactions.

    Locks: the delivery; then, to note the answer, the endpoint and the delivery.
    """
    delivery = _begin(delivery_id, at)
    if delivery is None:
        return
    body = delivery.body.encode()
    headers = headers_of(delivery.endpoint.keys(at), message_id=delivery.message_id, sent_at=at, body=body)
    answer = outside.post(delivery.endpoint.url, headers=headers, body=body)
    if is_success(answer.code):
        _note_success(delivery, answer, at)
    else:
        _note_failure(delivery, answer, at)


def _begin(delivery_id: int, at: datetime) -> WebhookDelivery | None:
    with durable():
        due = Q(next_attempt_at=None) | Q(next_attempt_at__lte=at)
        found = WebhookDelivery.objects.filter(due, pk=delivery_id, status=Status.WAITING)
        delivery = found.select_for_update(of=("self",)).select_related("endpoint").first()
        if delivery is None:
            return None
        if not delivery.endpoint.active:
            _finish(delivery, Status.PARKED, at, error=_("The endpoint is switched off."))
            return None
        delivery.attempts += 1
        delivery.next_attempt_at = at + LEASE
        delivery.save(update_fields=["attempts", "next_attempt_at"])
    return delivery


def _finish(delivery: WebhookDelivery, status: str, at: datetime, **facts: object) -> None:
    """Unless somebody has had it sent again meanwhile."""
    mine = WebhookDelivery.objects.filter(pk=delivery.pk, attempts=delivery.attempts, status=Status.WAITING)
    mine.update(status=status, next_attempt_at=None, finished_at=at, **facts)


def _note_success(delivery: WebhookDelivery, answer: outside.Answer, at: datetime) -> None:
    with durable():
        WebhookEndpoint.objects.filter(pk=delivery.endpoint_id).exclude(failing_since=None).update(failing_since=None)
        _finish(delivery, Status.DELIVERED, at, response_code=answer.code, duration_ms=answer.duration_ms, error="")


def _note_failure(delivery: WebhookDelivery, answer: outside.Answer, at: datetime) -> None:
    facts = {"response_code": answer.code, "duration_ms": answer.duration_ms, "error": answer.error}
    pause = pause_after(delivery.attempts)
    with durable():
        WebhookEndpoint.objects.filter(pk=delivery.endpoint_id, failing_since=None).update(failing_since=at)
        is_off = _switch_off(delivery.endpoint, answer, at)
        if pause is None or is_off:
            _finish(delivery, Status.PARKED, at, **facts)
            return
        mine = WebhookDelivery.objects.filter(pk=delivery.pk, attempts=delivery.attempts, status=Status.WAITING)
        if mine.update(next_attempt_at=at + pause, **facts):
            import_string(SEND).using(run_after=at + pause).enqueue(delivery.pk)


def _switch_off(endpoint: WebhookEndpoint, answer: outside.Answer, at: datetime) -> bool:
    """After a day of failures, or when the receiver says that it is gone; the administrators are told once."""
    failing = WebhookEndpoint.objects.filter(pk=endpoint.pk, active=True)
    if answer.code != GONE:
        failing = failing.filter(failing_since__lte=at - GIVEN_UP_AFTER)
    reason = f"{answer.code or ''} {answer.error}".strip()[:300]
    if not failing.update(active=False, switched_off_because=reason):
        return False
    for admin in User.objects.filter(is_superuser=True, is_active=True).order_by("pk"):
        notify(
            recipient=admin, address=admin.email, kind="webhook_switched_off", reference=f"webhook:{endpoint.pk}",
            context={"endpoint": endpoint, "reason": reason}, once_key=f"webhook {endpoint.pk} {admin.pk} {int(at.timestamp())}",
        )  # fmt: skip
    return True
