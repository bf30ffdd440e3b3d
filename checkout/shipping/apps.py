from django.apps import AppConfig


class ShippingConfig(AppConfig):
    name = "checkout.shipping"
    label = "shipping"

    def ready(self) -> None:
        from checkout.shipping import events, tasks  # noqa: F401  a consumer knows only what is loaded
        from shop.accounts.roles import MERCHANDISER, grant

        grant(MERCHANDISER, *(f"shipping.{verb}_shippingmethod" for verb in ("view", "add", "change")))
        grant(MERCHANDISER, *(f"shipping.{verb}_cashrule" for verb in ("view", "add", "change")))
