from __future__ import annotations

from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.views import APIView

from shop.core.errors import NotThere


class NowhereView(APIView):
    """What nobody answers below /api/ is a problem document too, not a page."""

    permission_classes = [AllowAny]
    authentication_classes: list = []
    schema = None

    def initial(self, request: Request, *args, **kwargs) -> None:
        super().initial(request, *args, **kwargs)
        raise NotThere
