"""Other systems come in by tokens: within their scopes, until they expire or are revoked, and under their own name."""

from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Revision

from catalog.inventory.models import StockItem, StockMovement
from catalog.pricing.models import PriceLine, PriceList
from shop.accounts.models import User
from shop.service_tokens.models import ServiceToken
from shop.service_tokens.services.issue_token import issue_token
from shop.service_tokens.services.revoke_token import revoke_token
from tests.factories.orders import make_order
from tests.factories.people import JSONClient, client_of, make_user
from tests.factories.products import make_product
from tests.factories.staff import ROLES, browser_of, outcome
from tests.factories.variants import make_variant

pytestmark = pytest.mark.django_db
ADDRESS = "wagtailsnippets_service_tokens_servicetoken:{}"


def service(*scopes: str, **facts) -> JSONClient:
    number = ServiceToken.objects.count() + 1
    token, secret = issue_token(name=f"ERP {number}", scopes=scopes, by="boss", at=timezone.now(), **facts)
    client = JSONClient()
    client.credentials(HTTP_AUTHORIZATION=f"Bearer {secret}")
    client.token = token
    return client


def test_the_secret_is_kept_as_a_hash_only():
    token, secret = issue_token(name="ERP", scopes=["stock:write"], by="boss", at=timezone.now())
    assert secret.startswith("est_") and len(secret) > 40
    assert secret not in str(ServiceToken.objects.filter(pk=token.pk).values().get())
    assert not token.account.has_usable_password() and token.account.email == ""


CALLS = {
    "stock:read": ("get", "/api/inventory/", {}),
    "stock:write": ("patch", "/api/inventory/{item}/", {"quantity": 7}),
    "orders:read": ("get", "/api/order/?all=true", {}),
    "orders:ship": ("patch", "/api/order/{order}/", {"status": "shipped"}),
    "catalogue:draft": ("patch", "/api/product/{product}/?draft=true", {"name": "Cup"}),
    "catalogue:publish": ("patch", "/api/product/{product}/", {"name": "Cup"}),
    "prices:write": ("post", "/api/price/bulk/", {"price_list": "sale", "rows": [{"sku": "S-1", "price": "9.00"}]}),
}
ALSO = {"stock:write": {"stock:read"}, "orders:ship": {"orders:read"}, "catalogue:publish": {"catalogue:draft"}}


@pytest.mark.parametrize("scope", [*CALLS, "catalogue:read"])
def test_a_scope_opens_what_it_names_and_nothing_else(scope):
    variant, order, product = make_variant(sku="S-1"), make_order(), make_product()
    PriceList.objects.create(code="sale", name="Sale", currency="INR", live=True)
    ids = {"item": StockItem.objects.get(variant=variant).pk, "order": order.pk, "product": product.core_id}
    client = service(scope)
    for wanted, (method, path, body) in CALLS.items():
        answer = getattr(client, method)(path.format(**ids), body)
        if wanted == scope or wanted in ALSO.get(scope, ()):
            assert answer.status_code == 200, (wanted, answer.content)
        else:
            assert (answer.status_code, answer.json()["code"]) == (403, "scope_missing"), wanted


@pytest.mark.parametrize(
    "path", ["/api/self/", "/api/users/", "/api/address/", "/api/notification/", "/api/cart/", "/api/return/"]
)
def test_what_names_no_scope_is_closed(path):
    answer = service("orders:ship", "catalogue:publish", "stock:write", "prices:write").get(path)
    assert (answer.status_code, answer.json()["code"]) == (403, "not_for_services")


def test_drafts_are_read_by_whoever_may_write_them():
    path = f"/api/product/{make_product().core_id}/"
    for asked in ("?draft=true", "?draft=1", "?draft=True"):
        refused = service("catalogue:read").get(path + asked)
        assert (refused.status_code, refused.json()["code"]) == (403, "scope_missing"), asked
    assert service("catalogue:read").get(path + "?draft=false").status_code == 200
    for scope in ("catalogue:draft", "catalogue:publish"):
        assert service(scope).get(path + "?draft=true").json()["has_unpublished_changes"] is False


def test_a_shipping_service_cannot_cancel():
    order = make_order()
    assert service("orders:ship").patch(f"/api/order/{order.pk}/", {"status": "cancelled"}).status_code == 403


