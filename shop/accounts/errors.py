"""Refusals of this room."""

from __future__ import annotations

from typing import ClassVar

from django.utils.translation import gettext_lazy as _

from shop.core.errors import Conflict, Refusal


class WrongCredentials(Refusal):
    """One answer for every cause: no such account, wrong password, disabled."""

    status: ClassVar[int] = 401
    code = "wrong_credentials"
    title = _("The user name or the password is wrong.")


class TokenInvalid(Refusal):
    """A refresh token that is expired, tampered with, revoked or used before."""

    status: ClassVar[int] = 401
    code = "token_invalid"
    title = _("This token is not valid. Sign in again.")


class LinkInvalid(Refusal):
    """A link from a mail that was used, has expired or was changed."""

    code = "link_invalid"
    title = _("This link has been used or is too old. Ask for a new one.")


class SomethingLapses(Conflict):
    """`lapses`: sentences about what is lost with the account. Who means it says `?confirm=true`."""

    code = "confirmation_needed"
    title = _("Closing the account loses something. Say that you mean it.")


class LastAdmin(Conflict):
    code = "last_admin"
    title = _("This is the last administrator. Make somebody else one first.")


class TooManyAddresses(Conflict):
    code = "too_many_addresses"
    title = _("No more addresses can be kept. Remove one first.")
