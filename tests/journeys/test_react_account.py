"""Ways into an account of the React client, and what holds it: the mail, the telephone, another service, second factors."""

from __future__ import annotations

import re
import secrets

import pytest

from tests.accounts.proofs import code_of_app
from tests.journeys.doors import Program
from tests.journeys.react import DESK, a_newcomer, built_client, check, enter, go, page_of_the_client, sent  # noqa: F401
from tests.journeys.shop import PASSWORD

pytestmark = [pytest.mark.browser, pytest.mark.node]
desk = pytest.mark.parametrize("page", [(DESK, "light")], ids=["desk"], indirect=True)


def _sign_in(page, email: str, password: str = PASSWORD) -> None:
    page.get_by_label("E-mail or user name").fill(email)
    page.get_by_label("Password").fill(password)
    page.get_by_role("main").get_by_role("button", name="Sign in", exact=True).click()


def _sign_out(page) -> None:
    page.get_by_role("navigation", name="Your account").get_by_role("button", name="Sign out").click()
    page.get_by_label("E-mail or user name").wait_for()


def _is_in(page) -> None:
    page.get_by_role("heading", name="Sign-in and security").wait_for()


def test_a_forgotten_password_is_set_anew_from_the_mail(page, shop, newcomer):
    page.goto(f"{shop.url}/app/sign-in")
    page.get_by_role("link", name="Forgot the password?").click()
    page.locator("#f-email").fill(newcomer)
    page.get_by_role("button", name="Send the link").click()
    page.get_by_role("heading", name="Look into your mail").wait_for()
    check(page, "the link is on its way")
    [(user_id,)] = shop.ask("SELECT id FROM accounts_user WHERE email = %s", newcomer)
    start = sent(shop, rf"/app/new-password#{_in_36(user_id)}-[\w-]+")
    page.goto(f"{shop.url}{start}")
    page.get_by_label("New password").fill("password")
    assert page.url == f"{shop.url}/app/new-password"  # the secret stands in no address that is kept
    page.get_by_role("button", name="Save the password").click()
    page.get_by_text(re.compile("too common")).wait_for()
    check(page, "a password that is too common")
    page.get_by_label("New password").fill("a later one, longer")
    page.get_by_role("button", name="Save the password").click()
    page.get_by_text("Your new password is set.").wait_for()
    _sign_in(page, newcomer, "a later one, longer")
    page.get_by_role("navigation", name="Your account").wait_for()
    page.goto(f"{shop.url}{start}")  # the same link once more
    page.get_by_label("New password").fill("yet another one")
    page.get_by_role("button", name="Save the password").click()
    page.get_by_role("heading", name="This link has been used or is too old").wait_for()
    check(page, "a link that is too old")


def _in_36(number: int) -> str:
    digits = ""
    while number:
        number, rest = divmod(number, 36)
        digits = "0123456789abcdefghijklmnopqrstuvwxyz"[rest] + digits
    return digits


def test_a_code_on_the_telephone_signs_in(page, shop, newcomer):
    phone = f"+9198{secrets.randbelow(10**8):08d}"
    enter(page, shop, newcomer)
    page.goto(f"{shop.url}/app/account/security")
    page.get_by_role("button", name="Confirm the number").click()
    page.get_by_label("Mobile number").fill(phone)
    page.get_by_role("button", name="Send the code").click()
    page.get_by_label("Code of the message").fill(sent(shop, rf"SMS to \{phone}: \D*(\d{{6}})"))
    check(page, "a number to be confirmed")
    page.get_by_role("button", name="Confirm the number").click()
    page.get_by_text(re.compile("A code sent to .* signs you in")).wait_for()
    _sign_out(page)
    page.get_by_role("link", name="Sign in with a code on your telephone").click()
    page.get_by_label("Mobile number").fill(phone)
    page.get_by_role("button", name="Send the code").click()
    page.get_by_text("If somebody signs in with").wait_for()
    page.get_by_label("Code of the message").fill("000000")
    page.get_by_role("button", name="Sign in", exact=True).last.click()
    page.get_by_text("This code is not right.").wait_for()
    check(page, "a code that is wrong")
    page.get_by_label("Code of the message").fill(sent(shop, rf"SMS to \{phone}: \D*(\d{{6}})", times=2))
    page.get_by_role("button", name="Sign in", exact=True).last.click()
    _is_in(page)


def test_an_app_is_set_up_asked_for_and_taken_away(page, shop, newcomer):
    enter(page, shop, newcomer)
    page.goto(f"{shop.url}/app/account/security")
    page.get_by_role("button", name="Set up an app").click()
    page.get_by_role("img", name="QR code for the app").wait_for()
    seed = page.locator("code.seed").inner_text().replace(" ", "")
    check(page, "an app's seed")
    page.get_by_label("Code of the app").fill("000000")
    page.get_by_role("button", name="Use this app").click()
    page.get_by_text("This code is not right.").wait_for()
    page.get_by_label("Code of the app").fill(code_of_app(seed))
    page.get_by_role("button", name="Use this app").click()
    page.get_by_role("heading", name="Your recovery codes").wait_for()
    codes = page.locator(".codes code").all_inner_texts()
    assert len(codes) == 10
    check(page, "recovery codes")
    page.get_by_role("button", name="I have kept them").click()
    page.get_by_role("button", name="Take the app away").wait_for()
    check(page, "security with an app")
    _sign_out(page)
    _sign_in(page, newcomer)
    page.get_by_role("heading", name="Show that it is you").wait_for()
    page.get_by_label("Code of your app").fill("000000")
    page.get_by_role("button", name="Sign in", exact=True).last.click()
    page.get_by_text("This code is not right.").wait_for()
    check(page, "the second step")
    page.get_by_label("Code of your app").fill(code_of_app(seed, later=1))
    page.get_by_role("button", name="Sign in", exact=True).last.click()
    _is_in(page)
    _sign_out(page)
    _sign_in(page, newcomer)
    page.get_by_label("Code of your app").fill(codes[0])
    page.get_by_role("button", name="Sign in", exact=True).last.click()
    _is_in(page)
    page.get_by_text("9 codes are left.").wait_for()
    page.get_by_role("button", name="Make new codes").click()
    page.get_by_role("button", name="I have kept them").click()
    page.get_by_text("10 codes are left.").wait_for()
    page.get_by_role("button", name="Take the app away").click()
    page.get_by_role("button", name="Set up an app").wait_for()
    kept = "SELECT count(*) FROM mfa_authenticator a JOIN accounts_user u ON u.id = a.user_id WHERE u.email = %s"
    assert shop.ask(kept, newcomer) == [(0,)]


