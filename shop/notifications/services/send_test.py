from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext as _

from shop.accounts.models import User
from shop.core.errors import Invalid
from shop.notifications.models import NoticeText, Notification
from shop.notifications.sample import sample_letter
from shop.notifications.selectors import as_text
from shop.notifications.services.notify import enqueue
from shop.notifications.statuses import Channel


def send_test(*, text_id: int, to: User) -> Notification:
    """Send a text, filled with samples, to its author. Raises Invalid for somebody without an e-mail address."""
    if not to.email:
        raise Invalid(_("You have no e-mail address."))
    row = NoticeText.objects.get(pk=text_id)
    letter = sample_letter(row.kind, as_text(row), row.locale)
    with transaction.atomic():
        test = Notification.objects.create(
            recipient=to, address=to.email, channel=Channel.EMAIL, kind="test", locale=row.locale,
            subject=letter.subject, message=letter.text, html=letter.html,
        )  # fmt: skip
        enqueue(test)
    return test
