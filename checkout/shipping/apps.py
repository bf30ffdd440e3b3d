from django.apps import AppConfig


class ShippingConfig(AppConfig):
    name = "checkout.shipping"
    label = "shipping"

    def ready(self) -> None:
        from checkout.shipping import tasks  # noqa: F401
        from shop.accounts.roles import MERCHANDISER, grant

        grant(MERCHANDISER, *(f"shipping.{verb}_shippingmethod" for verb in ("view", "add", "change")))
        grant(MERCHANDISER, *(f"shipping.{verb}_cashrule" for verb in ("view", "add", "change")))
