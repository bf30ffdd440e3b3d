"""One shopper, three doors: a program, a browser without JavaScript, a browser with it. Journeys speak to `Door`."""

from __future__ import annotations

import re
from abc import ABC, abstractmethod
from dataclasses import dataclass
from typing import Any

import requests

ADDRESS = {
    "name": "Kabir Anand", "phone": "+919845012345", "street": "7, Church Street", "city": "Bengaluru",
    "state": "Karnataka", "pincode": "560001",
}  # fmt: skip


@dataclass
class Placed:
    """An order as the shopper sees it after placing."""

    number: str
    total: str  # decimal string: "1947.00"


class Door(ABC):
    """What a shopper can do. Amounts are decimal strings."""

    @abstractmethod
    def sign_in(self, username: str, password: str) -> None: ...

    @abstractmethod
    def find(self, words: str) -> list[str]:
        """Names of the products that a search shows."""

    @abstractmethod
    def put_in_cart(self, slug: str, quantity: int = 1) -> None: ...

    @abstractmethod
    def cart_total(self) -> str: ...

    @abstractmethod
    def order_by_cash(self, *, email: str = "") -> Placed: ...

    @abstractmethod
    def order_by_razorpay(self, *, email: str = "", first_fails: bool = False) -> Placed: ...

    @abstractmethod
    def status_of(self, order: Placed) -> str:
        """pending, paid, shipped, delivered, cancelled"""

    @abstractmethod
    def cancel(self, order: Placed) -> None: ...


class Program(Door):
    """Calls the API with an HTTP client, as a mobile app would."""

    def __init__(self, url: str, gateway: str) -> None:
        self.url, self.gateway, self.http = url, gateway, requests.Session()
        self.http.headers["Connection"] = "close"  # one that has waited may be closed while a call is on its way
        self.orders: dict[str, int] = {}

    def call(self, method: str, path: str, body: dict | None = None, *, expect: int = 200, **headers: str) -> Any:
        answer = self.http.request(method, f"{self.url}/api/{path}", json=body, headers=headers, timeout=30)
        if "X-Cart-Token" in answer.headers:
            self.http.headers["X-Cart-Token"] = answer.headers["X-Cart-Token"]
        assert answer.status_code == expect, f"{method} {path}: {answer.status_code} {answer.text[:500]}"
        return answer.json() if answer.content else None

    def sign_in(self, username: str, password: str) -> None:
        tokens = self.call("POST", "self/", {"username": username, "password": password})
        self.http.headers["Authorization"] = f"Bearer {tokens['access']}"
        self.http.headers.pop("X-Cart-Token", None)

    def find(self, words: str) -> list[str]:
        return [product["name"] for product in self.call("GET", f"product/?q={words}")["results"]]

    def product(self, slug: str) -> dict[str, Any]:
        listed = self.call("GET", "product/?page_size=100")["results"]
        found = next(product for product in listed if product["slug"] == slug)
        return self.call("GET", f"product/{found['id']}/")

    def put_in_cart(self, slug: str, quantity: int = 1) -> None:
        product = self.product(slug)
        variant = next(v for v in product["variants"] if v["stock"] >= quantity)
        body = {"product_id": product["id"], "variant_id": variant["id"], "quantity": quantity}
        self.call("POST", "cart/items/", body, expect=201)

    def cart_total(self) -> str:
        return self.call("GET", "cart/")["total"]

    def order_by_cash(self, *, email: str = "") -> Placed:
        return self._order("cod", email)

    def _order(self, method: str, email: str) -> Placed:
        self.call("GET", "cart/")
        where: dict[str, Any] = {"address": ADDRESS, "email": email}
        if "Authorization" in self.http.headers:
            where = {"address_id": self.call("GET", "address/default/")["id"]}
        order = self.call("POST", "order/", where | {"payment_method": method}, expect=201)
        self.orders[order["number"]] = order["id"]
        return Placed(order["number"], order["total"])

    def order_by_razorpay(self, *, email: str = "", first_fails: bool = False) -> Placed:
        placed = self._order("razorpay", email)
        order_id = self.orders[placed.number]
        started = self.call("POST", "payment/create-razorpay-order/", {"order_id": order_id}, expect=201)
        if first_fails:
            self._bring(order_id, self._at_the_gateway(started, "fail:payment_failed"), expect=400)
        self._bring(order_id, self._at_the_gateway(started, "success"), expect=201)
        return placed

    def _at_the_gateway(self, started: dict, outcome: str) -> dict[str, str]:
        body = {"method": "upi", "vpa": "success@razorpay", "outcome": outcome}
        answer = requests.post(
            f"{self.gateway}/_emu/orders/{started['razorpay_order_id']}/pay", json=body, timeout=10
        ).json()
        error = answer.get("error", {}).get("metadata", {})
        return {
            "payment_method": "razorpay",
            "payment_id": answer.get("razorpay_payment_id") or error.get("payment_id", ""),
            "razorpay_order_id": started["razorpay_order_id"],
            "razorpay_signature": answer.get("razorpay_signature", "0" * 64),
        }

    def _bring(self, order_id: int, brought: dict[str, str], *, expect: int) -> None:
        self.call("POST", "payment/create/", {"order_id": order_id, **brought}, expect=expect)

    def status_of(self, order: Placed) -> str:
        return self.call("GET", f"order/{self.orders[order.number]}/")["status"]

    def cancel(self, order: Placed) -> None:
        self.call("POST", f"order/{self.orders[order.number]}/cancel/", {})


