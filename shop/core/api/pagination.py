"""Lists of the API: `{count, next, previous, results}`, 24 on a page, at most 100."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from drf_spectacular.utils import OpenApiParameter
from rest_framework import exceptions, pagination, serializers
from rest_framework.request import Request
from rest_framework.response import Response


class Pages(pagination.PageNumberPagination):
    """`?page=`, `?page_size=`. A size that is no number or above 100: 400. A page that is not there: 404."""

    page_size = 24
    max_page_size = 100
    page_size_query_param = "page_size"

    def get_page_size(self, request) -> int:
        asked = request.query_params.get(self.page_size_query_param)
        if asked is None:
            return self.page_size
        if not (asked.isascii() and asked.isdigit() and 1 <= int(asked[:9]) <= self.max_page_size):
            raise exceptions.ValidationError(
                {"page_size": [_("A number from 1 to %(most)s.") % {"most": self.max_page_size}]}
            )
        return int(asked)


class PageSerializer(serializers.Serializer):
    """A list in the OpenAPI document, without its `results`."""

    count = serializers.IntegerField()
    next = serializers.URLField(allow_null=True)
    previous = serializers.URLField(allow_null=True)


PAGING = [
    OpenApiParameter("page", int, description="From 1; a page that is not there: 404."),
    OpenApiParameter("page_size", int, description="At most 100; 24 if not given."),
]


def paginate(request: Request, rows: QuerySet, as_json: Callable[[Any], dict]) -> Response:
    """Answer one page of a queryset. Raises as `Pages`."""
    pages = Pages()
    return pages.get_paginated_response([as_json(row) for row in pages.paginate_queryset(rows, request) or []])
