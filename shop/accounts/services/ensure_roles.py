from __future__ import annotations

import logging

from django.contrib.auth.models import Group, Permission
from django.db.models import Q

from shop.accounts import roles

logger = logging.getLogger(__name__)


def ensure_roles() -> None:
    """Make the groups of the roles and give them what rooms granted. Takes nothing away; may run at any time."""
    for role in roles.GROUPS:
        group, _made = Group.objects.get_or_create(name=role)
        wanted = {(app, codename) for app, _dot, codename in (name.partition(".") for name in roles.grants[role])}
        found = _permissions(wanted)
        for app, codename in wanted - found.keys():
            logger.warning("the role %s is granted %s.%s, which does not exist", role, app, codename)
        group.permissions.add(*found.values())


def _permissions(wanted: set[tuple[str, str]]) -> dict[tuple[str, str], Permission]:
    if not wanted:
        return {}
    which = Q()
    for app, codename in wanted:
        which |= Q(content_type__app_label=app, codename=codename)
    found = Permission.objects.filter(which).select_related("content_type")
    return {(permission.content_type.app_label, permission.codename): permission for permission in found}
