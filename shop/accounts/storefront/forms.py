"""Forms of the account pages. They ask for shapes; what is right is decided by the use cases behind them."""

from __future__ import annotations

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from shop.accounts import rules
from shop.accounts.models import Address
from shop.core.errors import Refusal


def show_refusal(form: forms.Form, refusal: Refusal) -> None:
    """Put what a use case refused where the person sees it: at the field, else above the form."""
    for field, errors in refusal.errors.items():
        form.add_error(field if field in form.fields else None, list(errors))
    if not refusal.errors:
        form.add_error(None, str(refusal.detail))


def _text(label, length: int, autocomplete: str, *, required: bool = True, **attributes) -> forms.CharField:
    widget = forms.TextInput(attrs={"autocomplete": autocomplete} | attributes)
    return forms.CharField(label=label, max_length=length, required=required, widget=widget)


def _password(label, autocomplete: str, length: int = 256, help_text="") -> forms.CharField:
    widget = forms.PasswordInput(attrs={"autocomplete": autocomplete})
    return forms.CharField(label=label, max_length=length, strip=False, widget=widget, help_text=help_text)


def _email(**options) -> forms.EmailField:
    widget = forms.EmailInput(attrs={"autocomplete": "email"})
    return forms.EmailField(label=_("E-mail address"), max_length=254, widget=widget, **options)


EIGHT = _("At least 8 characters. A few words are better than one.")


class SignInForm(forms.Form):
    username = _text(_("E-mail address or user name"), 254, "username", autocapitalize="none", spellcheck="false")
    password = _password(_("Password"), "current-password", 1024)


class SignUpForm(forms.Form):
    name = _text(_("Your name"), 150, "name", required=False)
    email = _email()
    password = _password(_("Password"), "new-password", help_text=EIGHT)


class AskResetForm(forms.Form):
    email = _email()


class NewPasswordForm(forms.Form):
    new_password = _password(_("New password"), "new-password", help_text=EIGHT)


class ChangePasswordForm(forms.Form):
    old_password = _password(_("Your password now"), "current-password", 1024)
    new_password = _password(_("New password"), "new-password", help_text=EIGHT)


class ProfileForm(forms.Form):
    name = _text(_("Your name"), 150, "name", required=False)
    phone = _text(_("Mobile number"), 32, "tel", required=False, inputmode="tel")
    locale = forms.ChoiceField(
        label=_("Letters in"), choices=[("", _("As I choose on the page")), *settings.LANGUAGES], required=False
    )


class AddressForm(forms.Form):
    """The states offered are those of the country that stands in the form, India unless another one does."""

    name = _text(_("Full name"), 150, "name")
    phone = _text(_("Mobile number"), 32, "tel", inputmode="tel")
    pincode = _text(_("PIN code"), 12, "postal-code", required=False, inputmode="numeric")
    city = _text(_("Town"), 100, "address-level2", required=False)
    state = _text(_("State"), 60, "address-level1", required=False)
    street = _text(_("House and street"), 255, "street-address")
    landmark = _text(_("Landmark"), 150, "off", required=False)
    country = forms.CharField(max_length=2, required=False, widget=forms.HiddenInput, initial="IN")
    gstin = _text(_("GSTIN"), 15, "off", required=False, autocapitalize="characters", spellcheck="false")
    is_default = forms.BooleanField(label=_("Deliver here unless I say otherwise"), required=False)

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        if states := self._states():
            widget = forms.Select(attrs={"autocomplete": "address-level1"})
            choices = [("", "—"), *((state, state) for state in states)]
            self.fields["state"] = forms.ChoiceField(label=_("State"), choices=choices, required=False, widget=widget)
        if self._country() == "IN":
            for field in ("pincode", "city", "state"):
                self.fields[field].required = True

    def clean(self) -> dict:
        """The same rules as everywhere (shop.accounts.rules), so that a page can show them before anything is kept."""
        typed = super().clean() or {}
        if not self.errors:
            try:
                typed |= rules.clean_address(typed)
            except Refusal as refusal:
                show_refusal(self, refusal)
        return typed

    def _country(self) -> str:
        return str(self["country"].value() or "IN").upper()

    def _states(self) -> list[str]:
        try:
            return rules.state_names(self._country())
        except ValueError:
            return []


def facts_of(address: Address) -> dict:
    """An address as a form's initial values."""
    return {field: getattr(address, field) for field in (*rules.FIELDS, "is_default")}
