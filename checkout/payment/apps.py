from django.apps import AppConfig


class PaymentConfig(AppConfig):
    name = "checkout.payment"
    label = "payment"
