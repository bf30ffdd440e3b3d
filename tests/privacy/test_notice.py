"""In a browser: nothing is sent before a yes, the notice moves nothing, and the answer is kept."""

from __future__ import annotations

import pytest

from shop.privacy.models import AnalyticsEvent, Consent
from tests.browser import PHONE
from tests.core.test_tasks import wait_for
from tests.factories.catalog import make_product

pytestmark = pytest.mark.browser


@pytest.fixture
def visit(served_shop, chromium):
    core = make_product()
    context = chromium.new_context(viewport=PHONE)
    page = context.new_page()
    page.sent = []
    page.on("request", lambda request: page.sent.append(request.url) if "/analytics/" in request.url else None)
    page.product = f"{served_shop}/product/piece-{core.pk}/"
    page.goto(page.product)
    yield page
    context.close()


def _counted() -> list[str]:
    return list(AnalyticsEvent.objects.order_by("pk").values_list("name", flat=True))


def _answer(page, words: str) -> None:
    page.get_by_role("button", name=words).focus()
    page.keyboard.press("Enter")
    page.locator(".consent").wait_for(state="hidden")


def test_a_no_is_kept_and_nothing_is_ever_sent(visit):
    assert not visit.sent and visit.locator(".consent").is_visible()
    _answer(visit, "Do not count")
    visit.goto(visit.product)
    assert not visit.locator(".consent").is_visible()
    visit.locator("[data-add]").click()
    visit.wait_for_timeout(300)
    assert not visit.sent and not AnalyticsEvent.objects.exists() and not Consent.objects.exists()


def test_a_yes_by_keyboard_counts_this_page_and_what_is_put_into_the_cart(visit):
    _answer(visit, "Count my visit")
    wait_for(lambda: _counted() == ["view"])
    visit.locator("[data-add]").click()
    wait_for(lambda: _counted() == ["view", "add"])
    assert [url.rpartition("/api/")[2] for url in visit.sent] == ["analytics/event/"] * 2
    assert Consent.objects.get().door == "page"


def test_the_way_back_stands_in_the_footer(visit):
    _answer(visit, "Count my visit")
    wait_for(AnalyticsEvent.objects.exists)
    visit.get_by_role("link", name="Privacy choices").click()
    visit.get_by_role("button", name="Do not count").click()
    visit.get_by_text("You said no").wait_for()
    assert not AnalyticsEvent.objects.exists()
