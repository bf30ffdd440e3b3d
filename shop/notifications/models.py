from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _
from wagtail.models import PreviewableMixin

from shop.core.pages import ServedByDoor
from shop.notifications.kinds import Topic, kinds
from shop.notifications.statuses import Channel


class Notification(models.Model):
    """A message to a person. Knows nothing of orders: `reference` is a word such as `order:42`."""

    wagtail_reference_index_ignore = True  # not content: nobody asks where it is used
    Channel = Channel

    class Status(models.TextChoices):
        QUEUED = "queued", _("Queued")
        SENT = "sent", _("Sent")
        FAILED = "failed", _("Failed")  # waits for its next try, or is given up; `error` says why
        READ = "read", _("Read")

    recipient = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="notifications",
    )
    address = models.CharField(_("to"), max_length=254, blank=True)  # e-mail address or phone number
    channel = models.CharField(_("channel"), max_length=6, choices=Channel.choices)
    kind = models.CharField(_("kind"), max_length=40)  # "order_placed": names the template
    # Person, kind, happening and channel in one word: a second notice of the same happening is refused.
    once_key = models.CharField(max_length=120, null=True, unique=True)
    subject = models.CharField(_("subject"), max_length=200, blank=True)
    message = models.TextField(_("message"), blank=True)
    html = models.TextField(blank=True)
    locale = models.CharField(_("language"), max_length=12, blank=True)
    url = models.CharField(max_length=500, blank=True)  # where it leads; empty where the link is a secret
    link_maker = models.CharField(max_length=40, blank=True)  # makes the secret link when the letter goes out
    sms_template_id = models.CharField(max_length=40, blank=True)  # of the text as registered (India's DLT rules)
    facts = models.JSONField(default=dict)  # what an SMS service puts into the registered text
    reference = models.CharField(_("about"), max_length=80, blank=True)
    status = models.CharField(_("status"), max_length=6, choices=Status.choices, default=Status.QUEUED)
    error = models.TextField(_("error"), blank=True)
    created_at = models.DateTimeField(_("created"), auto_now_add=True)
    sent_at = models.DateTimeField(_("sent"), null=True)
    read_at = models.DateTimeField(_("read"), null=True)
    hidden_at = models.DateTimeField(null=True)  # deleted by its reader; the row stays, lest it be told again

    class Meta:
        verbose_name = _("notice")
        verbose_name_plural = _("notices")
        permissions = [("resend_notification", _("Can send a failed notice again"))]
        indexes = [
            models.Index(fields=["recipient", "-created_at"], name="notification_of_person"),
            models.Index(fields=["created_at"], condition=Q(status="queued"), name="notification_queued"),
            models.Index(
                fields=["recipient"],
                condition=Q(channel="in_app", status="sent", hidden_at=None),
                name="notification_unread",
            ),
        ]

    def __str__(self) -> str:
        return self.subject or str(kinds[self.kind].label if self.kind in kinds else self.kind)


class NotificationPreference(models.Model):
    """What a person said about a topic on a channel. Without a row the channel's habit holds (rules.py)."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    topic = models.CharField(max_length=10, choices=Topic.choices)
    channel = models.CharField(max_length=6, choices=Channel.choices)
    wanted = models.BooleanField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "topic", "channel"], name="preference_once")]

    def __str__(self) -> str:
        return f"{self.topic} by {self.channel}: {self.wanted}"


class PushSubscription(models.Model):
    """A browser that may be written to (Web Push). The endpoint is an address, the keys seal what is sent there."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    endpoint = models.URLField(max_length=1000)
    endpoint_hash = models.CharField(max_length=64, unique=True)  # SHA-256; the address is too long for an index
    p256dh = models.CharField(max_length=100)
    auth = models.CharField(max_length=40)
    created_at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return self.endpoint_hash[:12]


class StockAlert(models.Model):
    """Somebody waits for `reference` (`variant:12`) and is told once. Ends told or given up."""

    wagtail_reference_index_ignore = True

    kind = models.CharField(max_length=40)
    reference = models.CharField(max_length=80)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, null=True, related_name="+")
    email = models.EmailField()
    locale = models.CharField(max_length=12)
    created_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                "kind", "reference", Lower("email"), condition=Q(ended_at=None), name="stock_alert_once"
            )
        ]
        indexes = [models.Index(Lower("email"), name="stock_alert_of_email")]

    def __str__(self) -> str:
        return f"{self.kind} {self.reference}"


class NoticeText(ServedByDoor, PreviewableMixin, models.Model):
    """How a notice reads in a language, where a merchandiser changed it. Without a row the text of the code holds."""

    kind = models.CharField(_("notice"), max_length=40)
    locale = models.CharField(_("language"), max_length=12)
    subject = models.CharField(_("subject"), max_length=150)
    heading = models.CharField(_("heading"), max_length=150)
    body = models.TextField(_("text"), max_length=3000)
    button = models.CharField(_("button"), max_length=60, blank=True)
    note = models.CharField(
        _("small print"), max_length=300, blank=True, help_text=_("Stands below the button, in small letters.")
    )
    sms = models.CharField(_("SMS"), max_length=480, blank=True)
    sms_template_id = models.CharField(_("DLT template id"), max_length=40, blank=True)

    class Meta:
        verbose_name = _("text of a notice")
        verbose_name_plural = _("texts of notices")
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "locale"],
                name="notice_text_once",
                violation_error_message=_("There is a text of this notice in this language: change that one."),
            )
        ]

    def __str__(self) -> str:
        return f"{kinds[self.kind].label if self.kind in kinds else self.kind} ({self.locale})"

    @property
    def preview_modes(self) -> list[tuple[str, Any]]:
        return [("html", _("E-mail")), ("text", _("E-mail as plain text")), ("sms", _("SMS"))]
