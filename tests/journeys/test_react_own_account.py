"""What somebody does to their own account in the React client: addresses by mail, other services, their data, its end."""

from __future__ import annotations

import json
import re
import secrets

import pytest

from tests.journeys.react import (  # noqa: F401
    a_newcomer,
    built_client,
    check,
    enter,
    go,
    page_of_the_client,
    sent,
)
from tests.journeys.shop import PASSWORD
from tests.journeys.test_react_account import STALE

pytestmark = [pytest.mark.browser, pytest.mark.node]
SECRET = r"[\w:-]+"


def test_an_address_is_confirmed_changed_and_taken_back(page, shop):
    email, other = (f"{letter}{secrets.token_hex(4)}@example.com" for letter in "mn")
    page.goto(f"{shop.url}/app/sign-up")
    page.get_by_label("E-mail").fill(email)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Make my account").click()
    page.get_by_role("navigation", name="Your account").wait_for()
    go(page, "/account/profile")
    page.get_by_text("Not confirmed yet").wait_for()
    check(page, "an address that is not confirmed")
    page.goto(f"{shop.url}{_link_to(shop, email, 'confirm-address')}")
    page.get_by_role("button", name="Yes, confirm it").wait_for()
    assert page.url == f"{shop.url}/app/confirm-address"  # the secret stands in no address that is kept
    assert _is_verified(shop, email) is False  # a scanner that opens the link confirms nothing
    check(page, "an address to be confirmed")
    page.get_by_role("button", name="Yes, confirm it").click()
    page.get_by_role("heading", name="Your address is confirmed").wait_for()
    check(page, "an address that is confirmed")
    assert _is_verified(shop, email) is True

    page.get_by_role("link", name="Go to your account").click()
    go(page, "/account/profile")
    page.get_by_label("New e-mail").fill(other)
    page.locator("#f-password_for_email").fill(PASSWORD)
    page.get_by_role("button", name="Move to this address").click()
    page.get_by_text(re.compile(f"We have written to {other}")).wait_for()
    check(page, "an address that waits")
    page.goto(f"{shop.url}{_link_to(shop, other, 'confirm-address')}")
    page.get_by_role("button", name="Yes, confirm it").click()
    page.get_by_role("heading", name="Your address is confirmed").wait_for()
    assert shop.ask("SELECT 1 FROM accounts_user WHERE email = %s", other) == [(1,)]

    page.goto(f"{shop.url}{_link_to(shop, email, 'take-back')}")
    check(page, "an account to be taken back")
    page.get_by_role("button", name="Take the account back").click()
    page.get_by_label("New password").fill("a later one, longer")
    page.get_by_role("button", name="Save the password").click()
    page.get_by_text("Your new password is set.").wait_for()
    page.get_by_label("E-mail or user name").fill(email)
    page.get_by_label("Password").fill("a later one, longer")
    page.get_by_role("main").get_by_role("button", name="Sign in", exact=True).click()
    page.get_by_role("navigation", name="Your account").wait_for()


def _link_to(shop, email: str, view: str) -> str:
    return sent(shop, rf"(?s)To: {re.escape(email)}.*?http://[^/]+(/app/{view}#{SECRET})")


def _is_verified(shop, email: str) -> bool:
    return shop.ask("SELECT is_verified FROM accounts_user WHERE email = %s", email)[0][0]


def test_another_service_is_linked_opens_the_account_and_is_taken_away(page, shop, newcomer):
    shop.provider.person = {"sub": f"l-{newcomer}", "email": "elsewhere@example.com", "email_verified": False}
    enter(page, shop, newcomer)
    page.goto(f"{shop.url}/app/account/security")
    check(page, "a service that can be linked")
    page.get_by_role("button", name="Link Own ID").click()
    page.get_by_role("button", name=re.compile("Take it away.*Own ID")).wait_for()
    assert page.url == f"{shop.url}/app/account/security"
    check(page, "a service that is linked")
    page.get_by_role("navigation", name="Your account").get_by_role("button", name="Sign out").click()
    page.get_by_role("button", name="Sign in with Own ID").click()
    page.get_by_role("button", name=re.compile("Take it away.*Own ID")).wait_for()
    shop.manage("shell", "-c", STALE.format(email=newcomer))
    page.get_by_role("button", name=re.compile("Take it away.*Own ID")).click()
    page.get_by_label("Password now").fill(PASSWORD)
    page.get_by_role("button", name="Go on").click()
    page.get_by_role("button", name="Link Own ID").wait_for()
    shop.provider.denies = True
    try:
        page.get_by_role("button", name="Link Own ID").click()
        page.get_by_text("nothing was linked").wait_for()
        check(page, "back without a link")
    finally:
        shop.provider.denies = False


def test_ones_data_is_saved_and_the_account_closed(page, shop, newcomer):
    enter(page, shop, newcomer)
    page.goto(f"{shop.url}/app/account/data")
    page.get_by_role("button", name="Put my data together").click()
    with page.expect_download() as saved:
        page.get_by_role("link", name="Save the file").click()
    assert saved.value.suggested_filename == "my-data.json"
    assert json.loads(saved.value.path().read_text())["profile"]["email"] == newcomer
    page.get_by_role("button", name="Close my account").click()
    page.get_by_label("Your password").fill("not this one")
    page.get_by_label("I know that this cannot be undone.").check()
    check(page, "an account to be closed")
    page.get_by_role("button", name="Close my account for good").click()
    page.get_by_text("This is not your password.").wait_for()
    assert shop.ask("SELECT 1 FROM accounts_user WHERE email = %s", newcomer) == [(1,)]
    page.get_by_label("Your password").fill(PASSWORD)
    page.get_by_role("button", name="Close my account for good").click()
    page.get_by_text("Your account is closed.").wait_for()
    page.wait_for_url(f"{shop.url}/app/")
    assert shop.ask("SELECT 1 FROM accounts_user WHERE email = %s", newcomer) == []
    page.goto(f"{shop.url}/app/account/data")
    page.get_by_label("E-mail or user name").wait_for()
    assert not [cookie for cookie in page.context.cookies() if cookie["name"] == "refresh"]


def test_the_answer_about_counting_is_changed_from_the_footer(page, shop, newcomer):
    page.goto(f"{shop.url}/app/")
    page.get_by_role("button", name="Count my visit").click()
    page.get_by_role("contentinfo").get_by_role("link", name="Privacy choices").click()
    page.get_by_text("You said yes").wait_for()
    check(page, "privacy choices")
    page.get_by_role("button", name="Do not count").click()
    page.get_by_text("You said no: nothing is counted.").wait_for()
    [kept] = [cookie["value"] for cookie in page.context.cookies() if cookie["name"] == "consent"]
    assert kept.endswith(".no")
    enter(page, shop, newcomer)
    page.goto(f"{shop.url}/app/account/data")
    page.get_by_text("Nothing yet: nothing is counted.").wait_for()
    page.get_by_role("link", name="Change your answer").click()
    page.get_by_role("button", name="Count my visit").click()
    page.get_by_text("You said yes").wait_for()
    go(page, "/account/data")
    page.get_by_text("Counting visits: yes").wait_for()
