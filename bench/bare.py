"""What Django can do at best: a constant answer, and 24 rows read and told as JSON."""

from __future__ import annotations

from django.db import connection
from django.http import HttpRequest, HttpResponse, JsonResponse

CONSTANT = b"<!doctype html><title>Bare</title><p>" + b"x" * 1000
COLUMNS = ("id", "title", "slug", "summary", "last_published_at")
ROWS = f"SELECT {', '.join(COLUMNS)} FROM product_product ORDER BY id DESC LIMIT 24"  # noqa: S608


def show_constant(request: HttpRequest) -> HttpResponse:
    return HttpResponse(CONSTANT)


def show_rows(request: HttpRequest) -> JsonResponse:
    with connection.cursor() as cursor:
        cursor.execute(ROWS)
        rows = [dict(zip(COLUMNS, row, strict=True)) for row in cursor.fetchall()]
    return JsonResponse({"results": rows})
