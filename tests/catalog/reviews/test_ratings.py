"""The rating of cards, details and shelves is what is shown of reviews: it follows them, and publishing leaves it alone."""

from __future__ import annotations

import json

import pytest
from django.core.management import call_command
from django.utils import timezone

from catalog.inventory.services.receive import receive
from catalog.listing.interface import ListQuery, catalogue
from catalog.listing.models import Card, Placement
from catalog.product.services.change_product import change_product
from catalog.product.services.create_product import create_product
from catalog.reviews.services.change_review import change_review
from catalog.reviews.services.decide_review import decide_review
from catalog.reviews.services.withdraw_review import withdraw_review
from shop.core.context import ShopContext
from tests.factories.catalog import make_category, make_product
from tests.factories.people import make_user
from tests.factories.reviews import make_review, settle
from tests.factories.variants import item_of

pytestmark = pytest.mark.django_db


def card(product) -> tuple[str | None, int]:
    found = json.loads(catalogue().detail(product.pk, ShopContext.now()))
    return found["rating"], found["review_count"]


def names(**filters) -> list[str]:
    return [row["name"] for row in json.loads(catalogue().list(ListQuery(ShopContext.now(), **filters)).results)]


def test_it_follows_every_step_of_a_review(django_capture_on_commit_callbacks):
    mug = make_product("Mug", categories=[make_category()])
    with django_capture_on_commit_callbacks(execute=True):
        four, one = make_review(mug, rating=4), make_review(mug, rating=1)
        make_review(mug, rating=1, status="pending")
    assert card(mug) == ("2.5", 2)
    assert set(Placement.objects.filter(core=mug).values_list("rating", flat=True)) == {2.5}
    with django_capture_on_commit_callbacks(execute=True):
        decide_review(review_id=one.pk, approve=False, by="maya", at=timezone.now())
    assert card(mug) == ("4.0", 1)
    with django_capture_on_commit_callbacks(execute=True):
        change_review(review_id=four.pk, user=four.user, fields={"rating": 5}, at=timezone.now())
    assert card(mug) == (None, 0)
    with django_capture_on_commit_callbacks(execute=True):
        decide_review(review_id=four.pk, approve=True, by="maya", at=timezone.now())
    assert card(mug) == ("5.0", 1)
    with django_capture_on_commit_callbacks(execute=True):
        withdraw_review(review_id=four.pk, user=four.user, at=timezone.now())
    assert card(mug) == (None, 0)
    assert set(Placement.objects.filter(core=mug).values_list("rating", flat=True)) == {None}


def test_filter_and_order_use_what_is_shown():
    good, fair, silent = (make_product(name) for name in ("Good", "Fair", "Silent"))
    for rating in (5, 5, 4):
        make_review(good, rating=rating)
    make_review(fair, rating=3)
    settle()
    assert card(good) == ("4.7", 3)
    assert names(rating_min="4.7") == ["Good"]
    assert set(names(rating_min="3")) == {"Good", "Fair"}
    assert names(ordering="rating") == ["Good", "Fair", "Silent"]
    assert card(silent) == (None, 0)


def test_publishing_leaves_it_alone_and_the_rebuild_finds_it_again():
    shelf = make_category()
    mug = create_product(fields={"title": "Mug", "price": 64900, "category_ids": [shelf.pk]})
    receive(stock_item_id=item_of(mug.variants.get()).pk, quantity=9, at=timezone.now(), reason="opening stock")
    make_review(mug, rating=4)
    settle()
    change_product(product_id=mug.pk, fields={"title": "Cup"}, by=make_user(role="merchandiser"), locale="")
    settle()
    assert (names(), card(mug)) == (["Cup"], ("4.0", 1))
    Card.objects.all().delete()
    Placement.objects.update(rating=None)
    call_command("rebuild_listing", "--from-start", verbosity=0)
    assert card(mug) == ("4.0", 1)
    assert names(rating_min="4") == ["Cup"]


def test_a_draft_shows_it_too():
    from catalog.listing.services.draft import draft_of

    mug = make_product("Mug")
    make_review(mug, rating=4)
    assert draft_of(product=mug.contents.get(), context=ShopContext.now())["rating"] == "4.0"


def test_shoppers_can_sort_by_it(client):
    good = make_product("Good")
    make_product("Silent")
    make_review(good)
    settle()
    answer = client.get("/search/?ordering=rating")
    assert [card["name"] for card in answer.context["listing"]["results"]] == ["Good", "Silent"]
    assert "Best rated" in answer.content.decode()
