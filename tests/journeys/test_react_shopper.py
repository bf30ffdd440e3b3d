"""What a shopper keeps, says and is asked in the React client, beside buying: lists, reviews, complaints, store credit, the
code of a cash order, consent, and an editor's draft."""

from __future__ import annotations

import re
import secrets
from io import BytesIO

import pytest
from PIL import Image

from tests.journeys.doors import ADDRESS, Program
from tests.journeys.react import (  # noqa: F401
    DESK,
    a_newcomer,
    built_client,
    check,
    enter,
    fill_address,
    go,
    open_product,
    page_of_the_client,
    placed,
    sent,
    to_checkout,
    to_payment,
)
from tests.journeys.shop import PASSWORD

pytestmark = [pytest.mark.browser, pytest.mark.node]


def test_a_piece_is_kept_on_the_list_moved_to_the_cart_and_put_aside(page, shop, newcomer):
    enter(page, shop, newcomer)
    open_product(page, shop, "lota")
    page.get_by_role("button", name="Keep it on your list").click()
    page.get_by_role("button", name="On your list").wait_for()
    go(page, "/account/wishlist")
    page.get_by_role("heading", name="Wishlist").wait_for()
    page.locator("main .card").wait_for()
    check(page, "the wishlist")
    page.get_by_role("button", name=re.compile("Into the cart")).click()
    page.locator("main .card").wait_for(state="detached")
    go(page, "/cart")
    page.get_by_role("button", name=re.compile("For later")).click()
    page.get_by_role("heading", name="For later").wait_for()
    page.get_by_role("textbox", name=re.compile("Quantity of")).wait_for(state="detached")
    check(page, "the cart with what is kept for later")
    page.reload()
    page.get_by_role("button", name=re.compile("Back into the cart")).click()
    page.get_by_role("textbox", name=re.compile("Quantity of")).wait_for()
    saved = "SELECT count(*) FROM cart_savedline s JOIN cart_cart c ON c.id = s.cart_id JOIN accounts_user u ON u.id = c.user_id WHERE u.email = %s"
    assert shop.wait_for(f"SELECT 1 WHERE ({saved}) = 0", newcomer) == [(1,)]


def test_a_buyer_writes_a_review_with_a_picture_and_withdraws_it(page, shop, newcomer):
    shop.change("UPDATE accounts_user SET is_verified = true WHERE email = %s", newcomer)
    soap = _delivered(shop, newcomer)
    enter(page, shop, newcomer)
    page.goto(f"{shop.url}/app/account/reviews/write/{soap}")
    page.get_by_role("button", name="Send the review").click()
    page.get_by_role("alert").get_by_role("link", name="How many stars?").wait_for()
    check(page, "a review with mistakes")
    page.get_by_text("Very good", exact=True).click()
    page.get_by_label("What is it like to live with?").fill("It smells of rain.")
    picture = BytesIO()
    Image.new("RGB", (300, 300), "#8a6").save(picture, "JPEG")
    page.get_by_label("Pictures").set_input_files(
        {"name": "soap.jpg", "mimeType": "image/jpeg", "buffer": picture.getvalue()}
    )
    page.get_by_role("button", name="Send the review").click()
    page.get_by_role("heading", name="Your reviews").wait_for()
    page.get_by_text("Being read").wait_for()
    check(page, "own reviews")
    kept = ("SELECT r.rating, r.status, count(p.id) FROM reviews_review r LEFT JOIN reviews_reviewpicture p ON p.review_id = r.id"
            " JOIN accounts_user u ON u.id = r.user_id WHERE u.email = %s GROUP BY r.id")  # fmt: skip
    assert shop.ask(kept, newcomer) == [(5, "pending", 1)]
    page.locator("summary", has_text="Withdraw").click()
    page.get_by_role("button", name="Withdraw the review").click()
    page.get_by_text("Being read").wait_for(state="detached")


def _delivered(shop, email: str) -> int:
    """Soap that has come to them; returns the product."""
    door, staff = Program(shop.url, shop.gateway), Program(shop.url, shop.gateway)
    door.sign_in(email, PASSWORD)
    _with_address(door)
    staff.sign_in("admin", PASSWORD)
    door.put_in_cart("handmade-soap")
    order = door.orders[door.order_by_cash().number]
    if shop.ask("SELECT review_reason FROM order_order WHERE id = %s", order) != [("",)]:
        staff.call("POST", f"order/{order}/release/", {})
    for status in ("shipped", "delivered"):
        staff.call("PATCH", f"order/{order}/", {"status": status})
    return door.product("handmade-soap")["id"]


