from catalog.inventory.models import Reservation, StockItem, StockMovement
from catalog.pricing.models import PriceLine
from catalog.product.models import ProductCore, Variant
from shop.core.backoffice.raw import show_tables

show_tables(
    {
        ProductCore: ("id", "key", "is_live", "published_at", "version"),
        Variant: ("id", "sku", "core_id", "active", "retired_at"),
        PriceLine: ("id", "price_list_id", "variant_id", "amount", "valid_from", "valid_to", "state"),
        StockItem: ("id", "variant_id", "location_id", "on_hand", "reserved"),
        StockMovement: ("id", "stock_item_id", "delta", "kind", "reference", "actor", "at"),
        Reservation: ("id", "stock_item_id", "reference", "quantity", "status", "expires_at"),
    }
)
