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


@dataclass(frozen=True)
class EmailVerified(Event):
    name: ClassVar[str] = "account.email_verified"
    user_id: int


@dataclass(frozen=True)
class PasswordResetAsked(Event):
    """`user_id` is None when nobody has that address: the same work is done, nothing is sent."""

    name: ClassVar[str] = "account.password_reset_asked"
    user_id: int | None


@dataclass(frozen=True)
class PasswordChanged(Event):
    name: ClassVar[str] = "account.password_changed"
    user_id: int


@dataclass(frozen=True)
class AccountClosed(Event):
    name: ClassVar[str] = "account.closed"
    user_id: int
