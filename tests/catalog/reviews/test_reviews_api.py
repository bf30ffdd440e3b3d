"""Reviews through the API: who may write one, who reads it first, what is shown of it."""

from __future__ import annotations

import pytest

from catalog.reviews.errors import NotBought
from catalog.reviews.models import Review
from tests.factories.catalog import make_product
from tests.factories.people import client_of, make_user
from tests.factories.reviews import make_buyer, make_review, settle

pytestmark = pytest.mark.django_db
WORDS = {"rating": 4, "title": "Keeps chai hot", "body": "The handle fits three fingers.\n<b>Really.</b>"}


@pytest.fixture
def mug(db):
    return make_product("Chai mug")


def of(product) -> str:
    return f"/api/product/{product.pk}/reviews/"


def shown(product, query: str = "") -> dict:
    return client_of().get(of(product) + query).json()


class TestWriting:
    def test_a_buyer_writes_one_that_waits_and_is_shown_when_it_was_approved(self, mug):
        asha = make_buyer(mug, "asha", name="Asha Menon")
        answer = client_of(asha).post(of(mug), WORDS)
        assert answer.status_code == 201
        written = answer.json()
        assert (written["status"], written["author"], written["verified"], written["lang"]) == (
            "pending", "Asha M.", True, "en")  # fmt: skip
        assert written["body"] == WORDS["body"]
        assert shown(mug)["results"] == []
        maya = client_of(make_user("maya", role="merchandiser"))
        queue = maya.get("/api/review/?status=pending").json()
        assert [row["id"] for row in queue["results"]] == [written["id"]]
        decided = maya.patch(f"/api/review/{written['id']}/", {"status": "approved"})
        assert (decided.status_code, decided.json()["status"]) == (200, "approved")
        page = shown(mug)
        assert page["count"] == 1 and page["rating"] == "4.0"
        assert page["distribution"] == {"5": 0, "4": 1, "3": 0, "2": 0, "1": 0}
        assert page["results"][0]["title"] == WORDS["title"]
        assert not {"status", "reason", "user", "version"} & set(page["results"][0])

    def test_who_may_not(self, mug):
        assert client_of().post(of(mug), WORDS).status_code == 401
        stranger = client_of(make_user(is_verified=True)).post(of(mug), WORDS)
        assert (stranger.status_code, stranger.json()["code"]) == (403, "not_bought")
        unverified = client_of(make_buyer(mug, is_verified=False)).post(of(mug), WORDS)
        assert (unverified.status_code, unverified.json()["code"]) == (403, "email_not_verified")
        other = make_buyer(make_product("Lamp"))
        assert client_of(other).post(of(mug), WORDS).status_code == 403
        assert client_of(other).post("/api/product/999999/reviews/", WORDS).status_code == 404
        assert not Review.objects.exists()

    def test_one_per_product_and_the_same_call_again_is_the_first_answer(self, mug):
        asha = client_of(make_buyer(mug))
        first = asha.post(of(mug), WORDS, HTTP_IDEMPOTENCY_KEY="one")
        again = asha.post(of(mug), WORDS, HTTP_IDEMPOTENCY_KEY="one")
        assert (again.status_code, again.json(), again["Idempotent-Replayed"]) == (201, first.json(), "true")
        second = asha.post(of(mug), WORDS)
        assert (second.status_code, second.json()["code"], second.json()["review_id"]) == (
            409, "already_reviewed", first.json()["id"])  # fmt: skip
        assert Review.objects.count() == 1

    @pytest.mark.parametrize(
        ("field", "value"),
        [("rating", 0), ("rating", 6), ("rating", 4.5), ("rating", True), ("rating", None), ("body", ""),
         ("body", "x" * 5001), ("title", "x" * 121), ("body", "a\0b"), ("body", ["x"])],
    )  # fmt: skip
    def test_bad_input_names_its_field(self, mug, field, value):
        answer = client_of(make_buyer(mug)).post(of(mug), WORDS | {field: value})
        assert (answer.status_code, list(answer.json()["errors"])) == (400, [field])
        assert not Review.objects.exists()

    def test_nothing_but_the_words_can_be_written(self, mug):
        sent = WORDS | {"status": "approved", "verified": False, "author": "Queen", "helpful_count": 9, "answer": "Hi"}
        client_of(make_buyer(mug, name="Asha Rao")).post(of(mug), sent)
        review = Review.objects.get()
        assert (review.status, review.verified, review.author, review.helpful_count, review.answer) == (
            "pending", True, "Asha R.", 0, "")  # fmt: skip


