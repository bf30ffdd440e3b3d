from __future__ import annotations

from typing import Any

from django.contrib.auth.signals import user_logged_out
from django.dispatch import receiver

from shop.notifications.api.push import ENDPOINT
from shop.notifications.services.listen import stop_listening


@receiver(user_logged_out)
def stop_writing_to_this_browser(*, request: Any, user: Any, **_rest: Any) -> None:
    """Whoever uses it next is not shown what the shop tells this person. Sent while the session is still there, at each
    door that signs somebody out."""
    endpoint = request.session.get(ENDPOINT) if user is not None else None
    if endpoint:
        stop_listening(user=user, endpoint=endpoint)
