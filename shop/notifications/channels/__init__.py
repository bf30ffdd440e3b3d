"""How a notice leaves the shop, by channel. Each takes a notice and returns when it is handed over, raises
Undeliverable or OutcomeUnknown when no further try may be made, and anything else when one should."""

from __future__ import annotations

from collections.abc import Callable

from shop.notifications.channels.email import send_email
from shop.notifications.errors import Undeliverable
from shop.notifications.models import Notification
from shop.notifications.statuses import Channel


def _no_service(notification: Notification) -> None:
    raise Undeliverable(f"This shop has no service for {notification.get_channel_display()}.")


SENDERS: dict[str, Callable[[Notification], None]] = {
    Channel.EMAIL: send_email,
    Channel.SMS: _no_service,
    Channel.PUSH: _no_service,
    Channel.IN_APP: lambda _notification: None,  # it stands in the table: that is all
}
