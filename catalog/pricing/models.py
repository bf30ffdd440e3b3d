"""Prices are dated rows. A price is never overwritten: the old line is closed, the new one begins."""

from __future__ import annotations

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateTimeRangeField, RangeBoundary, RangeOperators
from django.core.validators import MaxValueValidator
from django.db import models, transaction
from django.db.models import F, Func, Q
from django.utils.translation import gettext_lazy as _
from wagtail.models import DraftStateMixin, RevisionMixin

from catalog.pricing.events import PRODUCTS_AN_EVENT, PriceChanged
from shop.core import outbox
from shop.core.db import in_chunks


class TaxRate(models.Model):
    """The rate of a tax class from a date on. `basis_points`: 1800 is 18 %."""

    tax_class = models.ForeignKey("product.TaxClass", on_delete=models.PROTECT, related_name="rates")
    basis_points = models.PositiveIntegerField(_("hundredths of a percent"), validators=[MaxValueValidator(10_000)])
    valid_from = models.DateTimeField(_("valid from"))

    class Meta:
        verbose_name = _("tax rate")
        verbose_name_plural = _("tax rates")
        constraints = [models.UniqueConstraint(fields=["tax_class", "valid_from"], name="tax_rate_once_per_date")]

    def __str__(self) -> str:
        return f"{self.tax_class} {self.basis_points / 100:g} %"


class PriceList(DraftStateMixin, RevisionMixin, models.Model):
    """The header of a set of prices in one currency. Only the header is drafted; lines have states of their own."""

    code = models.SlugField(_("code"), max_length=60, unique=True)
    name = models.CharField(_("name"), max_length=120)
    currency = models.CharField(_("currency"), max_length=3)
    customer_group = models.CharField(_("for customers of"), max_length=60, blank=True)
    priority = models.PositiveSmallIntegerField(_("priority"), default=0)
    is_base = models.BooleanField(_("base list"), default=False, editable=False)

    class Meta:
        verbose_name = _("price list")
        verbose_name_plural = _("price lists")
        constraints = [
            models.UniqueConstraint(fields=["currency"], condition=Q(is_base=True), name="price_list_one_base"),
        ]

    def __str__(self) -> str:
        return f"{self.name} ({self.currency})"

    def publish(self, revision, *args, **kwargs):
        """Publish the header; what it changes (its priority, for whom it is) may change every price in it."""
        with transaction.atomic():
            super().publish(revision, *args, **kwargs)
            self._tell_prices()

    def unpublish(self, *args, **kwargs):
        """None of its prices hold any more."""
        with transaction.atomic():
            super().unpublish(*args, **kwargs)
            self._tell_prices()

    def _tell_prices(self) -> None:
        cores = self.lines.order_by("variant__core_id").values_list("variant__core_id", flat=True).distinct()
        for chunk in in_chunks(cores.iterator(), PRODUCTS_AN_EVENT):
            outbox.publish(PriceChanged(chunk), aggregate=f"price_list:{self.pk}")


class _Period(Func):
    function = "TSTZRANGE"
    output_field = DateTimeRangeField()


class PriceLine(models.Model):
    """A price of a variant for a time. Amounts in minor units of the list's currency."""

    class State(models.TextChoices):
        DRAFT = "draft", _("Draft")  # seen only in the preview of its change set
        LIVE = "live", _("Live")  # counts between its two dates

    price_list = models.ForeignKey(PriceList, on_delete=models.PROTECT, related_name="lines")
    variant = models.ForeignKey("product.Variant", on_delete=models.PROTECT, related_name="price_lines")
    min_qty = models.PositiveIntegerField(_("from quantity"), default=1)
    amount = models.BigIntegerField(_("price"))
    compare_at = models.BigIntegerField(_("compare-at price"), null=True, blank=True)
    valid_from = models.DateTimeField(_("valid from"), null=True, blank=True)
    valid_to = models.DateTimeField(_("valid to"), null=True, blank=True)
    state = models.CharField(_("state"), max_length=5, choices=State.choices, default=State.LIVE)
    change_set = models.BigIntegerField(_("change set"), null=True, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(amount__gte=0), name="price_line_amount_not_negative"),
            models.CheckConstraint(
                condition=Q(compare_at=None) | Q(compare_at__gt=F("amount")),
                name="price_line_compare_at_above",
            ),
            models.CheckConstraint(condition=Q(min_qty__gte=1), name="price_line_min_qty_positive"),
            models.CheckConstraint(
                condition=Q(valid_from=None) | Q(valid_to=None) | Q(valid_from__lt=F("valid_to")),
                name="price_line_dates_in_order",
            ),
            ExclusionConstraint(
                name="price_line_one_at_a_time",
                expressions=[
                    ("price_list", RangeOperators.EQUAL),
                    ("variant", RangeOperators.EQUAL),
                    ("min_qty", RangeOperators.EQUAL),
                    (_Period("valid_from", "valid_to", RangeBoundary()), RangeOperators.OVERLAPS),
                ],
                condition=Q(state="live"),
            ),
        ]
        indexes = [models.Index(fields=["variant", "price_list"], name="price_line_of_variant")]

    def __str__(self) -> str:
        return f"{self.variant_id}: {self.amount}"
