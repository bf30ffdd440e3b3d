"""Stock in the admin: what the list shows and costs, how it is moved, what is refused."""

from __future__ import annotations

import csv
import io

import pytest
from django.contrib.messages import get_messages
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from wagtail.models import ModelLogEntry

from catalog.inventory.models import OrderLimits, Reservation, StockItem, StockMovement
from catalog.inventory.services.reserve import Wanted, reserve
from shop.core.outbox.models import OutboxEvent
from tests.factories import catalog as made
from tests.factories.staff import browser_of
from tests.factories.variants import item_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def maya(db):
    return browser_of("merchandiser")


@pytest.fixture
def mug(db):
    """Ten chai mugs."""
    return made.make_product("Chai mug", stock=10, sku="MUG-1", options=[{"color": "Indigo"}], refreshed=False)


def url(name: str, *args) -> str:
    return reverse(f"wagtailsnippets_inventory_stockitem:{name}", args=args)


def item(core) -> StockItem:
    return item_of(core.variants.get())


def said(response) -> str:
    return " ".join(str(message) for message in get_messages(response.wsgi_request))


def everything() -> list:
    models = (StockItem, StockMovement, Reservation, OutboxEvent)
    return [list(model.objects.order_by("pk").values()) for model in models] + [ModelLogEntry.objects.count()]


def hold(core, quantity: int, reference: str = "order:7") -> None:
    wanted = [Wanted(core.variants.get().pk, quantity)]
    reserve(lines=wanted, reference=reference, expires_at=None, at=timezone.now())


def post(client, core, act: str, **fields):
    data = {f"{act}-{name}": value for name, value in fields.items()} | {"act": act}
    return client.post(url("inspect", item(core).pk), data)


def skus(response) -> list[str]:
    assert response.status_code == 200
    return [row.variant.sku for row in response.context["object_list"]]


def test_the_list_names_counts_and_marks(maya, mug):
    hold(mug, 7)
    page = maya.get(url("list")).content.decode()
    for text in ("MUG-1", "Chai mug", "Indigo", "Low", url("inspect", item(mug).pk)):
        assert text in page, text
    assert url("edit", item(mug).pk) not in page


def test_it_filters_and_finds(maya, mug):
    shelf = made.make_category("Lamps")
    brand = made.make_brand("Kumhar")
    made.make_product("Brass lamp", stock=2, sku="LAMP-2", categories=[shelf], refreshed=False)
    made.make_product("Bowl", stock=0, sku="BOWL-0", brand=brand, refreshed=False)
    old = made.make_product("Old vase", stock=1, sku="VASE-1", refreshed=False).variants.get()
    old.active = False
    old.save()
    for query, found in {
        "state=low": ["LAMP-2"], "state=out": ["BOWL-0"], "state=plenty": ["MUG-1"],
        f"brand={brand.pk}": ["BOWL-0"], f"category={shelf.pk}": ["LAMP-2"], "q=mug-": ["MUG-1"],
        "q=brass": ["LAMP-2"], "retired=true": ["VASE-1"], "state=odd": ["BOWL-0", "LAMP-2", "MUG-1", "VASE-1"],
        "q=nothing": [], "ordering=-left&retired=false": ["MUG-1", "LAMP-2", "BOWL-0"],
    }.items():  # fmt: skip
        assert skus(maya.get(f"{url('list')}?{query}")) == found, query
        assert maya.get(f"{url('list_results')}?{query}").status_code == 200


def count(client, address: str) -> int:
    with CaptureQueriesContext(connection) as queries:
        assert client.get(address).status_code == 200
    return len(queries)


def test_the_list_asks_nothing_per_row(maya, mug):
    picture = made.make_image()

    def fill(number: int) -> None:
        for _ in range(number):
            made.make_product(images=[picture], refreshed=False)

    fill(2)
    maya.get(url("list"))
    few = count(maya, url("list"))
    fill(20)
    assert count(maya, url("list")) == few <= 19  # four of them fill the filters, one names the options


def test_options_are_told_by_their_names(maya):
    made.make_attribute("size", {"l-42-cm": "L, 42 cm"}, is_option=True)
    core = made.make_product("Basket", options=[{"size": "l-42-cm"}, {"size": "odd"}], refreshed=False)
    page = maya.get(url("list")).content.decode()
    assert "L, 42 cm<" in page and "l-42-cm" not in page and "odd<" in page
    first = item_of(core.variants.get(position=0))
    assert "L, 42 cm" in maya.get(url("inspect", first.pk)).content.decode()
    export = b"".join(maya.get(url("list"), {"export": "csv"}).streaming_content).decode()
    assert "L, 42 cm" in export and "l-42-cm" not in export


def test_it_goes_out_as_a_file(maya, mug):
    made.make_product("=cmd()", stock=1, sku="-2+3", refreshed=False)
    rows = list(
        csv.DictReader(io.StringIO(b"".join(maya.get(url("list"), {"export": "csv"}).streaming_content).decode()))
    )
    assert [(row["SKU"], row["Product"], row["For sale"]) for row in rows] == [
        ("'-2+3", "'=cmd()", "1"), ("MUG-1", "Chai mug", "10"),
    ]  # fmt: skip


