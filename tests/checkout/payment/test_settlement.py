"""Settlement files: matched with our books, into the ledger once, and what differs is told by line."""

from __future__ import annotations

import csv
import io
import json
from datetime import UTC, datetime

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from checkout.payment.models import LedgerEntry, Payment, SettlementDifference
from checkout.payment.providers.razorpay.client import call
from checkout.payment.providers.razorpay.settlement import read_settlement
from checkout.payment.selectors import balance_of, open_differences
from checkout.payment.services.import_settlement import import_settlement
from checkout.payment.services.refund_payment import refund_payment
from checkout.payment.settlement import SettlementLine, UnreadableLine

pytestmark = pytest.mark.usefixtures("razorpay")  # the files are Razorpay's

K = LedgerEntry.Kind


@pytest.fixture
def payment(purchase) -> Payment:
    return purchase.paid()


def settled(razorpay) -> list[dict]:
    """The gateway's own rows, three days on."""
    razorpay.advance(3 * 86_400)
    now = razorpay.control("POST", "clock", {"advance": 0})["now"]
    months = {(at.year, at.month) for at in (datetime.fromtimestamp(now - days * 86_400, UTC) for days in range(4))}
    rows = []
    for year, month in sorted(months):
        rows += call(lambda api, y=year, m=month: api.settlement.report({"year": y, "month": m, "count": 100}))["items"]
    return rows


def load(rows: list[dict], **facts):
    lines = list(read_settlement(json.dumps({"items": rows}), in_minor_units=True))
    assert all(isinstance(line, SettlementLine) for line in lines)
    return import_settlement(provider="razorpay", lines=lines, at=timezone.now())


def test_what_the_gateway_settles_is_in_the_ledger_and_nothing_is_left(payment, razorpay, purchase):
    refund_payment(payment_id=payment.pk, amount=10_000, reason="", by="sam")
    opened = razorpay.control("POST", f"payments/{payment.provider_payment_id}/dispute", {"amount": 5_000})
    razorpay.control("POST", f"disputes/{opened['id']}/transition", {"status": "lost"})
    purchase.hear()
    assert balance_of(payment).held == 129_900 - 10_000 - 5_000 - balance_of(payment).fee
    rows = settled(razorpay)
    assert sorted(row["type"] for row in rows) == ["adjustment", "payment", "refund"]
    report = load(rows)
    assert (report.booked, report.known, report.differences) == (3, 0, [])
    assert balance_of(payment).held == 0
    assert balance_of(payment).settled == sum(row["credit"] - row["debit"] for row in rows)


def test_the_same_file_again_changes_nothing(payment, razorpay):
    rows = settled(razorpay)
    load(rows)
    before = list(LedgerEntry.objects.values())
    report = load(rows + rows)
    assert (report.booked, report.known, report.differences) == (0, 2, [])
    assert list(LedgerEntry.objects.values()) == before


def row(payment: Payment, **facts) -> dict:
    fee = balance_of(payment).fee
    return {
        "entity_id": payment.provider_payment_id, "type": "payment", "debit": 0, "credit": 129_900 - fee, "fee": fee,
        "tax": 0, "currency": "INR", "settlement_id": "setl_1", "settlement_utr": "utr",
    } | facts  # fmt: skip


def test_a_fee_that_nobody_told_is_taken_from_the_file(payment):
    fee = balance_of(payment).fee
    another = Payment.objects.create(
        reference="test:2", provider="razorpay", amount=129_900, currency="INR", status="paid",
        captured_amount=129_900, provider_payment_id="pay_Another",
    )  # fmt: skip
    report = load([row(payment, entity_id="pay_Another")])
    assert report.differences == []
    assert balance_of(another).fee == fee


@pytest.mark.parametrize(
    ("facts", "told"),
    [
        ({"credit": 100_000}, "amount ₹1,030.65 settled, ours ₹1,299.00"),
        ({"credit": 129_900 - 4_000, "fee": 4_000}, "fee ₹40.00 settled, ours ₹30.65"),
        ({"entity_id": "pay_Nobody"}, "not a payment of ours"),
        ({"entity_id": "rfnd_Nobody", "type": "refund"}, "not a refund of ours"),
        ({"entity_id": "adj_1", "type": "adjustment"}, "belongs to no dispute that we know"),
        ({"type": "settlement.ondemand"}, "settlement.ondemand is no kind that we know"),
        ({"currency": "USD"}, "settled in USD, ours is in INR"),
    ],
)
def test_what_differs_is_told_and_kept_once(payment, facts, told):
    for _ in range(2):
        report = load([row(payment), row(payment) | {"settlement_id": "setl_2"} | facts][1:])
        assert [problem for _line, _entity, problem in report.differences] == [told]
    assert [(d.problem, d.line, d.settlement_id) for d in open_differences()] == [(told, 1, "setl_2")]


