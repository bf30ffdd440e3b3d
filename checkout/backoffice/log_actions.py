"""How the audit log tells what was done with orders and customers."""

from __future__ import annotations

from collections.abc import Callable

from django.utils.translation import gettext_lazy as _

from shop.core.backoffice.log_formats import tell, with_reason


def name_log_actions(actions) -> None:
    """Hook register_log_actions."""
    tell(actions, "order.ship", _("Shipped"), lambda data: with_reason(_("Marked as shipped"), data.get("note")))
    tell(actions, "order.deliver", _("Delivered"), _delivered)
    tell(actions, "order.cancel", _("Cancelled"), lambda data: with_reason(_("Cancelled"), data.get("reason")))
    tell(actions, "order.release", _("Let go"), lambda data: with_reason(_("Let go"), data.get("reason")))
    tell(actions, "order.refund", _("Refunded"), _refunded)
    tell(actions, "order.parcel", _("Parcel"), _parcel)
    tell(actions, "order.address", _("Address"), lambda data: with_reason(_("Goes elsewhere"), data.get("to")))
    tell(actions, "order.return_approve", _("Return approved"), _return(_("Return %(number)s approved")))
    tell(actions, "order.return_reject", _("Return refused"), _return(_("Return %(number)s not accepted")))
    tell(actions, "order.return_receive", _("Return received"), _return(_("Return %(number)s came back")))
    tell(actions, "order.return_refund", _("Return refunded"), _return(_("Return %(number)s refunded")))
    tell(actions, "order.note", _("Note"), lambda data: with_reason(_("Note"), data.get("note")))
    for step, title in _COMPLAINT_STEPS.items():
        tell(actions, f"complaint.{step}", title, lambda data, title=title: with_reason(title, data.get("note")))
    for step, title in _PAYMENT_STEPS.items():
        tell(actions, f"payment.{step}", title, lambda data, title=title: with_reason(title, data.get("note")))
    tell(actions, "customer.activity", _("Account"), _activity)
    tell(actions, "customer.credit", _("Store credit"), _credit)
    tell(actions, "customer.role", _("Role"), lambda data: _("Role is now: %(role)s") % {"role": data.get("role", "")})


_COMPLAINT_STEPS = {
    "acknowledge": _("Taken up"),
    "reply": _("Written to the complainant"),
    "resolve": _("Answered for good"),
    "close": _("Closed"),
    "reopen": _("Opened again"),
}
_PAYMENT_STEPS = {
    "retry_refund": _("Refund tried again"),
    "close_refund": _("Refund made good another way"),
    "close_difference": _("Settlement difference dealt with"),
}


def _return(text: str) -> Callable[[dict], str]:
    def said(data: dict) -> str:
        amount = f"{data.get('amount', '')} {data.get('currency', '')}".strip()
        return with_reason(text % {"number": data.get("number", "")}, data.get("reason") or amount)

    return said


def _parcel(data: dict) -> str:
    text = _("Parcel %(parcel)s refused") if data.get("refused") else _("Parcel %(parcel)s delivered")
    return str(text % {"parcel": data.get("parcel", "")})


def _delivered(data: dict) -> str:
    return str(_("Marked as delivered") if data.get("collected", True) else _("Refused at the door"))


def _refunded(data: dict) -> str:
    amount = f"{data.get('amount', '')} {data.get('currency', '')}"
    return with_reason(_("Refund of %(amount)s asked for") % {"amount": amount}, data.get("reason"))


def _credit(data: dict) -> str:
    amount = f"{data.get('amount', '')} {data.get('currency', '')}"
    text = _("Store credit of %(amount)s taken back") if data.get("take") else _("Store credit of %(amount)s given")
    return with_reason(text % {"amount": amount}, data.get("reason"))


def _activity(data: dict) -> str:
    return str(_("Account enabled") if data.get("is_active") else _("Account disabled"))
