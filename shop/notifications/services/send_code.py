from __future__ import annotations

from shop.accounts.models import User
from shop.notifications.models import Notification
from shop.notifications.placeholders import fill
from shop.notifications.private_links import HIDDEN
from shop.notifications.selectors import text_of
from shop.notifications.services.keep_from_erasure import keep_from_erasure
from shop.notifications.services.notify import enqueue

KIND = "sign_in_code"


def send_code(*, user: User, phone: str, challenge_id: int, once_key: str) -> None:
    """An SMS with a code, whatever the person said of channels: it was asked for just now. Call inside a transaction.

    The code stands in no table: it is put in when the message is sent (account_links).
    """
    if not keep_from_erasure(user):
        return
    text = text_of(KIND, user.locale)
    facts = {"code": HIDDEN}
    notice, made = Notification.objects.get_or_create(once_key=once_key, defaults={
        "recipient": user, "address": phone, "channel": Notification.Channel.SMS, "kind": KIND, "locale": user.locale,
        "message": fill(text.sms, facts), "facts": facts, "sms_template_id": text.sms_template_id,
        "link_maker": KIND, "reference": f"challenge:{challenge_id}",
    })  # fmt: skip
    if made:
        enqueue(notice)
