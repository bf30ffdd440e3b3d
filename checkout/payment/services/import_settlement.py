from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime

from django.db import transaction

from checkout.payment.models import Dispute, LedgerEntry, Payment, Refund, SettlementDifference
from checkout.payment.selectors import open_differences
from checkout.payment.services.book import book
from checkout.payment.settlement import ADJUSTMENT, PAYMENT, REFUND, SettlementLine
from shop.core.money import format_money

K = LedgerEntry.Kind


@dataclass
class SettlementReport:
    """`booked` lines are new in the ledger, `known` ones stood there; `differences` by line."""

    booked: int = 0
    known: int = 0
    differences: list[tuple[int, str, str]] = field(default_factory=list)  # line, entity, what differs


def import_settlement(*, provider: str, lines: Iterable[SettlementLine], at: datetime) -> SettlementReport:
    """Match what a gateway settled with what we know, and write it into the ledger, each line once however often it comes.

    The ledger gets what was settled even where our books say otherwise: the difference is kept for a person to look at, and
    goes by itself when the same line fits later. Locks: the payment of each line, one after the other.
    """
    report = SettlementReport()
    for line in lines:
        with transaction.atomic():
            _take(provider, line, at, report)
    return report


def _take(provider: str, line: SettlementLine, at: datetime, report: SettlementReport) -> None:
    payment, problems = _find(provider, line)
    if payment is not None and not problems:
        payment = Payment.objects.select_for_update().get(pk=payment.pk)
        if _book(payment, line, at):
            report.booked += 1
        else:
            report.known += 1
        problems = _compare(payment, line)
    same = open_differences().filter(provider=provider, settlement_id=line.settlement_id, entity_id=line.entity_id)
    same.exclude(problem__in=problems).update(dealt_with_at=at)
    for problem in problems:
        report.differences.append((line.line, line.entity_id, problem))
        SettlementDifference.objects.get_or_create(
            provider=provider, settlement_id=line.settlement_id, entity_id=line.entity_id, problem=problem,
            defaults={"kind": line.kind[:20], "amount": line.credit - line.debit, "currency": line.currency[:3],
                      "line": line.line, "found_at": at},
        )  # fmt: skip


def _find(provider: str, line: SettlementLine) -> tuple[Payment | None, list[str]]:
    """The payment that a line is about, and what keeps it out of the ledger."""
    if line.kind not in (PAYMENT, REFUND, ADJUSTMENT):
        return None, [f"{line.kind[:20]} is no kind that we know"]
    payment = _payment_of(provider, line)
    if payment is None:
        return None, [f"not a {line.kind} of ours" if line.kind != ADJUSTMENT else "belongs to no dispute that we know"]
    if payment.currency != line.currency:
        return payment, [f"settled in {line.currency[:3]}, ours is in {payment.currency}"]
    before = payment.ledger.filter(kind=K.SETTLED, provider_reference__endswith=f":{line.entity_id}").first()
    if before is not None and before.provider_reference != _reference(line):
        return payment, [f"settled before, in {before.provider_reference.partition(':')[0]}"]
    return payment, []


def _payment_of(provider: str, line: SettlementLine) -> Payment | None:
    if line.kind == PAYMENT:
        return Payment.objects.filter(provider=provider, provider_payment_id=line.entity_id).first()
    if line.kind == REFUND:
        refunds = Refund.objects.filter(payment__provider=provider, provider_refund_id=line.entity_id)
        return Payment.objects.filter(refunds__in=refunds).first()
    disputes = Dispute.objects.filter(payment__provider=provider, provider_dispute_id=line.dispute_id or line.entity_id)
    return Payment.objects.filter(disputes__in=disputes).first()


def _book(payment: Payment, line: SettlementLine, at: datetime) -> bool:
    """Whether it is new."""
    if payment.ledger.filter(kind=K.SETTLED, provider_reference=_reference(line)).exists():
        return False
    if line.kind == PAYMENT and line.fee and not payment.ledger.filter(kind=K.FEE).exists():
        book(payment, K.FEE, -line.fee, at=at, reference=line.entity_id)
    book(payment, K.SETTLED, line.debit - line.credit, at=at, reference=_reference(line))
    return True


def _reference(line: SettlementLine) -> str:
    return f"{line.settlement_id}:{line.entity_id}"


def _compare(payment: Payment, line: SettlementLine) -> list[str]:
    if line.kind == PAYMENT:
        fee = -(payment.ledger.filter(kind=K.FEE).values_list("amount", flat=True).first() or 0)
        gross = line.credit - line.debit + line.fee
        return _unlike("amount", gross, payment.captured_amount, payment) + _unlike("fee", line.fee, fee, payment)
    if line.kind == REFUND:
        refund = Refund.objects.get(payment=payment, provider_refund_id=line.entity_id)
        ours = 0 if refund.status == Refund.Status.FAILED else refund.amount
        return _unlike("refund", line.debit - line.credit, ours, payment)
    dispute = Dispute.objects.get(payment=payment, provider_dispute_id=line.dispute_id or line.entity_id)
    return _unlike("dispute", line.debit - line.credit, dispute.deducted, payment)


def _unlike(what: str, theirs: int, ours: int, payment: Payment) -> list[str]:
    if theirs == ours:
        return []
    amounts = (format_money(amount, payment.currency, paise=True) for amount in (theirs, ours))
    return [f"{what} {' settled, ours '.join(amounts)}"]