def test_it_ends_when_it_expires_is_revoked_or_its_account_is_switched_off():
    expiring = service("stock:read", expires_at=timezone.now() + timedelta(days=1))
    revoked, off = service("stock:read"), service("stock:read")
    assert [one.get("/api/inventory/").status_code for one in (expiring, revoked, off)] == [200, 200, 200]
    revoke_token(token_id=revoked.token.pk, at=timezone.now())
    User.objects.filter(pk=off.token.account_id).update(is_active=False)
    with time_machine.travel(timezone.now() + timedelta(days=1, seconds=1)):
        answers = [one.get("/api/inventory/") for one in (expiring, revoked, off)]
    assert [answer.status_code for answer in answers] == [401, 401, 401]
    assert answers[0]["WWW-Authenticate"] == "Bearer"


@pytest.mark.parametrize("said", ["Bearer est_", "Bearer est_x", "bearer est_ü", "Bearer est_" + "a" * 5000])
def test_what_is_no_token(said):
    client = JSONClient()
    client.credentials(HTTP_AUTHORIZATION=said)
    assert client.get("/api/inventory/").status_code == 401


def test_the_audit_trail_tells_its_name_and_its_last_use():
    product, item = make_product(), StockItem.objects.get(variant=make_variant(stock=1))
    client = service("catalogue:publish", "stock:write")
    client.patch(f"/api/product/{product.core_id}/", {"name": "Cup"})
    client.patch(f"/api/inventory/{item.pk}/", {"quantity": 9})
    assert Revision.objects.order_by("-pk").first().user.name == client.token.name
    assert StockMovement.objects.order_by("-pk").first().actor == client.token.account.username
    client.token.refresh_from_db()
    assert client.token.last_used_at is not None


# --- many at once ----------------------------------------------------------------------------------------------------
def test_a_stocktaking_is_all_or_none(django_assert_max_num_queries):
    variants = [make_variant(sku=f"S-{number}", stock=5) for number in range(20)]
    client = service("stock:write")
    rows = [{"sku": variant.sku, "quantity": 5 + number} for number, variant in enumerate(variants)]
    bad = client.post(
        "/api/inventory/bulk/", {"rows": [*rows, {"sku": "NONE", "quantity": 1}, {"id": 999, "quantity": 1}]}
    )
    assert (bad.status_code, set(bad.json()["errors"])) == (400, {"rows.20.sku", "rows.21.id"})
    twice = client.post("/api/inventory/bulk/", {"rows": [rows[0], rows[0]]})
    assert set(twice.json()["errors"]) == {"rows.1.id"}
    assert set(StockItem.objects.values_list("on_hand", flat=True)) == {5}
    with django_assert_max_num_queries(20):
        done = client.post("/api/inventory/bulk/", {"rows": rows}, headers={"Idempotency-Key": "count-1"})
    assert done.json() == {"rows": 20, "changed": 19}
    again = client.post("/api/inventory/bulk/", {"rows": rows}, headers={"Idempotency-Key": "count-1"})
    assert (again.json(), again["Idempotent-Replayed"]) == (done.json(), "true")
    assert StockMovement.objects.filter(kind="adjustment").count() == 19


def test_reserved_units_stay():
    variant = make_variant(sku="S-1", stock=5)
    make_order(variant=variant, quantity=3)
    answer = service("stock:write").post("/api/inventory/bulk/", {"rows": [{"sku": "S-1", "quantity": 2}]})
    assert (answer.status_code, answer.json()["code"], answer.json()["rows"][0]["reserved"]) == (
        409,
        "stock_reserved",
        3,
    )


def test_prices_are_all_or_none():
    make_variant(sku="S-1")
    make_variant(sku="S-2")
    PriceList.objects.create(code="sale", name="Sale", currency="INR", live=True)
    client, rows = service("prices:write"), [{"sku": "S-1", "price": "9.00"}, {"sku": "S-2", "price": "8.00"}]
    body = {"price_list": "sale", "rows": [*rows, {"sku": "NONE", "price": "x"}]}
    bad = client.post("/api/price/bulk/", body)
    assert (bad.status_code, set(bad.json()["errors"])) == (400, {"rows.2.sku", "rows.2.price"})
    worse = client.post("/api/price/bulk/", {"price_list": "sale", "rows": [*rows, {"sku": "S-1", "price": "0"}]})
    assert set(worse.json()["errors"]) == {"rows.2.amount"}
    assert not PriceLine.objects.filter(price_list__code="sale").exists()
    assert client.post("/api/price/bulk/", {"price_list": "sale", "rows": rows}).json() == {"rows": 2, "changed": 2}
    unknown = client.post("/api/price/bulk/", {"price_list": "none", "rows": rows})
    assert (unknown.status_code, list(unknown.json()["errors"])) == (400, ["price_list"])