def _with_address(door: Program) -> None:
    door.call("POST", "address/", ADDRESS, expect=201)


def test_a_complaint_is_taken_with_its_number(page, shop, newcomer):
    enter(page, shop, newcomer)
    page.goto(f"{shop.url}/app/account/complaints")
    page.get_by_label("It is about").select_option("product")
    page.get_by_label("Tell us what happened").fill("The handle came off.")
    page.get_by_role("button", name="Send the complaint").click()
    told = page.get_by_role("status").filter(has_text="It is with us as")
    told.wait_for()
    check(page, "a complaint")
    number = page.locator("main .parcel bdi").first.inner_text()
    assert number in told.inner_text()
    page.reload()
    page.get_by_text("The handle came off.").wait_for()


def test_store_credit_pays_an_order(page, shop, newcomer):
    shop.manage("shell", "-c", GRANT.format(email=newcomer))
    enter(page, shop, newcomer)
    page.goto(f"{shop.url}/app/account")
    page.get_by_role("heading", name="Store credit").wait_for()
    check(page, "the dashboard with store credit")
    to_checkout(page, shop, "incense")
    fill_address(page, email="")
    to_payment(page, "UPI")
    page.get_by_label(re.compile("Use my store credit first")).check()
    check(page, "payment with store credit")
    page.get_by_role("button", name="Order now, paid with store credit").click()
    number = placed(page)
    paid = shop.ask(
        "SELECT payment_method, payment_status, store_credit = total FROM order_order WHERE number = %s", number
    )
    assert paid == [("store_credit", "paid", True)]
    page.locator("summary", has_text="Cancel").click()
    page.get_by_role("button", name="Cancel the order").click()
    page.get_by_role("heading", name="Cancelled").wait_for()


GRANT = """
from django.utils import timezone
from checkout.credit.services.grant_credit import grant_credit
from shop.accounts.models import User
from shop.core.money import Money
grant_credit(user_id=User.objects.get(email="{email}").pk, amount=Money(500000, "INR"), kind="granted_by_staff",
             reference="journey:{email}", at=timezone.now())
"""


