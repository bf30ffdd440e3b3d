from django.apps import AppConfig, apps
from django.db.models.signals import post_migrate


class ProductConfig(AppConfig):
    name = "catalog.product"
    label = "product"

    def ready(self) -> None:
        from catalog.product import permissions, tasks, wagtail_signals  # noqa: F401
        from catalog.product.services import keep_address, project, take_off  # noqa: F401
        from shop.accounts.roles import MERCHANDISER, grant

        grant(MERCHANDISER, *permissions.MERCHANDISER)
        post_migrate.connect(ensure_page_permissions_at_the_end, dispatch_uid="catalog.product.page_permissions")


def ensure_page_permissions_at_the_end(sender, **_rest) -> None:
    """After the last app of a `migrate`, and after the groups were made there (shop.accounts, which is ready first)."""
    from catalog.product.services.ensure_page_permissions import ensure_page_permissions

    if sender == [config for config in apps.get_app_configs() if config.models_module][-1]:
        ensure_page_permissions()
