"""Complaints, moved along as far as their `status`."""

from __future__ import annotations

from datetime import datetime

from django.utils import timezone

from checkout.complaint.models import Complaint
from checkout.complaint.services.acknowledge_complaint import acknowledge_complaint
from checkout.complaint.services.close_complaint import close_complaint
from checkout.complaint.services.open_complaint import Complainant, open_complaint
from checkout.complaint.services.resolve_complaint import resolve_complaint
from shop.accounts.models import User


def make_complaint(
    *, user: User | None = None, email: str = "guest@example.com", about: str = "", status: str = "open",
    at: datetime | None = None,
) -> Complaint:  # fmt: skip
    at = at or timezone.now()
    who = Complainant(user, user.email if user else email, "en")
    made = open_complaint(who=who, kind="product", text="The dish came in two halves.", about=about, at=at)
    if status in ("acknowledged", "resolved"):
        acknowledge_complaint(complaint_id=made.pk, at=at, by="sam")
    if status in ("resolved", "closed"):
        resolve_complaint(complaint_id=made.pk, text="A new one leaves today.", at=at, by="sam")
    if status == "closed":
        close_complaint(complaint_id=made.pk, at=at, by_complainant=True)
    return Complaint.objects.get(pk=made.pk)
