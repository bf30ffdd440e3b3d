from __future__ import annotations

import base64
import uuid
from datetime import datetime, timedelta

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _

OLD_SECRET_SIGNS_FOR = timedelta(days=1)


class WebhookEndpoint(models.Model):
    """An address of a third party. Its secret is derived, not stored: a copy of the database does not hold it."""

    wagtail_reference_index_ignore = True  # not content: nobody asks where it is used

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    name = models.CharField(_("name"), max_length=80)
    url = models.URLField(_("address"), max_length=500)
    events = ArrayField(models.CharField(max_length=80), verbose_name=_("events"))
    active = models.BooleanField(_("active"), default=True)
    generation = models.PositiveSmallIntegerField(default=1, editable=False)  # of the secret
    rotated_at = models.DateTimeField(null=True, editable=False)
    failing_since = models.DateTimeField(_("failing since"), null=True, editable=False)  # the last success was before
    switched_off_because = models.CharField(max_length=300, blank=True, editable=False)
    created_at = models.DateTimeField(_("created"), auto_now_add=True)

    class Meta:
        verbose_name = _("webhook endpoint")
        verbose_name_plural = _("webhook endpoints")

    def __str__(self) -> str:
        return self.name

    @property
    def secret(self) -> str:
        """What the receiver is given."""
        return "whsec_" + base64.b64encode(self._key(self.generation)).decode()

    def keys(self, at: datetime) -> list[bytes]:
        """What signs a message: for a day after a change of the secret, the old one too."""
        changing = self.rotated_at is not None and at < self.rotated_at + OLD_SECRET_SIGNS_FOR
        return [self._key(self.generation), *([self._key(self.generation - 1)] if changing else [])]

    def _key(self, generation: int) -> bytes:
        return salted_hmac("shop.webhooks", f"{self.uuid}:{generation}", algorithm="sha256").digest()


class WebhookDelivery(models.Model):
    """One event for one endpoint: the very text that is sent, and what came of it."""

    wagtail_reference_index_ignore = True  # not content: nobody asks where it is used

    class Status(models.TextChoices):
        WAITING = "waiting", _("Waiting")
        DELIVERED = "delivered", _("Delivered")
        PARKED = "parked", _("Parked")  # given up; a person may have it sent again

    endpoint = models.ForeignKey(WebhookEndpoint, models.CASCADE, related_name="deliveries", verbose_name=_("endpoint"))
    event_id = models.BigIntegerField(_("event"))
    event_name = models.CharField(_("what happened"), max_length=80)
    body = models.TextField(_("message"))
    status = models.CharField(_("status"), max_length=9, choices=Status.choices, default=Status.WAITING)
    attempts = models.PositiveSmallIntegerField(_("attempts"), default=0)
    response_code = models.PositiveSmallIntegerField(_("answer"), null=True)
    duration_ms = models.PositiveIntegerField(_("took (ms)"), null=True)
    error = models.TextField(_("error"), blank=True)
    next_attempt_at = models.DateTimeField(_("next attempt"), null=True)
    created_at = models.DateTimeField(_("created"), auto_now_add=True)
    finished_at = models.DateTimeField(_("finished"), null=True)

    class Meta:
        verbose_name = _("webhook delivery")
        verbose_name_plural = _("webhook deliveries")
        constraints = [models.UniqueConstraint(fields=["endpoint", "event_id"], name="webhook_once")]
        indexes = [models.Index(fields=["created_at"], condition=Q(status="delivered"), name="webhook_delivered")]

    def __str__(self) -> str:
        return f"{self.event_name} {self.message_id}"

    @property
    def message_id(self) -> str:
        """The same however often it is sent: the receiver knows it again by this."""
        return f"evt_{self.event_id}"
