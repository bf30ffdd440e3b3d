from __future__ import annotations

from django.utils.translation import gettext as _

from checkout.complaint.rules import LONGEST_TEXT
from shop.core.errors import Invalid


def checked(text: str) -> str:
    """Raises Invalid (`text`)."""
    words = text.replace("\0", "").strip()
    if not words:
        raise Invalid(errors={"text": [_("Write what it is about.")]})
    if len(words) > LONGEST_TEXT:
        raise Invalid(errors={"text": [_("At most %(most)s characters.") % {"most": LONGEST_TEXT}]})
    return words
