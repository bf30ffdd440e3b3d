"""Letters that follow from what happens to complaints. Each is applied once (the outbox remembers)."""

from __future__ import annotations

from checkout.complaint.letters import write_about
from checkout.complaint.models import Complaint, ComplaintMessage
from shop.core.outbox import Message, subscribe

ANSWERS = {"complaint.replied": "complaint_replied", "complaint.resolved": "complaint_resolved"}


@subscribe("complaint.opened", "complaint.reopened")
def confirm_receipt(message: Message) -> None:
    """At once, with number and dates: rule 4(5) of the E-Commerce Rules asks for it within 48 hours."""
    part = f"{message.name.rpartition('.')[2]}{message.id}"
    write_about(_complaint(message), "complaint_received", part=part)


@subscribe(*ANSWERS)
def write_the_answer(message: Message) -> None:
    said = ComplaintMessage.objects.get(pk=message.payload["message_id"])
    write_about(_complaint(message), ANSWERS[message.name], part=f"m{said.pk}", facts={"answer": said.text})


def _complaint(message: Message) -> Complaint:
    return Complaint.objects.select_related("user").get(pk=message.payload["complaint_id"])
