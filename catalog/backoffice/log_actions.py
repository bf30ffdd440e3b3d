"""How the audit log tells what was done with stock, and which schedule failed."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from catalog.product.services.publish_due import FAILED
from shop.core.backoffice.log_formats import tell, with_reason


def name_log_actions(actions) -> None:
    """Hook register_log_actions."""
    tell(actions, FAILED, _("Schedule failed"), lambda data: with_reason(_("Could not go live"), data["reason"]))
    tell(actions, "stock.adjust", _("Stock corrected"), _corrected)
    tell(actions, "stock.receive", _("Stock received"), _received)
    tell(
        actions, "stock.threshold", _("Low from"), lambda data: _("Low from %(number)s") % {"number": data["threshold"]}
    )
    tell(actions, "stock.limit", _("Most in an order"), _limited)
    tell(actions, "price.add", _("Price added"), lambda data: _("%(sku)s: %(price)s, %(time)s") % data)
    tell(actions, "review.approve", _("Review shown"), lambda _data: _("Put on show"))
    tell(actions, "review.reject", _("Review not shown"), lambda data: with_reason(_("Not shown"), data.get("reason")))
    tell(actions, "review.answer", _("Review answered"), lambda _data: _("Answered"))
    tell(actions, "price.end", _("Price ended"), lambda data: _("%(sku)s: %(price)s ended") % data)


def _corrected(data: dict) -> str:
    text = _("The shelf holds %(number)s") if data["way"] == "count" else _("Changed by %(number)s")
    return with_reason(text % {"number": data["number"]}, data.get("reason"))


def _limited(data: dict) -> str:
    most = data.get("max_per_order")
    return _("At most %(number)s in an order") % {"number": most} if most else _("As many as the shop's limit says")


def _received(data: dict) -> str:
    return with_reason(_("%(number)s pieces came in") % {"number": data["quantity"]}, data.get("reason"))
