"""What the product editor shows. A translation shows its texts only: the rest is the source's."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import (
    FieldPanel,
    FieldRowPanel,
    MultiFieldPanel,
    ObjectList,
    PublishingPanel,
    TabbedInterface,
    TitleFieldPanel,
)

from catalog.backoffice.panels import ConflictPanel, RowsPanel
from catalog.backoffice.product_form import CategoryLinkForm, ProductForm, VariantForm
from catalog.backoffice.widgets import AttributeFields, OptionFields

TEXTS = [
    ConflictPanel(),
    TitleFieldPanel("title"),
    FieldPanel("summary"),
    FieldPanel("body"),
]
PICTURES = RowsPanel(
    "images",
    [FieldPanel("image"), FieldPanel("alt", help_text=_("What one sees, for those who do not."))],
    heading=_("Pictures"),
    label=_("Picture"),
)
SHELVES = RowsPanel(
    "category_links",
    [FieldPanel("category")],
    heading=_("Categories"),
    label=_("Category"),
    row_form=CategoryLinkForm,
    help_text=_("The first is the main category."),
)
VARIANTS = RowsPanel(
    "variant_specs",
    [
        FieldRowPanel([FieldPanel("sku"), FieldPanel("price", heading=_("Price (₹)")),
                       FieldPanel("compare_at_price", heading=_("Compare-at price (₹)"))]),
        FieldPanel("options", widget=OptionFields),
        FieldRowPanel([FieldPanel("gtin"), FieldPanel("weight_grams"), FieldPanel("image")]),
    ],
    heading=_("Variants"),
    label=_("Variant"),
    min_num=1,
    row_form=VariantForm,
)  # fmt: skip
FACTS = [
    MultiFieldPanel([FieldRowPanel([FieldPanel("brand"), FieldPanel("tax_class")])], heading=_("Brand and tax")),
    SHELVES,
    FieldPanel("attributes", widget=AttributeFields),
]
SEARCH = [
    FieldPanel("slug"),
    FieldPanel("seo_title"),
    FieldPanel("seo_description"),
]

SOURCE_PANELS = TabbedInterface(
    [
        ObjectList([*TEXTS, PICTURES], heading=_("Product")),
        ObjectList([VARIANTS], heading=_("Variants and prices")),
        ObjectList(FACTS, heading=_("Shelves and attributes")),
        ObjectList([*SEARCH, PublishingPanel()], heading=_("Search engines")),
    ],
    base_form_class=ProductForm,
)
TRANSLATION_PANELS = TabbedInterface(
    [
        ObjectList(TEXTS, heading=_("Product")),
        ObjectList([*SEARCH, PublishingPanel()], heading=_("Search engines")),
    ],
    base_form_class=ProductForm,
)