@desk
def test_a_passkey_is_made_signs_in_alone_and_is_taken_away(page, shop, newcomer):
    """On `localhost`: a passkey belongs to a name, not to a number."""
    devtools = page.context.new_cdp_session(page)
    devtools.send("WebAuthn.enable")
    device = {"protocol": "ctap2", "transport": "internal", "hasResidentKey": True, "hasUserVerification": True,
              "isUserVerified": True, "automaticPresenceSimulation": True}  # fmt: skip
    devtools.send("WebAuthn.addVirtualAuthenticator", {"options": device})
    page.goto(f"{shop.url.replace('127.0.0.1', 'localhost')}/app/sign-in?next=/account/security")
    _sign_in(page, newcomer)
    page.get_by_role("button", name="Add a passkey").click()
    page.get_by_label("A name for it").fill("My telephone")
    check(page, "a passkey's name")
    page.get_by_role("button", name="Make the passkey").click()
    page.get_by_role("button", name="I have kept them").click()
    page.get_by_text("My telephone", exact=True).wait_for()
    check(page, "security with a passkey")
    _sign_out(page)
    page.get_by_role("button", name="Sign in with a passkey").click()
    _is_in(page)
    _sign_out(page)
    _sign_in(page, newcomer)  # after the password it is the second factor
    page.get_by_role("button", name="Use your passkey").click()
    _is_in(page)
    page.get_by_role("button", name=re.compile("Take it away")).click()
    page.get_by_text("My telephone", exact=True).wait_for(state="detached")


def test_what_is_only_the_owners_asks_for_the_password_once_more(page, shop, newcomer):
    enter(page, shop, newcomer)
    page.goto(f"{shop.url}/app/account/security")
    page.get_by_role("button", name="Set up an app").wait_for()
    shop.manage("shell", "-c", STALE.format(email=newcomer))
    page.get_by_role("button", name="Set up an app").click()
    page.get_by_role("heading", name="Is it you?").wait_for()
    check(page, "is it you")
    page.get_by_label("Password now").fill("not this one")
    page.get_by_role("button", name="Go on").click()
    page.get_by_text("This is not your password.").wait_for()
    page.get_by_label("Password now").fill(PASSWORD)
    page.get_by_role("button", name="Go on").click()
    page.get_by_role("img", name="QR code for the app").wait_for()  # and what was asked for is done


STALE = """
from importlib import import_module
from django.conf import settings
from shop.accounts.devices import CONFIRMED
from shop.accounts.models import SignIn
store = import_module(settings.SESSION_ENGINE).SessionStore
for row in SignIn.objects.filter(user__email="{email}"):
    session = store(row.session_key)
    session[CONFIRMED] = 0
    session.save()
"""


def test_another_service_signs_in_or_says_why_not(page, shop):
    email = f"o{secrets.token_hex(4)}@example.com"
    shop.provider.person = {"sub": email, "email": email, "email_verified": True, "name": "Omana"}
    page.goto(f"{shop.url}/app/sign-in?next=/account/profile")
    page.get_by_role("button", name="Sign in with Own ID").click()
    page.get_by_role("heading", name="Name and password").wait_for()
    assert page.get_by_label("Name", exact=False).first.input_value() == "Omana"
    assert "code=" not in page.url
    page.get_by_role("navigation", name="Your account").get_by_role("button", name="Sign out").click()
    shop.provider.denies = True
    try:
        page.get_by_role("button", name="Sign in with Own ID").click()
        page.get_by_text("That sign-in did not come about.").wait_for()
        check(page, "back without a sign-in")
    finally:
        shop.provider.denies = False
    page.get_by_role("link", name="Back to sign in").click()
    page.get_by_label("E-mail or user name").wait_for()


@desk
def test_all_other_places_are_signed_out(page, shop, newcomer):
    elsewhere = Program(shop.url, shop.gateway)
    elsewhere.sign_in(newcomer, PASSWORD)
    enter(page, shop, newcomer)
    page.goto(f"{shop.url}/app/account/security")
    with page.expect_response(lambda answer: answer.request.method == "DELETE" and "/sessions/" in answer.url):
        page.get_by_role("button", name="Sign out everywhere else").click()
    page.get_by_role("button", name="Sign out everywhere else").wait_for(state="detached")
    elsewhere.call("GET", "self/", expect=401)
    go(page, "/account/profile")
    page.locator("#f-name").wait_for()
