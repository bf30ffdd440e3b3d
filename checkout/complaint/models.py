"""Complaints with a number and deadlines, and who answers for them."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Q, Value
from django.db.models.functions import Cast, Concat
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.contrib.settings.models import BaseSiteSetting, register_setting

from checkout.complaint.rules import LONGEST_TEXT
from checkout.complaint.statuses import Kind, Status

NUMBERS_BEGIN_AFTER = 1000


class Complaint(models.Model):
    wagtail_reference_index_ignore = True  # not content: nobody asks where it is used
    Status = Status
    Kind = Kind

    number = models.GeneratedField(
        expression=Concat(Value("C-"), Cast(F("id") + Value(NUMBERS_BEGIN_AFTER), models.CharField(max_length=20))),
        output_field=models.CharField(_("number"), max_length=24, unique=True),
        db_persist=True,
    )
    secret = models.UUIDField(default=uuid.uuid4, editable=False)  # what the token of its link is derived from
    token_hash = models.CharField(max_length=64, unique=True)  # SHA-256 of that token
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="complaints")
    email = models.EmailField(_("e-mail"), blank=True)
    locale = models.CharField(_("language"), max_length=12)
    order = models.ForeignKey("order.Order", on_delete=models.PROTECT, null=True, related_name="complaints")
    about = models.CharField(_("order number as typed"), max_length=24, blank=True)  # perhaps nobody's, or another's
    kind = models.CharField(_("about"), max_length=10, choices=Kind.choices)
    text = models.TextField(_("complaint"), max_length=LONGEST_TEXT)
    status = models.CharField(_("stage"), max_length=12, choices=Status.choices, default=Status.OPEN)
    opened_at = models.DateTimeField(_("received"), db_index=True)
    acknowledge_by = models.DateTimeField(_("to be taken up by"))
    resolve_by = models.DateTimeField(_("to be answered by"))
    due_at = models.DateTimeField(_("due"), null=True)  # the deadline that comes next; NULL: the shop owes nothing
    warned_of = models.DateTimeField(null=True)  # the deadline of which staff have been warned
    acknowledged_at = models.DateTimeField(_("taken up"), null=True)
    resolved_at = models.DateTimeField(_("answered"), null=True)
    closed_at = models.DateTimeField(_("closed"), null=True)

    class Meta:
        verbose_name = _("complaint")
        verbose_name_plural = _("complaints")
        permissions = [("answer_complaint", _("Can take up and answer complaints"))]
        constraints = [
            models.CheckConstraint(
                condition=Q(due_at=None, status__in=[Status.RESOLVED, Status.CLOSED])
                | (Q(due_at__isnull=False) & ~Q(status__in=[Status.RESOLVED, Status.CLOSED])),
                name="complaint_due_until_answered",
            ),
        ]
        indexes = [
            models.Index(fields=["due_at"], condition=Q(due_at__isnull=False), name="complaint_due"),
            models.Index(fields=["user", "-opened_at"], name="complaint_of_user"),
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def reference(self) -> str:
        """How the rooms below name this complaint."""
        return f"complaint:{self.pk}"


class ComplaintMessage(models.Model):
    """What was written about it, by either side. Never changed, only erased with its writer."""

    wagtail_reference_index_ignore = True

    complaint = models.ForeignKey(Complaint, on_delete=models.PROTECT, related_name="messages")
    from_shop = models.BooleanField()
    by = models.CharField(max_length=150, blank=True)  # who of the shop; empty for its complainant
    text = models.TextField(max_length=LONGEST_TEXT)
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.complaint_id}: {self.text[:40]}"


@register_setting(icon="user")
class GrievanceOfficer(BaseSiteSetting):
    """Who answers for complaints: shown in the footer and on the help page, as the rules of India ask."""

    name = models.CharField(_("name"), max_length=120, blank=True)
    designation = models.CharField(_("designation"), max_length=120, blank=True)
    email = models.EmailField(_("e-mail"), blank=True)
    phone = models.CharField(_("phone"), max_length=20, blank=True)
    hours = models.CharField(_("hours"), max_length=120, blank=True)
    address = models.CharField(_("postal address"), max_length=255, blank=True)

    panels = [
        MultiFieldPanel([FieldPanel("name"), FieldPanel("designation")], heading=_("Person")),
        MultiFieldPanel(
            [FieldPanel("email"), FieldPanel("phone"), FieldPanel("hours"), FieldPanel("address")],
            heading=_("How to reach this person"),
        ),
    ]

    class Meta:
        verbose_name = _("grievance officer")
