from django.apps import AppConfig


class OrderConfig(AppConfig):
    name = "checkout.order"
    label = "order"
