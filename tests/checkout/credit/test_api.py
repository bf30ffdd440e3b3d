"""Store credit through the API: read, spend, get back; whoever may not, or cannot, changes nothing."""

from __future__ import annotations

import pytest
from django.utils import timezone

from checkout.credit.models import CreditAccount
from checkout.order.models import Order
from checkout.order.rules import order_token
from checkout.order.services.cancel_order import cancel_order
from checkout.payment.models import Payment, Refund
from shop.accounts.models import User
from shop.core.money import Money
from shop.notifications.models import Notification
from tests.checkout.credit.conftest import all_of_it, assert_money_adds_up, balance, drain
from tests.checkout.credit.test_orders import REST, TOTAL, delivered, paid, returned
from tests.factories import orders as made
from tests.factories.people import client_of, make_user
from tests.factories.shop import ADDRESS, make_shipping
from tests.factories.variants import make_variant

pytestmark = pytest.mark.django_db
URL = "/api/self/store-credit/"


@pytest.fixture
def support():
    return client_of(make_user("sam", role="support"))


def buy(client, **more):
    make_shipping()
    mug = make_variant(sku="MUG")
    client.post("/api/cart/items/", {"product_id": mug.core_id})
    return client.post("/api/order/", {"address": ADDRESS, "payment_method": "cod", "use_store_credit": True} | more)


class TestReading:
    def test_balance_and_history(self, asha):
        order = paid(asha)
        answer = client_of(asha).get(URL)
        said = answer.json()
        assert (said["balance"], said["currency"], said["count"], said["next"]) == ("0.00", "INR", 2, None)
        assert [(e["kind"], e["amount"], e["order_id"], e["note"]) for e in said["entries"]] == [
            ("spent", "-500.00", order.pk, ""),
            ("granted_by_staff", "500.00", None, "For the trouble"),
        ]
        assert answer.headers["Cache-Control"] == "no-store"

    def test_nothing_yet_and_another_currency(self, asha):
        nobody = client_of(make_user("ravi")).get(URL).json()
        assert (nobody["balance"], nobody["entries"]) == ("0.00", [])
        assert client_of(asha).get(f"{URL}?currency=USD").json()["balance"] == "0.00"
        assert client_of(asha).get(f"{URL}?currency=XXX").status_code == 400

    def test_pages(self, asha):
        made.give_credit(asha, 100)
        first = client_of(asha).get(f"{URL}?page_size=1").json()
        assert (first["count"], len(first["entries"])) == (2, 1) and first["next"]
        assert client_of(asha).get(f"{URL}?page=9").status_code == 404

    def test_only_ones_own(self, asha):
        assert client_of().get(URL).status_code == 401
        assert client_of(make_user("ravi")).get(URL).json()["entries"] == []

    def test_few_queries(self, asha, django_assert_num_queries):
        made.give_credit(asha, 100)
        client = client_of(asha)
        with django_assert_num_queries(3):  # who calls; page with its count, balance
            client.get(URL)


class TestSpending:
    def test_the_rest_is_paid_at_the_door(self, asha):
        order = buy(client_of(asha)).json()
        assert (order["total"], order["store_credit"], order["payment"]) == (
            "698.00", "500.00", {"method": "cod", "status": "pending"},
        )  # fmt: skip
        assert Payment.objects.get().amount == REST

    def test_covered(self, asha):
        made.give_credit(asha, TOTAL)
        order = buy(client_of(asha), payment_method="razorpay").json()
        assert (order["status"], order["store_credit"], order["payment"]) == (
            "paid", "698.00", {"method": "store_credit", "status": "paid"},
        )  # fmt: skip
        start = client_of(asha).post("/api/payment/start/", {"order_id": order["id"]})
        assert start.status_code == 409

    def test_not_without_saying_so(self, asha):
        assert buy(client_of(asha), use_store_credit=False).json()["store_credit"] == "0.00"
        assert balance(asha) == 500_00

    @pytest.mark.parametrize("method", ["store_credit", "exchange"])
    def test_it_is_no_way_of_paying(self, asha, method):
        answer = buy(client_of(asha), payment_method=method)
        assert (answer.status_code, list(answer.json()["errors"])) == (400, ["payment_method"])
        assert balance(asha) == 500_00 and not Order.objects.exists()

    def test_a_refused_order_keeps_the_credit(self, asha):
        before = balance(asha)
        answer = buy(client_of(asha), shipping_method="nobody")
        assert answer.status_code == 400 and balance(asha) == before

    def test_nobody_writes_the_amount(self, asha):
        assert buy(client_of(asha), store_credit="698.00").json()["store_credit"] == "500.00"


