"""The list of complaints (what is due soonest first) and the screen of one, with its answer form."""

from __future__ import annotations

from typing import Any

import django_filters
from django.db.models import F, QuerySet
from django.urls import path, reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import DateRangePickerWidget, WagtailFilterSet
from wagtail.admin.ui.tables import Column, TitleColumn
from wagtail.snippets.views.snippets import IndexView, InspectView, SnippetViewSet

from checkout.backoffice.complaint_actions import STEPS, ReplyToComplaint, offers_for
from checkout.backoffice.complaint_labels import SCREEN, complaint_label, due_label
from checkout.complaint.models import NUMBERS_BEGIN_AFTER, Complaint
from checkout.complaint.selectors import id_of_number, overdue, unanswered
from checkout.complaint.statuses import Status
from shop.core.backoffice.references import Named, names


@names("complaint")
def name_complaint(complaint_id: int) -> Named:
    url = reverse(SCREEN.format("inspect"), args=[complaint_id])
    return Named(f"C-{complaint_id + NUMBERS_BEGIN_AFTER}", url, "complaint.view_complaint")


class ComplaintFilterSet(WagtailFilterSet):
    due = django_filters.ChoiceFilter(
        label=_("Deadline"), method="filter_due", choices=[("overdue", _("Overdue")), ("waiting", _("Waits for us"))]
    )
    status = django_filters.MultipleChoiceFilter(choices=Complaint.Status.choices, label=_("Stage"))
    kind = django_filters.MultipleChoiceFilter(choices=Complaint.Kind.choices, label=_("About"))
    opened_at = django_filters.DateFromToRangeFilter(label=_("Received"), widget=DateRangePickerWidget)

    class Meta:
        model = Complaint
        fields = ["due", "status", "kind", "opened_at"]

    def filter_due(self, queryset: QuerySet[Complaint], name: str, value: str) -> QuerySet[Complaint]:
        return overdue(queryset, at=timezone.now()) if value == "overdue" else unanswered(queryset)


class WhoColumn(Column):
    def get_value(self, complaint):
        return format_html("{}<br><small>{}</small>", complaint.email, complaint.about)


class ComplaintIndexView(IndexView):
    default_ordering = "due_at"

    def get_base_queryset(self):
        return super().get_base_queryset().defer("text")

    def order_queryset(self, queryset):
        """What is answered comes last, the newest first."""
        if self.ordering == "due_at":
            return queryset.order_by(F("due_at").asc(nulls_last=True), "-pk")
        return super().order_queryset(queryset).order_by(self.ordering, "-pk")

    def search_queryset(self, queryset):
        text = (self.search_query or "").strip()
        if not text:
            return queryset
        if text.upper().startswith("C-"):
            return queryset.filter(pk=id_of_number(text) or 0)
        return queryset.filter(about__iexact=text) | queryset.filter(email__icontains=text)

    def get_list_buttons(self, instance):
        return []

    @cached_property
    def columns(self):
        return [
            TitleColumn("number", label=_("Complaint"), get_url=lambda one: reverse(SCREEN.format("inspect"), args=[one.pk])),
            Column("due_at", label=_("Due"), sort_key="due_at", accessor=due_label),
            Column("status", label=_("Stage"), accessor=complaint_label),
            Column("kind", label=_("About"), classname="shop-wide-only", accessor=lambda one: one.get_kind_display()),
            WhoColumn("email", label=_("From"), classname="shop-wide-only"),
        ]  # fmt: skip


class ComplaintScreen(InspectView):
    any_permission_required = ["view"]

    def get_page_title(self):
        return _("Complaint")

    def get_fields(self) -> list[str]:
        return []

    def get_context_data(self, **kwargs):
        return super().get_context_data(**kwargs) | complaint_facts(self.object, self.request.user)


def complaint_facts(complaint: Complaint, user: Any) -> dict[str, Any]:
    """Everything that the screen shows, in a fixed number of queries."""
    order = complaint.order
    may_reply = complaint.status != Status.CLOSED and user.has_perm(ReplyToComplaint.permission)
    return {
        "complaint": complaint,
        "label": complaint_label(complaint),
        "due": due_label(complaint),
        "written": complaint.messages.order_by("pk"),
        "order_url": reverse("wagtailsnippets_order_order:inspect", args=[order.pk]) if order else "",
        "is_foreign": bool(complaint.about) and order is None,
        "offers": offers_for(complaint, user),
        "reply_form": ReplyToComplaint.form_class() if may_reply else None,
        "reply_url": reverse(SCREEN.format(ReplyToComplaint.name), args=[complaint.pk]),
        "is_guest": complaint.user_id is None,
    }


class ComplaintViewSet(SnippetViewSet):
    """Taken up and answered; nobody makes, edits or deletes one here."""

    model = Complaint
    icon = "warning"
    menu_label = _("Complaints")
    menu_order = 122
    add_to_admin_menu = True
    list_per_page = 50
    search_fields = ["number", "email"]  # what is searched: ComplaintIndexView
    filterset_class = ComplaintFilterSet
    copy_view_enabled = False
    inspect_view_enabled = True
    index_view_class = ComplaintIndexView
    inspect_view_class = ComplaintScreen
    inspect_template_name = "checkout/backoffice/complaint.html"
    exclude_form_fields = ["number"]

    def get_urlpatterns(self):
        steps = (path(f"{step.name}/<int:pk>/", step.as_view(), name=step.name) for step in STEPS)
        return [*super().get_urlpatterns(), *steps]
