"""The same use cases through the rendered pages."""

import pytest
from allauth.account.models import EmailAddress, EmailConfirmationHMAC
from django.contrib.sessions.models import Session
from django.test import Client

from shop.accounts import sign_in_hooks
from shop.accounts.models import Address, User
from shop.accounts.services.make_reset_key import make_reset_key
from shop.accounts.services.sign_up import sign_up
from shop.accounts.storefront import overview
from shop.core.outbox.models import OutboxEvent
from tests.factories.people import HOME, PASSWORD, make_address, make_user

GOOD = {"username": "asha", "password": PASSWORD}
TYPED = HOME | {"state": "Karnataka"}
SIGNED_IN_PAGES = ["", "profile/", "password/", "password/change/", "addresses/", "addresses/add/"]


@pytest.fixture
def home(client, asha) -> Client:
    client.force_login(asha)
    return client


def is_signed_in(client) -> bool:
    return "_auth_user_id" in client.session


@pytest.mark.parametrize("page", SIGNED_IN_PAGES)
def test_strangers_are_sent_to_the_sign_in_and_back(client, db, page):
    answer = client.get(f"/account/{page}")
    assert (answer.status_code, answer.url) == (302, f"/account/login/?next=/account/{page}")


@pytest.mark.parametrize(
    "page", [*SIGNED_IN_PAGES, "login/?next=/", "password/reset/", "password/reset/done/", "password/reset/choose/"]
)
def test_pages_answer_and_are_kept_by_no_cache(home, page):
    answer = home.get(f"/account/{page}")
    assert answer.status_code == 200
    assert "no-store" in answer["Cache-Control"]


class TestSignIn:
    def test_it_goes_on(self, client, asha, monkeypatch):
        heard = []
        monkeypatch.setattr(sign_in_hooks, "_hooks", [lambda request, user: heard.append((request.user, user))])
        answer = client.post("/account/login/", GOOD | {"next": "/checkout/"})
        assert (answer.status_code, answer.url) == (302, "/checkout/")
        assert is_signed_in(client)
        assert heard == [(asha, asha)]

    @pytest.mark.parametrize(
        "elsewhere",
        [
            "https://evil.example/",
            "//evil.example/",
            "/\\evil.example",
            "javascript:alert(1)",
            "http:///evil.example",
            "\x00//e.co",
            "",
        ],
    )
    def test_but_only_within_the_shop(self, client, asha, elsewhere):
        assert client.post("/account/login/", GOOD | {"next": elsewhere}).url == "/account/"

    def test_next_stands_in_the_form(self, client, db):
        assert client.get("/account/login/?next=/cart/").context["next"] == "/cart/"
        assert client.get("/account/login/?next=//evil.example/").context["next"] == ""

    @pytest.mark.parametrize(("name", "password"), [("asha", "wrong"), ("nobody", PASSWORD), ("gone", PASSWORD)])
    def test_one_message_for_every_cause(self, client, asha, name, password):
        make_user("gone", is_active=False)
        answer = client.post("/account/login/", {"username": name, "password": password})
        assert answer.status_code == 200
        assert answer.context["form"].non_field_errors() == ["The user name or the password is wrong."]
        assert not is_signed_in(client)

    def test_too_many(self, client, asha, settings):
        settings.RATE_LIMIT_FACTOR = 0.1
        client.post("/account/login/", GOOD | {"password": "wrong"})
        answer = client.post("/account/login/", GOOD)
        assert answer.status_code == 429
        assert int(answer["Retry-After"]) > 0
        assert not is_signed_in(client)

    def test_the_form_needs_the_csrf_token(self, asha):
        client = Client(enforce_csrf_checks=True)
        assert client.post("/account/login/", GOOD).status_code == 403

    def test_a_session_known_before_is_not_the_session_after(self, client, asha):
        client.get("/account/password/reset/x/")  # a guest's session
        before = client.session.session_key
        client.post("/account/login/", GOOD)
        assert client.session.session_key != before
        assert not Session.objects.filter(pk=before).exists()

    def test_the_admins_sign_in_leads_here(self, client, db):
        assert client.get("/admin/login/?next=/admin/pages/").url == "/account/login/?next=%2Fadmin%2Fpages%2F"
        assert client.get("/admin/login/").url == "/account/login/?next=%2Fadmin%2F"
        assert client.post("/admin/login/", GOOD).status_code == 405

    def test_a_customer_at_the_admins_door_is_not_sent_round_and_round(self, home):
        answer = home.get("/admin/", follow=True)
        assert answer.status_code == 200
        assert answer.redirect_chain[-1][0].startswith("/account/login/?next=")


