from __future__ import annotations

import re
from datetime import UTC

from rest_framework import serializers


class Instant(serializers.DateTimeField):
    """A moment as the API writes it: ISO 8601, UTC, `…Z`."""

    def __init__(self, **kwargs) -> None:
        super().__init__(default_timezone=UTC, **kwargs)


# What an amount looks like in a body: no exponent, no digits of other scripts, no `_` and no space.
AMOUNT = re.compile(r"-?[0-9]{1,15}(\.[0-9]{1,6})?")


class Digits(serializers.CharField):
    """Digits that people write as a number too: `560038`. Kept and answered as a text."""

    takes_numbers = True


class Password(serializers.CharField):
    """A password as it was typed: spaces stay, it never goes out again."""

    def __init__(self, **kwargs) -> None:
        super().__init__(**({"max_length": 256, "trim_whitespace": False, "write_only": True} | kwargs))
