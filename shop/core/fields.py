"""Fields that keep money in minor units and show it as a decimal; a column that is encrypted."""

from __future__ import annotations

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models

from shop.core.encryption import decrypt, encrypt
from shop.core.money import InvalidAmount, Money, exponent


class MinorUnitsFormField(forms.DecimalField):
    """Typed as `1299.00`, kept as 129900 of the shop's default currency."""

    def __init__(self, **kwargs) -> None:
        digits = exponent(settings.DEFAULT_CURRENCY)
        kwargs = {k: v for k, v in kwargs.items() if k in {"required", "label", "help_text", "initial", "widget"}}
        super().__init__(min_value=0, decimal_places=digits, max_digits=15, **kwargs)

    def prepare_value(self, value):
        return str(Money(value, settings.DEFAULT_CURRENCY)) if isinstance(value, int) else value

    def clean(self, value):
        decimal = super().clean(value)
        if decimal is None:
            return None
        try:
            return Money.parse(str(decimal), settings.DEFAULT_CURRENCY).minor
        except InvalidAmount as problem:
            raise ValidationError(str(problem)) from problem

    def has_changed(self, initial, data) -> bool:
        return super().has_changed(self.prepare_value(initial), data)


class MinorUnitsField(models.BigIntegerField):
    """An amount in minor units (paise) of the default currency; its form field takes a decimal."""

    def formfield(self, **kwargs):
        options = {"required": not self.blank, "label": self.verbose_name, "help_text": self.help_text}
        return MinorUnitsFormField(**(options | kwargs | {"form_class": None}))


class EncryptedText(models.TextField):
    """A secret that has to be read again; the table holds it encrypted (shop.core.encryption). Nothing is looked up by it."""

    def from_db_value(self, value, expression, connection):
        return decrypt(value) if value else value

    def get_prep_value(self, value):
        value = super().get_prep_value(value)
        return encrypt(value) if value else value
