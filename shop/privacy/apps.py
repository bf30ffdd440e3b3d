from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PrivacyConfig(AppConfig):
    name = "shop.privacy"
    label = "privacy"
    verbose_name = _("Privacy")

    def ready(self) -> None:
        from shop.accounts.roles import SUPPORT, grant
        from shop.privacy import exporting, tasks  # noqa: F401  registers

        grant(SUPPORT, "privacy.view_privacyrequest")
