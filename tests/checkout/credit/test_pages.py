"""Store credit on the pages of a shopper: the account, the tick at the checkout, the wish at a return."""

from __future__ import annotations

import pytest
from django.utils import timezone

from checkout.credit.models import CreditAccount
from checkout.credit.services.withdraw_credit import withdraw_credit
from checkout.order.models import Order, Return
from checkout.order.rules import order_token
from checkout.payment.models import Payment
from shop.core.money import Money
from tests.checkout.credit.conftest import all_of_it, assert_money_adds_up, balance, drain
from tests.checkout.credit.test_orders import REST, TOTAL, delivered, paid
from tests.checkout.storefront.conftest import TYPED, Browser, browser, mug, shipping, text_of  # noqa: F401
from tests.factories import orders as made
from tests.factories.people import make_user

pytestmark = pytest.mark.django_db
URL = "/account/store-credit/"


@pytest.fixture
def her(browser, asha) -> Browser:  # noqa: F811
    browser.force_login(asha)
    return browser


@pytest.fixture
def filled(her, mug) -> Browser:  # noqa: F811
    her.add(mug)
    her.send("/checkout/address/", TYPED)
    her.send("/checkout/delivery/", {"shipping_method": "flat"})
    return her


def pay(browser, **said):  # noqa: F811
    browser.send("/checkout/payment/", {"payment_method": "cod", "use_store_credit": "on"} | said)
    return browser.get("/checkout/review/")


class TestAccount:
    def test_balance_and_history(self, her, asha):
        order = paid(asha)
        made.give_credit(asha, 50_00)
        page = text_of(her.get(URL))
        for words in ("₹50 to spend", "Given by the shop", "For the trouble", "+₹500", "−₹500", order.number):
            assert words in page

    def test_nothing_yet(self, browser):  # noqa: F811
        browser.force_login(make_user("ravi"))
        page = text_of(browser.get(URL))
        assert "₹0 to spend" in page and "Nothing here yet." in page

    def test_it_is_private_and_hers(self, browser, asha):  # noqa: F811
        assert browser.get(URL).status_code == 302
        browser.force_login(make_user("ravi"))
        page = browser.get(URL)
        assert "₹500" not in text_of(page) and "no-store" in page["Cache-Control"]

    def test_few_queries_however_long_it_is(self, her, asha, django_assert_max_num_queries):
        for _ in range(25):
            made.give_credit(asha, 100)
        her.get(URL)
        with django_assert_max_num_queries(9):
            page = her.get(URL)
        assert "?page=2" in page.content.decode()


class TestCheckout:
    def test_the_tick_tells_what_remains(self, filled):
        page = text_of(filled.get("/checkout/payment/"))
        assert "Use my store credit You have ₹500. ₹198 is left to pay." in page and "−₹500" in page

    def test_the_rest_is_paid_in_cash(self, filled, asha):
        review = pay(filled)
        page = text_of(review)
        assert "Store credit −₹500 To pay ₹198" in page and "Order now, pay ₹198 on delivery" in page
        assert "Store credit + Cash" in page
        answer = filled.place(review)
        order = Order.objects.get()
        assert (order.store_credit, Payment.objects.get().amount, balance(asha)) == (500_00, REST, 0)
        done = text_of(filled.get(answer["Location"]))
        assert "Placed. You pay ₹198 when it comes." in done and "Store credit −₹500 To pay ₹198" in done

    def test_covered_nothing_else_is_asked(self, filled, asha):
        made.give_credit(asha, TOTAL)
        review = pay(filled, payment_method="")
        page = text_of(review)
        assert "Order now, paid with store credit" in page and "Handling of cash" not in page
        answer = filled.place(review)
        order = Order.objects.get()
        assert (order.payment_method, order.payment_status, answer["Location"]) == (
            "store_credit", "paid", f"/checkout/done/{order.number}/",
        )  # fmt: skip
        assert "Paid with store credit" in text_of(filled.get(answer["Location"]))

    def test_taken_out_again(self, filled, asha):
        pay(filled)
        filled.send("/checkout/payment/", {"payment_method": "cod"})
        review = filled.get("/checkout/review/")
        assert "pay ₹698 on delivery" in text_of(review)
        filled.place(review)
        assert (Order.objects.get().store_credit, balance(asha)) == (0, 500_00)

    def test_what_was_shown_is_charged(self, filled, asha):
        """The credit went elsewhere after the review was shown: asked again, nothing ordered."""
        review = pay(filled)
        withdraw_credit(
            user_id=asha.pk, amount=Money(400_00, "INR"), reference="x", at=timezone.now(), by="sam", note="Mistake"
        )
        answer = filled.place(review)
        assert answer["Location"] == "/checkout/review/" and not Order.objects.exists()
        assert balance(asha) == 100_00
        again = filled.get("/checkout/review/")
        assert "pay ₹598 on delivery" in text_of(again)
        filled.place(again)
        assert Order.objects.get().store_credit == 100_00

    def test_guests_see_no_tick(self, browser, mug):  # noqa: F811
        browser.add(mug)
        browser.to_review()
        assert "store credit" not in text_of(browser.get("/checkout/payment/"))
        browser.send("/checkout/payment/", {"payment_method": "cod", "use_store_credit": "on"})
        assert "pay ₹698 on delivery" in text_of(browser.get("/checkout/review/"))


