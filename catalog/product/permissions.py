"""What the group of merchandisers may do in this room."""

_EDITED = ("product", "brand", "attribute", "attributevalue", "taxclass")
_ROWS = ("variantspec", "productimage", "categorylink")

MERCHANDISER = (
    *(f"product.{verb}_{model}" for model in _EDITED for verb in ("add", "change", "delete", "view")),
    *(f"product.{verb}_{model}" for model in _ROWS for verb in ("add", "change", "delete", "view")),
    *(f"product.{verb}_{model}" for model in ("product", "brand") for verb in ("publish", "lock", "unlock")),
    "product.view_productcore",
    "product.view_variant",
)
