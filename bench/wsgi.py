"""The shop and, beside it in the same process, bare views without any middleware.

`X-Bench-Cold` empties the process's cache first (its cost counts as the page's): every page is then made anew.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "bench.settings")

from django.conf import settings
from django.core.cache import cache
from django.core.handlers.wsgi import WSGIHandler
from django.core.wsgi import get_wsgi_application
from django.test.utils import override_settings

shop = get_wsgi_application()
with override_settings(MIDDLEWARE=settings.BARE_MIDDLEWARE):
    bare = WSGIHandler()


def application(environ: dict, start_response: Callable) -> Iterable[bytes]:
    if environ["PATH_INFO"].startswith("/bench/"):
        return bare(environ, start_response)
    if "HTTP_X_BENCH_COLD" in environ:
        cache.clear()
    return shop(environ, start_response)
