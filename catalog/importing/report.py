"""What an import did, as its caller and its reader want to know it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from catalog.importing.reading import ReadingFacts
from catalog.importing.records import Refusal, Remark

SHOWN_LINES = 8


@dataclass
class ImportReport:
    """Counts are of products. `notes` tell what was assumed or left out for the whole file."""

    facts: ReadingFacts
    dry_run: bool = False
    created: int = 0
    changed: int = 0
    unchanged: int = 0
    variants_created: int = 0
    stock_opened: int = 0
    images_stored: int = 0
    refusals: list[Refusal] = field(default_factory=list)
    remarks: list[Remark] = field(default_factory=list)
    notes: dict[str, None] = field(default_factory=dict)

    def note(self, text: str) -> None:
        self.notes.setdefault(text)

    @property
    def products_refused(self) -> int:
        """Products, and rows that could not be told to belong to one."""
        return len({(refusal.product, "" if refusal.product else refusal.line) for refusal in self.refusals})


def describe_facts(facts: ReadingFacts) -> list[str]:
    """What was found out before the first product."""
    encoding = f", {facts.encoding}" if facts.encoding else ""
    lines = [
        f"{facts.kind}{encoding}, {facts.format} format, {facts.rows:,} rows",
        "columns: " + ", ".join(f"{column} → {field}" for column, field in facts.columns),
    ]
    if facts.ignored_columns:
        lines.append("not imported: " + ", ".join(facts.ignored_columns))
    lines.append(f"prices that do not tell their currency are {facts.currency} ({facts.currency_reason})")
    return lines


def describe_outcome(report: ImportReport) -> list[str]:
    """Refusals one by one, remarks of one kind together, then the counts."""
    lines = [f"refused: {refusal}" for refusal in report.refusals]
    lines += [f"note: {text}" for text in [*report.notes, *group_remarks(report.remarks)]]
    tense = "would be" if report.dry_run else "were"
    lines.append(
        f"{report.created:,} products {tense} made, {report.changed:,} changed, {report.unchanged:,} are as they were; "
        f"{report.variants_created:,} variants made, {report.stock_opened:,} stocks opened, "
        f"{report.images_stored:,} pictures stored; {len(report.refusals):,} refusals"
    )
    return lines


def group_remarks(remarks: Iterable[Remark]) -> list[str]:
    by_kind: dict[tuple[str, str], list[int]] = defaultdict(list)
    for remark in remarks:
        by_kind[remark.column, remark.reason].append(remark.line)
    return [_group(column, reason, lines) for (column, reason), lines in by_kind.items()]


def _group(column: str, reason: str, lines: list[int]) -> str:
    shown = ", ".join(str(line) for line in lines[:SHOWN_LINES]) + (", …" if len(lines) > SHOWN_LINES else "")
    where = f"{column}: " if column else ""
    return (
        f"{where}{reason} ({len(lines):,} times: line {shown})" if len(lines) > 1 else f"{where}{reason} (line {shown})"
    )
