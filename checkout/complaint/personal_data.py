"""What the shop knows of a person through complaints."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from checkout.complaint.models import Complaint, ComplaintMessage
from checkout.complaint.selectors import with_messages
from checkout.complaint.services.close_complaint import end
from checkout.complaint.statuses import Status
from shop.core.personal_data import on_erase, personal_data


@personal_data("complaints")
def complaints_of_person(user) -> list[dict[str, Any]]:
    return [_as_data(complaint) for complaint in with_messages(Complaint.objects.filter(user=user).order_by("pk"))]


def _as_data(complaint: Complaint) -> dict[str, Any]:
    return {
        "number": complaint.number,
        "opened_at": complaint.opened_at,
        "kind": complaint.kind,
        "status": complaint.status,
        "email": complaint.email,
        "order": complaint.about,
        "text": complaint.text,
        "messages": [
            {"at": message.at, "from": "shop" if message.from_shop else "you", "text": message.text}
            for message in complaint.messages.all()
        ],
    }


@on_erase
def forget_complaints(user, at: datetime) -> None:
    """Who closes the account withdraws what is open. That there was one, and when it was answered, stays: the law may ask
    the shop. What was written goes."""
    mine = Complaint.objects.filter(user=user)
    for complaint in mine.select_for_update().exclude(status=Status.CLOSED).order_by("pk"):
        end(complaint, at=at)
    ComplaintMessage.objects.filter(complaint__user=user).update(text="")
    mine.update(text="", email="")
