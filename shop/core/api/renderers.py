from __future__ import annotations

import json

from rest_framework import renderers
from rest_framework.utils.encoders import JSONEncoder

from shop.core.api.xml import to_xml


class JSONRenderer(renderers.JSONRenderer):
    """Plain JSON, UTF-8 as it is (`हिन्दी`, not escapes)."""

    charset = None


class XMLRenderer(renderers.BaseRenderer):
    """What JSON would say, as XML; problems stand under `<problem>`."""

    media_type, format, charset = "application/xml", "xml", None

    def render(self, data, accepted_media_type=None, renderer_context=None) -> bytes:
        answer = (renderer_context or {}).get("response")
        if data is None:
            return b""
        plain = json.loads(json.dumps(data, cls=JSONEncoder))
        return to_xml(plain, root="problem" if getattr(answer, "is_problem", False) else "root").encode()
