"""How a notice leaves the shop, by channel. Each takes a notice and returns when it is handed over, raises
Undeliverable or OutcomeUnknown when no further try may be made, and anything else when one should."""

from __future__ import annotations

from collections.abc import Callable

from shop.notifications.channels.email import send_email
from shop.notifications.channels.push import send_push
from shop.notifications.channels.sms import send_sms
from shop.notifications.models import Notification
from shop.notifications.statuses import Channel

SENDERS: dict[str, Callable[[Notification], None]] = {
    Channel.EMAIL: send_email,
    Channel.SMS: send_sms,
    Channel.PUSH: send_push,
    Channel.IN_APP: lambda _notification: None,  # it stands in the table: that is all
}
