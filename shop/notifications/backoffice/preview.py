from __future__ import annotations

from django.http import HttpRequest, HttpResponse

from shop.core.pages import serves
from shop.notifications.kinds import kinds
from shop.notifications.models import NoticeText
from shop.notifications.sample import sample_letter, sample_sms
from shop.notifications.selectors import as_text

# Styles stand in the letter itself; scripts are not for letters.
AS_A_MAIL_PROGRAM = "default-src 'none'; style-src 'unsafe-inline'; img-src 'self' https: http:; frame-ancestors 'self'"


@serves(NoticeText)
def preview_text(request: HttpRequest, row: NoticeText) -> HttpResponse:
    """The letter with a sample order: as HTML, as plain text, or the SMS."""
    mode = getattr(request, "preview_mode", "html")
    if row.kind not in kinds:
        return _plain("")
    if mode == "sms":
        return _plain(sample_sms(row.kind, as_text(row)) or "–")
    letter = sample_letter(row.kind, as_text(row), row.locale)
    if mode == "text":
        return _plain(f"{letter.subject}\n\n{letter.text}")
    return HttpResponse(letter.html, headers={"Content-Security-Policy": AS_A_MAIL_PROGRAM})


def _plain(text: str) -> HttpResponse:
    return HttpResponse(text, content_type="text/plain; charset=utf-8")
