"""The account page "Your data": take it with you, see what was agreed to, close the account."""

from __future__ import annotations

from django import forms
from django.contrib import messages
from django.contrib.auth import logout
from django.http import JsonResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from shop.accounts.services.close_account import close_account
from shop.accounts.storefront.pages import page
from shop.core.dates import moment_text
from shop.core.errors import Refusal
from shop.core.limits import Limit, count
from shop.core.personal_data import give_out_everything_of
from shop.privacy.cookies import choice_in
from shop.privacy.selectors import choices_of
from shop.privacy.services.record_choice import record_choice
from shop.privacy.statuses import Door, Purpose

CLOSING = Limit("close_account", 10, 300)  # passwords tried by whoever sits at an open browser


class CloseForm(forms.Form):
    password = forms.CharField(
        label=gettext_lazy("Your password"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )

    def __init__(self, *args, user, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.user = user
        if not user.has_usable_password():
            del self.fields["password"]

    def clean_password(self) -> str:
        if not self.user.check_password(self.cleaned_data["password"]):
            raise forms.ValidationError(_("That is not your password. Nothing was closed."))
        return ""


@page("GET", "HEAD", signed_in=True)
def your_data(request):
    return _show(request, CloseForm(user=request.user))


def _show(request, form: forms.Form):
    words = dict(Purpose.choices)
    language = get_language() or "en"
    said = [
        {"purpose": words[row["purpose"]], "given": row["given"], "at": moment_text(row["at"], language)}
        for row in choices_of(request.user)
    ]
    context = {"consents": said, "here": choice_in(request), "form": form, "section": "data"}
    return render(request, "accounts/your_data.html", context)


@page("POST", signed_in=True)
def export(request):
    given = give_out_everything_of(request.user, timezone.now())
    answer = JsonResponse(given, json_dumps_params={"ensure_ascii": False, "indent": 2})
    answer["Content-Disposition"] = 'attachment; filename="my-data.json"'
    return answer


@page("POST", signed_in=True)
def close(request):
    form = CloseForm(request.POST, user=request.user)
    try:
        count(CLOSING, f"user:{request.user.pk}")
        if not form.is_valid():
            return _show(request, form)
        close_account(user=request.user, at=timezone.now())
    except Refusal as refusal:
        messages.error(request, refusal.detail)
        return redirect("privacy:your_data")
    here = choice_in(request)
    if here and here.visitor:  # agreed to before they signed in: nobody's, and gone with them
        record_choice(purpose=Purpose.ANALYTICS, given=False, user=None, known=here, door=Door.PAGE, at=timezone.now())
    logout(request)
    messages.success(request, _("Your account is closed. Orders stay with the books for as long as the law asks."))
    return redirect("/")
