"""What happens to accounts. Rooms above listen: mails are sent by `shop.notifications`. No event carries a token."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from shop.core.outbox import Event


@dataclass(frozen=True)
class AccountOpened(Event):
    name: ClassVar[str] = "account.opened"
    user_id: int


@dataclass(frozen=True)
class EmailTaken(Event):
    """Somebody gave the address of an account that is there; its owner is told, the stranger is not."""

    name: ClassVar[str] = "account.email_taken"
    user_id: int | None


@dataclass(frozen=True)
class VerificationAsked(Event):
    name: ClassVar[str] = "account.verification_asked"
    email_id: int  # of allauth's EmailAddress
    client: str = "pages"  # or "app": where the link of the mail leads


@dataclass(frozen=True)
class EmailVerified(Event):
    name: ClassVar[str] = "account.email_verified"
    user_id: int


@dataclass(frozen=True)
class PasswordResetAsked(Event):
    """`user_id` is None when nobody has that address: the same work is done, nothing is sent."""

    name: ClassVar[str] = "account.password_reset_asked"
    user_id: int | None
    client: str = "pages"  # as above


@dataclass(frozen=True)
class PasswordChanged(Event):
    name: ClassVar[str] = "account.password_changed"
    user_id: int


@dataclass(frozen=True)
class AccountClosed(Event):
    name: ClassVar[str] = "account.closed"
    user_id: int


@dataclass(frozen=True)
class NewDeviceSignedIn(Event):
    """Somebody who has signed in before did so with a device, or in a network, that they did not use in the last months."""

    name: ClassVar[str] = "account.new_device"
    user_id: int
    device: str  # coarse: `Firefox, Windows`; empty where it does not say


@dataclass(frozen=True)
class EmailChanged(Event):
    """The old address is told, with a way back."""

    name: ClassVar[str] = "account.email_changed"
    user_id: int
    change_id: int
    client: str = "pages"  # as above


@dataclass(frozen=True)
class EmailChangeUndone(Event):
    name: ClassVar[str] = "account.email_change_undone"
    user_id: int
    change_id: int


@dataclass(frozen=True)
class CodeAsked(Event):
    """A code is to be sent to a telephone. `user_id` is None when nobody signs in with that number: the same work is
    done, nothing is sent."""

    name: ClassVar[str] = "account.code_asked"
    challenge_id: int
    user_id: int | None


@dataclass(frozen=True)
class PhoneConfirmed(Event):
    """`former_user_id`: who had this number confirmed before, and has it no longer."""

    name: ClassVar[str] = "account.phone_confirmed"
    user_id: int
    former_user_id: int | None = None


@dataclass(frozen=True)
class SecondFactorAdded(Event):
    name: ClassVar[str] = "account.second_factor_added"
    user_id: int
    factor: str  # totp, webauthn


@dataclass(frozen=True)
class SecondFactorRemoved(Event):
    name: ClassVar[str] = "account.second_factor_removed"
    user_id: int
    factor: str  # totp, webauthn; all: by an administrator


@dataclass(frozen=True)
class RecoveryCodesRenewed(Event):
    name: ClassVar[str] = "account.recovery_codes_renewed"
    user_id: int


@dataclass(frozen=True)
class OutsideAccountLinked(Event):
    """Somebody signs in with an account of another service from now on, such as Google."""

    name: ClassVar[str] = "account.outside_account_linked"
    user_id: int
    provider: str
