from __future__ import annotations

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from checkout.complaint.models import Complaint
from checkout.complaint.rules import WARNED_BEFORE
from checkout.complaint.statuses import Status
from shop.core.backoffice.labels import BAD, GOOD, QUIET, WAITING, label

SCREEN = "wagtailsnippets_complaint_complaint:{}"
_TONES = {Status.OPEN: BAD, Status.REOPENED: BAD, Status.ACKNOWLEDGED: WAITING, Status.RESOLVED: GOOD}


def complaint_label(complaint: Complaint) -> SafeString:
    return label(complaint.get_status_display(), _TONES.get(Status(complaint.status), QUIET))


def due_label(complaint: Complaint) -> SafeString | str:
    """When the next deadline is, and whether that is soon or over."""
    if complaint.due_at is None:
        return "–"
    at, now = date_format(timezone.localtime(complaint.due_at), "j M Y, H:i"), timezone.now()
    if complaint.due_at < now:
        return format_html("{} {}", label(_("Overdue"), BAD), at)
    if complaint.due_at < now + WARNED_BEFORE[complaint.status]:
        return format_html("{} {}", label(_("Soon"), WAITING), at)
    return at
