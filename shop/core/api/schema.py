from __future__ import annotations


def only_shop_paths(endpoints, **kwargs):
    """Wagtail's admin and its API v2 bring DRF views of their own; the document describes the shop's API alone."""
    return [entry for entry in endpoints if entry[0].startswith("/api/") and not entry[0].startswith("/api/pages/")]
