"""Who waits for a sold-out piece is told once when it is back; the shop floor is told when one runs low."""

from __future__ import annotations

import itertools

import pytest
from django.core import mail
from django.test import Client
from django.utils import timezone

from catalog.inventory.services.receive import receive
from catalog.inventory.services.reserve import Wanted, reserve
from catalog.inventory.services.set_threshold import set_threshold
from catalog.listing.notices import BACK_IN_STOCK
from catalog.listing.services import wait_for_variant as waiting
from shop.core.tasks.runner import run_everything_due
from shop.notifications.models import Notification, StockAlert
from shop.notifications.services.tell import Happening
from shop.notifications.services.tell_waiting import tell_waiting
from tests.factories.catalog import make_product
from tests.factories.people import client_of, make_user
from tests.factories.variants import item_of
from tests.threads import at_once

_numbers = itertools.count(1)


@pytest.fixture
def mug(db):
    return make_product("Chai mug", stock=0)


def variant_of(product):
    return product.variants.get()


def url(product) -> str:
    return f"/api/product/{product.pk}/stock-alert/"


def bring_back(product, quantity: int = 5) -> None:
    receive(stock_item_id=item_of(variant_of(product)).pk, quantity=quantity, at=timezone.now())


def drain() -> list[str]:
    while run_everything_due():
        pass
    return [letter.subject for letter in mail.outbox]


class TestBackInStock:
    def test_a_guest_is_told_once_with_a_way_to_stop(self, mug):
        answer = client_of().post(url(mug), {"email": "asha@example.com"})
        assert (answer.status_code, answer.json()) == (201, {"email": "asha@example.com"})
        assert drain() == []
        bring_back(mug)
        assert drain() == ["Chai mug is back"]
        letter = mail.outbox[0]
        assert letter.to == ["asha@example.com"]
        assert f"http://127.0.0.1:8000/product/piece-{mug.pk}/?variant={variant_of(mug).pk}" in letter.body
        assert "List-Unsubscribe" in letter.extra_headers
        reserve_all(mug)
        bring_back(mug)
        assert drain() == ["Chai mug is back"]

    def test_an_account_is_told_at_its_own_address_and_on_the_bell(self, mug):
        asha = make_user("asha")
        client_of(asha).post(url(mug), {"email": "somebody@else.example"})
        bring_back(mug)
        drain()
        assert [letter.to for letter in mail.outbox] == [["asha@example.com"]]
        assert sorted(Notification.objects.values_list("channel", flat=True)) == ["email", "in_app"]

    def test_the_same_wish_twice_is_one(self, mug):
        for email in ("asha@example.com", "ASHA@example.com"):
            assert client_of().post(url(mug), {"email": email}).status_code == 201
        assert StockAlert.objects.count() == 1

    def test_the_same_wish_at_once_is_one(self, own_database):
        mug = make_product("Chai mug", stock=0)
        calls = [lambda: client_of().post(url(mug), {"email": "asha@example.com"}).status_code] * 4
        assert at_once(calls) == [201] * 4
        assert StockAlert.objects.count() == 1

    def test_several_tasks_at_once_tell_once(self, own_database):
        mug = make_product("Chai mug", stock=0)
        for number in range(3):
            client_of().post(url(mug), {"email": f"buyer{number}@example.com"})
        bring_back(mug)
        reference = f"variant:{variant_of(mug).pk}"

        def tell() -> int:
            return tell_waiting(kind=BACK_IN_STOCK, reference=reference, at=timezone.now(), describe=describe)

        def describe(_locale: str, key: str) -> Happening:
            return Happening(BACK_IN_STOCK, key, {"piece": "Chai mug"}, url="http://127.0.0.1:8000/")

        assert sum(at_once([tell] * 3)) == 3  # none is taken up by two
        assert Notification.objects.filter(kind=BACK_IN_STOCK, channel="email").count() == 3
        assert not StockAlert.objects.filter(ended_at=None).exists()

    def test_sold_out_again_before_it_is_told_they_wait_on(self, mug):
        client_of().post(url(mug), {"email": "asha@example.com"})
        bring_back(mug)
        reserve_all(mug)
        assert drain() == []
        assert StockAlert.objects.get().ended_at is None

    def test_what_comes_back_while_somebody_asks_is_told(self, mug, monkeypatch):
        real, asked = waiting.wait_for, []

        def slow(**facts):
            bring_back(mug)
            drain()
            asked.append(facts)
            return real(**facts)

        monkeypatch.setattr(waiting, "wait_for", slow)
        client_of().post(url(mug), {"email": "asha@example.com"})
        assert drain() == ["Chai mug is back"]

    def test_who_stopped_is_not_told(self, mug):
        client_of().post(url(mug), {"email": "asha@example.com"})
        bring_back(mug)
        drain()
        link = mail.outbox[0].extra_headers["List-Unsubscribe"].strip("<>").partition("8000")[2]
        reserve_all(mug)
        client_of().post(url(mug), {"email": "asha@example.com"})
        Client().post(link, {"List-Unsubscribe": "One-Click"})
        bring_back(mug)
        assert drain() == ["Chai mug is back"]

    @pytest.mark.parametrize(
        ("body", "status"), [({}, 400), ({"email": "no"}, 400), ({"email": "a@b.example", "variant_id": 999999}, 404)]
    )
    def test_refused(self, mug, body, status):
        assert client_of().post(url(mug), body).status_code == status
        assert not StockAlert.objects.exists()

    def test_what_can_be_bought_is_refused(self, db):
        answer = client_of().post(url(make_product(stock=3)), {"email": "asha@example.com"})
        assert (answer.status_code, answer.json()["code"]) == (409, "in_stock")
        assert not StockAlert.objects.exists()

    def test_several_variants_need_a_choice(self, db):
        vase = make_product(stock=0, options=({"size": "S"}, {"size": "L"}))
        assert list(client_of().post(url(vase), {"email": "a@b.example"}).json()["errors"]) == ["variant_id"]
        large = vase.variants.get(options={"size": "L"})
        assert client_of().post(url(vase), {"email": "a@b.example", "variant_id": large.pk}).status_code == 201

    def test_nobody_floods_an_address(self, mug, settings):
        settings.RATE_LIMIT_FACTOR = 0.1
        answers = [client_of().post(url(mug), {"email": "asha@example.com"}) for _ in range(3)]
        assert answers[-1].status_code == 429
        assert answers[-1]["Retry-After"]

    def test_asking_a_lot_of_queries_is_not_needed(self, mug, django_assert_max_num_queries):
        with django_assert_max_num_queries(7):
            client_of().post(url(mug), {"email": "asha@example.com"})