class TestReading:
    def test_pages_stars_and_order(self, mug, django_assert_num_queries):
        low, high = make_review(mug, rating=2), make_review(mug, rating=5)
        client_of(make_user()).post(f"/api/review/{low.pk}/helpful/")
        make_review(mug, status="rejected")
        assert [row["id"] for row in shown(mug)["results"]] == [high.pk, low.pk]
        assert [row["id"] for row in shown(mug, "?ordering=helpful")["results"]] == [low.pk, high.pk]
        assert [row["id"] for row in shown(mug, "?ordering=rating")["results"]] == [high.pk, low.pk]
        only = shown(mug, "?rating=2")
        assert (only["count"], [row["id"] for row in only["results"]], only["rating"]) == (1, [low.pk], "3.5")
        first = shown(mug, "?page_size=1")
        assert first["count"] == 2 and "page=2" in first["next"]
        with django_assert_num_queries(2):  # the stars; the page with its pictures
            shown(mug)
        for bad in ("rating=6", "rating=x", "ordering=price", "page_size=101", "page=x"):
            assert client_of().get(f"{of(mug)}?{bad}").status_code == 400, bad
        assert client_of().get(f"{of(mug)}?page=2").status_code == 404
        assert client_of().get("/api/product/999999/reviews/").status_code == 404

    def test_it_can_be_asked_whether_it_changed(self, mug):
        make_review(mug)
        first = client_of().get(of(mug))
        assert client_of().get(of(mug), HTTP_IF_NONE_MATCH=first["ETag"]).status_code == 304

    def test_own_ones_and_nobody_elses(self, mug):
        asha = make_buyer(mug)
        mine, other = make_review(mug, user=asha, status="rejected"), make_review(mug)
        own = client_of(asha).get("/api/review/?mine=true").json()["results"]
        assert [(row["id"], row["status"], row["reason"]) for row in own] == [(mine.pk, "rejected", "No.")]
        assert client_of(asha).get("/api/review/").status_code == 403
        assert client_of().get("/api/review/?mine=true").status_code == 401
        assert client_of(asha).get(f"/api/review/{other.pk}/").status_code == 404
        assert client_of(asha).get(f"/api/review/{mine.pk}/").json()["id"] == mine.pk

    def test_the_desk_asks_little_however_much_there_is(self, mug, django_assert_max_num_queries):
        for _ in range(4):
            make_review(mug, status="pending")
        maya = client_of(make_user("maya", role="merchandiser"))
        with django_assert_max_num_queries(2):
            assert len(maya.get("/api/review/?status=pending").json()["results"]) == 4
        assert maya.get(f"/api/review/?product={mug.pk + 1}").json()["count"] == 0
        assert maya.get("/api/review/?status=lost").status_code == 400


