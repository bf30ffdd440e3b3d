"""\"Tell me\" of a sold-out product: the page is the same for everybody, so the form carries no CSRF token."""

from __future__ import annotations

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from catalog.listing.services.wait_for_variant import wait_for_variant
from shop.core.api.context import page_locale
from shop.core.errors import Refusal
from shop.core.limits import Limit, count_address
from shop.core.origin import own_pages_only

ASKED_FROM_ADDRESS = Limit("stock_alerts_of_address", 60, 60)


class TellMeForm(forms.Form):
    variant = forms.IntegerField(min_value=1, max_value=2**63 - 1, required=False)
    email = forms.EmailField(max_length=254, required=False)


@own_pages_only
@never_cache
@require_POST
def ask(request: HttpRequest, product_id: int) -> HttpResponse:
    """Answers with the part of the page that asked; without script with a page of its own."""
    form = TellMeForm(request.POST)
    if not form.is_valid():
        return _answer(request, _("That is no e-mail address we can write to."), 400)
    user = request.user if request.user.is_authenticated else None
    try:
        count_address(ASKED_FROM_ADDRESS, request)
        email = wait_for_variant(
            product_id=product_id, variant_id=form.cleaned_data["variant"], at=timezone.now(), locale=page_locale(),
            user=user, email=form.cleaned_data["email"],
        )  # fmt: skip
    except Refusal as refusal:
        told = next(iter(refusal.errors.values()), [refusal.detail])[0]
        return _answer(request, str(told), refusal.status)
    return _answer(request, _("We write to %(email)s when it is back.") % {"email": email}, 200)


def _answer(request: HttpRequest, text: str, status: int) -> HttpResponse:
    part = bool(getattr(request, "htmx", False))
    template = "catalog/tell_me_answer.html" if part else "catalog/tell_me.html"
    back = request.META.get("HTTP_REFERER", "") if not part else ""
    context = {"told": text, "is_good": status == 200, "back": back if back.startswith(("http://", "https://")) else ""}
    return render(request, template, context, status=status)
