"""People who buy: found, looked at, disabled. Support sees customers; the administrator sees everybody."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import Count, Max, OuterRef, QuerySet, Subquery
from django.http import HttpRequest, HttpResponse
from django.urls import path
from django.utils.formats import date_format
from django.utils.functional import cached_property
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.tables import Column, TitleColumn
from wagtail.admin.views.generic import IndexView
from wagtail.admin.viewsets.base import ViewSet

from checkout.backoffice.credit_actions import MoveCredit
from checkout.backoffice.customer_actions import PERMISSION, SetActivity, SetRole
from checkout.backoffice.customer_filters import CustomerFilterSet, search_people, visible_people
from checkout.backoffice.customer_screen import CustomerScreen
from checkout.order.models import Order
from shop.accounts.models import User
from shop.accounts.roles import role_of
from shop.core.backoffice.labels import BAD, QUIET, label


class OrdersColumn(Column):
    def get_value(self, user):
        if not user.order_count:
            return "–"
        return f"{user.order_count} · {date_format(localtime(user.last_order), 'j M Y')}"


class StateColumn(Column):
    def get_value(self, user):
        if not user.is_active:
            return label(_("Disabled"), BAD)
        return "" if user.is_verified else label(_("E-mail not confirmed"), QUIET)


class CustomerIndexView(IndexView):
    model = User
    default_ordering = "-date_joined"
    paginate_by = 50
    page_title = gettext_lazy("Customers")
    header_icon = "group"
    index_url_name = "customers:index"
    index_results_url_name = "customers:index_results"
    inspect_url_name = "customers:inspect"
    verbose_name_plural = gettext_lazy("customers")
    is_searchable = True
    permission_policy = None  # asked below: Wagtail's own Users menu has the model's

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not request.user.has_perm(PERMISSION):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    @cached_property
    def filterset_class(self):
        return CustomerFilterSet

    def get_base_queryset(self) -> QuerySet[User]:
        orders = Order.objects.filter(user=OuterRef("pk")).order_by().values("user")
        return visible_people(self.request.user).annotate(
            order_count=Subquery(orders.annotate(n=Count("pk")).values("n")),
            last_order=Subquery(orders.annotate(at=Max("placed_at")).values("at")),
        )

    def order_queryset(self, queryset):
        return queryset.order_by(self.ordering, "-pk")

    def search_queryset(self, queryset):
        return search_people(queryset, self.search_query or "")

    @cached_property
    def columns(self):
        return [
            TitleColumn("name", label=_("Name"), accessor=str, get_url=self.get_inspect_url, sort_key="name"),
            Column("email", label=_("E-mail"), sort_key="email"),
            Column("phone", label=_("Phone")),
            OrdersColumn("orders", label=_("Orders, the last one")),
            Column("role", label=_("Role"), accessor=lambda user: role_name(role_of(user))),
            Column("joined", label=_("Since"), accessor=lambda user: date_format(localtime(user.date_joined), "j M Y"),
                   sort_key="date_joined"),
            StateColumn("state", label=_("State")),
        ]  # fmt: skip


def role_name(role: str) -> str:
    names = {"admin": _("Administrator"), "merchandiser": _("Merchandiser"), "support": _("Support"),
             "vendor": _("Vendor"), "customer": _("Customer")}  # fmt: skip
    return str(names.get(role, role))


class CustomersMenuItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return request.user.has_perm(PERMISSION)


class CustomerViewSet(ViewSet):
    name = "customers"
    icon = "group"
    menu_label = gettext_lazy("Customers")
    menu_order = 130
    add_to_admin_menu = True

    menu_item_class = CustomersMenuItem

    def get_urlpatterns(self) -> list:
        return [
            path("", CustomerIndexView.as_view(), name="index"),
            path("results/", CustomerIndexView.as_view(results_only=True), name="index_results"),
            path("<int:pk>/", CustomerScreen.as_view(), name="inspect"),
            path("<int:pk>/activity/", SetActivity.as_view(), name="activity"),
            path("<int:pk>/credit/", MoveCredit.as_view(), name="credit"),
            path("<int:pk>/role/", SetRole.as_view(), name="role"),
        ]
