from django.apps import AppConfig


class ProductConfig(AppConfig):
    name = "catalog.product"
    label = "product"

    def ready(self) -> None:
        from catalog.product import tasks, wagtail_signals  # noqa: F401
        from catalog.product.services import keep_address, project, take_off  # noqa: F401
