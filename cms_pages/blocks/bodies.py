from __future__ import annotations

from wagtail import blocks

from cms_pages.blocks.sections import (
    BannerBlock,
    CategoryGridBlock,
    HeroBlock,
    ProductCarouselBlock,
    QuoteBlock,
    RichTextSection,
    TrustStripBlock,
)


class CampaignBody(blocks.StreamBlock):
    """Home and landing pages."""

    hero = HeroBlock()
    product_carousel = ProductCarouselBlock()
    category_grid = CategoryGridBlock()
    banner = BannerBlock()
    quote = QuoteBlock()
    rich_text = RichTextSection()
    trust_strip = TrustStripBlock()


class ArticleBody(blocks.StreamBlock):
    """Pages that are read: delivery, returns, terms."""

    rich_text = RichTextSection()
    quote = QuoteBlock()
    product_carousel = ProductCarouselBlock()
