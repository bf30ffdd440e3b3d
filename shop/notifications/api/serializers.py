from __future__ import annotations

from rest_framework import serializers

from shop.core.api.fields import AsItIs, Instant
from shop.notifications.models import Notification
from shop.notifications.rules import CHOOSABLE


class NotificationBody(AsItIs, serializers.ModelSerializer):
    recipient = serializers.IntegerField(source="recipient_id", read_only=True)
    order = serializers.SerializerMethodField()
    created_at = Instant(read_only=True)

    class Meta:
        model = Notification
        fields = ("id", "recipient", "channel", "subject", "message", "status", "order", "created_at")
        read_only_fields = fields

    def get_recipient(self, notification) -> int | None:
        return notification.recipient_id

    def get_order(self, notification) -> int | None:
        kind, _colon, pk = notification.reference.partition(":")
        return int(pk) if kind == "order" and pk.isdigit() else None


class NewNotification(serializers.ModelSerializer):
    recipient = serializers.IntegerField(source="recipient_id", min_value=1, max_value=2**63 - 1)
    subject = serializers.RegexField(r"^[^\r\n]*\Z", max_length=200)
    message = serializers.CharField(max_length=10_000)
    order = serializers.IntegerField(min_value=1, max_value=2**63 - 1, required=False, allow_null=True, default=None)

    class Meta:
        model = Notification
        fields = ("recipient", "channel", "subject", "message", "order")


class MarkRead(serializers.Serializer):
    needs_all = True
    status = serializers.ChoiceField([Notification.Status.READ.value])


class Preference(serializers.Serializer):
    topic = serializers.ChoiceField([(topic.value, topic.label) for topic in CHOOSABLE])
    channel = serializers.ChoiceField(Notification.Channel.choices)
    wanted = serializers.BooleanField()


class ShownPreference(Preference):
    locked = serializers.BooleanField(help_text="What was ordered and paid is always told by e-mail.")


class Preferences(serializers.Serializer):
    preferences = ShownPreference(many=True)


class ChosenPreferences(serializers.Serializer):
    preferences = Preference(many=True, allow_empty=False)


class ReadCount(serializers.Serializer):
    read = serializers.IntegerField(help_text="How many were new.")


class PushKeys(serializers.Serializer):
    p256dh = serializers.RegexField(r"^[A-Za-z0-9_=-]{80,100}\Z")
    auth = serializers.RegexField(r"^[A-Za-z0-9_=-]{20,40}\Z")


class PushAddress(serializers.Serializer):
    endpoint = serializers.URLField(max_length=1000)


class PushBrowser(PushAddress):
    keys = PushKeys()


class PushKey(serializers.Serializer):
    public_key = serializers.CharField(help_text="For `PushManager.subscribe`; empty where the shop has no push.")
