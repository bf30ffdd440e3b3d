from __future__ import annotations

from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from django.db import transaction
from django.utils.translation import gettext as _

from shop.accounts import factors, outside
from shop.accounts.models import User
from shop.core.errors import Conflict, NotThere


def unlink_outside(*, user: User, service: str) -> None:
    """Sign in with that service no more. Raises NotThere; Conflict where no other way in would be left. Locks: the user."""
    with transaction.atomic():
        factors.lock(user)
        mine = SocialAccount.objects.filter(user=user)
        if not mine.filter(provider=service).exists():
            raise NotThere
        if not (_has_another_way(user) or _opens_elsewhere(user, but=service)):
            raise Conflict(_("Choose a password first, or you could not sign in any more."), code="no_other_way_in")
        mine.filter(provider=service).delete()


def _has_another_way(user: User) -> bool:
    return user.has_usable_password() or Authenticator.objects.filter(user=user, type=factors.PASSKEY).exists()


def _opens_elsewhere(user: User, *, but: str) -> bool:
    """By a service that the shop still knows: one that was taken out of the settings opens nothing."""
    others = [one.id for one in outside.services() if one.id != but]
    return SocialAccount.objects.filter(user=user, provider__in=others).exists()