class TestGivingBack:
    def test_a_refund_as_credit(self, asha, support, gateway):
        made.make_paid_order(user=asha)
        url = f"/api/payment/{Payment.objects.get().pk}/refund/"
        body = {"amount": "98.00", "reason": "Chipped", "to": "store_credit"}
        for _ in range(2):
            answer = support.post(url, body, headers={"Idempotency-Key": "once"})
        assert (answer.status_code, answer.json()["to"], answer.json()["status"]) == (201, "store_credit", "processed")
        assert answer.json()["payment"]["refunded"] == "98.00"
        assert (balance(asha), gateway.sent, Refund.objects.count()) == (598_00, [], 1)
        assert support.post(url, {"amount": "2.00", "reason": "x"}).json()["to"] == "source"
        assert_money_adds_up()

    def test_refused_refunds_change_nothing(self, asha, support, gateway):
        made.make_paid_order(user=asha)
        url = f"/api/payment/{Payment.objects.get().pk}/refund/"
        guest = made.make_paid_order()
        guests = f"/api/payment/{Payment.objects.get(reference=guest.reference).pk}/refund/"
        before = all_of_it()
        as_credit = {"reason": "x", "to": "store_credit"}
        for client, path, body, status, code in (
            (support, url, {"amount": "698.01"} | as_credit, 409, "not_refundable"),
            (support, guests, as_credit, 409, "no_credit_account"),
            (support, url, {"reason": "x", "to": "gold"}, 400, "invalid"),
            (client_of(asha), url, as_credit, 403, "not_allowed"),
            (client_of(make_user("ravi")), url, as_credit, 404, "not_found"),
            (client_of(make_user("mo", role="merchandiser")), url, as_credit, 404, "not_found"),
        ):
            answer = client.post(path, body)
            assert (answer.status_code, answer.json()["code"]) == (status, code)
        assert all_of_it() == before

    def test_the_buyer_chooses_and_support_decides(self, asha, support, gateway):
        order = delivered(made.make_paid_order(user=asha))
        items = [{"item_id": order.lines.get().pk, "quantity": 1}]
        body = {"items": items, "reason": "Chipped", "refund_to": "store_credit"}
        coming = client_of(asha).post(f"/api/order/{order.pk}/return/", body).json()
        assert (coming["refund_to"], coming["store_credit"]) == ("store_credit", "0.00")
        url = f"/api/order/{order.pk}/return/{coming['id']}/"
        for status in ("approved", "received", "refunded"):
            coming = support.patch(url, {"status": status}).json()
        assert (coming["refund"]["to"], balance(asha)) == ("store_credit", 1149_00)

    def test_support_decides_otherwise(self, asha, support, gateway):
        coming = returned(delivered(made.make_paid_order(user=asha)), refund_to="store_credit")
        url = f"/api/order/{coming.order_id}/return/{coming.pk}/"
        assert support.patch(url, {"status": "refunded", "refund_to": "source"}).json()["refund"]["to"] == "source"
        drain()
        assert (balance(asha), gateway.sent) == (500_00, [649_00])

    def test_a_guest_cannot_choose_it(self, gateway):
        order = delivered(made.make_paid_order())
        body = {"items": [{"item_id": order.lines.get().pk, "quantity": 1}], "reason": "x", "refund_to": "store_credit"}
        before = all_of_it()
        answer = client_of().post(f"/api/order/{order.pk}/return/", body, headers={"X-Order-Token": order_token(order)})
        assert (answer.status_code, answer.json()["code"]) == (409, "no_credit_account")
        assert all_of_it() == before

    def test_cancelled_to_credit(self, asha, gateway):
        order = made.make_paid_order(user=asha)
        answer = client_of(asha).post(f"/api/order/{order.pk}/cancel/", {"refund_to": "store_credit"}).json()
        drain()
        assert (answer["status"], balance(asha), gateway.sent) == ("cancelled", 500_00 + TOTAL, [])

    def test_cancelled_as_it_was_paid_unless_told(self, asha, gateway):
        order = made.make_paid_order(user=asha)
        assert client_of(asha).post(f"/api/order/{order.pk}/cancel/", {}).json()["status"] == "cancelled"
        drain()
        assert (balance(asha), gateway.sent) == (500_00, [TOTAL])

    def test_a_guest_cannot_cancel_to_credit(self, gateway):
        order = made.make_paid_order()
        before, url = all_of_it(), f"/api/order/{order.pk}/cancel/"
        for said, status in (("store_credit", 409), ("gold", 400)):
            answer = client_of().post(url, {"refund_to": said}, headers={"X-Order-Token": order_token(order)})
            assert answer.status_code == status
        assert all_of_it() == before


class TestThePerson:
    def test_the_export_tells_it(self, asha):
        said = client_of(asha).get("/api/self/export/").json()["store_credit"]
        assert [(row["what"], row["amount"], row["note"]) for row in said] == [
            ("granted_by_staff", "500.00", "For the trouble")
        ]

    def test_closing_the_account_asks_first_then_it_lapses(self, asha):
        answer = client_of(asha).delete("/api/self/")
        assert (answer.status_code, answer.json()["code"], answer.json()["lapses"]) == (
            409, "confirmation_needed", ["Your store credit of ₹500 lapses."],
        )  # fmt: skip
        assert User.objects.get(pk=asha.pk).erased_at is None and balance(asha) == 500_00
        assert client_of(asha).delete("/api/self/?confirm=true").status_code == 204
        account = CreditAccount.objects.get()
        assert (account.balance, account.entries.last().kind) == (0, "expired")

    def test_without_credit_nothing_is_asked(self):
        assert client_of(make_user("ravi")).delete("/api/self/").status_code == 204

    def test_an_order_of_a_closed_account_dies_all_the_same(self, asha):
        order = paid(asha)
        client_of(asha).delete("/api/self/?confirm=true")
        cancel_order(order_id=order.pk, at=timezone.now(), by="sam")
        assert balance(asha) == 500_00  # nobody spends it, and the books agree
        assert_money_adds_up()

    def test_a_notice_tells_of_it(self, asha):
        drain()
        notice = Notification.objects.get(kind="credit_granted", channel="email")
        assert notice.subject == "₹500 of store credit is yours"
        assert "For the trouble" in notice.message and "/account/store-credit/" in notice.message
        assert Money(500_00, "INR").text() in notice.message


def test_a_confirmation_that_is_none_closes_no_account(db):
    user = make_user()
    answer = client_of(user).delete("/api/self/?confirm=null&confirm=null")
    assert (answer.status_code, list(answer.json()["errors"])) == (400, ["confirm"])
    assert type(user).objects.get(pk=user.pk).is_active