def test_signing_out_needs_a_post(home):
    assert home.get("/account/logout/").status_code == 405
    assert is_signed_in(home)
    assert home.post("/account/logout/", {"next": "//evil.example"}).url == "/"
    assert not is_signed_in(home)


class TestSignUp:
    NEW = {"name": "Mira", "email": "mira@example.com", "password": PASSWORD}

    def test_new_and_taken_addresses_look_alike(self, client, asha):
        fresh = client.post("/account/signup/", self.NEW | {"next": "/checkout/"})
        taken = Client().post("/account/signup/", self.NEW | {"email": asha.email, "next": "/checkout/"})
        assert (
            (fresh.status_code, fresh.url)
            == (taken.status_code, taken.url)
            == (302, "/account/login/?next=%2Fcheckout%2F")
        )
        assert User.objects.count() == 2
        assert client.get(fresh.url).context["form"]["username"].value() == "mira@example.com"

    def test_bad_input_shows_at_its_field(self, client, db):
        form = client.post("/account/signup/", self.NEW | {"password": "12345678"}).context["form"]
        assert list(form.errors) == ["password"]
        assert not User.objects.exists()
        assert "12345678" not in client.post("/account/signup/", self.NEW | {"password": "12345678"}).content.decode()


class TestPasswords:
    def test_reset_from_the_request_to_the_sign_in(self, client, asha):
        assert client.post("/account/password/reset/", {"email": asha.email}).url == "/account/password/reset/done/"
        assert (
            client.post("/account/password/reset/", {"email": "no@example.com"}).url == "/account/password/reset/done/"
        )
        link = f"/account/password/reset/{make_reset_key(user=asha)}/"
        answer = client.get(link)
        assert answer.url == "/account/password/reset/choose/"
        assert client.get(answer.url).context["link_is_valid"]
        assert client.post(answer.url, {"new_password": "short"}).context["form"].errors
        assert client.post(answer.url, {"new_password": "another long one"}).url == "/account/login/"
        asha.refresh_from_db()
        assert asha.check_password("another long one")
        client.get(link)
        assert not client.get(answer.url).context["link_is_valid"]

    def test_without_a_link_nothing_is_set(self, client, asha):
        answer = client.post("/account/password/reset/choose/", {"new_password": "another long one"})
        assert not answer.context["link_is_valid"]
        asha.refresh_from_db()
        assert asha.check_password(PASSWORD)

    def test_change_keeps_this_browser_and_ends_the_others(self, home, asha):
        other = Client()
        other.force_login(asha)
        bad = home.post("/account/password/", {"old_password": "wrong", "new_password": "another long one"})
        assert list(bad.context["form"].errors) == ["old_password"]
        home.post("/account/password/", {"old_password": PASSWORD, "new_password": "another long one"})
        assert home.get("/account/profile/").status_code == 200
        assert other.get("/account/profile/").status_code == 302


class TestVerify:
    def test_only_the_button_confirms(self, client, db):
        user = sign_up(email="mira@example.com", password=PASSWORD)
        url = f"/account/verify/{EmailConfirmationHMAC(EmailAddress.objects.get()).key}/"
        shown = client.get(url)
        assert (shown.context["link_is_valid"], shown.context["email"]) == (True, "mira@example.com")
        assert shown["Referrer-Policy"] == "no-referrer"
        user.refresh_from_db()
        assert not user.is_verified
        assert client.post(url).context["verified"]
        user.refresh_from_db()
        assert user.is_verified
        assert not client.get(url).context["link_is_valid"]

    def test_nonsense(self, client, db):
        answer = client.post("/account/verify/nonsense/")
        assert (answer.status_code, answer.context["verified"], answer.context["link_is_valid"]) == (200, False, False)

    def test_the_link_is_sent_again(self, home, asha):
        home.post("/account/verify/")
        assert OutboxEvent.objects.get().name == "account.verification_asked"
        User.objects.update(is_verified=True)
        EmailAddress.objects.update(verified=True)
        home.post("/account/verify/")
        assert OutboxEvent.objects.count() == 1


