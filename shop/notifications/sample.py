"""A text as its reader would get it, filled with samples: for previews and test letters."""

from __future__ import annotations

from django.conf import settings
from django.utils.translation import override

from shop.notifications.kinds import TRANSACTIONAL, Text, kinds
from shop.notifications.letters import Letter, compose, one_line
from shop.notifications.placeholders import fill


def sample_letter(name: str, text: Text, locale: str) -> Letter:
    kind, home = kinds[name], f"{settings.SITE_URL}/"
    with override(locale):
        details = kind.sample_details(locale)
    stop = "" if kind.topic in TRANSACTIONAL else home
    return compose(kind, text, kind.samples, url=home, details=details, locale=locale, stop=stop)


def sample_sms(name: str, text: Text) -> str:
    return one_line(fill(text.sms, kinds[name].samples))
