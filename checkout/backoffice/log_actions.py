"""How the audit log tells what was done with orders, customers and ways to send things."""

from __future__ import annotations

from collections.abc import Callable

from django.utils.translation import gettext_lazy as _
from wagtail.log_actions import LogFormatter


def name_log_actions(actions) -> None:
    """Hook register_log_actions."""
    for action, name, tell in (
        ("order.ship", _("Shipped"), lambda data: _with(_("Marked as shipped"), data.get("note"))),
        ("order.deliver", _("Delivered"), _delivered),
        ("order.cancel", _("Cancelled"), lambda data: _with(_("Cancelled"), data.get("reason"))),
        ("order.refund", _("Refunded"), _refunded),
        ("order.note", _("Note"), lambda data: _with(_("Note"), data.get("note"))),
    ):
        actions.register_action(action)(_formatter(name, tell))


def _formatter(name, tell: Callable[[dict], str]) -> type[LogFormatter]:
    return type("_Told", (LogFormatter,), {"label": name, "format_message": lambda _self, entry: tell(entry.data)})


def _with(what, more: str | None) -> str:
    return f"{what}: {more}" if more else str(what)


def _delivered(data: dict) -> str:
    return str(_("Marked as delivered") if data.get("collected", True) else _("Refused at the door"))


def _refunded(data: dict) -> str:
    amount = f"{data.get('amount', '')} {data.get('currency', '')}"
    return _with(_("Refund of %(amount)s asked for") % {"amount": amount}, data.get("reason"))
