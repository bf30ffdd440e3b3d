"""What was told to whom, by which way, and what became of it."""

from __future__ import annotations

from typing import Any

import django_filters
from django.shortcuts import get_object_or_404
from django.template.defaultfilters import linebreaksbr
from django.urls import path, reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.functional import cached_property
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.filters import DateRangePickerWidget, WagtailFilterSet
from wagtail.admin.ui.tables import Column
from wagtail.admin.widgets.button import Button
from wagtail.snippets.views.snippets import IndexView, InspectView, SnippetViewSet

from shop.core.backoffice import labels
from shop.core.backoffice.asking import Asked
from shop.core.backoffice.references import named
from shop.notifications.kinds import kinds
from shop.notifications.models import Notification
from shop.notifications.services.resend import resend

ADDRESS = "wagtailsnippets_notifications_notification:{}"
Status = Notification.Status
WIDE_ONLY = "shop-wide-only"  # columns that a phone does without
TONES = {Status.QUEUED: labels.WAITING, Status.SENT: labels.GOOD, Status.FAILED: labels.BAD, Status.READ: labels.GOOD}


def kind_choices() -> list[tuple[str, Any]]:
    return [(kind.name, kind.label) for kind in kinds.values()]


class LogFilterSet(WagtailFilterSet):
    kind = django_filters.ChoiceFilter(choices=kind_choices, label=gettext_lazy("Notice"))
    channel = django_filters.ChoiceFilter(choices=Notification.Channel.choices, label=gettext_lazy("Channel"))
    status = django_filters.ChoiceFilter(choices=Status.choices, label=gettext_lazy("Status"))
    created_at = django_filters.DateFromToRangeFilter(label=gettext_lazy("Written"), widget=DateRangePickerWidget)

    class Meta:
        model = Notification
        fields = ["kind", "channel", "status", "created_at"]


class AboutColumn(Column):
    def get_value(self, notice):
        about = self.about(notice.reference)
        return format_html('<a href="{}">{}</a>', about.url, about.text) if about.url else about.text

    def about(self, reference: str) -> Any:
        raise NotImplementedError


class LogIndexView(IndexView):
    def get_base_queryset(self):
        return super().get_base_queryset().select_related("recipient").defer("html", "message", "facts")

    def order_queryset(self, queryset):
        return queryset.order_by("-created_at", "-pk")

    def get_list_buttons(self, instance):
        return []

    @cached_property
    def columns(self):
        about = type("About", (AboutColumn,), {"about": lambda _self, word: named(word, self.request.user)})
        return [
            self._get_title_column("__str__"),
            Column("to", label=_("To"), accessor=lambda notice: notice.address or notice.recipient),
            Column("channel", label=_("Channel"), classname=WIDE_ONLY, accessor="get_channel_display"),
            about("reference", label=_("About"), classname=WIDE_ONLY),
            Column("status", label=_("Status"), accessor=_label),
            Column("error", label=_("Why"), classname=WIDE_ONLY, accessor=lambda notice: notice.error[:120]),
            Column(
                "created_at",
                label=_("Written"),
                classname=WIDE_ONLY,
                accessor=lambda notice: _moment(notice.created_at),
            ),
        ]


def _label(notice: Notification) -> Any:
    return labels.label(notice.get_status_display(), TONES[Status(notice.status)])


def _moment(at: Any) -> str:
    return date_format(timezone.localtime(at), "j M Y, H:i") if at else "–"


class NoticeScreen(InspectView):
    any_permission_required = ["view"]

    def get_page_title(self):
        return _("Notice")

    def get_fields(self) -> list[str]:
        return ["subject", "message", "address", "channel", "status", "error", "created_at", "sent_at", "read_at"]

    def get_field_display_value(self, field_name, field):
        notice = self.object
        if field_name.endswith("_at"):
            return _moment(getattr(notice, field_name))
        if field_name == "status":
            return _label(notice)
        if field_name == "channel":
            return notice.get_channel_display()
        if field_name == "address":
            return notice.address or str(notice.recipient or "–")
        return linebreaksbr(getattr(notice, field_name)) or "–"

    @cached_property
    def header_more_buttons(self):
        failed = self.object.status == Status.FAILED
        if not failed or not self.request.user.has_perm("notifications.resend_notification"):
            return []
        return [Button(_("Send again"), url=reverse(ADDRESS.format("resend"), args=[self.object.pk]), icon_name="mail")]


class ResendNotice(Asked):
    kind, name, icon = "notice", "resend", "mail"
    permissions = ("notifications.view_notification", "notifications.resend_notification")
    title = gettext_lazy("Send again")

    def find(self, **kwargs: Any) -> Notification:
        self.notice = get_object_or_404(Notification, pk=kwargs["pk"])
        return self.notice

    def is_possible(self) -> bool:
        return self.notice.status == Status.FAILED

    def explain(self) -> str:
        return _("It failed: %(why)s If it did arrive, it arrives twice now.") % {"why": self.notice.error}

    def act(self, typed: dict[str, Any], *, by: str) -> str:
        resend(notification_id=self.notice.pk)
        self.log()
        return _("It is sent again. The log says in a moment whether it went out.")

    def back(self) -> str:
        return reverse(ADDRESS.format("inspect"), args=[self.notice.pk])


class NotificationViewSet(SnippetViewSet):
    """Looked at; nobody makes, edits or deletes one here."""

    model = Notification
    icon = "list-ul"
    menu_label = gettext_lazy("Sent notices")
    list_per_page = 50
    search_fields = ["address", "subject", "reference"]
    filterset_class = LogFilterSet
    copy_view_enabled = False
    inspect_view_enabled = True
    index_view_class = LogIndexView
    inspect_view_class = NoticeScreen
    exclude_form_fields = ["html"]

    def get_urlpatterns(self):
        return [*super().get_urlpatterns(), path("resend/<int:pk>/", ResendNotice.as_view(), name="resend")]
