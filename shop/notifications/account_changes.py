"""What has changed in how somebody signs in: one sentence, which the letter `security_changed` is filled with."""

from __future__ import annotations

from django.conf import settings
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from shop.notifications import account_english, account_hindi

ADDED = {
    "totp": _("An authenticator app was added to your account."),
    "webauthn": _("A passkey was added to your account."),
    "outside": _("From now on you can sign in with an account of another service."),
    "phone": _("From now on you can sign in with a code that we send to your telephone."),
}
TAKEN = {
    "totp": _("The authenticator app was taken away from your account."),
    "webauthn": _("A passkey was taken away from your account."),
    "phone": _("Your mobile number belongs to another account now. You no longer sign in with it."),
    "all": _("An administrator took all second factors away from your account, and you are signed out everywhere."),
}


def what_changed(*, factor: str, added: bool, locale: str) -> str:
    """In the reader's language (the shop's own where they named none). Raises KeyError for what the shop has no word for."""
    with override(locale or settings.LANGUAGE_CODE):
        return str((ADDED if added else TAKEN)[factor])


def unknown_device(locale: str) -> str:
    return account_hindi.UNKNOWN_DEVICE if locale == "hi" else account_english.UNKNOWN_DEVICE
