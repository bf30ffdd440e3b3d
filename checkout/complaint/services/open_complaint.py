from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from checkout.complaint.events import ComplaintOpened
from checkout.complaint.models import Complaint
from checkout.complaint.rules import complaint_token, next_deadline, receive
from checkout.complaint.services.words import checked
from checkout.complaint.statuses import Kind
from checkout.order.models import Order
from checkout.order.selectors import id_of_number
from shop.accounts.models import User
from shop.core.errors import Invalid
from shop.core.outbox import publish


@dataclass(frozen=True)
class Complainant:
    """An account, or a guest by address."""

    user: User | None
    email: str
    locale: str


def open_complaint(*, who: Complainant, kind: str, text: str, at: datetime, about: str = "") -> Complaint:
    """Take in a complaint; its number and deadlines go out by letter after the commit. `about` is an order's number.

    An account names its own orders only. A guest's is joined to the order when address and number belong together, and
    kept as typed when not: the answer is the same, so that nobody learns who bought what.

    Raises Invalid (`text`, `kind`, `email`, `order`). Locks nothing.
    """
    order = _order_of(who, about.strip())
    complaint = Complaint(
        user=who.user, email=_checked_email(who.email), locale=who.locale, order=order, about=about.strip()[:24],
        kind=_checked_kind(kind), text=checked(text), opened_at=at,
    )  # fmt: skip
    receive(complaint, at=at)
    complaint.due_at = next_deadline(complaint)
    complaint.token_hash = hashlib.sha256(complaint_token(complaint).encode()).hexdigest()
    with transaction.atomic():
        complaint.save(force_insert=True)
        publish(ComplaintOpened(complaint.pk), aggregate=complaint.reference, at=at)
    return complaint


def _order_of(who: Complainant, about: str) -> Order | None:
    if not about:
        return None
    named = Order.objects.filter(pk=id_of_number(about) or 0)
    if who.user is None:
        return named.filter(email__iexact=who.email).first()
    found = named.filter(user=who.user).first()
    if found is None:
        raise Invalid(errors={"order": [_("You have no such order.")]})
    return found


def _checked_kind(kind: str) -> str:
    if kind not in Kind.values:
        raise Invalid(errors={"kind": [_("One of: %(known)s.") % {"known": ", ".join(Kind.values)}]})
    return kind


def _checked_email(email: str) -> str:
    if not email:
        raise Invalid(errors={"email": [_("Say where we can write to you.")]})
    return email
