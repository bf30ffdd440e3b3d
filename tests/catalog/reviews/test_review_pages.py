"""Reviews on rendered pages: the same for everybody on the product, private in the account; all of it without script."""

from __future__ import annotations

import json
import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from catalog.reviews.models import Review
from tests.factories.catalog import make_product
from tests.factories.people import make_user
from tests.factories.reviews import make_buyer, make_review, picture_bytes, settle

pytestmark = pytest.mark.django_db
TYPED = {"rating": "4", "title": "Keeps chai hot", "body": "Three fingers fit.\n\n<script>alert(1)</script>"}


@pytest.fixture
def mug(db):
    return make_product("Chai mug", slug="chai-mug", stock=100)


def browser(user=None) -> Client:
    client = Client()
    if user is not None:
        client.force_login(user)
    return client


def text(answer) -> str:
    return answer.content.decode()


class TestProductPage:
    def test_without_reviews_it_asks_for_the_first(self, mug, client):
        page = text(client.get("/product/chai-mug/"))
        assert "Nobody has said anything yet." in page
        assert f"/account/reviews/write/{mug.pk}/" in page
        assert "aggregateRating" not in page

    def test_what_is_shown_and_what_machines_read(self, mug, client):
        make_review(mug, rating=4, body="<b>Lovely</b>")
        make_review(mug, rating=1, status="pending", body="Hidden words")
        settle()
        page = text(client.get("/product/chai-mug/"))
        assert "&lt;b&gt;Lovely&lt;/b&gt;" in page and "<b>Lovely" not in page
        assert "Hidden words" not in page and "out of 5, from one person" in page
        graph = json.loads(re.search(r'ld\+json">(.*?)</script>', page, re.S)[1])["@graph"]
        product = next(thing for thing in graph if thing["@type"] == "Product")
        assert product["aggregateRating"] | {"ratingValue": "4.0", "reviewCount": 1} == product["aggregateRating"]
        assert product["review"][0]["reviewBody"] == "<b>Lovely</b>"

    def test_a_kept_page_follows_a_decision_and_costs_no_query(
        self, mug, client, django_assert_num_queries, django_capture_on_commit_callbacks
    ):
        client.get("/product/chai-mug/")
        with django_capture_on_commit_callbacks(execute=True):
            make_review(mug, body="Fresh words")
        assert "Fresh words" in text(client.get("/product/chai-mug/"))
        with django_assert_num_queries(0):
            assert "Fresh words" in text(client.get("/product/chai-mug/"))

    def test_reviews_cost_a_cold_page_three_queries(self, mug, client, django_assert_max_num_queries):
        for _ in range(5):
            make_review(mug)
        settle()
        client.get("/product/chai-mug/")
        client.cookies["messages"] = "so that the page is not kept"
        with django_assert_max_num_queries(8):
            client.get("/product/chai-mug/")


class TestList:
    def test_pages_stars_and_order(self, mug, client):
        for number in range(12):
            make_review(mug, rating=5 if number else 2, title=f"Title {number}.")
        settle()
        first = text(client.get("/product/chai-mug/reviews/"))
        assert "Title 11." in first and "Title 1." not in first and "?page=2" in first
        assert "Title 0." in text(client.get("/product/chai-mug/reviews/?page=2"))
        only = text(client.get("/product/chai-mug/reviews/?rating=2"))
        assert "Title 0." in only and "Title 11." not in only
        assert client.get("/product/chai-mug/reviews/?rating=9").status_code == 302
        assert client.get("/product/no-mug/reviews/").status_code == 404
        assert 'content="noindex"' in only and 'content="noindex"' not in first

    def test_the_button_works_with_and_without_script(self, mug):
        review = make_review(mug)
        url = f"/reviews/{review.pk}/helpful/"
        out = browser().post(url)
        assert (out.status_code, out.url) == (
            302,
            f"/account/login/?next=%2Fproduct%2Fchai-mug%2Freviews%2F%23review-{review.pk}",
        )
        ravi = browser(make_user())
        assert "Thank you" in text(ravi.post(url))
        part = text(ravi.post(url, HTTP_HX_REQUEST="true"))
        assert part.startswith("\n<form") or part.startswith("<form")
        assert "Helped 1 person." in part and "Take it back" in part
        assert "Taken back." in text(ravi.post(url, {"back": "1"}, HTTP_HX_REQUEST="true"))
        assert Review.objects.get().helpful_count == 0
        asked = text(browser().post(url, HTTP_HX_REQUEST="true"))
        assert "Sign in first" in asked and "next=%2Fproduct%2Fchai-mug" in asked

    def test_other_sites_press_no_button(self, mug):
        review = make_review(mug)
        answer = browser(make_user()).post(f"/reviews/{review.pk}/helpful/", HTTP_ORIGIN="https://elsewhere.example")
        assert answer.status_code == 403
        assert Review.objects.get().helpful_count == 0


