"""What an administrator does with a webhook: asked (GET), confirmed (POST), told to the audit log."""

from __future__ import annotations

from typing import Any

from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from shop.core.backoffice.asking import Asked
from shop.webhooks.models import WebhookDelivery, WebhookEndpoint
from shop.webhooks.services.change_secret import change_secret
from shop.webhooks.services.replay_deliveries import replay_deliveries


class ReplayDelivery(Asked):
    kind, name, icon = "webhook", "replay", "undo"
    permissions = ("webhooks.change_webhookendpoint",)
    title = gettext_lazy("Send again")

    def find(self, **kwargs: Any) -> WebhookDelivery:
        found = WebhookDelivery.objects.select_related("endpoint")
        self.delivery = get_object_or_404(found, pk=kwargs["pk"])
        return self.delivery

    def is_possible(self) -> bool:
        return self.delivery.endpoint.active

    def too_late(self) -> str:
        return _("The endpoint is switched off: switch it on first.")

    def explain(self) -> str:
        text = _("The same message goes to %(name)s once more, with the same id: a good receiver knows it again.")
        return text % {"name": self.delivery.endpoint.name}

    def act(self, typed: dict[str, Any], *, by: str) -> str:
        replay_deliveries(ids=[self.delivery.pk])
        self.log(event=self.delivery.event_name)
        return _("It is on its way. What comes of it is shown here in a moment.")

    def back(self) -> str:
        return reverse("wagtailsnippets_webhooks_webhookdelivery:inspect", args=[self.delivery.pk])


class ChangeSecret(Asked):
    kind, name, icon = "webhook", "secret", "key"
    permissions = ("webhooks.change_webhookendpoint",)
    title = gettext_lazy("Change the secret")
    is_serious = True

    def find(self, **kwargs: Any) -> WebhookEndpoint:
        self.endpoint = get_object_or_404(WebhookEndpoint, pk=kwargs["pk"])
        return self.endpoint

    def explain(self) -> str:
        return _("Messages are signed with the old and the new secret for a day, then with the new one alone.")

    def act(self, typed: dict[str, Any], *, by: str) -> str:
        change_secret(endpoint_id=self.endpoint.pk, at=timezone.now())
        self.log()
        return _("The new secret is below. Give it to the receiver within a day.")

    def back(self) -> str:
        return reverse("wagtailsnippets_webhooks_webhookendpoint:inspect", args=[self.endpoint.pk])
