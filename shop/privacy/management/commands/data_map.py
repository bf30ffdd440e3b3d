"""Writes the table of docs/privacy.md from the registry; `--check` says whether it is up to date."""

from __future__ import annotations

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from shop.privacy.data_map import as_table

BEGIN, END = "<!-- data map: written by manage.py data_map --write -->\n", "<!-- end of the data map -->"


class Command(BaseCommand):
    help = "Print the map of personal data, or write it into docs/privacy.md."

    def add_arguments(self, parser):
        parser.add_argument("--write", action="store_true")
        parser.add_argument("--check", action="store_true")

    def handle(self, *args, write, check, **options):
        page = settings.BASE_DIR / "docs" / "privacy.md"
        text = page.read_text()
        head, _begin, rest = text.partition(BEGIN)
        new = f"{head}{BEGIN}{as_table()}{END}{rest.partition(END)[2]}"
        if check and new != text:
            raise CommandError("docs/privacy.md is out of date: manage.py data_map --write")
        if write:
            page.write_text(new)
        elif not check:
            self.stdout.write(as_table())
