from __future__ import annotations

from datetime import timedelta

from django.contrib.sessions.backends.db import SessionStore
from django.contrib.sessions.models import Session
from django.db.models import Exists, OuterRef
from django.utils import timezone

from shop.accounts.models import Challenge, EmailChange, SignIn
from shop.core.tasks.clock import every

KEEP_EMAIL_CHANGES = timedelta(days=90)  # the way back ends after a week; support is asked a little longer


@every(seconds=86_400)
def clear_old_sessions() -> None:
    """Sessions and token families that have expired, and the rows that told of them."""
    SessionStore.clear_expired()
    SignIn.objects.filter(~Exists(Session.objects.filter(pk=OuterRef("session_key")))).delete()


@every(seconds=3600)
def clear_old_proofs() -> None:
    now = timezone.now()
    Challenge.objects.filter(expires_at__lt=now).delete()
    EmailChange.objects.filter(changed_at__lt=now - KEEP_EMAIL_CHANGES).delete()
