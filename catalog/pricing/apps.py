from django.apps import AppConfig


class PricingConfig(AppConfig):
    name = "catalog.pricing"
    label = "pricing"

    def ready(self) -> None:
        from catalog.pricing import projectors  # noqa: F401
