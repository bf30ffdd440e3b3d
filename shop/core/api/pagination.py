"""Lists of the API: `{count, next, previous, results}`, 24 on a page, at most 100; `?cursor=` for going deep."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.core.paginator import Page, Paginator
from django.db.models import IntegerField, QuerySet
from django.db.models.expressions import RawSQL
from django.utils.translation import gettext as _
from drf_spectacular.utils import OpenApiParameter
from rest_framework import exceptions, pagination, serializers
from rest_framework.request import Request
from rest_framework.response import Response


class Cursors(pagination.CursorPagination):
    """`?cursor=` (empty: from the beginning): what follows the last row that was seen, newest first, however deep the
    list is and whatever was added since. The next cursor stands in `next`."""

    cursor_query_param = "cursor"
    ordering = ("-pk",)
    max_page_size = 100

    def get_page_size(self, request) -> int:
        return Pages().get_page_size(request)

    def decode_cursor(self, request):
        """Raises ValidationError for what is no cursor of such a list."""
        try:
            known = re.fullmatch(r"[A-Za-z0-9+/=]*", request.query_params[self.cursor_query_param])
            cursor = super().decode_cursor(request)
            if known and (cursor is None or cursor.position is None or 0 < int(cursor.position) < 2**63):
                return cursor
        except (exceptions.NotFound, ValueError, OverflowError):
            pass
        raise exceptions.ValidationError({"cursor": [_("This is no cursor of this list. Begin with an empty one.")]})


class CountedAlong(Paginator):
    """Reads a page of rows, and how many there are in all, in one statement. A count of its own as a window would make
    PostgreSQL read every row for a page of them; as a subquery it is what Django's paginator asks."""

    MOST = 10_000  # pages; of what lies deeper it is counted first whether it is there

    def page(self, number: Any) -> Page:
        rows = self.object_list
        if not isinstance(rows, QuerySet) or not (str(number).isdecimal() and 0 < int(number) <= self.MOST):
            return super().page(number)
        first = (int(number) - 1) * self.per_page
        try:
            sql, parameters = rows.order_by().values("pk").query.sql_with_params()
        except EmptyResultSet:
            return super().page(number)
        in_all = RawSQL(f"SELECT count(*) FROM ({sql}) AS counted", parameters, IntegerField())  # noqa: S608, S611
        shown = list(rows.annotate(in_all=in_all)[first : first + self.per_page])
        if shown or first == 0:
            self.count = shown[0].in_all if shown else 0  # what would ask for itself
        return Page(shown, self.validate_number(number), self)


class Pages(pagination.PageNumberPagination):
    """`?page=`, `?page_size=`. What is no number, or a size above 100: 400. A page that is not there: 404. With
    `?cursor=` the same shape, by `Cursors`."""

    page_size = 24
    max_page_size = 100
    page_size_query_param = "page_size"
    django_paginator_class: type[Paginator] = CountedAlong
    last_page_strings = ()
    cursors: Cursors | None = None

    def get_page_number(self, request, paginator):
        if not re.fullmatch(r"-?[0-9]{1,30}", request.query_params.get(self.page_query_param, "1")):
            raise exceptions.ValidationError({"page": [_("A number from 1.")]})
        return super().get_page_number(request, paginator)

    def get_page_size(self, request) -> int:
        asked = request.query_params.get(self.page_size_query_param)
        if asked is None:
            return self.page_size
        if not (asked.isascii() and asked.isdigit() and 1 <= int(asked[:9]) <= self.max_page_size):
            raise exceptions.ValidationError(
                {"page_size": [_("A number from 1 to %(most)s.") % {"most": self.max_page_size}]}
            )
        return int(asked)

    def paginate_queryset(self, queryset, request, view=None):
        if "cursor" not in request.query_params or not isinstance(queryset, QuerySet):
            return super().paginate_queryset(queryset, request, view)
        self.cursors, self.total = Cursors(), queryset.count()
        return self.cursors.paginate_queryset(queryset, request, view)

    def get_paginated_response(self, data) -> Response:
        if self.cursors is None:
            return super().get_paginated_response(data)
        return Response({"count": self.total, **self.cursors.get_paginated_response(data).data})

    def get_schema_operation_parameters(self, view):
        """`page` and `page_size` with their bounds, and `cursor`."""
        known = {one["name"]: one for one in super().get_schema_operation_parameters(view)}
        for name, bounds in BOUNDS.items():
            known[name]["schema"] = bounds
        return [*known.values(), CURSOR]


BOUNDS: dict[str, dict[str, Any]] = {
    "page": {"type": "integer", "minimum": 1},
    "page_size": {"type": "integer", "minimum": 1, "maximum": Pages.max_page_size},
}
CURSOR: dict[str, Any] = {
    "name": "cursor",
    "in": "query",
    "required": False,
    "description": "Instead of `page`: empty to begin, then what `next` says. Stays right while rows are added.",
    "schema": {"type": "string"},
}


class PageSerializer(serializers.Serializer):
    """A list in the OpenAPI document, without its `results`."""

    count = serializers.IntegerField()
    next = serializers.URLField(allow_null=True)
    previous = serializers.URLField(allow_null=True)


PAGING = [
    OpenApiParameter("page", BOUNDS["page"], description="From 1; a page that is not there: 404."),
    OpenApiParameter("page_size", BOUNDS["page_size"], description="At most 100; 24 if not given."),
    OpenApiParameter("cursor", str, description=CURSOR["description"]),
]


def paginate(request: Request, rows: QuerySet, as_json: Callable[[Any], dict]) -> Response:
    """Answer one page of a queryset. Raises as `Pages`."""
    pages = Pages()
    return pages.get_paginated_response([as_json(row) for row in pages.paginate_queryset(rows, request) or []])
