from django.apps import AppConfig


class CartConfig(AppConfig):
    name = "checkout.cart"
    label = "cart"

    def ready(self) -> None:
        from checkout.cart import personal_data, retention  # noqa: F401
