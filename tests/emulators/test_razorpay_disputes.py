"""Disputes: opened by a buyer's bank, decided by it; only a lost one moves money."""

import pytest
from razorpay.errors import BadRequestError


def dispute(gateway, payment_id: str, **data) -> dict:
    return gateway.control("POST", f"payments/{payment_id}/dispute", data)


def decide(gateway, dispute_id: str, status: str) -> dict:
    return gateway.control("POST", f"disputes/{dispute_id}/transition", {"status": status})


def test_lost_the_money_is_gone_without_a_refund(gateway):
    payment_id = gateway.paid(10_000)
    opened = dispute(gateway, payment_id, amount=4_000, reason_code="goods_not_received")
    assert (opened["status"], opened["amount_deducted"], opened["phase"]) == ("open", 0, "chargeback")
    assert gateway.ledger()["disputed"] == 0
    decide(gateway, opened["id"], "under_review")
    decide(gateway, opened["id"], "lost")
    assert gateway.client.dispute.fetch(opened["id"], {})["amount_deducted"] == 4_000
    assert gateway.client.dispute.all({})["count"] == 1
    ledger = gateway.ledger()
    assert (ledger["disputed"], ledger["refunded"], ledger["problems"]) == (4_000, 0, [])
    assert gateway.client.payment.fetch(payment_id)["status"] == "captured"


def test_won_nothing_moves_and_it_is_final(gateway):
    opened = dispute(gateway, gateway.paid(10_000))
    assert decide(gateway, opened["id"], "won")["amount_deducted"] == 0
    gateway.control("POST", f"disputes/{opened['id']}/transition", {"status": "lost"}, status=400)
    assert gateway.ledger()["disputed"] == 0


def test_a_dispute_that_is_not_there(gateway):
    with pytest.raises(BadRequestError):
        gateway.client.dispute.fetch("disp_00000000000000", {})
