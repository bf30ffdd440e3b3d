from __future__ import annotations

from django.conf import settings
from django.db.models import Q, QuerySet

from shop.accounts.models import User
from shop.accounts.roles import ADMIN
from shop.core.errors import NotThere
from shop.notifications.kinds import Text, kinds
from shop.notifications.models import NoticeText, Notification, NotificationPreference, PushSubscription
from shop.notifications.rules import Key, is_wanted
from shop.notifications.statuses import Channel

PARTS = ("subject", "heading", "body", "button", "sms", "sms_template_id", "note")


def notifications_of(user: User) -> QuerySet[Notification]:
    """Newest first, without those that the reader deleted."""
    return Notification.objects.filter(recipient=user, hidden_at=None).order_by("-created_at", "-pk")


def notification_of(user: User, notification_id: int) -> Notification:
    """Raises NotThere, also for somebody else's."""
    found = notifications_of(user).filter(pk=notification_id).first()
    if found is None:
        raise NotThere
    return found


def narrowed(notices: QuerySet[Notification], *, channel: str = "", unread: bool = False) -> QuerySet[Notification]:
    if unread:
        notices = notices.filter(channel=Channel.IN_APP, status=Notification.Status.SENT)
    return notices.filter(channel=channel) if channel else notices


def on_bell(user: User) -> QuerySet[Notification]:
    return notifications_of(user).filter(channel=Channel.IN_APP)


def unread_count(user: User) -> int:
    return on_bell(user).filter(status=Notification.Status.SENT).order_by().count()


def said_by(user: User | None) -> dict[Key, bool]:
    """What a person chose, by topic and channel."""
    if user is None:
        return {}
    rows = NotificationPreference.objects.filter(user=user)
    return {(topic, channel): wanted for topic, channel, wanted in rows.values_list("topic", "channel", "wanted")}


def channels_for(user: User | None, topic: str, *, email: str, phone: str) -> list[str]:
    """The channels that this person has, the shop serves and nobody switched off. Two queries, none for guests."""
    served = {
        Channel.EMAIL: bool(email),
        Channel.SMS: bool(phone and settings.SMS_URL),
        Channel.IN_APP: user is not None,
        Channel.PUSH: has_push(user),
    }
    said = said_by(user)
    return [channel.value for channel, there in served.items() if there and is_wanted(topic, channel, said)]


def has_push(user: User | None) -> bool:
    return bool(settings.VAPID_PRIVATE_KEY) and user is not None and PushSubscription.objects.filter(user=user).exists()


def text_of(kind: str, locale: str) -> Text:
    """The text of a kind: as edited in this language, as shipped in it, else the same in the shop's own. One query."""
    own = settings.LANGUAGE_CODE
    edited = {row.locale: row for row in NoticeText.objects.filter(kind=kind, locale__in={locale, own})}
    for language in (locale, own):
        if language in edited:
            return as_text(edited[language])
        if language in kinds[kind].texts:
            return kinds[kind].texts[language]
    raise LookupError(f"{kind} has no text in {own}")


def as_text(row: NoticeText) -> Text:
    return Text(**{part: getattr(row, part) for part in PARTS})


def staff(*roles: str) -> QuerySet[User]:
    """Active people with one of these roles, and the administrators."""
    mine = Q(groups__name__in=[*roles, ADMIN]) | Q(is_superuser=True)
    return User.objects.filter(mine, is_active=True).distinct().order_by("pk")
