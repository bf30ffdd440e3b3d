"""Texts of notices: those of the code are listed until somebody writes another."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from django.conf import settings
from django.urls import path, reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.panels import FieldPanel, FieldRowPanel, HelpPanel, MultiFieldPanel, ObjectList
from wagtail.admin.ui.tables import Column
from wagtail.admin.widgets.button import Button
from wagtail.snippets.views.snippets import CreateView, EditView, IndexView, SnippetViewSet

from shop.notifications.backoffice import preview  # noqa: F401  registers
from shop.notifications.backoffice.text_form import NoticeTextForm
from shop.notifications.backoffice.text_test import SendTest
from shop.notifications.kinds import kinds
from shop.notifications.models import NoticeText

ADDRESS = "wagtailsnippets_notifications_noticetext:{}"
HELP = gettext_lazy("Delete this text, and the one that the shop came with holds again.")
DLT = gettext_lazy(
    "SMS in India is sent as registered with the operators (DLT), and by its template id. Empty: no SMS."
)


class TextIndexView(IndexView):
    template_name = "notifications/backoffice/texts.html"
    results_template_name = "notifications/backoffice/texts_results.html"

    def order_queryset(self, queryset):
        return queryset.order_by("kind", "locale")

    @cached_property
    def columns(self):
        title = self._get_title_column("__str__")
        return [title, Column("subject", label=_("Subject"))]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {"as_shipped": _as_shipped(self.request.user)}


def _as_shipped(user: Any) -> list[dict[str, Any]]:
    """Every kind and language that nobody has changed. One query."""
    edited = set(NoticeText.objects.values_list("kind", "locale"))
    add = reverse(ADDRESS.format("add")) if user.has_perm("notifications.add_noticetext") else ""
    return [
        {"kind": kind.label, "language": language, "subject": kind.texts[code].subject,
         "url": add and f"{add}?kind={kind.name}&language={code}"}
        for kind in kinds.values()
        for code, language in settings.LANGUAGES
        if code in kind.texts and (kind.name, code) not in edited
    ]  # fmt: skip


class TextCreateView(CreateView):
    def get_initial_form_instance(self) -> NoticeText | None:
        """Begins with the text that holds now."""
        kind = kinds.get(self.request.GET.get("kind", ""))
        locale = self.request.GET.get("language", "")
        if kind is None or locale not in kind.texts:
            return None
        return NoticeText(kind=kind.name, locale=locale, **asdict(kind.texts[locale]))


class TextEditView(EditView):
    @cached_property
    def header_more_buttons(self):
        url = reverse(ADDRESS.format("test"), args=[self.object.pk])
        return [*super().header_more_buttons, Button(_("Send me a test"), url=url, icon_name="mail", priority=5)]


class NoticeTextViewSet(SnippetViewSet):
    model = NoticeText
    icon = "mail"
    menu_label = gettext_lazy("Texts")
    copy_view_enabled = False
    index_view_class = TextIndexView
    add_view_class = TextCreateView
    edit_view_class = TextEditView
    index_template_name = "notifications/backoffice/texts.html"
    index_results_template_name = "notifications/backoffice/texts_results.html"
    edit_handler = ObjectList(
        [
            HelpPanel(HELP),
            FieldRowPanel([FieldPanel("kind"), FieldPanel("locale")]),
            FieldPanel("subject"),
            FieldPanel("heading"),
            FieldPanel("body"),
            FieldPanel("button"),
            FieldPanel("note"),
            MultiFieldPanel([HelpPanel(DLT), FieldPanel("sms"), FieldPanel("sms_template_id")], heading=_("SMS")),
        ],
        base_form_class=NoticeTextForm,
    )

    def get_urlpatterns(self):
        return [*super().get_urlpatterns(), path("test/<int:pk>/", SendTest.as_view(), name="test")]
