"""What a machine asks: is the process alive, can it serve, how much work is waiting."""

from __future__ import annotations

import hmac
import logging
from collections.abc import Callable

from django.conf import settings
from django.db import connection
from django.db.models import F
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from shop.core.measures import measures
from shop.core.outbox.kafka.connecting import ask_broker as ask_kafka
from shop.core.outbox.models import Delivery, OutboxEvent, ParkedMessage
from shop.core.tasks.models import QueuedTask

logger = logging.getLogger(__name__)


@never_cache
@require_safe
def show_alive(request: HttpRequest) -> HttpResponse:
    """The process answers. Asks nobody else: a database that is down must not get the shop restarted."""
    return JsonResponse({"status": "alive"})


@never_cache
@require_safe
def show_ready(request: HttpRequest) -> HttpResponse:
    """200 when everything that is configured answers, else 503 naming what does not."""
    answers = {name: _answers(name, ask) for name, ask in _configured().items()}
    return JsonResponse(answers, status=200 if all(answers.values()) else 503)


@never_cache
@require_safe
def show_metrics(request: HttpRequest) -> HttpResponse:
    """Prometheus' text format, for who holds METRICS_TOKEN; to everybody else the page is not there."""
    given = request.headers.get("Authorization", "").encode()
    if not settings.METRICS_TOKEN or not hmac.compare_digest(given, f"Bearer {settings.METRICS_TOKEN}".encode()):
        raise Http404
    lines = [f"# TYPE {name} gauge\n{name} {value}\n" for name, value in _gauges().items()]
    return HttpResponse("".join(lines), content_type="text/plain; version=0.0.4; charset=utf-8")


def _configured() -> dict[str, Callable[[], object]]:
    checks: dict[str, Callable[[], object]] = {"database": _ask_database}
    if settings.REDIS_URL:
        checks["cache"] = _ask_cache
    if settings.CELERY_BROKER_URL:
        checks["broker"] = _ask_broker
    if settings.KAFKA_BOOTSTRAP_SERVERS:
        checks["kafka"] = ask_kafka
    return checks


def _answers(name: str, ask: Callable[[], object]) -> bool:
    try:
        ask()
    except Exception as error:  # each driver has errors of its own; all of them mean: not ready
        logger.warning("%s does not answer: %s", name, error)
        return False
    return True


def _ask_database() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")


def _ask_cache() -> None:
    """Past the cache's own API, which takes a Redis that is away for an empty one."""
    from django_redis import get_redis_connection

    get_redis_connection("default").ping()


def _ask_broker() -> None:
    from shop.celery import app

    with app.connection_for_write(connect_timeout=2) as broker:
        broker.ensure_connection(max_retries=1, timeout=2)


def _gauges() -> dict[str, float]:
    waiting_events = OutboxEvent.objects.filter(relayed_at=None)
    waiting_tasks = QueuedTask.objects.filter(status=QueuedTask.Status.WAITING, due_at__lte=timezone.now())
    return {
        "shop_outbox_waiting": waiting_events.count(),
        "shop_outbox_oldest_seconds": _age(waiting_events.order_by("pk").values_list("occurred_at", flat=True).first()),
        "shop_deliveries_parked": Delivery.objects.filter(status=Delivery.Status.PARKED).count(),
        "shop_messages_parked": ParkedMessage.objects.exclude(event__relayed_at__gt=F("parked_at")).count(),
        "shop_tasks_due": waiting_tasks.count(),
        "shop_tasks_oldest_seconds": _age(waiting_tasks.order_by("due_at").values_list("due_at", flat=True).first()),
        "shop_tasks_parked": QueuedTask.objects.filter(status=QueuedTask.Status.PARKED).count(),
        **{name: count() for name, count in measures.items()},
    }


def _age(since) -> float:
    return (timezone.now() - since).total_seconds() if since else 0.0