def test_a_cash_order_is_confirmed_by_its_code(page, shop):
    """Asked for from a sum that no other journey reaches."""
    email = f"c{secrets.token_hex(4)}@example.com"
    shop.change("UPDATE shipping_cashrule SET confirm_from = 900000, greatest = NULL WHERE currency = 'INR'")
    open_product(page, shop, "lota")
    price = float(re.sub(r"[^\d.]", "", page.locator("main .price b").first.inner_text()))
    page.get_by_role("textbox", name=re.compile("^Quantity")).first.fill(str(int(9000 // price) + 1))
    page.get_by_role("button", name="Add to cart").click()
    page.get_by_role("dialog").get_by_role("link", name="Check out").click()
    fill_address(page, email)
    to_payment(page, "Cash on delivery")
    page.get_by_role("button", name=re.compile("Order now, pay ₹")).click()
    number = placed(page)
    code = sent(shop, rf"(\d{{6}}) (?:confirms your order|is the code for your Osari order) {number}")
    page.get_by_label("The code we sent you").fill(f"{(int(code) + 1) % 10**6:06d}")
    page.get_by_role("button", name="Confirm the order").click()
    page.get_by_text("4 tries are left.").wait_for()
    check(page, "a code that is wrong")
    page.get_by_label("The code we sent you").fill(code)
    page.get_by_role("button", name="Confirm the order").click()
    page.get_by_label("The code we sent you").wait_for(state="detached")
    assert shop.ask("SELECT review_reason FROM order_order WHERE number = %s", number) == [("",)]
    page.locator("summary", has_text="Cancel").click()
    page.get_by_role("button", name="Cancel the order").click()
    page.get_by_role("heading", name="Cancelled").wait_for()


def test_nothing_is_counted_before_a_yes_and_both_doors_share_it(page, shop):
    told = []
    page.on("request", lambda request: told.append(request.post_data) if "/analytics/" in request.url else None)
    open_product(page, shop, "lota")
    page.get_by_role("heading", name="May we count your visit?").wait_for()
    check(page, "a product and the question")
    page.get_by_role("button", name="Add to cart").click()
    page.get_by_role("dialog", name="In your cart").get_by_text("added.").wait_for()
    assert not told
    page.keyboard.press("Escape")
    with page.expect_request("**/api/analytics/event/"):  # the piece that is being looked at
        page.get_by_role("button", name="Count my visit").click()
    page.locator(".consent").wait_for(state="detached")
    with page.expect_request("**/api/analytics/event/"):
        page.get_by_role("button", name="Add to cart").click()
    visitor = re.search(r"consent=\d+\.yes\.([0-9a-f]{32})", page.evaluate("document.cookie"))[1]
    counted = (
        "SELECT count(*) FROM privacy_analyticsevent WHERE visitor = %s AND name IN ('view', 'add') HAVING count(*) = 2"
    )
    assert shop.wait_for(counted, visitor) == [(2,)]
    page.goto(f"{shop.url}/")
    assert not page.locator(".consent").is_visible()
    page.get_by_role("link", name="Privacy choices").click()
    page.get_by_role("button", name="Do not count").click()
    page.get_by_text("You said no").wait_for()
    assert shop.ask("SELECT count(*) FROM privacy_analyticsevent WHERE visitor = %s", visitor) == [(0,)]
    told.clear()
    open_product(page, shop, "lota")
    page.locator("main .pdp").wait_for()
    assert not told and page.locator(".consent").count() == 0


@pytest.mark.parametrize("page", [(DESK, "light")], ids=["desk"], indirect=True)
def test_an_editor_sees_the_draft_in_the_client(page, shop):
    """From the admin: save a draft, preview it in the app, and show it to nobody else."""
    page.goto(f"{shop.url}/account/login/?next=/admin/")
    page.locator("input[name=login], input[name=username]").first.fill("maya")
    page.locator("input[name=password]").fill(PASSWORD)
    page.locator("main form button").first.click()
    page.wait_for_url("**/admin/")
    [(about,)] = shop.ask("SELECT id FROM wagtailcore_page WHERE slug = 'delivery' ORDER BY id LIMIT 1")
    page.goto(f"{shop.url}/admin/pages/{about}/edit/")
    page.locator("#id_title").fill("Delivery, a draft")
    with page.expect_navigation():
        page.get_by_role("button", name="Save draft").click()
    page.get_by_role("button", name="Toggle preview").click()
    shown = page.frame_locator("iframe[title=Preview]").last
    shown.get_by_role("heading", name="Delivery, a draft").wait_for()  # it takes no other mode while it loads
    page.get_by_label("Preview mode").select_option("app")
    shown.get_by_role("status").filter(has_text="A draft, for your eyes: Delivery, a draft").wait_for()
    page.goto(f"{shop.url}/app/delivery/")
    page.locator("main .article").wait_for()
    assert "a draft" not in page.inner_text("main")


def test_who_wants_a_sold_out_piece_is_told_when_it_is_back(page, shop, newcomer):
    """As a guest at the address that is typed, signed in at one's own."""
    guest = f"g{secrets.token_hex(4)}@example.com"
    page.goto(f"{shop.url}/app/product/stoneware-mug/")
    sku = _choose_what_is_sold_out(page)
    page.get_by_label("Tell me when it is back").fill(guest)
    check(page, "a sold-out product")
    page.get_by_role("button", name="Tell me", exact=True).click()
    page.get_by_role("status").filter(has_text=f"We write to {guest} when it is back.").wait_for()
    enter(page, shop, newcomer)
    page.reload()
    assert _choose_what_is_sold_out(page) == sku
    page.get_by_role("button", name="Tell me when it is back").click()
    page.get_by_role("status").filter(has_text=f"We write to {newcomer} when it is back.").wait_for()
    waiting = ("SELECT a.email FROM notifications_stockalert a JOIN product_variant v ON a.reference = 'variant:' || v.id"
               " WHERE v.sku = %s AND a.email = ANY(%s) ORDER BY a.user_id NULLS FIRST")  # fmt: skip
    assert shop.ask(waiting, sku, [guest, newcomer]) == [(guest,), (newcomer,)]


def _choose_what_is_sold_out(page) -> str:
    """The SKU of the variant."""
    page.locator("button.opt:has(.gone)").first.click()
    page.locator(".stock", has_text="Sold out").wait_for()
    return page.locator(".spec dd").last.inner_text()
