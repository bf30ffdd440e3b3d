from catalog.product.models.attribute import Attribute, AttributeValue
from catalog.product.models.brand import Brand
from catalog.product.models.category import CategoryPage
from catalog.product.models.draft import DraftBase
from catalog.product.models.live import ProductCore, TaxClass, Variant
from catalog.product.models.product import CategoryLink, Product, ProductImage, VariantSpec

__all__ = [
    "Attribute",
    "AttributeValue",
    "Brand",
    "CategoryLink",
    "CategoryPage",
    "DraftBase",
    "Product",
    "ProductCore",
    "ProductImage",
    "TaxClass",
    "Variant",
    "VariantSpec",
]