class TestAccount:
    def test_from_waiting_to_written_to_changed_to_gone(self, mug):
        asha = make_buyer(mug, "asha", name="Asha Menon")
        client = browser(asha)
        assert "Waiting for you" in text(client.get("/account/reviews/"))
        write = f"/account/reviews/write/{mug.pk}/"
        assert text(client.get(write)).count('type="radio"') == 5
        file = SimpleUploadedFile("mug.jpg", picture_bytes(), "image/jpeg")
        assert client.post(write, TYPED | {"file": [file]}).url == "/account/reviews/"
        review = Review.objects.get()
        assert (review.status, review.rating, review.author, review.pictures.count()) == ("pending", 4, "Asha M.", 1)
        page = text(client.get("/account/reviews/"))
        assert "Waits to be read" in page and "Waiting for you" not in page and "<script>alert" not in page
        assert client.get(write).url == f"/account/reviews/{review.pk}/"
        assert client.post(f"/account/reviews/{review.pk}/", TYPED | {"rating": "2"}).status_code == 302
        review.refresh_from_db()
        assert (review.rating, review.version) == (2, 2)
        picture = review.pictures.get()
        client.post(f"/account/reviews/{review.pk}/pictures/{picture.pk}/remove/")
        assert not review.pictures.exists()
        client.post(f"/account/reviews/{review.pk}/withdraw/")
        assert not Review.objects.exists()

    def test_what_to_do_when_one_may_not(self, mug):
        write = f"/account/reviews/write/{mug.pk}/"
        assert browser().get(write).url == f"/account/login/?next={write}"
        stranger = browser(make_user(is_verified=True)).get(write)
        assert (stranger.status_code, "once it was delivered" in text(stranger)) == (403, True)
        unverified = browser(make_buyer(mug, is_verified=False)).get(write)
        assert (unverified.status_code, "Send the link again" in text(unverified)) == (403, True)
        assert browser(make_user()).get("/account/reviews/write/999999/").status_code == 404
        browser(make_user(is_verified=True)).post(write, TYPED)
        assert not Review.objects.exists()

    def test_the_form_says_what_is_wrong_and_keeps_what_was_typed(self, mug):
        client = browser(make_buyer(mug))
        write = f"/account/reviews/write/{mug.pk}/"
        bad = client.post(write, TYPED | {"rating": ""})
        assert bad.status_code == 200 and "Three fingers fit." in text(bad)
        film = SimpleUploadedFile("film.jpg", b"no picture", "image/jpeg")
        assert "JPEG, PNG or WebP" in text(client.post(write, TYPED | {"file": [film]}))
        many = [SimpleUploadedFile(f"{n}.jpg", picture_bytes(width=200, height=200)) for n in range(5)]
        assert "Four pictures at most." in text(client.post(write, TYPED | {"file": many}))
        assert not Review.objects.exists()

    def test_another_persons_review_is_not_there(self, mug):
        review = make_review(mug)
        client = browser(make_buyer(mug))
        for url in (f"/account/reviews/{review.pk}/", f"/account/reviews/{review.pk}/withdraw/",
                    f"/account/reviews/{review.pk}/pictures/1/remove/"):  # fmt: skip
            assert client.post(url, TYPED).status_code == 404
        assert Review.objects.get().body == review.body

    def test_a_rejected_one_says_why(self, mug):
        asha = make_buyer(mug)
        make_review(mug, user=asha, status="rejected")
        page = text(browser(asha).get("/account/reviews/"))
        assert "No. Change it, and we read it again." in page

    def test_the_page_asks_little_however_much_there_is(self, mug, django_assert_max_num_queries):
        asha = make_buyer(mug)
        for number in range(4):
            product = make_product(f"p{number}")
            make_buyer_again(asha, product)
            if number % 2:
                make_review(product, user=asha)
        client = browser(asha)
        client.get("/account/reviews/")
        with django_assert_max_num_queries(14):
            client.get("/account/reviews/")


def make_buyer_again(user, product) -> None:
    from tests.factories.orders import make_delivered_order

    make_delivered_order(variant=product.variants.get(), user=user)
