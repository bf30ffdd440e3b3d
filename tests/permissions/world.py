"""One shop with a person of each role, and things that are theirs: made once, the requests are rolled back."""

from __future__ import annotations

import contextlib
import re
from collections.abc import Iterator
from datetime import timedelta
from functools import cached_property
from typing import Any

from allauth.socialaccount.models import SocialAccount
from django.apps import apps
from django.conf import settings
from django.core.files.base import ContentFile
from django.db import connection, transaction
from django.db.models import Model
from django.test import Client, override_settings
from django.utils import timezone
from rest_framework.test import APIClient
from wagtail.documents import get_document_model

from catalog.inventory.models import StockItem
from catalog.product.models import Brand, Product
from catalog.reviews.models import Review, ReviewPicture
from catalog.wishlist.models import WishlistItem
from checkout.cart.models import Cart, SavedLine
from checkout.cart.services.put_line import add_line
from checkout.order.models import Fulfillment, Order
from checkout.payment.models import Payment, Refund, SettlementDifference
from checkout.storefront.caller import CART_COOKIE
from shop.accounts.challenges import open_challenge
from shop.accounts.devices import CONFIRMED, Device
from shop.accounts.models import Challenge, SignIn, User
from shop.accounts.storefront.second_step import STEP
from shop.accounts.token_strategy import tokens
from shop.core.api.caller import hash_token
from shop.core.context import ShopContext
from shop.notifications.models import Notification
from tests.accounts.proofs import give_app, give_passkey
from tests.factories import catalog, orders, people, products
from tests.factories.complaints import make_complaint
from tests.permissions.furniture import furnish
from tests.permissions.matrix import ROLES

OTHER = "other"  # a customer, who is none of the callers
FOREIGN = "Zorrofremd"  # stands in everything that is the other's: no answer to somebody else may hold it
SCREENS = {"/payments/close_difference/": SettlementDifference, "/payments/": Refund}
TOKEN = {"guest": "guest-cart-token-" + "7" * 40}


class Person:
    """Somebody, and what is theirs, by the name that it has in routes."""

    def __init__(self, role: str) -> None:
        self.role = role
        name = FOREIGN if role == OTHER else role.title()
        kind = "customer" if role in (OTHER, "guest") else role
        self.user = None if role == "guest" else people.make_user(name.lower(), role=kind, name=name)
        self.name = name

    def own(self) -> dict[str, Any]:
        return self.orders | self.cart | self.account | self.ways_in | self.words | self.goods

    @cached_property
    def orders(self) -> dict[str, Any]:
        made = {"user": self.user, "email": f"{self.name}@example.com", "name": self.name}
        open_, paid, back = orders.make_order(**made), orders.make_paid_order(**made), orders.make_return(**made)
        mine = [open_.pk, paid.pk, back.order_id]
        if self.user is None:
            Order.objects.filter(pk__in=mine).update(cart_token_hash=hash_token(TOKEN["guest"]))
        return {
            "order": open_.pk, "number": open_.number, "returned": back.order_id, "return_id": back.pk,
            "returned_number": back.order.number, "order_numbers": [open_.number, paid.number, back.order.number],
            "shipment_id": Fulfillment.objects.get(order=back.order_id).pk,
            "payment_id": Payment.objects.get(reference=paid.reference).pk, "paid": paid.pk,
        }  # fmt: skip

    @cached_property
    def cart(self) -> dict[str, Any]:
        whose = {"user": self.user} if self.user else {"token_hash": hash_token(TOKEN["guest"])}
        cart, _made = Cart.objects.get_or_create(**whose, defaults={"currency": "INR"})
        variant = orders.make_variant()
        line = add_line(cart=cart, variant=variant, quantity=1, context=_context())
        saved = SavedLine.objects.create(cart=cart, variant=orders.make_variant(), quantity=1, saved_at=timezone.now())
        return {"line": getattr(line, "pk", None) or cart.lines.get().pk, "saved_id": saved.pk}

    @cached_property
    def account(self) -> dict[str, Any]:
        if self.user is None:
            return {}
        notice = Notification.objects.create(
            recipient=self.user, channel="in_app", kind="order_placed", subject=f"For {self.name}",
            status=Notification.Status.SENT,
        )  # fmt: skip
        address = people.make_address(self.user, name=self.name)
        return {"user_id": self.user.pk, "notification_id": notice.pk, "address_id": address.pk}

    @cached_property
    def ways_in(self) -> dict[str, Any]:
        """How they sign in, and a program that is signed in for them beside the one that calls."""
        if self.user is None:
            return {}
        tokens().issue(self.user, device=Device(network=self.name))
        give_app(self.user)
        service = f"at-{self.name.lower()}"
        SocialAccount.objects.create(user=self.user, provider=service, uid="1")
        return {"sign_in_id": SignIn.objects.get(user=self.user).pk, "service": service,
                "factor_id": give_passkey(self.user, self.name).pk}  # fmt: skip

    @cached_property
    def words(self) -> dict[str, Any]:
        """What they wrote and what they wish for."""
        if self.user is None:
            return {}
        at, core = timezone.now(), orders.make_variant().core
        review = Review.objects.create(
            core=core, user=self.user, rating=4, body="Fine", locale="en", author=self.name, status="approved",
            created_at=at, submitted_at=at, decided_at=at,
        )  # fmt: skip
        picture = ReviewPicture.objects.create(review=review, position=1, large="a.webp", small="b.webp")
        complaint = make_complaint(user=self.user)
        wish = WishlistItem.objects.create(user=self.user, core=core, currency="INR", added_at=at)
        return {"review_id": review.pk, "picture_id": picture.pk, "wish": wish.pk, "complaint_id": complaint.pk,
                "complaint_number": complaint.number}  # fmt: skip

    @cached_property
    def goods(self) -> dict[str, Any]:
        """A vendor's own product; of the others: one of the house, which is nobody's own."""
        if self.role not in ("vendor", OTHER):
            return {}
        product = products.make_product(seller_id=self.user.pk if self.role == "vendor" else None)
        item = StockItem.objects.filter(variant__core=product.core).first()
        return {"product_id": product.core_id, "product": product.pk, "item_id": item.pk if item else None}


