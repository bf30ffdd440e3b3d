from __future__ import annotations

from typing import Any

from wagtail.models import Site

from checkout.complaint.models import GrievanceOfficer

SHOWN = ("name", "designation", "email", "phone", "hours", "address")


def officer_of(site: Site | None) -> dict[str, Any]:
    """Who answers for complaints; empty words where nobody is named yet. One query."""
    officer = GrievanceOfficer.for_site(site) if site else GrievanceOfficer()
    return {field: getattr(officer, field) for field in SHOWN}
