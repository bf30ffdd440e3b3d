"""Sign-in through another service, against a provider over real HTTP."""

import base64
import hashlib
import time
from datetime import timedelta
from urllib.parse import parse_qs, urlsplit

import pytest
import requests
from allauth.account.models import EmailAddress
from allauth.socialaccount.models import SocialAccount
from cryptography.hazmat.primitives import serialization
from django.test import Client

from shop.accounts.models import User
from shop.core.outbox.models import OutboxEvent
from shop.settings import demo
from tests.accounts.proofs import code_of_app, give_app
from tests.factories.people import JSONClient, client_of, make_user
from tests.oidc import SECRET

START, FETCH = "/account/with/own/", "/api/self/outside/"
VERIFIER = "v" * 50
CHALLENGE = base64.urlsafe_b64encode(hashlib.sha256(VERIFIER.encode()).digest()).rstrip(b"=").decode()


def dance(client: Client, start: str = START):
    """Away to the provider and back; the answer of the shop."""
    away = client.get(start)
    assert away.status_code == 302, away.content
    back = urlsplit(requests.get(away.url, allow_redirects=False, timeout=5).headers["Location"])
    return client.get(f"{back.path}?{back.query}")


def is_signed_in(client: Client) -> bool:
    return "_auth_user_id" in client.session


@pytest.fixture
def verified(asha):
    User.objects.filter(pk=asha.pk).update(is_verified=True)
    asha.refresh_from_db()
    return asha


class TestThroughThePages:
    def test_a_new_person(self, client, db, oidc):
        oidc.person |= {"sub": "p-9", "email": "Mira@Example.com", "name": "Mira"}
        assert dance(client, f"{START}?next=/cart/").url == "/cart/"
        user = User.objects.get()
        assert (user.email, user.name, user.is_verified, user.has_usable_password()) == ("mira@example.com", "Mira", True, False)  # fmt: skip
        assert EmailAddress.objects.get(user=user).verified
        assert client.session["_auth_user_id"] == str(user.pk)
        again = Client()
        dance(again)
        assert (is_signed_in(again), User.objects.count(), SocialAccount.objects.count()) == (True, 1, 1)
        assert SocialAccount.objects.get().extra_data == {}  # nothing is kept that nobody asks for

    def test_linked_where_both_sides_have_verified_the_address(self, client, verified, oidc):
        dance(client)
        assert client.session["_auth_user_id"] == str(verified.pk)
        assert OutboxEvent.objects.filter(name="account.outside_account_linked").count() == 1
        oidc.person["email"] = "moved@example.com"  # from now on the number there counts
        other = Client()
        dance(other)
        assert other.session["_auth_user_id"] == str(verified.pk)

    @pytest.mark.parametrize("there", [False, None, "no"])
    def test_not_where_the_other_side_has_not(self, client, verified, oidc, there):
        oidc.person["email_verified"] = there
        answer = dance(client, f"{START}?next=/cart/")
        assert answer.url == "/account/login/?next=%2Fcart%2F"
        assert not is_signed_in(client)
        assert not SocialAccount.objects.exists()

    def test_not_where_this_side_has_not(self, client, asha, oidc):
        assert dance(client).url == "/account/login/"
        assert not is_signed_in(client)
        assert not SocialAccount.objects.exists()
        assert "never confirmed" in client.get("/account/login/").content.decode()

    def test_disabled(self, client, verified, oidc):
        dance(client)
        User.objects.update(is_active=False)
        other = Client()
        assert dance(other).url == "/account/login/"
        assert not is_signed_in(other)

    def test_the_second_factor_is_still_asked_for(self, client, verified, oidc):
        secret = give_app(verified)
        answer = dance(client, f"{START}?next=/cart/")
        assert answer.url == "/account/second-factor/?next=%2Fcart%2F"
        assert not is_signed_in(client)
        assert client.post(answer.url, {"code": code_of_app(secret), "next": "/cart/"}).url == "/cart/"
        assert is_signed_in(client)

    def test_only_within_the_shop(self, client, verified, oidc):
        assert dance(client, f"{START}?next=//evil.example/").url == "/account/"

    def test_taken_back_at_the_provider(self, client, verified, oidc):
        oidc.denies = True
        assert dance(client).url == "/account/login/"
        assert not is_signed_in(client)

    def test_an_answer_that_nobody_asked_for(self, client, verified, oidc):
        for query in ("code=x&state=y", "code=x", "", "error=access_denied"):
            assert client.get(f"{START}answer/?{query}").url == "/account/login/"
        victim = Client()
        away = client.get(START)
        back = urlsplit(requests.get(away.url, allow_redirects=False, timeout=5).headers["Location"])
        assert victim.get(f"{back.path}?{back.query}").url == "/account/login/"  # the state of another browser
        assert not is_signed_in(victim)

    def test_a_provider_that_is_away(self, client, db, settings, oidc):
        settings.SOCIALACCOUNT_PROVIDERS["openid_connect"]["APPS"][0]["settings"]["server_url"] = "http://127.0.0.1:9"
        assert client.get(START).url == "/account/login/"

    def test_buttons_stand_only_where_one_is_configured(self, client, db, settings, oidc):
        assert "Own ID" in client.get("/account/login/").content.decode()
        settings.SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"APPS": []}}
        assert "/account/with/" not in client.get("/account/login/").content.decode()
        assert client.get(START).status_code == client.get("/account/with/nobody/").status_code == 404

    def test_pkce_and_one_callback_in_every_language(self, client, verified, oidc):
        dance(client, f"/hi{START}")
        assert is_signed_in(client)
        assert oidc.asked[0]["redirect_uri"] == "http://testserver/account/with/own/answer/"
        assert set(oidc.asked[0]["scope"].split()) == {"openid", "profile", "email"}


