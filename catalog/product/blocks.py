"""StreamField blocks of catalogue content."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.images.blocks import ImageBlock

RICH_TEXT = ["h3", "h4", "bold", "italic", "link", "ol", "ul"]


class PictureBlock(blocks.StructBlock):
    image = ImageBlock(label=_("picture"))
    caption = blocks.CharBlock(label=_("caption"), required=False, max_length=200)

    class Meta:
        icon = "image"
        label = _("Picture")
        template = "catalog/blocks/picture.html"


class SpecificationRow(blocks.StructBlock):
    name = blocks.CharBlock(label=_("name"), max_length=80)
    value = blocks.CharBlock(label=_("value"), max_length=200)


class SpecificationBlock(blocks.StructBlock):
    rows = blocks.ListBlock(SpecificationRow(), label=_("rows"))

    class Meta:
        icon = "list-ul"
        label = _("Specification")
        template = "catalog/blocks/specification.html"


class ProductBody(blocks.StreamBlock):
    text = blocks.RichTextBlock(label=_("Text"), features=RICH_TEXT, template="catalog/blocks/text.html")
    picture = PictureBlock()
    specification = SpecificationBlock()


class CategoryBody(blocks.StreamBlock):
    text = blocks.RichTextBlock(label=_("Text"), features=RICH_TEXT, template="catalog/blocks/text.html")
    picture = PictureBlock()
