"""JSON or XML: what the client prefers, by the quality values of its `Accept`; JSON where it does not care."""

from __future__ import annotations

from django.http import HttpRequest
from rest_framework import exceptions, negotiation

JSON, XML = "application/json", "application/xml"


def preferred_format(request: HttpRequest) -> str | None:
    """JSON or XML, None where the client takes neither."""
    accepted = request.META.get("HTTP_ACCEPT") or "*/*"
    if accepted in ("*/*", JSON):
        return JSON
    return request.get_preferred_type([JSON, XML])


class Preferred(negotiation.DefaultContentNegotiation):
    """REST framework's own takes no notice of quality values."""

    def select_renderer(self, request, renderers, format_suffix=None):
        known = {renderer.media_type: renderer for renderer in renderers}
        if not set(known) <= {JSON, XML}:
            return super().select_renderer(request, renderers, format_suffix)
        chosen = preferred_format(request._request)
        if chosen not in known:
            raise exceptions.NotAcceptable(available_renderers=renderers)
        return known[chosen], chosen