def test_what_was_settled_is_booked_as_it_was_settled(payment):
    load([row(payment, credit=100_000)])
    assert balance_of(payment).settled == 100_000
    assert balance_of(payment).held == 129_900 - balance_of(payment).fee - 100_000


def test_one_payment_is_not_settled_twice(payment):
    load([row(payment)])
    report = load([row(payment, settlement_id="setl_2")])
    assert [problem for _line, _entity, problem in report.differences] == ["settled before, in setl_1"]
    assert payment.ledger.filter(kind=K.SETTLED).count() == 1


def test_a_difference_goes_when_the_line_fits_later(payment):
    line = row(payment, entity_id="pay_Late")
    load([line])
    assert open_differences().count() == 1
    Payment.objects.create(
        reference="test:2", provider="razorpay", amount=129_900, currency="INR", status="paid",
        captured_amount=129_900, provider_payment_id="pay_Late",
    )  # fmt: skip
    assert load([line]).differences == []
    assert not open_differences().exists()
    assert SettlementDifference.objects.count() == 1


# --- the file --------------------------------------------------------------------------------------------------------


def as_csv(rows: list[dict]) -> str:
    out = io.StringIO()
    writer = csv.DictWriter(out, list(rows[0]))
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue()


def run(tmp_path, text: str, **options) -> str:
    file, out = tmp_path / "settlement", io.StringIO()
    file.write_text(text, encoding="utf-8")
    call_command("import_settlement", file, stdout=out, stderr=out, **options)
    return out.getvalue()


def test_the_command_reads_json_and_csv(payment, tmp_path):
    rows = [row(payment), row(payment, entity_id="pay_Nobody")]
    told = run(tmp_path, json.dumps(rows))
    assert "line 2: pay_Nobody: not a payment of ours" in told
    assert "1 booked, 0 known before, 1 differences." in told
    assert "0 booked, 1 known before, 1 differences." in run(tmp_path, "\ufeff" + as_csv(rows))


def test_rupees_are_read_when_it_is_said(payment, tmp_path):
    decimal = row(payment, credit="1,268.35", fee="30.65")
    assert "1 booked, 0 known before, 0 differences." in run(tmp_path, as_csv([decimal]), unit="major")
    assert balance_of(payment).held == 0


def test_rows_that_are_not_settled_yet_wait(payment, tmp_path):
    assert "0 booked, 0 known" in run(tmp_path, json.dumps([row(payment, settled=False), row(payment, settled="0")]))


@pytest.mark.parametrize(
    "facts",
    [{"credit": "1268.34"}, {"credit": -1}, {"credit": "many"}, {"entity_id": ""}, {"settlement_id": None}, {"type": ""},
     {"credit": 10**16}, {"entity_id": "x" * 61}],
)  # fmt: skip
def test_a_bad_line_is_named_and_the_others_are_read(payment, tmp_path, facts):
    with pytest.raises(CommandError, match="1 lines could not be read"):
        run(tmp_path, json.dumps([row(payment, **facts), row(payment)]))
    assert balance_of(payment).settled == 129_900 - balance_of(payment).fee


@pytest.mark.parametrize("text", ["{", "{}", '"rows"', "[1, 2]"])
def test_a_file_that_is_none_changes_nothing(payment, tmp_path, text):
    with pytest.raises(CommandError):
        run(tmp_path, text)
    assert balance_of(payment).settled == 0
    with pytest.raises(CommandError):
        call_command("import_settlement", tmp_path / "absent")


def test_each_bad_line_says_where_and_what():
    (problem,) = read_settlement(
        "entity_id,type,settlement_id,credit\npay_1,payment,setl_1,12.5\n", in_minor_units=True
    )
    assert isinstance(problem, UnreadableLine)
    assert str(problem) == "line 2: credit '12.5' is not an amount in paise; for rupees say --unit major"