class TestPage:
    def test_the_form_of_a_sold_out_piece(self, mug):
        page = Client().get(f"/product/piece-{mug.pk}/").content.decode()
        assert "data-tell-me>" in page
        assert "csrfmiddlewaretoken" not in page
        answer = Client().post(f"/tell-me/{mug.pk}/", {"variant": variant_of(mug).pk, "email": "asha@example.com"})
        assert "We write to asha@example.com when it is back." in answer.content.decode()
        assert StockAlert.objects.get().reference == f"variant:{variant_of(mug).pk}"

    def test_hidden_while_there_is_some(self, db):
        assert "data-tell-me hidden>" in Client().get(f"/product/piece-{make_product().pk}/").content.decode()

    def test_in_the_language_of_the_page(self, mug):
        Client().post(f"/hi/tell-me/{mug.pk}/", {"variant": variant_of(mug).pk, "email": "asha@example.com"})
        bring_back(mug)
        assert drain() == ["Chai mug फिर उपलब्ध है"]

    @pytest.mark.parametrize("typed", [{"email": ""}, {"email": "no"}, {"email": "a@b.example", "variant": "x"}])
    def test_bad_input_changes_nothing(self, mug, typed):
        assert Client().post(f"/tell-me/{mug.pk}/", {"variant": variant_of(mug).pk} | typed).status_code == 400
        assert not StockAlert.objects.exists()

    def test_another_site_cannot_ask(self, mug):
        facts = {"variant": variant_of(mug).pk, "email": "asha@example.com"}
        answer = Client().post(f"/tell-me/{mug.pk}/", facts, headers={"origin": "https://evil.example"})
        assert answer.status_code == 403
        assert not StockAlert.objects.exists()


class TestLowStock:
    def test_the_shop_floor_hears_of_it_once(self, db):
        maya, _sam = make_user("maya", role="merchandiser"), make_user("sam", role="support")
        mug = make_product("Chai mug", stock=6)
        set_threshold(stock_item_id=item_of(variant_of(mug)).pk, threshold=5)
        drain()
        take(mug, 1)
        assert drain() == ["5 left: Chai mug"]
        take(mug, 1)
        assert drain() == ["5 left: Chai mug"]
        assert set(Notification.objects.values_list("recipient", flat=True)) == {maya.pk}


def reserve_all(product) -> None:
    take(product, item_of(variant_of(product)).available)


def take(product, quantity: int) -> None:
    lines = [Wanted(variant_of(product).pk, quantity)]
    reserve(lines=lines, reference=f"order:{next(_numbers)}", at=timezone.now())
