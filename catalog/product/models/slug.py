"""Slugs in every script. Django's unicode slug refuses and drops vowel signs, which mangles Hindi words."""

from __future__ import annotations

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms.models import register_form_field_override
from wagtail.admin.widgets import SlugInput

from catalog.product.rules import is_slug


def validate_slug_of_any_script(value: str) -> None:
    if not is_slug(value):
        raise ValidationError(_("Use letters, digits, hyphens and underscores only."), code="invalid")


class AnyScriptSlugField(models.SlugField):
    default_validators = [validate_slug_of_any_script]

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.default_validators = [validate_slug_of_any_script]

    def formfield(self, **kwargs):
        kwargs.pop("allow_unicode", None)
        return models.CharField.formfield(self, **({"form_class": _SlugFormField} | kwargs))


class _SlugFormField(forms.CharField):
    default_validators = [validate_slug_of_any_script]


register_form_field_override(AnyScriptSlugField, override={"widget": SlugInput})
