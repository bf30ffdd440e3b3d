"""Forms of codes, passkeys and confirmations."""

from __future__ import annotations

import json

from django import forms
from django.utils.translation import gettext_lazy as _

from shop.accounts.storefront.forms import _email, _password, _text


class CredentialField(forms.CharField):
    """What the browser's passkey answered, as JSON that a script put in."""

    widget = forms.HiddenInput

    def clean(self, value):
        text = super().clean(value)
        try:
            read = json.loads(text) if text else None
        except ValueError:
            read = None
        if text and not isinstance(read, dict):
            raise forms.ValidationError(_("The passkey did not answer. Try again."))
        return read


def code_field(label, *, required: bool = True, length: int = 8) -> forms.CharField:
    return _text(label, length, "one-time-code", required=required, inputmode="numeric", spellcheck="false")


class CodeForm(forms.Form):
    code = code_field(_("Code of the app"))


class SentCodeForm(forms.Form):
    code = code_field(_("Code from the message"))


class AnswerForm(forms.Form):
    """A code, or what a passkey answered in its place."""

    code = code_field(_("Code of the app, or a recovery code"), length=32)
    credential = CredentialField(required=False, max_length=50_000)

    def __init__(self, *args, has_app: bool = True, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["code"].required = not self.data.get("credential")
        if not has_app:
            self.fields["code"].label = _("Recovery code")


class PasskeySignInForm(forms.Form):
    credential = CredentialField(max_length=50_000)


class PasskeyForm(forms.Form):
    name = _text(_("Name of the passkey"), 60, "off", required=False)
    credential = CredentialField(max_length=50_000)


class ConfirmForm(forms.Form):
    password = _password(_("Password"), "current-password", 1024)


class PhoneForm(forms.Form):
    phone = _text(_("Mobile number"), 32, "tel", inputmode="tel")


class EmailForm(forms.Form):
    email = _email(help_text=_("It counts once you open the link that we send there."))
    password = _password(_("Your password"), "current-password", 1024)

    def __init__(self, *args, has_password: bool = True, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        if not has_password:  # whoever signs in another way has done so just now (the use case asks)
            self.fields["password"] = forms.CharField(required=False, widget=forms.HiddenInput)
