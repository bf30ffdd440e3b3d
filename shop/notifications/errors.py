from __future__ import annotations


class Undeliverable(Exception):
    """Trying again is no use: no such address, no service, no template. The text is shown to staff."""


class OutcomeUnknown(Exception):
    """It was handed over and no answer came. Trying again might send it twice, so nobody does."""
