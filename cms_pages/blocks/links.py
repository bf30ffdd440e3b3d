from __future__ import annotations

from collections.abc import Sequence

from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.blocks.struct_block import StructBlockValidationError
from wagtail.snippets.blocks import SnippetChooserBlock

from catalog.listing.rules import paths
from catalog.product.models import Brand, Product
from cms_pages.targets import Link, targets_of


class LinkValue(blocks.StructValue):
    @property
    def url(self) -> str:
        """Where it leads in the language of the page that shows it, or nothing."""
        targets = {kind: target.pk for kind in ("page", "product", "brand") if (target := self.get(kind))}
        return addresses_of([{"address": self.get("address"), **targets}])[0]


def addresses_of(links: Sequence[Link]) -> list[str]:
    """Where links lead in the active language, as they are stored (ids of their targets): a query for each kind."""
    targets = targets_of(links, _active())
    return [targets.of(link).url for link in links]


def _active() -> str:
    return get_language() or settings.LANGUAGE_CODE


def language_prefix() -> str:
    return paths.language_prefix(_active())


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
