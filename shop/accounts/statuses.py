from __future__ import annotations

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class SignInKind(TextChoices):
    BROWSER = "browser", _("Browser")  # the site's own session
    APP = "app", _("App")  # a family of tokens


class LinkClient(TextChoices):
    """Where the link of a mail leads: to the door at which it was asked for."""

    PAGES = "pages", _("Pages")
    APP = "app", _("App")  # the React client


class ChallengePurpose(TextChoices):
    SECOND_FACTOR = "second_factor", _("Second factor")  # the first proof was given
    TOTP = "totp", _("Authenticator app")  # a seed that its owner has yet to confirm
    PASSKEY = "passkey", _("New passkey")
    PASSKEY_SIGN_IN = "passkey_sign_in", _("Sign-in by passkey")
    PHONE = "phone", _("Mobile number")  # to be confirmed
    PHONE_SIGN_IN = "phone_sign_in", _("Sign-in by code")
    HANDOVER = "handover", _("Sign-in elsewhere")  # done in the browser, to be fetched by an app
    LINK = "link", _("Account elsewhere")  # shown in the browser, to be linked by an app
