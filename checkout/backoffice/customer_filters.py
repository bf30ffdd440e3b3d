"""Whom one may see among the customers, and how they are found."""

from __future__ import annotations

import re
from typing import Any

import django_filters
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import WagtailFilterSet

from shop.accounts import roles
from shop.accounts.models import Address, User
from shop.accounts.selectors import people

ROLES = [
    ("customer", _("Customer")), ("vendor", _("Vendor")), ("support", _("Support")),
    ("merchandiser", _("Merchandiser")), ("admin", _("Administrator")),
]  # fmt: skip


class CustomerFilterSet(WagtailFilterSet):
    is_active = django_filters.BooleanFilter(label=_("Enabled"))
    is_verified = django_filters.BooleanFilter(label=_("E-mail confirmed"))
    role = django_filters.ChoiceFilter(choices=ROLES, method="with_role", label=_("Role"))

    class Meta:
        model = User
        fields = ["is_active", "is_verified", "role"]

    def with_role(self, users: QuerySet, name: str, role: str) -> QuerySet:
        if role == roles.ADMIN:
            return users.filter(Q(is_superuser=True) | Q(groups__name=role)).distinct()
        if role == roles.CUSTOMER:
            return users.filter(pk__in=customers().values("pk"))
        return users.filter(groups__name=role, is_superuser=False)


def customers() -> QuerySet[User]:
    """People without a role behind the counter."""
    staff = User.objects.filter(groups__name__in=roles.GROUPS).values("pk")
    return people().filter(is_superuser=False).exclude(pk__in=staff)


def visible_people(viewer: Any) -> QuerySet[User]:
    """Everybody for an administrator; customers for whoever else looks after them."""
    return people() if roles.has_role(viewer, roles.ADMIN) else customers()


def search_people(users: QuerySet[User], text: str) -> QuerySet[User]:
    """By name, user name, e-mail or phone, their own or that of one of their addresses."""
    text = text.strip()
    if not text:
        return users
    found = Q(name__icontains=text) | Q(username__icontains=text) | Q(email__icontains=text)
    digits = re.sub(r"[^0-9]", "", text).lstrip("0")
    if len(digits) >= 5 and not re.search(r"[a-z@]", text, re.IGNORECASE):
        written = Address.objects.filter(phone__contains=digits).values("user")
        found |= Q(phone__contains=digits) | Q(pk__in=written)
    return users.filter(found)
