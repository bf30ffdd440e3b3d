from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from shop.privacy.statuses import Door, EventName, Kind, Purpose


class ConsentText(models.Model):
    """What a person is asked, word for word. Never changed: a new wording is a new version, and is asked anew."""

    purpose = models.CharField(_("asked for"), max_length=12, choices=Purpose.choices, default=Purpose.ANALYTICS)
    locale = models.CharField(_("language"), max_length=12, choices=settings.LANGUAGES)
    version = models.PositiveIntegerField(
        _("version"), help_text=_("A higher number than the last asks everybody again.")
    )
    heading = models.CharField(_("heading"), max_length=100)
    body = models.TextField(_("text"), max_length=600)
    created_at = models.DateTimeField(_("since"), auto_now_add=True)

    class Meta:
        verbose_name = _("text of a consent")
        verbose_name_plural = _("texts of consents")
        constraints = [
            models.UniqueConstraint(
                fields=["purpose", "locale", "version"],
                name="consent_text_once",
                violation_error_message=_("This version exists in this language: take the next number."),
            ),
            models.CheckConstraint(condition=Q(version__gte=1), name="consent_text_version_positive"),
        ]

    def __str__(self) -> str:
        return f"{self.get_purpose_display()} {self.version} ({self.locale})"


class Consent(models.Model):
    """Somebody said yes or no. Append-only: the newest row of a person and purpose holds (a trigger refuses UPDATE)."""

    wagtail_reference_index_ignore = True

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, null=True, related_name="+")
    visitor = models.CharField(max_length=32, blank=True)  # random, ours alone; empty for a no of somebody unknown
    purpose = models.CharField(max_length=12, choices=Purpose.choices)
    given = models.BooleanField()
    version = models.PositiveIntegerField()  # of the text; 0: the one in the code
    at = models.DateTimeField()
    door = models.CharField(max_length=4, choices=Door.choices)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(user=None, visitor=""), name="consent_of_somebody"),
        ]
        indexes = [
            models.Index(fields=["visitor", "purpose", "-id"], condition=~Q(visitor=""), name="consent_of_visitor"),
            models.Index(fields=["user", "purpose", "-id"], condition=~Q(user=None), name="consent_of_user"),
        ]

    def __str__(self) -> str:
        return f"{self.purpose}: {self.given}"


class AnalyticsEvent(models.Model):
    """What somebody did who agreed to be counted: no person beyond the random id that they agreed to."""

    wagtail_reference_index_ignore = True
    Name = EventName

    visitor = models.CharField(max_length=32)
    name = models.CharField(max_length=10, choices=EventName.choices)
    facts = models.JSONField(default=dict)
    at = models.DateTimeField(db_index=True)
    once_key = models.CharField(max_length=80, null=True, unique=True)
    forward_attempts = models.PositiveSmallIntegerField(default=0)
    forwarded_at = models.DateTimeField(null=True)  # to the outside service, where one is set up

    class Meta:
        indexes = [
            models.Index(fields=["id"], condition=Q(forwarded_at=None), name="analytics_to_forward"),
            models.Index(fields=["visitor"], name="analytics_of_visitor"),
        ]

    def __str__(self) -> str:
        return self.name


class PurchaseConsent(models.Model):
    """The buyer of `reference` (`order:42`) had agreed to be counted when they ordered. Gone once it was counted."""

    wagtail_reference_index_ignore = True

    reference = models.CharField(max_length=80, unique=True)
    visitor = models.CharField(max_length=32)
    at = models.DateTimeField()

    def __str__(self) -> str:
        return self.reference


class PrivacyRequest(models.Model):
    """What a person asked for about their data. No name: the account's number outlives the account."""

    wagtail_reference_index_ignore = True
    Kind = Kind

    kind = models.CharField(_("asked for"), max_length=8, choices=Kind.choices)
    account = models.BigIntegerField(_("account"))  # no foreign key: the audit stays
    at = models.DateTimeField(_("when"), db_index=True)

    class Meta:
        verbose_name = _("request about data")
        verbose_name_plural = _("requests about data")

    def __str__(self) -> str:
        return f"{self.get_kind_display()}, {self.account}"
