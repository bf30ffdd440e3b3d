"""`manage.py import_settlement FILE`: what the gateway paid out, into the ledger; differences by line."""

from __future__ import annotations

from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from checkout.payment.providers.razorpay.settlement import read_settlement
from checkout.payment.services.import_settlement import import_settlement
from checkout.payment.settlement import SettlementLine, UnreadableLine


class Command(BaseCommand):
    help = "Read a settlement file of Razorpay (combined reconciliation, CSV or JSON). The same file again changes nothing."

    def add_arguments(self, parser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument(
            "--unit", choices=["minor", "major"], default="minor",
            help="minor: amounts are paise, as the API writes them; major: rupees with a decimal point",
        )  # fmt: skip

    def handle(self, *args, file: Path, unit: str, **options) -> None:
        lines, unreadable = _read(file, in_minor_units=unit == "minor")
        report = import_settlement(provider="razorpay", lines=lines, at=timezone.now())
        for number, entity, problem in report.differences:
            self.stdout.write(self.style.WARNING(f"line {number}: {entity}: {problem}"))
        for bad in unreadable:
            self.stderr.write(str(bad))
        self.stdout.write(
            f"{report.booked} booked, {report.known} known before, {len(report.differences)} differences."
        )
        if unreadable:
            raise CommandError(f"{len(unreadable)} lines could not be read; the others are in the ledger.")


def _read(file: Path, *, in_minor_units: bool) -> tuple[list[SettlementLine], list[UnreadableLine]]:
    try:
        rows = list(read_settlement(file.read_text(encoding="utf-8"), in_minor_units=in_minor_units))
    except (OSError, UnicodeDecodeError, UnreadableLine) as problem:
        raise CommandError(f"{file}: {problem}") from problem
    return ([row for row in rows if isinstance(row, SettlementLine)],
            [row for row in rows if isinstance(row, UnreadableLine)])  # fmt: skip
