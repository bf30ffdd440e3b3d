from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand
from drf_spectacular.generators import SchemaGenerator

from shop.core.api.codes import with_table

PAGE = settings.BASE_DIR / "docs" / "api" / "errors.md"


class Command(BaseCommand):
    help = "Write the table of docs/api/errors.md anew."

    def handle(self, *args: Any, **options: Any) -> None:
        page = PAGE
        page.write_text(with_table(page.read_text(), SchemaGenerator().get_schema(request=None, public=True)))
