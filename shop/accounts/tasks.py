from __future__ import annotations

from datetime import datetime, timedelta

from django.contrib.sessions.backends.db import SessionStore
from django.contrib.sessions.models import Session
from django.db.models import Exists, OuterRef
from django.utils import timezone

from shop.accounts.models import Challenge, EmailChange, SignIn
from shop.core.retention import kept_for
from shop.core.tasks.clock import every

KEEP_EMAIL_CHANGES = timedelta(days=90)  # the way back ends after a week; support is asked a little longer


@every(seconds=86_400)
def clear_old_sessions() -> None:
    """Sessions and token families that have expired. The rows that told of them stay a while."""
    SessionStore.clear_expired()


@kept_for("ended_sign_ins", days=90)
def forget_ended_sign_ins(before: datetime) -> int:
    """Until then a device that comes back is no news to its owner (devices.remember)."""
    ended = ~Exists(Session.objects.filter(pk=OuterRef("session_key")))
    return SignIn.objects.filter(ended, last_used_at__lt=before).delete()[0]


@every(seconds=3600)
def clear_old_proofs() -> None:
    now = timezone.now()
    Challenge.objects.filter(expires_at__lt=now).delete()
    EmailChange.objects.filter(changed_at__lt=now - KEEP_EMAIL_CHANGES).delete()
