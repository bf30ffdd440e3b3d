"""One customer: who they are, what they bought, where it goes."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views import View
from wagtail.models import ModelLogEntry

from checkout.backoffice.credit_shown import person_credit
from checkout.backoffice.customer_actions import PERMISSION
from checkout.backoffice.customer_filters import visible_people
from checkout.backoffice.labels import status_label
from checkout.order.models import Order
from shop.accounts import factors, roles
from shop.accounts.models import User
from shop.accounts.selectors import addresses_of
from shop.core.backoffice.labels import BAD, GOOD, QUIET, label
from shop.core.money import format_money

NEWEST = 20


class CustomerScreen(View):
    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not request.user.has_perm(PERMISSION):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        person = get_object_or_404(visible_people(request.user), pk=pk)
        return TemplateResponse(request, "checkout/backoffice/customer.html", customer_facts(person, request.user))


def customer_facts(person: User, viewer: Any) -> dict[str, Any]:
    orders = Order.objects.filter(user=person)
    is_own = person.pk == viewer.pk
    return {
        "person": person,
        "labels": _labels(person),
        "role": roles.role_of(person),
        "orders": [_order(order) for order in orders.order_by("-placed_at", "-pk")[:NEWEST]],
        "order_count": orders.count(),
        "all_orders_url": f"{reverse('wagtailsnippets_order_order:list')}?q={person.email}",
        "addresses": addresses_of(person),
        **person_credit(person, viewer),
        "history": ModelLogEntry.objects.for_instance(person).filter(action__startswith="customer.")[:20],
        "activity_url": "" if is_own else reverse("customers:activity", args=[person.pk]),
        "role_url": _role_url(person, viewer) if not is_own else "",
        "factor_url": _factor_url(person, viewer) if not is_own else "",
    }


def _labels(person: User) -> list[str]:
    active = label(_("Enabled"), GOOD) if person.is_active else label(_("Disabled"), BAD)
    confirmed = label(_("E-mail confirmed"), GOOD) if person.is_verified else label(_("E-mail not confirmed"), QUIET)
    return [active, confirmed, *([label(_("Second factor"), GOOD)] if _has_factor(person) else [])]


def _role_url(person: User, viewer: Any) -> str:
    return reverse("customers:role", args=[person.pk]) if roles.has_role(viewer, roles.ADMIN) else ""


def _factor_url(person: User, viewer: Any) -> str:
    may = roles.has_role(viewer, roles.ADMIN) and _has_factor(person)
    return reverse("reset_second_factor", args=[person.pk]) if may else ""


def _has_factor(person: User) -> bool:
    return bool(factors.strong(factors.factors_of(person)))


def _order(order: Order) -> dict[str, Any]:
    return {
        "number": order.number,
        "url": reverse("wagtailsnippets_order_order:inspect", args=[order.pk]),
        "placed_at": order.placed_at,
        "labels": [status_label(order, name) for name in ("status", "payment_status", "fulfillment_status")],
        "total": format_money(order.total, order.currency),
    }
