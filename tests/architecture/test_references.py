"""No foreign key points upwards, not even one that is given as text."""

from __future__ import annotations

from django.apps import apps
from django.db import models
from django.test.utils import isolate_apps

from tests.architecture.tree import contract

ROWS = {
    wing: [[part.strip("() ") for part in row.replace("|", ":").split(":")] for row in contract(name)["layers"]]
    for wing, name in {
        "": "The house stands on its kernel",
        "catalog": "The catalog: doors above rooms",
        "checkout": "The checkout: doors above rooms",
    }.items()
}


def height(app: str) -> tuple[int, int]:
    """How high an app stands: in the house, then in its wing. Libraries stand below everything."""
    in_house = _row(ROWS[""], app)
    wing, _, room = app.partition(".")
    return in_house, _row(ROWS[wing], room) if wing in ROWS and room else 0


def _row(rows: list[list[str]], app: str) -> int:
    for index, row in enumerate(rows):
        if any(app == part or app.startswith(f"{part}.") for part in row):
            return len(rows) - index
    return 0


def points_up(source: str, target: str) -> bool:
    """Upwards, or sideways to another app of the same row."""
    ours = height(source) > (0, 0) and height(target) > (0, 0)
    return ours and source != target and height(target) >= height(source)


def references_upwards(all_models) -> list[str]:
    found = []
    for model in all_models:
        for field in model._meta.get_fields(include_hidden=True):
            if not (field.is_relation and field.concrete and isinstance(field.related_model, type)):
                continue
            source, target = _app(model), _app(field.related_model)
            if points_up(source, target):
                found.append(f"{source}: {model.__name__}.{field.name} → {target}")
    return found


def _app(model: type[models.Model]) -> str:
    return apps.get_app_config(model._meta.app_label).name


def test_no_model_points_upwards():
    assert references_upwards(apps.get_models(include_auto_created=True)) == []


@isolate_apps("shop.accounts", "checkout.order")
def test_a_planted_reference_is_caught():
    class Order(models.Model):  # noqa: DJ008
        class Meta:
            app_label = "order"

    class Loyalty(models.Model):  # noqa: DJ008
        last_order = models.ForeignKey("order.Order", models.CASCADE)

        class Meta:
            app_label = "accounts"

    assert references_upwards([Order, Loyalty]) == ["shop.accounts: Loyalty.last_order → checkout.order"]


def test_the_order_of_apps_is_the_one_of_the_contracts():
    assert points_up("checkout.payment", "checkout.order")
    assert points_up("catalog.product", "checkout.cart")
    assert points_up("shop.core.outbox", "shop.accounts")
    assert points_up("catalog.inventory", "catalog.pricing")
    assert not points_up("checkout.order", "checkout.payment")
    assert not points_up("checkout.cart", "catalog.product")
    assert not points_up("catalog.product", "wagtail.images")
