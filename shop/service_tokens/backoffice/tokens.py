"""Tokens of other systems: made, looked at and revoked by administrators."""

from __future__ import annotations

from typing import Any

from django import forms
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.forms.models import WagtailAdminModelForm
from wagtail.admin.panels import FieldPanel, ObjectList
from wagtail.admin.ui.tables import Column, TitleColumn
from wagtail.admin.widgets.button import Button
from wagtail.log_actions import log
from wagtail.snippets.views.snippets import CreateView, IndexView, InspectView, SnippetViewSet

from shop.core.backoffice.asking import Asked
from shop.core.backoffice.labels import BAD, GOOD, QUIET, label
from shop.core.errors import Invalid
from shop.service_tokens.models import ServiceToken
from shop.service_tokens.rules import SCOPES
from shop.service_tokens.services.issue_token import issue_token
from shop.service_tokens.services.revoke_token import revoke_token

ADDRESS = "wagtailsnippets_service_tokens_servicetoken:{}"


class TokenForm(WagtailAdminModelForm):
    scopes = forms.MultipleChoiceField(
        label=gettext_lazy("May"), widget=forms.CheckboxSelectMultiple,
        choices=lambda: [(scope, f"{text} ({scope})") for scope, text in SCOPES.items()],
    )  # fmt: skip


class TokenCreateView(CreateView):
    def form_valid(self, form):
        """Answers with the secret itself: it is written down nowhere, not even in the session."""
        given = {name: form.cleaned_data[name] for name in ("name", "scopes", "expires_at")}
        try:
            token, secret = issue_token(**given, by=self.request.user.get_username(), at=timezone.now())
        except Invalid as refusal:
            for field, messages in refusal.errors.items():
                form.add_error(field, [str(message) for message in messages])
            return self.form_invalid(form)
        log(token, "wagtail.create", user=self.request.user, data={"scopes": token.scopes})
        context = {"token": token, "secret": secret, "back": reverse(ADDRESS.format("list"))}
        return TemplateResponse(self.request, "backoffice/service_token_made.html", context)  # Wagtail says no-store


class StateColumn(Column):
    def get_value(self, token):
        return state_of(token)


class TokenIndexView(IndexView):
    def _get_title_column(self, field_name, column_class=TitleColumn, **kwargs):
        title = self._get_title_column_class(column_class)
        return self._get_custom_column(field_name, title, get_url=self.get_inspect_url, **kwargs)

    def order_queryset(self, queryset):
        return queryset.order_by("name", "pk")

    def get_list_buttons(self, instance):
        return []

    @cached_property
    def list_display(self):
        return [
            "name",
            Column("hint", label=_("Begins with"), accessor=lambda token: f"{token.hint}…"),
            Column("scopes", label=_("May"), accessor=lambda token: ", ".join(token.scopes)),
            StateColumn("state", label=_("State")),
            Column("last_used_at", label=_("Last used"), accessor=lambda token: _when(token.last_used_at)),
        ]


class TokenScreen(InspectView):
    any_permission_required = ["add"]

    def get_fields(self):
        return ["scopes", "state", "hint", "expires_at", "last_used_at", "made_by", "created_at"]

    def get_field_label(self, field_name, field):
        return _("State") if field_name == "state" else super().get_field_label(field_name, field)

    def get_scopes_display_value(self):
        return ", ".join(self.object.scopes)

    def get_hint_display_value(self):
        return f"{self.object.hint}…"

    def get_state_display_value(self):
        return state_of(self.object)

    @cached_property
    def header_more_buttons(self):
        revoke = reverse(ADDRESS.format("revoke"), args=[self.object.pk])
        return [Button(_("Revoke"), url=revoke, icon_name="cross", priority=30)] if _is_on(self.object) else []


class RevokeToken(Asked):
    kind, name, icon = "service_token", "revoke", "cross"
    permissions = ("service_tokens.add_servicetoken",)
    title = gettext_lazy("Revoke")
    is_serious = True

    def find(self, **kwargs: Any) -> ServiceToken:
        self.token = get_object_or_404(ServiceToken, pk=kwargs["pk"])
        return self.token

    def is_possible(self) -> bool:
        return _is_on(self.token)

    def explain(self) -> str:
        return _("Its next call is refused. This cannot be taken back: make another token where one is needed.")

    def act(self, typed: dict[str, Any], *, by: str) -> str:
        revoke_token(token_id=self.token.pk, at=timezone.now())
        self.log()
        return _("The token is revoked.")

    def back(self) -> str:
        return reverse(ADDRESS.format("inspect"), args=[self.token.pk])


class TokenViewSet(SnippetViewSet):
    model = ServiceToken
    icon = "key"
    menu_label = gettext_lazy("Service tokens")
    menu_order = 910
    add_to_admin_menu = True
    copy_view_enabled = False
    inspect_view_enabled = True
    add_view_class = TokenCreateView
    index_view_class = TokenIndexView
    inspect_view_class = TokenScreen
    edit_handler = ObjectList(
        [FieldPanel("name"), FieldPanel("scopes"), FieldPanel("expires_at")], base_form_class=TokenForm
    )

    def get_urlpatterns(self):
        return [*super().get_urlpatterns(), path("revoke/<int:pk>/", RevokeToken.as_view(), name="revoke")]


def _is_on(token: ServiceToken) -> bool:
    return token.revoked_at is None


def _when(at: Any) -> str:
    return timezone.localtime(at).strftime("%Y-%m-%d %H:%M") if at else _("never")


def state_of(token: ServiceToken):
    if token.revoked_at:
        return label(_("Revoked"), QUIET)
    return label(_("Works"), GOOD) if token.holds(timezone.now()) else label(_("Expired"), BAD)
