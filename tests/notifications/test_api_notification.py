import pytest
from django.core import mail

from shop.core.tasks.runner import run_everything_due
from shop.notifications.models import Notification
from tests.factories.people import client_of, make_user

URL = "/api/notification/"


@pytest.fixture
def asha(db):
    return make_user("asha", phone="+919876543210")


@pytest.fixture
def api(asha):
    return client_of(asha)


def make_notice(user, **facts) -> Notification:
    facts = {"kind": "by_hand", "channel": "in_app", "subject": "Hello", "message": "There", "status": "sent"} | facts
    return Notification.objects.create(recipient=user, **facts)


def rows() -> list:
    return list(Notification.objects.order_by("pk").values())


def one(notice) -> str:
    return f"{URL}{notice.pk}/"


def test_own_ones_are_read_newest_first(api, asha):
    first = make_notice(asha, reference="order:42")
    second = make_notice(asha)
    make_notice(make_user("ravi"))
    told = api.get(URL).json()
    assert [notice["id"] for notice in told["results"]] == [second.pk, first.pk]
    shown = told["results"][1]
    assert shown == {
        "id": first.pk, "recipient": asha.pk, "channel": "in_app", "subject": "Hello", "message": "There",
        "status": "sent", "order": 42, "created_at": shown["created_at"],
    }  # fmt: skip
    assert shown["created_at"].endswith("Z")
    assert api.get(one(first)).json() == shown


@pytest.mark.parametrize("method", ["put", "patch"])
def test_marked_as_read_once(api, asha, method):
    notice = make_notice(asha)
    assert getattr(api, method)(one(notice), {"status": "read"}).json()["status"] == "read"
    notice.refresh_from_db()
    at = notice.read_at
    getattr(api, method)(one(notice), {"status": "read"})
    notice.refresh_from_db()
    assert notice.read_at == at is not None


@pytest.mark.parametrize("body", [{}, {"status": "sent"}, {"status": "queued"}, {"subject": "x"}, {"status": ["read"]}])
def test_nothing_else_is_changed(api, asha, body):
    notice = make_notice(asha)
    before = rows()
    assert list(api.patch(one(notice), body).json()["errors"]) == ["status"]
    assert rows() == before


def test_read_and_nothing_beside_it(api, asha):
    notice = make_notice(asha)
    api.patch(one(notice), {"status": "read", "subject": "Mine", "recipient": 1, "message": "x"})
    notice.refresh_from_db()
    assert (notice.subject, notice.recipient, notice.message) == ("Hello", asha, "There")


def test_deleted(api, asha):
    notice = make_notice(asha)
    assert api.delete(one(notice)).status_code == 204
    assert (api.get(URL).json()["count"], api.get(one(notice)).status_code) == (0, 404)


def test_narrowed_to_what_is_new_on_the_bell(api, asha):
    new = make_notice(asha)
    make_notice(asha, status="read")
    make_notice(asha, channel="email")
    assert [row["id"] for row in api.get(URL, {"unread": "true"}).json()["results"]] == [new.pk]
    assert api.get(URL, {"channel": "email"}).json()["count"] == 1
    assert list(api.get(URL, {"channel": "pigeon"}).json()["errors"]) == ["channel"]
    assert api.post(f"{URL}read/").json() == {"read": 1}
    assert api.get(URL, {"unread": "true"}).json()["count"] == 0


@pytest.mark.parametrize("role", ["customer", "merchandiser", "support", "admin"])
def test_somebody_elses_and_a_missing_one_answer_alike(asha, role):
    notice = make_notice(asha)
    caller = client_of(make_user(role=role))
    before = rows()
    for method in ("get", "put", "patch", "delete"):
        answers = [getattr(caller, method)(url, {"status": "read"}) for url in (one(notice), f"{URL}999999/")]
        assert [answer.status_code for answer in answers] == [404, 404]
        assert answers[0].json() == answers[1].json()
    assert caller.get(URL).json()["count"] == 0
    assert rows() == before


def test_strangers_are_asked_to_sign_in(asha):
    notice = make_notice(asha)
    before = rows()
    for url in (URL, one(notice)):
        for method in ("get", "post", "put", "patch", "delete"):
            assert getattr(client_of(), method)(url, {"status": "read"}).status_code == 401
    assert rows() == before


class TestStaffWrites:
    @pytest.fixture
    def sam(self, db):
        return client_of(make_user("sam", role="support"))

    def body(self, asha, **change) -> dict:
        facts = {
            "recipient": asha.pk,
            "channel": "email",
            "subject": "Your parcel",
            "message": "It is on its way.",
            "order": 42,
        }
        return facts | change

    def test_a_mail(self, sam, api, asha):
        answer = sam.post(URL, self.body(asha))
        assert (answer.status_code, answer.json()["status"], answer.json()["order"]) == (201, "queued", 42)
        run_everything_due()
        [letter] = mail.outbox
        assert (letter.subject, letter.body, letter.to) == ("Your parcel", "It is on its way.", [asha.email])
        assert api.get(URL).json()["results"][0]["status"] == "sent"

    def test_in_the_shop(self, sam, asha):
        assert sam.post(URL, self.body(asha, channel="in_app")).json()["status"] == "sent"

    @pytest.mark.parametrize("channel", ["sms", "push"])
    def test_a_service_the_shop_does_not_have_is_said(self, sam, asha, channel):
        assert sam.post(URL, self.body(asha, channel=channel)).status_code == 201
        run_everything_due()
        notice = Notification.objects.get()
        assert (notice.status, notice.error.startswith("This shop has no service for")) == ("failed", True)

    @pytest.mark.parametrize(
        ("change", "field"),
        [({"recipient": 999999}, "recipient"), ({"recipient": None}, "recipient"), ({"recipient": "x"}, "recipient"),
         ({"channel": "pigeon"}, "channel"), ({"subject": ""}, "subject"), ({"subject": "x" * 201}, "subject"),
         ({"message": ""}, "message"), ({"order": -1}, "order"), ({"order": "x"}, "order"), ({"message": "x" * 10_001}, "message")],
    )  # fmt: skip
    def test_refused_by_field(self, sam, asha, change, field):
        answer = sam.post(URL, self.body(asha, **change))
        assert (answer.status_code, list(answer.json()["errors"])) == (400, [field])
        assert rows() == []

    def test_a_subject_of_two_lines_forges_no_header(self, sam, asha):
        answer = sam.post(URL, self.body(asha, subject="Hello\nBcc: all@example.com"))
        run_everything_due()
        assert all("all@example.com" not in letter.recipients() for letter in mail.outbox)
        assert answer.status_code == 400
        assert rows() == []

    @pytest.mark.parametrize("role", ["customer", "vendor", "merchandiser"])
    def test_others_may_not(self, asha, role):
        assert client_of(make_user(role=role)).post(URL, self.body(asha)).status_code == 403
        assert rows() == []

    def test_an_administrator_may(self, asha, db):
        assert client_of(make_user(role="admin")).post(URL, self.body(asha)).status_code == 201