class TestForgedTokens:
    def other_key(self, oidc, claims):
        key = serialization.load_pem_private_key(demo.make_private_key().encode(), None)
        return oidc.sign(claims, key)

    @pytest.mark.parametrize("forge", [
        lambda oidc, claims: oidc.sign(claims | {"aud": "another-shop"}),
        lambda oidc, claims: oidc.sign(claims | {"iss": "https://evil.example"}),
        lambda oidc, claims: oidc.sign(claims | {"exp": int(time.time()) - 120}),
        lambda oidc, claims: oidc.sign({name: value for name, value in claims.items() if name != "exp"}),
        lambda oidc, claims: oidc.sign({name: value for name, value in claims.items() if name != "sub"}),
        lambda oidc, claims: oidc.sign(claims, headers={"kid": "unknown"}),
        lambda oidc, claims: oidc.sign(claims, SECRET * 2, algorithm="HS256"),
        lambda oidc, claims: oidc.sign(claims, "", algorithm="none"),
        lambda oidc, claims: TestForgedTokens().other_key(oidc, claims),
        lambda _oidc, _claims: "", lambda _oidc, _claims: "a.b.c",
    ])  # fmt: skip
    def test_open_nothing(self, client, verified, oidc, forge):
        oidc.forge = lambda claims: forge(oidc, claims)
        assert dance(client).url == "/account/login/"
        assert not is_signed_in(client)
        assert not SocialAccount.objects.exists()

    def test_userinfo_of_somebody_else(self, client, verified, oidc):
        oidc.person = {"sub": "p-1"}
        oidc.in_userinfo = {"sub": "p-2", "email": verified.email, "email_verified": True}
        assert dance(client).url == "/account/login/"
        oidc.in_userinfo["sub"] = "p-1"
        dance(client)
        assert client.session["_auth_user_id"] == str(verified.pk)


