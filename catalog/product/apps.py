from django.apps import AppConfig


class ProductConfig(AppConfig):
    name = "catalog.product"
    label = "product"

    def ready(self) -> None:
        from catalog.product.services import project, take_off  # noqa: F401
