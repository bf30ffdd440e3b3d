from __future__ import annotations

from django.db import connection
from wagtail.models import Site

SHOWN = ("name", "designation", "email", "phone", "hours", "address")
OFFICER = f"SELECT json_build_array({', '.join(SHOWN)}) FROM complaint_grievanceofficer WHERE site_id = %(site)s"  # noqa: S608


def officer_of(site: Site | None) -> dict[str, str]:
    """Who answers for complaints; empty words where nobody is named yet. One query."""
    with connection.cursor() as cursor:
        cursor.execute(OFFICER, {"site": site.pk if site else None})
        row = cursor.fetchone()
    return or_nobody(row and row[0])


def or_nobody(found: list[str] | None) -> dict[str, str]:
    """What `OFFICER` has found."""
    return dict(zip(SHOWN, found or [""] * len(SHOWN), strict=True))
