"""Complaints as the templates get them."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from checkout.complaint.models import Complaint
from checkout.complaint.statuses import Status
from checkout.storefront.order_addresses import order_url
from shop.core.dates import date_text, day_text, moment_text


def complaint_card(complaint: Complaint, locale: str) -> dict[str, Any]:
    """What a list shows of one. No query."""
    return {
        "number": complaint.number,
        "url": reverse("checkout:complaint", args=[complaint.number]),
        "status": complaint.status,
        "label": complaint.get_status_display(),
        "tone": _tone(complaint),
        "kind_text": complaint.get_kind_display(),
        "opened_text": date_text(complaint.opened_at, locale),
        "next_text": _next(complaint, locale),
    }


def complaint_page(complaint: Complaint, locale: str) -> dict[str, Any]:
    """With order and messages fetched: no query."""
    return complaint_card(complaint, locale) | {
        "text": complaint.text,
        "about": complaint.about,
        "order_url": order_url(complaint.order) if complaint.order and complaint.user_id else "",
        "messages": [
            {"text": said.text, "from_shop": said.from_shop, "at_text": moment_text(said.at, locale), "at": said.at}
            for said in complaint.messages.all()
        ],
        "is_closed": complaint.status == Status.CLOSED,
        "is_resolved": complaint.status == Status.RESOLVED,
        "close_url": reverse("checkout:complaint_close", args=[complaint.number]),
    }


def _tone(complaint: Complaint) -> str:
    return {Status.RESOLVED: "good", Status.CLOSED: ""}.get(Status(complaint.status), "trouble")


def _next(complaint: Complaint, locale: str) -> str:
    """What happens now, and until when."""
    answer = {"day": day_text(timezone.localdate(complaint.resolve_by), locale)}
    if complaint.status == Status.ACKNOWLEDGED:
        return _("A person looks at it. You have our answer by %(day)s at the latest.") % answer
    if complaint.status == Status.RESOLVED:
        return _("Here is our answer. If it does not settle it, write to us below: it is then open again.")
    if complaint.status == Status.CLOSED:
        return _("It is closed. If something is left, write a new complaint and name this number.")
    when = answer | {"moment": moment_text(complaint.acknowledge_by, locale)}
    return _("A person looks at it by %(moment)s, and you have our answer by %(day)s at the latest.") % when
