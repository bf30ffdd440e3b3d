"""The React client of `frontend/` at /app/: its built files, and its page for every other address below it.

The page keeps the shop's strict policy. A gateway's script (and the real Razorpay's inline styles) is allowed in one
small document alone, which the client opens in a frame and talks to by messages.
"""

from __future__ import annotations

import json
from pathlib import Path

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.templatetags.static import static
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.views.decorators.cache import cache_control, never_cache
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.http import require_safe
from django.views.static import serve

from checkout.payment import providers
from checkout.storefront.early_answers import VIEWS, early_answers
from checkout.storefront.first_view import first_view, marks
from checkout.storefront.gateway_policy import gateway_allowed

BUILT = Path(settings.BASE_DIR) / "frontend" / "dist"
PLACE_OF_MARKS = '<html lang="en" class="js">'
PLACE_OF_FACTS, PLACE_OF_VIEW, PLACE_OF_ANSWERS = "<!--shop-->", "<!--view-->", "<!--answers-->"
PROGRAM = "src/main.tsx"


@require_safe
def app_page(request: HttpRequest, path: str = "") -> HttpResponse:
    """The same page for every address: the client reads it. 503 until it is built."""
    index = BUILT / "index.html"
    if not index.exists():
        return render(request, "frontend/not_built.html", status=503)
    early = early_answers(request, path)
    page = index.read_text().replace(PLACE_OF_MARKS, marks(early))
    page = page.replace(PLACE_OF_FACTS, _facts() + _first_script() + early.as_preload())
    page = page.replace(PLACE_OF_VIEW, first_view(early, path))
    parts = _parts(VIEWS.get(early.kind, ""))
    response = HttpResponse(page.replace(PLACE_OF_ANSWERS, parts + early.as_data()))
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


def _first_script() -> SafeString:
    """Before anything is painted: light or dark, whether to ask for consent, and whether the first view is theirs to see."""
    return format_html('<script src="{}"></script>', static("shop/js/theme.js"))


def _parts(view: str) -> SafeString:
    """Of the program and of this view. In a template, out of which `start.ts` takes them once the first view is painted."""
    files = format_html_join(
        "", '<link rel="modulepreload" href="/app/{}">', ((file,) for file in _files(PROGRAM, view))
    )
    return format_html('<template id="parts">{}</template>', files)


def _files(*names: str) -> list[str]:
    manifest = json.loads((BUILT / "manifest.json").read_text()) if (BUILT / "manifest.json").exists() else {}
    needed: dict[str, str] = {}
    waiting = [name for name in names if name in manifest]
    while waiting:
        name = waiting.pop(0)
        if name not in needed:
            needed[name] = manifest[name]["file"]
            waiting += manifest[name].get("imports", ())
    return list(needed.values())


def _facts() -> SafeString:
    facts = {
        "name": settings.WAGTAIL_SITE_NAME,
        "demo": settings.DEMO,
        "currencies": [settings.DEFAULT_CURRENCY, *(c for c in settings.CURRENCIES if c != settings.DEFAULT_CURRENCY)],
        "payments": {currency: providers.offered(currency) for currency in settings.CURRENCIES},
        "sms": bool(settings.SMS_URL),  # whether a code can be sent to a telephone
    }
    return format_html('<meta name="shop" content="{}">', json.dumps(facts))
