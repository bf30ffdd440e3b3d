from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _


class ShippingMethod(models.Model):
    """A way to send things, at a flat price (minor units); free from a subtotal on where one is set."""

    code = models.SlugField(_("code"), max_length=30)
    currency = models.CharField(_("currency"), max_length=3)
    name = models.CharField(_("name"), max_length=80)
    names = models.JSONField(_("names in other languages"), default=dict, blank=True)
    price = models.BigIntegerField(_("price"))
    free_from = models.BigIntegerField(_("free from"), null=True, blank=True)
    min_days = models.PositiveSmallIntegerField(_("earliest, in days"))
    max_days = models.PositiveSmallIntegerField(_("latest, in days"))
    cod = models.BooleanField(_("cash on delivery"), default=True)
    position = models.PositiveSmallIntegerField(_("position"), default=0)
    active = models.BooleanField(_("offered"), default=True)

    class Meta:
        verbose_name = _("shipping method")
        verbose_name_plural = _("shipping methods")
        constraints = [
            models.UniqueConstraint(fields=["code", "currency"], name="shipping_method_once"),
            models.CheckConstraint(condition=Q(price__gte=0), name="shipping_price_not_negative"),
            models.CheckConstraint(condition=Q(min_days__lte=F("max_days")), name="shipping_days_in_order"),
        ]

    def __str__(self) -> str:
        return f"{self.name} ({self.currency})"


class CashRule(models.Model):
    """When cash on delivery is offered in a currency; a currency without a rule has none. Amounts in minor units."""

    currency = models.CharField(_("currency"), max_length=3, unique=True)
    active = models.BooleanField(_("offered"), default=True)
    fee = models.BigIntegerField(_("fee"), default=0)
    least = models.BigIntegerField(_("from"), default=0)  # goods and delivery, without the fee; the same below
    greatest = models.BigIntegerField(_("up to"), null=True, blank=True)
    confirm_from = models.BigIntegerField(_("confirmed by a code from"), null=True, blank=True)  # NULL: never asked for
    served = models.TextField(_("PIN codes served"), blank=True)  # beginnings, one word each; empty: all
    refused = models.TextField(_("PIN codes not served"), blank=True)
    excluded_categories = models.ManyToManyField(
        "product.CategoryPage", verbose_name=_("not for these categories"), blank=True, related_name="+"
    )

    class Meta:
        verbose_name = _("cash on delivery rule")
        verbose_name_plural = _("cash on delivery rules")
        constraints = [
            models.CheckConstraint(condition=Q(fee__gte=0, least__gte=0), name="cash_amounts_not_negative"),
            models.CheckConstraint(
                condition=Q(greatest=None) | Q(greatest__gte=F("least")), name="cash_amounts_in_order"
            ),
        ]

    def __str__(self) -> str:
        return _("Cash on delivery in %(currency)s") % {"currency": self.currency}


class CourierMessage(models.Model):
    """A courier's message, stored as it came before it is answered, handled once."""

    wagtail_reference_index_ignore = True  # not content: nobody asks where it is used

    courier = models.CharField(max_length=20)
    event_id = models.CharField(max_length=100)
    body = models.TextField()
    received_at = models.DateTimeField(auto_now_add=True, db_index=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["courier", "event_id"], name="courier_message_once")]

    def __str__(self) -> str:
        return f"{self.courier} {self.event_id}"
