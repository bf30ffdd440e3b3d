"""Wagtail's own screens of users: what somebody may do, whether they can sign in, and by what beside the password."""

from __future__ import annotations

from allauth.mfa.models import Authenticator
from django.db.models import Exists, OuterRef
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from wagtail.admin.ui.tables import Column
from wagtail.admin.widgets.button import Button
from wagtail.users.views.users import EditView, IndexView, UserViewSet

from shop.accounts import factors, roles
from shop.accounts.models import User
from shop.core.backoffice.labels import BAD, GOOD, QUIET, WAITING, label

OURS = {"is_superuser", "is_active"}  # Wagtail's columns that ours say in other words


def role_word(user: User) -> str:
    names = {roles.ADMIN: _("Administrator"), roles.MERCHANDISER: _("Merchandiser"), roles.SUPPORT: _("Support"),
             roles.VENDOR: _("Vendor"), roles.CUSTOMER: _("Customer")}  # fmt: skip
    return str(names[roles.role_of(user)])


def state_label(user: User) -> str:
    return label(_("Enabled"), GOOD) if user.is_active else label(_("Disabled"), BAD)


def factor_label(user: User, has_factor: bool) -> str:
    if has_factor:
        return label(_("Second factor"), GOOD)
    if roles.needs_second_factor(user):
        return label(_("Asked for at the next sign-in"), WAITING)
    return label(_("Password alone"), QUIET)


class Listing(IndexView):
    @cached_property
    def columns(self):
        kept = [column for column in super().columns if column.name not in OURS]
        ours = [
            Column("role", label=_("Role"), accessor=role_word),
            Column("state", label=_("State"), accessor=state_label),
            Column("factor", label=_("Second factor"), accessor=lambda user: factor_label(user, user.has_factor)),
        ]
        return kept[:3] + ours + kept[3:]

    def get_base_queryset(self):
        mine = Authenticator.objects.filter(user=OuterRef("pk")).exclude(type=factors.RECOVERY_CODES)
        return super().get_base_queryset().annotate(has_factor=Exists(mine)).prefetch_related("groups")


class Editing(EditView):
    def get_page_subtitle(self):
        factor = _("second factor") if self.has_factor else _("no second factor")
        state = _("enabled") if self.object.is_active else _("disabled")
        return f"{super().get_page_subtitle()} · {role_word(self.object)} · {state} · {factor}"

    @cached_property
    def has_factor(self) -> bool:
        return bool(factors.strong(factors.factors_of(self.object)))

    @cached_property
    def header_more_buttons(self):
        return [*super().header_more_buttons, *reset_buttons(self.object, self.request.user, self.has_factor)]


def reset_buttons(user: User, viewer: User, has_factor: bool) -> list[Button]:
    if not has_factor or not roles.has_role(viewer, roles.ADMIN) or user.pk == viewer.pk:
        return []
    url = reverse("reset_second_factor", args=[user.pk])
    return [Button(_("Reset the second factor"), url=url, icon_name="key", priority=90)]


class People(UserViewSet):
    index_view_class = Listing
    edit_view_class = Editing
