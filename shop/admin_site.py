from __future__ import annotations

from django.contrib.admin import AdminSite
from django.http import HttpRequest


class SuperuserSite(AdminSite):
    """Staff work in the Wagtail admin, through use cases; here raw rows are seen."""

    site_header = site_title = "Raw data"
    index_title = "Tables"

    def has_permission(self, request: HttpRequest) -> bool:
        return request.user.is_active and request.user.is_superuser
