"""Pages of lists that are read in one statement (`shop.core.reading`): the same answers as `paginate`."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.core.paginator import EmptyPage, Page, PageNotAnInteger, Paginator
from django.db.models import QuerySet
from rest_framework.request import Request
from rest_framework.response import Response

from shop.core.api.pagination import Cursors, Pages
from shop.core.reading import Part

Read = Callable[[Part], tuple[list[Any], int]]
FURTHEST = 2**62


class Listed:
    """The rows of a queryset by an order in SQL, and who reads a part of them."""

    def __init__(self, rows: QuerySet, order: str, read: Read) -> None:
        self.rows, self.order, self.read = rows, order, read

    def count(self) -> int:
        return self.rows.count()


class ReadPaginator(Paginator):
    """Asks for the rows of a page together with how many there are: whether there is such a page, the rows say."""

    object_list: Listed  # type: ignore[assignment]

    def validate_number(self, number: Any) -> int:
        try:
            number = int(number)
        except (TypeError, ValueError):
            raise PageNotAnInteger(self.error_messages["invalid_page"]) from None
        if number < 1:
            raise EmptyPage(self.error_messages["min_page"])
        if number * self.per_page > FURTHEST:
            raise EmptyPage(self.error_messages["no_results"])
        return number

    def page(self, number: Any) -> Page:
        number, listed = self.validate_number(number), self.object_list
        found, count = listed.read(Part(listed.rows, listed.order, self.per_page, (number - 1) * self.per_page))
        if not found and number > 1:
            raise EmptyPage(self.error_messages["no_results"])
        self.__dict__["count"] = count  # in the place of the cached property, which would ask
        return Page(found, number, self)


class ReadPages(Pages):
    django_paginator_class = ReadPaginator

    def paginate_listed(self, listed: Listed, request: Request) -> list[Any]:
        if "cursor" not in request.query_params:
            return self.paginate_queryset(listed, request) or []
        self.get_page_number(request, None)  # it is not used beside a cursor, but must fit
        self.cursors, self.total = Cursors(), listed.count()
        ids = [row.pk for row in self.cursors.paginate_queryset(listed.rows.only("pk"), request) or []]
        by_id = f"{listed.rows.model._meta.db_table}.id DESC"
        return listed.read(Part(listed.rows.model._default_manager.filter(pk__in=ids), by_id, len(ids)))[0]


def paginate_read(request: Request, listed: Listed, as_json: Callable[[Any], dict]) -> Response:
    """Answer one page. Raises as `Pages`. One statement; three by cursor."""
    pages = ReadPages()
    return pages.get_paginated_response([as_json(row) for row in pages.paginate_listed(listed, request)])
