"""What the clients of the broker share. The library is imported where a broker is set, and nowhere else."""

from __future__ import annotations

import logging
from typing import Any

from django.conf import settings

logger = logging.getLogger(__name__)
ASK_SECONDS = 3


def options(**more: Any) -> dict[str, Any]:
    """Of every client: where the broker is, how to sign in, and one line for what would be said a hundred times."""
    quiet = {
        "log_level": 2,
        "error_cb": lambda error: logger.warning("kafka: %s", error),
        "log.connection.close": False,
    }
    slow = {"reconnect.backoff.max.ms": 2000, "retry.backoff.max.ms": 1000}
    return {"bootstrap.servers": settings.KAFKA_BOOTSTRAP_SERVERS} | quiet | slow | settings.KAFKA_OPTIONS | more


def ask_broker() -> None:
    """Raises KafkaException when no broker answers within three seconds."""
    from confluent_kafka.admin import AdminClient

    AdminClient(options()).list_topics(timeout=ASK_SECONDS)
