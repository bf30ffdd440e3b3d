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


class SecondFactorNeeded(Refusal):
    """The first proof was good; a second one is asked for. Members: `challenge`, `methods`, `expires_in` (seconds)."""

    status: ClassVar[int] = 401
    code = "second_factor_required"
    title = _("Show your second factor to go on.")


class SecondFactorMissing(Refusal):
    """The shop asks staff for a second factor and this account has none yet. Members as above."""

    status: ClassVar[int] = 401
    code = "second_factor_setup_required"
    title = _("Set up a second factor to go on.")


class ChallengeOver(Refusal):
    """Used, too old, or tried too often."""

    code = "challenge_over"
    title = _("This took too long or was tried too often. Begin again.")


class WrongCode(Refusal):
    """A code or a key that does not fit; the challenge stays open for a few more tries."""

    code = "wrong_code"
    title = _("This code is not right. Look again, or ask for a new one.")


class ConfirmationNeeded(Refusal):
    """Something that only the owner may do: the last sign-in or confirmation is too long ago."""

    status: ClassVar[int] = 403
    code = "confirmation_needed"
    title = _("Confirm that it is you: type your password, or sign in again.")


class FactorNeeded(Conflict):
    code = "second_factor_needed"
    title = _("Your role needs a second factor. Add another one before you remove this one.")


class FactorThere(Conflict):
    code = "second_factor_there"
    title = _("There is one already. Remove it first.")


class NotFromHere(Refusal):
    """The cookie of the refresh token counts only on the shop's own pages."""

    status: ClassVar[int] = 403
    code = "not_from_here"
    title = _("This is answered to the shop's own pages only.")


class OutsideAccountRefused(Refusal):
    """A sign-in through another service that opens nothing here."""

    status: ClassVar[int] = 403
    code = "outside_account_refused"
    title = _("This account cannot be used to sign in here.")


class OutsideAccountTaken(Conflict):
    """It opens another account here, or another one of the same service opens this one."""

    code = "outside_account_taken"
    title = _("This cannot be linked: take the link away first where there is one with this service.")