class TestThroughTheAPI:
    def code(self, oidc, more: str = "", back: str = "/app/signed-in") -> str:
        answer = dance(Client(), f"{START}?return={back}&code_challenge={CHALLENGE}{more}")
        url = urlsplit(answer.url)
        assert url.path == urlsplit(back).path
        return parse_qs(url.query)["code"][0]

    def test_services_are_named(self, guest, db, oidc):
        assert guest.get(FETCH).json() == [{"id": "own", "name": "Own ID", "start": f"http://127.0.0.1:8000{START}"}]

    def test_tokens_are_fetched_once_by_who_began(self, guest, verified, oidc):
        code = self.code(oidc)
        wrong = guest.post(FETCH, {"code": code, "code_verifier": "w" * 50})
        assert (wrong.status_code, wrong.json()["code"]) == (400, "challenge_over")
        answer = guest.post(FETCH, {"code": code, "code_verifier": VERIFIER, "cookie": True})
        assert answer.json()["user"]["id"] == verified.pk
        assert answer.cookies["refresh"].value
        assert guest.post(FETCH, {"code": code, "code_verifier": VERIFIER}).status_code == 400
        assert guest.post(FETCH, {"code": "x", "code_verifier": VERIFIER}).status_code == 400
        assert guest.post(FETCH, {}).status_code == 400

    def test_the_second_factor_is_asked_for(self, guest, verified, oidc):
        give_app(verified)
        answer = guest.post(FETCH, {"code": self.code(oidc), "code_verifier": VERIFIER})
        assert (answer.status_code, answer.json()["code"]) == (401, "second_factor_required")

    def test_it_goes_back_only_to_where_the_settings_say(self, client, verified, oidc, settings):
        app = "in.osari.app:/signed-in"
        settings.OIDC_RETURN_ADDRESSES = [app]
        assert dance(client, f"{START}?return={app}&code_challenge={CHALLENGE}").url.startswith(f"{app}?code=")
        for wanted in ("https://evil.example/", "in.osari.app:/other", "//evil.example", ""):
            assert client.get(f"{START}?return={wanted}&code_challenge={CHALLENGE}").status_code == 404
        assert client.get(f"{START}?return=/app/&code_challenge=short").status_code == 404

    def test_a_refusal_comes_back_as_a_word(self, verified, oidc):
        oidc.person["email_verified"] = False
        answer = dance(Client(), f"{START}?return=/app/signed-in&code_challenge={CHALLENGE}")
        assert answer.url == "/app/signed-in?error=outside_account_refused"

    def test_unlinked_again_unless_it_is_the_only_way_in(self, guest, verified, oidc):
        self.code(oidc)
        assert client_of(make_user("ravi")).delete(f"{FETCH}own/").status_code == 404
        api = client_of(verified)
        verified.set_unusable_password()
        verified.save()
        api = client_of(verified)
        assert api.delete(f"{FETCH}own/").json()["code"] == "no_other_way_in"
        assert SocialAccount.objects.count() == 1
        verified.set_password("a long enough one")
        verified.save()
        assert client_of(verified).delete(f"{FETCH}own/").status_code == 204
        assert client_of(verified).delete(f"{FETCH}own/").status_code == 404
        assert JSONClient().delete(f"{FETCH}own/").status_code == 401
        assert not SocialAccount.objects.exists()

    def test_a_service_that_is_not_known_any_more_is_no_way_in(self, verified, oidc):
        self.code(oidc)
        SocialAccount.objects.create(user=verified, provider="gone", uid="g-1")
        verified.set_unusable_password()
        verified.save()
        assert client_of(verified).delete(f"{FETCH}own/").json()["code"] == "no_other_way_in"
        assert client_of(verified).delete(f"{FETCH}gone/").status_code == 204
        assert [one.provider for one in SocialAccount.objects.all()] == ["own"]

    def test_unlinking_wants_a_fresh_sign_in(self, client, verified, oidc, monkeypatch):
        dance(client)
        api = client_of(verified)
        monkeypatch.setattr("shop.accounts.services.confirm_person.FRESH", timedelta(seconds=-1))
        answer = client.post(f"{START}unlink/")
        assert answer.url == "/account/security/confirm/?next=%2Faccount%2Fsecurity%2F"
        answer = api.delete(f"{FETCH}own/")
        assert (answer.status_code, answer.json()["code"]) == (403, "confirmation_needed")
        assert SocialAccount.objects.count() == 1

    def test_unlinked_on_the_page(self, client, verified, oidc):
        dance(client)
        assert [one.name for one in client.get("/account/security/").context["linked"]] == ["Own ID"]
        assert client.post(f"{START}unlink/").url == "/account/security/"
        assert client.post(f"{START}unlink/").status_code == 404
        assert not SocialAccount.objects.exists()
