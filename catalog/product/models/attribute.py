"""Attributes describe products (material, care, size of the thing) and become facets where marked filterable."""

from __future__ import annotations

from django.core.validators import RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from wagtail.models import Orderable


class Attribute(ClusterableModel):
    class Type(models.TextChoices):
        TEXT = "text", _("Text")
        CHOICE = "choice", _("Choice")  # one of the values below, or several
        COLOR = "color", _("Color")  # a choice whose values have a swatch
        NUMBER = "number", _("Number")
        BOOLEAN = "boolean", _("Yes or no")

    code = models.CharField(_("code"), max_length=40, unique=True, validators=[RegexValidator(r"^[a-z][a-z0-9_]*$")])
    name = models.CharField(_("name"), max_length=80)
    names = models.JSONField(_("names in other languages"), default=dict, blank=True)
    type = models.CharField(_("type"), max_length=10, choices=Type.choices, default=Type.TEXT)
    unit = models.CharField(_("unit"), max_length=16, blank=True)
    is_option = models.BooleanField(_("distinguishes variants"), default=False)
    is_filterable = models.BooleanField(_("offered as a filter"), default=False)
    position = models.PositiveIntegerField(_("position"), default=0)

    def __str__(self) -> str:
        return self.name


class AttributeValue(Orderable):
    attribute = ParentalKey(Attribute, on_delete=models.CASCADE, related_name="values")
    value = models.CharField(_("value"), max_length=80)
    label = models.CharField(_("label"), max_length=80)
    labels = models.JSONField(_("labels in other languages"), default=dict, blank=True)
    swatch = models.CharField(_("color"), max_length=7, blank=True, validators=[RegexValidator(r"^#[0-9a-fA-F]{6}$")])

    class Meta(Orderable.Meta):
        constraints = [models.UniqueConstraint(fields=["attribute", "value"], name="attribute_value_once")]

    def __str__(self) -> str:
        return self.label
