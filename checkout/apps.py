from django.apps import AppConfig


class CheckoutConfig(AppConfig):
    name = "checkout"
    label = "checkout"

    def ready(self) -> None:
        from checkout.storefront import sign_in  # noqa: F401
