from django.apps import AppConfig, apps
from django.db.models.signals import post_migrate


class AccountsConfig(AppConfig):
    name = "shop.accounts"
    label = "accounts"

    def ready(self) -> None:
        from shop.accounts import exporting, factors, tasks  # noqa: F401  registers
        from shop.accounts.roles import MERCHANDISER, SUPPORT, grant

        grant(MERCHANDISER, "wagtailadmin.access_admin")
        grant(SUPPORT, "wagtailadmin.access_admin", "accounts.look_after_customers")
        post_migrate.connect(ensure_roles_at_the_end, dispatch_uid="shop.accounts.ensure_roles")


def ensure_roles_at_the_end(sender, **_rest) -> None:
    """After the last app of a `migrate`: only then do all permissions exist."""
    from shop.accounts.services.ensure_roles import ensure_roles

    if sender == [config for config in apps.get_app_configs() if config.models_module][-1]:
        ensure_roles()
