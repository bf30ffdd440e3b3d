"""A status as a word in a label of the admin. The color only repeats the word."""

from __future__ import annotations

from django.utils.html import format_html
from django.utils.safestring import SafeString

GOOD, WAITING, BAD, QUIET = "good", "waiting", "bad", "quiet"


def label(word: object, tone: str) -> SafeString:
    return format_html('<span class="w-status shop-status shop-status--{}">{}</span>', tone, word)
