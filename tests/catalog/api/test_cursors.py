"""Product lists by `?cursor=`: everything once, in order, whatever is added meanwhile."""

import pytest

from catalog.listing.interface import ORDERINGS
from catalog.listing.models import Placement
from tests.factories.catalog import make_category, make_product

pytestmark = pytest.mark.django_db
LIST = "/api/product/"


def read_on(client, asked, *, between=lambda: None):
    """Names of all pages, two at a time."""
    page = client.get(LIST, {"page_size": 2, "cursor": "", **asked}).json()
    names = [card["name"] for card in page["results"]]
    while page["next"]:
        assert page["previous"] is None and len(page["results"]) == 2
        between()
        page = client.get(page["next"]).json()
        names += [card["name"] for card in page["results"]]
    return names


@pytest.fixture
def shelf():
    """Equal values and missing ones everywhere, so that only the whole key tells rows apart."""
    table = make_category("Table", slug="table", default_sort="position")
    for number in range(7):
        price = None if number in (1, 4) else 10000 * (number % 2 + 1)
        core = make_product(f"Mug {number % 4}{number}", categories=[table], price=price, days_old=50 + number % 3)
        rows = Placement.objects.filter(core=core)
        rows.update(position=number % 2, popularity=number % 3, rating=None if number % 2 else f"4.{number % 4}0")
    return table


@pytest.mark.parametrize("ordering", [*[known for known in ORDERINGS if known != "relevance"], ""])
@pytest.mark.parametrize("more", [{}, {"category": "table"}, {"q": "mug", "in_stock": "true"}], ids=str)
def test_by_cursor_comes_what_pages_say(client, shelf, ordering, more):
    if more.get("q") and not ordering:
        return  # by relevance
    asked = more | ({"ordering": ordering} if ordering else {})
    whole = [card["name"] for card in client.get(LIST, {**asked, "page_size": 100}).json()["results"]]
    assert len(whole) == len(set(whole)) > 0
    assert read_on(client, asked) == whole


def test_what_is_added_meanwhile_moves_nothing(client, shelf):
    before = [card["name"] for card in client.get(LIST, {"page_size": 100}).json()["results"]]
    added = iter(range(100))
    assert read_on(client, {}, between=lambda: make_product(f"New {next(added)}", days_old=1)) == before


def test_it_costs_no_query_more_and_facets_come_too(client, shelf, django_assert_num_queries):
    asked = {"cursor": "", "page_size": 3, "facets": "true", "ordering": "price"}
    with django_assert_num_queries(1):
        first = client.get(LIST, asked).json()
    with django_assert_num_queries(1):
        second = client.get(first["next"]).json()
    assert first["count"] == second["count"] == 7, "of the whole list"
    assert first["facets"] == second["facets"] == client.get(LIST, {"facets": "true"}).json()["facets"]
    with django_assert_num_queries(2):  # the category's own ordering is looked up
        client.get(f"{LIST}category/{shelf.pk}/", {"cursor": ""})


def test_cursors_of_other_lists_are_refused(client, shelf):
    by_price = client.get(LIST, {"cursor": "", "page_size": 2, "ordering": "price"}).json()["next"]
    cursor = by_price.split("cursor=")[1].replace("%3A", ":")
    for asked in [
        {"cursor": "cD0xMA=="}, {"cursor": "\0"}, {"cursor": cursor + "x"}, {"cursor": cursor, "ordering": "name"},
        {"cursor": cursor, "updated_since": "2026-01-01T00:00:00Z"},
        {"cursor": "", "q": "mug"}, {"cursor": "", "ordering": "relevance", "q": "mug"},
    ]:  # fmt: skip
        answer = client.get(LIST, asked)
        assert answer.status_code == 400, asked
        assert "cursor" in answer.json()["errors"], asked
