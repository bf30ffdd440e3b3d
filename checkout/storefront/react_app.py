"""The React client of `frontend/` at /app/: its built files, and its page for every other address below it.

The page keeps the shop's strict policy. A gateway's script (and the real Razorpay's inline styles) is allowed in one
small document alone, which the client opens in a frame and talks to by messages.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.views.decorators.cache import cache_control, never_cache
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.http import require_safe
from django.views.static import serve

from checkout.payment import providers
from checkout.storefront.early_answers import early_answers
from checkout.storefront.gateway_policy import gateway_allowed

BUILT = Path(settings.BASE_DIR) / "frontend" / "dist"
PLACE_OF_FACTS = "<!--shop-->"


@require_safe
def app_page(request: HttpRequest, path: str = "") -> HttpResponse:
    """The same page for every address: the client reads it. 503 until it is built."""
    index = BUILT / "index.html"
    if not index.exists():
        return render(request, "frontend/not_built.html", status=503)
    early = early_answers(request, path)
    head = _facts() + _modules(early.view) + early.as_html()
    response = HttpResponse(index.read_text().replace(PLACE_OF_FACTS, head))
    response["Cache-Control"], response["Vary"] = "no-cache", "Accept-Language"
    response["Cross-Origin-Opener-Policy"] = "same-origin-allow-popups"  # a bank's window reports back to our frame
    return response


@require_safe
def app_file(request: HttpRequest, path: str) -> HttpResponseBase:
    """A built file; its name holds a hash of what is in it."""
    if not BUILT.exists():
        raise Http404
    response = serve(request, path, document_root=str(BUILT / "assets"))
    return cache_control(public=True, max_age=31_536_000, immutable=True)(lambda _request: response)(request)


@require_safe
@never_cache
@xframe_options_sameorigin
@gateway_allowed
def pay_window(request: HttpRequest) -> HttpResponse:
    """The document in which a gateway's window opens. It knows no order: the client tells it what to open."""
    scripts = [entry.window_script() for entry in providers.entries() if entry.is_configured() and entry.page_script]
    return render(request, "frontend/pay_window.html", {"scripts": scripts})


def _modules(view: str) -> SafeString:
    """The parts of a view, fetched beside the entry that will ask for them."""
    files = [chunk["file"] for chunk in _chunks(view)] if view else []
    return format_html_join("", '<link rel="modulepreload" href="/app/{}">', ((file,) for file in files))


def _chunks(view: str) -> list[dict[str, Any]]:
    manifest = json.loads((BUILT / "manifest.json").read_text()) if (BUILT / "manifest.json").exists() else {}
    chunk = manifest.get(view)
    return [chunk, *(manifest[name] for name in chunk.get("imports", ()) if name in manifest)] if chunk else []


def _facts() -> SafeString:
    facts = {
        "name": settings.WAGTAIL_SITE_NAME,
        "demo": settings.DEMO,
        "currencies": [settings.DEFAULT_CURRENCY, *(c for c in settings.CURRENCIES if c != settings.DEFAULT_CURRENCY)],
        "payments": [entry.code for entry in providers.entries() if entry.is_configured()],
        "sms": bool(settings.SMS_URL),  # whether a code can be sent to a telephone
    }
    return format_html('<meta name="shop" content="{}">', json.dumps(facts))
