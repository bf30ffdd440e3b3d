from __future__ import annotations

from datetime import datetime

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _


class ServiceToken(models.Model):
    """Lets another system call the API. It acts as an account of its own, so that audit trails tell its name; the
    account has no password and no address, so nobody can sign in as it."""

    wagtail_reference_index_ignore = True  # not content: nobody asks where it is used

    name = models.CharField(_("name"), max_length=60, unique=True, help_text=_("Of the system that uses it."))
    account = models.OneToOneField(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, editable=False, related_name="+")
    secret_hash = models.CharField(max_length=64, unique=True, editable=False)
    hint = models.CharField(_("begins with"), max_length=12, editable=False)
    scopes = ArrayField(models.CharField(max_length=40), verbose_name=_("may"))
    expires_at = models.DateTimeField(_("expires"), null=True, blank=True)
    revoked_at = models.DateTimeField(_("revoked"), null=True, editable=False)
    last_used_at = models.DateTimeField(_("last used"), null=True, editable=False)
    made_by = models.CharField(_("made by"), max_length=150, editable=False)
    created_at = models.DateTimeField(_("made"), auto_now_add=True)

    class Meta:
        verbose_name = _("service token")
        verbose_name_plural = _("service tokens")

    def __str__(self) -> str:
        return self.name

    def holds(self, at: datetime) -> bool:
        return self.revoked_at is None and (self.expires_at is None or at < self.expires_at)
