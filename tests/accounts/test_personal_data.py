"""The export names how somebody signs in, without the secrets; closing the account leaves none of it."""

import json
import time

import time_machine
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from django.contrib.sessions.models import Session
from django.utils import timezone

from shop.accounts.models import Challenge, EmailChange, SignIn, User
from shop.accounts.services.begin_totp import begin_totp
from shop.accounts.token_strategy import tokens
from tests.accounts.proofs import give_app, give_codes
from tests.factories.people import PASSWORD, JSONClient, client_of

MODELS = (SignIn, Challenge, EmailChange, Authenticator, SocialAccount)


def fill(user) -> list[str]:
    begun = begin_totp(user=user, at=timezone.now())
    secrets = [begun.secret, give_app(user), *give_codes(user)]
    EmailChange.objects.create(user=user, old_email="o@example.com", new_email=user.email, changed_at=timezone.now())
    SocialAccount.objects.create(user=user, provider="google", uid=f"g-{user.pk}")
    User.objects.filter(pk=user.pk).update(phone=f"+91987654321{user.pk % 10}", phone_verified_at=timezone.now())
    return secrets


def test_export(asha, ravi):
    secrets, foreign = fill(asha), fill(ravi)
    told = client_of(asha).get("/api/self/export/").json()
    assert [row["kind"] for row in told["sign_ins"]] == ["app"]
    assert {row["kind"] for row in told["second_factors"]} == {"totp", "recovery_codes"}
    assert told["email_changes"][0]["old_email"] == "o@example.com"
    assert told["other_services"][0]["number_there"] == f"g-{asha.pk}"
    text = json.dumps(told)
    assert not any(secret in text for secret in [*secrets, *foreign, f"g-{ravi.pk}"])
    assert not any(row.session_key in text for row in SignIn.objects.all())


def test_erasure(asha, ravi):
    fill(asha), fill(ravi)
    client_of(ravi)
    assert client_of(asha).delete("/api/self/").status_code == 204
    for model in MODELS:
        assert not model.objects.filter(user=asha).exists(), model
        assert model.objects.filter(user=ravi).exists(), model
    closed = User.objects.get(pk=asha.pk)
    assert (closed.phone, closed.phone_verified_at) == ("", None)
    assert Session.objects.count() == 1


def test_an_old_sign_in_is_asked_again_before_it_erases(asha):
    pair = tokens().issue(asha)
    with time_machine.travel(time.time() + 16 * 60):
        api = JSONClient()
        api.credentials(HTTP_AUTHORIZATION=f"Bearer {tokens().refresh_token(pair.refresh)[0]}")
        for body in (None, {"password": PASSWORD}):
            answer = api.delete("/api/self/?confirm=true", body)
            assert (answer.status_code, answer.json()["code"]) == (403, "confirmation_needed")
        assert api.post("/api/self/confirm/", {"password": "wrong"}).status_code == 400
        assert api.delete("/api/self/").status_code == 403
        asha.refresh_from_db()
        assert asha.erased_at is None and asha.email and SignIn.objects.filter(user=asha).exists()
        assert api.post("/api/self/confirm/", {"password": PASSWORD}).status_code == 204
        assert api.delete("/api/self/").status_code == 204
    asha.refresh_from_db()
    assert asha.erased_at