class Browser(Door):
    """Headless Chromium on the rendered pages; `page.context` decides whether there is JavaScript."""

    def __init__(self, url: str, page: Any, *, scripted: bool) -> None:
        self.url, self.page, self.scripted = url, page, scripted
        self.order_urls: dict[str, str] = {}

    def go(self, path: str) -> None:
        answer = self.page.goto(f"{self.url}{path}")
        assert answer is not None and answer.status < 400, f"{path}: {answer and answer.status}"

    def sign_in(self, username: str, password: str) -> None:
        self.go("/account/login/")
        self.page.locator("input[name=login], input[name=username]").first.fill(username)
        self.page.locator("input[name=password]").fill(password)
        self.page.locator("main form button").first.click()
        self.page.wait_for_url(re.compile(r"/account/(?!login)"))

    def find(self, words: str) -> list[str]:
        self.go(f"/search/?q={words}")
        return self.page.locator("main .card h2 a, main .card h3 a").all_inner_texts()

    def put_in_cart(self, slug: str, quantity: int = 1) -> None:
        self.go(f"/product/{slug}/")
        self.page.locator("#buy-form input[name=quantity]").fill(str(quantity))
        self.page.locator("#buy-form button[data-add]").click()
        if self.scripted:
            self.page.locator("#cart-drawer [role=status]").wait_for()
        else:
            self.page.wait_for_url(re.compile(r"/cart/"))

    def cart_total(self) -> str:
        self.go("/cart/")
        return decimal(self.page.locator("main .sum .total dd").first.inner_text())

    def order_by_cash(self, *, email: str = "") -> Placed:
        self._to_review("cod", email)
        self.page.get_by_role("button", name=re.compile("Order now")).click()
        return self._placed()

    def _to_review(self, method: str, email: str) -> None:
        self.go("/checkout/")
        if self.page.locator("input[name=address_id]").count():
            self.page.get_by_role("button", name="Send it there").click()
        else:
            self._fill_address(email)
        self.page.wait_for_url(re.compile(r"/checkout/delivery/"))
        self.page.get_by_role("button", name="Go on to payment").click()
        self.page.wait_for_url(re.compile(r"/checkout/payment/"))
        self.page.locator(f"input[name=payment_method][value={method}]").check()
        self.page.get_by_role("button", name="Review the order").click()
        self.page.wait_for_url(re.compile(r"/checkout/review/"))

    def _fill_address(self, email: str) -> None:
        for name, value in {"email": email, **ADDRESS}.items():
            field = self.page.locator(f"main form [name={name}]").last
            if field.evaluate("field => field.tagName") == "SELECT":
                field.select_option(label=value)
            else:
                field.fill(value)
        self.page.get_by_role("button", name="Go on to delivery").click()

    def _placed(self) -> Placed:
        self.page.wait_for_url(re.compile(r"/checkout/done/"))
        number = re.search(r"OS-\d+", self.page.inner_text("main"))
        assert number is not None
        track = self.page.get_by_role("link", name="Track this order").first
        self.order_urls[number[0]] = track.get_attribute("href") or ""
        return Placed(number[0], decimal(self.page.locator("main .sum .total dd").first.inner_text()))

    def order_by_razorpay(self, *, email: str = "", first_fails: bool = False) -> Placed:
        self._to_review("razorpay", email)
        self.page.get_by_role("button", name=re.compile("Pay ")).click()
        self.page.wait_for_url(re.compile(r"/checkout/pay/"))
        if first_fails:  # the gateway's window, which opens by itself, stays open for another try
            self.page.get_by_test_id("emu-fail").click()
            self.page.locator("#pay-failed").wait_for(state="attached")
        self.page.get_by_test_id("emu-pay").click()
        return self._placed()

    def status_of(self, order: Placed) -> str:
        self.page.goto(_absolute(self.url, self.order_urls[order.number]))
        return self.page.locator("[data-status]").get_attribute("data-status") or ""

    def cancel(self, order: Placed) -> None:
        self.page.goto(_absolute(self.url, self.order_urls[order.number]))
        self.page.locator("details.cancel summary").click()
        self.page.get_by_role("button", name="Cancel the order").click()
        self.page.locator("[data-status=cancelled]").wait_for()


def _absolute(url: str, path: str) -> str:
    return path if path.startswith("http") else f"{url}{path}"


def decimal(text: str) -> str:
    """`₹1,947` → `1947.00`."""
    digits = re.sub(r"[^\d.]", "", text)
    return digits if "." in digits else f"{digits}.00"
