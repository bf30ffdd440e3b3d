"""The combined reconciliation: what was captured and refunded, net of fees, two days later."""

from datetime import UTC, datetime

import pytest
from razorpay.errors import BadRequestError


def report(gateway, at: int) -> list[dict]:
    day = datetime.fromtimestamp(at, UTC)
    return gateway.client.settlement.report({"year": day.year, "month": day.month, "day": day.day})["items"]


def test_rows_appear_on_their_day_with_fee_and_tax(gateway):
    payment_id = gateway.paid(10_000)
    gateway.client.payment.refund(payment_id, {"amount": 3_000})
    now = gateway.control("POST", "clock", {"advance": 0})["now"]
    assert report(gateway, now + 2 * 86_400) == []
    gateway.advance(2 * 86_400)
    rows = {row["type"]: row for row in report(gateway, now + 2 * 86_400)}
    paid, back = rows["payment"], rows["refund"]
    assert (paid["credit"] + paid["fee"], paid["debit"], paid["tax"] > 0) == (10_000, 0, True)
    assert (back["debit"], back["credit"], back["payment_id"]) == (3_000, 0, payment_id)
    assert paid["settlement_id"].startswith("setl_")
    with pytest.raises(BadRequestError):
        gateway.client.settlement.report({"year": 2026})
