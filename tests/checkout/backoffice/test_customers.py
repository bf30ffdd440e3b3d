"""Customers in the admin: found, looked at, disabled; promoted by administrators only."""

from __future__ import annotations

import pytest
from django.contrib.messages import get_messages
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from wagtail.models import ModelLogEntry

from shop.accounts.models import User
from shop.accounts.roles import role_of
from tests.factories import orders as made
from tests.factories.people import client_of, make_address, make_user

pytestmark = pytest.mark.django_db


def url(name: str, *args) -> str:
    return reverse(f"customers:{name}", args=args)


def said(response) -> str:
    return " ".join(str(message) for message in get_messages(response.wsgi_request))


def found(response) -> set[str]:
    assert response.status_code == 200
    return {user.username for user in response.context["object_list"]}


def everything() -> list:
    facts = ("pk", "is_active", "is_superuser", "is_staff", "session_generation")
    groups = User.groups.through.objects.order_by("pk").values_list("user_id", "group_id")
    return [list(User.objects.order_by("pk").values(*facts)), list(groups), ModelLogEntry.objects.count()]


@pytest.fixture
def asha(db):
    return make_user("asha", name="Asha Rao", phone="+919845012345", is_verified=True)


def test_support_finds_customers_only(support, asha):
    make_user("maya", role="merchandiser")
    kiran = make_user("kiran", is_active=False)
    make_address(kiran, phone="+919811122233")
    assert found(support.get(url("index"))) == {"asha", "kiran"}
    for query, names in {"q=rao": {"asha"}, "q=KIRAN@": {"kiran"}, "q=98450 12345": {"asha"}, "q=098111": {"kiran"},
                         "q=maya": set(), "is_active=false": {"kiran"}, "is_verified=true": {"asha"},
                         "role=merchandiser": set(), "q=%00": {"asha", "kiran"}}.items():  # fmt: skip
        assert found(support.get(f"{url('index')}?{query}")) == names, query
        assert support.get(f"{url('index_results')}?{query}").status_code == 200


def test_the_administrator_finds_everybody_by_role(admin, asha):
    make_user("maya", role="merchandiser")
    assert found(admin.get(url("index"))) == {"asha", "maya", "admin_person"}
    assert found(admin.get(url("index") + "?role=merchandiser")) == {"maya"}
    assert found(admin.get(url("index") + "?role=customer")) == {"asha"}
    assert found(admin.get(url("index") + "?role=admin")) == {"admin_person"}


def test_the_list_asks_nothing_per_row(support):
    def count() -> int:
        with CaptureQueriesContext(connection) as queries:
            assert support.get(url("index")).status_code == 200
        return len(queries)

    for number in range(3):
        make_user(f"a{number}")
    support.get(url("index"))
    few = count()
    for number in range(30):
        make_user(f"b{number}")
    assert count() == few <= 13


def test_their_orders_and_addresses_are_shown(support, asha):
    order = made.make_order(user=asha)
    other = made.make_order()
    make_address(asha, street="7, Temple Road")
    page = support.get(url("inspect", asha.pk)).content.decode()
    assert order.number in page and other.number not in page and "7, Temple Road" in page
    assert reverse("wagtailsnippets_order_order:inspect", args=[order.pk]) in page
    assert url("role", asha.pk) not in page
    linked = support.get(reverse("wagtailsnippets_order_order:inspect", args=[order.pk])).content.decode()
    assert url("inspect", asha.pk) in linked


def test_a_disabled_customer_is_signed_out_everywhere(support, asha):
    shopper = Client()
    shopper.force_login(asha)
    program = client_of(asha)
    assert program.get("/api/self/").status_code == 200
    assert "signed out everywhere" in support.get(url("activity", asha.pk)).content.decode()
    response = support.post(url("activity", asha.pk), {"enable": "False"})
    assert response.url == url("inspect", asha.pk) and "cannot sign in" in said(response)
    assert not User.objects.get(pk=asha.pk).is_active
    assert program.get("/api/self/").status_code == 401
    assert "_auth_user_id" not in shopper.session or shopper.get("/account/").status_code == 302
    assert "Account disabled" in support.get(url("inspect", asha.pk)).content.decode()
    support.post(url("activity", asha.pk), {"enable": "True"})
    assert User.objects.get(pk=asha.pk).is_active


def test_a_page_that_is_out_of_date_does_not_do_the_opposite(support, asha):
    """Two colleagues disable at once: the second press enables nobody."""
    for _twice in range(2):
        support.post(url("activity", asha.pk), {"enable": "False"})
    assert not User.objects.get(pk=asha.pk).is_active
    assert ModelLogEntry.objects.for_instance(asha).count() == 1


def test_support_touches_no_colleagues(support):
    maya, boss = make_user("maya", role="merchandiser"), make_user("boss", role="admin")
    before = everything()
    for person in (maya, boss, support.user):
        assert support.get(url("inspect", person.pk)).status_code == 404
        assert support.post(url("activity", person.pk), {"enable": "False"}).status_code == 404
    assert support.get(url("inspect", 10**9)).status_code == 404
    assert everything() == before


def test_only_the_administrator_promotes(admin, support, asha):
    before = everything()
    for method in (support.get, support.post):
        assert method(url("role", asha.pk), {"role": "admin"}).url == "/admin/"
    assert everything() == before
    response = admin.post(url("role", asha.pk), {"role": "merchandiser"})
    assert "Merchandiser" in said(response)
    assert role_of(User.objects.get(pk=asha.pk)) == "merchandiser"
    page = admin.post(url("role", asha.pk), {"role": "emperor"})
    assert page.status_code == 200 and page.context["form"].errors
    assert role_of(User.objects.get(pk=asha.pk)) == "merchandiser"


def test_the_last_administrator_stays(admin):
    boss = make_user("boss", role="admin")
    User.objects.filter(pk=admin.user.pk).update(is_active=True)
    before = everything()
    assert "own account" in said(admin.post(url("activity", admin.user.pk), {"enable": "False"}))
    assert "own account" in said(admin.post(url("role", admin.user.pk), {"role": "customer"}))
    assert everything() == before
    admin.post(url("role", boss.pk), {"role": "customer"})
    assert role_of(User.objects.get(pk=boss.pk)) == "customer"


def test_closed_accounts_are_gone(support, asha):
    from shop.accounts.services.close_account import close_account

    close_account(user=asha, at=timezone.now())
    assert found(support.get(url("index"))) == set()
    assert support.get(url("inspect", asha.pk)).status_code == 404
