from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class Status(models.TextChoices):
    OPEN = "open", _("New")  # received and confirmed by letter; nobody has taken it up
    ACKNOWLEDGED = "acknowledged", _("Being looked at")  # a person has it
    RESOLVED = "resolved", _("Answered")  # the shop has redressed it; the complainant may say otherwise
    CLOSED = "closed", _("Closed")  # settled, withdrawn, or nobody said otherwise
    REOPENED = "reopened", _("Opened again")


class Kind(models.TextChoices):
    ORDER = "order", _("An order: late, lost, incomplete")
    PRODUCT = "product", _("A piece: broken, faulty, not as shown")
    PAYMENT = "payment", _("A payment or a refund")
    RETURN = "return", _("A return or an exchange")
    PRIVACY = "privacy", _("My data")
    OTHER = "other", _("Something else")
