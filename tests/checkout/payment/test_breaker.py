"""A gateway that does not answer is left alone (R25): nobody waits, other ways of paying go on, and it comes back."""

from __future__ import annotations

import time
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.core.cache import cache

from checkout.payment import providers
from checkout.payment.errors import GatewayRefused, GatewayUnavailable
from checkout.payment.models import Payment
from checkout.payment.providers import breaker
from tests.core.test_tasks import wait_for


class Clock:
    """The breaker's own time."""

    def __init__(self, monkeypatch) -> None:
        self.now = time.time()
        monkeypatch.setattr(breaker.time, "time", lambda: self.now)


@pytest.fixture
def dead(razorpay):
    razorpay.fault("^/v1/", method="GET", action={"status": 503, "body": "html"}, times=1000)
    return razorpay


def ask() -> object:
    return providers.gateway("razorpay").fetch_order("order_00000000000000")


def fail(times: int) -> GatewayUnavailable:
    for _ in range(times):
        with pytest.raises(GatewayUnavailable) as refusal:
            ask()
    return refusal.value


def test_after_some_failures_nobody_asks_any_more(dead):
    fail(breaker.FAILURES - 1)
    assert providers.is_answering("razorpay")
    fail(1)
    assert not providers.is_answering("razorpay")
    assert providers.is_answering("cod")
    refusal = fail(20)
    assert 1 <= refusal.retry_after <= breaker.LEFT_ALONE_FOR
    assert len(dead.calls("GET")) == breaker.FAILURES


@pytest.mark.parametrize("action", [{"status": 429}, {"status": 500}, {"drop": True}])
def test_whatever_is_no_answer_counts(razorpay, action):
    razorpay.fault("^/v1/", action=action, times=1000)
    fail(breaker.FAILURES + 3)
    assert len(razorpay.calls("GET")) == breaker.FAILURES


def test_a_no_is_an_answer(razorpay):
    for _ in range(breaker.FAILURES * 2):
        with pytest.raises(GatewayRefused):
            ask()
    assert providers.is_answering("razorpay")


def test_only_failures_in_a_row_count(razorpay):
    for _ in range(3):
        razorpay.fault("^/v1/", action={"status": 503}, times=breaker.FAILURES - 1)
        fail(breaker.FAILURES - 1)
        with pytest.raises(GatewayRefused):
            ask()
    assert providers.is_answering("razorpay")


def test_it_is_tried_again_and_comes_back(dead, monkeypatch):
    clock = Clock(monkeypatch)
    fail(breaker.FAILURES)
    clock.now += breaker.LEFT_ALONE_FOR + 1
    fail(1)  # asked once: still dead, so left alone again
    asked = len(dead.calls("GET"))
    fail(3)
    assert len(dead.calls("GET")) == asked == breaker.FAILURES + 1
    dead.heal()
    clock.now += breaker.LEFT_ALONE_FOR + 1
    assert providers.is_answering("razorpay")
    for _ in range(3):
        with pytest.raises(GatewayRefused):
            ask()
    dead.fault("^/v1/", action={"status": 503}, times=1)
    fail(1)
    assert providers.is_answering("razorpay")  # counted from the beginning


def test_one_asks_for_all_while_it_is_tried_again(dead, monkeypatch):
    clock = Clock(monkeypatch)
    fail(breaker.FAILURES)
    clock.now += breaker.LEFT_ALONE_FOR + 1
    dead.heal()
    dead.fault("^/v1/", action={"hold": "one"}, times=10)
    with ThreadPoolExecutor(6) as pool:
        asked = [pool.submit(ask) for _ in range(6)]
        wait_for(lambda: sum(each.done() for each in asked) == 5)
        dead.control("POST", "release/one")
    kinds = [type(each.exception()) for each in asked]
    assert (kinds.count(GatewayRefused), kinds.count(GatewayUnavailable)) == (1, 5)


def test_losing_the_cache_is_harmless(dead, monkeypatch):
    fail(breaker.FAILURES)
    cache.clear()
    fail(1)
    assert len(dead.calls("GET")) == breaker.FAILURES  # this process remembers
    breaker.forget_all()
    fail(1)
    assert len(dead.calls("GET")) == breaker.FAILURES + 1  # and where nobody does, it is asked again


def test_a_cache_that_raises_stops_nobody(dead, monkeypatch):
    class Gone:
        def __getattr__(self, name):
            raise ConnectionError

    monkeypatch.setattr(breaker, "cache", Gone())
    fail(breaker.FAILURES + 3)
    assert len(dead.calls("GET")) == breaker.FAILURES
    dead.heal()
    breaker.forget_all()
    with pytest.raises(GatewayRefused):
        ask()


def test_what_asks_nobody_works_all_the_same(dead, purchase):
    fail(breaker.FAILURES)
    gateway = providers.gateway("razorpay")
    assert gateway.is_payment_id("pay_00000000000000")
    assert not gateway.is_return_signed(order_id="order_1", payment_id="pay_1", signature="")
    with pytest.raises(GatewayUnavailable):
        purchase.start()
    assert Payment.objects.get().provider_order_id == ""
