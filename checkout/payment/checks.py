"""Runs what each provider checks about its own keys."""

from __future__ import annotations

from django.core.checks import CheckMessage, Tags, register

from checkout.payment.providers import entries


@register(Tags.security)
def check_providers(app_configs, **kwargs) -> list[CheckMessage]:
    return [message for entry in entries() for message in entry.checks()]


@register(Tags.security, deploy=True)
def check_providers_are_live(app_configs, **kwargs) -> list[CheckMessage]:
    return [message for entry in entries() for message in entry.deploy_checks()]
