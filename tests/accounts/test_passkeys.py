"""Passkeys, with Chromium's virtual authenticator (CDP WebAuthn) at the shop's own pages and API."""

import json

import pytest
from allauth.mfa.models import Authenticator
from django.utils import timezone

from shop.accounts.services.ask_second_factor import ask_second_factor
from tests.browser import PHONE
from tests.factories.people import PASSWORD, make_user

pytestmark = [pytest.mark.browser, pytest.mark.slow]
# What a client of the API does with the options: ask the authenticator, send the answer.
CALL = """async ([url, body, headers]) => {
    const answer = await fetch(url, {method: "POST", headers: {"Content-Type": "application/json", ...headers},
                                     body: JSON.stringify(body)});
    return [answer.status, await answer.json()];
}"""
SIGN = """async (options) => (await navigator.credentials.get(
    {publicKey: PublicKeyCredential.parseRequestOptionsFromJSON(options)})).toJSON()"""
MAKE = """async (options) => (await navigator.credentials.create(
    {publicKey: PublicKeyCredential.parseCreationOptionsFromJSON(options)})).toJSON()"""


@pytest.fixture
def asha(own_database):
    return make_user("asha")


@pytest.fixture
def page(chromium, served_shop, asha):
    context = chromium.new_context(viewport=PHONE, base_url=served_shop, locale="en")
    page = context.new_page()
    devtools = context.new_cdp_session(page)
    devtools.send("WebAuthn.enable")
    options = {"protocol": "ctap2", "transport": "internal", "hasResidentKey": True, "hasUserVerification": True,
               "isUserVerified": True, "automaticPresenceSimulation": True}  # fmt: skip
    page.key = devtools.send("WebAuthn.addVirtualAuthenticator", {"options": options})["authenticatorId"]
    page.devtools = devtools
    yield page
    context.close()


def sign_in(page) -> None:
    page.goto("/account/login/")
    page.fill("[name=username]", "asha")
    page.fill("[name=password]", PASSWORD)
    page.click("main form[action$='/login/'] button")


def add_passkey(page) -> None:
    page.goto("/account/security/passkeys/add/")
    page.fill("[name=name]", "My telephone")
    page.get_by_role("button", name="Make the passkey").click()
    page.get_by_text("Write them down or print them now").wait_for()


def test_made_used_as_second_factor_and_alone_and_taken_away(page, asha):
    sign_in(page)
    add_passkey(page)
    kept = Authenticator.objects.get(type="webauthn")
    assert (kept.user, kept.data["name"]) == (asha, "My telephone")

    # after the password
    page.context.clear_cookies()
    sign_in(page)
    page.wait_for_url("**/account/second-factor/")
    page.get_by_role("button", name="Use your passkey").click()
    page.wait_for_url("**/account/")

    # alone
    page.context.clear_cookies()
    page.goto("/account/login/?next=/account/security/")
    page.get_by_role("button", name="Sign in with a passkey").click()
    page.wait_for_url("**/account/security/")
    page.get_by_text("My telephone").first.wait_for()
    kept.refresh_from_db()
    assert kept.last_used_at is not None

    page.get_by_role("button", name="Take it away").click()
    page.get_by_text("The passkey is taken away").first.wait_for()
    assert not Authenticator.objects.exists()

    # a passkey that the shop no longer knows opens nothing
    page.context.clear_cookies()
    page.goto("/account/login/")
    page.get_by_role("button", name="Sign in with a passkey").click()
    page.get_by_text("This passkey opens no account here").first.wait_for()
    assert page.url.endswith("/account/login/")


def test_through_the_api(page, asha):
    call = lambda url, body, headers=None: page.evaluate(CALL, [url, body, headers or {}])  # noqa: E731
    page.goto("/account/login/")
    status, told = call("/api/self/", {"username": "asha", "password": PASSWORD})
    bearer = {"Authorization": f"Bearer {told['access']}"}
    _, begun = call("/api/self/mfa/passkeys/begin/", {}, bearer)
    credential = page.evaluate(MAKE, begun["options"])
    body = {"challenge": begun["challenge"], "credential": credential, "name": "Key"}
    status, made = call("/api/self/mfa/passkeys/", body, bearer)
    assert (status, made["name"], len(made["recovery_codes"])) == (201, "Key", 10)
    assert call("/api/self/mfa/passkeys/", body, bearer)[1]["code"] == "challenge_over"

    status, asked = call("/api/self/", {"username": "asha", "password": PASSWORD})
    assert (status, asked["methods"]) == (401, ["webauthn", "recovery_codes"])
    _, begun = call("/api/self/second-factor/options/", {"challenge": asked["challenge"]})
    signed = page.evaluate(SIGN, begun["options"])
    status, told = call("/api/self/second-factor/", {"challenge": asked["challenge"], "credential": signed})
    assert (status, told["user"]["id"]) == (200, asha.pk)

    _, begun = call("/api/self/passkey/begin/", {})
    signed = page.evaluate(SIGN, begun["options"])
    answer = {"challenge": begun["challenge"], "credential": signed}
    assert call("/api/self/passkey/", answer | {"cookie": True})[0] == 200
    assert any(cookie["name"] == "refresh" and cookie["httpOnly"] for cookie in page.context.cookies())
    assert call("/api/self/passkey/", answer)[1]["code"] == "challenge_over"  # an answer is good for one challenge

    # an answer to another challenge, a signature that was changed, somebody else's account
    _, other = call("/api/self/passkey/begin/", {})
    assert call("/api/self/passkey/", answer | {"challenge": other["challenge"]})[1]["code"] == "wrong_code"
    _, other = call("/api/self/passkey/begin/", {})
    signed = page.evaluate(SIGN, other["options"])
    changed = json.loads(json.dumps(signed))
    changed["response"]["signature"] = signed["response"]["signature"][:-4] + "AAAA"
    assert (
        call("/api/self/passkey/", {"challenge": other["challenge"], "credential": changed})[1]["code"] == "wrong_code"
    )
    Authenticator.objects.create(user=(ravi := make_user("ravi")), type="totp", data={"secret": "x"})
    key = ask_second_factor(user=ravi, at=timezone.now()).key
    status, told = call("/api/self/second-factor/", {"challenge": key, "credential": signed})
    assert (status, told["code"]) == (400, "wrong_code")
    assert call("/api/self/mfa/passkeys/begin/", {})[0] == 401


def test_without_the_finger_it_does_not_count(page, asha):
    """User verification is asked for: a passkey is two factors only with it."""
    sign_in(page)
    add_passkey(page)
    page.devtools.send("WebAuthn.setUserVerified", {"authenticatorId": page.key, "isUserVerified": False})
    page.context.clear_cookies()
    page.goto("/account/login/")
    page.get_by_role("button", name="Sign in with a passkey").click()
    page.get_by_text("No passkey answered").wait_for()
    assert page.url.endswith("/account/login/")
