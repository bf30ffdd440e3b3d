from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import (
    FieldPanel,
    FieldRowPanel,
    ObjectList,
    PublishingPanel,
    TabbedInterface,
    TitleFieldPanel,
)
from wagtail.snippets.views.snippets import SnippetViewSet

from catalog.product.models import Brand


class BrandViewSet(SnippetViewSet):
    model = Brand
    icon = "thumbtack"
    menu_label = _("Brands")
    list_display = ["name", "place", "since"]
    search_fields = ["name", "place"]
    search_backend_name = None
    ordering = ["name"]
    inspect_view_enabled = True
    inspect_view_fields = ["name", "slug", "place", "since", "live"]
    edit_handler = TabbedInterface(
        [
            ObjectList(
                [
                    TitleFieldPanel("name"),
                    FieldRowPanel([FieldPanel("place"), FieldPanel("since")]),
                    FieldPanel("story"),
                    FieldPanel("image"),
                ],
                heading=_("Brand"),
            ),
            ObjectList(
                [FieldPanel("slug"), FieldPanel("seo_title"), FieldPanel("seo_description"), PublishingPanel()],
                heading=_("Search engines"),
            ),
        ]
    )
