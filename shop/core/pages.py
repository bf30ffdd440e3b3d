"""Wagtail pages and snippets whose HTML is made by a storefront door above them.

A room knows no HTTP: it marks its model with `ServedByDoor`, and the door registers the view that renders it.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

_views: dict[type, Callable[..., Any]] = {}


def serves(model: type) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Register a view `view(request, instance)` for a model, live and in preview."""

    def register(view: Callable[..., Any]) -> Callable[..., Any]:
        _views[model] = view
        return view

    return register


class ServedByDoor:
    """Mixin for Page and PreviewableMixin classes, before them in the bases."""

    def serve(self, request, *args, **kwargs):
        return _views[type(self)](request, self)

    def serve_preview(self, request, mode_name):
        return _views[type(self)](request, self)
