from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class Notification(models.Model):
    """A message to a person. Knows nothing of orders: `reference` is a word such as `order:42`."""

    class Channel(models.TextChoices):
        EMAIL = "email", _("E-mail")
        SMS = "sms", _("SMS")
        PUSH = "push", _("Push")
        IN_APP = "in_app", _("In the shop")

    class Status(models.TextChoices):
        QUEUED = "queued", _("Queued")
        SENT = "sent", _("Sent")
        FAILED = "failed", _("Failed")
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
    once_key = models.CharField(
        max_length=120, null=True, unique=True
    )  # a second notice of the same happening is refused
    subject = models.CharField(_("subject"), max_length=200, blank=True)
    message = models.TextField(_("message"), blank=True)
    html = models.TextField(blank=True)
    reference = models.CharField(_("about"), max_length=80, blank=True)
    status = models.CharField(_("status"), max_length=6, choices=Status.choices, default=Status.QUEUED)
    error = models.TextField(_("error"), blank=True)
    created_at = models.DateTimeField(_("created"), auto_now_add=True)
    sent_at = models.DateTimeField(_("sent"), null=True)
    read_at = models.DateTimeField(_("read"), null=True)

    class Meta:
        indexes = [
            models.Index(fields=["recipient", "-created_at"], name="notification_of_person"),
            models.Index(fields=["created_at"], condition=Q(status="queued"), name="notification_queued"),
        ]

    def __str__(self) -> str:
        return self.subject or self.kind
