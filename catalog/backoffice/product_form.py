"""The form behind the product editor: what it refuses, it refuses by field."""

from __future__ import annotations

from collections import Counter
from typing import Any

from django.utils.text import slugify
from django.utils.translation import gettext as _
from wagtail.admin.forms.models import WagtailAdminModelForm

from catalog.backoffice.disagreements import show
from catalog.product.errors import DraftConflict
from catalog.product.models import Attribute, CategoryPage, Product, ProductCore, Variant
from catalog.product.rules import compare_at_fits, slug_of
from catalog.product.selectors import free_slug, source_category
from shop.core.errors import Refusal

# A group that lacks the permission sees these rows, but its forms neither show nor touch fields for them.
EDITS_ROWS = {
    "variant_specs": "product.change_variantspec",
    "images": "product.change_productimage",
    "category_links": "product.change_categorylink",
}


class VariantForm(WagtailAdminModelForm):
    def __init__(self, *args: Any, option_attributes: tuple[Attribute, ...] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "options" in self.fields:
            self.fields["options"].widget.attributes = option_attributes

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if not compare_at_fits(cleaned.get("price"), cleaned.get("compare_at_price")):
            self.add_error("compare_at_price", _("The compare-at price must be above the price."))
        return cleaned

    def clean_sku(self) -> str:
        sku = self.cleaned_data["sku"].strip()
        taken = Variant.objects.filter(sku=sku, active=True).exclude(key=self.instance.key)
        if sku and taken.exists():
            self.add_error("sku", _("This SKU belongs to another product."))
        return sku


class CategoryLinkForm(WagtailAdminModelForm):
    def clean_category(self) -> CategoryPage:
        category = self.cleaned_data["category"]
        return category and source_category(category)


class ProductForm(WagtailAdminModelForm):
    """`refusal` is what the last attempt to save or publish was refused for."""

    refusal: Refusal | None = None

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._drop_rows_of_others()
        self._hand_out_attributes()
        if "slug" in self.fields:
            self.fields["slug"].required = False

    def is_valid(self) -> bool:
        valid = super().is_valid()
        if self.is_bound and "variant_specs" in self.formsets:
            self._refuse_twins()
            valid = valid and all(form.is_valid() for form in self._variant_forms())
        return valid

    def clean_slug(self) -> str:
        slug, locale_id = self.cleaned_data.get("slug") or "", self.instance.locale_id
        title = self.cleaned_data.get("title") or ""
        if slug == slugify(title, allow_unicode=True):
            slug = slug_of(title)  # what the page's script makes of a Hindi title lacks the vowel signs
        if not slug:
            return free_slug(slug_of(title), locale_id=locale_id, but=self.instance.pk)
        if Product.objects.filter(slug=slug, locale_id=locale_id).exclude(pk=self.instance.pk).exists():
            self.add_error("slug", _("Another product has this slug."))
        return slug

    def clean_attributes(self) -> dict[str, Any]:
        attributes = self.cleaned_data.get("attributes") or {}
        for attribute in self.fields["attributes"].widget.attributes:
            value = attributes.get(attribute.code)
            if attribute.type == Attribute.Type.NUMBER and isinstance(value, str):
                self.add_error("attributes", _("%(name)s must be a number.") % {"name": attribute.name})
        return attributes

    def save(self, commit: bool = True) -> Product:
        """The core, and with it the product's id, is made with the first draft."""
        if commit and self.instance.core_id is None:
            key = self.instance.translation_key
            self.instance.core = ProductCore.objects.create(key=key)
        return super().save(commit=commit)

    def show_refusal(self, refusal: Refusal) -> None:
        """Put what a use case refused where it belongs in the form."""
        self.refusal = refusal
        if isinstance(refusal, DraftConflict):
            for disagreement in refusal.disagreements:
                theirs = show(disagreement, self.instance).theirs
                self._complain(disagreement.path, _("Somebody else changed this meanwhile, to: %s") % theirs)
        elif refusal.errors:
            for field, messages in refusal.errors.items():
                for message in messages:
                    self._complain(field, message)
        else:
            self.add_error(None, str(refusal.detail))

    def _drop_rows_of_others(self) -> None:
        for relation, permission in EDITS_ROWS.items():
            if self.for_user is not None and not self.for_user.has_perm(permission):
                self.formsets.pop(relation, None)

    def _hand_out_attributes(self) -> None:
        attributes = list(Attribute.objects.prefetch_related("values").order_by("position", "name"))
        if "attributes" in self.fields:
            self.fields["attributes"].widget.attributes = [a for a in attributes if not a.is_option]
        if "variant_specs" in self.formsets:
            options = tuple(a for a in attributes if a.is_option)
            self.formsets["variant_specs"].form_kwargs["option_attributes"] = options

    def _variant_forms(self) -> list[VariantForm]:
        formset = self.formsets["variant_specs"]
        return [form for form in formset.forms if not formset._should_delete_form(form)]

    def _refuse_twins(self) -> None:
        forms = [form for form in self._variant_forms() if hasattr(form, "cleaned_data")]
        skus = Counter(form.cleaned_data.get("sku") for form in forms)
        options = Counter(_options(form) for form in forms)
        for form in forms:
            if form.cleaned_data.get("sku") and skus[form.cleaned_data["sku"]] > 1:
                form.add_error("sku", _("This SKU is used twice."))
            if options[_options(form)] > 1 and "options" not in form.errors:
                form.add_error("options", _("Another variant has the same options."))

    def _complain(self, path: str, message: str) -> None:
        relation, _dot, rest = path.partition(".")
        if relation in ("variants", "variant_specs"):
            self._complain_of_variant(rest, message)
        elif relation in self.fields:
            self.add_error(relation, message)
        else:
            self.add_error(None, message)

    def _complain_of_variant(self, path: str, message: str) -> None:
        key, _dot, field = path.partition(".")
        for form in self.formsets["variant_specs"].forms if "variant_specs" in self.formsets else ():
            if key and str(form.instance.key) == key:
                form.add_error(field if field in form.fields else None, message)
                return
        self.add_error(None, message)


def _options(form: VariantForm) -> tuple:
    return tuple(sorted((form.cleaned_data.get("options") or {}).items()))
