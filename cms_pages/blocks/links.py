from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

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
        targets = {kind: target.pk for kind in ("page", *PREFIXES) if (target := self.get(kind))}
        return addresses_of([{"address": self.get("address"), **targets}])[0]


PREFIXES = {"product": "/product/", "brand": "/brand/"}
Link = Mapping[str, Any]


def addresses_of(links: Sequence[Link]) -> list[str]:
    """Where links lead, as they are stored (ids of their targets): one query for all pages, one per kind of snippet."""
    pages = _urls_of(_ids(links, "page"))
    slugs = {kind: _slugs_of(model, _ids(links, kind)) for kind, model in (("product", Product), ("brand", Brand))}
    return [_address_of(link, pages, slugs) for link in links]


def _ids(links: Iterable[Link], kind: str) -> set[int]:
    return {link[kind] for link in links if link.get(kind)}


def _slugs_of(model: type[Product] | type[Brand], ids: set[int]) -> dict[int, str]:
    return dict(model.objects.filter(pk__in=ids).values_list("pk", "slug")) if ids else {}


def _address_of(link: Link, pages: Mapping[int, str], slugs: Mapping[str, Mapping[int, str]]) -> str:
    if page := link.get("page"):
        return pages.get(page, "")
    for kind, prefix in PREFIXES.items():
        if target := link.get(kind):
            slug = slugs[kind].get(target)
            return f"{language_prefix()}{prefix}{slug}/" if slug else ""
    typed = link.get("address") or ""
    return f"{language_prefix()}{typed}" if typed.startswith("/") else typed


def _urls_of(ids: set[int]) -> dict[int, str]:
    """The addresses of pages in the active language, their own where it has no translation."""
    if not ids:
        return {}
    keys = Page.objects.filter(pk__in=ids).values("translation_key")
    versions = Page.objects.filter(translation_key__in=keys).select_related("locale").order_by("pk")
    found = list(versions.only("translation_key", "live", "url_path", "locale__language_code"))
    active = {page.translation_key: page for page in found if page.live and page.locale.language_code == _active()}
    shown = {page.pk: active.get(page.translation_key, page) for page in found if page.pk in ids}
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
