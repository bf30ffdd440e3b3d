"""Users in the Wagtail admin: role, state, second factor; and taking the second factors of somebody away."""

import pytest
from allauth.mfa.models import Authenticator
from wagtail.models import ModelLogEntry

from shop.accounts.token_strategy import tokens
from shop.core.outbox.models import OutboxEvent
from tests.accounts.proofs import give_app, give_codes
from tests.factories.people import JSONClient, make_user


@pytest.fixture
def office(client, admin):
    client.force_login(admin)
    return client


def test_the_list_says_role_state_and_second_factor(office, asha, settings, django_assert_max_num_queries):
    give_app(asha)
    make_user("maya", role="support", is_active=False)
    settings.REQUIRE_STAFF_SECOND_FACTOR = True
    office.post("/account/logout/")
    from shop.accounts.devices import PROVED
    from shop.accounts.models import User

    office.force_login(User.objects.get(username="boss"))
    session = office.session
    session[PROVED] = True
    session.save()
    office.get("/admin/users/")
    with django_assert_max_num_queries(20):
        text = office.get("/admin/users/").content.decode()
    for word in ("Support", "Customer", "Administrator", "Disabled", "Asked for at the next sign-in", "Second factor",
                 "Reset the second factor"):  # fmt: skip
        assert word in text
    assert "Customer · enabled · second factor" in office.get(f"/admin/users/edit/{asha.pk}/").content.decode()


def test_an_administrator_resets_it_with_a_word_in_the_log(office, asha):
    give_app(asha)
    give_codes(asha)
    pair = tokens().issue(asha)
    url = f"/admin/users/{asha.pk}/second-factor/"
    assert url in office.get(f"/admin/customers/{asha.pk}/").content.decode()
    assert office.get(url).status_code == 200
    assert Authenticator.objects.count() == 2  # asking changes nothing
    assert office.post(url).url == f"/admin/users/edit/{asha.pk}/"
    assert not Authenticator.objects.exists()
    assert JSONClient().post("/api/self/refresh/", {"refresh": pair.refresh}).status_code == 401
    entry = ModelLogEntry.objects.get(action="customer.second_factor")
    assert (entry.user.username, entry.object_id, entry.message) == ("boss", str(asha.pk), "Second factors taken away")
    assert OutboxEvent.objects.filter(name="account.second_factor_removed").count() == 1
    office.post(url)
    assert ModelLogEntry.objects.filter(action="customer.second_factor").count() == 1


@pytest.mark.parametrize("role", ["merchandiser", "support"])
def test_nobody_else_does(client, asha, role):
    give_app(asha)
    client.force_login(make_user("maya", role=role))
    assert client.post(f"/admin/users/{asha.pk}/second-factor/").status_code in (302, 403)
    assert Authenticator.objects.count() == 1


def test_not_ones_own(office, admin):
    give_app(admin)
    office.post(f"/admin/users/{admin.pk}/second-factor/")
    assert Authenticator.objects.count() == 1
