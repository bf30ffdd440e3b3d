"""What every sale needs: ways to send things."""

from __future__ import annotations

from checkout.shipping.models import ShippingMethod

ADDRESS = {
    "name": "Asha Menon", "phone": "+919845012345", "street": "12, 3rd Cross, Koramangala", "city": "Bengaluru",
    "state": "Karnataka", "pincode": "560034", "country": "IN", "landmark": "", "gstin": "",
}  # fmt: skip


def make_shipping(*, price: int = 4900, free_from: int | None = 99900, currency: str = "INR") -> list[ShippingMethod]:
    """Flat and express, as the demo shop has them. Amounts in paise."""
    rows = [("flat", "Standard", price, free_from, 3, 6, True, 0), ("express", "Express", 14900, None, 1, 2, False, 1)]
    names = ("code", "name", "price", "free_from", "min_days", "max_days", "cod", "position")
    return [ShippingMethod.objects.create(currency=currency, **dict(zip(names, row, strict=True))) for row in rows]
