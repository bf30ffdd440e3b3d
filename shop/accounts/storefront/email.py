"""Another e-mail address, and the way back from one."""

from __future__ import annotations

from django.contrib import messages
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _

from shop.accounts import selectors
from shop.accounts.errors import LinkInvalid
from shop.accounts.limits import LINKS_OF_ADDRESS
from shop.accounts.services.change_email import change_email
from shop.accounts.services.make_reset_key import make_reset_key
from shop.accounts.services.undo_email_change import change_of_key, undo_email_change
from shop.accounts.storefront.pages import page, show, try_form
from shop.accounts.storefront.passwords import RESET_KEY
from shop.accounts.storefront.security_forms import EmailForm
from shop.core import limits
from shop.core.errors import Refusal


@page(signed_in=True)
def change(request):
    def ask(email: str, password: str) -> None:
        change_email(user=request.user, email=email, password=password, session=request.session, at=timezone.now())

    form = EmailForm(request.POST or None, has_password=request.user.has_usable_password())
    done = try_form(request, form, ask)
    if done is True:
        messages.success(request, _("Open the link that we sent to the new address. Until then the old one counts."))
        return redirect("accounts:profile")
    context = {"form": form, "section": "profile", "pending_email": selectors.pending_email(request.user)}
    return show(request, "email_change", context, done)


@page()
def undo(request, key: str):
    """A mail scanner opens links; only the button takes the account back."""
    refusal: Refusal | bool = False
    try:
        if request.method == "POST":
            limits.count_address(LINKS_OF_ADDRESS, request)
            user = undo_email_change(key=key, at=timezone.now())
            request.session.flush()
            request.session[RESET_KEY] = make_reset_key(user=user)
            messages.success(request, _("The account is yours again. Choose a new password."))
            return redirect("accounts:password_reset_choose")
        context = {"email": change_of_key(key, timezone.now()).old_email, "link_is_valid": True}
    except (LinkInvalid, limits.TooMany) as problem:
        context, refusal = {"link_is_valid": False}, problem
    response = show(request, "email_undo", context, refusal)
    response["Referrer-Policy"] = "no-referrer"
    return response