def test_pieces_come_in(maya, mug):
    response = post(maya, mug, "receive", quantity=5, reason="Delivery 88")
    assert response.status_code == 302 and "15 are for sale" in said(response)
    movement = item(mug).movements.latest("pk")
    assert (movement.delta, movement.kind, movement.reason, movement.actor) == (
        5, "receive", "Delivery 88", "merchandiser_person",
    )  # fmt: skip
    page = maya.get(url("inspect", item(mug).pk)).content.decode()
    assert "+5" in page and "Delivery 88" in page
    history = maya.get(url("history", item(mug).pk)).content.decode()
    assert "5 pieces came in: Delivery 88" in history


@pytest.mark.parametrize(
    ("way", "number", "left"), [("count", 4, 4), ("change", -3, 7), ("change", 2, 12), ("count", 0, 0)]
)
def test_it_is_corrected_with_a_reason(maya, mug, way, number, left):
    response = post(maya, mug, "adjust", way=way, number=number, reason="Counted")
    assert response.status_code == 302
    assert item(mug).on_hand == left and item(mug).movements.latest("pk").reason == "Counted"


def test_the_threshold_is_set(maya, mug):
    assert post(maya, mug, "threshold", threshold=12).status_code == 302
    assert item(mug).low_stock_threshold == 12 and OutboxEvent.objects.filter(name="stock.low").exists()


@pytest.mark.parametrize(
    ("act", "fields", "error"),
    [
        ("receive", {"quantity": 0}, "quantity"),
        ("receive", {"quantity": -5}, "quantity"),
        ("receive", {"quantity": 10**10}, "quantity"),
        ("adjust", {"way": "count", "number": 4, "reason": ""}, "reason"),
        ("adjust", {"way": "count", "number": -1, "reason": "x"}, "number"),
        ("adjust", {"way": "change", "number": -11, "reason": "x"}, "number"),
        ("adjust", {"way": "count", "number": 5, "reason": "x"}, "__all__"),  # six are reserved
        ("adjust", {"way": "sideways", "number": 5, "reason": "x"}, "way"),
        ("threshold", {"threshold": -1}, "threshold"),
    ],
)
def test_what_is_refused_is_a_form_error_and_changes_nothing(maya, mug, act, fields, error):
    hold(mug, 6)
    before = everything()
    response = post(maya, mug, act, **fields)
    assert response.status_code == 200
    form = next(form for form in response.context["forms"] if form.act == act)
    assert error in form.errors
    assert everything() == before


def test_an_unknown_act_is_refused(maya, mug):
    before = everything()
    assert post(maya, mug, "steal", number=1).status_code == 400
    assert everything() == before


def test_the_screen_names_the_order_that_holds_pieces(maya, mug):
    hold(mug, 2, "order:7")
    page = maya.get(url("inspect", item(mug).pk)).content.decode()
    assert "OS-24007" in page and reverse("wagtailsnippets_order_order:inspect", args=[7]) in page


def test_movements_are_paged(maya, mug):
    for number in range(30):
        post(maya, mug, "receive", quantity=1, reason=f"n{number}.")
    first = maya.get(url("inspect", item(mug).pk)).content.decode()
    second = maya.get(url("inspect", item(mug).pk) + "?p=2").content.decode()
    assert "n29." in first and "n0." not in first and "n0." in second


def test_nobody_types_over_a_number(mug):
    admin = browser_of("admin")
    before = everything()
    for name, args in (("add", ()), ("edit", (item(mug).pk,)), ("delete", (item(mug).pk,))):
        assert admin.post(url(name, *args), {"on_hand": 99, "low_stock_threshold": 1}).status_code == 302
    assert everything() == before


def test_the_most_in_an_order_is_set_here_and_for_the_whole_shop(maya, mug):
    assert post(maya, mug, "limit", max_per_order="1000").status_code == 200
    assert item(mug).max_per_order is None
    assert "An order may hold 3 of MUG-1." in said(post(maya, mug, "limit", max_per_order="3"))
    assert item(mug).max_per_order == 3
    assert "At most 3 in an order" in maya.get(url("history", item(mug).pk)).content.decode()
    assert "no limit of its own" in said(post(maya, mug, "limit", max_per_order=""))
    assert item(mug).max_per_order is None
    screen = reverse("wagtailsettings:edit", args=["inventory", "orderlimits"])
    address = maya.get(screen, follow=True).redirect_chain[-1][0]
    assert maya.post(address, {"max_per_order": "0"}).status_code == 200
    assert not OrderLimits.objects.exclude(max_per_order=999).exists()
    assert maya.post(address, {"max_per_order": "20"}).status_code == 302
    assert OrderLimits.objects.get().max_per_order == 20
    assert browser_of("support").get(address).status_code == 302
