"""The link that ends letters: a page with one button, or one POST by the mail program itself (RFC 8058)."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from shop.notifications.kinds import Topic
from shop.notifications.services.stop_letters import stop_letters
from shop.notifications.stopping import read_token


@csrf_exempt  # the signed token is the proof: mail programs hold no cookie of ours
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def stop(request: HttpRequest, token: str) -> HttpResponse:
    """A GET changes nothing: scanners of mail open every link."""
    known = read_token(token)
    if known is None or known["t"] not in Topic.values:
        return render(request, "accounts/stop_letters.html", {"is_known": False}, status=404)
    done = request.method == "POST" and stop_letters(
        topic=known["t"], at=timezone.now(), user_id=known.get("u"), email=known.get("e", "")
    )
    context = {"is_known": True, "done": done, "topic": Topic(known["t"]).label}
    return render(request, "accounts/stop_letters.html", context)
