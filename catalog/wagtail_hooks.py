"""Registration of the catalog in the Wagtail admin."""

from django.templatetags.static import static
from django.utils.html import format_html_join
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.permissions import register_permission_policy
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSetGroup

from catalog.backoffice.attributes import AttributeViewSet, TaxClassViewSet
from catalog.backoffice.brands import BrandViewSet
from catalog.backoffice.bulk_approve import ApproveReviews
from catalog.backoffice.categories import CategoryListing, keep_used_categories, keep_used_category
from catalog.backoffice.log_actions import name_log_actions
from catalog.backoffice.policies import ProductPolicy
from catalog.backoffice.price_lists import PriceListViewSet
from catalog.backoffice.product_views import product_buttons
from catalog.backoffice.products import ProductViewSet
from catalog.backoffice.reviews import ReviewViewSet
from catalog.backoffice.stock import StockViewSet
from catalog.backoffice.tax_rates import TaxRateViewSet
from catalog.inventory.models import StockItem
from catalog.pricing.models import PriceList, TaxRate
from catalog.product.models import Product
from catalog.reviews.models import Review
from shop.core.backoffice.policies import AddOnlyPolicy, NeverDeletePolicy, SeeOnlyPolicy

register_permission_policy(Product, ProductPolicy(Product))
register_permission_policy(StockItem, SeeOnlyPolicy(StockItem))
register_permission_policy(Review, SeeOnlyPolicy(Review))
register_permission_policy(PriceList, NeverDeletePolicy(PriceList))
register_permission_policy(TaxRate, AddOnlyPolicy(TaxRate))


class CatalogGroup(SnippetViewSetGroup):
    menu_label = _("Catalog")
    menu_icon = "tag"
    menu_order = 150
    items = (
        ProductViewSet,
        CategoryListing,
        StockViewSet,
        ReviewViewSet,
        PriceListViewSet,
        BrandViewSet,
        AttributeViewSet,
        TaxClassViewSet,
        TaxRateViewSet,
    )


register_snippet(CatalogGroup)
hooks.register("before_delete_page", keep_used_category)
hooks.register("before_bulk_action", keep_used_categories)
hooks.register("register_bulk_action", ApproveReviews)
hooks.register("register_log_actions", name_log_actions)


@hooks.register("register_snippet_listing_buttons")
def add_product_buttons(snippet, user, next_url=None):
    return product_buttons(snippet, user) if isinstance(snippet, Product) else []


@hooks.register("insert_global_admin_css")
def style_catalog_editor():
    files = [(static(f"shop/backoffice/{name}.css"),) for name in ("catalog", "screens")]
    return format_html_join("", '<link rel="stylesheet" href="{}">', files)
