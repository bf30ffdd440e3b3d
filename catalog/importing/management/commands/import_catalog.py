from __future__ import annotations

from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from tqdm import tqdm

from catalog.importing.errors import CatalogFileRefused, ImportRunning, OptionRefused
from catalog.importing.reading import ReadingOptions
from catalog.importing.report import ImportReport, describe_facts, describe_outcome
from catalog.importing.services.import_catalog import WritingOptions, import_catalog
from catalog.importing.vocabulary import FORMATS


class Command(BaseCommand):
    help = (
        "Import a catalogue: CSV, TSV, XLSX, JSON or JSON lines, as Shopify, WooCommerce or a spreadsheet write it. "
        "Products are known by handle or SKU: running the same file again changes nothing."
    )

    def add_arguments(self, parser) -> None:
        add = parser.add_argument
        add("file", type=Path)
        add("--format", choices=FORMATS, default="auto")
        add("--map", action="append", default=[], metavar="COLUMN=FIELD", help="what a column means; may be repeated")
        add("--images", type=Path, metavar="DIR", help="the folder with the pictures that the file names")
        add("--convert", action="append", default=[], metavar="USD:INR=84.50", help="also make prices in INR")
        add("--currency", default="", metavar="CODE", help="of prices that do not tell theirs")
        add(
            "--translations", type=Path, metavar="FILE", help="names and texts in other languages, by handle and locale"
        )
        add("--tax-class", default="", metavar="CODE", help="the tax class of new products")
        add("--encoding", metavar="NAME", help="of a text file that is not UTF-8")
        add("--dry-run", action="store_true", help="write nothing, and tell what would be written")

    def handle(self, *args, **options) -> None:
        try:
            report = self._import(options)
        except CatalogFileRefused as refused:
            raise CommandError(f"{options['file']}: {refused}") from refused
        except (OptionRefused, ImportRunning) as refused:
            raise CommandError(str(refused)) from refused
        for line in describe_outcome(report):
            self.stdout.write(line)

    def _import(self, options) -> ImportReport:
        with tqdm(unit=" rows", file=self.stderr, disable=options["verbosity"] < 1, leave=False) as bar:

            def begun(report: ImportReport) -> None:
                bar.reset(total=report.facts.rows)
                for line in describe_facts(report.facts):
                    self.stdout.write(line)

            return import_catalog(
                path=options["file"],
                reading=_reading(options),
                writing=WritingOptions(options["images"], options["tax_class"], options["dry_run"]),
                at=timezone.now(),
                begun=begun,
                advanced=bar.update,
            )


def _reading(options) -> ReadingOptions:
    return ReadingOptions(
        format=options["format"],
        mapping=tuple(options["map"]),
        conversions=tuple(options["convert"]),
        currency=options["currency"],
        default_currency=settings.DEFAULT_CURRENCY,
        translations=options["translations"],
        encoding=options["encoding"],
    )
