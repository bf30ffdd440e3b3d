import time

import pytest

from shop.accounts.models import User
from shop.accounts.services.change_user import change_user
from tests.factories.people import client_of, make_user
from tests.threads import at_once

URL = "/api/users/"


@pytest.fixture
def boss(admin):
    return client_of(admin)


def one(user, slash="/") -> str:
    return f"{URL}{user.pk}{slash}"


@pytest.mark.parametrize("role", ["", "customer", "merchandiser", "support", "vendor"])
def test_only_for_the_administrator(guest, asha, role):
    caller = client_of(make_user(role=role)) if role else guest
    status = 403 if role else 401
    before = list(User.objects.order_by("pk").values())
    assert caller.get(URL).status_code == status
    for method in ("get", "put", "patch", "delete"):
        assert getattr(caller, method)(one(asha), {"role": "admin", "is_active": False}).status_code == status
        assert getattr(caller, method)(one(asha, ""), {"role": "admin", "is_active": False}).status_code == status
    assert list(User.objects.order_by("pk").values()) == before


class TestList:
    def test_every_page_tells_how_many_there_are(self, boss):
        for number in range(5):
            make_user(f"person{number}")
        first, last = (boss.get(URL, {"page": page, "page_size": 4}).json() for page in (1, 2))
        assert (first["count"], last["count"]) == (6, 6) and "page=2" in first["next"]
        assert len({row["id"] for row in first["results"] + last["results"]}) == 6
        assert last["next"] is None and "page_size=4" in last["previous"]
        for beyond in (3, 20_000, 10**29):
            assert boss.get(URL, {"page": beyond, "page_size": 4}).status_code == 404
        assert boss.get(URL, {"role": "admin"}).json()["count"] == 1  # by two ways, and still one
        assert boss.get(URL, {"q": "nobody at all"}).json() == {
            "count": 0,
            "next": None,
            "previous": None,
            "results": [],
        }

    def test_a_page_of_people_costs_the_same_for_one_and_many(self, boss, asha, django_assert_num_queries):
        for _ in range(30):
            make_user()
        with django_assert_num_queries(2):  # the caller; the page with its count and the groups
            told = boss.get(URL, {"page_size": 30}).json()
        assert (told["count"], len(told["results"])) == (32, 30)
        assert set(told["results"][0]) == {
            "id", "username", "email", "name", "phone", "is_verified", "role", "locale", "date_joined", "is_active",
            "last_login",
        }  # fmt: skip

    def names(self, boss, **query):
        answer = boss.get(URL, query)
        assert answer.status_code == 200, answer.content
        return sorted(person["username"] for person in answer.json()["results"])

    def test_search_and_filters(self, boss, asha, ravi):
        make_user("maya", role="merchandiser", is_active=False)
        make_user("closed", erased_at="2026-01-01T00:00Z")
        assert self.names(boss, q="ASHA") == ["asha"]
        assert self.names(boss, search="rao") == ["asha"]
        assert self.names(boss, role="merchandiser") == ["maya"]
        assert self.names(boss, role="admin") == ["boss"]
        assert self.names(boss, role="customer") == ["asha", "ravi"]
        assert self.names(boss, is_active="false") == ["maya"]
        assert self.names(boss, is_active="true") == ["asha", "boss", "ravi"]
        assert self.names(boss, q="%") == []

    @pytest.mark.parametrize(
        ("query", "status"),
        [({"role": "king"}, 400), ({"is_active": "maybe"}, 400), ({"page_size": 101}, 400), ({"page_size": 0}, 400),
         ({"page_size": "x"}, 400), ({"page_size": "²"}, 400), ({"page": 99}, 404), ({"page": "x"}, 400), ({"page": ""}, 400), ({"is_active": ""}, 400), ({"q": "a\x00"}, 400)],
    )  # fmt: skip
    def test_bad_queries(self, boss, query, status):
        answer = boss.get(URL, query)
        assert (answer.status_code, answer.json()["status"]) == (status, status)