class TestProfile:
    def test_it_is_changed(self, home, asha):
        typed = {"name": "Asha R", "phone": "98765 43210", "locale": "hi"}
        assert home.post("/account/profile/", typed).url == "/account/profile/"
        asha.refresh_from_db()
        assert (asha.name, asha.phone, asha.email) == ("Asha R", "+919876543210", "asha@example.com")

    def test_refused(self, home, asha):
        form = home.post("/account/profile/", {"name": "X", "phone": "12"}).context["form"]
        assert list(form.errors) == ["phone"]
        asha.refresh_from_db()
        assert asha.name == "Asha Rao"

    def test_rooms_above_join_the_overview(self, home, asha, monkeypatch):
        make_address(asha)
        monkeypatch.setattr(overview, "_parts", [lambda request: {"orders": [], "caller": request.user.pk}])
        context = home.get("/account/").context
        assert context["caller"] == asha.pk
        assert context["customer"]["first_name"] == "Asha"
        assert context["default_address"].lines[0] == "Asha Rao"


class TestAddresses:
    def test_kept_changed_preferred_removed(self, home, asha):
        assert home.post("/account/addresses/add/", TYPED).url == "/account/addresses/"
        home.post("/account/addresses/add/", TYPED | {"name": "Office"})
        first, second = Address.objects.order_by("pk")
        assert (first.is_default, first.phone) == (True, "+919876543210")
        home.post(f"/account/addresses/{second.pk}/default/")
        edited = TYPED | {"name": "Work", "is_default": "on"}
        home.post(f"/account/addresses/{second.pk}/", edited)
        second.refresh_from_db()
        assert (second.is_default, second.name) == (True, "Work")
        home.post(f"/account/addresses/{second.pk}/delete/")
        assert list(Address.objects.values_list("pk", "is_default")) == [(first.pk, True)]

    @pytest.mark.parametrize(
        ("change", "field"),
        [({"pincode": "110001"}, "pincode"), ({"pincode": "012345"}, "pincode"), ({"pincode": ""}, "pincode"),
         ({"state": "Atlantis"}, "state"), ({"phone": "12"}, "phone"), ({"name": ""}, "name"), ({"city": ""}, "city"),
         ({"gstin": "x"}, "gstin"), ({"country": "XX"}, "country")],
    )  # fmt: skip
    def test_refused_by_field(self, home, change, field):
        form = home.post("/account/addresses/add/", TYPED | change).context["form"]
        assert list(form.errors) == [field]
        assert not Address.objects.exists()

    def test_one_abroad_offers_its_own_states(self, home, asha):
        address = make_address(asha, country="US", state="California", pincode="94043", phone="+16502530000")
        form = home.get(f"/account/addresses/{address.pk}/").context["form"]
        assert ("California", "California") in form.fields["state"].choices

    @pytest.mark.parametrize("action", ["", "delete/", "default/"])
    def test_somebody_elses_is_not_there(self, home, ravi, action):
        foreign = make_address(ravi, is_default=False)
        before = list(Address.objects.values())
        assert home.post(f"/account/addresses/{foreign.pk}/{action}", TYPED).status_code == 404
        assert home.post(f"/account/addresses/999999/{action}", TYPED).status_code == 404
        assert list(Address.objects.values()) == before

    @pytest.mark.parametrize("action", ["delete/", "default/"])
    def test_a_link_changes_nothing(self, home, asha, action):
        address = make_address(asha)
        assert home.get(f"/account/addresses/{address.pk}/{action}").status_code == 405
        assert Address.objects.count() == 1
