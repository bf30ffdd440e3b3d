"""The words of this room."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Purpose(models.TextChoices):
    ANALYTICS = "analytics", _("Counting visits")


class Door(models.TextChoices):
    PAGE = "page", _("a page")
    API = "api", _("the API")


class Kind(models.TextChoices):
    EXPORT = "export", _("Export")
    ERASURE = "erasure", _("Erasure")


class EventName(models.TextChoices):
    VIEW = "view", _("Product seen")
    SEARCH = "search", _("Searched")
    ADD = "add", _("Put into the cart")
    BEGIN = "begin", _("Checkout begun")
    PURCHASE = "purchase", _("Ordered")  # only ever from an order, never from a browser
