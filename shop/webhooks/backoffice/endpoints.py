"""Addresses of third parties, edited by administrators."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.urls import path, reverse
from django.utils.functional import cached_property
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.forms.models import WagtailAdminModelForm
from wagtail.admin.panels import FieldPanel, ObjectList
from wagtail.admin.ui.tables import Column, TitleColumn
from wagtail.admin.widgets.button import Button
from wagtail.snippets.views.snippets import CreateView, IndexView, InspectView, SnippetViewSet

from shop.core.backoffice.labels import BAD, GOOD, QUIET, label
from shop.webhooks import outside
from shop.webhooks.backoffice.acts import ChangeSecret
from shop.webhooks.backoffice.showing import BREAKING, told
from shop.webhooks.models import WebhookEndpoint
from shop.webhooks.rules import public_events

ADDRESS = "wagtailsnippets_webhooks_webhookendpoint:{}"


class EndpointForm(WagtailAdminModelForm):
    url = forms.CharField(
        label=gettext_lazy("Address"), max_length=500,
        help_text=gettext_lazy("Begins with https:// and lies on the open Internet."),
    )  # fmt: skip
    events = forms.MultipleChoiceField(label=gettext_lazy("Events"), widget=forms.CheckboxSelectMultiple)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        known = sorted({*public_events(), *(self.instance.events or ())})
        self.fields["events"].choices = [(name, name) for name in known]

    def clean_url(self) -> str:
        url = self.cleaned_data["url"].strip()
        try:
            outside.check_url(url)
        except outside.Refused as refusal:
            raise ValidationError(_("Not usable: %(why)s.") % {"why": refusal}) from refusal
        return url

    def save(self, commit: bool = True) -> Any:
        if self.instance.active and "active" in self.changed_data:  # a new chance, with a day of its own
            self.instance.failing_since, self.instance.switched_off_because = None, ""
        return super().save(commit)


class StateColumn(Column):
    def get_value(self, endpoint):
        return state_of(endpoint)


class EndpointCreateView(CreateView):
    def get_success_url(self):
        return reverse(ADDRESS.format("inspect"), args=[self.object.pk])  # where the secret is


class EndpointIndexView(IndexView):
    def _get_title_column(self, field_name, column_class=TitleColumn, **kwargs):
        title = self._get_title_column_class(column_class)
        return self._get_custom_column(field_name, title, get_url=self.get_inspect_url, **kwargs)

    def order_queryset(self, queryset):
        return queryset.order_by("name", "pk")

    @cached_property
    def list_display(self):
        return [
            "name",
            Column("url", label=_("Address")),
            Column("events", label=_("Events"), accessor=lambda endpoint: len(endpoint.events)),
            StateColumn("state", label=_("State")),
        ]


class EndpointScreen(InspectView):
    """Shows the secret: to administrators, who may change it."""

    any_permission_required = ["change"]

    def get_fields(self):
        return ["url", "events", "state", "secret", "created_at"]

    def get_field_label(self, field_name, field):
        words = {"state": _("State"), "secret": _("Secret")}
        return words.get(field_name) or super().get_field_label(field_name, field)

    def get_events_display_value(self):
        return ", ".join(self.object.events)

    def get_state_display_value(self):
        return state_of(self.object)

    def get_secret_display_value(self):
        return format_html(BREAKING, self.object.secret)

    def get_created_at_display_value(self):
        return told(self.object.created_at)

    @cached_property
    def header_more_buttons(self):
        change = reverse(ADDRESS.format("secret"), args=[self.object.pk])
        log = reverse("wagtailsnippets_webhooks_webhookdelivery:list") + f"?endpoint={self.object.pk}"
        return [
            *super().header_more_buttons,
            Button(_("Deliveries"), url=log, icon_name="history", priority=30),
            Button(_("Change the secret"), url=change, icon_name="key", priority=40),
        ]


class EndpointViewSet(SnippetViewSet):
    model = WebhookEndpoint
    icon = "link-external"
    menu_label = gettext_lazy("Endpoints")
    copy_view_enabled = False
    inspect_view_enabled = True
    add_view_class = EndpointCreateView
    index_view_class = EndpointIndexView
    inspect_view_class = EndpointScreen
    edit_handler = ObjectList(
        [FieldPanel("name"), FieldPanel("url"), FieldPanel("events"), FieldPanel("active")],
        base_form_class=EndpointForm,
    )

    def get_urlpatterns(self):
        return [*super().get_urlpatterns(), path("secret/<int:pk>/", ChangeSecret.as_view(), name="secret")]


def state_of(endpoint: WebhookEndpoint):
    if not endpoint.active:
        why = f": {endpoint.switched_off_because}" if endpoint.switched_off_because else ""
        return label(_("Off") + why, QUIET)
    return label(_("Failing"), BAD) if endpoint.failing_since else label(_("Works"), GOOD)
