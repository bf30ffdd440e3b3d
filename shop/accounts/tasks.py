from __future__ import annotations

from django.contrib.sessions.backends.db import SessionStore

from shop.core.tasks.clock import every


@every(seconds=86_400)
def clear_old_sessions() -> None:
    """Sessions and token families that have expired."""
    SessionStore.clear_expired()
