from __future__ import annotations

from django.http import HttpRequest, HttpResponse

from shop.core.pages import serves
from shop.notifications.kinds import kinds
from shop.notifications.models import NoticeText
from shop.notifications.sample import sample_letter, sample_sms
from shop.notifications.selectors import as_text


@serves(NoticeText)
def preview_text(request: HttpRequest, row: NoticeText) -> HttpResponse:
    """The letter with a sample order: as HTML, as plain text, or the SMS."""
    mode = getattr(request, "preview_mode", "html")
    if row.kind not in kinds:
        return _plain("")
    if mode == "sms":
        return _plain(sample_sms(row.kind, as_text(row)) or "–")
    letter = sample_letter(row.kind, as_text(row), row.locale)
    return HttpResponse(letter.html) if mode == "html" else _plain(f"{letter.subject}\n\n{letter.text}")


def _plain(text: str) -> HttpResponse:
    return HttpResponse(text, content_type="text/plain; charset=utf-8")