class World:
    def __init__(self) -> None:
        self.people = {role: Person(role) for role in (*ROLES, OTHER)}
        self.things = {role: person.own() for role, person in self.people.items()}
        self.category = catalog.make_category("Plates")
        self.brand = Brand.objects.create(name="Khurja", slug="khurja")
        self.document = get_document_model().objects.create(title="Care", file=ContentFile(b"Wash warm.", "care.txt"))
        assert self._bearers and self._sessions  # signed in now: a later cell would roll it back
        furnish(at=timezone.now(), payment_id=self.things[OTHER]["payment_id"])

    def user(self, role: str) -> User | None:
        return self.people[role].user

    def thing(self, name: str, whose: str) -> Any:
        return self.things[whose].get(name) or self.things[OTHER].get(name)

    def has_own(self, route: str, role: str) -> bool:
        """Whether the object of this route could be somebody's own, and this role has one."""
        return any(self.value(route, name, role) != self.value(route, name, OTHER) for name in params(route))

    def url(self, route: str, whose: str) -> str:
        return re.sub(r"{(\w+)}", lambda found: str(self.value(route, found[1], whose)), route)

    def value(self, route: str, name: str, whose: str) -> Any:
        """What stands for `{name}` in a route, so that it is `whose`. New kinds of things: add them here."""
        returned = any(word in route for word in ("/return/{", "shipment", "parcel", "slip", "/return_", "/return/"))
        if "wishlist" in route and name == "item_id":
            return self.thing("wish", whose)
        if "/complaint/" in route and name == "number":
            return self.thing("complaint_number", whose)
        if name in ("order_id", "number"):
            known = {"order_id": ("order", "returned"), "number": ("number", "returned_number")}[name]
            return self.thing(known[returned], whose)
        if (name == "item_id" and "/cart/" in route) or (name == "line_id" and "/cart/" in route):
            return self.thing("line", whose)
        if name == "pk" and (kind := self._kind(route, returned)):
            return self.thing(kind, whose)
        if name in ("pk", "line_id"):
            return _any_of(_model_of(route)) or 1
        if name in self.things[OTHER]:
            return self.thing(name, whose)
        if name == "parcel_id":
            return self.thing("shipment_id", whose)
        return self._word(route, name, whose)

    def _kind(self, route: str, returned: bool) -> str:
        order = "paid" if "/refund/" in route else "returned" if returned else "order"
        kinds = {"snippets/order/order/": order, "/customers/": "user_id", "snippets/order/return/": "return_id", "reviews/review/": "review_id",
                 "complaint/complaint/": "complaint_id",
                 "product/product/": "product", "inventory/stockitem/": "item_id",
                 "notifications/notification/": "notification_id"}  # fmt: skip
        return next((kind for part, kind in kinds.items() if part in route), "")

    def _word(self, route: str, name: str, whose: str) -> Any:
        if name == "slug":
            return self.brand.slug if "brand" in route else Product.objects.get(pk=self.thing("product", whose)).slug
        words = {"category_id": self.category.pk, "page_id": self.category.pk, "gateway": "razorpay", "courier": "manual", "section": "products",
                 "path": "", "anything": "nothing/",
                 "document_id": self.document.pk, "document_filename": self.document.filename, "app_name": "cms_pages", "model_name": "shopsettings"}  # fmt: skip
        return words.get(name, 1)

    @cached_property
    def _bearers(self) -> dict[str, str]:
        with override_settings(HEADLESS_JWT_ACCESS_TOKEN_EXPIRES_IN=24 * 3600):
            return {role: tokens().issue(person.user).access for role, person in self.people.items() if person.user}

    @cached_property
    def _sessions(self) -> dict[str, Any]:
        kept = {role: _session(person.user) for role, person in self.people.items() if person.user}
        return kept | {"guest": _begun(self.people["customer"].user)}

    def client(self, role: str, *, page: bool, token: bool = True) -> Client | APIClient:
        """A new one that is signed in already: to sign in would write rows."""
        signed_in = self._sessions if page else self._bearers
        client = Client() if page else people.client_of()
        client.raise_request_exception = False
        if role in signed_in and page and (token or role != "guest"):
            client.cookies[settings.SESSION_COOKIE_NAME] = signed_in[role]
        if role == "guest" and token and page:
            client.cookies[CART_COOKIE] = TOKEN["guest"]
        elif role in signed_in and not page:
            client.credentials(HTTP_AUTHORIZATION=f"Bearer {signed_in[role]}")
        elif token and not page:
            client.credentials(HTTP_X_CART_TOKEN=TOKEN["guest"])
        return client


