"""The start page of the admin: four figures, each a way into its list, and what waits for somebody."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.contrib.humanize.templatetags.humanize import intcomma
from django.db.models import Count, Min, QuerySet, Sum
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.timesince import timesince
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from wagtail.admin.ui.components import Component

from catalog.inventory.models import StockItem
from catalog.inventory.selectors import in_state
from catalog.reviews.selectors import pending
from checkout.backoffice.labels import method_name, payment_word
from checkout.complaint.models import Complaint
from checkout.complaint.selectors import overdue, unanswered
from checkout.order.models import Fulfillment, Order, Return
from checkout.order.worklists import (
    held_for_review,
    late_on_the_road,
    not_booked,
    returns_that_wait,
    to_pack,
    with_payment_to_look_at,
)
from shop.core.money import format_money

ROWS = 10


@dataclass(frozen=True)
class Figure:
    name: str
    value: str
    note: str
    url: str


@dataclass(frozen=True)
class Need:
    """Something that waits for this person, since when."""

    since: datetime
    text: str
    detail: str
    url: str


def add_shop_panels(request: HttpRequest, panels: list[Component]) -> None:
    """Hook construct_homepage_panels."""
    panels += [FiguresPanel(), NeedsYouPanel()]


class FiguresPanel(Component):
    name, order = "shop_figures", 10
    template_name = "checkout/backoffice/figures.html"

    def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
        return {"figures": figures_for(parent_context["request"].user, timezone.now())}


class NeedsYouPanel(Component):
    name, order = "shop_needs_you", 20
    template_name = "checkout/backoffice/needs_you.html"

    def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
        user = parent_context["request"].user
        sees_orders = user.has_perm("order.view_order")
        return {"sees_orders": sees_orders, "needs": needs_of(user, timezone.now()) if sees_orders else []}


def figures_for(user: Any, at: datetime) -> list[Figure]:
    """The figures of what this person may see."""
    figures: list[Figure] = []
    if user.has_perm("order.view_order"):
        figures += [_today(at), _to_pack(at)]
    if user.has_perm("inventory.view_stockitem"):
        figures.append(_low_stock())
    if user.has_perm("order.view_order"):
        figures.append(_payments(at))
    if user.has_perm("order.review_order"):
        figures += _held(at)
    if user.has_perm("reviews.moderate_review"):
        figures += _reviews(at)
    if user.has_perm("complaint.answer_complaint"):
        figures += _complaints(at)
    return figures


def needs_of(user: Any, at: datetime) -> list[Need]:
    """The oldest first. Money before parcels only by its age."""
    needs: list[Need] = []
    if user.has_perm("order.fulfill_order"):
        needs += [_pack(order) for order in _oldest(to_pack(Order.objects.all()))]
        late = late_on_the_road(Order.objects.all(), at=at)
        needs += [_ask_after(order, at) for order in _oldest(late)]
        needs += [_book(parcel) for parcel in not_booked().order_by("shipped_at")[:ROWS]]
    if user.has_perm("order.review_order"):
        needs += [_look_at(order) for order in _oldest(held_for_review(Order.objects.all()))]
    if user.has_perm("order.handle_return"):
        needs += [_answer(coming) for coming in returns_that_wait().order_by("requested_at")[:ROWS]]
    if user.has_perm("reviews.moderate_review"):
        needs += _read()
    if user.has_perm("complaint.answer_complaint"):
        needs += [_take_up(one) for one in unanswered(Complaint.objects.all()).order_by("due_at", "pk")[:ROWS]]
    needs += [_money(order) for order in _oldest(with_payment_to_look_at(Order.objects.all(), at=at))]
    return sorted(needs, key=lambda need: need.since)[:ROWS]


def _today(at: datetime) -> Figure:
    begun = timezone.localtime(at).replace(hour=0, minute=0, second=0, microsecond=0)
    count, value = _placed(begun, at)
    week = timedelta(days=7)
    before, _value = _placed(begun - week, at - week)
    day = date_format(begun - week, "l")
    change = {
        0: _("as many as last %(day)s by now"), 1: _("%(more)s more than last %(day)s by now"),
        -1: _("%(fewer)s fewer than last %(day)s by now"),
    }[(count > before) - (count < before)]  # fmt: skip
    note = change % {"day": day, "more": count - before, "fewer": before - count}
    today = begun.date().isoformat()
    name = ngettext("%(count)s order today", "%(count)s orders today", count) % {"count": intcomma(count)}
    return Figure(name, value, note, _orders(f"placed_at_from={today}&placed_at_to={today}"))


def _placed(since: datetime, until: datetime) -> tuple[int, str]:
    """How many orders were placed, and what they are worth in the shop's own currency; cancelled ones not counted."""
    placed = Order.objects.filter(placed_at__gte=since, placed_at__lte=until).exclude(status=Order.Status.CANCELLED)
    sums = placed.order_by("currency").values_list("currency").annotate(count=Count("pk"), sum=Sum("total"))
    by_currency = {currency: (count, total) for currency, count, total in sums}
    value = by_currency.get(settings.DEFAULT_CURRENCY, (0, 0))[1]
    return sum(count for count, _sum in by_currency.values()), format_money(value, settings.DEFAULT_CURRENCY)


def _to_pack(at: datetime) -> Figure:
    facts = to_pack(Order.objects.all()).aggregate(count=Count("pk"), oldest=Min("placed_at"))
    note = _("the oldest waits %(time)s") % {"time": _age(facts["oldest"], at)} if facts["oldest"] else _("all packed")
    return Figure(_("Orders to pack"), intcomma(facts["count"]), note, _orders("waiting=pack"))


