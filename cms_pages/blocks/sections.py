"""The sections of home and landing pages. Each renders its own template with ready fields."""

from __future__ import annotations

from typing import Any

from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.images.blocks import ImageBlock
from wagtail.rich_text import expand_db_html
from wagtail.snippets.blocks import SnippetChooserBlock

from catalog.listing.postgres import cards_for
from catalog.product.models import Product
from cms_pages.blocks.links import LinkBlock
from cms_pages.pictures import picture_of
from cms_pages.products import tiles_for
from shop.core.api.context import page_context

RICH_TEXT = ["h2", "h3", "bold", "italic", "link", "ol", "ul"]


class Section(blocks.StructBlock):
    """Adds to the template: a stable id for its heading, the link, and the picture with its sizes."""

    def get_context(self, value, parent_context=None) -> dict[str, Any]:
        context = super().get_context(value, parent_context=parent_context)
        links = list(value.get("links") or ([value["link"]] if value.get("link") else []))
        context["block_id"] = parent_context.get("block_id", id(value)) if parent_context else id(value)
        context["links"] = links
        context["link"] = links[0] if links else None
        context["picture"] = picture_of(value.get("picture")) if value.get("picture") else None
        return context


class HeroBlock(Section):
    heading = blocks.CharBlock(label=_("heading"), max_length=90)
    text = blocks.TextBlock(label=_("text"), max_length=240, required=False, rows=2)
    picture = ImageBlock(label=_("picture"))
    tone = blocks.ChoiceBlock(
        label=_("tone"), choices=[("day", _("Day")), ("night", _("Evening"))], default="day",
        help_text=_("Wide screens show the words on the picture: dark ones by day, light ones in the evening."),
    )  # fmt: skip
    links = blocks.ListBlock(LinkBlock(), label=_("links"), max_num=2, default=[])

    class Meta:
        icon = "image"
        label = _("Hero")
        template = "cms_pages/blocks/hero.html"


class BannerBlock(Section):
    heading = blocks.CharBlock(label=_("heading"), max_length=90)
    text = blocks.TextBlock(label=_("text"), max_length=240, required=False, rows=2)
    picture = ImageBlock(label=_("picture"))
    tone = blocks.ChoiceBlock(label=_("tone"), choices=[("night", _("Evening")), ("day", _("Day"))], default="night")
    link = LinkBlock(required=False)

    class Meta:
        icon = "pick"
        label = _("Banner")
        template = "cms_pages/blocks/banner.html"


class ProductCarouselBlock(Section):
    heading = blocks.CharBlock(label=_("heading"), max_length=90)
    note = blocks.CharBlock(label=_("note"), max_length=120, required=False)
    products = blocks.ListBlock(SnippetChooserBlock(Product), label=_("products"), max_num=12)
    layout = blocks.ChoiceBlock(
        label=_("layout"), choices=[("row", _("Row")), ("lead", _("First one large"))], default="row"
    )
    link = LinkBlock(required=False)

    class Meta:
        icon = "pick"
        label = _("Products")
        template = "cms_pages/blocks/product_carousel.html"

    def get_context(self, value, parent_context=None) -> dict[str, Any]:
        context = super().get_context(value, parent_context=parent_context)
        ids = [product.core_id for product in value["products"] if product]
        context["products"] = cards_for(ids, page_context((parent_context or {}).get("request")))
        return context


class CategoryGridBlock(Section):
    heading = blocks.CharBlock(label=_("heading"), max_length=90)
    categories = blocks.ListBlock(
        blocks.PageChooserBlock(page_type="product.CategoryPage"), label=_("categories"), max_num=12
    )
    link = LinkBlock(required=False)

    class Meta:
        icon = "grip"
        label = _("Categories")
        template = "cms_pages/blocks/category_grid.html"

    def get_context(self, value, parent_context=None) -> dict[str, Any]:
        context = super().get_context(value, parent_context=parent_context)
        context["tiles"] = tiles_for([page for page in value["categories"] if page])
        return context


class RichTextSection(Section):
    heading = blocks.CharBlock(label=_("heading"), max_length=90, required=False)
    text = blocks.RichTextBlock(label=_("text"), features=RICH_TEXT)

    class Meta:
        icon = "pilcrow"
        label = _("Text")
        template = "cms_pages/blocks/rich_text.html"

    def get_context(self, value, parent_context=None) -> dict[str, Any]:
        context = super().get_context(value, parent_context=parent_context)
        context["html"] = SafeString(expand_db_html(value["text"].source))
        return context


class FigureBlock(blocks.StructBlock):
    label = blocks.CharBlock(label=_("what"), max_length=60)
    value = blocks.CharBlock(label=_("figure"), max_length=20)


class QuoteBlock(Section):
    """A sentence of somebody; with a picture it becomes a full band."""

    heading = blocks.CharBlock(label=_("heading (for screen readers)"), max_length=90, required=False)
    quote = blocks.TextBlock(label=_("quote"), max_length=400, rows=3)
    name = blocks.CharBlock(label=_("who says it"), max_length=90, required=False)
    role = blocks.CharBlock(label=_("who that is"), max_length=120, required=False)
    picture = ImageBlock(label=_("picture"), required=False)
    figures = blocks.ListBlock(FigureBlock(), label=_("figures"), max_num=3, default=[])
    link = LinkBlock(required=False)

    class Meta:
        icon = "openquote"
        label = _("Quote")
        template = "cms_pages/blocks/quote.html"


class TrustItem(blocks.StructBlock):
    icon = blocks.ChoiceBlock(
        label=_("icon"),
        choices=[
            ("truck", _("Truck")),
            ("undo-2", _("Return")),
            ("shield-check", _("Shield")),
            ("wallet", _("Wallet")),
        ],
        default="truck",
    )
    heading = blocks.CharBlock(label=_("heading"), max_length=60)
    text = blocks.CharBlock(label=_("text"), max_length=160)


class TrustStripBlock(Section):
    heading = blocks.CharBlock(label=_("heading (for screen readers)"), max_length=90)
    items = blocks.ListBlock(TrustItem(), label=_("points"), max_num=4)

    class Meta:
        icon = "tick"
        label = _("What you can count on")
        template = "cms_pages/blocks/trust_strip.html"
