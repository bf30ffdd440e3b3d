"""What the shop told somebody, and what they want to be told."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from shop.accounts.storefront.pages import page, show
from shop.core.dates import moment_text
from shop.core.errors import NotThere
from shop.notifications import selectors
from shop.notifications.channels.push import public_key
from shop.notifications.models import Notification
from shop.notifications.services.choose_channels import choices_of, choose_channels
from shop.notifications.services.hide import hide
from shop.notifications.services.mark_read import mark_all_read, mark_read
from shop.notifications.storefront.forms import PreferencesForm

SHOWN = 20


@page("GET", "HEAD", signed_in=True)
def notices(request):
    shown = Paginator(selectors.on_bell(request.user), SHOWN).get_page(request.GET.get("page"))
    rows = [_row(notice) for notice in shown]
    context = {"notices": rows, "pages": shown, "section": "notices", "unread": any(row["is_new"] for row in rows)}
    return show(request, "notices", context)


def _row(notice: Notification) -> dict[str, Any]:
    return {
        "id": notice.pk,
        "subject": notice.subject,
        "message": notice.message,
        "url": notice.url,
        "at": notice.created_at,
        "at_text": moment_text(notice.created_at, get_language() or "en"),
        "is_new": notice.status == Notification.Status.SENT,
    }


@page("POST", signed_in=True)
def read_all(request):
    mark_all_read(user=request.user, at=timezone.now())
    return redirect("notices:notices")


@page("POST", signed_in=True)
def follow(request, notification_id: int):
    """Mark it as read and go where it leads."""
    try:
        notice = mark_read(user=request.user, notification_id=notification_id, at=timezone.now())
    except NotThere:
        raise Http404 from None
    return redirect(notice.url or "notices:notices")  # the address is the shop's own: no person types it


@page("POST", signed_in=True)
def delete(request, notification_id: int):
    try:
        hide(user=request.user, notification_id=notification_id, at=timezone.now())
    except NotThere:
        raise Http404 from None
    return redirect("notices:notices")


@page(signed_in=True)
def preferences(request):
    form = PreferencesForm(request.POST or None, choices=choices_of(request.user))
    if request.method == "POST" and form.is_valid():
        choose_channels(user=request.user, chosen=form.chosen())
        messages.success(request, _("Saved."))
        return redirect("notices:preferences")
    return show(request, "notice_preferences", {"form": form, "section": "notices", "push_key": public_key()})
