from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.conf import settings

from shop.accounts.models import User
from shop.accounts.roles import STAFF, roles_of
from shop.core.errors import Invalid
from shop.notifications.kinds import Topic
from shop.notifications.models import NotificationPreference
from shop.notifications.rules import CHOOSABLE, Key, is_locked, is_wanted
from shop.notifications.selectors import said_by
from shop.notifications.statuses import Channel


@dataclass(frozen=True)
class Choice:
    topic: Topic
    channel: Channel
    wanted: bool
    locked: bool

    @property
    def name(self) -> str:
        return f"{self.topic}_{self.channel}"


def choices_of(user: User) -> list[Choice]:
    """What this person may choose, and what holds now. Only channels that the shop serves; staff topics for staff."""
    said = said_by(user)
    return [
        Choice(topic, channel, is_wanted(topic, channel, said), is_locked(topic, channel))
        for topic in CHOOSABLE
        if topic != Topic.STAFF or roles_of(user) & STAFF
        for channel in _served()
    ]


def choose_channels(*, user: User, chosen: Mapping[Key, bool]) -> None:
    """Keep what a person wants to hear by topic and channel; what is not named stays. Raises Invalid for a pair that
    is not theirs to choose."""
    open_to = {(choice.topic.value, choice.channel.value) for choice in choices_of(user) if not choice.locked}
    for topic, channel in chosen:
        if (topic, channel) not in open_to:
            raise Invalid(errors={"preferences": [f"{topic} by {channel} cannot be chosen."]})
    NotificationPreference.objects.bulk_create(
        [NotificationPreference(user=user, topic=topic, channel=channel, wanted=wanted)
         for (topic, channel), wanted in sorted(chosen.items())],
        update_conflicts=True, unique_fields=["user", "topic", "channel"], update_fields=["wanted"],
    )  # fmt: skip


def _served() -> list[Channel]:
    served = {Channel.SMS: bool(settings.SMS_URL), Channel.PUSH: bool(settings.VAPID_PRIVATE_KEY)}
    return [channel for channel in Channel if served.get(channel, True)]
