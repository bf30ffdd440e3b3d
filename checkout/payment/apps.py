from django.apps import AppConfig


class PaymentConfig(AppConfig):
    name = "checkout.payment"
    label = "payment"

    def ready(self) -> None:
        from checkout.payment import checks, subscribers, tasks  # noqa: F401
