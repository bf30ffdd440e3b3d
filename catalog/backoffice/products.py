from __future__ import annotations

from django.urls import path
from django.utils.translation import gettext_lazy as _
from wagtail.snippets.views.snippets import SnippetViewSet

from catalog.backoffice.product_actions import CopyProduct, MakeSource, TranslateProduct
from catalog.backoffice.product_listing import ProductFilterSet, ProductIndexView
from catalog.backoffice.product_panels import SOURCE_PANELS
from catalog.backoffice.product_views import (
    ProductCreateView,
    ProductDeleteView,
    ProductEditView,
    ProductPreviewOnAddView,
    ProductPreviewView,
    ProductUnpublishView,
    ProductWorkflowActionView,
)
from catalog.product.models import Product


class ProductViewSet(SnippetViewSet):
    model = Product
    icon = "tag"
    menu_label = _("Products")
    list_per_page = 50
    list_filter = ["live"]
    search_backend_name = None
    search_fields = ["title"]
    filterset_class = ProductFilterSet
    edit_handler = SOURCE_PANELS
    inspect_view_enabled = True
    copy_view_enabled = False  # Wagtail's copy would share the variants' keys
    inspect_view_fields = ["title", "slug", "summary", "locale", "live", "core"]
    index_view_class = ProductIndexView
    add_view_class = ProductCreateView
    edit_view_class = ProductEditView
    delete_view_class = ProductDeleteView
    unpublish_view_class = ProductUnpublishView
    workflow_action_view_class = ProductWorkflowActionView
    preview_on_edit_view_class = ProductPreviewView
    preview_on_add_view_class = ProductPreviewOnAddView

    def get_urlpatterns(self):
        return [
            *super().get_urlpatterns(),
            path("copy/<int:pk>/", CopyProduct.as_view(), name="copy"),
            path("translate/<int:pk>/", TranslateProduct.as_view(), name="translate"),
            path("make-source/<int:pk>/", MakeSource.as_view(), name="make_source"),
        ]