class TestReturn:
    def send(self, browser, order, **more):  # noqa: F811
        line = order.lines.get().pk
        return browser.send(
            f"/account/orders/{order.number}/return/", {f"line_{line}": "1", "why": "It does not fit", **more}
        )

    @pytest.mark.parametrize("to", ["source", "store_credit"])
    def test_the_buyer_chooses(self, her, asha, to):
        order = delivered(made.make_paid_order(user=asha))
        assert "Into my store credit" in text_of(her.get(f"/account/orders/{order.number}/return/"))
        self.send(her, order, refund_to=to)
        assert Return.objects.get().refund_to == to

    def test_a_word_that_is_none_is_refused(self, her, asha):
        order = delivered(made.make_paid_order(user=asha))
        assert self.send(her, order, refund_to="gold").status_code == 200
        assert not Return.objects.exists()


class TestCancelling:
    ASKED = "Where should the money go?"

    def cancel(self, browser, order, path="/account/orders", **said):  # noqa: F811
        return browser.send(f"{path}/{order.number}/cancel/", said)

    @pytest.mark.parametrize(
        ("said", "credit", "sent"),
        [({}, 500_00, [TOTAL]), ({"refund_to": "source"}, 500_00, [TOTAL]),
         ({"refund_to": "store_credit"}, 500_00 + TOTAL, [])],
    )  # fmt: skip
    def test_the_buyer_chooses(self, her, asha, gateway, said, credit, sent):
        order = made.make_paid_order(user=asha)
        assert self.ASKED in text_of(her.get(f"/account/orders/{order.number}/"))
        assert self.cancel(her, order, **said).status_code == 303
        drain()
        order.refresh_from_db()
        assert (order.status, balance(asha), gateway.sent) == ("cancelled", credit, sent)
        assert_money_adds_up()

    @pytest.mark.parametrize("method", ["cod", "razorpay"])
    def test_nothing_is_asked_where_nothing_was_paid(self, her, asha, gateway, method):
        order = made.make_order(user=asha, method=method)
        page = text_of(her.get(f"/account/orders/{order.number}/"))
        assert "Cancel the order" in page and self.ASKED not in page
        self.cancel(her, order, refund_to="store_credit")
        drain()
        order.refresh_from_db()
        assert (order.status, balance(asha), gateway.sent) == ("cancelled", 500_00, [])

    def test_a_guest_gets_it_back_the_way_it_came(self, browser, gateway):  # noqa: F811
        order = made.make_paid_order()
        browser.get(f"/order/{order.number}/?token={order_token(order)}")
        assert self.ASKED not in text_of(browser.get(f"/order/{order.number}/"))
        self.cancel(browser, order, path="/order", refund_to="store_credit")
        drain()
        assert gateway.sent == [TOTAL] and not CreditAccount.objects.exists()

    def test_a_word_that_is_none_changes_nothing(self, her, asha):
        order = made.make_paid_order(user=asha)
        before = all_of_it()
        answer = self.cancel(her, order, refund_to="gold")
        assert "Choose one of the ways below." in text_of(her.get(answer["Location"]))
        assert all_of_it() == before
