from __future__ import annotations

from rest_framework import renderers


class JSONRenderer(renderers.JSONRenderer):
    """Plain JSON, UTF-8 as it is (`हिन्दी`, not escapes)."""

    charset = None