def test_who_writes_prices_finds_the_lists(django_assert_max_num_queries):
    PriceList.objects.create(code="sale", name="Sale", currency="INR", priority=3)
    client = service("prices:write")
    with django_assert_max_num_queries(5):
        lists = client.get("/api/price-list/").json()["results"]
    codes = [one["code"] for one in lists]
    assert codes == sorted(codes)
    sale = lists[codes.index("sale")]
    assert sale | {"id": 0} == {
        "id": 0, "code": "sale", "name": "Sale", "currency": "INR", "customer_group": "", "priority": 3,
        "is_base": False, "is_live": True,
    }  # fmt: skip
    assert set(client.get("/api/price-list/?fields=code").json()["results"][0]) == {"code"}
    assert service("stock:write", "catalogue:publish").get("/api/price-list/").status_code == 403


@pytest.mark.parametrize(
    "rows", [[], [{"sku": "S-1", "quantity": 1}] * 1001, [{"quantity": 1}], [{"sku": "S-1", "quantity": -1}]]
)
def test_bad_rows_are_refused(rows):
    answer = service("stock:write").post("/api/inventory/bulk/", {"rows": rows})
    assert answer.status_code == 400 and all(field.startswith("rows") for field in answer.json()["errors"])


def test_a_vendor_counts_its_own():
    other = StockItem.objects.get(variant=make_variant())
    answer = client_of(make_user(role="vendor")).post(
        "/api/inventory/bulk/", {"rows": [{"id": other.pk, "quantity": 1}]}
    )
    assert set(answer.json()["errors"]) == {"rows.0.id"}


# --- the screens -----------------------------------------------------------------------------------------------------
def test_an_administrator_makes_one_sees_its_secret_once_and_revokes_it():
    admin = browser_of("admin")
    typed = {"name": "ERP", "scopes": ["stock:write", "orders:read"], "expires_at": ""}
    made = admin.post(reverse(ADDRESS.format("add")), typed)
    assert made.status_code == 200 and "no-store" in made["Cache-Control"]
    token = ServiceToken.objects.get()
    secret = made.context["secret"]
    assert secret in made.content.decode() and token.scopes == ["orders:read", "stock:write"]
    client = JSONClient()
    client.credentials(HTTP_AUTHORIZATION=f"Bearer {secret}")
    assert client.get("/api/inventory/").status_code == 200
    for name, args in (("list", []), ("inspect", [token.pk])):
        page = admin.get(reverse(ADDRESS.format(name), args=args)).content.decode()
        assert token.hint in page and secret not in page
    assert admin.post(reverse(ADDRESS.format("revoke"), args=[token.pk])).status_code == 302
    assert client.get("/api/inventory/").status_code == 401


@pytest.mark.parametrize(
    "typed", [{"name": "", "scopes": ["stock:read"]}, {"name": "ERP", "scopes": []}, {"name": "ERP", "scopes": ["all"]}]
)
def test_a_form_that_is_not_right_makes_none(typed):
    assert browser_of("admin").post(reverse(ADDRESS.format("add")), typed).status_code == 200
    assert not ServiceToken.objects.exists()


@pytest.mark.parametrize("role", ROLES)
def test_for_administrators_alone(role):
    token = issue_token(name="ERP", scopes=["stock:read"], by="boss", at=timezone.now())[0]
    browser = browser_of(role)
    for name, args in (("list", []), ("add", []), ("inspect", [token.pk]), ("revoke", [token.pk])):
        found = outcome(browser.get(reverse(ADDRESS.format(name), args=args)))
        assert found == {"admin": "ok", "customer": "sign-in", "anonymous": "sign-in", "vendor": found}.get(
            role, "refused"
        ), name
