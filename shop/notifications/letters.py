"""What a notice says: of a kind (kinds.py) its editable text; of the few others what `templates/email/<kind>.*` say."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

from django.conf import settings
from django.template import TemplateDoesNotExist
from django.template.loader import render_to_string
from django.utils import translation

from shop.notifications.kinds import Kind, Text
from shop.notifications.placeholders import fill, paragraphs


class Letter(NamedTuple):
    subject: str
    text: str
    html: str


def write_letter(kind: str, context: Mapping[str, Any], locale: str = "") -> Letter:
    """Render a notice in a language (the shop's own if none is given). Raises TemplateDoesNotExist without a text.

    Without a subject file the first line of the text is the subject.
    """
    known = _common() | dict(context)
    with translation.override(locale or settings.LANGUAGE_CODE):
        text = render_to_string(f"email/{kind}.txt", known).strip()
        subject = _or_nothing(f"email/{kind}.subject.txt", known)
        html = _or_nothing(f"email/{kind}.html", known)
    if not subject:
        subject, _newline, text = text.partition("\n")
    return Letter(one_line(subject), text.strip(), html)


def compose(
    kind: Kind, text: Text, facts: Mapping[str, str], *, url: str, details: Mapping[str, Any], locale: str, stop: str = ""
) -> Letter:  # fmt: skip
    """The e-mail of an editable text: equal words in both parts. `details` feeds the kind's own template below the
    button; `stop` is the address that ends such letters."""
    subject = one_line(fill(text.subject, facts))
    known = _common() | dict(details) | {
        "subject": subject, "heading": fill(text.heading, facts), "paragraphs": paragraphs(fill(text.body, facts)),
        "button": fill(text.button, facts), "url": url, "note": fill(text.note, facts), "stop_url": stop,
        "details_html": f"email/{kind.details}.html" if kind.details else "",
        "details_txt": f"email/{kind.details}.txt" if kind.details else "",
    }  # fmt: skip
    with translation.override(locale or settings.LANGUAGE_CODE):
        plain = render_to_string("email/notice.txt", known)
        return Letter(subject, plain.strip(), render_to_string("email/notice.html", known).strip())


def short_text(text: Text, facts: Mapping[str, str]) -> str:
    """For the bell and for a push: the body without its empty lines."""
    return "\n".join(paragraphs(fill(text.body, facts)))


def one_line(text: str) -> str:
    """No line break may reach a header."""
    return " ".join(text.split())[:200]


def _common() -> dict[str, Any]:
    return {
        "site_url": settings.SITE_URL,
        "shop": {"legal_name": settings.WAGTAIL_SITE_NAME},
        "demo_notice": settings.DEMO,
    }


def _or_nothing(template: str, context: dict[str, Any]) -> str:
    try:
        return render_to_string(template, context).strip()
    except TemplateDoesNotExist as missing:
        if missing.args[0] != template:  # something that the template itself includes
            raise
        return ""
