"""The log: what was sent to whom, and what came of it."""

from __future__ import annotations

import django_filters
from django.urls import path, reverse
from django.utils.functional import cached_property
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.filters import DateRangePickerWidget, WagtailFilterSet
from wagtail.admin.ui.tables import Column
from wagtail.admin.widgets.button import Button
from wagtail.snippets.views.snippets import IndexView, InspectView, SnippetViewSet

from shop.core.backoffice.labels import BAD, GOOD, WAITING, label
from shop.webhooks.backoffice.acts import ReplayDelivery
from shop.webhooks.backoffice.showing import BREAKING, told
from shop.webhooks.models import WebhookDelivery, WebhookEndpoint
from shop.webhooks.rules import public_events

Status = WebhookDelivery.Status
TONES = {Status.WAITING: WAITING, Status.DELIVERED: GOOD, Status.PARKED: BAD}
ADDRESS = "wagtailsnippets_webhooks_webhookdelivery:{}"


class DeliveryFilterSet(WagtailFilterSet):
    endpoint = django_filters.ModelChoiceFilter(
        queryset=WebhookEndpoint.objects.order_by("name"), label=gettext_lazy("Endpoint")
    )
    status = django_filters.MultipleChoiceFilter(choices=Status.choices, label=gettext_lazy("Status"))
    event_name = django_filters.ChoiceFilter(
        choices=lambda: [(name, name) for name in public_events()], label=gettext_lazy("What happened")
    )
    created_at = django_filters.DateFromToRangeFilter(label=gettext_lazy("Created"), widget=DateRangePickerWidget)

    class Meta:
        model = WebhookDelivery
        fields = ["endpoint", "status", "event_name", "created_at"]


class StatusColumn(Column):
    def get_value(self, delivery):
        return label(delivery.get_status_display(), TONES[delivery.status])


class TimeColumn(Column):
    def get_value(self, delivery):
        return told(getattr(delivery, self.name))


class DeliveryIndexView(IndexView):
    def get_base_queryset(self):
        return super().get_base_queryset().select_related("endpoint").defer("body", "error")

    def order_queryset(self, queryset):
        return queryset.order_by("-pk")

    def get_list_buttons(self, instance):
        return []  # the event's name is the link

    @cached_property
    def columns(self):
        return [
            self._get_title_column("event_name"),
            Column("endpoint", label=_("Endpoint")),
            StatusColumn("status", label=_("Status")),
            Column("attempts", label=_("Attempts"), classname="shop-figure"),
            Column("response_code", label=_("Answer"), accessor=lambda delivery: delivery.response_code or "–"),
            Column("duration_ms", label=_("Took (ms)"), accessor=lambda delivery: delivery.duration_ms or "–"),
            TimeColumn("created_at", label=_("Created")),
            TimeColumn("next_attempt_at", label=_("Next attempt")),
        ]


class DeliveryScreen(InspectView):
    any_permission_required = ["view"]

    def get_fields(self):
        return ["endpoint", "event_name", "status", "attempts", "response_code", "duration_ms", "error",
                "next_attempt_at", "created_at", "finished_at", "body"]  # fmt: skip

    def get_status_display_value(self):
        return label(self.object.get_status_display(), TONES[self.object.status])

    def get_next_attempt_at_display_value(self):
        return told(self.object.next_attempt_at)

    def get_created_at_display_value(self):
        return told(self.object.created_at)

    def get_finished_at_display_value(self):
        return told(self.object.finished_at)

    def get_body_display_value(self):
        return format_html(BREAKING, self.object.body)

    def get_error_display_value(self):
        return self.object.error or "–"

    @cached_property
    def header_more_buttons(self):
        url = reverse(ADDRESS.format("replay"), args=[self.object.pk])
        return [Button(ReplayDelivery.title, url=url, icon_name="undo", priority=10)]


class DeliveryViewSet(SnippetViewSet):
    """Nobody makes, edits or deletes a delivery; it may be sent again."""

    model = WebhookDelivery
    icon = "history"
    menu_label = gettext_lazy("Deliveries")
    list_per_page = 50
    copy_view_enabled = False
    inspect_view_enabled = True
    index_view_class = DeliveryIndexView
    inspect_view_class = DeliveryScreen
    filterset_class = DeliveryFilterSet
    exclude_form_fields = ["body"]

    def get_urlpatterns(self):
        return [*super().get_urlpatterns(), path("replay/<int:pk>/", ReplayDelivery.as_view(), name="replay")]
