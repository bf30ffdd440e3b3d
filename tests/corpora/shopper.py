"""A shopper who types the same text wherever there is a field for it, and the places where it comes out again."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils import timezone

from catalog.product.models import Product
from catalog.reviews.models import Review
from catalog.reviews.services.decide_review import decide_review
from checkout.complaint.models import Complaint
from checkout.order.models import Order
from checkout.order.services.deliver_order import deliver_order
from checkout.order.services.ship_order import ship_order
from shop.accounts.models import User
from tests.factories.catalog import make_product
from tests.factories.people import HOME, client_of, make_user
from tests.factories.products import source_of


@dataclass
class Typed:
    text: str
    user: User
    order: Order
    review: Review
    complaint: Complaint
    address_id: int
    product: Product


def type_everywhere(text: str, **facts: str) -> Typed:
    """Through the API, as far as it takes the text; the rest keeps what is harmless."""
    user = make_user(is_verified=True, **({"name": "Asha"} | facts))
    client, product = client_of(user), source_of(make_product(price=64900, stock=5))
    fields = HOME | {"name": text[:150], "street": text[:255], "landmark": text[:150], "city": text[:100]}
    client.patch("/api/self/", {"name": text[:150]})
    address = client.post("/api/address/", fields)
    assert address.status_code == 201, address.content
    client.post("/api/cart/items/", {"product_id": product.core_id, "quantity": 1})
    placed = client.post(
        "/api/order/",
        {"address": {name: value for name, value in fields.items() if name != "is_default"}, "payment_method": "cod",
         "note": text, "gift_note": text},
    )  # fmt: skip
    assert placed.status_code == 201, placed.content
    order = Order.objects.get(pk=placed.json()["id"])
    complaint = client.post("/api/complaint/", {"kind": "other", "text": text, "order": order.number})
    assert complaint.status_code == 201, complaint.content
    review = _reviewed(client, order, text)
    kept = Complaint.objects.get(user=user)
    return Typed(text, user, order, review, kept, address.json()["id"], product)


def _reviewed(client, order: Order, text: str) -> Review:
    now = timezone.now()
    ship_order(order_id=order.pk, at=now)
    deliver_order(order_id=order.pk, at=now)
    line = order.lines.get()
    back = client.post(
        f"/api/order/{order.pk}/return/", {"items": [{"item_id": line.pk, "quantity": 1}], "reason": text}
    )
    assert back.status_code == 201, back.content
    told = client.post(
        f"/api/product/{line.variant.core_id}/reviews/", {"rating": 4, "title": text[:100], "body": text}
    )
    assert told.status_code == 201, told.content
    review = Review.objects.get(pk=told.json()["id"])
    return decide_review(review_id=review.pk, approve=True, by="maya", at=now)


def own_pages(typed: Typed) -> Iterator[str]:
    number = typed.order.number
    yield from ("/account/", "/account/profile/", "/account/addresses/", f"/account/addresses/{typed.address_id}/edit/")
    yield from (
        f"/account/orders/{number}/",
        "/account/orders/",
        "/account/reviews/",
        f"/account/reviews/{typed.review.pk}/",
    )
    yield from (f"/complaint/{typed.complaint.number}/", "/account/notices/")
    yield from (f"/product/{typed.product.slug}/", f"/product/{typed.product.slug}/reviews/")


def staff_pages(typed: Typed) -> Iterator[str]:
    yield from ("/admin/snippets/order/order/", f"/admin/snippets/order/order/inspect/{typed.order.pk}/")
    yield from ("/admin/customers/", f"/admin/customers/{typed.user.pk}/", "/admin/snippets/order/return/")
    yield from ("/admin/snippets/reviews/review/", f"/admin/snippets/reviews/review/inspect/{typed.review.pk}/")
    yield from (
        "/admin/snippets/complaint/complaint/",
        f"/admin/snippets/complaint/complaint/inspect/{typed.complaint.pk}/",
    )
    yield "/admin/"


def own_answers(typed: Typed) -> Iterator[str]:
    yield from ("/api/self/", f"/api/order/{typed.order.pk}/", "/api/address/", f"/api/complaint/{typed.complaint.pk}/")
    yield from ("/api/review/?mine=true", f"/api/product/{typed.product.core_id}/reviews/")
