from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path

from django.utils import timezone
from wagtail.log_actions import log

from catalog.importing.errors import ImportRunning, OptionRefused
from catalog.importing.models import ImportRun
from catalog.importing.reading import CatalogReading, ReadingOptions
from catalog.importing.records import Outcome, ProductRecord
from catalog.importing.report import ImportReport
from catalog.importing.services.know_the_tables import TableStatistics
from catalog.importing.services.store_images import PictureStore
from catalog.importing.services.write_chunk import ImportSetting, Written, write_chunk
from catalog.product.models import TaxClass
from shop.core.db import in_chunks, try_advisory_lock

CHUNK = 500


@dataclass(frozen=True)
class WritingOptions:
    """`images`: a folder of pictures. `tax_class`: the code of the class that new products get."""

    images: Path | None = None
    tax_class: str = ""
    dry_run: bool = False


def import_catalog(
    *,
    path: Path,
    reading: ReadingOptions,
    writing: WritingOptions,
    at: datetime,
    begun: Callable[[ImportReport], None] | None = None,
    advanced: Callable[[int], None] | None = None,
) -> ImportReport:
    """Bring a catalogue file into the shop: 500 products a transaction, each product whole or not at all.

    Known by handle or SKU, so that the same file changes nothing the second time, and an import that was killed goes on
    where it stopped. `dry_run` writes nothing and tells the same. `begun` is called once the file has been looked
    through, `advanced` with the rows that are done. Raises CatalogFileRefused, OptionRefused before anything is written,
    ImportRunning where another one is under way.
    """
    with try_advisory_lock("catalog.import") as alone:
        if not alone:
            raise ImportRunning
        return _import(path, reading, writing, at, begun or _ignore, advanced or _ignore)


def _ignore(_news: object) -> None:
    """For callers that do not follow the progress."""


def _import(
    path: Path,
    reading: ReadingOptions,
    writing: WritingOptions,
    at: datetime,
    begun: Callable[[ImportReport], None],
    advanced: Callable[[int], None],
) -> ImportReport:
    tax_class_id = _tax_class(writing)
    store = _picture_store(writing)
    file = CatalogReading(path, reading)
    report = ImportReport(file.facts, dry_run=writing.dry_run)
    begun(report)
    run = _start(path, reading, writing, at)
    setting = ImportSetting(at, f"import:{run.pk or 'dry'}", writing.dry_run, store, tax_class_id)
    statistics = TableStatistics()
    for records in in_chunks(_records(file.outcomes(), report, advanced), CHUNK):
        for written in write_chunk(records=records, setting=setting):
            _add(report, written)
            statistics.count(written.created)
        advanced(sum(len(record.lines) for record in records))
    report.images_stored = store.stored if store else 0
    _finish(run, report, writing)
    _note_what_is_missing(report, writing)
    return report


def _tax_class(writing: WritingOptions) -> int | None:
    if not writing.tax_class:
        return None
    pk = TaxClass.objects.filter(code=writing.tax_class).values_list("pk", flat=True).first()
    if pk is None:
        known = ", ".join(TaxClass.objects.order_by("code").values_list("code", flat=True)) or "none"
        raise OptionRefused(f"there is no tax class {writing.tax_class!r}; there are: {known}")
    return pk


def _picture_store(writing: WritingOptions) -> PictureStore | None:
    if writing.images is None:
        return None
    if not writing.images.is_dir():
        raise OptionRefused(f"{writing.images} is not a folder")
    return PictureStore(writing.images, dry_run=writing.dry_run)


def _records(
    outcomes: Iterable[Outcome], report: ImportReport, advanced: Callable[[int], None]
) -> Iterator[ProductRecord]:
    for outcome in outcomes:
        if isinstance(outcome, ProductRecord):
            report.remarks += outcome.remarks
            yield outcome
        else:
            report.refusals.append(outcome)
            advanced(1)


def _start(path: Path, reading: ReadingOptions, writing: WritingOptions, at: datetime) -> ImportRun:
    options = {name: str(value) for name, value in (asdict(reading) | asdict(writing)).items() if value}
    run = ImportRun(file_name=path.name[:255], options=options, started_at=at)
    if not writing.dry_run:
        run.save()
    return run


def _add(report: ImportReport, written: Written) -> None:
    report.created += written.created
    report.changed += written.changed
    report.unchanged += written.unchanged
    report.variants_created += written.variants_created
    report.stock_opened += written.stock_opened
    report.refusals += written.refusals
    report.remarks += written.remarks
    report.notes |= written.notes


def _finish(run: ImportRun, report: ImportReport, writing: WritingOptions) -> None:
    if writing.dry_run:
        return
    run.finished_at = timezone.now()
    run.created, run.changed, run.unchanged = report.created, report.changed, report.unchanged
    run.refused = len(report.refusals)
    run.save()
    log(instance=run, action="wagtail.create", data={"created": run.created, "changed": run.changed})


def _note_what_is_missing(report: ImportReport, writing: WritingOptions) -> None:
    columns = {field.partition(":")[0] for _, field in report.facts.columns}
    if "image" in columns and writing.images is None:
        report.note("pictures are not imported without --images DIR")
    if "tags" in columns:
        report.note("tags are read but not kept: products of this shop have none")
    if report.created and not writing.tax_class:
        report.note("new products have no tax class, so their prices contain no tax yet (--tax-class CODE)")
