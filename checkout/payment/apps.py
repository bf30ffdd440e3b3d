from django.apps import AppConfig


class PaymentConfig(AppConfig):
    name = "checkout.payment"
    label = "payment"

    def ready(self) -> None:
        from checkout.payment import checks, subscribers, tasks  # noqa: F401
        from shop.accounts.roles import SUPPORT, grant

        grant(SUPPORT, "payment.view_payment", "payment.view_refund", "payment.refund_payment")
