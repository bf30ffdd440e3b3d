from __future__ import annotations

from collections.abc import Iterable, Mapping

from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.blocks.struct_block import StructBlockValidationError
from wagtail.models import Page
from wagtail.snippets.blocks import SnippetChooserBlock

from catalog.product.models import Brand, Product


class LinkValue(blocks.StructValue):
    @property
    def url(self) -> str:
        """Where it leads in the language of the page that shows it, or nothing."""
        page = self.get("page")
        return self.url_among(urls_of([page.pk]) if page else {})

    def url_among(self, pages: Mapping[int, str]) -> str:
        """The same, where the addresses of many pages (`urls_of`) were read at once."""
        if page := self.get("page"):
            return pages[page.pk]
        for kind, prefix in (("product", "/product/"), ("brand", "/brand/")):
            if target := self.get(kind):
                return f"{language_prefix()}{prefix}{target.slug}/"
        return self._typed()

    def _typed(self) -> str:
        typed = self.get("address") or ""
        return f"{language_prefix()}{typed}" if typed.startswith("/") else typed


def urls_of(page_ids: Iterable[int]) -> dict[int, str]:
    """The addresses of pages in the active language (their own where it has no translation), in one query."""
    ids = set(page_ids)
    keys = Page.objects.filter(pk__in=ids).values("translation_key")
    versions = list(Page.objects.filter(translation_key__in=keys).select_related("locale").order_by("pk"))
    active = {page.translation_key: page for page in versions if page.live and page.locale.language_code == _active()}
    shown = {page.pk: active.get(page.translation_key, page) for page in versions if page.pk in ids}
    return {pk: page.url or "" for pk, page in shown.items()}


def _active() -> str:
    return get_language() or settings.LANGUAGE_CODE


def language_prefix() -> str:
    return "" if _active() == settings.LANGUAGE_CODE else f"/{_active()}"


class LinkBlock(blocks.StructBlock):
    """One target: a page, a product, a maker, or an address of the shop such as `/search/?ordering=newest`."""

    text = blocks.CharBlock(label=_("words"), max_length=80, required=False)
    page = blocks.PageChooserBlock(label=_("page"), required=False)
    product = SnippetChooserBlock(Product, label=_("product"), required=False)
    brand = SnippetChooserBlock(Brand, label=_("brand"), required=False)
    address = blocks.CharBlock(label=_("address"), max_length=300, required=False)

    class Meta:
        icon = "link"
        label = _("Link")
        value_class = LinkValue

    def clean(self, value):
        cleaned = super().clean(value)
        targets = [name for name in ("page", "product", "brand", "address") if cleaned.get(name)]
        if len(targets) > 1:
            raise StructBlockValidationError(
                {name: ValidationError(_("Choose one target only.")) for name in targets[1:]}
            )
        typed = cleaned.get("address") or ""
        if (typed and not typed.startswith(("/", "https://", "mailto:", "tel:"))) or typed.startswith("//"):
            told = _("Begin with /, https://, mailto: or tel:.")
            raise StructBlockValidationError({"address": ValidationError(told)})
        return cleaned
