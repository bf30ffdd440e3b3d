from django.apps import AppConfig


class ShippingConfig(AppConfig):
    name = "checkout.shipping"
    label = "shipping"