def _low_stock() -> Figure:
    low, out = (StockItem.objects.filter(in_state(state)).count() for state in ("low", "out"))
    note = ngettext("%(count)s is sold out", "%(count)s are sold out", out) % {"count": intcomma(out)}
    url = reverse("wagtailsnippets_inventory_stockitem:list")
    return Figure(_("Running low"), intcomma(low), note, f"{url}?state=low")


def _payments(at: datetime) -> Figure:
    facts = with_payment_to_look_at(Order.objects.all(), at=at).aggregate(count=Count("pk"), oldest=Min("placed_at"))
    note = _("the oldest from %(day)s") % {"day": _day(facts["oldest"])} if facts["oldest"] else _("no money is stuck")
    return Figure(_("Payments to look at"), intcomma(facts["count"]), note, _orders("waiting=payment"))


def _held(at: datetime) -> list[Figure]:
    """Only while there are some."""
    facts = held_for_review(Order.objects.all()).aggregate(count=Count("pk"), oldest=Min("placed_at"))
    if not facts["oldest"]:
        return []
    note = _("the oldest waits %(time)s") % {"time": _age(facts["oldest"], at)}
    return [Figure(_("Held for review"), intcomma(facts["count"]), note, _orders("waiting=review"))]


def _reviews(at: datetime) -> list[Figure]:
    """Only while some wait."""
    facts = pending().aggregate(count=Count("pk"), oldest=Min("submitted_at"))
    if not facts["oldest"]:
        return []
    note = _("the oldest waits %(time)s") % {"time": _age(facts["oldest"], at)}
    return [Figure(_("Reviews to read"), intcomma(facts["count"]), note, _desk())]


def _read() -> list[Need]:
    """One line for all of them: they are read together."""
    facts = pending().aggregate(count=Count("pk"), oldest=Min("submitted_at"))
    if not facts["oldest"]:
        return []
    text = ngettext("Read %(count)s review", "Read %(count)s reviews", facts["count"]) % {"count": facts["count"]}
    return [Need(facts["oldest"], text, _("shown once somebody has read it"), _desk())]


def _complaints(at: datetime) -> list[Figure]:
    """Only while some wait for an answer."""
    waiting = unanswered(Complaint.objects.all())
    count, late = waiting.count(), overdue(waiting, at=at).count()
    if not count:
        return []
    note = ngettext("%(count)s is overdue", "%(count)s are overdue", late) % {"count": intcomma(late)}
    url = reverse("wagtailsnippets_complaint_complaint:list")
    return [Figure(_("Complaints"), intcomma(count), note, f"{url}?due={'overdue' if late else 'waiting'}")]


def _oldest(orders: QuerySet[Order]) -> QuerySet[Order]:
    return orders.order_by("placed_at", "pk")[:ROWS]


def _pack(order: Order) -> Need:
    text = _("Pack %(number)s for %(name)s") % {"number": order.number, "name": order.address.get("name", "")}
    detail = f"{format_money(order.total, order.currency)} · {method_name(order.payment_method)}"
    return Need(order.placed_at, text, detail, _screen(order))


def _look_at(order: Order) -> Need:
    text = _("Look at %(number)s and let it go, or cancel it") % {"number": order.number}
    return Need(order.placed_at, text, order.review_reason, _screen(order))


def _ask_after(order: Any, at: datetime) -> Need:
    text = _("Ask the courier about %(number)s") % {"number": order.number}
    detail = _("shipped %(time)s ago, not delivered") % {"time": _age(order.shipped_at, at)}
    return Need(order.shipped_at, text, detail, _screen(order))


def _book(parcel: Fulfillment) -> Need:
    text = _("Book %(parcel)s: the courier did not take it") % {"parcel": str(parcel)}
    return Need(parcel.shipped_at, text, parcel.booking_error, _screen(parcel.order))


def _answer(coming: Return) -> Need:
    to_decide = coming.status == Return.Status.REQUESTED
    text = _("Answer the return %(number)s") if to_decide else _("Refund the return %(number)s")
    return Need(coming.requested_at, text % {"number": str(coming)}, coming.reason[:80], _screen(coming.order))


def _money(order: Order) -> Need:
    text = _("Look at the payment of %(number)s") % {"number": order.number}
    detail = f"{format_money(order.total, order.currency)} · {payment_word(order)}"
    return Need(order.placed_at, text, detail, _screen(order))


def _desk() -> str:
    return reverse("wagtailsnippets_reviews_review:list") + "?status=pending"


def _take_up(complaint: Complaint) -> Need:
    to_answer = complaint.status == Complaint.Status.ACKNOWLEDGED
    text = _("Answer the complaint %(number)s") if to_answer else _("Take up the complaint %(number)s")
    due = date_format(timezone.localtime(complaint.due_at), "j M, H:i")
    detail = _("by %(due)s") % {"due": due} + f" · {complaint.get_kind_display()}"
    url = reverse("wagtailsnippets_complaint_complaint:inspect", args=[complaint.pk])
    return Need(complaint.opened_at, text % {"number": complaint.number}, detail, url)


def _screen(order: Order) -> str:
    return reverse("wagtailsnippets_order_order:inspect", args=[order.pk])


def _orders(query: str) -> str:
    return f"{reverse('wagtailsnippets_order_order:list')}?{query}"


def _age(since: datetime, at: datetime) -> str:
    return timesince(since, at, depth=1)


def _day(at: datetime) -> str:
    return date_format(timezone.localtime(at), "j M Y")
