"""What people are told about their accounts, and how it reads before anybody edits it (admin: Notices, Texts).

No text may name the person: whoever signs up with a stranger's address types that name, and the shop would mail it there.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from shop.notifications import account_english, account_hindi
from shop.notifications.kinds import Kind, Topic, register

LINK = {"button": ""}  # without it nobody could do what the letter is about
# Operators in India deliver registered texts only: the id is typed in the admin.
CODE = {"sms": "{code}"}


def _kind(name: str, label: Any, needs: Mapping[str, str], **samples: str) -> Kind:
    texts = {"en": account_english.TEXTS[name], "hi": account_hindi.TEXTS[name]}
    return Kind(name, label, Topic.ACCOUNT, samples, texts, needs=needs)


register(
    _kind("verify_email", _("Confirm the address of a new account"), LINK),
    _kind("verify_new_email", _("Confirm another address"), LINK),
    _kind("password_reset", _("Forgotten password"), LINK),
    _kind("account_exists", _("Sign-up with an address that has an account"), LINK),
    _kind("password_changed", _("Password changed"), LINK),
    _kind("email_changed", _("Address changed (to the old one)"), LINK, new_email="a…@example.com"),
    _kind("security_changed", _("Way to sign in added or taken away"), LINK,
          change="A passkey was added to your account."),
    _kind("new_device", _("Sign-in with a new device"), LINK, time="24 October, 6:30 pm IST", device="Firefox, Windows"),
    _kind("account_closed", _("Account closed"), LINK, time="24 October, 6:30 pm IST"),
    _kind("sign_in_code", _("Code for a telephone"), CODE, code="204816"),
)  # fmt: skip
