"""`/api/schema/`: the OpenAPI document."""

from __future__ import annotations

from drf_spectacular import renderers
from drf_spectacular.views import SpectacularAPIView


class DocumentView(SpectacularAPIView):
    """JSON by default, as all of the API; YAML by `Accept`. `?format=json` and `?format=yaml` for programs that are given
    an address alone."""

    renderer_classes = [
        renderers.OpenApiJsonRenderer2,
        renderers.OpenApiJsonRenderer,
        renderers.OpenApiYamlRenderer2,
        renderers.OpenApiYamlRenderer,
    ]

    def get_renderers(self) -> list:
        known = super().get_renderers()
        asked = self.request.GET.get("format")
        return [renderer for renderer in known if renderer.format == asked] or known
