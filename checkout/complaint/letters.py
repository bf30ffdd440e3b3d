"""What is written about complaints: to who complained in their language, to support before a deadline."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from django.conf import settings
from django.urls import reverse
from django.utils import timezone, translation

from checkout.complaint.models import Complaint
from checkout.complaint.rules import complaint_token
from shop.accounts.roles import SUPPORT
from shop.core.dates import day_text, moment_text
from shop.notifications.models import Notification
from shop.notifications.private_links import private_link
from shop.notifications.selectors import staff
from shop.notifications.services.tell import Happening, Reader, tell

GUEST_COMPLAINT = "guest_complaint"
SCREEN = "wagtailsnippets_complaint_complaint:inspect"


def write_about(complaint: Complaint, kind: str, *, part: str, facts: Mapping[str, str] | None = None) -> None:
    """Tell its complainant, in the open transaction; the same `kind` and `part` a second time has no effect."""
    if not complaint.email:
        return  # erased
    with translation.override(complaint.locale):
        url = settings.SITE_URL + complaint_path(complaint) if complaint.user_id else ""
        tell(
            reader=Reader(complaint.user, complaint.email, "", complaint.locale),
            what=Happening(
                kind=kind, key=f"{complaint.pk}:{part}", facts=_words(complaint) | dict(facts or {}), url=url,
                link_maker="" if complaint.user_id else GUEST_COMPLAINT, reference=complaint.reference,
            ),
        )  # fmt: skip


def complaint_path(complaint: Complaint) -> str:
    """Its page in the active language. A guest's link carries the token, which opens this complaint alone."""
    path = reverse("checkout:complaint", args=[complaint.number])
    return path if complaint.user_id else f"{path}?token={complaint_token(complaint)}"


@private_link(GUEST_COMPLAINT)
def guest_link(notification: Notification) -> str | None:
    found = Complaint.objects.filter(pk=notification.reference.removeprefix("complaint:")).first()
    if found is None:
        return None
    with translation.override(notification.locale or settings.LANGUAGE_CODE):
        return settings.SITE_URL + complaint_path(found)


def warn_staff(complaint: Complaint, *, at: datetime) -> None:
    """A deadline comes near, or has just passed."""
    due_at = complaint.due_at or at
    url = settings.SITE_URL + reverse(SCREEN, args=[complaint.pk])
    for user in staff(SUPPORT):
        due = moment_text(due_at, user.locale or settings.LANGUAGE_CODE)
        what = Happening(
            kind="complaint_due", key=f"{complaint.pk}:{due_at:%Y%m%d%H%M}",
            facts={"number": complaint.number, "due": due}, url=url, reference=complaint.reference,
        )  # fmt: skip
        tell(reader=Reader(user, user.email, user.phone, user.locale), what=what)


def _words(complaint: Complaint) -> dict[str, str]:
    return {
        "number": complaint.number,
        "order": complaint.about,
        "acknowledge_by": moment_text(complaint.acknowledge_by, complaint.locale),
        "resolve_by": day_text(timezone.localdate(complaint.resolve_by), complaint.locale),
    }
