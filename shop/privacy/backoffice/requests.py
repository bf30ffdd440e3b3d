"""Who took their data with them, and who closed their account: the audit. Nobody changes it."""

from __future__ import annotations

from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.ui.tables import Column, DateColumn
from wagtail.snippets.views.snippets import IndexView, SnippetViewSet

from shop.privacy.models import PrivacyRequest


class RequestIndexView(IndexView):
    any_permission_required = ["view"]

    def order_queryset(self, queryset):
        return queryset.order_by("-pk")

    def get_list_buttons(self, instance):
        return []

    @cached_property
    def columns(self):
        return [
            Column("kind", label=_("Asked for"), accessor="get_kind_display"),
            Column("account", label=_("Account"), classname="shop-figure"),
            DateColumn("at", label=_("When")),
        ]


class RequestViewSet(SnippetViewSet):
    model = PrivacyRequest
    menu_label = gettext_lazy("Requests")
    icon = "user"
    index_view_class = RequestIndexView
    list_filter = ["kind", "at"]
    search_fields: list[str] = []
    list_per_page = 50
    inspect_view_enabled = False
    copy_view_enabled = False
    is_searchable = False