class TestChanging:
    def test_its_author_changes_it_and_it_is_read_again(self, mug):
        asha = make_buyer(mug)
        review = make_review(mug, user=asha, rating=5)
        answer = client_of(asha).patch(f"/api/review/{review.pk}/", {"rating": 3})
        assert (answer.status_code, answer.json()["status"], answer.json()["version"]) == (200, "pending", 2)
        assert answer.json()["title"] == "Good"
        assert shown(mug)["count"] == 0

    def test_what_changes_nothing_has_no_effect(self, mug):
        asha = make_buyer(mug)
        review = make_review(mug, user=asha, rating=5)
        assert client_of(asha).patch(f"/api/review/{review.pk}/", {"rating": 5}).json()["status"] == "approved"

    def test_nobody_writes_what_is_not_theirs(self, mug):
        asha = make_buyer(mug)
        review = make_review(mug, user=asha, status="pending")
        maya = client_of(make_user("maya", role="merchandiser"))
        for client, body, status in (
            (client_of(asha), {"status": "approved"}, 403), (client_of(asha), {"answer": "Me"}, 403),
            (client_of(asha), {"rating": 1, "status": "approved"}, 403), (maya, {"body": "Best shop"}, 403),
            (client_of(make_user()), {"rating": 1}, 404), (client_of(make_user("sam", role="support")), {"status": "approved"}, 404),
            (client_of(), {"status": "approved"}, 401), (maya, {"status": "pending"}, 400),
        ):  # fmt: skip
            assert client.patch(f"/api/review/{review.pk}/", body).status_code == status, body
        review.refresh_from_db()
        assert (review.status, review.rating, review.body, review.answer) == ("pending", 5, "It keeps chai hot.", "")

    def test_rejected_with_a_reason_then_approved_after_all(self, mug):
        review = make_review(mug, status="pending")
        maya = client_of(make_user("maya", role="merchandiser"))
        told = {"status": "rejected", "reason": "It names the courier."}
        for _ in range(2):  # the second time: no effect
            assert maya.patch(f"/api/review/{review.pk}/", told).json()["reason"] == told["reason"]
        answer = maya.patch(f"/api/review/{review.pk}/", {"status": "approved"}).json()
        assert (answer["status"], answer["reason"]) == ("approved", "")

    def test_nobody_approves_what_they_have_not_read(self, mug):
        asha = make_buyer(mug)
        review = make_review(mug, user=asha, status="pending")
        client_of(asha).patch(f"/api/review/{review.pk}/", {"body": "Call this number."})
        maya = client_of(make_user("maya", role="merchandiser"))
        late = maya.patch(f"/api/review/{review.pk}/", {"status": "approved", "version": 1})
        assert (late.status_code, late.json()["code"]) == (409, "review_changed")
        assert maya.patch(f"/api/review/{review.pk}/", {"status": "approved", "version": 2}).status_code == 200

    def test_an_answer_stands_below_it_until_it_is_taken_away(self, mug):
        review = make_review(mug)
        maya = client_of(make_user("maya", role="merchandiser"))
        maya.patch(f"/api/review/{review.pk}/", {"answer": "Thank you!"})
        assert shown(mug)["results"][0]["answer"]["body"] == "Thank you!"
        maya.patch(f"/api/review/{review.pk}/", {"answer": ""})
        assert shown(mug)["results"][0]["answer"] is None

    def test_its_author_takes_it_back_and_may_write_another(self, mug):
        asha = make_buyer(mug)
        review = make_review(mug, user=asha)
        assert client_of(make_user()).delete(f"/api/review/{review.pk}/").status_code == 404
        assert client_of(asha).delete(f"/api/review/{review.pk}/").status_code == 204
        assert client_of(asha).delete(f"/api/review/{review.pk}/").status_code == 404
        assert client_of(asha).post(of(mug), WORDS).status_code == 201


class TestHelpful:
    def test_each_person_counts_once_and_can_take_it_back(self, mug):
        review = make_review(mug)
        url, ravi = f"/api/review/{review.pk}/helpful/", client_of(make_user())
        assert [ravi.post(url).json()["helpful_count"] for _ in range(2)] == [1, 1]
        assert client_of(make_user()).post(url).json() == {"helpful_count": 2, "voted": True}
        assert [ravi.delete(url).json()["helpful_count"] for _ in range(2)] == [1, 1]

    def test_not_ones_own_nor_what_is_not_shown(self, mug):
        asha = make_buyer(mug)
        review, waiting = make_review(mug, user=asha), make_review(mug, status="pending")
        own = client_of(asha).post(f"/api/review/{review.pk}/helpful/")
        assert (own.status_code, own.json()["code"]) == (403, "own_review")
        assert client_of(asha).post(f"/api/review/{waiting.pk}/helpful/").status_code == 404
        assert client_of().post(f"/api/review/{review.pk}/helpful/").status_code == 401
        assert set(Review.objects.values_list("helpful_count", flat=True)) == {0}


def test_a_returned_or_undelivered_order(mug):
    """What was sent back was looked at; what is on the road was not."""
    from django.utils import timezone

    from catalog.reviews.services.may_review import may_review
    from checkout.order.models import Order
    from tests.factories.orders import make_shipped_order

    waits = make_user(is_verified=True)
    make_shipped_order(variant=mug.variants.get(), user=waits)
    with pytest.raises(NotBought):
        may_review(user=waits, product_id=mug.pk)
    back = make_buyer(mug)
    Order.objects.filter(user=back).update(fulfillment_status="returned")
    assert may_review(user=back, product_id=mug.pk).delivered_at <= timezone.now()
    settle()
