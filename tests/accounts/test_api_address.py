import pytest

from shop.accounts.models import Address
from shop.accounts.services import save_address as saving
from tests.factories.people import HOME, client_of, make_address, make_user
from tests.threads import at_once

URL, DEFAULT = "/api/address/", "/api/address/default/"


def one(address) -> str:
    return f"{URL}{address.pk}/"


def rows() -> list:
    return list(Address.objects.order_by("pk").values())


@pytest.fixture
def api(asha):
    return client_of(asha)


def test_strangers_are_asked_to_sign_in(guest, asha):
    address = make_address(asha)
    before = rows()
    for url in (URL, one(address), DEFAULT):
        for method in ("get", "post", "put", "patch", "delete"):
            assert getattr(guest, method)(url, HOME).status_code == 401
    assert rows() == before


class TestKeep:
    def test_the_first_is_the_default(self, api, asha):
        answer = api.post(URL, HOME)
        assert answer.status_code == 201
        assert answer.json() == HOME | {
            "id": Address.objects.get().pk, "phone": "+919876543210", "state": "Karnataka", "is_default": True,
        }  # fmt: skip
        assert Address.objects.get().user == asha

    def test_the_second_is_not_unless_it_says_so(self, api):
        first = api.post(URL, HOME).json()["id"]
        second = api.post(URL, HOME).json()
        assert not second["is_default"]
        third = api.post(URL, HOME | {"is_default": True}).json()
        assert third["is_default"]
        assert api.get(DEFAULT).json()["id"] == third["id"]
        assert [address["id"] for address in api.get(URL).json()["results"]] == [third["id"], second["id"], first]

    @pytest.mark.parametrize("state", ["Karnataka", "karnataka", "KA", "ka", "IN-KA", "कर्नाटक", " Karnataka "])
    def test_a_state_in_any_writing(self, api, state):
        assert api.post(URL, HOME | {"state": state}).json()["state"] == "Karnataka"

    @pytest.mark.parametrize(
        "phone", ["98765 43210", "09876543210", "+919876543210", "+91 98765-43210", "00919876543210"]
    )
    def test_a_phone_in_any_writing(self, api, phone):
        assert api.post(URL, HOME | {"phone": phone}).json()["phone"] == "+919876543210"

    @pytest.mark.parametrize("pincode", ["560038", "560 038", 560038])
    def test_a_pin_in_any_writing(self, api, pincode):
        assert api.post(URL, HOME | {"pincode": pincode}).json()["pincode"] == "560038"

    def test_another_country(self, api):
        there = {
            "country": "us",
            "state": "CA",
            "city": "Mountain View",
            "pincode": "94043",
            "phone": "+1 650 253 0000",
        }
        told = api.post(URL, HOME | there).json()
        assert (told["country"], told["state"], told["phone"]) == ("US", "California", "+16502530000")

    def test_without_country_it_is_india(self, api):
        assert api.post(URL, {k: v for k, v in HOME.items() if k != "country"}).json()["country"] == "IN"

    @pytest.mark.parametrize(
        ("change", "field"),
        [
            ({"pincode": "56003"}, "pincode"), ({"pincode": "056003"}, "pincode"), ({"pincode": "5600388"}, "pincode"),
            ({"pincode": "५६००३८"}, "pincode"), ({"pincode": "110001"}, "pincode"), ({"pincode": ""}, "pincode"),
            ({"pincode": "abcdef"}, "pincode"), ({"pincode": True}, "pincode"), ({"state": "Kerala"}, "pincode"),
            ({"state": "Atlantis"}, "state"), ({"state": ""}, "state"), ({"city": ""}, "city"), ({"name": ""}, "name"),
            ({"name": " "}, "name"), ({"street": ""}, "street"), ({"street": "s" * 256}, "street"),
            ({"phone": "12345"}, "phone"), ({"phone": ""}, "phone"), ({"phone": "call me"}, "phone"),
            ({"country": "XX"}, "country"), ({"country": "ZZ"}, "country"), ({"country": "IND"}, "country"),
            ({"country": "1!"}, "country"), ({"gstin": "29AAGCB7383J1"}, "gstin"), ({"gstin": "29AAGCB7383J1Y4"}, "gstin"),
            ({"landmark": "a\x00"}, "landmark"), ({"is_default": "maybe"}, "is_default"), ({"name": ["x"]}, "name"),
        ],
    )  # fmt: skip
    def test_refused_by_field(self, api, change, field):
        answer = api.post(URL, HOME | change)
        assert (answer.status_code, list(answer.json()["errors"])) == (400, [field])
        assert rows() == []

    @pytest.mark.parametrize("field", ["name", "phone", "street", "city", "state", "pincode"])
    def test_what_is_needed(self, api, field):
        answer = api.post(URL, {k: v for k, v in HOME.items() if k != field})
        assert (answer.status_code, list(answer.json()["errors"])) == (400, [field])
        assert rows() == []

    @pytest.mark.parametrize(("state", "pincode"), [("PY", "673310"), ("Puducherry", "533464"), ("PY", "605001"), ("UK", "248001"),
                                                    ("UT", "248001"), ("TS", "500001"), ("Jammu & Kashmir", "190001")])  # fmt: skip
    def test_places_that_lists_often_forget(self, api, state, pincode):
        assert api.post(URL, HOME | {"state": state, "pincode": pincode}).status_code == 201

    def test_owner_and_id_come_from_the_server(self, api, asha, ravi):
        told = api.post(URL, HOME | {"user": ravi.pk, "user_id": ravi.pk, "id": 4711}).json()
        address = Address.objects.get()
        assert (address.user, told["id"]) == (asha, address.pk)
        assert address.pk != 4711

    def test_not_more_than_fifty(self, api, monkeypatch):
        monkeypatch.setattr(saving, "MOST", 1)
        assert api.post(URL, HOME).status_code == 201
        answer = api.post(URL, HOME)
        assert (answer.status_code, answer.json()["code"]) == (409, "too_many_addresses")
        assert len(rows()) == 1


