"""docs/order-lifecycle.md says what the code does."""

from __future__ import annotations

import pytest
from django.core.management import CommandError, call_command

from checkout.order import rules
from checkout.order.lifecycle import STEPS, lifecycle, who_may
from checkout.order.models import Fulfillment, Order, Return
from shop.accounts.roles import grants
from tests.factories import orders as made


def test_the_page_is_as_it_is_drawn():
    call_command("order_lifecycle")


def test_another_table_would_be_seen(monkeypatch):
    monkeypatch.setitem(rules.RETURN_TRANSITIONS, "rejected", frozenset({"approved"}))
    with pytest.raises(CommandError):
        call_command("order_lifecycle")


def test_another_right_would_be_seen(monkeypatch):
    monkeypatch.setitem(grants, "merchandiser", grants["merchandiser"] | {"order.cancel_order"})
    with pytest.raises(CommandError):
        call_command("order_lifecycle")


def test_every_status_has_its_row_in_the_tables():
    for dimension, choices in (
        ("status", Order.Status), ("payment_status", Order.PaymentStatus),
        ("fulfillment_status", Order.FulfillmentStatus),
    ):  # fmt: skip
        assert set(rules.TRANSITIONS[dimension]) == set(choices.values)
    assert set(rules.PARCEL_TRANSITIONS) == set(Fulfillment.Status.values)
    assert set(rules.RETURN_TRANSITIONS) == set(Return.Status.values)


def test_roles_of_the_page():
    by_title = {step.title: who_may(step) for step in STEPS}
    assert by_title["ship a part or all"] == ["admin", "merchandiser", "support"]
    assert by_title["cancel"] == ["buyer", "clock", "admin", "support"]
    assert "may become" in lifecycle()


def test_a_step_beside_the_table_is_an_error(db):
    for move, thing, to in (
        (rules.move_parcel, made.make_delivered_order().fulfillments.get(), "shipped"),
        (rules.move_return, made.make_return(), "refunded"),
    ):
        with pytest.raises(ValueError, match="cannot go"):
            move(thing, to)
