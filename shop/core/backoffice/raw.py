"""Tables in Django's admin: to be looked at."""

from __future__ import annotations

from django.contrib import admin
from django.db import models
from django.http import HttpRequest


class LookOnly(admin.ModelAdmin):
    """Rows change through use cases, which keep the rules; here they are only seen."""

    list_per_page = 50
    show_full_result_count = False

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: models.Model | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: models.Model | None = None) -> bool:
        return False


def show_tables(tables: dict[type[models.Model], tuple[str, ...]]) -> None:
    """Register tables with the columns of their lists."""
    for model, columns in tables.items():
        admin.site.register(model, type(f"{model.__name__}Table", (LookOnly,), {"list_display": columns}))