def _session(user: User) -> str:
    """One that has just confirmed who they are, and stays so however long the tests take."""
    client = Client()
    client.force_login(user)
    session = client.session
    session[CONFIRMED] = timezone.now().timestamp() + 24 * 3600
    session[STEP] = _step(user)
    session.save()
    return client.cookies[settings.SESSION_COOKIE_NAME].value


def _begun(user: User) -> str:
    """A browser in which that person has shown the password, and is asked for the second factor."""
    client = Client()
    session = client.session  # made, with its cookie
    session[STEP] = _step(user)
    session.save()
    return client.cookies[settings.SESSION_COOKIE_NAME].value


def _step(user: User) -> str:
    row, key = open_challenge(purpose=Challenge.Purpose.SECOND_FACTOR, at=timezone.now(), user=user)
    Challenge.objects.filter(pk=row.pk).update(expires_at=timezone.now() + timedelta(days=1))
    return key


def params(route: str) -> list[str]:
    return re.findall(r"{(\w+)}", route)


def _model_of(route: str) -> type[Model] | None:
    """`/admin/snippets/pricing/pricelist/lines/{pk}/end/{line_id}/` → PriceList."""
    if found := re.match(r"/admin/snippets/(?!choose/)(\w+)/(\w+)/", route):
        return apps.get_model(*found.groups())
    return next((model for part, model in SCREENS.items() if part in route), None)


def _any_of(model: type[Model] | None) -> int | None:
    return model.objects.order_by("pk").values_list("pk", flat=True).first() if model else None


def _context() -> ShopContext:
    return ShopContext(at=timezone.now(), currency="INR", locale="en")


@contextlib.contextmanager
def undone() -> Iterator[None]:
    """Whatever happens inside is rolled back; a test's own transaction lets use cases that need an outermost one work."""
    block = transaction.atomic()
    block._from_testcase = True  # as django.test.TestCase does
    with block:
        yield
        transaction.set_rollback(True)


def written() -> dict[str, int]:
    """Rows that this connection has written since its transaction began, by table."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT relname, n_tup_ins + n_tup_upd + n_tup_del FROM pg_stat_xact_user_tables"
            " WHERE n_tup_ins + n_tup_upd + n_tup_del > 0"
        )
        return dict(cursor.fetchall())
