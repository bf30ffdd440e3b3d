"""The words of a review's status."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Status(TextChoices):
    PENDING = "pending", _("Waits to be read")  # new, or changed since it was decided
    APPROVED = "approved", _("Shown")
    REJECTED = "rejected", _("Not shown")
