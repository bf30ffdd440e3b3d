"""Help and complaints: who answers for them, writing one, and following it. For accounts, and for guests by the link of
their letter."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.models import Site

from checkout.complaint.limits import COMPLAINTS_OF_ADDRESS, COMPLAINTS_OF_USER, MESSAGES_ABOUT_ONE
from checkout.complaint.models import Complaint
from checkout.complaint.officer import officer_of
from checkout.complaint.rules import complaint_token
from checkout.complaint.selectors import complaint_of_number, complaints_of
from checkout.complaint.services.close_complaint import close_complaint
from checkout.complaint.services.open_complaint import Complainant, open_complaint
from checkout.complaint.services.write_message import write_message
from checkout.order.models import Order
from checkout.storefront.complaint_context import complaint_card, complaint_page
from checkout.storefront.complaint_forms import ComplaintForm, MessageForm
from checkout.storefront.pages import page, say, see_other, show
from shop.accounts.storefront.forms import show_refusal
from shop.core.api.caller import hash_token
from shop.core.api.context import page_locale
from shop.core.errors import Refusal
from shop.core.limits import count, count_address

TOKENS = "complaint_tokens"  # in the session: the complaint's number → SHA-256 of the token that was shown
MOST_TOKENS, NEWEST = 20, 20


@page("GET", "HEAD")
def help_page(request: HttpRequest) -> HttpResponse:
    mine = [complaint_card(complaint, page_locale()) for complaint in _own(request).order_by("-pk")[:NEWEST]]
    officer = officer_of(Site.find_for_request(request))
    return show(request, "checkout/help.html", _("Help and complaints"), officer=officer, complaints=mine)


@page()
def new_complaint(request: HttpRequest) -> HttpResponse:
    typed = request.POST if request.method == "POST" else None
    form = ComplaintForm(
        typed, orders=_orders(request), locale=page_locale(), initial={"order": request.GET.get("order", "")}
    )
    if request.method == "POST" and form.is_valid():
        try:
            complaint = _open(request, form.cleaned_data)
        except Refusal as refusal:
            show_refusal(form, refusal)
        else:
            _keep_token(request, complaint.number, complaint_token(complaint))
            messages.success(request, _("We have your complaint. Its number is %(number)s.") % {"number": complaint})
            return see_other("checkout:complaint", complaint.number)
    return show(request, "checkout/complaint_new.html", _("Write a complaint"), form=form)


@page()
def one_complaint(request: HttpRequest, number: str) -> HttpResponse:
    """The token of a mailed link moves from the address into the session, so that it is not passed on from there."""
    if token := request.GET.get("token"):
        complaint_of_number(complaints_of(None, hash_token(token)), number)
        _keep_token(request, number, token)
        return see_other("checkout:complaint", number)
    complaint = complaint_of_number(_visible(request, number), number)
    form = MessageForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            count(MESSAGES_ABOUT_ONE, complaint.reference)
            write_message(complaint_id=complaint.pk, text=form.cleaned_data["text"], at=timezone.now())
        except Refusal as refusal:
            show_refusal(form, refusal)
        else:
            messages.success(request, _("It stands with your complaint now."))
            return see_other("checkout:complaint", number)
    shown = complaint_page(complaint, page_locale())
    return show(request, "checkout/complaint.html", complaint.number, complaint=shown, form=form)


@page("POST")
def end_complaint(request: HttpRequest, number: str) -> HttpResponse:
    complaint = complaint_of_number(_visible(request, number), number)
    try:
        close_complaint(complaint_id=complaint.pk, at=timezone.now(), by_complainant=True)
    except Refusal as refusal:
        messages.error(request, say(refusal))
    else:
        messages.success(request, _("The complaint is closed."))
    return see_other("checkout:complaint", number)


def _open(request: HttpRequest, typed: dict[str, Any]) -> Complaint:
    user = request.user if request.user.is_authenticated else None
    if user is None:
        count_address(COMPLAINTS_OF_ADDRESS, request)
    else:
        count(COMPLAINTS_OF_USER, str(user.pk))
    who = Complainant(user, user.email if user else typed["email"], page_locale())
    return open_complaint(who=who, kind=typed["kind"], text=typed["text"], about=typed["order"], at=timezone.now())


def _orders(request: HttpRequest) -> list[Order] | None:
    """Of the account, newest first; None for a guest."""
    if not request.user.is_authenticated:
        return None
    return list(Order.objects.filter(user_id=request.user.pk).order_by("-placed_at", "-pk")[:NEWEST])


def _own(request: HttpRequest) -> QuerySet[Complaint]:
    return complaints_of(request.user if request.user.is_authenticated else None, None)


def _visible(request: HttpRequest, number: str) -> QuerySet[Complaint]:
    user = request.user if request.user.is_authenticated else None
    return complaints_of(user, request.session.get(TOKENS, {}).get(number))


def _keep_token(request: HttpRequest, number: str, token: str) -> None:
    if request.user.is_authenticated:
        return
    kept = {known: value for known, value in request.session.get(TOKENS, {}).items() if known != number}
    newest = list(kept.items())[-MOST_TOKENS + 1 :]
    request.session[TOKENS] = {**dict(newest), number: hash_token(token)}