class TestOne:
    @pytest.mark.parametrize("slash", ["/", ""])
    def test_it_is_read_and_changed(self, boss, asha, slash):
        assert boss.get(one(asha, slash)).json()["username"] == "asha"
        answer = boss.patch(one(asha, slash), {"role": "merchandiser"})
        assert (answer.status_code, answer.json()["role"]) == (200, "merchandiser")
        assert client_of(asha).get("/api/self/").json()["role"] == "merchandiser"

    def test_put_needs_both(self, boss, asha):
        assert list(boss.put(one(asha), {"role": "support"}).json()["errors"]) == ["is_active"]
        asha.refresh_from_db()
        assert not asha.groups.exists()
        answer = boss.put(one(asha), {"role": "support", "is_active": False})
        assert (answer.json()["role"], answer.json()["is_active"]) == ("support", False)

    def test_an_administrator_is_made_and_unmade(self, boss, asha):
        boss.patch(one(asha), {"role": "admin"})
        asha.refresh_from_db()
        assert asha.is_superuser
        assert client_of(asha).get(URL).status_code == 200
        boss.patch(one(asha), {"role": "customer"})
        asha.refresh_from_db()
        assert not (asha.is_superuser or asha.is_staff or asha.groups.exists())

    def test_nothing_else_is_written(self, boss, asha):
        before = User.objects.filter(pk=asha.pk).values().get()
        body = {"username": "x", "email": "x@example.com", "is_superuser": True, "password": "x", "is_verified": True}
        assert boss.patch(one(asha), body).status_code == 200
        assert User.objects.filter(pk=asha.pk).values().get() == before

    @pytest.mark.parametrize(
        "body", [{"role": "king"}, {"role": ""}, {"role": None}, {"is_active": "maybe"}, {"is_active": None}]
    )
    def test_bad_values(self, boss, asha, body):
        assert boss.patch(one(asha), body).status_code == 400
        asha.refresh_from_db()
        assert asha.is_active
        assert not asha.groups.exists()

    def test_delete_deactivates(self, boss, asha):
        assert boss.delete(one(asha)).status_code == 204
        asha.refresh_from_db()
        assert (asha.is_active, asha.username) == (False, "asha")

    @pytest.mark.parametrize("pk", ["0", "999999", "999999999999999999"])
    def test_who_is_not_there(self, boss, pk):
        for method in ("get", "patch", "delete"):
            assert getattr(boss, method)(f"{URL}{pk}/", {"role": "support"}).status_code == 404

    def test_a_closed_account_is_not_there(self, boss, asha):
        User.objects.filter(pk=asha.pk).update(erased_at="2026-01-01T00:00Z", is_active=False)
        assert boss.patch(one(asha), {"is_active": True}).status_code == 404
        asha.refresh_from_db()
        assert not asha.is_active


class TestTheLastAdministratorStays:
    @pytest.mark.parametrize(
        "body", [{"role": "customer"}, {"is_active": False}, {"role": "support", "is_active": True}]
    )
    def test_active_and_in_power(self, boss, admin, body):
        make_user("retired", role="admin", is_active=False)
        answer = boss.patch(one(admin), body)
        assert (answer.status_code, answer.json()["code"]) == (409, "last_admin")
        assert boss.delete(one(admin)).status_code == 409
        admin.refresh_from_db()
        assert (admin.is_superuser, admin.is_active) == (True, True)

    def test_of_two_who_remove_each_other_at_once_one_stays(self, own_database, monkeypatch):
        pair = [make_user("first", role="admin"), make_user("second", role="admin")]
        save = User.save

        def save_slowly(user, *args, **options):
            time.sleep(0.3)  # the rival comes while this one is at work
            save(user, *args, **options)

        monkeypatch.setattr(User, "save", save_slowly)
        results = at_once([lambda u=u: change_user(user_id=u.pk, is_active=False) for u in pair])
        assert User.objects.filter(is_superuser=True, is_active=True).count() == 1
        assert sorted(type(result).__name__ for result in results) == ["LastAdmin", "User"]
