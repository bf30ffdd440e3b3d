from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, MultiFieldPanel
from wagtail.snippets.views.snippets import SnippetViewSet

from catalog.product.models import Attribute, TaxClass


class AttributeViewSet(SnippetViewSet):
    model = Attribute
    icon = "list-ul"
    menu_label = _("Attributes")
    list_display = ["name", "code", "type", "is_option", "is_filterable"]
    list_filter = ["type", "is_option", "is_filterable"]
    search_fields = ["name", "code"]
    ordering = ["position", "name"]
    inspect_view_enabled = True
    panels = [
        FieldRowPanel([FieldPanel("name"), FieldPanel("code")]),
        FieldRowPanel([FieldPanel("type"), FieldPanel("unit"), FieldPanel("position")]),
        MultiFieldPanel([FieldPanel("is_option"), FieldPanel("is_filterable")], heading=_("Use")),
        InlinePanel(
            "values",
            [FieldRowPanel([FieldPanel("value"), FieldPanel("label"), FieldPanel("swatch")])],
            heading=_("Values to choose from"),
            label=_("Value"),
        ),
    ]


class TaxClassViewSet(SnippetViewSet):
    model = TaxClass
    icon = "table"
    menu_label = _("Tax classes")
    list_display = ["name", "code"]
    search_fields = ["name", "code"]
    inspect_view_enabled = True
    panels = [FieldPanel("name"), FieldPanel("code")]