class TestOne:
    def test_it_is_changed(self, api, asha):
        address = make_address(asha)
        assert api.patch(one(address), {"city": "Bangalore"}).json()["city"] == "Bangalore"
        told = api.put(one(address), HOME | {"state": "DL", "pincode": "110001", "city": "Delhi"}).json()
        assert (told["state"], told["is_default"]) == ("Delhi", True)

    def test_a_patch_must_fit_what_stays(self, api, asha):
        address = make_address(asha)
        before = rows()
        assert list(api.patch(one(address), {"pincode": "110001"}).json()["errors"]) == ["pincode"]
        assert rows() == before

    def test_the_default_stays_the_default(self, api, asha):
        address = make_address(asha)
        assert api.patch(one(address), {"is_default": False}).json()["is_default"]

    def test_another_becomes_the_default(self, api, asha):
        first, second = make_address(asha), make_address(asha)
        assert api.patch(one(second), {"is_default": True}).json()["is_default"]
        first.refresh_from_db()
        assert not first.is_default

    def test_the_default_is_inherited(self, api, asha):
        first, second = make_address(asha), make_address(asha)
        assert api.delete(one(first)).status_code == 204
        assert api.get(DEFAULT).json()["id"] == second.pk
        assert api.delete(one(second)).status_code == 204
        assert api.get(DEFAULT).status_code == 404

    def test_somebody_elses_and_a_missing_one_answer_alike(self, api, ravi):
        foreign = make_address(ravi)
        before = rows()
        for method in ("get", "put", "patch", "delete"):
            theirs = getattr(api, method)(one(foreign), HOME)
            missing = getattr(api, method)(f"{URL}999999/", HOME)
            assert theirs.status_code == missing.status_code == 404
            assert theirs.json() == missing.json()
        assert rows() == before
        assert api.get(URL).json()["count"] == 0


class TestDefault:
    @pytest.mark.parametrize("method", ["put", "post"])
    def test_it_is_set(self, api, asha, method):
        first, second = make_address(asha), make_address(asha)
        answer = getattr(api, method)(DEFAULT, {"id": second.pk})
        assert (answer.status_code, answer.json()["id"]) == (200, second.pk)
        first.refresh_from_db()
        assert not first.is_default

    @pytest.mark.parametrize("body", [{}, {"id": None}, {"id": "x"}, {"id": 0}, {"id": 1.5}, {"id": 2**70}])
    def test_bad_bodies(self, api, asha, body):
        make_address(asha)
        before = rows()
        answer = api.put(DEFAULT, body)
        assert (answer.status_code, list(answer.json()["errors"])) == (400, ["id"])
        assert rows() == before

    def test_not_to_somebody_elses(self, api, asha, ravi):
        make_address(asha)
        foreign = make_address(ravi, is_default=False)
        before = rows()
        assert api.put(DEFAULT, {"id": foreign.pk}).status_code == 404
        assert rows() == before


class TestAtOnce:
    def test_first_addresses_make_one_default(self, own_database):
        api = client_of(make_user("asha"))
        answers = at_once([lambda: api.post(URL, HOME)] * 4)
        assert [answer.status_code for answer in answers] == [201] * 4
        assert Address.objects.filter(is_default=True).count() == 1

    def test_two_defaults_leave_one(self, own_database):
        asha = make_user("asha")
        api = client_of(asha)
        kept = [make_address(asha) for _ in range(4)]
        answers = at_once([lambda a=a: api.put(DEFAULT, {"id": a.pk}) for a in kept])
        assert [answer.status_code for answer in answers] == [200] * 4
        assert Address.objects.filter(is_default=True).count() == 1


def test_few_queries(api, asha, django_assert_num_queries):
    for _ in range(5):
        make_address(asha)
    with django_assert_num_queries(2):  # the caller; the page with its count
        api.get(URL)
    with django_assert_num_queries(2):
        api.get(DEFAULT)
