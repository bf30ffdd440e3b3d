"""What a notice says: rendered from `templates/email/<kind>.txt`, `.html` and `<kind>.subject.txt`.

Without a subject file the first line of the text is the subject.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

from django.conf import settings
from django.template import TemplateDoesNotExist
from django.template.loader import render_to_string
from django.utils import translation


class Letter(NamedTuple):
    subject: str
    text: str
    html: str


def write_letter(kind: str, context: Mapping[str, Any], locale: str = "") -> Letter:
    """Render a notice in a language (the shop's own if none is given). Raises TemplateDoesNotExist without a text."""
    common = {
        "site_url": settings.SITE_URL,
        "shop": {"legal_name": settings.WAGTAIL_SITE_NAME},
        "demo_notice": settings.DEMO,
    }
    known = common | dict(context)
    with translation.override(locale or settings.LANGUAGE_CODE):
        text = render_to_string(f"email/{kind}.txt", known).strip()
        subject = _or_nothing(f"email/{kind}.subject.txt", known)
        html = _or_nothing(f"email/{kind}.html", known)
    if not subject:
        subject, _newline, text = text.partition("\n")
    return Letter(" ".join(subject.split())[:200], text.strip(), html)


def _or_nothing(template: str, context: dict[str, Any]) -> str:
    try:
        return render_to_string(template, context).strip()
    except TemplateDoesNotExist as missing:
        if missing.args[0] != template:  # something that the template itself includes
            raise
        return ""
