from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ServiceTokensConfig(AppConfig):
    name = "shop.service_tokens"
    label = "service_tokens"
    verbose_name = _("Service tokens")
