from django.apps import AppConfig


class PricingConfig(AppConfig):
    name = "catalog.pricing"
    label = "pricing"

    def ready(self) -> None:
        from catalog.pricing import projectors  # noqa: F401
        from shop.accounts.roles import MERCHANDISER, grant

        grant(MERCHANDISER, *(f"pricing.{verb}_pricelist" for verb in ("view", "add", "change", "publish")))
        grant(MERCHANDISER, *(f"pricing.{verb}_priceline" for verb in ("view", "add", "change")))
        grant(MERCHANDISER, "pricing.view_taxrate", "pricing.add_taxrate")
