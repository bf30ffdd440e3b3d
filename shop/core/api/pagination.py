"""Lists of the API: `{count, next, previous, results}`, 24 on a page, at most 100."""

from __future__ import annotations

from django.utils.translation import gettext as _
from rest_framework import exceptions, pagination


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
