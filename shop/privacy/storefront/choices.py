"""The answer to the notice, and the page where it is changed. Works without JavaScript."""

from __future__ import annotations

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from shop.accounts.storefront.going_on import next_of
from shop.accounts.storefront.pages import page
from shop.core.origin import own_pages_only
from shop.privacy.cookies import choice_in, keep
from shop.privacy.selectors import text_of
from shop.privacy.services.record_choice import record_choice
from shop.privacy.statuses import Door, Purpose


@own_pages_only
@page("GET", "HEAD", "POST")
def choices(request):
    if request.method == "POST" and request.POST.get("given") in ("yes", "no"):
        return _choose(request)
    text = text_of(Purpose.ANALYTICS, get_language() or "")
    choice = choice_in(request)
    said = choice if choice and choice.version >= text["version"] else None
    return render(request, "privacy/choices.html", {"text": text, "said": said, "next": next_of(request)})


def _choose(request):
    given = request.POST["given"] == "yes"
    choice = record_choice(
        purpose=Purpose.ANALYTICS, given=given, user=request.user if request.user.is_authenticated else None,
        known=choice_in(request), door=Door.PAGE, at=timezone.now(),
    )  # fmt: skip
    if going_on := next_of(request):
        answer = redirect(going_on)
    else:
        messages.success(request, _("Thank you. We count your visits.") if given else _("Nothing is counted."))
        answer = redirect("privacy:choices")
    return keep(answer, choice, secure=request.is_secure())
