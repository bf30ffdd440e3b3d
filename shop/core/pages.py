"""Wagtail pages and snippets whose HTML is made by a storefront door above them.

A room knows no HTTP: it marks its model with `ServedByDoor`, and the door registers the view that renders it.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.utils.translation import gettext_lazy as _

IN_APP = "app"
_in_app: list[Callable[..., Any]] = []
_views: dict[type, Callable[..., Any]] = {}


def serves(model: type) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Register a view `view(request, instance)` for a model, live and in preview."""

    def register(view: Callable[..., Any]) -> Callable[..., Any]:
        _views[model] = view
        return view

    return register


def previews_in_app(view: Callable[..., Any]) -> Callable[..., Any]:
    """Register the view `view(request, instance)` that shows a draft in the client (HEADLESS_PREVIEW_URL)."""
    _in_app[:] = [view]
    return view


class ServedByDoor:
    """Mixin for Page and PreviewableMixin classes, before them in the bases."""

    headless_kind = ""  # what the API calls it; with one, its drafts can be seen in the client too

    @property
    def preview_modes(self) -> list:
        modes = super().preview_modes  # type: ignore[misc]
        return [*modes, (IN_APP, _("In the app"))] if self.headless_kind and settings.HEADLESS_PREVIEW_URL else modes

    def serve(self, request, *args, **kwargs):
        return _views[type(self)](request, self)

    def serve_preview(self, request, mode_name):
        if mode_name == IN_APP:
            return _in_app[0](request, self)
        return _views[type(self)](request, self)
