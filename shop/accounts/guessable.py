"""Passwords that a guesser comes to early: names and words with a number behind, rows of the keyboard, letters written as
digits. Django's list of 20,000 knows them only as they stand there; zxcvbn knows how people make them. It asks no network.
"""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from zxcvbn import zxcvbn

from shop.accounts.models import User

# Ten wrong passwords in five minutes (limits.py): what takes more guesses than this holds for a month.
GUESSES = 100_000
# zxcvbn's work grows exponentially with what is typed: 16 letters cost half a millisecond, at worst a few; 32 up to
# half a second. What is longer is left to the other checks.
LONGEST = 16


class GuessablePasswordValidator:
    def validate(self, password: str, user: User | None = None) -> None:
        """Raises ValidationError."""
        if 0 < len(password) <= LONGEST and zxcvbn(password, user_inputs=_known(user))["guesses"] < GUESSES:
            raise ValidationError(self.get_help_text(), code="password_guessable")

    def get_help_text(self) -> str:
        return _("This password is easy to guess. Take three or four words that do not belong together.")


def _known(user: User | None) -> list[str]:
    """What a guesser knows of the person."""
    if user is None:
        return []
    email, _at, host = user.email.partition("@")
    return [word for word in (user.username, email, host.partition(".")[0], *user.name.split()) if word]
