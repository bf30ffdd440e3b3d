"""`manage.py rebuild_listing`: the read model anew from the truth. Stopped half way, it goes on where it was."""

from __future__ import annotations

from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand
from tqdm import tqdm

from catalog.listing.services.rebuild import rebuild
from catalog.listing.tasks import sum_up_shelf_counts
from catalog.product.models import ProductCore


class Command(BaseCommand):
    help = "Rebuild lists, cards, search and categories from the truth, while the shop is open."

    def add_arguments(self, parser) -> None:
        parser.add_argument("--from-start", action="store_true", help="do not go on where the last run was stopped")

    def handle(self, *args, from_start: bool, **options) -> None:
        progress = _progress_file()
        after = 0 if from_start else _read(progress)
        if after:
            self.stdout.write(f"Going on after product {after} (--from-start begins anew).")
        total = ProductCore.objects.filter(pk__gt=after).count()
        with tqdm(total=total, unit=" products", disable=options["verbosity"] == 0) as bar:
            for last, count in rebuild(after=after):
                progress.write_text(str(last))
                bar.update(count)
        progress.unlink(missing_ok=True)
        sum_up_shelf_counts()
        if options["verbosity"]:
            self.stdout.write(self.style.SUCCESS("The read model is complete."))


def _progress_file() -> Path:
    settings.DATA_DIR.mkdir(parents=True, exist_ok=True)
    return settings.DATA_DIR / "rebuild-listing.progress"


def _read(progress: Path) -> int:
    text = progress.read_text().strip() if progress.exists() else ""
    return int(text) if text.isdigit() else 0
